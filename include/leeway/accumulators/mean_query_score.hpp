// The weighted mean over queries of what each one's ranking is worth.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/query_measures.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/joined_text.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What becomes of a query on which the measure is undefined (no relevant item, for most): left
/// out of the mean, or in it as 0 or 1. It is counted in any case.
enum class undefined_query : std::uint8_t { skip, zero, one };

namespace loss {

/// A number that is a loss already; never negative.
struct own_value {
    using sample_type = weighted_value;
    static constexpr std::string_view name = "own_value";

    [[nodiscard]] double operator()(const weighted_value& row) const noexcept { return row.value; }
    [[nodiscard]] static bool accepts(const weighted_value& row, rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

}  // namespace loss

namespace detail {
inline constexpr std::string_view mean_query_score_prefix = "mean_query_score_";
}

/// Weighted mean and variance over queries of a QueryMeasure: NDCG, mean average precision,
/// precision at k and their kind are read from it. A query is scored when it arrives and not kept.
///
/// Refused, and counted in rejected(): a bad weight; a NaN (missing) or an infinity (non_finite) in
/// scores or relevance; a negative relevance (label); scores and relevance of different lengths, or
/// a figure that leaves the range of a double (range). A query on which the measure is undefined,
/// an empty one included, is counted in undefined_queries() and enters the mean as the constructor
/// was told. Merging states of another measure, other parameters or another rule raises.
///
/// Cost: one small sort a query, two for NDCG (20 items: about 0.5 us), none of an ordered_query;
/// no allocation whatever a query's length. 208 bytes. Thread rule: one writer.
template <QueryMeasure Measure>
class mean_query_score {
  public:
    using sample_type = ranked_query;
    using measure_type = Measure;
    static constexpr std::string_view kind =
        detail::joined_text<detail::mean_query_score_prefix, Measure::name>::value;

    mean_query_score() = default;
    explicit mean_query_score(Measure measure, undefined_query rule = undefined_query::skip)
        : measure_(std::move(measure)), rule_(rule) {
        if (const std::string wrong = defect_of(measure_); !wrong.empty()) raise(wrong);
        if (rule_ > undefined_query::one) raise("mean_query_score: no such rule");
    }

    void update(const ranked_query& query) noexcept { add(query); }
    /// The same of a query that is in order, without a sort.
    template <std::same_as<ordered_query> Query>
    void update(const Query& query) noexcept {
        add(query);
    }

    void update(const ranked_query::columns& batch) {
        require_lengths(kind, batch);
        for (std::size_t query = 0; query < batch.size(); ++query) update(batch[query]);
    }

    void merge(const mean_query_score& other) {
        if (!(measure_ == other.measure_) || rule_ != other.rule_) {
            raise(std::string(kind) + ": merging a state of other parameters (" +
                  to_debug_string(other.measure_) + " into " + to_debug_string(measure_) +
                  ", or another rule for undefined queries)");
        }
        undefined_queries_ += other.undefined_queries_;
        rejected_.merge(other.rejected_);
        scores_.merge(other.scores_);
    }

    void reset() noexcept {
        undefined_queries_ = 0;
        scores_.reset();
        rejected_ = {};
    }

    [[nodiscard]] const Measure& measure() const noexcept { return measure_; }
    [[nodiscard]] undefined_query rule() const noexcept { return rule_; }
    /// Queries in the mean.
    [[nodiscard]] std::uint64_t rows() const noexcept { return scores_.rows(); }
    /// Queries on which the measure was undefined, whatever became of them.
    [[nodiscard]] std::uint64_t undefined_queries() const noexcept { return undefined_queries_; }
    /// Queries that were left out of the mean for that reason.
    [[nodiscard]] std::uint64_t skipped() const noexcept {
        return rule_ == undefined_query::skip ? undefined_queries_ : 0;
    }
    /// The figures of the queries: their mean, variance and weight.
    [[nodiscard]] const mean_loss<loss::own_value>& scores() const noexcept { return scores_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const mean_query_score&, const mean_query_score&) = default;

    [[nodiscard]] std::string defect() const {
        if (rule_ > undefined_query::one) return "mean_query_score: no such rule";
        if (scores_.infinite() != 0 || scores_.rejected().total() != 0)
            return "mean_query_score: the sums refused a figure";
        if (rule_ != undefined_query::skip && undefined_queries_ > scores_.rows())
            return "mean_query_score: more undefined queries than queries";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("measure", self.measure_);
        visit("rule", self.rule_);
        visit("undefined_queries", self.undefined_queries_);
        visit("scores", self.scores_);
        visit("rejected", self.rejected_);
    }

  private:
    template <class Query>
    void add(const Query& query) noexcept {
        if (!accepts(query)) return;
        const std::optional<double> score = measure_(query);
        double value = 0;
        if (score) [[likely]] {
            value = *score;
            if (!(value <= std::numeric_limits<double>::max())) [[unlikely]] {
                ++rejected_.range;
                return;
            }
        } else {
            ++undefined_queries_;
            if (rule_ == undefined_query::skip) return;
            value = rule_ == undefined_query::one ? 1 : 0;
        }
        scores_.update({value, query.weight});
    }

    [[nodiscard]] bool accepts(const ranked_query& query) noexcept {
        if (!rejected_.accepts_weight(query.weight)) return false;
        if (query.relevance.size() != query.score.size()) [[unlikely]] {
            ++rejected_.range;
            return false;
        }
        // 0 x is 0 for a number and NaN for anything else.
        double spoilt = 0;
        bool negative = false;
        for (std::size_t i = 0; i < query.score.size(); ++i) {
            spoilt += 0 * query.score[i] + 0 * query.relevance[i];
            negative |= query.relevance[i] < 0;
        }
        if (spoilt == 0 && !negative) [[likely]]
            return true;
        count_refused(query, spoilt == 0);
        return false;
    }

    void count_refused(const ranked_query& query, bool finite) noexcept {
        const auto nan = [](double value) { return std::isnan(value); };
        if (finite) {
            ++rejected_.label;
        } else if (std::any_of(query.score.begin(), query.score.end(), nan) ||
                   std::any_of(query.relevance.begin(), query.relevance.end(), nan)) {
            ++rejected_.missing;
        } else {
            ++rejected_.non_finite;
        }
    }

    Measure measure_{};
    undefined_query rule_{undefined_query::skip};
    std::uint64_t undefined_queries_{0};
    mean_loss<loss::own_value> scores_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
