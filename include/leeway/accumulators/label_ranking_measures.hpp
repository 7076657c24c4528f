// What the ranking of one row's labels is worth, in a task where a row may have several labels.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "leeway/accumulators/query_measures.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/tie_blocks.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A row of a multilabel task is a query: its labels are the items, a label of the row has
/// relevance 1, the others 0. Function objects without state, safe from any thread.
///
/// Source: G. Tsoumakas, I. Katakis, I. Vlahavas, "Mining Multi-label Data", in: Data Mining and
/// Knowledge Discovery Handbook (2010), section 7.
namespace per_query {

/// Mean over the row's labels of (its labels scored as high or higher) / (labels scored as high or
/// higher). A tie counts as if the other label came first, as the definition has it. Undefined for
/// a row without a label.
struct label_average_precision {
    static constexpr std::string_view name = "label_average_precision";

    [[nodiscard]] std::optional<double> operator()(const ranked_query& row) const noexcept {
        const std::size_t relevant = detail::relevant_items(row.relevance);
        if (relevant == 0) return std::nullopt;
        double sum = 0;
        std::size_t found = 0;
        detail::for_each_hit_block(row, 0, [&](const tie_block& block) {
            found += block.relevant;
            sum += static_cast<double>(block.relevant) * static_cast<double>(found) /
                   static_cast<double>(block.before + block.size);
            return found < relevant;
        });
        return sum / static_cast<double>(relevant);
    }
    friend bool operator==(const label_average_precision&,
                           const label_average_precision&) = default;
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&&) {}
};

/// How many labels must be taken from the top, ties included, to have all labels of the row.
/// Undefined for a row without a label.
struct label_coverage {
    static constexpr std::string_view name = "label_coverage";

    [[nodiscard]] std::optional<double> operator()(const ranked_query& row) const noexcept {
        const std::size_t relevant = detail::relevant_items(row.relevance);
        if (relevant == 0) return std::nullopt;
        std::size_t found = 0;
        std::size_t taken = 0;
        detail::for_each_hit_block(row, 0, [&](const tie_block& block) {
            found += block.relevant;
            taken = block.before + block.size;
            return found < relevant;
        });
        return static_cast<double>(taken);
    }
    friend bool operator==(const label_coverage&, const label_coverage&) = default;
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&&) {}
};

/// Share of the pairs (label of the row, other label) that are in the wrong order; a tied pair is
/// half wrong, so it is 1 - ROC AUC of the row. Undefined for a row that has no label or all.
struct label_misordering {
    static constexpr std::string_view name = "label_misordering";

    [[nodiscard]] std::optional<double> operator()(const ranked_query& row) const noexcept {
        const std::size_t relevant = detail::relevant_items(row.relevance);
        const std::size_t others = row.relevance.size() - relevant;
        if (relevant == 0 || others == 0) return std::nullopt;
        double wrong = 0;
        std::size_t found = 0;
        detail::for_each_hit_block(row, 0, [&](const tie_block& block) {
            const auto above = static_cast<double>(block.before - found);
            const auto tied = static_cast<double>(block.size - block.relevant);
            wrong += static_cast<double>(block.relevant) * (above + tied / 2);
            found += block.relevant;
            return found < relevant;
        });
        return wrong / (static_cast<double>(relevant) * static_cast<double>(others));
    }
    friend bool operator==(const label_misordering&, const label_misordering&) = default;
    template <class Self, class Visitor>
    static void fields(Self&, Visitor&&) {}
};

}  // namespace per_query

}  // namespace leeway::inline v0
