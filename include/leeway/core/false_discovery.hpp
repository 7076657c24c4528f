// Many tests at once: which of them to believe.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// How the tests may depend on one another: as independent ones or with positive dependence
/// (Benjamini, Hochberg), or in any way (Benjamini, Yekutieli: p-values count 1 + 1/2 + ... + 1/m
/// times as much).
enum class test_dependence : std::uint8_t { positive, any };

/// What false-discovery control made of m p-values.
struct false_discovery {
    /// In the order of the p-values: the smallest level at which each one is a discovery.
    std::vector<double> adjusted;
    std::size_t discoveries{0};  ///< how many are at the level that was asked for
    double level{0};

    [[nodiscard]] bool is_discovery(std::size_t test) const { return adjusted[test] <= level; }
};

/// Benjamini-Hochberg: of the tests that it calls discoveries at most a share `level` is false, on
/// average. Adjusted p-value of the i-th smallest: min over j >= i of m p_(j) / j, at most 1.
///
/// Raises unless every p-value is in [0, 1] and the level in (0, 1). Cost: O(m log m). Thread rule:
/// a pure function. Source: Y. Benjamini, Y. Hochberg, "Controlling the False Discovery Rate", JRSS
/// B 57 (1995); Y. Benjamini, D. Yekutieli, "The control of the false discovery rate in multiple
/// testing under dependency", Ann. Statist. 29 (2001).
[[nodiscard]] inline false_discovery benjamini_hochberg(
    std::span<const double> p_values, double level = 0.05,
    test_dependence dependence = test_dependence::positive) {
    if (!(level > 0 && level < 1))
        raise_invalid("benjamini_hochberg", "level", level, "between 0 and 1");
    for (const double p : p_values) {
        if (!(p >= 0 && p <= 1)) raise_invalid("benjamini_hochberg", "a p-value", p, "0 to 1");
    }
    const std::size_t m = p_values.size();
    std::vector<std::size_t> order(m);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(),
              [&](std::size_t a, std::size_t b) { return p_values[a] > p_values[b]; });
    double factor = static_cast<double>(m);
    if (dependence == test_dependence::any) {
        double harmonic = 0;
        for (std::size_t i = m; i > 0; --i) harmonic += 1 / static_cast<double>(i);
        factor *= harmonic;
    }
    false_discovery found{std::vector<double>(m), 0, level};
    double least = 1;
    for (std::size_t i = 0; i < m; ++i) {
        const std::size_t test = order[i];
        least = std::min(least, factor * p_values[test] / static_cast<double>(m - i));
        found.adjusted[test] = least;
        found.discoveries += least <= level ? 1U : 0U;
    }
    return found;
}

}  // namespace leeway::inline v0
