#include "leeway/metrics/always_valid_mean.hpp"

#include <cmath>
#include <functional>
#include <limits>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/random.hpp"
#include "oracle/metrics_table.hpp"

using leeway::always_valid_mean;
using leeway::bounded_mean;

static_assert(leeway::Metric<always_valid_mean>);

namespace {

bounded_mean state_of(const oracle::metric_case& from) {
    const auto range = from.numbers("range"), value = from.numbers("value");
    const auto times = from.numbers("times");
    bounded_mean state(range.at(0), range.at(1));
    for (std::size_t i = 0; i < value.size(); ++i) {
        // As often as it says, by doubling: merged shards count like rows.
        bounded_mean part(range.at(0), range.at(1));
        part.update(value[i]);
        for (auto left = static_cast<std::uint64_t>(times.at(i)); left > 0; left /= 2) {
            if (left % 2 == 1) state.merge(part);
            part.merge(part);
        }
    }
    return state;
}

}  // namespace

TEST_CASE("always-valid means equal the ends solved for in 40 digits") {
    int seen = 0;
    for (const auto& from : oracle::metric_cases("sequences")) {
        INFO("case '" << from.name << "'");
        ++seen;
        const bounded_mean state = state_of(from);
        const auto mean = always_valid_mean{{from.numbers("level").at(0), 0}}(state);
        const auto near = [&](double value, const char* key, double absolute) {
            const double expected = from.numbers(key).at(0);
            INFO(key << " " << value << ", expected " << expected);
            CHECK(std::fabs(value - expected) <= 1e-12 * std::fabs(expected) + absolute);
        };
        const double span = state.high() - state.low();
        near(mean.value(), "mean", 1e-15 * span);
        near(mean.lower(), "mean_lower", 1e-12 * span);
        near(mean.upper(), "mean_upper", 1e-12 * span);
        // S - n m is a difference of sums: its rounding grows with the rows.
        near(leeway::log_e_value_of_mean(state, from.numbers("null").at(0)), "evidence",
             1e-12 + 1e-15 * static_cast<double>(state.rows()));
    }
    CHECK(seen >= 300);
}

TEST_CASE("an always-valid mean's ends are where its evidence reaches the level") {
    leeway::random_source random(5);
    bounded_mean state(0, 10);
    for (int i = 0; i < 500; ++i) state.update(10 * random.uniform() * random.uniform());
    const auto mean = always_valid_mean{}(state);
    CHECK(leeway::log_e_value_of_mean(state, mean.lower()) == Approx(std::log(20)).epsilon(1e-9));
    CHECK(leeway::log_e_value_of_mean(state, mean.upper()) == Approx(std::log(20)).epsilon(1e-9));
    CHECK(leeway::log_e_value_of_mean(state, mean.value()) < 0);
    CHECK(std::isinf(leeway::log_e_value_of_mean(state, 10.1)));
    const auto surer = always_valid_mean{leeway::confidence_99}(state);
    CHECK(surer.lower() < mean.lower());
    CHECK(mean.upper() < surer.upper());
    CHECK(surer.confidence() == 0.99);
    CHECK(surer.weight() == 500);
    // About four standard errors a side, as the header says.
    const double n = 1e5;
    bounded_mean large;
    for (int i = 0; i < static_cast<int>(n); ++i) large.update(random.uniform());
    const auto wide = always_valid_mean{}(large);
    const double half = (wide.upper() - wide.lower()) / 2 / std::sqrt(1.0 / 12 / n);
    CHECK(half > 3.5);
    CHECK(half < 4.5);
}

TEST_CASE("an always-valid mean at the ends of its range") {
    CHECK(always_valid_mean{}(bounded_mean()).reason() == leeway::undefined::empty);
    bounded_mean zeros;
    zeros.update(0);
    CHECK(always_valid_mean{}(zeros).lower() == 0);
    CHECK(always_valid_mean{}(zeros).upper() == 1);  // one row shows nothing
    for (int i = 0; i < 1000; ++i) zeros.update(0);
    CHECK(always_valid_mean{}(zeros).value() == 0);
    CHECK(always_valid_mean{}(zeros).lower() == 0);
    CHECK(always_valid_mean{}(zeros).upper() < 0.03);
}

TEST_CASE("looking 10,000 times misses the mean no more often than promised", "[simulation]") {
    // P(ever missed) <= 0.1 is a theorem; 200 streams a law make sure that the code is what was
    // proved. A normal interval, looked at as often, misses in more than half the streams.
    struct law {
        const char* name;
        double mean;
        double variance;
        std::function<double(leeway::random_source&)> draw;
    };
    const std::vector<law> all{
        {"flags of 0.1", 0.1, 0.09, [](auto& r) { return r.bernoulli(0.1) ? 1.0 : 0.0; }},
        {"skewed", 0.25, 7.0 / 144, [](auto& r) { return r.uniform() * r.uniform(); }},
        {"coin", 0.5, 0.25, [](auto& r) { return r.bernoulli(0.5) ? 1.0 : 0.0; }}};
    leeway::random_source random(11);
    constexpr int streams = 200;
    int missed_in_all = 0;
    for (const law& each : all) {
        int missed = 0;
        for (int stream = 0; stream < streams; ++stream) {
            bounded_mean state;
            bool ever = false;
            for (int row = 0; row < 10'000; ++row) {
                state.update(each.draw(random));
                // The interval holds the mean exactly where the evidence stays below 1 / level; a
                // sum within 1.5 deviations of its mean has no evidence to speak of.
                const double n = row + 1, off = state.unit_sum() - n * each.mean;
                if (off * off > 2.25 * n * each.variance) {
                    ever = ever || leeway::log_e_value_of_mean(state, each.mean) >= std::log(10);
                }
            }
            missed += ever;
        }
        INFO(each.name << ": missed in " << missed << " of " << streams);
        CHECK(missed <= 20 + 13);  // three deviations of 4.2 above 0.1
        missed_in_all += missed;
    }
    CHECK(missed_in_all >= 2);  // and not by saying nothing
}
