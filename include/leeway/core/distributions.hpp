// Tail probabilities and quantiles. Declared here, defined in src over Boost.Math: code that calls
// them links leeway::leeway. All are pure functions, safe from any thread; arguments outside the
// stated range raise std::invalid_argument.
#pragma once

#include <cstdint>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// P(Z <= z) for a standard normal Z.
[[nodiscard]] double normal_cdf(double z);
/// P(Z > z), accurate in the far tail.
[[nodiscard]] double normal_survival(double z);
/// z with P(Z <= z) = probability; probability in (0, 1).
[[nodiscard]] double normal_quantile(double probability);

/// P(X > statistic) for chi-squared with degrees > 0; statistic >= 0 or +infinity.
[[nodiscard]] double chi_squared_survival(double statistic, double degrees);
/// x with P(X <= x) = probability; probability in [0, 1).
[[nodiscard]] double chi_squared_quantile(double probability, double degrees);

/// P(|T| > |t|) for Student's t with degrees > 0.
[[nodiscard]] double student_t_two_sided(double t, double degrees);
/// t with P(T <= t) = probability; probability in (0, 1).
[[nodiscard]] double student_t_quantile(double probability, double degrees);

/// I_x(a, b): P(X <= x) for Beta(a, b); a, b > 0, x in [0, 1].
[[nodiscard]] double beta_cdf(double x, double a, double b);
/// x with P(X <= x) = probability; probability in [0, 1].
[[nodiscard]] double beta_quantile(double probability, double a, double b);

/// log B(a, b) = log of G(a) G(b) / G(a + b), G the gamma function; a, b > 0.
[[nodiscard]] double log_beta(double a, double b);

/// P(X <= k) of a binomial: k successes or fewer in n, each with `probability` in [0, 1]; k and n
/// whole, n >= 0. k below 0 gives 0, from n on 1.
[[nodiscard]] double binomial_cdf(double k, double n, double probability);

/// P(K > x) for Kolmogorov's limiting law, 2 sum_{j>=1} (-1)^(j-1) exp(-2 j^2 x^2); x >= 0.
[[nodiscard]] double kolmogorov_survival(double x);

/// Exact P(D >= d) of the two-sided two-sample Kolmogorov-Smirnov statistic for n and m values
/// without ties, by counting lattice paths; statistic is rounded to the nearest multiple of
/// 1/lcm(n, m). Cost O(n m); n, m >= 1.
[[nodiscard]] double kolmogorov_smirnov_exact(double statistic, std::uint64_t n, std::uint64_t m);

/// Approximate two-sided P(D >= d) for effective size n_effective = n m / (n + m): the limiting law
/// at z + 1/(6 sqrt(n_effective)) + (z - 1)/(4 n_effective), z = d sqrt(n_effective). Source: J.
/// Vrbik, "Small-Sample Corrections to Kolmogorov-Smirnov Test Statistic", Pioneer J. Theor. Appl.
/// Stat. 15 (2018). Relative error at p = 0.05: 2.1 % (n = 10), 0.015 % (n = 1,000).
[[nodiscard]] double kolmogorov_smirnov_corrected(double statistic, double n_effective);

/// Two-sided P(D >= d) of the two-sample statistic for n and m values without ties; n, m >= 1.
///
/// Exact where n m <= 1e6, where n = m, and where the lattice paths to visit are few (2 d n m <=
/// 4e6: about 2 ms). Beyond, the limiting law at z + s sqrt(e) + (z - 1)/(4 e) with e = n m / (n +
/// m), z = d sqrt(e) and, for n >= m, s = (n + 2 m - 3 gcd(n, m)) / (6 n m): the mean overshoot of
/// the path over d (Hodges' term) less half a lattice step, since d itself counts.
/// Source: J. L. Hodges, "The significance probability of the Smirnov two-sample test", Ark. Mat. 3
/// (1958).
[[nodiscard]] double kolmogorov_smirnov_survival(double statistic, std::uint64_t n,
                                                 std::uint64_t m);

}  // namespace leeway::inline v0
