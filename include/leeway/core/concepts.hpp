// The concepts of the house. docs/concepts.md explains them; tests/laws checks what they promise.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>

#include "leeway/core/fields.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Sees a stream. Law: reset equals new; a batch equals its samples one by one.
/// update(sample) must not throw unless the state grows; a batch raises only on columns of unequal
/// length.
template <class A>
concept Updatable = std::copyable<A> && std::equality_comparable<A> && HasFields<A> &&
    requires(A a, const typename A::sample_type& sample,
             const columns_of<typename A::sample_type>& batch) {
    a.update(sample);
    a.update(batch);
    { a.reset() }
    noexcept;
};

/// Law: merge equals having seen both streams (exactly, or within the documented bound). Merging
/// states of different configuration raises.
template <class A>
concept Accumulator = Updatable<A> && requires(A a, const A& other) {
    a.merge(other);
};

/// Its memory is fixed at construction. Law: bytes() never changes; update(sample) never throws.
template <class A>
concept Bounded = Accumulator<A> &&
    requires(A a, const A& state, const typename A::sample_type& sample) {
    { a.update(sample) }
    noexcept;
    { state.bytes() }
    noexcept->std::same_as<std::size_t>;
};

/// Law: decay(f) equals scaling every weight so far by f, 0 <= f <= 1.
template <class A>
concept Decayable = Accumulator<A> && requires(A a, double factor) {
    {a.decay(factor)};
};

/// A pure function of one state. A metric may read several states; state_type is the one that
/// running<M> fills.
template <class M>
concept Metric = requires(const M& metric, const typename M::state_type& state) {
    { M::info } -> std::convertible_to<const info_card&>;
    { metric(state) } -> std::same_as<estimate>;
};

/// The metric's key in reports and JSON: its own key() ("f1_macro"), or its catalogue name.
template <class M>
[[nodiscard]] std::string key_of(const M& metric) {
    if constexpr (requires {
                      { metric.key() } -> std::convertible_to<std::string>;
                  }) {
        return metric.key();
    } else {
        return std::string(M::info.name);
    }
}

/// A pure function of two states of one type. Law: a state against itself shows no drift.
template <class T>
concept DriftTest = requires(const T& test, const typename T::state_type& state) {
    { T::info } -> std::convertible_to<const info_card&>;
    { test(state, state) } -> std::same_as<drift_result>;
};

enum class detector_status : std::uint8_t { stable, warning, drift };

/// Ordered: it has no merge, so sharding one does not compile. Law: same stream, same alarms.
template <class D>
concept ChangeDetector = std::copyable<D> && std::equality_comparable<D> && HasFields<D> &&
    !requires(D d, const D& other) {
    d.merge(other);
}
&&requires(D d, const D& state, const typename D::sample_type& sample) {
    { d.update(sample) }
    noexcept;
    { state.status() }
    noexcept->std::same_as<detector_status>;
    { d.reset() }
    noexcept;
};

}  // namespace leeway::inline v0
