// How the groups of --group compare, as text and as JSON.
#pragma once

#include <string>

#include "cli/outcomes.hpp"
#include "export/json_writer.hpp"

namespace leeway::cli {

/// "between groups of COL", the gaps, a row a group, and what the four-fifths rule says.
[[nodiscard]] std::string groups_text(const outcomes& rows, const std::string& column);

/// {"column":..,"four_fifths":"below","task":"groups",..,"groups":[..]}
void write_groups(detail::json_writer& out, const outcomes& rows, const std::string& column);

}  // namespace leeway::cli
