// The best of several settings of a model, by cross-validation.
#pragma once

#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/cross_validate.hpp"

namespace leeway::inline v0 {

/// What each point came to, in the order of the points, and which was best.
struct grid_search_result {
    std::vector<cross_validation> table;
    std::optional<std::size_t> best;  ///< an index of the points; none where no mean is defined

    friend bool operator==(const grid_search_result&, const grid_search_result&) = default;
};

namespace detail {

/// Fewer undefined folds first, since their mean is of other rows; then the better mean; of equal
/// ones the first.
[[nodiscard]] std::optional<std::size_t> best_of(std::span<const cross_validation> table,
                                                 orientation better);

}  // namespace detail

/// cross_validate for each point of a list, on the same splits.
///
///     const std::vector<double> ridges{0.001, 0.01, 0.1, 1};
///     const auto fit = [](double ridge, const leeway::batch_view& rows,
///                         std::span<const double> targets) {
///         return leeway::linear_model::fit(rows, targets, ridge);
///     };
///     const auto found = leeway::grid_search(fit, ridges, {rows, targets}, splits,
///                                            leeway::mean_squared_error{});
///     const double ridge = ridges[found.best.value()];
///
/// fit(point, rows, targets) returns any Model. Best is by the mean, in the metric's own direction;
/// a metric without one raises. All fits of all points share the threads, and the result does not
/// depend on how many there are. The best mean is too good by the choice: test the chosen model on
/// rows that were in no split. Everything else as for cross_validate.
template <class Fit, class Points, Metric M, class State = typename M::state_type>
[[nodiscard]] grid_search_result grid_search(const Fit& fit, const Points& points,
                                             const labelled_rows& data,
                                             std::span<const split> splits, const M& metric,
                                             const cross_validation_settings& settings = {},
                                             const State& empty = State{}) {
    detail::require_splits("grid_search", data, splits);
    if (M::info.better == orientation::neither) {
        raise("grid_search: " + key_of(metric) +
              " has no better direction, expected one to choose by");
    }
    const std::size_t folds = splits.size();
    std::vector<detail::fold_figure> figures(points.size() * folds);
    detail::run_tasks(
        figures.size(), settings.threads,
        [&](std::size_t i) {
            const auto& point = points[i / folds];
            const auto at_point = [&](const batch_view& rows, std::span<const double> targets) {
                return fit(point, rows, targets);
            };
            figures[i] = detail::tested(at_point, data, splits[i % folds], metric, empty,
                                        settings.threshold);
        },
        settings.progress);
    grid_search_result found;
    for (std::size_t p = 0; p < points.size(); ++p) {
        cross_validation done;
        for (std::size_t i = p * folds; i < (p + 1) * folds; ++i) {
            done.folds.push_back(figures[i].figure);
            done.rejected += figures[i].rejected;
        }
        detail::summarise(done, splits, settings.confidence, M::info);
        found.table.push_back(std::move(done));
    }
    found.best = detail::best_of(found.table, M::info.better);
    return found;
}

}  // namespace leeway::inline v0
