#include "leeway/core/distributions.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <numeric>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"

namespace leeway::inline v0 {

namespace {

namespace bmp = boost::math::policies;

// Arguments are checked here, so Boost never has to complain; a result too small for a double is 0.
// Evaluation in long double stays on: without it ibeta underflows to 0 at p = 4e-288 and the gamma
// tail loses its 12th digit at 12,000 degrees, and a p-value is asked for once a look, not once a
// row (300 ns against 70).
using quiet =
    bmp::policy<bmp::domain_error<bmp::ignore_error>, bmp::pole_error<bmp::ignore_error>,
                bmp::overflow_error<bmp::ignore_error>, bmp::underflow_error<bmp::ignore_error>,
                bmp::denorm_error<bmp::ignore_error>, bmp::rounding_error<bmp::ignore_error>,
                bmp::evaluation_error<bmp::ignore_error>,
                bmp::indeterminate_result_error<bmp::ignore_error>>;

void require_number(std::string_view where, std::string_view parameter, double value) {
    if (std::isnan(value)) raise_invalid(where, parameter, value, "a number");
}

void require_open_unit(std::string_view where, std::string_view parameter, double value) {
    if (!(value > 0 && value < 1)) raise_invalid(where, parameter, value, "in (0, 1)");
}

void require_unit(std::string_view where, std::string_view parameter, double value) {
    if (!(value >= 0 && value <= 1)) raise_invalid(where, parameter, value, "in [0, 1]");
}

void require_positive(std::string_view where, std::string_view parameter, double value) {
    if (!(value > 0) || std::isinf(value)) {
        raise_invalid(where, parameter, value, "a finite number > 0");
    }
}

}  // namespace

double normal_cdf(double z) {
    require_number("normal_cdf", "z", z);
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normal_survival(double z) {
    require_number("normal_survival", "z", z);
    return 0.5 * std::erfc(z / std::numbers::sqrt2);
}

double normal_quantile(double probability) {
    require_open_unit("normal_quantile", "probability", probability);
    return -std::numbers::sqrt2 * boost::math::erfc_inv(2 * probability, quiet());
}

confidence_level confidence_level::of(double level) {
    require_open_unit("confidence_level::of", "level", level);
    // (1 - level) / 2 is exact up to one rounding; (1 + level) / 2 would lose a level near 1.
    return {level, -normal_quantile((1 - level) / 2)};
}

double chi_squared_survival(double statistic, double degrees) {
    constexpr std::string_view where = "chi_squared_survival";
    require_positive(where, "degrees", degrees);
    if (!(statistic >= 0)) raise_invalid(where, "statistic", statistic, "at least 0");
    if (std::isinf(statistic)) return 0;
    return boost::math::gamma_q(degrees / 2, statistic / 2, quiet());
}

double chi_squared_quantile(double probability, double degrees) {
    constexpr std::string_view where = "chi_squared_quantile";
    require_positive(where, "degrees", degrees);
    if (!(probability >= 0 && probability < 1)) {
        raise_invalid(where, "probability", probability, "in [0, 1)");
    }
    return 2 * boost::math::gamma_p_inv(degrees / 2, probability, quiet());
}

double student_t_two_sided(double t, double degrees) {
    constexpr std::string_view where = "student_t_two_sided";
    require_number(where, "t", t);
    if (!(degrees > 0)) raise_invalid(where, "degrees", degrees, "greater than 0");
    if (std::isinf(degrees)) return 2 * normal_survival(std::abs(t));
    if (std::isinf(t)) return 0;
    // P(|T| > |t|) = I_x(degrees/2, 1/2), x = 1 / (1 + r^2). Near x = 1 the other tail is used.
    const double r = std::abs(t) / std::sqrt(degrees);
    if (r < 1) return boost::math::ibetac(0.5, degrees / 2, r * r / (1 + r * r), quiet());
    if (r < 1e8) return boost::math::ibeta(degrees / 2, 0.5, 1 / (1 + r * r), quiet());
    // I_x(a, 1/2) = x^a / (a B(a, 1/2)) (1 + O(x)), in logarithms because x would underflow.
    const double a = degrees / 2;
    return std::exp(-2 * a * std::log(r) - std::log(a * boost::math::beta(a, 0.5, quiet())));
}

double student_t_quantile(double probability, double degrees) {
    constexpr std::string_view where = "student_t_quantile";
    require_open_unit(where, "probability", probability);
    if (!(degrees > 0)) raise_invalid(where, "degrees", degrees, "greater than 0");
    if (std::isinf(degrees)) return normal_quantile(probability);
    return quantile(boost::math::students_t_distribution<double, quiet>(degrees), probability);
}

double beta_cdf(double x, double a, double b) {
    require_unit("beta_cdf", "x", x);
    require_positive("beta_cdf", "a", a);
    require_positive("beta_cdf", "b", b);
    return boost::math::ibeta(a, b, x, quiet());
}

double beta_quantile(double probability, double a, double b) {
    require_unit("beta_quantile", "probability", probability);
    require_positive("beta_quantile", "a", a);
    require_positive("beta_quantile", "b", b);
    return boost::math::ibeta_inv(a, b, probability, quiet());
}

double log_beta(double a, double b) {
    require_positive("log_beta", "a", a);
    require_positive("log_beta", "b", b);
    if (a > b) std::swap(a, b);
    if (a < 20) {  // G(b) / G(a + b) as one ratio: its logarithms nearly cancel where b is large
        const long double ratio = boost::math::tgamma_delta_ratio(
            static_cast<long double>(b), static_cast<long double>(a), quiet());
        if (ratio > 0 && std::isfinite(ratio)) {
            return static_cast<double>(boost::math::lgamma(static_cast<long double>(a), quiet()) +
                                       std::log(ratio));
        }
    }
    const long double small = a, large = b;
    return static_cast<double>(boost::math::lgamma(small, quiet()) +
                               boost::math::lgamma(large, quiet()) -
                               boost::math::lgamma(small + large, quiet()));
}

double binomial_cdf(double k, double n, double probability) {
    constexpr std::string_view where = "binomial_cdf";
    require_unit(where, "probability", probability);
    if (!(n >= 0) || std::isinf(n) || std::floor(n) != n) {
        raise_invalid(where, "n", n, "a whole number >= 0");
    }
    if (std::isnan(k) || (std::isfinite(k) && std::floor(k) != k)) {
        raise_invalid(where, "k", k, "a whole number");
    }
    if (k < 0) return 0;
    if (k >= n) return 1;
    // P(X <= k) = I_{1-p}(n - k, k + 1).
    return boost::math::ibetac(k + 1, n - k, probability, quiet());
}

double kolmogorov_survival(double x) {
    if (!(x >= 0)) raise_invalid("kolmogorov_survival", "x", x, "at least 0");
    constexpr double negligible = 1e-18;
    if (x < 1) {
        // The theta function's other form: P(K <= x) = sqrt(2 pi)/x sum exp(-(2k-1)^2 pi^2/(8x^2)).
        if (x < 0.04) return 1;  // P(K <= 0.04) = 1e-333
        const double base = -std::numbers::pi * std::numbers::pi / (8 * x * x);
        double sum = 0;
        for (int odd = 1;; odd += 2) {
            const double term = std::exp(base * odd * odd);
            sum += term;
            if (term <= negligible * sum) break;
        }
        return 1 - std::sqrt(2 * std::numbers::pi) / x * sum;
    }
    double sum = 0;
    double sign = 1;
    for (int j = 1;; ++j) {
        const double term = std::exp(-2 * x * x * j * j);
        sum += sign * term;
        sign = -sign;
        if (term <= negligible * sum) break;
    }
    return 2 * sum;
}

namespace {

/// floor(a / b) for b > 0.
std::int64_t floor_ratio(std::int64_t a, std::int64_t b) {
    return a / b - (a % b < 0 ? 1 : 0);
}

/// P(D >= k/n) for n = m, by reflection: 2 sum_{j>=1} (-1)^(j-1) C(2n, n + jk) / C(2n, n). Source:
/// B. V. Gnedenko, V. S. Korolyuk, "On the maximum discrepancy between two empirical
/// distributions", Dokl. Akad. Nauk SSSR 80 (1951). The ratios are running products, so nothing
/// cancels and nothing overflows; O(n) at worst, O(k) for a small p.
double equal_sizes(std::uint64_t k, std::uint64_t n) {
    double ratio = 1;
    double sum = 0;
    double sign = 1;
    for (std::uint64_t i = 0; i < n;) {
        for (std::uint64_t step = 0; step < k && i < n; ++step, ++i) {
            ratio *= static_cast<double>(n - i) / static_cast<double>(n + i + 1);
            if (step + 1 == k) {
                sum += sign * ratio;
                sign = -sign;
            }
        }
        if (ratio <= 1e-18 * sum) break;
    }
    return std::min(2 * sum, 1.0);
}

/// P(D >= h / lcm) for n != m by lattice paths.
///
/// Under no drift every order of the two samples is equally likely: a random path from (0, 0) to
/// (m, n), and D >= h/lcm when it leaves the band |x n - y m| < h gcd. Let A(x, y) be the
/// probability that a random path to (x, y) has left the band by then. Its last step comes from
/// (x-1, y) with probability x/(x+y), so
///
///     A(x, y) = (x A(x-1, y) + y A(x, y-1)) / (x + y),   A = 1 outside the band.
///
/// Only sums of positive terms: p keeps about 13 digits however small it is (computing the paths
/// that stay inside would cancel). Walked by diagonals x + y = s, whose cells do not depend on one
/// another. Visits the band only: about 2 d n m cells. Source of the recursion: J. L. Hodges
/// (1958).
double lattice_paths(std::int64_t h, std::uint64_t n, std::uint64_t m) {
    const auto width = static_cast<std::int64_t>(std::min(n, m));
    const auto height = static_cast<std::int64_t>(std::max(n, m));
    const std::int64_t divisor = std::gcd(width, height);
    const std::int64_t up = width / divisor;
    const std::int64_t total = up + height / divisor;
    // Cell x is stored at x + 1; the places beside the band hold the 1 of the outside.
    std::vector<double> before(static_cast<std::size_t>(width) + 3, 1.0);
    std::vector<double> now(before);
    before[1] = 0;
    for (std::int64_t s = 1; s <= width + height; ++s) {
        // x height' - (s - x) width' in (-h, h), and 0 <= x <= width, 0 <= s - x <= height.
        const std::int64_t low =
            std::max({floor_ratio(s * up - h, total) + 1, std::int64_t{0}, s - height});
        const std::int64_t high = std::min({floor_ratio(s * up + h - 1, total), width, s});
        if (low > high) return 1;  // no path can stay inside
        const double inverse = 1 / static_cast<double>(s);
        const auto first = static_cast<std::size_t>(low);
        const auto last = static_cast<std::size_t>(high);
        const double* from = before.data();
        double* to = now.data();
        for (std::size_t x = first; x <= last; ++x) {
            const auto right = static_cast<double>(x);
            to[x + 1] =
                (right * from[x] + (static_cast<double>(s) - right) * from[x + 1]) * inverse;
        }
        to[first] = 1;
        to[last + 2] = 1;
        std::swap(before, now);
    }
    return std::min(before[static_cast<std::size_t>(width) + 1], 1.0);
}

/// d as a multiple of 1/lcm(n, m), after the checks that both two-sample laws share.
struct lattice_statistic {
    double steps;
    double common;  ///< lcm(n, m)
};

lattice_statistic on_lattice(std::string_view where, double statistic, std::uint64_t n,
                             std::uint64_t m) {
    require_unit(where, "statistic", statistic);
    if (n < 1) raise_invalid(where, "n", n, "at least 1");
    if (m < 1) raise_invalid(where, "m", m, "at least 1");
    const double common = static_cast<double>(n / std::gcd(n, m)) * static_cast<double>(m);
    return {std::round(statistic * common), common};
}

double exact(const lattice_statistic& at, std::uint64_t n, std::uint64_t m) {
    if (at.steps < 1) return 1;
    if (n == m) return equal_sizes(static_cast<std::uint64_t>(at.steps), n);
    return lattice_paths(static_cast<std::int64_t>(at.steps), n, m);
}

}  // namespace

double kolmogorov_smirnov_exact(double statistic, std::uint64_t n, std::uint64_t m) {
    const auto at = on_lattice("kolmogorov_smirnov_exact", statistic, n, m);
    // Integers of the path count stay below 2^62: the time would be years long before.
    if (n != m && !(static_cast<double>(n) * static_cast<double>(m) < 0x1p60)) {
        raise_invalid("kolmogorov_smirnov_exact", "n m",
                      static_cast<double>(n) * static_cast<double>(m), "below 2^60");
    }
    return exact(at, n, m);
}

double kolmogorov_smirnov_corrected(double statistic, double n_effective) {
    constexpr std::string_view where = "kolmogorov_smirnov_corrected";
    require_unit(where, "statistic", statistic);
    require_positive(where, "n_effective", n_effective);
    const double root = std::sqrt(n_effective);
    const double z = statistic * root;
    return kolmogorov_survival(std::max(0.0, z + 1 / (6 * root) + (z - 1) / (4 * n_effective)));
}

double kolmogorov_smirnov_survival(double statistic, std::uint64_t n, std::uint64_t m) {
    const auto at = on_lattice("kolmogorov_smirnov_survival", statistic, n, m);
    const double larger = static_cast<double>(std::max(n, m));
    const double smaller = static_cast<double>(std::min(n, m));
    const double cells = larger * smaller;
    constexpr double few = 1e6;
    if (n == m || cells <= few || 2 * statistic * cells <= 4 * few) return exact(at, n, m);
    const double divisor = cells / at.common;
    const double root = std::sqrt(cells / (larger + smaller));
    const double overshoot = (larger + 2 * smaller - 3 * divisor) / (6 * cells);
    const double z = statistic * root;
    return kolmogorov_survival(std::max(0.0, z + overshoot * root + (z - 1) / (4 * root * root)));
}

}  // namespace leeway::inline v0
