// The figures of a regression that depend on a power, a level, a delta or a number of features.
#pragma once

#include <vector>

#include "leeway/accumulators/deviance_losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/huber_loss.hpp"
#include "leeway/metrics/mean_tweedie_deviance.hpp"
#include "leeway/metrics/pinball_loss.hpp"

namespace leeway::inline v0::detail {

/// What the figures that a task asks for are read from, but for the D2 scores, whose reference
/// model needs all rows: sums of constant size.
class asked_regression {
  public:
    /// Raises where a parameter is out of range.
    explicit asked_regression(const regression_task& task);

    template <class Rows>
    void update(const Rows& rows) {
        moments_.update(rows);
        for (auto& state : deviances_) state.update(rows);
        for (auto& state : pinballs_) state.update(rows);
        for (auto& state : hubers_) state.update(rows);
    }

    /// Adds the figures that the task asks for. Without `pairs` the D2 scores are in left_out.
    void add_to(report::content& figures, const paired_values* pairs = nullptr) const;

  private:
    regression_task task_;
    regression_moments moments_;
    std::vector<mean_tweedie_deviance::state_type> deviances_;  // one a power
    std::vector<pinball_loss::state_type> pinballs_;            // one a level
    std::vector<huber_loss::state_type> hubers_;                // one a delta
};

}  // namespace leeway::inline v0::detail
