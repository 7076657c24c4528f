#include "leeway/metrics/median_absolute_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::median_absolute_error;
using state = median_absolute_error::state_type;

static_assert(leeway::Metric<median_absolute_error>);

TEST_CASE("median absolute error equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const median_absolute_error metric;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-12,
                                    0);
    }
    CHECK(seen.values >= 305);
    CHECK(seen.undefined >= 2);
    CHECK(intervals == 196);
}

TEST_CASE("the median is one definition, weighted or not") {
    state plain, ones, doubled, heavy;
    for (int i = 1; i <= 4; ++i) {
        plain.update({.target = 1.0 * i, .prediction = 0});
        ones.update({.target = 1.0 * i, .prediction = 0, .weight = 0.3});
        doubled.update({.target = 1.0 * i, .prediction = 0, .weight = 2});
        heavy.update({.target = 1.0 * i, .prediction = 0, .weight = i == 4 ? 3.5 : 1.0});
    }
    CHECK(median_absolute_error{}(plain).value() == 2.5);
    CHECK(median_absolute_error{}(ones).value() == 2.5);
    CHECK(median_absolute_error{}(doubled).value() == 2.5);
    CHECK(median_absolute_error{}(heavy).value() == 4);
}

TEST_CASE("an error that overflows is a large one") {
    state rows;
    rows.update({.target = 1, .prediction = 0});
    rows.update({.target = 2, .prediction = 0});
    rows.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(median_absolute_error{}(rows).value() == 2);
    rows.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(median_absolute_error{}(rows).reason() == leeway::undefined::out_of_range);
}

TEST_CASE("the median's interval covers the truth as often as it says", "[simulation]") {
    leeway::random_source random(31);
    int covered = 0;
    for (int sample = 0; sample < 2000; ++sample) {
        state rows;
        for (int row = 0; row < 101; ++row)
            rows.update({.target = random.uniform(), .prediction = 0});
        const leeway::estimate e = median_absolute_error{}(rows);
        covered += e.lower() <= 0.5 && 0.5 <= e.upper() ? 1 : 0;
    }
    // 95 % is 1,900 of 2,000, give or take 30 (three deviations); order statistics come in steps.
    CHECK(covered > 1870);
    CHECK(covered < 1960);
}

TEST_CASE("the band of a histogram of absolute errors holds the exact median") {
    std::size_t cases = 0;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        const state rows = oracle::regressed<state>(from);
        // Down to 1e-100, where the default layout ends at 1e-38.
        leeway::log_linear_histogram histogram(leeway::log_linear_layout(7, -400, 400, false));
        for (std::size_t row = 0; row < rows.size(); ++row) {
            histogram.update(
                {std::fabs(rows[row].target - rows[row].prediction), rows[row].weight});
        }
        const leeway::estimate exact = median_absolute_error{}(rows);
        const leeway::estimate band = median_absolute_error{}(histogram);
        INFO("case '" << from.name << "'");
        REQUIRE(band.reason() == exact.reason());
        if (!exact) continue;
        CHECK(band.confidence() == 1);
        CHECK(band.lower() <= exact.value());
        CHECK(exact.value() <= band.upper());
        CHECK(band.lower() <= band.value());
        CHECK(band.value() <= band.upper());
        if (band.lower() > 1e-100) CHECK(band.upper() <= band.lower() * (1 + 1.0 / 128));
        CHECK(band.weight() == Approx(exact.weight()));
        ++cases;
    }
    CHECK(cases >= 300);
}

TEST_CASE("a histogram's median between two cells is half way, and outside them one-sided") {
    leeway::log_linear_histogram histogram(leeway::log_linear_layout(3, -4, 4, false));
    histogram.update(1.0);
    histogram.update(4.0);
    const leeway::estimate e = median_absolute_error{}(histogram);
    CHECK(e.lower() == 2.5);
    CHECK(e.upper() == (1.125 + 4.5) / 2);
    for (int i = 0; i < 4; ++i) histogram.update(1e9);
    CHECK(median_absolute_error{}(histogram).value() == 32);
    CHECK(std::isinf(median_absolute_error{}(histogram).upper()));
}

TEST_CASE("median absolute error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            median_absolute_error{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("the median of error histograms is that of the absolute errors in them") {
    leeway::error_histograms histograms;
    for (const auto& row : laws::regression_rows(100, true)) histograms.update(row);
    CHECK(median_absolute_error{}(histograms) ==
          median_absolute_error{}(histograms.absolute_errors()));
}
