#include "leeway/metrics/d2_pinball_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::d2_pinball_score;
using state = d2_pinball_score::state_type;

static_assert(leeway::Metric<d2_pinball_score>);

TEST_CASE("D2 of the pinball loss equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const double level : {0.1, 0.9}) {
        const d2_pinball_score metric{level};
        for (const auto& from : oracle::metric_cases("regression_pairs")) {
            oracle::check_with_interval(from, leeway::key_of(metric),
                                        metric(oracle::regressed<state>(from)), seen, intervals,
                                        1e-8, 1e-12);
        }
    }
    CHECK(seen.values >= 550);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 550);
}

TEST_CASE("a level that is no level raises") {
    CHECK_THROWS_AS(d2_pinball_score{1.0}(state()), std::invalid_argument);
    CHECK_THROWS_AS(d2_pinball_score{laws::not_a_number}(state()), std::invalid_argument);
    CHECK(d2_pinball_score{0.25}.key() == "d2_pinball_score_0.25");
}

TEST_CASE("the best constant has no skill") {
    state rows;
    for (int i = 1; i <= 9; ++i) rows.update({.target = 1.0 * i * i, .prediction = 25});
    CHECK(d2_pinball_score{0.5}(rows).value() == 0);
}

TEST_CASE("D2 of the pinball loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            d2_pinball_score{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("D2 of the pinball loss: the band of histograms holds the exact figure") {
    std::size_t bands = 0;
    std::size_t tight = 0;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        const state rows = oracle::regressed<state>(from);
        for (const auto& layout : {leeway::log_linear_layout(7, -30, 10, true),
                                   leeway::log_linear_layout(1, -3, 3, true)}) {
            leeway::error_histograms histograms(layout);
            for (std::size_t row = 0; row < rows.size(); ++row) histograms.update(rows[row]);
            for (const double level : {0.1, 0.5, 0.9}) {
                const leeway::estimate exact = d2_pinball_score{level}(rows);
                const leeway::estimate band = d2_pinball_score{level}(histograms);
                INFO("case '" << from.name << "', level " << level);
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
    }
    CHECK(bands >= 3 * 560);
    CHECK(tight >= 300);  // the fine layout, on targets that are not nearly equal
}

TEST_CASE("D2 of the pinball loss: bands of a few targets that can be worked out") {
    const d2_pinball_score metric{0.75};
    leeway::error_histograms few(leeway::log_linear_layout(0, 0, 2, true));  // cells end at 2^k
    CHECK(metric(few).reason() == leeway::undefined::empty);
    few.update({.target = 1, .prediction = 1});
    CHECK(metric(few).reason() == leeway::undefined::too_little_data);
    few.update({.target = 1, .prediction = 2});
    CHECK(metric(few).reason() == leeway::undefined::constant_target);
    few.update({.target = 4, .prediction = 3});
    // The loss of the predictions is 1/4 + 3/4. Three quarters of the weight are reached at the
    // third target, 4, whose cell ends there: two targets in [1, 2] are 2 (4 - 2) / 4 to
    // 2 (4 - 1) / 4 away.
    const leeway::estimate band = metric(few);
    CHECK(band.lower() == Approx(1 - 1.0).margin(1e-11));
    CHECK(band.upper() == Approx(1 - 1 / 1.5).epsilon(1e-11));
    few.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(metric(few).reason() == leeway::undefined::out_of_range);
    CHECK_THROWS_AS(d2_pinball_score{0.0}(few), std::invalid_argument);
}
