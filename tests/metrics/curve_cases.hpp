// The cases of curves that are listed point by point.
#pragma once

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "oracle/metrics_states.hpp"

namespace oracle {

/// see(case, curve of its rows) for each.
template <class See>
void for_each_curve(See see) {
    for (const auto& from : metric_cases("curve_points")) {
        INFO("case '" << from.name << "'");
        see(from, leeway::score_curve(scored(from, leeway::scored_outcomes())));
    }
}

/// Whether one column of a curve is the judge's, from its `skip`-th point on.
template <class Point>
bool same_column(const metric_case& from, const std::string& key, const std::vector<Point>& curve,
                 double Point::*member, std::size_t skip = 0) {
    const auto expected = from.numbers(key);
    if (curve.size() != expected.size() + skip) return false;
    for (std::size_t i = 0; i < expected.size(); ++i) {
        const double value = curve[i + skip].*member;
        if (value != expected[i] && !(std::fabs(value - expected[i]) <= 1e-15)) return false;
    }
    return true;
}

}  // namespace oracle
