#include "leeway/core/distributions.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <numeric>
#include <stdexcept>
#include <string>

#include "leeway/core/random.hpp"
#include "leeway/core/result.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

struct row {
    std::string function;
    double a;
    double b;
    double c;
    double value;
};

const row table[] = {
#include "oracle/distributions.inc"
};

double evaluate(const row& r) {
    const auto n = [](double x) { return static_cast<std::uint64_t>(x); };
    if (r.function == "normal_cdf") return normal_cdf(r.a);
    if (r.function == "normal_survival") return normal_survival(r.a);
    if (r.function == "normal_quantile") return normal_quantile(r.a);
    if (r.function == "chi_squared_survival") return chi_squared_survival(r.a, r.b);
    if (r.function == "chi_squared_quantile") return chi_squared_quantile(r.a, r.b);
    if (r.function == "student_t_two_sided") return student_t_two_sided(r.a, r.b);
    if (r.function == "student_t_quantile") return student_t_quantile(r.a, r.b);
    if (r.function == "beta_cdf") return beta_cdf(r.a, r.b, r.c);
    if (r.function == "beta_quantile") return beta_quantile(r.a, r.b, r.c);
    if (r.function == "log_beta") return log_beta(r.a, r.b);
    if (r.function == "binomial_cdf") return binomial_cdf(r.a, r.b, r.c);
    if (r.function == "kolmogorov_survival") return kolmogorov_survival(r.a);
    if (r.function == "kolmogorov_smirnov_exact") {
        return kolmogorov_smirnov_exact(r.a, n(r.b), n(r.c));
    }
    throw std::logic_error("no such function: " + r.function);
}

}  // namespace

TEST_CASE("tail probabilities and quantiles equal the 50-digit values") {
    std::map<std::string, int> seen;
    for (const auto& r : table) {
        ++seen[r.function];
        const double value = evaluate(r);
        // Near p = 1e-300 one unit in the last place of the argument already moves p by 1e-13.
        const double relative = 1e-12;
        INFO(r.function << "(" << r.a << ", " << r.b << ", " << r.c << ") = " << value);
        CHECK(std::abs(value - r.value) <= relative * std::abs(r.value));
    }
    CHECK(seen.size() == 13);
    CHECK(seen["kolmogorov_smirnov_exact"] >= 130);
}

TEST_CASE("distributions at the ends of their ranges") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    CHECK(normal_cdf(-infinity) == 0);
    CHECK(normal_survival(-infinity) == 1);
    CHECK(chi_squared_survival(0, 3) == 1);
    CHECK(chi_squared_survival(infinity, 3) == 0);
    CHECK(chi_squared_quantile(0, 3) == 0);
    CHECK(student_t_two_sided(0, 3) == 1);
    CHECK(student_t_two_sided(-infinity, 3) == 0);
    CHECK(student_t_two_sided(1.96, infinity) == 2 * normal_survival(1.96));
    // For 1 degree P(|T| > t) = 2/(pi t) in the far tail, where t^2 overflows.
    CHECK(student_t_two_sided(1e200, 1) == Approx(2e-200 / std::acos(-1.0)).epsilon(1e-12));
    CHECK(beta_cdf(0, 2, 3) == 0);
    CHECK(beta_cdf(1, 2, 3) == 1);
    CHECK(beta_quantile(0, 2, 3) == 0);
    CHECK(beta_quantile(1, 2, 3) == 1);
    CHECK(log_beta(1, 1) == 0);
    CHECK(binomial_cdf(-1, 5, 0.5) == 0);
    CHECK(binomial_cdf(5, 5, 0.5) == 1);
    CHECK(binomial_cdf(0, 0, 0.5) == 1);
    CHECK(binomial_cdf(2, 5, 0) == 1);
    CHECK(binomial_cdf(2, 5, 1) == 0);
    CHECK(kolmogorov_survival(0) == 1);
    CHECK(kolmogorov_survival(infinity) == 0);
    CHECK(kolmogorov_smirnov_exact(0, 5, 7) == 1);
    CHECK(kolmogorov_smirnov_exact(1, 1, 1) == 1);
    CHECK(kolmogorov_smirnov_corrected(0, 10) == 1);
}

TEST_CASE("both forms of Kolmogorov's law agree where they meet") {
    CHECK(kolmogorov_survival(std::nextafter(1.0, 0.0)) ==
          Approx(kolmogorov_survival(1.0)).epsilon(1e-14));
}

TEST_CASE("arguments outside the range raise and name the parameter") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(normal_cdf(nan), std::invalid_argument);
    CHECK_THROWS_AS(normal_survival(nan), std::invalid_argument);
    CHECK_THROWS_AS(normal_quantile(0), std::invalid_argument);
    CHECK_THROWS_AS(normal_quantile(1), std::invalid_argument);
    CHECK_THROWS_AS(chi_squared_survival(-1, 3), std::invalid_argument);
    CHECK_THROWS_AS(chi_squared_survival(1, 0), std::invalid_argument);
    CHECK_THROWS_AS(chi_squared_quantile(1, 3), std::invalid_argument);
    CHECK_THROWS_AS(student_t_two_sided(1, -1), std::invalid_argument);
    CHECK_THROWS_AS(student_t_quantile(0, 3), std::invalid_argument);
    CHECK_THROWS_AS(beta_cdf(1.5, 2, 3), std::invalid_argument);
    CHECK_THROWS_AS(beta_cdf(0.5, 0, 3), std::invalid_argument);
    CHECK_THROWS_AS(beta_quantile(-0.1, 2, 3), std::invalid_argument);
    CHECK_THROWS_AS(log_beta(0, 1), std::invalid_argument);
    CHECK_THROWS_AS(binomial_cdf(1, 2.5, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(binomial_cdf(0.5, 2, 0.5), std::invalid_argument);
    CHECK_THROWS_AS(binomial_cdf(1, 2, 1.5), std::invalid_argument);
    CHECK_THROWS_AS(kolmogorov_survival(-1), std::invalid_argument);
    CHECK_THROWS_AS(kolmogorov_smirnov_exact(0.5, 0, 3), std::invalid_argument);
    CHECK_THROWS_AS(kolmogorov_smirnov_exact(1.5, 2, 3), std::invalid_argument);
    CHECK_THROWS_AS(kolmogorov_smirnov_corrected(0.5, 0), std::invalid_argument);
    CHECK_THROWS_AS(kolmogorov_smirnov_survival(0.5, 3, 0), std::invalid_argument);
    CHECK_THROWS_AS(confidence_level::of(1), std::invalid_argument);
    try {
        (void)chi_squared_survival(1, -2);
        FAIL("did not raise");
    } catch (const std::invalid_argument& problem) {
        CHECK(std::string(problem.what()) ==
              "chi_squared_survival: degrees is -2, expected a finite number > 0");
    }
}

TEST_CASE("confidence levels from the quantile equal the constants") {
    for (const auto& known : {confidence_90, confidence_95, confidence_99}) {
        const auto made = confidence_level::of(known.level);
        CHECK(made.level == known.level);
        CHECK(made.critical == Approx(known.critical).epsilon(1e-15));
    }
    CHECK(confidence_level::of(1 - 1e-12).critical == Approx(7.1308).epsilon(1e-4));
}

TEST_CASE("the closed form for equal sizes and the path count agree") {
    // kn paths of (n, n) by the closed form, of (n, n + 1) by lattice paths: neighbours in n, so
    // the probabilities differ by O(1/sqrt(n)) at most; a wrong factor would show.
    for (const std::uint64_t n : {50U, 200U, 900U}) {
        const double d = 1.36 * std::sqrt(2.0 / static_cast<double>(n));
        const double equal = kolmogorov_smirnov_exact(d, n, n);
        const double unequal = kolmogorov_smirnov_exact(d, n, n + 1);
        CHECK(std::abs(equal / unequal - 1) < 3 / std::sqrt(static_cast<double>(n)));
    }
    // n = m = 2: of the 6 orders, D >= 1 in 2 (xxyy, yyxx), D >= 1/2 in all.
    CHECK(kolmogorov_smirnov_exact(1, 2, 2) == Approx(2.0 / 6).epsilon(1e-15));
    CHECK(kolmogorov_smirnov_exact(0.5, 2, 2) == 1);
    // n = 2, m = 1: xxy and yxx reach 1, xyx reaches 1/2.
    CHECK(kolmogorov_smirnov_exact(1, 2, 1) == Approx(2.0 / 3).epsilon(1e-15));
}

TEST_CASE("Vrbik's law is as near to the exact one-sample law as its header says") {
    // P(D_n > d) for n = 10 at d = 0.40925 is 0.05 (Smirnov's table, n = 10, alpha = 0.05).
    CHECK(kolmogorov_smirnov_corrected(0.40925, 10) == Approx(0.05).epsilon(0.025));
    CHECK(kolmogorov_smirnov_corrected(0.18841, 50) == Approx(0.05).epsilon(0.005));
}

TEST_CASE("the two-sample law beyond the exact range is within its stated error") {
    // Sizes at which the general form uses the correction; the exact law by brute force.
    struct sizes {
        std::uint64_t n;
        std::uint64_t m;
    };
    for (const auto [n, m] : {sizes{10000, 5000}, sizes{20000, 1000}, sizes{9001, 8999}}) {
        const double e =
            static_cast<double>(n) * static_cast<double>(m) / static_cast<double>(n + m);
        const double common = static_cast<double>(n / std::gcd(n, m)) * static_cast<double>(m);
        for (const double z : {1.0, 1.36, 1.63, 2.2, 3.0}) {
            const double d = std::ceil(z / std::sqrt(e) * common) / common;
            const double exact = kolmogorov_smirnov_exact(d, n, m);
            const double fast = kolmogorov_smirnov_survival(d, n, m);
            INFO(n << " and " << m << ", z " << z << ": exact " << exact << ", fast " << fast);
            CHECK(std::abs(fast / exact - 1) < 0.02);
        }
    }
    // Within the exact range it is the exact law.
    CHECK(kolmogorov_smirnov_survival(0.1, 1000, 1000) ==
          kolmogorov_smirnov_exact(0.1, 1000, 1000));
    CHECK(kolmogorov_smirnov_survival(0.1, 997, 1000) == kolmogorov_smirnov_exact(0.1, 997, 1000));
}
