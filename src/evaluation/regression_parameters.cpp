#include "evaluation/regression_parameters.hpp"

#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/metrics/adjusted_r_squared.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"
#include "leeway/metrics/d2_tweedie_score.hpp"
#include "leeway/metrics/mean_tweedie_deviance.hpp"
#include "leeway/metrics/pinball_loss.hpp"

namespace leeway::inline v0::detail {

void add_asked_for(const regression_task& task, const regression_outcome::columns& rows,
                   report::content& figures) {
    const auto add = [&](const auto& metric, const estimate& figure) {
        figures.entries.push_back({key_of(metric), figure});
    };
    if (task.features) {
        regression_moments moments;
        moments.update(rows);
        const adjusted_r_squared metric{*task.features, task.confidence};
        add(metric, metric(moments));
    }
    if (task.powers.empty() && task.levels.empty()) return;
    paired_values pairs;
    pairs.update(rows);
    for (const double power : task.powers) {
        const mean_tweedie_deviance deviance{power, task.confidence};
        auto state = deviance.empty_state();
        state.update(rows);
        // A figure of the rows that happen to be in its range would look like one of all rows.
        add(deviance, state.rejected().range > 0 ? estimate(undefined::out_of_range, figures.weight)
                                                 : deviance(state));
        const d2_tweedie_score skill{power, task.confidence};
        add(skill, skill(pairs));
    }
    for (const double level : task.levels) {
        const pinball_loss pinball{level, task.confidence};
        auto state = pinball.empty_state();
        state.update(rows);
        add(pinball, pinball(state));
        const d2_pinball_score skill{level, task.confidence};
        add(skill, skill(pairs));
    }
}

}  // namespace leeway::inline v0::detail
