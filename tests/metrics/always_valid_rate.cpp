#include "leeway/metrics/always_valid_rate.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "leeway/core/concepts.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/always_valid_mean.hpp"
#include "oracle/metrics_table.hpp"

using leeway::always_valid_rate;
using leeway::bounded_mean;

static_assert(leeway::Metric<always_valid_rate>);

TEST_CASE("always-valid rates equal the ends solved for in 40 digits") {
    int seen = 0;
    for (const auto& from : oracle::metric_cases("sequences")) {
        if (!from.has("rate")) continue;
        INFO("case '" << from.name << "'");
        ++seen;
        const auto times = from.numbers("times");
        const auto rate = always_valid_rate{{from.numbers("level").at(0), 0}}.of(
            times.at(1), times.at(0) + times.at(1));
        const auto near = [&](double value, const char* key, double relative) {
            const double expected = from.numbers(key).at(0);
            INFO(key << " " << value << ", expected " << expected);
            CHECK(std::fabs(value - expected) <= relative * std::fabs(expected));
        };
        near(rate.value(), "rate", 1e-15);
        // The logarithms of n! grow with n, and their rounding with them.
        const double relative = rate.weight() > 1e7 ? 1e-9 : 1e-11;
        near(rate.lower(), "rate_lower", relative);
        near(rate.upper(), "rate_upper", relative);
    }
    CHECK(seen >= 140);
}

TEST_CASE("an always-valid rate reads flags and nothing else") {
    bounded_mean state;
    CHECK(always_valid_rate{}(state).reason() == leeway::undefined::empty);
    for (int i = 0; i < 400; ++i) state.update(i % 5 == 0 ? 1.0 : 0.0);
    const auto rate = always_valid_rate{}(state);
    CHECK(rate == always_valid_rate{}.of(80, 400));
    CHECK(rate.value() == 0.2);
    CHECK(rate.weight() == 400);
    CHECK(leeway::log_e_value_of_rate(80, 400, rate.lower()) == Approx(std::log(20)).epsilon(1e-9));
    // Narrower than the interval for any bounded mean.
    const auto mean = leeway::always_valid_mean{}(state);
    CHECK(mean.lower() < rate.lower());
    CHECK(rate.upper() < mean.upper());

    state.update(0.5);
    CHECK(always_valid_rate{}(state).reason() == leeway::undefined::out_of_range);
    bounded_mean other(0, 2);
    other.update(1);
    CHECK(always_valid_rate{}(other).reason() == leeway::undefined::out_of_range);
}

TEST_CASE("an always-valid rate of nothing and of everything") {
    const auto none = always_valid_rate{}.of(0, 1000), all = always_valid_rate{}.of(1000, 1000);
    CHECK(none.lower() == 0);
    CHECK(all.upper() == 1);
    CHECK(none.upper() == Approx(1 - all.lower()).epsilon(1e-9));
    CHECK(always_valid_rate{}.of(0, 0).reason() == leeway::undefined::empty);
    CHECK(std::isinf(leeway::log_e_value_of_rate(3, 10, 0)));
    CHECK(std::isinf(leeway::log_e_value_of_rate(3, 10, 1)));
    CHECK(leeway::log_e_value_of_rate(0, 10, 0) < 0);
    CHECK_THROWS_AS(always_valid_rate{}.of(2, 1), std::invalid_argument);
    CHECK_THROWS_AS(always_valid_rate{}.of(-1, 1), std::invalid_argument);
    CHECK_THROWS_AS(always_valid_rate{}.of(0, std::numeric_limits<double>::infinity()),
                    std::invalid_argument);
    CHECK_THROWS_AS(leeway::log_e_value_of_rate(1, 2, 1.5), std::invalid_argument);
}

TEST_CASE("looking 10,000 times misses the rate no more often than promised", "[simulation]") {
    leeway::random_source random(31);
    constexpr int streams = 300;
    for (const double p : {0.02, 0.3, 0.5}) {
        int missed = 0;
        for (int stream = 0; stream < streams; ++stream) {
            double successes = 0;
            bool ever = false;
            for (int row = 1; row <= 10'000; ++row) {
                successes += random.bernoulli(p) ? 1 : 0;
                // A count within 1.5 deviations of its mean has no evidence to speak of.
                const double off = successes - row * p;
                if (off * off > 2.25 * row * p * (1 - p)) {
                    ever = ever || leeway::log_e_value_of_rate(successes, row, p) >= std::log(10);
                }
            }
            missed += ever;
        }
        INFO("rate " << p << ": missed in " << missed << " of " << streams);
        CHECK(missed <= 30 + 15);  // three deviations of 5.2 above 0.1
        CHECK(missed >= 3);
    }
}
