#include <algorithm>
#include <utility>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/dcg.hpp"
#include "leeway/metrics/hit_rate_at.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/precision_at.hpp"
#include "leeway/metrics/r_precision.hpp"
#include "leeway/metrics/recall_at.hpp"

namespace leeway::inline v0 {

report evaluate(const ranking_task& task, const ranked_query::columns& queries) {
    for (const std::size_t k : task.cutoffs) {
        if (k == 0) raise_invalid("evaluate", "ranking_task.cutoffs", k, "at least 1");
    }
    report::content figures = detail::begin_report("ranking", queries.size(), task.confidence);
    const auto add = [&](auto metric) {
        metric.confidence = task.confidence;
        auto state = metric.empty_state(task.without_relevant);
        state.update(queries);
        figures.entries.push_back({key_of(metric), metric(state)});
        // The same queries for every figure that needs a relevant item, and so the most of them.
        figures.skipped = std::max(figures.skipped, state.skipped());
        figures.rejected = state.rejected();
        figures.weight = std::max(figures.weight, figures.entries.back().value.weight());
    };
    add(ndcg{});
    add(mean_average_precision{});
    add(mean_reciprocal_rank{});
    add(r_precision{});
    for (const std::size_t k : task.cutoffs) {
        add(ndcg{.k = k});
        add(dcg{.k = k});
        add(precision_at{.k = k});
        add(recall_at{.k = k});
        add(hit_rate_at{.k = k});
    }
    return report(std::move(figures));
}

}  // namespace leeway::inline v0
