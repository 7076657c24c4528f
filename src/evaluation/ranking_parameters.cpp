#include "evaluation/ranking_parameters.hpp"

#include <algorithm>

#include "leeway/core/concepts.hpp"

namespace leeway::inline v0::detail {

asked_ranking::asked_ranking(const ranking_task& task)
    : confidence_(task.confidence), cutoffs_(task.cutoffs) {
    const undefined_query rule = task.without_relevant;
    constexpr auto exponential = relevance_gain::exponential;
    if (task.thorough) {
        for (const std::size_t k : cutoffs_) {
            precisions_.push_back(mean_average_precision{.k = k}.empty_state(rule));
            reciprocals_.push_back(mean_reciprocal_rank{.k = k}.empty_state(rule));
        }
    }
    if (!task.exponential_gain) return;
    std::vector<std::size_t> ranks{0};
    ranks.insert(ranks.end(), cutoffs_.begin(), cutoffs_.end());
    for (const std::size_t k : ranks) {
        normalised_.push_back(ndcg{.k = k, .gain = exponential}.empty_state(rule));
        gains_.push_back(dcg{.k = k, .gain = exponential}.empty_state(rule));
    }
}

void asked_ranking::add_to(report::content& figures) const {
    const auto add = [&](auto metric, const auto& state) {
        metric.confidence = confidence_;
        figures.entries.push_back({key_of(metric), metric(state)});
    };
    for (std::size_t i = 0; i < precisions_.size(); ++i) {
        add(mean_average_precision{.k = cutoffs_[i]}, precisions_[i]);
        add(mean_reciprocal_rank{.k = cutoffs_[i]}, reciprocals_[i]);
    }
    for (std::size_t i = 0; i < normalised_.size(); ++i) {
        const std::size_t k = i == 0 ? 0 : cutoffs_[i - 1];
        add(ndcg{.k = k, .gain = relevance_gain::exponential}, normalised_[i]);
        add(dcg{.k = k, .gain = relevance_gain::exponential}, gains_[i]);
    }
    // 2^g - 1 may overflow where g does not.
    for (const auto& state : normalised_)
        figures.rejected.range = std::max(figures.rejected.range, state.rejected().range);
    for (const auto& state : gains_)
        figures.rejected.range = std::max(figures.rejected.range, state.rejected().range);
}

}  // namespace leeway::inline v0::detail
