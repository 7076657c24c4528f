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

#include "leeway/compose/state_set.hpp"
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
    std::uint64_t rows{0};                    ///< that have weight
    estimate figure{undefined::empty};
    estimate rest{undefined::empty};  ///< without slices that are infinitely bad
    double bound{0};                  ///< the good end of the figure's interval: at least this bad
    double p_value{1};                ///< that the slice is no worse than the rest, one-sided
    double adjusted{1};               ///< for the number of slices that were tested
    bool worse_than_rest{};           ///< a discovery at the rate that was asked for
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

/// A row without weight supports nothing.
template <class Sample>
[[nodiscard]] bool supports(const Sample& sample) noexcept {
    if constexpr (requires { sample.weight; }) {
        return sample.weight > 0;
    } else {
        return true;
    }
}

/// see(i, state of all parts but i, and of `outside`), for the parts from `first` to `last`; those
/// that are `left_out` are in no other's rest. By halves, so that only log2(parts) rests are held.
template <class State, class See>
void for_each_rest(const std::vector<State>& parts, const std::vector<bool>& left_out,
                   std::size_t first, std::size_t last, const State& outside, const See& see) {
    if (last - first == 1) return see(first, outside);
    const std::size_t middle = first + (last - first) / 2;
    const auto half = [&](std::size_t from, std::size_t to, std::size_t other_from,
                          std::size_t other_to) {
        State rest = outside;
        for (std::size_t i = other_from; i < other_to; ++i) {
            if (!left_out[i]) rest.merge(parts[i]);
        }
        for_each_rest(parts, left_out, from, to, rest, see);
    };
    half(first, middle, middle, last);
    half(middle, last, first, middle);
}

/// One search: what it looks for and what it found.
template <class M, class State>
struct slice_search {
    const M& metric;
    const State& empty;
    const columns_of<typename State::sample_type>& rows;
    std::span<const std::span<const double>> columns;
    const worst_slices_options& options;
    worst_slices_result result{};
    std::vector<slice_finding> found{};
    std::size_t support{0};  // rows that have weight

    static constexpr bool higher_is_better = M::info.better == orientation::higher_is_better;

    /// One row made it so, and no other row can mend it.
    [[nodiscard]] static bool infinitely_bad(const estimate& figure) {
        return figure && std::isinf(figure.value()) && (figure.value() < 0) == higher_is_better;
    }

    /// Fills in bound and p-value; false when the two figures cannot be compared. `bad_parts`: into
    /// how many parts the rows fall that are infinitely bad.
    [[nodiscard]] bool test(slice_finding& finding, std::size_t bad_parts) const {
        const double n = static_cast<double>(finding.rows);
        const double all = static_cast<double>(support);
        if (infinitely_bad(finding.figure)) {
            finding.bound = finding.figure.value();
            // All k >= 1 bad rows are in this slice; by chance, with at most the share of a row.
            finding.p_value = bad_parts == 1 ? n / all : 1;
            return true;
        }
        if (!finding.figure || !finding.rest) return false;
        double inside = error_of(finding.figure);
        double outside = error_of(finding.rest);
        if (finding.figure.interval_reason() == undefined::no_variation ||
            finding.rest.interval_reason() == undefined::no_variation) {
            // A side that does not vary has no error of its own. Where the slice is no worse, its
            // rows vary as all do: the pooled form of the test.
            const double of_a_row = error_of(result.overall) * std::sqrt(all);
            inside = of_a_row / std::sqrt(n);
            outside = of_a_row / std::sqrt(all - n);
        }
        const double error = std::hypot(inside, outside);
        if (!(inside >= 0 && outside >= 0 && error > 0) || !std::isfinite(error)) return false;
        if (finding.figure.has_interval()) {
            finding.bound = higher_is_better ? finding.figure.upper() : finding.figure.lower();
        } else {
            const double half = normal_quantile((1 + result.overall.confidence()) / 2) * inside;
            finding.bound = finding.figure.value() + (higher_is_better ? half : -half);
        }
        const double better = finding.rest.value() - finding.figure.value();
        finding.p_value = normal_survival((higher_is_better ? better : -better) / error);
        return true;
    }

    /// The slices of one set of columns.
    void search(std::span<const std::size_t> used, const slice_partition& parts) {
        const bool bad = infinitely_bad(result.overall);
        std::vector<slice_run> large;
        std::vector<std::size_t> supporting;
        std::vector<State> inside;
        State small = empty;  // the slices that are not tested
        State own = empty;
        std::size_t bad_parts = 0;
        for (const slice_run& run : parts.runs) {
            const auto in_run = std::span(parts.order).subspan(run.first, run.rows);
            std::size_t n = 0;
            for (const std::size_t row : in_run) n += supports(rows[row]) ? 1U : 0U;
            const bool supported =
                !run.known && n >= options.least_rows && support - n >= options.least_rows;
            result.below_support += supported || run.known ? 0U : 1U;
            if (supported) {
                large.push_back(run);
                supporting.push_back(n);
            }
            State& into = supported || bad ? own : small;
            for (const std::size_t row : in_run) into.update(rows[row]);
            if (supported) {
                inside.push_back(own);
            } else if (bad && infinitely_bad(metric(own))) {
                ++bad_parts;
            } else if (bad) {
                small.merge(own);
            }
            if (supported || bad) own.reset();
        }
        if (large.empty()) return;
        std::vector<estimate> figures;
        for (const State& state : inside) figures.push_back(metric(state));
        std::vector<bool> left_out;
        for (const estimate& figure : figures) left_out.push_back(infinitely_bad(figure));
        bad_parts += static_cast<std::size_t>(std::count(left_out.begin(), left_out.end(), true));
        const auto compare = [&](std::size_t i, const State& rest) {
            slice_finding finding{{}, supporting[i], figures[i], metric(rest)};
            const std::size_t row = parts.order[large[i].first];
            for (const std::size_t column : used)
                finding.conditions.push_back({column, slice_key(columns[column][row]).code()});
            const bool tested = test(finding, bad_parts);
            result.untested += tested ? 0U : 1U;
            if (tested) found.push_back(std::move(finding));
        };
        for_each_rest(inside, left_out, 0, inside.size(), small, compare);
    }
};

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
/// A figure that is infinitely bad (log loss of a row that was ruled out) ranks before all others.
/// Such a slice is left out of the others' rest, which it would make infinite too; its own p-value
/// is its share of the rows, or 1 where several slices are so. A slice without an interval because
/// its rows do not vary, or next to such a rest, is tested with the spread of all rows (pooled).
///
/// The interval of a slice that was chosen for being the worst is not a fresh one: check it on
/// other data before acting on its figure. The metric must say which direction is better and give
/// intervals; slices without one are counted in untested. `empty` is the state to fill, any that
/// the metric reads: scored_outcomes for roc_auc, whose score_table has a certified band and no
/// interval. Rows without weight do not count as support. Raises on columns of another length,
/// options out of range and an `empty` that has seen rows. Cost, for each set of columns: a sort of
/// the rows, log2(slices) merges a slice; memory: a state for each slice with support and for
/// log2(slices) rests, of which a growing state's hold every row. Thread rule: a pure function.
/// Links leeway::leeway (normal tail).
template <Metric M, Accumulator State = typename M::state_type>
requires Reads<M, State>
[[nodiscard]] worst_slices_result worst_slices(const M& metric, const State& empty,
                                               const columns_of<typename State::sample_type>& rows,
                                               std::span<const std::span<const double>> columns,
                                               const worst_slices_options& options = {}) {
    constexpr std::string_view where = "worst_slices";
    static_assert(M::info.better != orientation::neither,
                  "worst_slices: the metric must say which direction is better");
    require_lengths(where, rows);
    for (const auto& column : columns)
        require_length(where, "a column", column.size(), rows.size());
    if (options.columns_at_once < 1 || options.columns_at_once > 2)
        raise_invalid(where, "columns_at_once", options.columns_at_once, "1 or 2");
    if (options.least_rows < 2) raise_invalid(where, "least_rows", options.least_rows, "2 or more");

    State all = empty;
    all.reset();
    if (!(all == empty)) raise("worst_slices: the state to begin with has seen rows");
    all.update(rows);
    detail::slice_search<M, State> searched{metric, empty, rows, columns, options};
    searched.result.overall = metric(all);
    for (std::size_t row = 0; row < rows.size(); ++row)
        searched.support += detail::supports(rows[row]) ? 1U : 0U;
    std::vector<std::vector<std::size_t>> sizes;  // of a row's slice, column by column
    for (std::size_t a = 0; a < columns.size(); ++a) {
        const detail::slice_partition parts(columns, std::span(&a, 1), rows.size());
        sizes.push_back(parts.sizes());
        searched.search(std::span(&a, 1), parts);
    }
    for (std::size_t a = 0; options.columns_at_once == 2 && a < columns.size(); ++a) {
        for (std::size_t b = a + 1; b < columns.size(); ++b) {
            const std::size_t used[] = {a, b};
            detail::slice_partition parts(columns, used, rows.size());
            for (detail::slice_run& run : parts.runs) {
                const std::size_t row = parts.order[run.first];
                run.known = run.rows == sizes[a][row] || run.rows == sizes[b][row];
            }
            searched.search(used, parts);
        }
    }

    auto& found = searched.found;
    worst_slices_result& result = searched.result;
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
    return std::move(result);
}

}  // namespace leeway::inline v0
