// Holds a figure and its interval against a case.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "leeway/core/result.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

/// The figure as in check(), and its ends against KEY_interval where the case has one, within
/// `loose` of the interval's width and of the value. Counts in `intervals`.
inline void check_with_interval(const metric_case& from, const std::string& key,
                                const leeway::estimate& figure, tally& seen, std::size_t& intervals,
                                double loose = 1e-9, double absolute = 0) {
    check(from, key, figure, seen, absolute);
    if (!from.has(key + "_interval") || !figure.defined()) return;
    const auto ends = from.numbers(key + "_interval");
    INFO("case '" << from.name << "', interval of " << key);
    if (std::isnan(ends.at(0))) {
        CHECK_FALSE(figure.has_interval());
        return;
    }
    REQUIRE(figure.has_interval());
    const double slack = loose * std::max(std::fabs(figure.value()), ends.at(1) - ends.at(0));
    CHECK(std::fabs(figure.lower() - ends.at(0)) <= slack);
    CHECK(std::fabs(figure.upper() - ends.at(1)) <= slack);
    ++intervals;
}

}  // namespace oracle
