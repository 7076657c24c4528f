// Several metrics over one stream: the states they read are shared, and filled once.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/running.hpp"

namespace leeway::inline v0 {

namespace detail {

template <class Set, class... States>
struct distinct {
    using type = Set;
};
template <class... Kept, class Next, class... Rest>
struct distinct<state_set<Kept...>, Next, Rest...>
    : distinct<std::conditional_t<(std::same_as<Kept, Next> || ...), state_set<Kept...>,
                                  state_set<Kept..., Next>>,
               Rest...> {};

}  // namespace detail

/// A declared set of metrics. Which states it takes is found when it is compiled: metrics that read
/// the same type share one state, so a stream is counted once whatever is asked of it.
///
///     leeway::metric_set watched(leeway::roc_auc{}, leeway::f_beta{2}, leeway::log_loss{});
///     watched.update(leeway::probability_outcome{.label = 1, .score = 0.93});
///     for (const auto& [key, figure] : watched.results()) ...
///     leeway::estimate auc = watched.result<leeway::roc_auc>();
///
/// A score of a binary task is also a decision, score >= threshold(), for the states that count
/// decisions. Memory, error and cost are the sum of the distinct states'; with bounded states it is
/// bounded. Thread rule: one writer; merge what several threads filled.
template <Metric... Metrics>
class metric_set {
    static_assert(sizeof...(Metrics) > 0);

  public:
    using states_type =
        typename detail::distinct<state_set<>, typename Metrics::state_type...>::type;

    /// A metric with parameters that its state must know (pinball_loss{0.9}) begins with its own
    /// empty state; two that want different ones of the same type raise.
    explicit metric_set(Metrics... metrics) : metrics_(std::move(metrics)...) {
        std::apply(
            [&](const auto&... metric) {
                (begin_with(detail::state_to_fill(metric)), ...);
                (require_own_state(metric), ...);
            },
            metrics_);
    }

    /// Begins with another empty state than the default one: confusion_matrix(5), a score_table of
    /// another layout. Before the first row.
    template <class State>
    metric_set& begin_with(State empty) {
        states_.template get<State>() = std::move(empty);
        return *this;
    }
    /// Where a score becomes the decision 1; 0.5 unless set. Set it before the first row.
    metric_set& decide_at(double threshold) noexcept {
        threshold_ = threshold;
        return *this;
    }
    [[nodiscard]] double threshold() const noexcept { return threshold_; }

    template <class Sample>
    requires detail::Takes<states_type, Sample> || std::same_as<Sample, probability_outcome>
    void update(const Sample& sample) {
        if constexpr (detail::Takes<states_type, Sample>) states_.update(sample);
        if constexpr (std::same_as<Sample, probability_outcome> &&
                      detail::Takes<states_type, class_outcome>) {
            // A score that is not a number decides nothing: the row is refused.
            const std::int32_t decided = sample.score >= threshold_  ? 1
                                         : sample.score < threshold_ ? 0
                                                                     : -1;
            states_.update(class_outcome{sample.label, decided, sample.weight});
        }
    }

    /// Both must have been declared alike; another threshold or other states raise.
    void merge(const metric_set& other) {
        if (threshold_ != other.threshold_) {
            raise("metric_set: merging decisions at " + detail::shown(threshold_) + " and at " +
                  detail::shown(other.threshold_));
        }
        states_.merge(other.states_);
    }
    void reset() noexcept { states_.reset(); }

    /// Every figure, in the order of declaration.
    [[nodiscard]] std::vector<report::entry> results() const {
        std::vector<report::entry> all;
        std::apply(
            [&](const auto&... metric) {
                (all.push_back(
                     {key_of(metric), read_as<std::remove_cvref_t<decltype(metric)>>(metric)}),
                 ...);
            },
            metrics_);
        return all;
    }
    /// The figure of the metric of that type; does not compile when it was declared twice.
    template <class M>
    [[nodiscard]] estimate result() const {
        return read_as<M>(std::get<M>(metrics_));
    }

    [[nodiscard]] const states_type& states() const noexcept { return states_; }
    [[nodiscard]] const std::tuple<Metrics...>& metrics() const noexcept { return metrics_; }

  private:
    template <class M>
    void require_own_state(const M& metric) const {
        if (states_.template get<typename M::state_type>() == detail::state_to_fill(metric)) return;
        raise("metric_set: '" + key_of(metric) +
              "' wants another state than a metric behind it that reads the same type; give each "
              "its own metric_set");
    }

    // Of its own state_type: a metric that reads several must not be given another's.
    template <class M>
    [[nodiscard]] estimate read_as(const M& metric) const {
        return metric(states_.template get<typename M::state_type>());
    }

    std::tuple<Metrics...> metrics_;
    states_type states_{};
    double threshold_{0.5};
};

}  // namespace leeway::inline v0
