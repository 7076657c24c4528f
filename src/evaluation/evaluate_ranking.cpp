#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/tie_blocks.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/evaluation/task_states.hpp"
#include "leeway/metrics/dcg.hpp"
#include "leeway/metrics/hit_rate_at.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/precision_at.hpp"
#include "leeway/metrics/r_precision.hpp"
#include "leeway/metrics/recall_at.hpp"

namespace leeway::inline v0 {

namespace {

detail::cut_ranking_states cut_at(std::size_t k, undefined_query rule) {
    return detail::cut_ranking_states(ndcg{.k = k}.empty_state(rule), dcg{.k = k}.empty_state(rule),
                                      precision_at{.k = k}.empty_state(rule),
                                      recall_at{.k = k}.empty_state(rule),
                                      hit_rate_at{.k = k}.empty_state(rule));
}

/// Adds the figures of the metrics that read one of the states.
template <class States, class... Metrics>
void add(report::content& figures, const States& states, Metrics... metrics) {
    const auto add_one = [&](auto metric) {
        metric.confidence = figures.confidence;
        const auto& state = states.template get<typename decltype(metric)::state_type>();
        figures.entries.push_back({key_of(metric), metric(state)});
        // The same queries for every figure that needs a relevant item, and so the most of them.
        figures.skipped = std::max(figures.skipped, state.skipped());
        figures.weight = std::max(figures.weight, figures.entries.back().value.weight());
    };
    (add_one(metrics), ...);
}

/// The queries with their items best first, so that no figure has to sort them again.
class ranked_queries {
  public:
    explicit ranked_queries(const ranked_query::columns& queries)
        : columns_(queries),
          relevances_(queries.relevances.begin(), queries.relevances.end()),
          scores_(queries.scores.begin(), queries.scores.end()),
          best_(relevances_) {
        for (std::size_t query = 0; query < queries.size(); ++query) {
            const std::size_t from = queries.offsets[query];
            order(from, queries.offsets[query + 1] - from);
        }
        columns_.relevances = relevances_;
        columns_.scores = scores_;
    }
    ranked_queries(const ranked_queries&) = delete;
    ranked_queries& operator=(const ranked_queries&) = delete;

    void show(bounded_evaluation<ranking_task>& states) const {
        for (std::size_t query = 0; query < columns_.size(); ++query) {
            const ranked_query one = columns_[query];
            const auto best =
                std::span(best_).subspan(columns_.offsets[query], one.relevance.size());
            states.update(ordered_query{one, best});
        }
    }

  private:
    /// A query that states will refuse stays as it is: what is not a number has no order.
    void order(std::size_t from, std::size_t n) {
        const auto finite = [](double value) { return std::isfinite(value); };
        const auto scores = std::span(scores_).subspan(from, n);
        const auto relevances = std::span(relevances_).subspan(from, n);
        if (!std::all_of(scores.begin(), scores.end(), finite) ||
            !std::all_of(relevances.begin(), relevances.end(), finite)) {
            return;
        }
        const auto best = std::span(best_).subspan(from, n);
        items_.resize(n);
        for (std::size_t i = 0; i < n; ++i) items_[i] = {scores[i], relevances[i]};
        detail::sort_best_first(items_.data(), n);
        for (std::size_t i = 0; i < n; ++i) {
            scores[i] = items_[i].key;
            relevances[i] = items_[i].relevance;
            items_[i].key = relevances[i];
        }
        detail::sort_best_first(items_.data(), n);
        for (std::size_t i = 0; i < n; ++i) best[i] = items_[i].key;
    }

    ranked_query::columns columns_;
    std::vector<double> relevances_;
    std::vector<double> scores_;
    std::vector<double> best_;
    std::vector<detail::ranked_item> items_;
};

/// The figures that the task asks for beyond its usual ones.
void add_asked(report::content& figures, const ranking_task& task,
               const detail::asked_ranking_states& asked) {
    const auto add = [&](auto metric, const auto& state) {
        metric.confidence = figures.confidence;
        figures.entries.push_back({key_of(metric), metric(state)});
    };
    for (std::size_t i = 0; i < asked.precisions.size(); ++i) {
        add(mean_average_precision{.k = task.cutoffs[i]}, asked.precisions[i]);
        add(mean_reciprocal_rank{.k = task.cutoffs[i]}, asked.reciprocals[i]);
    }
    for (std::size_t i = 0; i < asked.normalised.size(); ++i) {
        const std::size_t k = i == 0 ? 0 : task.cutoffs[i - 1];
        add(ndcg{.k = k, .gain = relevance_gain::exponential}, asked.normalised[i]);
        add(dcg{.k = k, .gain = relevance_gain::exponential}, asked.gains[i]);
    }
    // 2^g - 1 may overflow where g does not.
    for (const auto& state : asked.normalised)
        figures.rejected.range = std::max(figures.rejected.range, state.rejected().range);
    for (const auto& state : asked.gains)
        figures.rejected.range = std::max(figures.rejected.range, state.rejected().range);
}

}  // namespace

report evaluate(const ranking_task& task, const ranked_query::columns& queries) {
    require_lengths("evaluate", queries);
    bounded_evaluation<ranking_task> all(task);
    ranked_queries(queries).show(all);
    report::content figures = all.result().contents();
    figures.rows = queries.size();  // those of weight zero too
    figures.bounded = false;        // nothing of it is a band
    return report(std::move(figures));
}

bounded_evaluation<ranking_task>::bounded_evaluation(const ranking_task& task)
    : task_(task),
      whole_(ndcg{}.empty_state(task.without_relevant),
             mean_average_precision{}.empty_state(task.without_relevant),
             mean_reciprocal_rank{}.empty_state(task.without_relevant),
             r_precision{}.empty_state(task.without_relevant)),
      asked_(task) {
    for (const std::size_t k : task_.cutoffs) {
        if (k == 0) raise_invalid("evaluate", "ranking_task.cutoffs", k, "at least 1");
        cut_.push_back(cut_at(k, task.without_relevant));
    }
}

template <class Query>
void bounded_evaluation<ranking_task>::take(const Query& query) noexcept {
    if (query.weight == 0) return;
    ++rows_;
    whole_.update(query);
    for (auto& states : cut_) states.update(query);
    asked_.update(query);
}

void bounded_evaluation<ranking_task>::update(const ranked_query& query) noexcept {
    take(query);
}

void bounded_evaluation<ranking_task>::update(const ordered_query& query) noexcept {
    take(query);
}

void bounded_evaluation<ranking_task>::update(const ranked_query::columns& queries) {
    require_lengths(kind, queries);
    for (std::size_t query = 0; query < queries.size(); ++query) update(queries[query]);
}

void bounded_evaluation<ranking_task>::merge(const bounded_evaluation& other) {
    detail::require_same_task(task_, other.task_);
    rows_ += other.rows_;
    whole_.merge(other.whole_);
    for (std::size_t i = 0; i < cut_.size(); ++i) cut_[i].merge(other.cut_[i]);
    asked_.merge(other.asked_);
}

void bounded_evaluation<ranking_task>::reset() noexcept {
    rows_ = 0;
    whole_.reset();
    for (auto& states : cut_) states.reset();
    asked_.reset();
}

report bounded_evaluation<ranking_task>::result() const {
    report::content figures = detail::begin_report("ranking", rows_, task_.confidence);
    figures.bounded = true;
    figures.rejected = rejected();
    add(figures, whole_, ndcg{}, mean_average_precision{}, mean_reciprocal_rank{}, r_precision{});
    for (std::size_t i = 0; i < cut_.size(); ++i) {
        const std::size_t k = task_.cutoffs[i];
        add(figures, cut_[i], ndcg{.k = k}, dcg{.k = k}, precision_at{.k = k}, recall_at{.k = k},
            hit_rate_at{.k = k});
    }
    add_asked(figures, task_, asked_);
    return report(std::move(figures));
}

std::string bounded_evaluation<ranking_task>::defect() const {
    // What the task makes of nothing is what these states must have begun as.
    if (task_.without_relevant > undefined_query::one || cut_.size() != task_.cutoffs.size())
        return "bounded_evaluation: the states do not fit the ranking task";
    for (const std::size_t k : task_.cutoffs) {
        if (k == 0) return "bounded_evaluation: a ranking cut at no item";
    }
    bounded_evaluation empty = *this;
    empty.reset();
    return empty == bounded_evaluation(task_)
               ? ""
               : "bounded_evaluation: the states do not fit the ranking task";
}

}  // namespace leeway::inline v0
