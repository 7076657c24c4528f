// The states that the cases of metrics_groups.txt fill, and their intervals' ends.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <string>

#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/accumulators/grouped_residuals.hpp"
#include "leeway/core/concepts.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

inline leeway::grouped_counts groups_of(const metric_case& from) {
    leeway::grouped_counts state(static_cast<std::size_t>(from.integers("groups").at(0)));
    const auto group = from.integers("group");
    const auto label = from.integers("label");
    const auto prediction = from.integers("prediction");
    const auto weight = from.numbers("weight");
    state.update(leeway::grouped_outcome::columns{
        .group = group, .label = label, .prediction = prediction, .weight = weight});
    return state;
}

inline leeway::grouped_residuals residuals_of(const metric_case& from) {
    leeway::grouped_residuals state(static_cast<std::size_t>(from.integers("groups").at(0)));
    const auto group = from.integers("group");
    const auto label = from.integers("label");
    const auto score = from.numbers("score");
    const auto weight = from.numbers("weight");
    state.update(leeway::grouped_probability::columns{
        .group = group, .label = label, .score = score, .weight = weight});
    return state;
}

/// Value and both ends. An end is a difference of numbers below 1 and an absolute 1e-12 is allowed
/// for it; `rounding` is what the value is allowed.
template <leeway::Metric M>
void check_group(const metric_case& from, const M& metric, const leeway::estimate& figure,
                 tally& seen, tally& with_ends, double rounding = 1e-15) {
    const std::string key = leeway::key_of(metric);
    check(from, key, figure, seen, rounding);
    if (!from.has(key + "_ends")) return;
    INFO("case '" << from.name << "', " << key << " ends " << from.expected(key + "_ends"));
    const auto ends = from.numbers(key + "_ends");
    REQUIRE(figure.has_interval());
    CHECK(figure.confidence() == 0.95);
    CHECK(std::fabs(figure.lower() - ends.at(0)) <= 1e-12);
    CHECK(std::fabs(figure.upper() - ends.at(1)) <= 1e-12);
    ++with_ends.values;
}

}  // namespace oracle
