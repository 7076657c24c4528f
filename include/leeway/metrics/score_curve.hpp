// Every threshold of a scored test set at once: the sorted form that the exact curve metrics share.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <span>
#include <utility>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_order.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/placements.hpp"

namespace leeway::inline v0 {

/// What a threshold lets through: the weight of the positives and of the negatives whose score is
/// at or above it.
struct score_point {
    double threshold;
    double positives;
    double negatives;

    friend constexpr bool operator==(const score_point&, const score_point&) = default;
};

/// Sum of the squared weights of each class.
struct class_squares {
    double positives;
    double negatives;

    friend constexpr bool operator==(const class_squares&, const class_squares&) = default;
};

/// One score_point a distinct score, from the highest to the lowest, after a first point (infinity,
/// 0, 0): ROC, precision-recall, gain and every figure of them are read from it in one pass.
///
/// A metric of curves takes a `const score_curve&`; a scored_outcomes converts, so it can be asked
/// of either, and a report that asks for many figures makes the curve once:
///
///     const score_curve curve(rows);
///     average_precision{}(curve); equal_error_rate{}(curve); ...
///
/// Scores that are equal as doubles share a point (0 and -0 do), others never do. Unweighted counts
/// are exact; weights are summed compensated. Cost at a million rows: one sort and one pass, about
/// 10 ns a row, 35 when weighted; 24 bytes a distinct score stay (16 more when weighted), and up to
/// 32 bytes a row (56) are in use while it is made. Movable, not copyable. Thread rule: read-only
/// once made.
class score_curve {
  public:
    /// Not explicit: whatever takes a curve takes the rows it is made of.
    score_curve(const scored_outcomes& rows)
        : score_curve(rows.labels(), rows.scores(), rows.weights()) {}

    /// Columns of one length: labels (0 or not), finite scores, weights above zero (none: all 1).
    score_curve(std::span<const std::int32_t> labels, std::span<const double> scores,
                std::span<const double> weights = {}) {
        require_length("score_curve", "score", scores.size(), labels.size());
        require_length("score_curve", "weight", weights.size(), labels.size(), true);
        if (weights.empty()) {
            add_counts(class_order(labels, scores));
        } else {
            add_weights(labels, scores, weights);
        }
    }

    /// Fewer points, enough for every metric that takes a curve: of successive points of negatives
    /// alone the last stays. Both curves run straight over those left out, so figures differ by
    /// rounding alone; with few positives, the figures cost next to nothing. Not for what lists or
    /// searches the thresholds (roc_curve, best_threshold and their like). Weighted rows keep every
    /// point.
    [[nodiscard]] static score_curve turns_of(const scored_outcomes& rows) {
        return turns_of(rows.labels(), rows.scores(), rows.weights());
    }
    [[nodiscard]] static score_curve turns_of(std::span<const std::int32_t> labels,
                                              std::span<const double> scores,
                                              std::span<const double> weights = {}) {
        if (!weights.empty()) return score_curve(labels, scores, weights);
        require_length("score_curve", "score", scores.size(), labels.size());
        return turns_of(class_order(labels, scores));
    }
    /// Of rows that are in order already.
    [[nodiscard]] static score_curve turns_of(const class_order& order) {
        score_curve turns;
        turns.add_turns(order);
        return turns;
    }

    /// The first is (infinity, 0, 0); thresholds fall, weights never do.
    [[nodiscard]] std::span<const score_point> points() const noexcept {
        return {points_.get(), size_};
    }
    /// Weight of each class.
    [[nodiscard]] double positives() const noexcept { return points().back().positives; }
    [[nodiscard]] double negatives() const noexcept { return points().back().negatives; }
    [[nodiscard]] double total() const noexcept { return positives() + negatives(); }

    /// Kish's effective rows of each class.
    [[nodiscard]] double effective_positives() const noexcept {
        return effective_rows(positives(), total_squares_.positives);
    }
    [[nodiscard]] double effective_negatives() const noexcept {
        return effective_rows(negatives(), total_squares_.negatives);
    }

    /// Sum of the squared weights of the rows whose score is the threshold of point i > 0.
    [[nodiscard]] class_squares squares_at(std::size_t i) const noexcept {
        if (squares_) return squares_[i];
        return {points_[i].positives - points_[i - 1].positives,
                points_[i].negatives - points_[i - 1].negatives};
    }

  private:
    score_curve() = default;

    /// A negative's weight has the minus sign: 16 bytes sort faster than 24.
    struct item {
        double score;
        double signed_weight;
    };

    void make_room(std::size_t room) {
        points_ = std::make_unique_for_overwrite<score_point[]>(room);
        points_[0] = {std::numeric_limits<double>::infinity(), 0, 0};
    }

    void add_counts(const class_order& order) {
        make_room(order.size() + 1);
        double last = points_[0].threshold;
        double positives = 0;
        double negatives = 0;
        std::size_t at = 0;
        order.for_each_descending([&](double score, bool is_positive) {
            positives += is_positive ? 1 : 0;
            negatives += is_positive ? 0 : 1;
            at += score != last ? 1 : 0;  // no branch: ties are as good as random
            last = score;
            points_[at] = {score, positives, negatives};
        });
        size_ = at + 1;
        total_squares_ = {positives, negatives};
        fit(points_, order.size() + 1);
    }

    void add_turns(const class_order& order) {
        const std::size_t room = std::min(2 * order.positives() + 2, order.size() + 1);
        make_room(room);
        std::size_t at = 0;
        std::size_t seen = 0;
        std::size_t positives = 0;
        const auto put = [&](std::size_t rows, double score) {
            points_[at] = {score, static_cast<double>(positives),
                           static_cast<double>(rows - positives)};
        };
        order.for_each_group_with_positives(
            [&](double score, std::size_t first, std::size_t rows, std::size_t positive) {
                at += first > seen ? 1U : 0U;  // no branch: negatives come as they like
                if (at > 0) put(first, order.score_at(first - 1));
                ++at;
                seen = first + rows;
                positives += positive;
                put(seen, score);
            });
        if (seen < order.size()) {
            ++at;
            put(order.size(), order.score_at(order.size() - 1));
        }
        size_ = at + 1;
        total_squares_ = {points_[at].positives, points_[at].negatives};
        fit(points_, room);
    }

    void add_weights(std::span<const std::int32_t> labels, std::span<const double> scores,
                     std::span<const double> weights) {
        const std::size_t rows = labels.size();
        const auto items = std::make_unique_for_overwrite<item[]>(rows);
        const std::span<item> sorted(items.get(), rows);
        {
            const auto scratch = std::make_unique_for_overwrite<item[]>(rows);
            for (std::size_t row = 0; row < rows; ++row) {
                // + 0 turns -0 into 0, so that a threshold does not depend on the order of rows.
                sorted[row] = {scores[row] + 0.0, labels[row] != 0 ? weights[row] : -weights[row]};
            }
            radix_sort(sorted, std::span(scratch.get(), rows),
                       [](const item& row) { return -row.score; });
        }
        make_room(rows + 1);
        squares_ = std::make_unique_for_overwrite<class_squares[]>(rows + 1);
        squares_[0] = {0, 0};
        double last = points_[0].threshold;
        compensated_sum positives;
        compensated_sum negatives;
        std::size_t at = 0;
        for (const item& row : sorted) {
            if (row.score != last) squares_[++at] = {0, 0};
            last = row.score;
            const double square = row.signed_weight * row.signed_weight;
            if (row.signed_weight > 0) {
                positives.add(row.signed_weight);
                squares_[at].positives += square;
            } else {
                negatives.add(-row.signed_weight);
                squares_[at].negatives += square;
            }
            points_[at] = {row.score, positives.value(), negatives.value()};
        }
        size_ = at + 1;
        compensated_sum p;
        compensated_sum n;
        for (const class_squares& one : std::span<const class_squares>(squares_.get(), size_)) {
            p.add(one.positives);
            n.add(one.negatives);
        }
        total_squares_ = {p.value(), n.value()};
        fit(points_, rows + 1);
        fit(squares_, rows + 1);
    }

    /// Gives back what ties left unused.
    template <class T>
    void fit(std::unique_ptr<T[]>& entries, std::size_t room) const {
        if (size_ > room / 2) return;
        auto fitting = std::make_unique_for_overwrite<T[]>(size_);
        std::copy_n(entries.get(), size_, fitting.get());
        entries = std::move(fitting);
    }

    std::unique_ptr<score_point[]> points_;
    std::unique_ptr<class_squares[]> squares_;  // of each point; none while every weight is 1
    std::size_t size_{1};
    class_squares total_squares_{0, 0};
};

namespace detail {

/// A sum of terms of one sign, compensated every 64 terms: within 64 roundings of the exact sum at
/// a third of the cost.
class sum_by_blocks {
  public:
    void add(double term) noexcept {
        block_ += term;
        if (++terms_ % 64 == 0) {
            sum_.add(block_);
            block_ = 0;
        }
    }
    [[nodiscard]] double value() const noexcept {
        compensated_sum all = sum_;
        all.add(block_);
        return all.value();
    }

  private:
    compensated_sum sum_;
    double block_{0};
    std::uint32_t terms_{0};
};

/// By how much a figure made of such sums may be off.
inline constexpr double sum_rounding = 80 * std::numeric_limits<double>::epsilon();

/// Why a figure of a score_curve or of score_cells has no value: every one needs positives, those
/// of the ROC curve negatives too, and sums of weights that did not overflow.
template <class Curve>
[[nodiscard]] std::optional<undefined> curve_flaw(const Curve& curve, bool needs_negatives) {
    if (!std::isfinite(curve.total())) return undefined::out_of_range;
    if (!(curve.total() > 0)) return undefined::empty;
    const bool one_class =
        !(curve.positives() > 0) || (needs_negatives && !(curve.negatives() > 0));
    return one_class ? std::optional(undefined::one_class) : std::nullopt;
}

/// The first point but (infinity, 0, 0) whose recall is at least `share` <= 1.
template <class Curve>
[[nodiscard]] std::size_t first_with_recall(const Curve& curve, double share) {
    const auto points = curve.points();
    const auto found = std::partition_point(
        points.begin() + 1, points.end(),
        [&](const score_point& point) { return point.positives / curve.positives() < share; });
    return static_cast<std::size_t>(found - points.begin());
}

}  // namespace detail

/// The area under the ROC curve with DeLong's variance, from a curve: what placements_of says of
/// its rows. O(points).
[[nodiscard]] inline placements placements_of(const score_curve& curve) {
    placements found;
    const double p = found.positives = curve.positives();
    const double n = found.negatives = curve.negatives();
    if (!(p > 0 && n > 0)) return found;
    const double ep = found.effective_positives = curve.effective_positives();
    const double en = found.effective_negatives = curve.effective_negatives();
    if (!std::isfinite(p + n)) return found;
    const auto points = curve.points();
    const double to_p = detail::power_near_one(p);
    const double to_n = detail::power_near_one(n);
    detail::sum_by_blocks area;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const double above = points[i - 1].positives * to_p + points[i].positives * to_p;
        area.add((points[i].negatives - points[i - 1].negatives) * to_n * above);
    }
    found.area = std::min(area.value() / (n * to_n) / (p * to_p) / 2, 1.0);
    if (!(ep > 1 && en > 1)) return found;
    double spread = 0;  // terms of one sign: plain sums lose nothing that matters
    double other = 0;
    const double half_p = 0.5 / p;
    const double half_n = 0.5 / n;
    for (std::size_t i = 1; i < points.size(); ++i) {
        const score_point& before = points[i - 1];
        const score_point& here = points[i];
        const class_squares squares = curve.squares_at(i);
        const double v = 1 - (before.negatives + here.negatives) * half_n - found.area;
        const double u = (before.positives + here.positives) * half_p - found.area;
        spread += squares.positives * (v * v);
        other += squares.negatives * (u * u);
    }
    found.add_up(ep / (ep - 1) * spread / p / p, en / (en - 1) * other / n / n);
    return found;
}

}  // namespace leeway::inline v0
