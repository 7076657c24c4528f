// The figures of a ranking that a task asks for beyond its usual ones.
#pragma once

#include <cstddef>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/evaluation/task.hpp"
#include "leeway/metrics/dcg.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"

namespace leeway::inline v0::detail {

/// What they are read from: sums of constant size.
class asked_ranking {
  public:
    explicit asked_ranking(const ranking_task& task);

    /// A ranked_query or an ordered_query; one of weight zero is absent.
    template <class Query>
    void update(const Query& query) noexcept {
        if (query.weight == 0) return;
        for (auto& state : precisions_) state.update(query);
        for (auto& state : reciprocals_) state.update(query);
        for (auto& state : normalised_) state.update(query);
        for (auto& state : gains_) state.update(query);
    }

    void add_to(report::content& figures) const;

  private:
    confidence_level confidence_;
    std::vector<std::size_t> cutoffs_;
    std::vector<mean_average_precision::state_type> precisions_;  // one a cutoff
    std::vector<mean_reciprocal_rank::state_type> reciprocals_;
    std::vector<ndcg::state_type> normalised_;  // of whole lists, then one a cutoff
    std::vector<dcg::state_type> gains_;
};

}  // namespace leeway::inline v0::detail
