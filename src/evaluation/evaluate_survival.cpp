#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/concordance_index.hpp"
#include "leeway/metrics/integrated_brier_score.hpp"
#include "leeway/metrics/survival_brier_score.hpp"

namespace leeway::inline v0 {

namespace {

void require_columns(const survival_task& task, const survival_columns& rows) {
    constexpr std::string_view where = "evaluate";
    const std::size_t n = rows.size();
    for (std::size_t k = 0; k < task.times.size(); ++k) {
        const double time = task.times[k];
        if (!(time >= 0 && std::isfinite(time) && (k == 0 || time > task.times[k - 1])))
            raise_invalid(where, "survival_task.times[" + detail::shown(k) + "]", time,
                          "finite, at least 0 and above the one before");
    }
    require_length(where, "event", rows.event.size(), n);
    require_length(where, "risk", rows.risk.size(), n, true);
    require_length(where, "weight", rows.weight.size(), n, true);
    if (rows.probability.size() != n * task.times.size()) {
        raise_invalid(where, "probability.size()", rows.probability.size(),
                      "one a row and time, " + detail::shown(n * task.times.size()));
    }
    if (n > 0 && rows.risk.empty() && task.times.empty())
        raise("evaluate: neither risks nor times with probabilities, expected one of them");
}

}  // namespace

report evaluate(const survival_task& task, const survival_columns& rows) {
    require_columns(task, rows);
    report::content figures = detail::begin_report("survival", rows.size(), task.confidence);
    const std::size_t times = task.times.size();
    survival_outcomes ranked;
    // The integral needs the same rows at every time, so a row is taken by all states or by none.
    std::vector<survival_outcomes> at_times(times);
    std::vector<survival_outcome> of_row;
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const survival_outcome bare{rows.time[row], rows.event[row], 0,
                                    rows.weight.empty() ? 1.0 : rows.weight[row]};
        of_row.assign(times + 1, bare);
        if (!rows.risk.empty()) of_row[times].risk = rows.risk[row];
        bool good = figures.rejected.accepts(of_row[times]);
        for (std::size_t k = 0; good && k < times; ++k) {
            of_row[k].risk = rows.probability[row * times + k];
            good = figures.rejected.accepts(of_row[k]);
        }
        if (!good) continue;
        ranked.update(of_row[times]);
        for (std::size_t k = 0; k < times; ++k) at_times[k].update(of_row[k]);
    }
    figures.weight = ranked.total_weight().value();
    if (!rows.risk.empty() || times == 0) {
        const concordance_index metric{task.confidence};
        figures.entries.push_back({key_of(metric), metric(ranked)});
    }
    for (std::size_t k = 0; k < times; ++k) {
        const survival_brier_score metric{task.times[k], task.confidence};
        figures.entries.push_back({key_of(metric), metric(at_times[k])});
    }
    if (times > 1) {
        const integrated_brier_score metric{task.times, task.confidence};
        figures.entries.push_back({key_of(metric), metric(at_times)});
    }
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
