// The share that is still without an event, or still under observation.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The product-limit estimate of a survival function from weighted, censored times: a right-
/// continuous step from 1 downwards.
///
/// of_events() is that of the event; of_censoring() that of being censored, which weighs rows by
/// how likely they were to be seen. At equal times events come before censorings: a row with an
/// event at t is no longer at risk of being censored at t. Cost: O(n log n), a look O(log n).
/// Source: E. Kaplan, P. Meier, "Nonparametric estimation from incomplete observations", JASA 53
/// (1958).
class kaplan_meier {
  public:
    [[nodiscard]] static kaplan_meier of_events(const survival_outcomes& rows) {
        return kaplan_meier(rows, false);
    }
    [[nodiscard]] static kaplan_meier of_censoring(const survival_outcomes& rows) {
        return kaplan_meier(rows, true);
    }

    /// P(time > t).
    [[nodiscard]] double at(double t) const noexcept {
        return share_behind(std::upper_bound(times_.begin(), times_.end(), t));
    }
    /// P(time >= t), the limit from the left.
    [[nodiscard]] double before(double t) const noexcept {
        return share_behind(std::lower_bound(times_.begin(), times_.end(), t));
    }

  private:
    using place = std::vector<double>::const_iterator;

    [[nodiscard]] double share_behind(place at) const noexcept {
        return at == times_.begin() ? 1.0
                                    : shares_[static_cast<std::size_t>(at - times_.begin()) - 1];
    }

    kaplan_meier(const survival_outcomes& rows, bool censoring) {
        std::vector<std::size_t> order(rows.size());
        for (std::size_t row = 0; row < order.size(); ++row) order[row] = row;
        const auto times = rows.times();
        std::sort(order.begin(), order.end(),
                  [&](std::size_t a, std::size_t b) { return times[a] < times[b]; });
        // From the last time back, so that those at risk are a sum and not what is left of one.
        struct step {
            double time;
            double kept;
        };
        std::vector<step> steps;
        compensated_sum later;
        for (std::size_t end = order.size(); end > 0;) {
            const double time = times[order[end - 1]];
            compensated_sum events;
            compensated_sum censored;
            for (; end > 0 && times[order[end - 1]] == time; --end) {
                const survival_outcome row = rows[order[end - 1]];
                (row.event == 1 ? events : censored).add(row.weight);
            }
            compensated_sum stay = later;
            if (!censoring) stay.merge(censored);
            const double leave = (censoring ? censored : events).value();
            if (leave > 0) steps.push_back({time, stay.value() / (stay.value() + leave)});
            later.merge(events);
            later.merge(censored);
        }
        double share = 1;
        for (std::size_t i = steps.size(); i-- > 0;) {
            share *= steps[i].kept;
            times_.push_back(steps[i].time);
            shares_.push_back(share);
        }
    }

    std::vector<double> times_;
    std::vector<double> shares_;
};

}  // namespace leeway::inline v0
