// A stream, one metric: the metric's state, filled row by row and read when asked.
#pragma once

#include <concepts>
#include <cstddef>
#include <utility>

#include "leeway/core/concepts.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {
template <class State>
concept CountsRejections = requires(const State& state) {
    { state.rejected() } -> std::convertible_to<const rejections&>;
};

/// The empty state that a metric reads.
template <class M>
[[nodiscard]] typename M::state_type state_to_fill(const M& metric) {
    if constexpr (requires {
                      { metric.empty_state() } -> std::same_as<typename M::state_type>;
                  }) {
        return metric.empty_state();
    } else {
        return typename M::state_type();
    }
}
}  // namespace detail

/// A metric with a state of its own.
///
///     leeway::running<leeway::roc_auc> auc;
///     auc.update({.label = 1, .score = 0.93});
///     auc.merge(other_thread);
///     leeway::estimate so_far = auc.result();
///
/// Cost, memory and error are those of the metric's state_type: for roc_auc a score_table, so
/// memory is bounded and the result carries a band that always holds. For several metrics of
/// one stream see metric_set. Bad rows are counted in rejected(). Thread rule: one writer; merge
/// what several threads filled.
template <Metric M>
requires Accumulator<typename M::state_type>
class running {
  public:
    using metric_type = M;
    using state_type = typename M::state_type;
    using sample_type = typename state_type::sample_type;

    running() requires std::default_initializable<M> && std::default_initializable<state_type>
        : running(M()) {}
    /// A metric that says what its state must be told (ndcg{.k = 10}) is asked for it.
    explicit running(M metric) requires std::default_initializable<state_type>
        : metric_(std::move(metric)), state_(detail::state_to_fill(metric_)) {}
    /// For a state that must be told something first: running(accuracy{}, confusion_matrix{3}).
    running(M metric, state_type empty) : metric_(std::move(metric)), state_(std::move(empty)) {}

    void update(const sample_type& sample) noexcept(
        noexcept(std::declval<state_type&>().update(sample))) {
        state_.update(sample);
    }
    void update(const columns_of<sample_type>& batch) { state_.update(batch); }

    void merge(const running& other) { state_.merge(other.state_); }
    void reset() noexcept { state_.reset(); }

    /// The metric of everything seen so far.
    [[nodiscard]] estimate result() const { return metric_(state_); }

    [[nodiscard]] const M& metric() const noexcept { return metric_; }
    [[nodiscard]] const state_type& state() const noexcept { return state_; }
    [[nodiscard]] const rejections& rejected()
        const noexcept requires detail::CountsRejections<state_type> {
        return state_.rejected();
    }
    [[nodiscard]] std::size_t bytes() const noexcept requires Bounded<state_type> {
        return state_.bytes();
    }

  private:
    M metric_{};
    state_type state_{};
};

}  // namespace leeway::inline v0
