// The Brier score of survival over a stretch of time.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <string_view>
#include <vector>

#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/kaplan_meier.hpp"
#include "leeway/metrics/mean_of_values.hpp"
#include "leeway/metrics/survival_brier_score.hpp"

namespace leeway::inline v0 {

/// Integrated Brier score: survival_brier_score over times t_1 < ... < t_m, by the trapezoidal
/// rule, over t_m - t_1; at least 0, lower is better.
///
/// It reads one state a time: the same rows in the same order, each with its predicted risk of an
/// event up to that time. Fewer than two times, times that do not increase, another number of
/// states and states whose rows differ raise. Undefined as survival_brier_score is, at any of the
/// times. Interval: large-sample, of the rows' own integrals. Cost: O(m n log n). Thread rule: a
/// pure function. Source: as survival_brier_score.
struct integrated_brier_score {
    static constexpr info_card info{"integrated_brier_score",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "a risk is outside [0, 1], or nobody was followed so long"};

    std::vector<double> times{};
    confidence_level confidence{confidence_95};

    [[nodiscard]] estimate operator()(std::span<const survival_outcomes> at_times) const {
        require_times(at_times.size());
        const survival_outcomes& rows = at_times.front();
        for (const survival_outcomes& other : at_times.subspan(1)) require_same_rows(rows, other);
        if (rows.size() == 0) return undefined::empty;
        const double weight = rows.total_weight().value();
        if (!detail::followed_to(rows, times.back()))
            return estimate(undefined::out_of_range, weight);
        const kaplan_meier uncensored = kaplan_meier::of_censoring(rows);
        std::vector<double> integral(rows.size(), 0.0);
        for (std::size_t k = 0; k < times.size(); ++k) {
            const auto terms = detail::survival_brier_terms(at_times[k], uncensored, times[k]);
            if (terms.empty()) return estimate(undefined::out_of_range, weight);
            // Half of the stretches on either side of the time.
            const double from = times[k == 0 ? 0 : k - 1];
            const double to = times[std::min(k + 1, times.size() - 1)];
            const double share = 0.5 * (to - from) / (times.back() - times.front());
            for (std::size_t i = 0; i < integral.size(); ++i) integral[i] += share * terms[i];
        }
        moments values(0.0);
        values.update({integral, rows.weights()});
        return mean_of_values(values, confidence, info);
    }

  private:
    void require_times(std::size_t states) const {
        constexpr std::string_view where = "integrated_brier_score";
        if (times.size() < 2) raise_invalid(where, "times.size()", times.size(), "at least 2");
        if (states != times.size())
            raise_invalid(where, "at_times.size()", states,
                          "one a time, " + detail::shown(times.size()));
        for (std::size_t k = 0; k < times.size(); ++k) {
            if (!(times[k] >= 0 && std::isfinite(times[k]) && (k == 0 || times[k] > times[k - 1])))
                raise_invalid(where, "times[" + detail::shown(k) + "]", times[k],
                              "finite, at least 0 and above the one before");
        }
    }

    static void require_same_rows(const survival_outcomes& a, const survival_outcomes& b) {
        if (std::ranges::equal(a.times(), b.times()) &&
            std::ranges::equal(a.events(), b.events()) &&
            std::ranges::equal(a.weights(), b.weights()))
            return;
        raise(
            "integrated_brier_score: the states hold different rows; expected the same times, "
            "events and weights in the same order");
    }
};

}  // namespace leeway::inline v0
