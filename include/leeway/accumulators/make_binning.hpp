// How a reference's values become a binning: equal-mass bins for numbers, top categories for
// categories.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "leeway/accumulators/binning.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

struct binning_options {
    std::size_t bins{16};  ///< equal-mass bins of a numeric feature, at most; >= 1
    /// Reference rows a bin should hold: the chi-squared laws behind the drift tests need about 5.
    std::size_t least{5};
    /// A numeric feature with at most this many distinct values gets a bin for each.
    std::size_t few_distinct{16};
    std::size_t top_categories{64};  ///< categories with a bin of their own, at most
    /// Categories that a binning can tell from unseen ones, at most; >= top_categories.
    std::size_t known_categories{4096};

    friend bool operator==(const binning_options&, const binning_options&) = default;
};

namespace detail {

inline void require_valid(const binning_options& options) {
    if (options.bins < 1) raise_invalid("binning_options", "bins", options.bins, "at least 1");
    if (options.known_categories < 1 || options.known_categories < options.top_categories) {
        raise_invalid("binning_options", "known_categories", options.known_categories,
                      "at least 1 and at least top_categories, " + shown(options.top_categories));
    }
}

/// Pools bins that hold fewer than `least` rows with the smaller neighbour, smallest bin first,
/// until all hold enough or two are left. `last[b]` is one past the last item of bin b.
inline void pool_small_bins(std::vector<std::size_t>& last, std::vector<std::uint64_t>& rows,
                            std::size_t least) {
    while (rows.size() > 2) {
        const auto smallest = std::min_element(rows.begin(), rows.end());
        if (*smallest >= least) return;
        const auto at = static_cast<std::size_t>(smallest - rows.begin());
        const bool right = at == 0 || (at + 1 < rows.size() && rows[at + 1] < rows[at - 1]);
        const std::size_t low = right ? at : at - 1;
        rows[low] += rows[low + 1];
        const auto step = static_cast<std::ptrdiff_t>(low);
        rows.erase(rows.begin() + step + 1);
        last.erase(last.begin() + step);
    }
}

struct distinct_values {
    std::vector<double> value;
    std::vector<std::size_t> first;  ///< where each begins in the sorted rows, and one past all
};

/// The distinct values of sorted rows, or none when there are more than `most`.
inline distinct_values few_distinct_values(std::span<const double> sorted, std::size_t most) {
    distinct_values found;
    for (auto at = sorted.begin(); at != sorted.end();) {
        if (found.value.size() == most) return {};
        found.value.push_back(*at);
        found.first.push_back(static_cast<std::size_t>(at - sorted.begin()));
        at = std::upper_bound(at, sorted.end(), *at);
    }
    found.first.push_back(sorted.size());
    return found;
}

inline binning one_bin_each(const distinct_values& distinct, std::size_t least) {
    const std::size_t count = distinct.value.size();
    std::vector<std::size_t> last(count);
    std::vector<std::uint64_t> rows(count);
    for (std::size_t i = 0; i < count; ++i) {
        last[i] = i + 1;
        rows[i] = distinct.first[i + 1] - distinct.first[i];
    }
    pool_small_bins(last, rows, least);
    std::vector<std::uint32_t> bin_of(count);
    for (std::size_t bin = 0, i = 0; bin < last.size(); ++bin) {
        for (; i < last[bin]; ++i) bin_of[i] = static_cast<std::uint32_t>(bin);
    }
    return binning::values(feature_kind::numeric, distinct.value, std::move(bin_of), last.size(),
                           true);
}

inline binning equal_mass_bins(std::span<const double> sorted, const binning_options& options) {
    const std::size_t n = sorted.size();
    const std::size_t most = std::max<std::size_t>(n / std::max<std::size_t>(options.least, 1), 2);
    const std::size_t bins = std::min(options.bins, most);
    std::vector<std::size_t> last;
    std::vector<std::uint64_t> rows;
    std::size_t previous = 0;
    for (std::size_t k = 1; k < bins; ++k) {
        // k n / bins without overflow. A block of equal values is not cut: the cut goes to the
        // nearer end of the block, or to its upper end where the block begins the data. (For one
        // that ends the data the lower end is always the nearer: its first target lies within n /
        // bins of it.)
        const std::size_t target = n / bins * k + n % bins * k / bins;
        const auto block = std::equal_range(sorted.begin(), sorted.end(), sorted[target]);
        const auto low = static_cast<std::size_t>(block.first - sorted.begin());
        const auto high = static_cast<std::size_t>(block.second - sorted.begin());
        const bool down = low > 0 && target - low <= high - target;
        const std::size_t cut = down ? low : high;
        if (cut <= previous || cut == n) continue;
        last.push_back(cut);
        rows.push_back(cut - previous);
        previous = cut;
    }
    last.push_back(n);
    rows.push_back(n - previous);
    pool_small_bins(last, rows, options.least);
    std::vector<double> edges;
    for (std::size_t bin = 0; bin + 1 < last.size(); ++bin) edges.push_back(sorted[last[bin]]);
    return binning::intervals(std::move(edges));
}

}  // namespace detail

/// Bins for a numeric feature, from the reference's values; NaN and infinite values are left out,
/// any order will do.
///
/// - At most `few_distinct` distinct values, each seen twice on average: a bin for each value,
///   anything else is unseen. A constant is one such value.
/// - Else `bins` intervals of equal mass, fewer where that would leave under `least` rows in one.
///   An edge is a value of the reference and belongs to the bin above it. A block of equal values
///   is never cut, so one that spans several quantiles takes the place of their bins.
/// - Bins that still hold fewer than `least` rows are pooled with a neighbour, but two values never
///   become one bin: a rare value that turns common must stay visible.
/// - No finite value at all: one empty bin, every finite value is unseen.
///
/// Wrong options raise std::invalid_argument. Cost: two copies and a sort of the values, about
/// 30 ms for 1e6.
[[nodiscard]] inline binning numeric_binning(std::span<const double> values,
                                             binning_options options = {}) {
    detail::require_valid(options);
    std::vector<double> sorted;
    sorted.reserve(values.size());
    for (const double value : values) {
        if (std::isfinite(value)) sorted.push_back(value + 0.0);  // -0.0 becomes 0.0
    }
    if (sorted.empty()) return binning::values(feature_kind::numeric, {}, {}, 1, true);
    std::vector<double> scratch(sorted.size());
    radix_sort(sorted, scratch);
    const std::size_t most = std::max<std::size_t>(options.few_distinct, 1);
    const auto distinct = detail::few_distinct_values(sorted, most);
    const std::size_t count = distinct.value.size();
    if (count == 1 || (count > 1 && 2 * count <= sorted.size())) {
        return detail::one_bin_each(distinct, options.least);
    }
    return detail::equal_mass_bins(sorted, options);
}

/// Bins for a categorical feature, from the reference's (code, count) pairs in any order; pairs of
/// one code are added, NaN and infinite codes and zero counts are left out.
///
/// The `top_categories` most frequent categories of at least `least` rows get a bin each, in order
/// of falling count; all others share the last regular bin, "other". Other may hold fewer than
/// `least` rows: pooling it with a common category would hide a move between the two. When there
/// are more than `known_categories`, the table lists the most frequent ones only, is not complete,
/// and an unknown category counts as other; else it counts as unseen.
///
/// Wrong options raise std::invalid_argument. Cost: O(c log c) for c pairs.
[[nodiscard]] inline binning categorical_binning(
    std::span<const std::pair<double, std::uint64_t>> code_counts, binning_options options = {}) {
    detail::require_valid(options);
    std::vector<std::pair<double, std::uint64_t>> seen;
    for (const auto& [code, count] : code_counts) {
        if (std::isfinite(code) && count > 0) seen.emplace_back(code + 0.0, count);
    }
    const auto by_code = [](const auto& a, const auto& b) { return a.first < b.first; };
    std::sort(seen.begin(), seen.end(), by_code);
    std::size_t kept = 0;
    for (const auto& item : seen) {
        if (kept > 0 && seen[kept - 1].first == item.first) {
            seen[kept - 1].second += item.second;
        } else {
            seen[kept++] = item;
        }
    }
    seen.resize(kept);
    if (seen.empty()) return binning::values(feature_kind::categorical, {}, {}, 1, true);

    // Equal counts in the order of the codes: the same bins on every platform.
    std::sort(seen.begin(), seen.end(), [](const auto& a, const auto& b) {
        return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    const bool complete = seen.size() <= options.known_categories;
    std::size_t own = 0;
    while (own < seen.size() && own < options.top_categories && seen[own].second >= options.least) {
        ++own;
    }
    const std::size_t regular = own + (own < seen.size() ? 1 : 0);
    seen.resize(std::min(seen.size(), options.known_categories));

    std::vector<std::pair<double, std::uint32_t>> table;
    table.reserve(seen.size());
    for (std::size_t i = 0; i < seen.size(); ++i) {
        table.emplace_back(seen[i].first, static_cast<std::uint32_t>(std::min(i, own)));
    }
    std::sort(table.begin(), table.end(), by_code);
    std::vector<double> codes;
    std::vector<std::uint32_t> bin_of;
    for (const auto& [code, bin] : table) {
        codes.push_back(code);
        bin_of.push_back(bin);
    }
    return binning::values(feature_kind::categorical, std::move(codes), std::move(bin_of), regular,
                           complete);
}

}  // namespace leeway::inline v0
