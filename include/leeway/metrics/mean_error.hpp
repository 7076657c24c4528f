// The mean of the errors: how far predictions are off to one side.
#pragma once

#include <limits>

#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_of_values.hpp"

namespace leeway::inline v0 {

/// Mean error (bias), sum w (target - prediction) / sum w, in the target's unit; 0 is best,
/// positive when predictions are too low, negative when they are too high.
///
/// Undefined when empty. Interval: Student's, mean +- t sqrt(variance / rows), rows by Kish when
/// weighted; none for a single row. Cost: O(1). Thread rule: a pure function.
struct mean_error {
    using state_type = regression_moments;
    static constexpr info_card info{"mean_error",
                                    "target",
                                    -std::numeric_limits<double>::infinity(),
                                    std::numeric_limits<double>::infinity(),
                                    orientation::neither,
                                    ""};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const regression_moments& state) const {
        return mean_of_values(state.error(), confidence, info);
    }
};

}  // namespace leeway::inline v0
