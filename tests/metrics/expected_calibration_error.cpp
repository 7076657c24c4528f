#include "leeway/metrics/expected_calibration_error.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/calibration_model.hpp"

using leeway::expected_calibration_error;
using state = expected_calibration_error::state_type;

static_assert(leeway::Metric<expected_calibration_error>);

TEST_CASE("expected calibration error equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("scores")) {
        if (!from.has("expected_calibration_error")) continue;
        // A sum of differences of sums: 1e-15 of the sums, and no weights are far above the total.
        oracle::check(from, "expected_calibration_error",
                      expected_calibration_error{}(oracle::scored(from, state())), seen, 1e-14);
    }
    CHECK(seen.values >= 180);
    CHECK(seen.undefined == 2);
}

TEST_CASE("the top label's calibration error is that of (right, largest probability)") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("rows")) {
        state bins;
        oracle::for_each_row(from, [&](const leeway::probability_row& row) {
            const auto top = std::max_element(row.scores.begin(), row.scores.end());
            bins.update({.label = top - row.scores.begin() == row.label ? 1 : 0,
                         .score = *top,
                         .weight = row.weight});
        });
        oracle::check(from, "expected_calibration_error", expected_calibration_error{}(bins), seen,
                      1e-14);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 1);
}

TEST_CASE("expected calibration error by hand") {
    state bins(4);
    bins.update({.label = 1, .score = 0.75, .weight = 3});  // last bin: 3 (1 - 0.75) - 1 (0.875)
    bins.update({.label = 0, .score = 0.875});
    bins.update({.label = 0, .score = 0.125, .weight = 4});  // first bin: 4 (0.125)
    const leeway::estimate e = expected_calibration_error{}(bins);
    CHECK(e.value() == Approx((std::fabs(0.75 - 0.875) + 0.5) / 8));
    CHECK(e.weight() == 8);
    CHECK(e.has_interval());
}

TEST_CASE("the interval of expected calibration error equals the oracle's") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibration")) {
        const auto e = expected_calibration_error{}(oracle::scored(from, state()));
        compared += oracle::check_ends(from, "expected_calibration_error", e) ? 1u : 0u;
    }
    CHECK(compared >= 310);
}

TEST_CASE("expected calibration error covers the truth", "[simulation]") {
    for (const double tilt : {0.0, 0.05, 0.15, 0.25}) {
        const calibration_model model{tilt};
        for (const std::size_t bins : {5u, 20u}) {
            for (const int rows : {30, 300, 3000}) {
                CAPTURE(tilt, bins, rows);
                const double share =
                    coverage<expected_calibration_error>(model, rows, bins, model.mean(bins));
                CHECK(share >= 0.97);
            }
        }
    }
}

TEST_CASE("expected calibration error keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            expected_calibration_error{}, [] { return state(); },
            laws::probability_rows(300, weighted));
    }
}
