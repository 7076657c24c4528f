// How many standard errors an end of score_interval is away, by the equation that it solves.
#pragma once

#include <cmath>

#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "support/catch.hpp"

namespace leeway_tests {

/// |end - value| in standard errors of a population whose figure is `end`: the variance there is
/// that at the value, times the distances to the range's finite ends over those of the value.
inline double implied_t(double value, double end, double error, const leeway::info_card& range) {
    double share = 1;
    if (std::isfinite(range.lowest)) share *= (end - range.lowest) / (value - range.lowest);
    if (std::isfinite(range.highest)) share *= (range.highest - end) / (range.highest - value);
    return std::fabs(end - value) / (error * std::sqrt(share));
}

/// Both ends are t standard errors away.
inline void check_ends(const leeway::estimate& e, double error, double t,
                       const leeway::info_card& range, double loose = 1e-9) {
    CHECK(implied_t(e.value(), e.lower(), error, range) == Approx(t).epsilon(loose));
    CHECK(implied_t(e.value(), e.upper(), error, range) == Approx(t).epsilon(loose));
}

}  // namespace leeway_tests
