// The sum of the errors over the sum of the targets.
#pragma once

#include <limits>

#include "leeway/accumulators/absolute_totals.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/ratio_of_means.hpp"

namespace leeway::inline v0 {

/// Weighted mean absolute percentage error, sum w |target - prediction| / sum w |target|; a share
/// (0.1 is ten per cent), at least 0, lower is better. Each row's percentage error counts in
/// proportion to the size of its target, so targets of 0 do no harm.
///
/// Undefined: empty; zero denominator when every target is 0; out of range when a sum overflowed.
/// Interval: delta method of a ratio of means (ratio_of_means.hpp). Cost: O(1). Thread rule: a pure
/// function. Source: S. Kolassa, W. Schuetz, "Advantages of the MAD/mean ratio over the MAPE",
/// Foresight 6 (2007).
struct weighted_mean_absolute_percentage_error {
    using state_type = absolute_totals;
    static constexpr info_card info{"weighted_mean_absolute_percentage_error",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "every target is 0"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const absolute_totals& state) const noexcept {
        if (state.rows() == 0) return undefined::empty;
        if (state.sums().below() == 0) return estimate(undefined::zero_denominator, state.weight());
        return ratio_of_means(state.sums(), confidence, info);
    }
};

}  // namespace leeway::inline v0
