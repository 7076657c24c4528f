// What each row of a bounded table adds to a figure's deviation: its standard error from cells.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <vector>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_cells.hpp"

namespace leeway::inline v0 {

/// Between what the influence of a row of one cell lies: the middle and half the distance.
struct cell_influence {
    double middle{0};
    double open{0};

    /// All of it divided by `by`.
    [[nodiscard]] static cell_influence between(double low, double high, double by) noexcept {
        return {(low + (high - low) / 2) / by, std::max((high - low) / 2, 0.0) / by};
    }
};

/// Of each point of score_cells but the first: of its positives and of its negatives.
struct class_influence {
    cell_influence of_positive;
    cell_influence of_negative;
};

/// The root of the sum of squared influences over rows is at most that of their middles and that of
/// what is left open together (Minkowski).
class influence_sum {
  public:
    void add(double rows, const cell_influence& each) noexcept {
        squares_ += rows * each.middle * each.middle;
        open_ += rows * each.open * each.open;
    }
    [[nodiscard]] double most() const noexcept { return std::sqrt(squares_) + std::sqrt(open_); }
    /// And at least their difference; what is left of it by rounding is 0.
    [[nodiscard]] double least() const noexcept {
        const double left = std::sqrt(squares_) - std::sqrt(open_);
        return left > 1e-12 * std::sqrt(squares_) ? left : 0.0;
    }

  private:
    double squares_{0};
    double open_{0};
};

/// The largest root of the sum of squared influences: of the rows of each class, and of all; and
/// whether it may be 0.
struct influence_norm {
    double of_positives{0};
    double of_negatives{0};
    bool may_vanish{false};

    [[nodiscard]] double of_all() const noexcept { return std::hypot(of_positives, of_negatives); }
};

/// Of the rows of the cells that the influences are of. O(cells).
[[nodiscard]] inline influence_norm norm_of(const score_cells& cells,
                                            std::span<const class_influence> each) {
    const auto points = cells.points();
    influence_sum positives, negatives;
    for (std::size_t i = 1; i < points.size(); ++i) {
        positives.add(points[i].positives - points[i - 1].positives, each[i].of_positive);
        negatives.add(points[i].negatives - points[i - 1].negatives, each[i].of_negative);
    }
    return {positives.most(), negatives.most(),
            !(positives.least() > 0) && !(negatives.least() > 0)};
}

/// Of rows that have a score for each of several labels: `each` are the influences in the pooled
/// table (scores of all labels together), and what a row adds is their sum over its labels. Which
/// scores belong to one row the tables do not say, so the labels' norms are added (Minkowski
/// again): conservative. O(labels x cells).
[[nodiscard]] inline double norm_of_rows(const score_cells& pooled,
                                         std::span<const class_influence> each,
                                         std::span<const score_table> labels) {
    double sum = 0;
    for (const score_table& label : labels) {
        const auto positive = label.positives().cells();
        const auto negative = label.negatives().cells();
        influence_sum positives, negatives;
        std::size_t i = pooled.points().size();
        for (std::size_t cell = 0; cell < positive.size(); ++cell) {
            const double edge = label.layout().lower_edge(cell);
            if (i > 1 && pooled.points()[i - 1].threshold == edge) {
                --i;
                positives.add(positive[cell], each[i].of_positive);
                negatives.add(negative[cell], each[i].of_negative);
            }
        }
        sum += std::hypot(positives.most(), negatives.most());
    }
    return sum;
}

/// Tables of one layout, added.
[[nodiscard]] inline score_table pooled_table(std::span<const score_table> labels) {
    score_table all = labels.front();
    for (const score_table& label : labels.subspan(1)) all.merge(label);
    return all;
}

/// DeLong's placements less the area, which lies in `area`, over the rows of the class: of a
/// positive the share of negatives below it, of a negative the share of positives above it. The
/// first entry is nobody's. O(cells).
[[nodiscard]] inline std::vector<class_influence> placement_influence(const score_cells& cells,
                                                                      const estimate& area) {
    const auto points = cells.points();
    const double p = cells.positives();
    const double n = cells.negatives();
    std::vector<class_influence> each(points.size());
    for (std::size_t i = 1; i < points.size(); ++i) {
        const score_point& above = points[i - 1];
        const score_point& here = points[i];
        each[i].of_positive = cell_influence::between(1 - here.negatives / n - area.upper(),
                                                      1 - above.negatives / n - area.lower(), p);
        each[i].of_negative = cell_influence::between(above.positives / p - area.upper(),
                                                      here.positives / p - area.lower(), n);
    }
    return each;
}

namespace detail {

/// The sums over the positives of one cell, T positives and F negatives above it, p and n in it, of
/// B / (A + B)^2 and A / (A + B)^2 at their own points (A, B): between what they lie, whatever the
/// order in the cell. A positive's A goes from T + 1 to T + p in steps of one row, or several share
/// the larger one; B is between F and F + n.
class precision_slopes {
  public:
    precision_slopes(double t, double f, double p, double n)
        : t_(t), p_(p), to_(t + p), first_(t + std::min(p, 1.0)), f_(f), all_(f + n) {}

    [[nodiscard]] double least_of_positives() const noexcept {
        return p_ * std::min(falling(to_, f_), falling(to_, all_));
    }
    /// The largest B / (A + B)^2 falls with A: at A the best B is A, or the nearest that there is.
    [[nodiscard]] double most_of_positives() const noexcept {
        const double start = std::min(p_, 1.0) * falling(first_, std::clamp(first_, f_, all_));
        const double low = std::clamp(f_, first_, to_);
        const double high = std::clamp(all_, first_, to_);
        return start + stretch(f_, first_, low) + std::log(high / low) / 4 +
               stretch(all_, high, to_);
    }
    /// A / (A + B)^2 rises with A up to B and falls after it, and falls with B.
    [[nodiscard]] double least_of_negatives() const noexcept {
        const double turn = std::clamp(all_ / to_ * all_, t_, to_);
        return grown(all_, t_, turn) + (to_ - turn) * falling(all_, to_);
    }
    [[nodiscard]] double most_of_negatives() const noexcept {
        const double turn = std::clamp(f_, first_, to_);  // of the best A, from which it falls
        return (turn - t_) * falling(f_, turn) + grown(f_, turn, to_);
    }

  private:
    /// b / (a + b)^2
    [[nodiscard]] static double falling(double a, double b) noexcept {
        const double both = a + b;
        return both > 0 ? b / both / both : 0.0;
    }
    /// The integral of b / (a + b)^2 over a.
    [[nodiscard]] static double stretch(double b, double from, double to) noexcept {
        return to > from ? b / (from + b) - b / (to + b) : 0.0;
    }
    /// The integral of a / (a + b)^2 over a.
    [[nodiscard]] static double grown(double b, double from, double to) noexcept {
        if (!(to > from)) return 0;
        if (!(from + b > 0)) return 0;  // of nothing below: only as a lower bound
        return std::log((to + b) / (from + b)) - stretch(b, from, to);
    }

    double t_, p_, to_, first_, f_, all_;
};

}  // namespace detail

/// The influences of mean_precision_interval.hpp, over the positives: of a positive, its precision
/// less the value, which lies in `value`, and what it adds to the precision of positives at or
/// below it; of a negative, what it takes from that. Rows of weight 1. The first
/// entry is nobody's. O(cells).
[[nodiscard]] inline std::vector<class_influence> precision_influence(const score_cells& cells,
                                                                      const estimate& value) {
    const auto points = cells.points();
    std::vector<class_influence> each(points.size());
    const double all = cells.positives();
    double least_up = 0, most_up = 0;  // sums over the positives below
    double least_down = 0, most_down = 0;
    for (std::size_t i = points.size(); --i > 0;) {
        const auto [above, t, f] = points[i - 1];
        const double p = points[i].positives - t;
        const double n = points[i].negatives - f;
        if (!(p > 0)) {
            each[i].of_negative = cell_influence::between(-most_down, -least_down, all);
            continue;
        }
        const detail::precision_slopes own(t, f, p, n);
        const double one = std::min(p, 1.0);
        const double least = (t + one) / (t + one + f + n);
        const double most = (t + p) / (t + p + f);
        each[i].of_positive =
            cell_influence::between(least - value.upper() + least_up,
                                    most - value.lower() + most_up + own.most_of_positives(), all);
        each[i].of_negative =
            cell_influence::between(-most_down - own.most_of_negatives(), -least_down, all);
        least_up += own.least_of_positives();
        most_up += own.most_of_positives();
        least_down += own.least_of_negatives();
        most_down += own.most_of_negatives();
    }
    return each;
}

}  // namespace leeway::inline v0
