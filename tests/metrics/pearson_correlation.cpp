#include "leeway/metrics/pearson_correlation.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "leeway/metrics/concordance_correlation.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::pearson_correlation;
using state = pearson_correlation::state_type;

static_assert(leeway::Metric<pearson_correlation>);

TEST_CASE("Pearson correlation equals its definition in many digits") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const pearson_correlation metric;
    for (const auto& from : oracle::metric_cases("regression_moments")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-7,
                                    1e-13);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 30);
    CHECK(intervals >= 150);
}

TEST_CASE("the correlation of two signs has the interval of its own law") {
    // For u and v = +-1 the influence is u v - r with mean square 1 - r^2: the variance of z is 1 /
    // ((1 - r^2) (n - 3)), where a bivariate normal would have 1 / (n - 3).
    state rows;
    for (int i = 0; i < 80; ++i) {
        const double u = i % 2 == 0 ? 1 : -1;
        rows.update({.target = u, .prediction = i < 64 ? u : -u});
    }
    const double r = 0.6, half = 1.959963984540054 / std::sqrt((1 - r * r) * 77);
    const auto e = pearson_correlation{}(rows);
    CHECK(e.value() == Approx(r).epsilon(1e-14));
    CHECK(e.lower() == Approx(std::tanh(std::atanh(r) - half)).epsilon(1e-12));
    CHECK(e.upper() == Approx(std::tanh(std::atanh(r) + half)).epsilon(1e-12));
    // Without scale and offset concordance is the same figure with the same influence, over n - 2.
    const auto c = leeway::concordance_correlation{}(rows);
    CHECK(c.value() == Approx(r).epsilon(1e-14));
    CHECK(c.upper() ==
          Approx(std::tanh(std::atanh(r) + half * std::sqrt(77.0 / 78))).epsilon(1e-12));
}

TEST_CASE("where the influence drowns in rounding the interval is Fisher's") {
    state rows;
    for (int i = 0; i < 100; ++i) {
        rows.update({.target = 1.0 * i, .prediction = i + 3e-3 * (i % 3)});
    }
    const auto e = pearson_correlation{}(rows);
    REQUIRE(e.has_interval());
    CHECK(std::atanh(e.upper()) - std::atanh(e.value()) ==
          Approx(1.959963984540054 / std::sqrt(97.0)).epsilon(0.01));
}

TEST_CASE("a correlation of one claims no certainty") {
    state rows;
    for (int i = 0; i < 10; ++i) rows.update({.target = 1.0 * i, .prediction = 2.0 * i});
    CHECK(pearson_correlation{}(rows).value() == 1);
    CHECK_FALSE(pearson_correlation{}(rows).has_interval());
}

TEST_CASE("Pearson correlation keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            pearson_correlation{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("Pearson correlation of numbers of any size, or out of range, and never constant") {
    for (const double scale : {1.0, 1e-130, 1e-140, 1e-165, 1e-300}) {
        CAPTURE(scale);
        leeway::comoments rows;
        const double predictions[] = {1, 0, 3, 2};  // by hand: 3 / 5
        for (int i = 0; i < 4; ++i)
            rows.update({.target = scale * i, .prediction = scale * predictions[i]});
        const leeway::estimate figure = leeway::pearson_correlation{}(rows);
        if (scale >= 1e-130) {
            CHECK(figure.value() == Approx(0.6).epsilon(1e-14));
        } else {
            CHECK(figure.reason() == leeway::undefined::out_of_range);
        }
    }
}
