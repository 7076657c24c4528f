// Where is the model worst? A search over slices of one or two categorical columns.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/false_discovery.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/slice_key.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What the search may do.
struct worst_slices_options {
    std::size_t columns_at_once{2};     ///< 1: each column; 2: also each pair of columns
    std::uint64_t least_rows{30};       ///< a slice, and what is outside it, needs that many rows
    std::size_t most{10};               ///< how many slices to return
    double false_discovery_rate{0.05};  ///< of the slices called worse than the rest
    test_dependence dependence{test_dependence::positive};
};

/// Column `column` has the value `code`; NaN stands for rows without one.
struct slice_condition {
    std::size_t column{0};
    double code{0};
};

/// A slice, next to all rows outside it.
struct slice_finding {
    std::vector<slice_condition> conditions;  ///< one or two, all of which hold
    std::uint64_t rows{0};
    estimate figure{undefined::empty};
    estimate rest{undefined::empty};
    double bound{0};         ///< the good end of the figure's interval: at least this bad
    double p_value{1};       ///< that the slice is no worse than the rest, one-sided
    double adjusted{1};      ///< for the number of slices that were tested
    bool worse_than_rest{};  ///< a discovery at the rate that was asked for
};

struct worst_slices_result {
    std::vector<slice_finding> worst;  ///< the worst bound first
    std::size_t tested{0};             ///< slices with a figure that could be tested
    std::size_t discoveries{0};        ///< of them, those called worse, returned or not
    std::size_t below_support{0};      ///< slices with too few rows in or outside them
    std::size_t untested{0};           ///< with support, but undefined or without an interval
    estimate overall{undefined::empty};
};

namespace detail {

/// Rows of one slice, as a run in an ordering of the rows.
struct slice_run {
    std::size_t first;
    std::size_t rows;
    bool known{false};  ///< the same rows were a slice before
};

/// Row numbers ordered by the values of some columns, and the runs of equal values.
struct slice_partition {
    std::vector<std::size_t> order;
    std::vector<slice_run> runs;

    slice_partition(std::span<const std::span<const double>> columns,
                    std::span<const std::size_t> used, std::size_t rows)
        : order(rows) {
        std::vector<std::vector<std::uint64_t>> keys;
        for (const std::size_t column : used) {
            auto& bits = keys.emplace_back();
            bits.reserve(rows);
            for (const double code : columns[column]) bits.push_back(slice_key(code).bits);
        }
        for (std::size_t row = 0; row < rows; ++row) order[row] = row;
        std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            for (const auto& bits : keys) {
                if (bits[a] != bits[b]) return bits[a] < bits[b];
            }
            return a < b;
        });
        const auto same = [&](std::size_t a, std::size_t b) {
            return std::all_of(keys.begin(), keys.end(),
                               [&](const auto& bits) { return bits[a] == bits[b]; });
        };
        for (std::size_t at = 0; at < rows;) {
            std::size_t end = at + 1;
            while (end < rows && same(order[at], order[end])) ++end;
            runs.push_back({at, end - at});
            at = end;
        }
    }

    /// For each row, how many rows are in its slice.
    [[nodiscard]] std::vector<std::size_t> sizes() const {
        std::vector<std::size_t> of_row(order.size());
        for (const slice_run& run : runs) {
            for (std::size_t i = run.first; i < run.first + run.rows; ++i)
                of_row[order[i]] = run.rows;
        }
        return of_row;
    }
};

/// Standard error that an interval stands for; negative where there is none.
[[nodiscard]] inline double error_of(const estimate& figure) {
    if (!figure || !figure.has_interval() || figure.confidence() >= 1) return -1;
    const double critical = normal_quantile((1 + figure.confidence()) / 2);
    return (figure.upper() - figure.lower()) / (2 * critical);
}

/// Fills in bound and p-value; false when the two figures cannot be compared.
[[nodiscard]] inline bool test_slice(slice_finding& finding, bool higher_is_better) {
    const double inside = error_of(finding.figure);
    const double outside = error_of(finding.rest);
    const double error = std::hypot(inside, outside);
    if (!(inside >= 0 && outside >= 0 && error > 0) || !std::isfinite(error)) return false;
    const double better = finding.rest.value() - finding.figure.value();
    finding.bound = higher_is_better ? finding.figure.upper() : finding.figure.lower();
    finding.p_value = normal_survival((higher_is_better ? better : -better) / error);
    return true;
}

/// The slices of one set of columns, appended to `found`.
template <Metric M>
void search_slices(const M& metric, const typename M::state_type& empty,
                   const columns_of<typename M::state_type::sample_type>& rows,
                   std::span<const std::span<const double>> columns,
                   std::span<const std::size_t> used, const slice_partition& parts,
                   const worst_slices_options& options, std::vector<slice_finding>& found,
                   worst_slices_result& result) {
    using state = typename M::state_type;
    std::vector<slice_run> large;
    std::vector<state> inside;
    state small = empty;
    for (const slice_run& run : parts.runs) {
        const bool supported = !run.known && run.rows >= options.least_rows &&
                               rows.size() - run.rows >= options.least_rows;
        result.below_support += supported || run.known ? 0U : 1U;
        if (supported) {
            large.push_back(run);
            inside.push_back(empty);
        }
        state& into = supported ? inside.back() : small;
        for (std::size_t i = run.first; i < run.first + run.rows; ++i)
            into.update(rows[parts.order[i]]);
    }
    // The rest of slice i: the slices before it, those behind it and the small ones.
    std::vector<state> behind(large.size() + 1, empty);
    for (std::size_t i = large.size(); i > 0; --i) {
        behind[i - 1] = behind[i];
        behind[i - 1].merge(inside[i - 1]);
    }
    state before = small;
    for (std::size_t i = 0; i < large.size(); ++i) {
        state rest = before;
        rest.merge(behind[i + 1]);
        before.merge(inside[i]);
        slice_finding finding;
        const std::size_t row = parts.order[large[i].first];
        for (const std::size_t column : used)
            finding.conditions.push_back({column, slice_key(columns[column][row]).code()});
        finding.rows = large[i].rows;
        finding.figure = metric(inside[i]);
        finding.rest = metric(rest);
        if (test_slice(finding, M::info.better == orientation::higher_is_better)) {
            found.push_back(std::move(finding));
        } else {
            ++result.untested;
        }
    }
}

}  // namespace detail

/// The slices on which a metric is worst, of those that one value of a column makes, or one value
/// of each of two columns (`columns`: category codes, one a row each; NaN is a category).
///
/// Slices are ranked by the good end of their interval, so that a slice of few rows with an extreme
/// figure does not come before one that is bad for sure. Each is tested against all rows outside it
/// (z = difference of the figures / their standard errors together, read from the intervals;
/// one-sided), and worse_than_rest controls the share of false discoveries among all slices tested
/// (core/false_discovery.hpp). Slices overlap, so the tests depend on one another:
/// test_dependence::any holds whatever the dependence, at a price. A pair of values that makes the
/// same slice as one of them alone is searched once.
///
/// The interval of a slice that was chosen for being the worst is not a fresh one: check it on
/// other data before acting on its figure. The metric must say which direction is better and give
/// intervals; slices without one are counted in untested. Raises on columns of another length and
/// options out of range. Cost: a sort of the rows and 3 merges a slice for each set of columns.
/// Thread rule: a pure function. Links leeway::leeway (normal tail).
template <Metric M>
requires Accumulator<typename M::state_type>
[[nodiscard]] worst_slices_result worst_slices(
    const M& metric, const typename M::state_type& empty,
    const columns_of<typename M::state_type::sample_type>& rows,
    std::span<const std::span<const double>> columns, const worst_slices_options& options = {}) {
    constexpr std::string_view where = "worst_slices";
    static_assert(M::info.better != orientation::neither,
                  "worst_slices: the metric must say which direction is better");
    require_lengths(where, rows);
    for (const auto& column : columns)
        require_length(where, "a column", column.size(), rows.size());
    if (options.columns_at_once < 1 || options.columns_at_once > 2)
        raise_invalid(where, "columns_at_once", options.columns_at_once, "1 or 2");
    if (options.least_rows < 2) raise_invalid(where, "least_rows", options.least_rows, "2 or more");

    worst_slices_result result;
    auto all = empty;
    all.update(rows);
    result.overall = metric(all);
    std::vector<slice_finding> found;
    const auto search = [&](std::span<const std::size_t> used,
                            const detail::slice_partition& parts) {
        detail::search_slices(metric, empty, rows, columns, used, parts, options, found, result);
    };
    std::vector<std::vector<std::size_t>> sizes;  // of a row's slice, column by column
    for (std::size_t a = 0; a < columns.size(); ++a) {
        const detail::slice_partition parts(columns, std::span(&a, 1), rows.size());
        sizes.push_back(parts.sizes());
        search(std::span(&a, 1), parts);
    }
    for (std::size_t a = 0; options.columns_at_once == 2 && a < columns.size(); ++a) {
        for (std::size_t b = a + 1; b < columns.size(); ++b) {
            const std::size_t used[] = {a, b};
            detail::slice_partition parts(columns, used, rows.size());
            for (detail::slice_run& run : parts.runs) {
                const std::size_t row = parts.order[run.first];
                run.known = run.rows == sizes[a][row] || run.rows == sizes[b][row];
            }
            search(used, parts);
        }
    }

    std::vector<double> p_values;
    p_values.reserve(found.size());
    for (const slice_finding& finding : found) p_values.push_back(finding.p_value);
    const false_discovery controlled =
        benjamini_hochberg(p_values, options.false_discovery_rate, options.dependence);
    for (std::size_t i = 0; i < found.size(); ++i) {
        found[i].adjusted = controlled.adjusted[i];
        found[i].worse_than_rest = controlled.is_discovery(i);
    }
    result.tested = found.size();
    result.discoveries = controlled.discoveries;
    std::vector<std::size_t> order(found.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        if (found[a].bound == found[b].bound) return a < b;
        return (found[a].bound < found[b].bound) ==
               (M::info.better == orientation::higher_is_better);
    });
    order.resize(std::min(order.size(), options.most));
    for (const std::size_t i : order) result.worst.push_back(std::move(found[i]));
    return result;
}

}  // namespace leeway::inline v0
