// The squared error of predicted risks at a point in time, censoring allowed for.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <string>
#include <vector>

#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/kaplan_meier.hpp"
#include "leeway/metrics/mean_of_values.hpp"

namespace leeway::inline v0 {

namespace detail {

/// What each row adds to the Brier score at time t: (1 - risk)^2 / G(time-) for an event up to t,
/// risk^2 / G(t) for a row followed beyond it, 0 for one censored before; G the Kaplan-Meier
/// estimate of not being censored, from these rows. Empty when a risk lies outside [0, 1].
[[nodiscard]] inline std::vector<double> survival_brier_terms(const survival_outcomes& rows,
                                                              const kaplan_meier& uncensored,
                                                              double t) {
    std::vector<double> terms;
    terms.reserve(rows.size());
    const double behind = uncensored.at(t);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const survival_outcome row = rows[i];
        if (!(row.risk >= 0 && row.risk <= 1)) return {};
        double term = 0;
        if (row.time > t) {
            term = row.risk * row.risk / behind;
        } else if (row.event == 1) {
            term = (1 - row.risk) * (1 - row.risk) / uncensored.before(row.time);
        }
        terms.push_back(term);
    }
    return terms;
}

/// Whether anybody was followed up to t.
[[nodiscard]] inline bool followed_to(const survival_outcomes& rows, double t) {
    for (const double time : rows.times()) {
        if (time >= t) return true;
    }
    return false;
}

}  // namespace detail

/// Brier score of survival at a time: the mean squared difference of (event by then) and the
/// predicted risk of it, each row weighted by the inverse of its probability of not being censored
/// (Graf); at least 0, lower is better, 0.25 for a risk of one half. Reported as
/// survival_brier_score_12 for time 12.
///
/// A row's risk must be the predicted probability of an event up to that time: 1 - S(time). The
/// censoring distribution is the Kaplan-Meier estimate from the rows themselves, events before
/// censorings at equal times, taken just before an event's time; it must not depend on the risk.
///
/// Undefined: empty; out of range when a risk is outside [0, 1], or the time is after everybody's
/// last. A time that is negative or not finite raises. Interval: large-sample, as if the censoring
/// distribution were known, which tends to make it wide (mean_of_values.hpp). Cost: O(n log n).
/// Thread rule: a pure function. Source: E. Graf et al., "Assessment and comparison of prognostic
/// classification schemes for survival data", Statistics in Medicine 18 (1999).
struct survival_brier_score {
    using state_type = survival_outcomes;
    static constexpr info_card info{"survival_brier_score",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "a risk is outside [0, 1], or nobody was followed so long"};

    double time{1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + '_' + detail::shown(time);
    }
    [[nodiscard]] estimate operator()(const survival_outcomes& state) const {
        if (!(time >= 0 && std::isfinite(time)))
            raise_invalid("survival_brier_score", "time", time, "a finite number, at least 0");
        if (state.size() == 0) return undefined::empty;
        const double weight = state.total_weight().value();
        if (!detail::followed_to(state, time)) return estimate(undefined::out_of_range, weight);
        const auto terms =
            detail::survival_brier_terms(state, kaplan_meier::of_censoring(state), time);
        if (terms.empty()) return estimate(undefined::out_of_range, weight);
        moments values(0.0);
        values.update({terms, state.weights()});
        return mean_of_values(values, confidence, info);
    }
};

}  // namespace leeway::inline v0
