// A change detector is ordered: two halves of a stream have no merged state. Sharding one is
// refused by the type system, by the same constraint that lets a state through.
//
// expect: constraints not satisfied
#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/change/mean_e_detector.hpp"
#include "leeway/core/concepts.hpp"

template <leeway::Accumulator A>
A merged(A shard, const A& other) {
    shard.merge(other);
    return shard;
}

int main() {
#ifdef LEEWAY_BAD_TWIN
    const leeway::mean_e_detector shard;
#else
    const leeway::binned_counts shard;
#endif
    (void)merged(shard, shard);
}
