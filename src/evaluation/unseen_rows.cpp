#include "leeway/evaluation/unseen_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
/// Cells of which weight is moved, and how far the figure of them gets in one direction (1 upwards,
/// -1 downwards) from where it was.
class movable_counts {
  public:
    movable_counts(const confusion_matrix& counts, const decision_reading& figure, double start,
                   double direction)
        : classes_(counts.classes()),
          cells_(counts.cells().begin(), counts.cells().end()),
          figure_(figure),
          start_(start),
          direction_(direction) {}

    /// In steps of at most so much: infinite where the figure becomes undefined.
    [[nodiscard]] double furthest(double weight, double step) && {
        double reached = 0;
        double left = weight;
        while (left > weight * 1e-9 && std::isfinite(reached)) {
            const std::optional<move> next = best_move(reached, std::min(left, step));
            if (!next) break;
            apply(*next);
            reached = next->reached;
            left -= next->weight;
        }
        return reached;
    }

  private:
    struct move {
        std::size_t label, from, to;
        double weight;
        double reached;
    };

    double& cell(std::size_t label, std::size_t decided) {
        return cells_[label * classes_ + decided];
    }

    void apply(const move& made) {
        cell(made.label, made.from) -= made.weight;
        cell(made.label, made.to) += made.weight;
    }

    /// The one that gets furthest, if it gets further than before.
    [[nodiscard]] std::optional<move> best_move(double reached, double step) {
        std::optional<move> best;
        for (std::size_t label = 0; label < classes_; ++label) {
            for (std::size_t from = 0; from < classes_; ++from) {
                const double held = cell(label, from);
                if (!(held > 0)) continue;
                for (std::size_t to = 0; to < classes_; ++to) {
                    if (to == from) continue;
                    move tried{label, from, to, std::min(held, step), 0};
                    const double before = cell(label, to);
                    apply(tried);
                    tried.reached = distance();
                    cell(label, from) = held;
                    cell(label, to) = before;
                    if (tried.reached > (best ? best->reached : reached)) best = tried;
                }
            }
        }
        return best;
    }

    [[nodiscard]] double distance() const {
        confusion_matrix moved(classes_);
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            moved.update({static_cast<std::int32_t>(i / classes_),
                          static_cast<std::int32_t>(i % classes_), cells_[i]});
        }
        const estimate figure = figure_.read(moved);
        return figure ? direction_ * (figure.value() - start_) : infinity;
    }

    std::size_t classes_;
    std::vector<double> cells_;
    const decision_reading& figure_;
    double start_;
    double direction_;
};

}  // namespace

double unseen_rows(confidence_level confidence) noexcept {
    return std::log(2 / (1 - confidence.level));
}

double largest_change(const confusion_matrix& counts, const decision_reading& figure,
                      double weight) {
    const estimate start = figure.read(counts);
    if (!start || !std::isfinite(start.value())) return 0;
    double most = 0;
    for (const double direction : {1.0, -1.0}) {
        for (const double steps : {1.0, 8.0}) {
            const double reached = movable_counts(counts, figure, start.value(), direction)
                                       .furthest(weight, weight / steps);
            most = std::max(most, reached);
        }
    }
    return std::min(most, figure.info.highest - figure.info.lowest);
}

comparison with_unseen_rows(comparison answer, const confusion_matrix& first,
                            const confusion_matrix& second, const decision_reading& figure,
                            confidence_level confidence) {
    const estimate& seen = answer.difference;
    const bool alike = seen && !seen.has_interval() && seen.value() == 0 &&
                       seen.interval_reason() == undefined::no_variation;
    if (!alike && !(seen && seen.has_interval())) return answer;
    if (first.classes() > most_classes_moved) return answer;
    const auto change_of = [&](const confusion_matrix& counts) {
        const double weight = counts.total();
        const double rows = effective_rows(weight, counts.sum_of_squared_weights());
        return largest_change(counts, figure, unseen_rows(confidence) * weight / rows);
    };
    double half = change_of(first);
    if (!std::ranges::equal(first.cells(), second.cells())) {
        half = std::max(half, change_of(second));
    }
    if (!std::isfinite(half)) return answer;
    const double span = figure.info.highest - figure.info.lowest;
    const double value = seen.value();
    double lower = std::max(value - half, -span);
    double upper = std::min(value + half, span);
    if (alike) {
        answer.statistic = 0;
        answer.p_value = 1;
    } else {
        lower = std::min(lower, seen.lower());
        upper = std::max(upper, seen.upper());
    }
    answer.difference = estimate::within(value, lower, upper, confidence.level, seen.weight());
    return answer;
}

estimate same_on_all_rows(double effective_rows, double weight, double lowest, double highest,
                          confidence_level confidence) noexcept {
    if (!(effective_rows > 0)) return undefined::empty;
    const double range = highest - lowest;
    if (!std::isfinite(range)) {
        return estimate::without_interval(0, undefined::no_variation, weight);
    }
    const double half = range * std::min(1.0, unseen_rows(confidence) / effective_rows);
    return estimate::within(0, -half, half, confidence.level, weight);
}

}  // namespace leeway::inline v0
