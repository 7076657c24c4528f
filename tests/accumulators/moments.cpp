#include "leeway/accumulators/moments.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <string_view>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/core/random.hpp"

using leeway::moments;

namespace {

std::vector<double> readings_of(const moments& state) {
    std::vector<double> out;
    laws::append(out, state.mean());
    laws::append(out, state.variance());
    laws::append(out, state.standard_deviation());
    laws::append(out, state.kurtosis());
    out.push_back(state.sum_of_squared_deviations());
    out.push_back(static_cast<double>(state.rejected().total()));
    return out;
}

struct reference {
    std::string_view name;
    double mean, standard_deviation, skewness, kurtosis;
};

constexpr reference references[] = {
#include "oracle/moments.inc"
};

std::vector<double> data(std::string_view name) {
    const bool far = name.ends_with("_far");
    if (far) name.remove_suffix(4);
    std::vector<double> values;
    const auto alternating = [&](double first, double low, double high) {
        values.push_back(first);
        for (int i = 0; i < 500; ++i) values.insert(values.end(), {low, high});
    };
    if (name == "num_acc_1") values = {10000001.0, 10000003.0, 10000002.0};
    if (name == "num_acc_2") alternating(1.2, 1.1, 1.3);
    if (name == "num_acc_3") alternating(1000000.2, 1000000.1, 1000000.3);
    if (name == "num_acc_4") alternating(10000000.2, 10000000.1, 10000000.3);
    if (name == "squares") {
        for (int i = 1; i <= 1000; ++i) values.push_back(static_cast<double>(i * i) / 7);
    }
    for (double& value : values) value += far ? 1e9 : 0;
    return values;
}

/// Correct digits: -log10 of the relative error, 16 when equal.
double digits(double computed, double exact) {
    if (computed == exact) return 16;
    return -std::log10(std::fabs(computed - exact) / std::fabs(exact));
}

}  // namespace

TEST_CASE("moments obey the laws of accumulators") {
    static_assert(leeway::Bounded<moments>);
    // 1e-12: the twelfth digit must not depend on the order of merging.
    const laws::promise<moments> twelve{.tolerance = 1e-12, .readings = readings_of};
    laws::accumulator([] { return moments(); }, laws::value_rows(3000, false, 5), twelve);
    laws::accumulator([] { return moments(); }, laws::value_rows(3000, true, 5), twelve);
    laws::accumulator([] { return moments(); },
                      laws::with_rough_weights(laws::value_rows(3000, false, 5)), twelve);
    laws::accumulator([] { return moments(4.5); }, laws::value_rows(3000, true, 5), twelve);
    laws::accumulator([] { return moments(); }, laws::value_rows(3000, true, 1e9), twelve);
    laws::accumulator([] { return moments(1e9); }, laws::value_rows(3000, true, 1e9), twelve);
}

TEST_CASE("moments survive hostile bytes") {
    moments state;
    laws::hostile_bytes(state);
    for (const double x : {3.0, 4.0, 8.5, laws::not_a_number}) state.update(x);
    laws::hostile_bytes(state);
    laws::hostile_bytes(moments(2.0));
}

TEST_CASE("saved moments that cannot be are refused") {
    using leeway::compensated_sum;
    moments state;
    state.update(1.0);
    const auto powers = [](double second, double fourth) {
        std::array<compensated_sum, 4> sums;
        sums[1].add(second);
        sums[3].add(fourth);
        return sums;
    };
    CHECK_FALSE(laws::refused(state, "power", powers(1, 1)));
    CHECK(laws::refused(state, "power", powers(-1, 1)));
    CHECK(laws::refused(state, "power", powers(1, -1)));
    CHECK(laws::refused(state, "shift", laws::infinite));
    CHECK(laws::refused(state, "shift", laws::not_a_number));
}

TEST_CASE("moments reach the certified digits") {
    for (const reference& r : references) {
        const std::vector<double> values = data(r.name);
        moments one_by_one, batch, given(values.back());
        for (const double value : values) one_by_one.update(value);
        batch.update(values);
        given.update(values);
        for (const moments* state : {&one_by_one, &batch, &given}) {
            INFO(r.name << " " << leeway::to_debug_string(*state));
            CHECK(digits(state->mean().value(), r.mean) >= 15);
            CHECK(digits(state->standard_deviation().value(), r.standard_deviation) >= 14);
            CHECK(digits(state->kurtosis().value(), r.kurtosis) >= 12);
            // A symmetric set has no relative digits of skewness: its third powers cancel.
            if (std::fabs(r.skewness) < 1e-3) {
                CHECK(std::fabs(state->skewness().value() - r.skewness) < 1e-12);
            } else {
                CHECK(digits(state->skewness().value(), r.skewness) >= 12);
            }
        }
    }
}

TEST_CASE("the order of merging leaves twelve digits of the moments alone") {
    leeway::random_source random(99);
    for (const double center : {0.0, 1e6, 1e9}) {
        std::vector<double> values(64 * 50);
        for (double& value : values) value = center + random.normal();
        moments whole;
        whole.update(values);
        for (int order = 0; order < 100; ++order) {
            std::vector<moments> shards(64);
            for (std::size_t i = 0; i < values.size(); ++i) shards[i / 50].update(values[i]);
            while (shards.size() > 1) {
                const std::size_t from = random.below(shards.size());
                const moments moved = shards[from];
                shards.erase(shards.begin() + static_cast<std::ptrdiff_t>(from));
                shards[random.below(shards.size())].merge(moved);
            }
            CAPTURE(center, order);
            CHECK(digits(shards[0].standard_deviation().value(),
                         whole.standard_deviation().value()) >= 13);
            CHECK(digits(shards[0].kurtosis().value(), whole.kurtosis().value()) >= 12);
        }
    }
}

TEST_CASE("adding 1e9 to every value moves the mean and nothing else") {
    leeway::random_source random(5);
    moments near, far, far_from_given_shift(1e9 + 3);
    for (int i = 0; i < 10000; ++i) {
        // Multiples of 2^-20, so that the sum with 1e9 is exact and so is the comparison.
        const double value = std::ldexp(std::floor(std::ldexp(random.normal(), 20)), -20);
        near.update(value);
        far.update(value + 1e9);
        far_from_given_shift.update(value + 1e9);
    }
    for (const moments& state : {far, far_from_given_shift}) {
        CHECK(digits(state.standard_deviation().value(), near.standard_deviation().value()) >= 14);
        CHECK(digits(state.kurtosis().value(), near.kurtosis().value()) >= 12);
        CHECK(std::fabs(state.skewness().value() - near.skewness().value()) < 1e-12);
        CHECK(state.mean().value() == Approx(1e9 + near.mean().value()).epsilon(1e-15));
    }
}

TEST_CASE("moments of states far apart merge without loss") {
    // Two clusters 2e12 apart, merged in both directions; the heavier side's shift is kept.
    moments left, right;
    for (int i = 0; i < 100; ++i) left.update(-1e12 + i);
    for (int i = 0; i < 50; ++i) right.update(1e12 + i);
    moments a = left, b = right;
    a.merge(right);
    b.merge(left);
    CHECK(a.shift() == left.shift());
    CHECK(b.shift() == left.shift());
    // Between the clusters: 100 * 50 / 150 * (2e12 - 25)^2; within: (n^3 - n) / 12 each.
    const double within = (1e6 - 100) / 12 + (125000.0 - 50) / 12;
    const double expected = 100.0 * 50 / 150 * std::pow(2e12 - 25, 2) + within;
    CHECK(digits(a.sum_of_squared_deviations(), expected) >= 15);
    CHECK(digits(b.sum_of_squared_deviations(), expected) >= 15);

    // The heavier side's shift is kept even when it is the one that is merged in.
    moments light, heavy, plain;
    light.update(-1e12);
    plain.update(-1e12);
    for (int i = 0; i < 1000; ++i) heavy.update(i % 7);
    for (int i = 0; i < 1000; ++i) plain.update(i % 7);
    light.merge(heavy);
    CHECK(light.shift() == 0);
    CHECK(digits(light.standard_deviation().value(), plain.standard_deviation().value()) >= 14);
}

TEST_CASE("moments are undefined with a reason") {
    using leeway::estimate;
    using leeway::undefined;
    moments state;
    CHECK(state.mean() == estimate(undefined::empty));
    CHECK(state.variance() == estimate(undefined::empty));
    CHECK(state.standard_deviation() == estimate(undefined::empty));
    CHECK(state.skewness() == estimate(undefined::empty));
    CHECK(state.kurtosis() == estimate(undefined::empty));
    CHECK(state.sum_of_squared_deviations() == 0);

    state.update({2.5, 1});
    CHECK(state.mean().value() == 2.5);
    CHECK_FALSE(state.mean().has_interval());
    CHECK(state.variance() == estimate(undefined::too_little_data, 1));
    CHECK(state.standard_deviation().reason() == undefined::too_little_data);
    CHECK(state.skewness().reason() == undefined::zero_denominator);

    state.update(2.5);
    CHECK(state.variance().value() == 0);
    CHECK(state.mean().lower() == 2.5);
    CHECK(state.kurtosis() == estimate(undefined::zero_denominator, 2));

    moments constant(0.1);  // about a far shift a constant leaves rounding noise, not a variance
    for (int i = 0; i < 1000; ++i) constant.update(1.0 / 3);
    CHECK(constant.variance().value() == 0);
    CHECK(constant.skewness().reason() == undefined::zero_denominator);

    moments light;
    light.update({1.0, 0.25});
    light.update({2.0, 0.25});
    CHECK(light.mean().value() == 1.5);
    CHECK(light.variance().reason() == undefined::too_little_data);

    moments vast;
    vast.update(-std::numeric_limits<double>::max());
    vast.update(std::numeric_limits<double>::max());
    CHECK(vast.rows() == 2);
    CHECK(vast.rejected().total() == 0);
    CHECK(vast.mean().reason() == undefined::out_of_range);
    CHECK(vast.variance().reason() == undefined::out_of_range);

    moments wide;  // its fourth powers overflow, its squares do not
    wide.update(-1e100);
    wide.update(1e100);
    wide.update(1.5e100);
    CHECK(wide.variance().defined());
    CHECK(wide.kurtosis().reason() == undefined::out_of_range);
}

TEST_CASE("moments by hand") {
    moments state;
    for (const double x : {2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0}) state.update(x);
    CHECK(state.mean().value() == 5);
    CHECK(state.sum_of_squared_deviations() == 32);
    CHECK(state.variance().value() == Approx(32.0 / 7).epsilon(1e-15));
    CHECK(state.skewness().value() == Approx(5.25 / 8).epsilon(1e-15));   // m2 = 4, m3 = 5.25
    CHECK(state.kurtosis().value() == Approx(44.5 / 16).epsilon(1e-15));  // m4 = 44.5
    CHECK(state.rows() == 8);
    CHECK(state.weight() == 8);

    const double half = leeway::confidence_95.critical * std::sqrt(32.0 / 7 / 8);
    CHECK(state.mean().lower() == Approx(5 - half).epsilon(1e-15));
    CHECK(state.mean().upper() == Approx(5 + half).epsilon(1e-15));
    CHECK(state.mean().confidence() == 0.95);
    CHECK(state.mean(leeway::confidence_99).confidence() == 0.99);
    CHECK(state.mean(leeway::confidence_99).lower() < state.mean().lower());

    CHECK(state.power_sum(1) == 24);  // about the first value, 2
    CHECK(state.power_sum(2) == 104);
    CHECK_THROWS_AS(state.power_sum(0), std::invalid_argument);
    CHECK_THROWS_AS(state.power_sum(5), std::invalid_argument);
    CHECK_THROWS_AS(moments(laws::not_a_number), std::invalid_argument);
    CHECK_THROWS_AS(moments(laws::infinite), std::invalid_argument);
}

TEST_CASE("the 95 % interval of the mean covers it about 95 times in 100", "[simulation]") {
    leeway::random_source random(1234);
    int covered = 0;
    constexpr int runs = 2000;
    for (int run = 0; run < runs; ++run) {
        moments state;
        for (int i = 0; i < 200; ++i) state.update(3 + random.normal());
        const auto mean = state.mean();
        covered += mean.lower() <= 3 && 3 <= mean.upper();
    }
    // Standard error of the share: sqrt(.95 * .05 / 2000) = 0.0049; five of them either way.
    CHECK(covered / static_cast<double>(runs) == Approx(0.95).margin(0.025));
}

TEST_CASE(
    "squares too small for their digits are out of range, and nothing that varies is constant") {
    // scale: 1e-100 has a variance of 1e-200, and no kurtosis; below 1e-135 not even that.
    for (const double scale :
         {1.0, 1e-60, 1e-100, 1e-134, 1e-138, 1e-162, 1e-165, 1e-300, 5e-324}) {
        CAPTURE(scale);
        moments singles;
        moments batch;
        std::vector<double> column;
        for (int i = 0; i < 2000; ++i) column.push_back(scale * (i % 7));
        for (const double value : column) singles.update(value);
        batch.update(leeway::weighted_value::columns{column});
        for (const moments& state : {singles, batch}) {
            const leeway::estimate variance = state.variance();
            if (scale >= 1e-134) {
                CHECK(variance.value() / scale / scale == Approx(4.0).epsilon(0.01));
            } else {
                CHECK(variance.reason() == leeway::undefined::out_of_range);
            }
            if (scale >= 1e-60) {
                CHECK(state.kurtosis().value() == Approx(1.75).epsilon(0.01));
            } else {
                CHECK(state.kurtosis().reason() == leeway::undefined::out_of_range);
                CHECK(state.skewness().defined() == (scale > 1e-90));
            }
        }
    }
    moments same;
    const std::vector<double> constant(1000, 3.5);
    same.update(leeway::weighted_value::columns{constant});
    CHECK(same.variance().value() == 0);
    CHECK(same.kurtosis().reason() == leeway::undefined::zero_denominator);
}
