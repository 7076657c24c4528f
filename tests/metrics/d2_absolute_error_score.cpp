#include "leeway/metrics/d2_absolute_error_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_absolute_error_score;
using state = d2_absolute_error_score::state_type;

static_assert(leeway::Metric<d2_absolute_error_score>);

TEST_CASE("D2 of the absolute error equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const d2_absolute_error_score metric;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-8,
                                    1e-12);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
    CHECK(intervals >= 280);
}

TEST_CASE("D2 of the absolute error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_absolute_error_score{}, [] { return state(); },
            laws::regression_rows(300, weighted));
    }
}

TEST_CASE("D2 of the absolute error: the band of histograms holds the exact figure") {
    std::size_t bands = 0;
    std::size_t tight = 0;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        const state rows = oracle::regressed<state>(from);
        const leeway::estimate exact = d2_absolute_error_score{}(rows);
        for (const auto& layout : {leeway::log_linear_layout(7, -30, 10, true),
                                   leeway::log_linear_layout(1, -3, 3, true)}) {
            leeway::error_histograms histograms(layout);
            for (std::size_t row = 0; row < rows.size(); ++row) histograms.update(rows[row]);
            const leeway::estimate band = d2_absolute_error_score{}(histograms);
            INFO("case '" << from.name << "'");
            REQUIRE(band.reason() == exact.reason());
            if (!exact) continue;
            ++bands;
            CHECK(band.confidence() == 1);
            CHECK(band.lower() <= exact.value());
            CHECK(exact.value() <= band.upper());
            CHECK(band.lower() <= band.value());
            CHECK(band.value() <= band.upper());
            if (band.upper() - band.lower() < 0.05 * (1 - exact.value())) ++tight;
        }
    }
    CHECK(bands >= 560);
    CHECK(tight >= 100);  // the fine layout, on targets that are not nearly equal
}

TEST_CASE("D2 of the absolute error: bands of a few targets that can be worked out") {
    const d2_absolute_error_score metric;
    leeway::error_histograms few(leeway::log_linear_layout(0, 0, 2, true));  // cells end at 2^k
    CHECK(metric(few).reason() == leeway::undefined::empty);
    few.update({.target = 1, .prediction = 1});
    CHECK(metric(few).reason() == leeway::undefined::too_little_data);
    few.update({.target = 1, .prediction = 2});
    CHECK(metric(few).reason() == leeway::undefined::constant_target);
    few.update({.target = 4, .prediction = 4});
    // Half of the weight is in [1, 2), the third target at 4: the sum below the line is at least
    // 4 - 2 = 2 and, with the constant at 1, at most 2 (2 - 1) + (4 - 1) = 5; at 1.5, 1 + 2.5.
    const leeway::estimate band = metric(few);
    CHECK(band.lower() == Approx(1 - 1 / 2.0).epsilon(1e-11));
    CHECK(band.upper() == Approx(1 - 1 / 3.5).epsilon(1e-11));
    few.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(metric(few).reason() == leeway::undefined::out_of_range);

    leeway::error_histograms together(leeway::log_linear_layout(0, 0, 2, true));
    together.update({.target = 4, .prediction = 5});
    together.update({.target = 5, .prediction = 5});
    CHECK(std::isinf(metric(together).lower()));  // one cell: they could be all but equal
    CHECK(metric(together).upper() == Approx(0).margin(1e-11));
}
