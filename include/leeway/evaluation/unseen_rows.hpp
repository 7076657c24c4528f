// Two models that decide alike on all rows seen, or on nearly all: what rows not seen may hold.
// Defined in src: link leeway::leeway.
#pragma once

#include <cstddef>
#include <functional>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/comparison.hpp"

namespace leeway::inline v0 {

/// How many of the rows seen might as well have been of a kind of which none was seen:
/// ln(2 / (1 - level)), 3.69 at 95 %.
///
/// A share p of all rows is missed by n independent rows with probability (1 - p)^n, so where p is
/// above this number over n that happens less often than (1 - level) / 2: it is at or above Clopper
/// and Pearson's upper end, which is 1 - ((1 - level) / 2)^(1 / n), and close to it from some tens
/// of rows on. With the doubt split over both ends, each end holds by itself, as a gate asks.
/// Sources: C. Clopper, E. Pearson, Biometrika 26 (1934); J. Hanley, A. Lippman-Hand, "If nothing
/// goes wrong, is everything all right?", JAMA 249 (1983).
[[nodiscard]] double unseen_rows(confidence_level confidence) noexcept;

/// A figure of decisions as a function, of the metric's range.
struct decision_reading {
    std::function<estimate(const confusion_matrix&)> read;
    info_card info;
};

/// The most that the figure changes where so much weight of rows, at most, is decided otherwise:
/// max |f(moved) - f(counts)|. Labels stay. The whole range (infinite, of a figure without one)
/// where such a change makes it undefined; 0 where it is undefined to begin with.
///
/// Weight is moved one kind of row (label, decided, decided otherwise) after the other, each time
/// the kind that moves the figure furthest, in one step and in eight. Cost: some 20 classes^3
/// readings. Thread rule: a pure function.
[[nodiscard]] double largest_change(const confusion_matrix& counts, const decision_reading& figure,
                                    double weight);
/// Of more classes than this with_unseen_rows() leaves a comparison as it is.
inline constexpr std::size_t most_classes_moved = 10;

/// A comparison of two models' decisions on the same rows, with an interval that allows for rows on
/// which they differ and of which none was seen: at least the difference +- largest_change() of
/// unseen_rows() (in rows of the mean weight that Kish's effective rows have).
///
///     const auto drawn = leeway::bootstrap_difference<leeway::f_beta>{}(first, second);
///     const auto answer = leeway::with_unseen_rows(drawn, first.state(), second.state(),
///         {leeway::f_beta{}, leeway::f_beta::info}, leeway::confidence_95);
///
/// Where the models never differ in what the figure reads, a bootstrap has no interval (no
/// variation) and this is the whole of it, with statistic 0 and p = 1; where they differ on a few
/// rows the bootstrap's own is too narrow, and this is its least width; where they differ on many
/// it changes nothing. A comparison that is undefined, or without an interval for another reason or
/// at a difference other than 0, is left as it is; so is one whose figure has no range and becomes
/// undefined or infinite. Rows must be independent of one another. The bound of rows not seen is
/// exact; that the label's shares and the decisions both make are as seen is true of many rows.
/// Thread rule: a pure function.
[[nodiscard]] comparison with_unseen_rows(comparison answer, const confusion_matrix& first,
                                          const confusion_matrix& second,
                                          const decision_reading& figure,
                                          confidence_level confidence);

/// The difference 0 of two models' means over rows on each of which both have the same value, which
/// lie in the range: +- (highest - lowest) unseen_rows() / rows, at most the whole range. Without
/// an interval (no variation) where the range has no end: nothing bounds what a row not seen costs.
/// Of no rows: empty.
[[nodiscard]] estimate same_on_all_rows(double effective_rows, double weight, double lowest,
                                        double highest, confidence_level confidence) noexcept;

}  // namespace leeway::inline v0
