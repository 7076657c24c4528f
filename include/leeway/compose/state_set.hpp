// Several states of one stream, held as one.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "leeway/core/concepts.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The metric reads such a state.
template <class M, class State>
concept Reads = requires(const M& metric, const State& state) {
    { metric(state) } -> std::same_as<estimate>;
};

/// Some state of `States` is what the metric reads.
template <class M, class... States>
concept ReadableFrom = (Reads<M, States> || ...);

/// The metric of the first of the states that it reads. So one list of metrics serves every holder
/// of states, each of which shows those it can, and a state is filled once for all that read it.
/// Thread rule and cost: the metric's.
template <class M, class State, class... Others>
requires ReadableFrom<M, State, Others...>
[[nodiscard]] estimate read_from(const M& metric, const State& state, const Others&... others) {
    if constexpr (Reads<M, State>) {
        return metric(state);
    } else {
        return read_from(metric, others...);
    }
}

namespace detail {

template <class State, class Sample>
concept Takes = requires(State& state, const Sample& sample) {
    state.update(sample);
};

/// A batch that can be shown part by part.
template <class Columns>
concept HasParts = requires(const Columns& batch) {
    { batch.part(batch.size(), batch.size()) } -> std::same_as<Columns>;
};

template <class State>
concept HasBytes = requires(const State& state) {
    { state.bytes() } -> std::same_as<std::size_t>;
};

template <class State, class Sample>
inline constexpr bool takes_without_throwing = true;
template <class State, class Sample>
requires Takes<State, Sample>
inline constexpr bool takes_without_throwing<State, Sample> =
    noexcept(std::declval<State&>().update(std::declval<const Sample&>()));

}  // namespace detail

/// States of different types that see the same rows: updated, merged, compared and saved as one.
///
///     state_set<confusion_matrix, mean_loss<loss::brier>> states(confusion_matrix(2), {});
///     states.update(class_outcome{1, 0});            // the states that take such a sample
///     states.update(probability_outcome{1, 0.3});
///     estimate right = states.read(accuracy{});      // the first state that it reads
///
/// The types are distinct, so a state is named by its type. Cost and error: the sum of the states'.
/// Thread rule: one writer.
template <class... States>
class state_set {
    static_assert(sizeof...(States) > 0);

  public:
    state_set() requires(std::default_initializable<States>&&...) = default;
    explicit state_set(States... states) : states_(std::move(states)...) {}

    /// Gives the sample, or the columns, to every state that takes such.
    template <class Sample>
    requires((detail::Takes<States, Sample> || ...)) void update(const Sample& sample) noexcept(
        (detail::takes_without_throwing<States, Sample> && ...)) {
        if constexpr (detail::HasParts<Sample>) {
            require_lengths("state_set", sample);
            // Part by part, so that a row is still near the core when the last state reads it. What
            // grows had better know how much is to come.
            (give<States, !Bounded<States>>(sample), ...);
            for (std::size_t row = 0; row < sample.size(); row += part_rows) {
                const Sample part = sample.part(row, std::min(part_rows, sample.size() - row));
                (give<States, Bounded<States>>(part), ...);
            }
        } else {
            (give<States, true>(sample), ...);
        }
    }

    void merge(const state_set& other) { (get<States>().merge(other.template get<States>()), ...); }
    void reset() noexcept { (get<States>().reset(), ...); }

    template <class State>
    [[nodiscard]] const State& get() const noexcept {
        return std::get<State>(states_);
    }
    template <class State>
    [[nodiscard]] State& get() noexcept {
        return std::get<State>(states_);
    }

    /// The metric of the first of the states that it reads.
    template <class M>
    requires ReadableFrom<M, States...>
    [[nodiscard]] estimate read(const M& metric) const {
        return read_from(metric, get<States>()...);
    }
    template <class M>
    static constexpr bool reads = ReadableFrom<M, States...>;

    [[nodiscard]] std::size_t bytes() const noexcept requires(detail::HasBytes<States>&&...) {
        return sizeof *this + ((get<States>().bytes() - sizeof(States)) + ...);
    }

    friend bool operator==(const state_set&, const state_set&) = default;

    /// Each state is a field under the name of its kind.
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        (visit(States::kind, self.template get<States>()), ...);
    }

  private:
    static constexpr std::size_t part_rows = 4096;

    template <class State, bool Now, class Sample>
    void give(const Sample& sample) {
        if constexpr (Now && detail::Takes<State, Sample>) get<State>().update(sample);
    }

    std::tuple<States...> states_;
};

}  // namespace leeway::inline v0
