// A figure of a bounded table with an interval for the luck of the sample.
#pragma once

#include <concepts>
#include <string>
#include <type_traits>

#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/bounded_roc_auc.hpp"
#include "leeway/metrics/roc_auc.hpp"

namespace leeway::inline v0 {

/// A metric that has, of this bounded state, an interval for the sample beside its certified band.
template <class M, class State>
concept ReadsSample = requires(const M& metric, const State& state) {
    { metric.of_sample(state) } -> std::same_as<estimate>;
};

namespace detail {

template <class M>
using sample_state = std::conditional_t<
    ReadsSample<M, score_table>, score_table,
    std::conditional_t<ReadsSample<M, class_score_tables>, class_score_tables, error_histograms>>;

}  // namespace detail

/// A metric's of_sample(): its figure of a bounded table with an interval for the luck of the
/// sample, which a gate may hold against a limit; its certified band is about the table alone.
///
///     leeway::running<leeway::bounded_figure<leeway::ks_separation>> separation;
///     ... leeway::gate::at_least(0.4)(separation.result())
///
/// The value is the band's middle, and the ends hold the band and the interval that the rows
/// themselves give (of partial_roc_auc at least as much, of d2_pinball_score and averages over
/// classes more), whatever their scores inside the cells were; they come to it as the cells get
/// finer. Formula, range, orientation, undefined and source: the metric's; roc_auc's form is
/// bounded_roc_auc. Key: the metric's after "bounded_".
///
/// Rows must have weight 1: the tables have no squares of weights, so a weight counts as that many
/// rows. Without an interval where the rows themselves give none. Cost: O(cells). Thread rule: a
/// pure function.
template <class M>
requires ReadsSample<M, detail::sample_state<M>>
struct bounded_figure {
    using state_type = detail::sample_state<M>;
    static constexpr info_card info = M::info;

    M metric{};

    [[nodiscard]] std::string key() const { return "bounded_" + key_of(metric); }

    template <class State>
    requires ReadsSample<M, State>
    [[nodiscard]] estimate operator()(const State& state) const { return metric.of_sample(state); }
};

namespace detail {

/// The form of a metric that has an interval for the sample.
template <class M>
requires ReadsSample<M, sample_state<M>>
[[nodiscard]] bounded_figure<M> in_sample(const M& metric) {
    return {metric};
}
[[nodiscard]] inline bounded_roc_auc in_sample(const roc_auc& metric) {
    return {metric.over, metric.confidence};
}

template <class M>
concept HasSample = requires(const M& metric) {
    in_sample(metric);
};

}  // namespace detail

}  // namespace leeway::inline v0
