// The parts of a report's text: tables of figures, of classes and their averages, of counts.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/rejected.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::inline v0::detail {

/// No line of a report is longer.
inline constexpr std::size_t widest_line = 100;

/// "metric value lower upper", a line a figure: those that are no average over classes.
[[nodiscard]] std::string figures_text(const report& figures);

/// A row a class with precision, recall, f1 (the first three figures of a class) and their
/// intervals, the averages over classes below; then what is undefined of it.
[[nodiscard]] std::string classes_text(const report& figures);

/// The counts by label and prediction, and their shares of the label's row.
[[nodiscard]] std::string confusion_text(const report& figures);

/// The other averages over classes, then the other figures of each class.
[[nodiscard]] std::string other_averages_text(const report& figures);
[[nodiscard]] std::string other_classes_text(const report& figures);

/// How many rows of a task were rejected for each reason, in words; reasons of no row are left out.
[[nodiscard]] std::vector<std::pair<std::uint64_t, std::string_view>> rejection_reasons(
    const rejections& rejected, std::string_view task);

/// A row a group with each of its rates.
[[nodiscard]] std::string groups_text(const report& figures);

}  // namespace leeway::inline v0::detail
