// The states that the cases of metrics_ranking.txt and metrics_label_ranking.txt fill.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/sample.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

/// Fills a state with the queries of a case.
template <class State>
State ranked(const metric_case& from, State state) {
    const auto relevances = from.numbers("relevances");
    const auto scores = from.numbers("scores");
    const auto weight = from.numbers("weight");
    std::vector<std::size_t> offsets;
    for (const double at : from.numbers("offsets")) offsets.push_back(static_cast<std::size_t>(at));
    state.update(leeway::ranked_query::columns{
        .relevances = relevances, .scores = scores, .offsets = offsets, .weight = weight});
    return state;
}

/// Holds one metric against every case of a table that has its key.
template <leeway::Metric M>
void check_ranking(const std::string& table, const M& metric, tally& seen,
                   leeway::undefined_query rule = leeway::undefined_query::skip,
                   const std::string& suffix = "") {
    const std::string key = leeway::key_of(metric) + suffix;
    for (const auto& from : metric_cases(table)) {
        if (from.has(key)) check(from, key, metric(ranked(from, metric.empty_state(rule))), seen);
    }
}

}  // namespace oracle
