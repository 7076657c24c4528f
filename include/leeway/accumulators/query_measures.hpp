// What the ranking of a single query is worth: gains and hits.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "leeway/accumulators/discounted_gain.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/tie_blocks.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A query whose items come best first, and its relevances in the best order: whoever fills states
/// of several measures or cutoffs sorts a query once, and the measures do not. What is not in order
/// makes figures that mean nothing.
struct ordered_query : ranked_query {
    std::span<const double> best_relevance{};
};

/// A figure of one query, never negative; no value where it is undefined, as most are without a
/// relevant item. It names itself, and its parameters are its fields.
template <class M>
concept QueryMeasure = std::default_initializable<M> && std::equality_comparable<M> &&
    HasFields<M> && requires(const M& measure, const ranked_query& query) {
    { M::name } -> std::convertible_to<std::string_view>;
    { measure(query) }
    noexcept->std::same_as<std::optional<double>>;
};

namespace detail {

[[nodiscard]] inline std::size_t relevant_items(std::span<const double> relevance) noexcept {
    std::size_t relevant = 0;
    for (const double g : relevance) relevant += g > 0 ? 1U : 0U;
    return relevant;
}

template <class Query>
inline constexpr item_order order_of =
    std::same_as<Query, ordered_query> ? item_order::best_first : item_order::any;

/// The blocks of a query's items where only relevant or not matters.
template <class Query, class See>
void for_each_hit_block(const Query& query, std::size_t depth, See see) noexcept {
    for_each_tie_block<order_of<Query>>(
        query.score, query.relevance, depth, [](double) { return 0.0; }, see);
}

/// Relevant items that are expected among the first k when tied items come in any order.
template <class Query>
[[nodiscard]] double expected_hits(const Query& query, std::size_t k) noexcept {
    double hits = 0;
    for_each_hit_block(query, k, [&](const tie_block& block) {
        const std::size_t inside = std::min(block.size, k - block.before);
        hits += static_cast<double>(block.relevant) *
                (static_cast<double>(inside) / static_cast<double>(block.size));
        return block.before + block.size < k;
    });
    return hits;
}

/// P(none of the first `drawn` of a block is relevant), its items in any order.
[[nodiscard]] inline double chance_of_none(const tie_block& block, std::size_t drawn) noexcept {
    if (drawn + block.relevant > block.size) return 0;
    const auto size = static_cast<double>(block.size);
    // C(size - relevant, drawn) / C(size, drawn) is symmetric in the two: the shorter product.
    const auto terms = static_cast<double>(std::min(drawn, block.relevant));
    const auto other = static_cast<double>(std::max(drawn, block.relevant));
    double chance = 1;
    for (double i = 0; i < terms; ++i) chance *= (size - other - i) / (size - i);
    return chance;
}

/// The k of a measure that needs at least one rank.
[[nodiscard]] inline std::string defect_of_depth(std::string_view name, std::size_t k) {
    return k >= 1 ? "" : std::string(name) + ": k is 0, expected at least 1";
}

}  // namespace detail

/// Function objects of their parameters alone, safe from any thread. An item is relevant when its
/// relevance is above 0. Items of equal score have no order: each measure is its expected value
/// over all orders of tied items, so that the order of arrival never matters.
///
/// Each takes a ranked_query, or an ordered_query that it need not sort.
///
/// Source of the expected values: F. McSherry, M. Najork, "Computing Information Retrieval
/// Performance Measures Efficiently in the Presence of Tied Scores", ECIR (2008).
namespace per_query {

/// sum over the first k ranks of gain / log2(rank + 1).
struct dcg {
    static constexpr std::string_view name = "dcg";
    std::size_t k{0};  ///< 0: all ranks
    relevance_gain gain{relevance_gain::linear};

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        if (detail::relevant_items(query.relevance) == 0) return std::nullopt;
        return detail::discounted_gain<detail::order_of<Query>>(query.score, query.relevance, k,
                                                                gain);
    }
    friend bool operator==(const dcg&, const dcg&) = default;
    [[nodiscard]] std::string defect() const {
        return gain <= relevance_gain::exponential ? "" : "dcg: no such gain";
    }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
        visit("gain", self.gain);
    }
};

/// dcg over that of the best order, in [0, 1].
struct ndcg {
    static constexpr std::string_view name = "ndcg";
    std::size_t k{0};  ///< 0: all ranks
    relevance_gain gain{relevance_gain::linear};

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        constexpr item_order order = detail::order_of<Query>;
        const double ideal = [&] {
            if constexpr (order == item_order::best_first) {
                return detail::discounted_gain<order>(query.best_relevance, query.best_relevance, k,
                                                      gain);
            } else {
                return detail::discounted_gain<order>(query.relevance, query.relevance, k, gain);
            }
        }();
        if (ideal == 0) return std::nullopt;
        // Equal but for rounding where the order is the best; not a number where gains overflow.
        const double share =
            detail::discounted_gain<order>(query.score, query.relevance, k, gain) / ideal;
        return share > 1 ? 1 : share;
    }
    friend bool operator==(const ndcg&, const ndcg&) = default;
    [[nodiscard]] std::string defect() const {
        return gain <= relevance_gain::exponential ? "" : "ndcg: no such gain";
    }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
        visit("gain", self.gain);
    }
};

/// sum of the precision at each relevant item within the first k ranks, over min(k, relevant
/// items): 1 when relevant items come first.
struct average_precision {
    static constexpr std::string_view name = "average_precision";
    std::size_t k{0};  ///< 0: all ranks

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        const std::size_t relevant = detail::relevant_items(query.relevance);
        if (relevant == 0) return std::nullopt;
        const std::size_t last = detail::ranks(k, query.score.size());
        double sum = 0;
        std::size_t found = 0;
        detail::for_each_hit_block(query, last, [&](const tie_block& block) {
            if (block.relevant > 0) {
                const auto r = static_cast<double>(block.relevant);
                const auto size = static_cast<double>(block.size);
                // A relevant item at place p of its block has (p - 1)(r - 1) / (size - 1) of the
                // block's other relevant items before it, on average.
                const double slope = block.size > 1 ? (r - 1) / (size - 1) : 0;
                const std::size_t places = std::min(block.size, last - block.before);
                double inside = 0;
                for (std::size_t p = 0; p < places; ++p) {
                    inside += (static_cast<double>(found) + 1 + static_cast<double>(p) * slope) /
                              static_cast<double>(block.before + p + 1);
                }
                sum += r / size * inside;
            }
            found += block.relevant;
            return found < relevant && block.before + block.size < last;
        });
        const std::size_t most = k == 0 ? relevant : std::min(k, relevant);
        return std::min(1.0, sum / static_cast<double>(most));
    }
    friend bool operator==(const average_precision&, const average_precision&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
    }
};

/// 1 / rank of the first relevant item; 0 when it is not among the first k.
struct reciprocal_rank {
    static constexpr std::string_view name = "reciprocal_rank";
    std::size_t k{0};  ///< 0: all ranks

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        if (detail::relevant_items(query.relevance) == 0) return std::nullopt;
        const std::size_t last = detail::ranks(k, query.score.size());
        double sum = 0;
        detail::for_each_hit_block(query, last, [&](const tie_block& block) {
            if (block.relevant > 0) {
                const auto size = static_cast<double>(block.size);
                const auto r = static_cast<double>(block.relevant);
                const std::size_t places = std::min(block.size, last - block.before);
                double none_yet = 1;  // P(no relevant item at a place before)
                for (std::size_t p = 0; p < places && none_yet > 0; ++p) {
                    const double here = std::min(1.0, r / (size - static_cast<double>(p)));
                    sum += none_yet * here / static_cast<double>(block.before + p + 1);
                    none_yet *= 1 - here;
                }
            }
            return block.relevant == 0 && block.before + block.size < last;
        });
        return sum;
    }
    friend bool operator==(const reciprocal_rank&, const reciprocal_rank&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
    }
};

/// Share of the first k ranks that hold a relevant item. The denominator is k, also for a list of
/// fewer items.
struct precision {
    static constexpr std::string_view name = "precision";
    std::size_t k{10};  ///< at least 1

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        if (detail::relevant_items(query.relevance) == 0) return std::nullopt;
        return detail::expected_hits(query, k) / static_cast<double>(k);
    }
    friend bool operator==(const precision&, const precision&) = default;
    [[nodiscard]] std::string defect() const { return detail::defect_of_depth(name, k); }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
    }
};

/// Share of the relevant items that are among the first k.
struct recall {
    static constexpr std::string_view name = "recall";
    std::size_t k{10};  ///< at least 1

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        const std::size_t relevant = detail::relevant_items(query.relevance);
        if (relevant == 0) return std::nullopt;
        return detail::expected_hits(query, k) / static_cast<double>(relevant);
    }
    friend bool operator==(const recall&, const recall&) = default;
    [[nodiscard]] std::string defect() const { return detail::defect_of_depth(name, k); }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
    }
};

/// Whether a relevant item is among the first k: 1 or 0, between them where ties leave it open.
struct hit {
    static constexpr std::string_view name = "hit";
    std::size_t k{10};  ///< at least 1

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        if (detail::relevant_items(query.relevance) == 0) return std::nullopt;
        double none = 1;
        detail::for_each_hit_block(query, k, [&](const tie_block& block) {
            if (block.relevant > 0) {
                none = detail::chance_of_none(block, std::min(block.size, k - block.before));
            }
            return block.relevant == 0 && block.before + block.size < k;
        });
        return 1 - none;
    }
    friend bool operator==(const hit&, const hit&) = default;
    [[nodiscard]] std::string defect() const { return detail::defect_of_depth(name, k); }
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("k", self.k);
    }
};

/// precision with k = the query's number of relevant items, where it equals recall.
struct r_precision {
    static constexpr std::string_view name = "r_precision";

    template <class Query = ranked_query>
    [[nodiscard]] std::optional<double> operator()(const Query& query) const noexcept {
        const std::size_t relevant = detail::relevant_items(query.relevance);
        if (relevant == 0) return std::nullopt;
        return detail::expected_hits(query, relevant) / static_cast<double>(relevant);
    }
    friend bool operator==(const r_precision&, const r_precision&) = default;
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&&) {}
};

}  // namespace per_query

}  // namespace leeway::inline v0
