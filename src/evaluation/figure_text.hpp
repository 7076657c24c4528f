// Numbers as people read them, the same in reports, gates and tables. No locale has a say.
#pragma once

#include <string>

#include "leeway/core/result.hpp"

namespace leeway::inline v0::detail {

/// `decimals` behind the point from 0.001 to below 1000 in magnitude and for 0, two fewer below
/// 1e5, four fewer below 1e7; beyond that as many significant digits, with an exponent;
/// "infinite", "-infinite", "not a number".
[[nodiscard]] std::string figure_text(double value, int decimals = 4);

/// A weight or a count: "4664" when whole, "4664.25" else.
[[nodiscard]] std::string weight_text(double weight);

/// 0.95 as "95 %", 0.999 as "99.9 %".
[[nodiscard]] std::string percent_text(double level);

/// "0.8120", or "undefined: one class".
[[nodiscard]] std::string value_text(const estimate& figure, int decimals);

/// "0.8120 [0.7910, 0.8330]"; the value alone where there is no interval.
[[nodiscard]] std::string bracketed_text(const estimate& figure, int decimals = 4);

/// "95 % CI 0.7910 to 0.8330, n = 4664"; "certified 0.8110 to 0.8130, n = 4664"; "no interval, n =
/// 4664"; "n = 4664" when undefined.
[[nodiscard]] std::string support_text(const estimate& figure, int decimals = 4);

}  // namespace leeway::inline v0::detail
