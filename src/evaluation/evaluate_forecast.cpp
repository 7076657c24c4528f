#include <cmath>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/forecast_losses.hpp"
#include "leeway/accumulators/interval_losses.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/weight_sum.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/crps_ensemble.hpp"
#include "leeway/metrics/crps_normal.hpp"
#include "leeway/metrics/fair_crps_ensemble.hpp"
#include "leeway/metrics/interval_coverage.hpp"
#include "leeway/metrics/log_score_normal.hpp"
#include "leeway/metrics/mean_absolute_scaled_error.hpp"
#include "leeway/metrics/mean_interval_width.hpp"
#include "leeway/metrics/pinball_loss.hpp"
#include "leeway/metrics/root_mean_squared_scaled_error.hpp"
#include "leeway/metrics/weighted_interval_score.hpp"
#include "leeway/metrics/winkler_score.hpp"

namespace leeway::inline v0 {

namespace {

/// 1 - 0.9 as 0.1: levels are written in decimals, and keys are made of them.
double in_decimals(double level) {
    return std::round(level * 1e12) / 1e12;
}

void require_columns(const forecast_task& task, const forecast_columns& rows) {
    constexpr std::string_view where = "evaluate";
    const std::size_t n = rows.size();
    const auto inside = [](double level) { return level > 0 && level < 1; };
    if (!inside(task.level))
        raise_invalid(where, "forecast_task.level", task.level, "between 0 and 1");
    for (std::size_t i = 0; i < task.levels.size(); ++i) {
        if (!inside(task.levels[i]) || (i > 0 && task.levels[i] <= task.levels[i - 1]))
            raise_invalid(where, "forecast_task.levels[" + detail::shown(i) + "]", task.levels[i],
                          "inside (0, 1) and above the one before");
    }
    require_length(where, "point", rows.point.size(), n, true);
    require_length(where, "lower", rows.lower.size(), n, true);
    require_length(where, "upper", rows.upper.size(), rows.lower.size());
    require_length(where, "mean", rows.mean.size(), n, true);
    require_length(where, "deviation", rows.deviation.size(), rows.mean.size());
    require_length(where, "weight", rows.weight.size(), n, true);
    if (rows.quantiles.size() != n * task.levels.size()) {
        raise_invalid(where, "quantiles.size()", rows.quantiles.size(),
                      "one a row and level, " + detail::shown(n * task.levels.size()));
    }
    if (n > 0 && rows.members.size() % n != 0) {
        raise_invalid(where, "members.size()", rows.members.size(),
                      "a multiple of the rows, " + detail::shown(n));
    }
    if (task.scale && rows.point.empty() && n > 0)
        raise("evaluate: forecast_task.scale without point forecasts, expected their column");
    if (n > 0 && rows.point.empty() && rows.lower.empty() && rows.quantiles.empty() &&
        rows.members.empty() && rows.mean.empty()) {
        raise(
            "evaluate: no forecasts, expected point, lower and upper, quantiles, members, or mean "
            "and deviation");
    }
}

class forecast_figures {
  public:
    forecast_figures(const forecast_task& task, const forecast_columns& rows)
        : task_(task),
          rows_(rows),
          figures_(detail::begin_report("forecast", rows.size(), task.confidence)) {}

    [[nodiscard]] report::content all() && {
        count_rows();
        if (!rows_.lower.empty()) of_intervals();
        if (!task_.levels.empty()) of_quantiles();
        if (!rows_.members.empty()) of_ensembles();
        if (!rows_.mean.empty()) of_normals();
        if (!rows_.point.empty()) of_points();
        return std::move(figures_);
    }

  private:
    template <class M, class State>
    void add(M metric, const State& state, const std::string& suffix = "") {
        metric.confidence = task_.confidence;
        figures_.entries.push_back({key_of(metric) + suffix, metric(state)});
    }

    [[nodiscard]] ensemble_outcome::columns ensembles() const {
        return {rows_.target, rows_.members, rows_.weight};
    }
    [[nodiscard]] quantile_outcome::columns quantiles() const {
        return {rows_.target, task_.levels, rows_.quantiles, rows_.weight};
    }
    [[nodiscard]] interval_outcome::columns intervals() const {
        return {rows_.target, rows_.lower, rows_.upper, rows_.weight};
    }
    [[nodiscard]] normal_outcome::columns normals() const {
        return {rows_.target, rows_.mean, rows_.deviation, rows_.weight};
    }
    [[nodiscard]] regression_outcome::columns points() const {
        return {rows_.target, rows_.point, rows_.weight};
    }

    /// Whether every kind of figure takes the row; counts the first reason why one does not.
    [[nodiscard]] bool accepts(std::size_t row) {
        rejections& refused = figures_.rejected;
        return (rows_.point.empty() || refused.accepts(points()[row])) &&
               (rows_.lower.empty() || detail::accepts_interval(intervals()[row], refused)) &&
               (task_.levels.empty() ||
                loss::weighted_interval::accepts(quantiles()[row], refused)) &&
               (rows_.members.empty() || detail::accepts_ensemble(ensembles()[row], 1, refused)) &&
               (rows_.mean.empty() || detail::accepts_normal(normals()[row], refused));
    }

    void count_rows() {
        weight_sum sum;
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            if (accepts(row)) sum.add(rows_.weight.empty() ? 1.0 : rows_.weight[row]);
        }
        figures_.weight = sum.value();
    }

    void of_intervals() {
        interval_losses state;
        state.update(intervals());
        add(interval_coverage{}, state);
        add(mean_interval_width{}, state);
        add(winkler_score{.alpha = in_decimals(1 - task_.level)}, state);
    }

    void of_quantiles() {
        const std::size_t width = task_.levels.size();
        mean_loss<loss::weighted_interval> all;
        all.update(quantiles());
        add(weighted_interval_score{}, all);
        for (std::size_t k = 0; k < width; ++k) {
            const pinball_loss metric{.level = task_.levels[k]};
            auto state = metric.empty_state();
            for (std::size_t row = 0; row < rows_.size(); ++row) {
                state.update({rows_.target[row], rows_.quantiles[row * width + k], weight(row)});
            }
            add(metric, state);
        }
        for (std::size_t low = 0; low < width && task_.levels[low] < 0.5; ++low) {
            for (std::size_t high = width; high-- > low + 1;) {
                if (std::fabs(task_.levels[low] + task_.levels[high] - 1) < 1e-9)
                    of_pair(low, high);
            }
        }
    }

    /// The interval between two quantiles that leave out as much below as above.
    void of_pair(std::size_t low, std::size_t high) {
        const std::size_t width = task_.levels.size();
        interval_losses state;
        for (std::size_t row = 0; row < rows_.size(); ++row) {
            state.update({rows_.target[row], rows_.quantiles[row * width + low],
                          rows_.quantiles[row * width + high], weight(row)});
        }
        const std::string level =
            '_' + detail::shown(in_decimals(task_.levels[high] - task_.levels[low]));
        add(interval_coverage{}, state, level);
        add(mean_interval_width{}, state, level);
    }

    void of_ensembles() {
        mean_loss<loss::crps_ensemble> plain;
        plain.update(ensembles());
        add(crps_ensemble{}, plain);
        mean_loss<loss::fair_crps_ensemble> fair;
        fair.update(ensembles());
        add(fair_crps_ensemble{}, fair);
    }

    void of_normals() {
        mean_loss<loss::crps_normal> ranked;
        ranked.update(normals());
        add(crps_normal{}, ranked);
        mean_loss<loss::logarithmic_normal> logarithmic;
        logarithmic.update(normals());
        add(log_score_normal{}, logarithmic);
        figures_.infinite_losses += logarithmic.infinite();
    }

    void of_points() {
        if (task_.scale) {
            mean_loss<loss::absolute_error> absolute;
            absolute.update(points());
            add(mean_absolute_scaled_error{.scale = *task_.scale}, absolute);
            mean_loss<loss::squared_error> squared;
            squared.update(points());
            add(root_mean_squared_scaled_error{.scale = *task_.scale}, squared);
        }
        const report of_point = evaluate(regression_task{.confidence = task_.confidence}, points());
        for (const report::entry& figure : of_point.entries()) figures_.entries.push_back(figure);
        figures_.infinite_losses += of_point.infinite_losses();
    }

    [[nodiscard]] double weight(std::size_t row) const {
        return rows_.weight.empty() ? 1.0 : rows_.weight[row];
    }

    const forecast_task& task_;
    const forecast_columns& rows_;
    report::content figures_;
};

}  // namespace

report evaluate(const forecast_task& task, const forecast_columns& rows) {
    require_columns(task, rows);
    return report(forecast_figures(task, rows).all());
}

}  // namespace leeway::inline v0
