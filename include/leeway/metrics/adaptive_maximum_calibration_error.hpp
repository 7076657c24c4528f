// Maximum calibration error over bins of equal mass.
#pragma once

#include <cstddef>
#include <string>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/calibration_gaps.hpp"
#include "leeway/metrics/equal_mass_bins.hpp"

namespace leeway::inline v0 {

/// Maximum calibration error, max_b |mean score - positive rate|, over bins of equal mass
/// (equal_mass_bins.hpp). In [0, 1], lower is better. Key: adaptive_maximum_calibration_error_10
/// for 10 bins.
///
/// Undefined: empty; out of range, when a score is outside [0, 1]. Biased upwards by chance, like
/// adaptive_expected_calibration_error. Interval: of the true error over these bins, conservative
/// and not centred, as that of maximum_calibration_error. `bins` outside 1 to 65536 raises. Cost:
/// that of a score_curve. Thread rule: a pure function. Source: K. Nguyen, B. O'Connor, "Posterior
/// calibration and exploratory analysis for natural language processing models", EMNLP (2015), for
/// the bins.
struct adaptive_maximum_calibration_error {
    using state_type = scored_outcomes;
    static constexpr info_card info{
        "adaptive_maximum_calibration_error", "1", 0, 1, orientation::lower_is_better,
        "a score is outside 0 to 1"};

    std::size_t bins{10};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + std::to_string(bins);
    }

    [[nodiscard]] estimate operator()(const scored_outcomes& state) const {
        const equal_mass_bins filled(state, bins, info.name);
        if (filled.beyond()) return estimate(undefined::out_of_range, filled.weight());
        return calibration_gaps::of(filled.bins()).largest_gap(confidence);
    }
};

}  // namespace leeway::inline v0
