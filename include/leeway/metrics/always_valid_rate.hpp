// A rate, with an interval that may be looked at as often as one likes.
#pragma once

#include <limits>

#include "leeway/accumulators/bounded_mean.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// log of the e-value against "the rate is p" after `successes` of `rows`: the likelihood mixed
/// over Beta(1/2, 1/2), over that of p. For independent rows of rate p, P(it ever reaches log(1 /
/// a), at any look) <= a. p in [0, 1]; 0 <= successes <= rows, finite. Defined in src. Source: H.
/// Robbins, "Statistical methods related to the law of the iterated logarithm", Ann. Math. Stat. 41
/// (1970).
[[nodiscard]] double log_e_value_of_rate(double successes, double rows, double p);

/// Share of rows with value 1, of rows with value 0 or 1; [0, 1].
///
/// Interval: every p that log_e_value_of_rate does not refuse at 1 - confidence: a confidence
/// sequence. With that probability it holds the rate at *every* look, under the conditions of
/// always_valid_mean: each row is 1 with the same probability given the rows before it, and each
/// look holds the rows of all looks before. It is the narrower of the two for few rows and rare
/// events; its width grows with the logarithm of the rows (4.0 standard errors a side at 0.95 and
/// 10,000 rows, 4.5 at a million), so for many rows always_valid_mean of the same flags is. Choose
/// before looking.
///
/// Undefined (empty) without rows and (out of range) when a value was neither 0 nor 1 or the
/// state's range is not [0, 1]. Cost: two bisections of two logarithms, 5 us. Thread rule: a pure
/// function. Defined in src: link leeway::leeway.
/// Source: as above; S. Howard et al., "Time-uniform, nonparametric, nonasymptotic confidence
/// sequences", Ann. Stat. 49 (2021), proposition 7.
struct always_valid_rate {
    using state_type = bounded_mean;
    static constexpr info_card info{.name = "always_valid_rate",
                                    .unit = "1",
                                    .lowest = 0,
                                    .highest = 1,
                                    .better = orientation::neither,
                                    .undefined_when = "a value is neither 0 nor 1"};

    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(const bounded_mean& state) const;

    /// The same from counts, for rates that another state holds; rows > 0.
    [[nodiscard]] estimate of(double successes, double rows) const;
};

}  // namespace leeway::inline v0
