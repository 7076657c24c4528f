#include "evaluation/regression_parameters.hpp"

#include <cstddef>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/metrics/adjusted_r_squared.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"
#include "leeway/metrics/d2_tweedie_score.hpp"

namespace leeway::inline v0::detail {

asked_regression::asked_regression(const regression_task& task) : task_(task) {
    for (const double power : task.powers)
        deviances_.push_back(mean_tweedie_deviance{power}.empty_state());
    for (const double level : task.levels) pinballs_.push_back(pinball_loss{level}.empty_state());
    for (const double delta : task.deltas) hubers_.push_back(huber_loss{delta}.empty_state());
}

void asked_regression::add_to(report::content& figures, const paired_values* pairs) const {
    const auto add = [&](const auto& metric, const estimate& figure) {
        if (!has_figure(figures, key_of(metric)))
            figures.entries.push_back({key_of(metric), figure});
    };
    const auto add_skill = [&](const auto& metric) {
        if (pairs != nullptr) {
            add(metric, metric(*pairs));
        } else {
            figures.left_out.push_back(key_of(metric));
        }
    };
    if (task_.features) {
        const adjusted_r_squared metric{*task_.features, task_.confidence};
        add(metric, metric(moments_));
    }
    for (std::size_t i = 0; i < deviances_.size(); ++i) {
        const auto& state = deviances_[i];
        const mean_tweedie_deviance deviance{task_.powers[i], task_.confidence};
        // A figure of the rows that happen to be in its range would look like one of all rows.
        add(deviance, state.rejected().range > 0 ? estimate(undefined::out_of_range, figures.weight)
                                                 : deviance(state));
        add_skill(d2_tweedie_score{task_.powers[i], task_.confidence});
    }
    for (std::size_t i = 0; i < pinballs_.size(); ++i) {
        const pinball_loss pinball{task_.levels[i], task_.confidence};
        add(pinball, pinball(pinballs_[i]));
        add_skill(d2_pinball_score{task_.levels[i], task_.confidence});
    }
    for (std::size_t i = 0; i < hubers_.size(); ++i) {
        const huber_loss huber{task_.deltas[i], task_.confidence};
        add(huber, huber(hubers_[i]));
    }
}

}  // namespace leeway::inline v0::detail
