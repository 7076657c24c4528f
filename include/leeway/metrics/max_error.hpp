// The largest error of a regression.
#pragma once

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/accumulators/error_extrema.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Maximum error, the largest |target - prediction| of any row, in the target's unit; at least 0,
/// lower is better. Weights do not enter, but a row of weight zero is absent.
///
/// Undefined when empty. No interval: how large an error can get beyond those seen cannot be read
/// from them. Cost: O(1). Thread rule: a pure function.
struct max_error {
    using state_type = error_extrema;
    static constexpr info_card info{"max_error",
                                    "target",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    ""};

    [[nodiscard]] estimate operator()(const error_extrema& state) const noexcept {
        if (state.rows() == 0) return undefined::empty;
        return estimate::of(std::max(std::fabs(state.smallest()), std::fabs(state.largest())),
                            state.weight());
    }
};

}  // namespace leeway::inline v0
