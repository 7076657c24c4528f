// "Did you mean": the known name closest to one that is not known.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

/// The known name with the fewest single-character edits (insert, delete, replace, exchange
/// neighbours; letter case is free) from `name`; of equal ones the first. Empty when none is within
/// a third of the longer one's length: a far-fetched suggestion is worse than none.
[[nodiscard]] std::string_view nearest_name(std::string_view name,
                                            std::span<const std::string> known);

/// "; did you mean 'roc_auc'?" or nothing, for the end of a sentence.
[[nodiscard]] std::string suggestion(std::string_view name, std::span<const std::string> known);

}  // namespace leeway::inline v0::detail
