// The best of several settings of a model, by cross-validation.
#pragma once

#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/cross_validate.hpp"

namespace leeway::inline v0 {

/// What each point came to, in the order of the points, and which was best.
struct grid_search_result {
    std::vector<cross_validation> table;
    std::optional<std::size_t> best;  ///< an index of the points; none where no mean is defined
    /// All points, the best first. Fewer undefined folds come first, since their mean is of other
    /// rows; then the better mean; of equal ones the first. A point whose mean is undefined comes
    /// last; table[point].mean.reason() says why.
    std::vector<std::size_t> ranking;

    friend bool operator==(const grid_search_result&, const grid_search_result&) = default;
};

/// The same of several metrics, one of which was chosen by.
struct grid_search_results {
    std::vector<cross_validations> table;
    std::optional<std::size_t> best;
    std::vector<std::size_t> ranking;

    friend bool operator==(const grid_search_results&, const grid_search_results&) = default;
};

namespace detail {

/// grid_search_result::ranking.
[[nodiscard]] std::vector<std::size_t> ranking_of(std::span<const cross_validation> table,
                                                  orientation better);

/// Where the metric to choose by stands among these keys, with their directions. Raises where it is
/// none of them, or two, or has no better direction.
[[nodiscard]] std::size_t chosen_among(const std::vector<std::pair<std::string, orientation>>& keys,
                                       std::string_view by);

/// fit of one point, with weights or without as fit itself.
template <class Fit, class Points>
struct fit_at {
    const Fit& fit;
    const Points& points;
    std::size_t point;

    template <class... Spans>
    requires std::invocable<const Fit&, decltype(std::declval<const Points&>()[0]),
                            const batch_view&, const Spans&...>
    [[nodiscard]] auto operator()(const batch_view& rows, const Spans&... columns) const {
        return fit(points[point], rows, columns...);
    }
};

template <class Tester, class Fit, class Points>
[[nodiscard]] grid_search_results searched(const Tester& test, std::string_view choose_by,
                                           const Fit& fit, const Points& points,
                                           const labelled_rows& data, std::span<const split> splits,
                                           const cross_validation_settings& settings) {
    constexpr std::string_view where = "grid_search";
    require_settings(where, settings);
    require_splits(where, data, splits);
    std::vector<std::pair<std::string, orientation>> keys;
    test.each([&](const auto& metric) {
        keys.emplace_back(key_of(metric), std::remove_cvref_t<decltype(metric)>::info.better);
    });
    const std::size_t chosen = chosen_among(keys, choose_by);
    const auto at = [&](std::size_t p) { return fit_at<Fit, Points>{fit, points, p}; };
    test.require(at(0));
    const std::size_t folds = splits.size();
    std::vector<typename Tester::fold> figures(points.size() * folds);
    run_tasks(
        figures.size(), settings.threads,
        [&](std::size_t i) { figures[i] = test(at(i / folds), data, splits[i % folds]); },
        settings.progress);
    grid_search_results found;
    std::vector<cross_validation> by;
    for (std::size_t p = 0; p < points.size(); ++p) {
        found.table.push_back(test.summarised(std::span(figures).subspan(p * folds, folds), splits,
                                              settings.confidence));
        by.push_back(found.table.back().entries[chosen].value);
    }
    found.ranking = ranking_of(by, keys[chosen].second);
    if (!by.empty() && by[found.ranking.front()].mean) found.best = found.ranking.front();
    return found;
}

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
/// fit(point, rows, targets) or fit(point, rows, targets, weights) returns a model. Best is by the
/// mean, in the metric's own direction; a metric without one raises. A point whose figures are
/// undefined or infinite loses to the others and stays in the table; a fit that throws ends the
/// search. All fits of all points share the threads, and the result does not depend on how many
/// there are. The best mean is too good by the choice: test the chosen model on rows that were in
/// no split. Everything else as for cross_validate.
template <class Fit, class Points, Metric M, class State = typename M::state_type>
[[nodiscard]] grid_search_result grid_search(const Fit& fit, const Points& points,
                                             const labelled_rows& data,
                                             std::span<const split> splits, const M& metric,
                                             const cross_validation_settings& settings,
                                             const State& empty) {
    const std::tuple<M> metrics(metric);
    const state_set<State> states(empty);
    const auto test =
        detail::tester<detail::first_readable>("grid_search", metrics, states, settings.threshold);
    auto found = detail::searched(test, key_of(metric), fit, points, data, splits, settings);
    grid_search_result one{{}, found.best, std::move(found.ranking)};
    for (auto& point : found.table) one.table.push_back(std::move(point.entries.front().value));
    return one;
}
template <class Fit, class Points, Metric M>
[[nodiscard]] grid_search_result grid_search(const Fit& fit, const Points& points,
                                             const labelled_rows& data,
                                             std::span<const split> splits, const M& metric,
                                             const cross_validation_settings& settings = {}) {
    return grid_search(fit, points, data, splits, metric, settings, detail::state_to_fill(metric));
}

/// Several metrics of the same fits, the best by the one of this key, which is in the set once.
///
///     const auto found = leeway::grid_search(fit, ridges, data, splits,
///                                            leeway::metric_set(leeway::mean_squared_error{},
///                                                               leeway::r_squared{}),
///                                            "r_squared");
///     found.table[found.best.value()].at("mean_squared_error").mean ...
template <class Fit, class Points, class... Metrics>
[[nodiscard]] grid_search_results grid_search(const Fit& fit, const Points& points,
                                              const labelled_rows& data,
                                              std::span<const split> splits,
                                              const metric_set<Metrics...>& metrics,
                                              std::string_view choose_by,
                                              const cross_validation_settings& settings = {}) {
    const auto test =
        detail::tester<detail::own_state>("grid_search", metrics.metrics(), metrics.states(),
                                          detail::threshold_of(settings, metrics));
    return detail::searched(test, choose_by, fit, points, data, splits, settings);
}
/// Each metric reads the first of these states that it can.
template <class Fit, class Points, class... Metrics, class... States>
[[nodiscard]] grid_search_results grid_search(
    const Fit& fit, const Points& points, const labelled_rows& data, std::span<const split> splits,
    const metric_set<Metrics...>& metrics, std::string_view choose_by,
    const cross_validation_settings& settings, const state_set<States...>& empty) {
    const auto test = detail::tester<detail::first_readable>(
        "grid_search", metrics.metrics(), empty, detail::threshold_of(settings, metrics));
    return detail::searched(test, choose_by, fit, points, data, splits, settings);
}

}  // namespace leeway::inline v0
