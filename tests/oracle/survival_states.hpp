// The states that the cases of survival.py fill.
#pragma once

#include <string>
#include <vector>

#include "leeway/accumulators/survival_outcomes.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

/// The rows of a case with the risks of one of its columns.
inline leeway::survival_outcomes survived(const metric_case& from,
                                          const std::string& risk = "risk") {
    const auto time = from.numbers("time");
    const auto event = from.integers("event");
    const auto risks = from.numbers(risk);
    const auto weight = from.numbers("weight");
    leeway::survival_outcomes rows;
    rows.update({.time = time, .event = event, .risk = risks, .weight = weight});
    return rows;
}

/// One state a time.
inline std::vector<leeway::survival_outcomes> survived_at_times(const metric_case& from) {
    std::vector<leeway::survival_outcomes> states;
    for (std::size_t k = 0; k < from.numbers("times").size(); ++k) {
        states.push_back(survived(from, "risk_" + std::to_string(k)));
    }
    return states;
}

}  // namespace oracle
