// How the groups of --group compare, as text and as JSON.
#pragma once

#include <string>

#include "cli/outcomes.hpp"
#include "export/json_writer.hpp"

namespace leeway::cli {

/// The figures of a report on groups. Rows without a label, a decision or a group are counted as
/// missing.
[[nodiscard]] report evaluate_groups(const outcomes& rows,
                                     const confidence_level& confidence = confidence_95);

/// "between groups of COL", the gaps, a row a group, and what the four-fifths rule says.
[[nodiscard]] std::string groups_text(const outcomes& rows, const std::string& column);

/// {"column":..,"four_fifths":"below","task":"groups",..,"groups":[..]}
void write_groups(detail::json_writer& out, const outcomes& rows, const std::string& column);

}  // namespace leeway::cli
