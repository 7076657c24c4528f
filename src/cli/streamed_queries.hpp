// The queries of a ranking file that is read once, their rows together.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <unordered_set>
#include <vector>

#include "cli/streamed_evaluations.hpp"
#include "leeway/core/hash.hpp"
#include "leeway/core/sample.hpp"

namespace leeway::cli {

/// Queries that are remembered, so that one that comes back is noticed: at least as many.
inline constexpr std::size_t most_queries = std::size_t{1} << 19;

/// Queries that have ended: the last `most_queries` of them, and up to as many before.
class past_queries {
  public:
    /// Whether this one is new among them.
    [[nodiscard]] bool add(std::string_view query) {
        const std::uint64_t hash = fnv1a(query);
        if (earlier_.count(hash) != 0 || !recent_.insert(hash).second) return false;
        if (recent_.size() == most_queries) {
            earlier_.swap(recent_);
            recent_.clear();
        }
        return true;
    }

  private:
    std::unordered_set<std::uint64_t> recent_, earlier_;
};

/// A query's rows, held while they come.
class open_query {
  public:
    explicit open_query(evaluations<ranking_task>& into) : into_(into) {}

    void weigh(double weight) { weight_ = weight; }
    [[nodiscard]] double weight() const { return weight_; }
    [[nodiscard]] bool weighs(double weight) const {
        return weight == weight_ || (std::isnan(weight) && std::isnan(weight_));
    }

    void add(double relevance, double score, std::int32_t slice) {
        relevance_.push_back(relevance);
        score_.push_back(score);
        slice_.push_back(slice);
    }
    /// Hands it over: whole, and its rows of each slice.
    void close() {
        if (score_.empty()) return;
        into_.give_all(ranked_query{relevance_, score_, weight_});
        if (into_.sliced()) {
            std::vector<std::int32_t> seen = slice_;
            std::sort(seen.begin(), seen.end());
            seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
            for (const std::int32_t slice : seen) close_slice(slice);
        }
        relevance_.clear();
        score_.clear();
        slice_.clear();
    }

  private:
    void close_slice(std::int32_t slice) {
        std::vector<double> relevance, score;
        for (std::size_t i = 0; i < slice_.size(); ++i) {
            if (slice_[i] != slice) continue;
            relevance.push_back(relevance_[i]);
            score.push_back(score_[i]);
        }
        into_.give_slice(ranked_query{relevance, score, weight_}, slice);
    }

    evaluations<ranking_task>& into_;
    std::vector<double> relevance_, score_;
    std::vector<std::int32_t> slice_;
    double weight_{1};
};

}  // namespace leeway::cli
