// Chi-squared test of homogeneity of two samples of counts.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Pearson's statistic of a table of 2 rows, columns added one by one.
struct two_row_table {
    std::uint64_t n{0};  ///< row totals, known before the first column
    std::uint64_t m{0};
    std::uint64_t columns{0};
    compensated_sum sum{};
    double last_difference{0};  ///< |O - E| of the last column

    void add(std::uint64_t r, std::uint64_t c) {
        if (r == 0 && c == 0) return;
        ++columns;
        if (n == 0 || m == 0) return;
        // (O - E)^2 / E over both cells of a column is (r m - c n)^2 / (n m (r + c)). The
        // difference of the products is exact in 128 bits: equal proportions give exactly 0.
        __extension__ using wide = __int128;
        const auto difference =
            static_cast<double>(static_cast<wide>(r) * m - static_cast<wide>(c) * n);
        sum.add(difference / static_cast<double>(n) * (difference / static_cast<double>(m)) /
                static_cast<double>(r + c));
        last_difference = std::abs(difference) / static_cast<double>(n + m);
    }

    [[nodiscard]] double degrees() const { return static_cast<double>(columns) - 1; }

    /// With two columns every |O - E| is the same; Yates brings each half a row nearer to 0.
    [[nodiscard]] double statistic() const {
        if (columns != 2 || last_difference == 0) return sum.value();
        const double left = std::max(0.0, last_difference - 0.5) / last_difference;
        return sum.value() * left * left;
    }
};

}  // namespace detail

/// Whether two samples of counts come from one distribution over categories or bins:
///
///     X^2 = sum over both samples and B bins of (observed - expected)^2 / expected
///
/// with expected counts from the pooled proportions (a contingency table of 2 rows; the reference's
/// own noise counts, unlike in a goodness-of-fit test against it). Range [0, n + m]; 0 for equal
/// proportions. The p-value is P(chi-squared with B - 1 degrees > X^2). With two bins every
/// |observed - expected| is first brought half a row nearer to 0 (Yates' continuity correction, as
/// SciPy's chi2_contingency does); one bin alone gives X^2 = 0, p = 1.
///
/// X^2 grows with n, so it is evidence, not effect: with 70,000 rows a shift of no consequence has
/// p = 1e-36. The effect is `cramers_v`, of the uncorrected X^2. An alert_rule on this result is a
/// plain significance test with leeway 0.
///
/// Compares the values present: missing and non-finite are left out, unseen is a category like
/// others; bins empty on both sides do not count. On raw codes every distinct code is a category,
/// none is pooled. Undefined when a side is empty. Counts over different bins raise
/// std::invalid_argument. Error: asymptotic; with expected counts below 5 the far tail is too small
/// (0.29 % at nominal 0.1 % for a bin of 0.1 %), which the pooling of make_binning prevents. Cost:
/// O(bins); raw codes are sorted. Pure: safe from any thread. `distance` and `cramers_v` are
/// header-only, the test links leeway::leeway.
///
/// Sources: K. Pearson, "On the probability that two independent distributions of frequency are
/// really samples from the same population", Biometrika 8 (1911); F. Yates, "Contingency tables
/// involving small numbers and the chi-squared test", Suppl. J. R. Statist. Soc. 1 (1934);
/// W. Bergsma, "A bias-correction for Cramer's V and Tschuprow's T", J. Korean Statist. Soc. 42
/// (2013).
struct chi_squared {
    using state_type = binned_counts;
    using code_count = std::pair<double, std::uint64_t>;
    static constexpr info_card info{"chi_squared",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::lower_is_better,
                                    "one side is empty"};

    [[nodiscard]] drift_result operator()(const binned_counts& reference,
                                          const binned_counts& current) const;
    /// Categories as codes, one a row.
    [[nodiscard]] drift_result operator()(std::span<const double> reference,
                                          std::span<const double> current) const;
    /// Categories as (code, count) pairs in any order; pairs of one code are added.
    [[nodiscard]] drift_result operator()(std::span<const code_count> reference,
                                          std::span<const code_count> current) const;

    /// The statistic alone, with the current side's rows as weight.
    [[nodiscard]] static estimate distance(const binned_counts& reference,
                                           const binned_counts& current) {
        const detail::two_row_table table = tabulate(reference, current);
        const auto m = static_cast<double>(table.m);
        if (table.n == 0 || table.m == 0) return {undefined::empty, m};
        return estimate::of(table.statistic(), m);
    }

    /// The effect: V = sqrt(X^2 / (n + m)), in [0, 1], whatever n is. Without drift its square has
    /// mean (B - 1)/(n + m - 1).
    [[nodiscard]] static estimate cramers_v(const binned_counts& reference,
                                            const binned_counts& current) {
        const detail::two_row_table table = tabulate(reference, current);
        const auto m = static_cast<double>(table.m);
        if (table.n == 0 || table.m == 0) return {undefined::empty, m};
        return estimate::of(std::sqrt(table.sum.value() / static_cast<double>(table.n + table.m)),
                            m);
    }

    /// The effect with that mean taken off (Bergsma 2013), 0 at least; undefined for one row in
    /// all.
    [[nodiscard]] static estimate corrected_cramers_v(const binned_counts& reference,
                                                      const binned_counts& current) {
        const detail::two_row_table table = tabulate(reference, current);
        const auto m = static_cast<double>(table.m);
        if (table.n == 0 || table.m == 0) return {undefined::empty, m};
        const auto rows = static_cast<double>(table.n + table.m);
        const double k = table.degrees();
        if (k == 0) return estimate::of(0, m);
        const double effect = std::max(0.0, table.sum.value() / rows - k / (rows - 1));
        // The table's two sizes less one, corrected: min(2 - 1/(N-1) - 1, B - (B-1)^2/(N-1) - 1).
        const double size = std::min(1 - 1 / (rows - 1), k - k * k / (rows - 1));
        if (size <= 0) return {undefined::too_little_data, m};
        return estimate::of(std::sqrt(effect / size), m);
    }

  private:
    [[nodiscard]] static detail::two_row_table tabulate(const binned_counts& reference,
                                                        const binned_counts& current) {
        detail::require_same_bins(info.name, reference, current);
        const std::size_t unseen = reference.bins().unseen();
        detail::two_row_table table{reference[unseen], current[unseen]};
        for (const std::uint64_t count : reference.regular()) table.n += count;
        for (const std::uint64_t count : current.regular()) table.m += count;
        for (std::size_t bin = 0; bin < reference.regular().size(); ++bin) {
            table.add(reference[bin], current[bin]);
        }
        table.add(reference[unseen], current[unseen]);
        return table;
    }
};

}  // namespace leeway::inline v0
