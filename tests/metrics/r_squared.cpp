#include "leeway/metrics/r_squared.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/implied_t.hpp"

using leeway::r_squared;
using state = r_squared::state_type;

static_assert(leeway::Metric<r_squared>);

TEST_CASE("R squared equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("regression")) {
        // Near 0 it is the difference of two numbers near 1.
        oracle::check(from, "r_squared", r_squared{}(oracle::regressed<state>(from)), seen, 1e-13);
    }
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 30);
}

TEST_CASE("its interval is from the rows' own influences") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("regression")) {
        if (!from.has("r_squared_variance")) continue;
        const leeway::estimate e = r_squared{}(oracle::regressed<state>(from));
        const double variance = from.numbers("r_squared_variance").at(0);
        INFO("case '" << from.name << "'");
        if (!e.has_interval()) {  // a fourth power of 1e60 fits; nothing here overflows
            CHECK(e.interval_reason() == leeway::undefined::no_variation);
            CHECK(variance < 1e-30);
            continue;
        }
        // The sums that it is a difference of agree in 7 digits where the fit is close and the
        // weights are rough.
        ++compared;
        if (!(1 - e.upper() > 1e-8 && variance > 1e-16)) continue;  // no digits left of 1 - upper
        const auto rows = oracle::regressed<state>(from);
        const double t = leeway::student_critical(
            leeway::confidence_95.critical,
            leeway::effective_rows(rows.weight(), rows.sum_of_squared_weights()) - 1);
        leeway_tests::check_ends(e, std::sqrt(variance), t, r_squared::info, 1e-5);
    }
    CHECK(compared >= 250);
}

TEST_CASE("its interval covers the truth as often as it says", "[simulation]") {
    // target = x + noise, prediction = x, both standard normal: R squared is 1/2 in the limit.
    leeway::random_source random(11);
    int covered = 0;
    constexpr int samples = 2000;
    for (int sample = 0; sample < samples; ++sample) {
        state rows;
        for (int row = 0; row < 200; ++row) {
            const double x = random.normal();
            rows.update({.target = x + random.normal(), .prediction = x});
        }
        const leeway::estimate e = r_squared{}(rows);
        covered += e.lower() <= 0.5 && 0.5 <= e.upper() ? 1 : 0;
    }
    // 95 % is 1,900 of 2,000, give or take 30 (three deviations), less a little for 200 rows.
    CHECK(covered > 1850);
    CHECK(covered < 1930);
}

TEST_CASE("R squared is undefined where nothing can be explained") {
    state rows;
    CHECK(r_squared{}(rows).reason() == leeway::undefined::empty);
    rows.update({.target = 1, .prediction = 1});
    CHECK(r_squared{}(rows).reason() == leeway::undefined::too_little_data);
    rows.update({.target = 1, .prediction = 1});
    CHECK(r_squared{}(rows).reason() == leeway::undefined::constant_target);
    CHECK(r_squared{}(rows).weight() == 2);
    rows.update({.target = 1e300, .prediction = 0});
    CHECK(r_squared{}(rows).reason() == leeway::undefined::out_of_range);
}

TEST_CASE("R squared keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            r_squared{}, [] { return state(); }, laws::regression_rows(300, weighted));
        laws::metric(
            r_squared{}, [] { return state(); }, laws::regression_rows(300, weighted, 1e6), 1e-9);
    }
}

TEST_CASE("R squared of targets of any size, or out of range, and never constant") {
    // By hand: targets 0 to 4 and errors 1, -1, 0, 2, 0: 1 - 6 / 10.
    const double errors[] = {1, -1, 0, 2, 0};
    for (const double scale : {1.0, 1e-100, 1e-130, 1e-140, 1e-162, 1e-165, 1e-300}) {
        CAPTURE(scale);
        state rows;
        for (int i = 0; i < 5; ++i)
            rows.update({.target = scale * i, .prediction = scale * (i - errors[i])});
        const leeway::estimate figure = r_squared{}(rows);
        if (scale >= 1e-130) {
            CHECK(figure.value() == Approx(0.4).epsilon(1e-13));
            CHECK(figure.has_interval() == (scale == 1.0));  // fourth powers below 1e-271
        } else {
            CHECK(figure.reason() == leeway::undefined::out_of_range);
        }
    }
}

TEST_CASE("R squared with an error that overflows is out of range") {
    state rows;
    for (int i = 0; i < 5; ++i) rows.update({.target = 1.0 * i, .prediction = 1.5 * i});
    rows.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(r_squared{}(rows).reason() == leeway::undefined::out_of_range);
}
