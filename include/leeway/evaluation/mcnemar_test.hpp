// Two classifiers on the same rows: who is right where the other is wrong.
#pragma once

#include <cstdint>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/comparison.hpp"

namespace leeway::inline v0 {

/// McNemar's test, from the rows on which exactly one of two classifiers is right: with b of the
/// first kind and c of the second, b ~ Binomial(b + c, 1/2) where both are right equally often.
///
///     const auto answer = leeway::mcnemar_test{}(only_first_right, only_second_right, rows);
///
/// exact (the default, at any size): statistic min(b, c), p = min(1, 2 P(X <= min(b, c))).
/// chi_squared: statistic (b - c)^2 / (b + c), chi-squared of 1 degree; too small p-values below
/// some 25 discordant rows. corrected: (|b - c| - 1)^2 / (b + c), 0 where b = c; near the exact
/// one. No discordant row: p = 1; no row at all: no p. The difference is that of the two
/// accuracies, (b - c) / rows; interval: Wald's after adding one row to each discordant cell
/// (Bonett and Price), which keeps its level where b + c is small. It may contain 0 where p is
/// below 1 - confidence, and the other way round, near the limit: they are two constructions.
///
/// Counts are of rows: finite, >= 0, b + c <= rows, whole for exact; anything else raises. Cost:
/// O(1). Thread rule: a pure function. Defined in src: link leeway::leeway.
/// Sources: Q. McNemar, "Note on the sampling error of the difference between correlated
/// proportions or percentages", Psychometrika 12 (1947); A. Edwards, "Note on the correction for
/// continuity", Psychometrika 13 (1948); D. Bonett, R. Price, "Adjusted Wald confidence interval
/// for a difference of binomial proportions based on paired data", J. Educ. Behav. Stat. 37 (2012).
struct mcnemar_test {
    enum class form : std::uint8_t { exact, chi_squared, corrected };

    form law{form::exact};
    confidence_level confidence{confidence_95};

    [[nodiscard]] comparison operator()(double only_first_right, double only_second_right,
                                        double rows) const;
};

}  // namespace leeway::inline v0
