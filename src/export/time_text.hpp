#pragma once

#include <string>

#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0::detail {

/// "2026-11-22T02:29:45Z", with as many decimals of a second as there are (RFC 3339, UTC).
[[nodiscard]] std::string time_text(time_point when);

/// Seconds since 1970-01-01 UTC.
[[nodiscard]] double unix_seconds(time_point when);

/// Sixteen hexadecimal digits: a reference id as people and exporters write it.
[[nodiscard]] std::string id_text(std::uint64_t id);

}  // namespace leeway::inline v0::detail
