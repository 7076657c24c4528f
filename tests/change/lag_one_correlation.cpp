#include "leeway/change/lag_one_correlation.hpp"

#include <cmath>
#include <limits>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::lag_one_correlation;

namespace {

std::vector<double> autoregressive(double phi, std::size_t n, std::uint64_t seed, double mean = 0) {
    leeway::random_source random(seed);
    std::vector<double> values;
    double x = random.normal();
    for (std::size_t i = 0; i < n; ++i) {
        values.push_back(mean + x);
        x = phi * x + std::sqrt(1 - phi * phi) * random.normal();
    }
    return values;
}

/// The definition, in two passes.
double by_definition(const std::vector<double>& values) {
    long double mean = 0;
    for (const double v : values) mean += v;
    mean /= static_cast<long double>(values.size());
    long double together = 0;
    long double variation = 0;
    for (std::size_t t = 0; t < values.size(); ++t) {
        variation += (values[t] - mean) * (values[t] - mean);
        if (t > 0) together += (values[t - 1] - mean) * (values[t] - mean);
    }
    return static_cast<double>(together / variation);
}

lag_one_correlation of(const std::vector<double>& values) {
    lag_one_correlation made;
    made.update(values);
    return made;
}

}  // namespace

TEST_CASE("lag-one correlation equals its definition") {
    CHECK(of({1, 2, 3, 4, 5}).result().value() == Approx(0.4).epsilon(1e-14));
    CHECK(of({1, -1, 1, -1}).result().value() == Approx(-0.75).epsilon(1e-14));
    for (const double phi : {-0.5, 0.0, 0.3, 0.9}) {
        const auto values = autoregressive(phi, 2'000, 5);
        CHECK(of(values).result().value() == Approx(by_definition(values)).epsilon(1e-11));
    }
    // Values about 1e9: the digits lost are those of the values themselves, eps 1e9 = 1e-7.
    const auto far = autoregressive(0.3, 2'000, 6, 1e9);
    CHECK(of(far).result().value() == Approx(by_definition(far)).epsilon(1e-6));
}

TEST_CASE("lag-one correlation is undefined where it has no meaning") {
    using leeway::undefined;
    CHECK(of({}).result().reason() == undefined::empty);
    CHECK(of({1, 2}).result().reason() == undefined::too_little_data);
    CHECK(of({3, 3, 3, 3}).result().reason() == undefined::constant_target);
    CHECK(of(std::vector<double>(1000, 0.1)).result().reason() == undefined::constant_target);
    CHECK_FALSE(of({3, 3, 3, 3}).void_above());
}

TEST_CASE("a missing value is counted and breaks the chain") {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    const auto broken = of({1, 5, missing, 2, 6, std::numeric_limits<double>::infinity(), 1});
    CHECK(broken.rejected().missing == 1);
    CHECK(broken.rejected().non_finite == 1);
    // Mean 3 over 1, 5, 2, 6, 1; pairs (1, 5) and (2, 6).
    CHECK(broken.result().value() == Approx((-2.0 * 2 + -1.0 * 3) / (4 + 4 + 1 + 9 + 4)));
}

TEST_CASE("the limit is passed only when the correlation is surely above it") {
    CHECK_FALSE(of(autoregressive(0, 5'000, 7)).void_above());
    CHECK_FALSE(of(autoregressive(0.1, 5'000, 8)).void_above());
    CHECK(of(autoregressive(0.2, 5'000, 9)).void_above());
    CHECK(of(autoregressive(0.9, 50, 10)).void_above());
    CHECK_FALSE(of(autoregressive(0.2, 5'000, 9)).void_above(0.5));
    CHECK_FALSE(of(autoregressive(-0.9, 5'000, 11)).void_above());
}

TEST_CASE("lag-one correlation is an ordered state") {
    static_assert(leeway::Updatable<lag_one_correlation>);
    static_assert(!leeway::Accumulator<lag_one_correlation>);
    const auto values = autoregressive(0.4, 300, 12);
    lag_one_correlation one_by_one;
    for (const double value : values) one_by_one.update(value);
    CHECK(one_by_one == of(values));
    auto loaded = leeway::from_bytes<lag_one_correlation>(leeway::to_bytes(one_by_one));
    REQUIRE(loaded);
    loaded->update(0.5);
    one_by_one.update(0.5);
    CHECK(*loaded == one_by_one);
    one_by_one.reset();
    CHECK(one_by_one == lag_one_correlation{});
}
