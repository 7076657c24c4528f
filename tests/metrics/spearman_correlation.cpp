#include "leeway/metrics/spearman_correlation.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/metrics_states.hpp"

using leeway::spearman_correlation;
using state = spearman_correlation::state_type;

static_assert(leeway::Metric<spearman_correlation>);

TEST_CASE("Spearman correlation equals its definition the slow way") {
    oracle::tally seen;
    std::size_t intervals = 0;
    const spearman_correlation metric;
    for (const auto& from : oracle::metric_cases("regression_pairs")) {
        oracle::check_with_interval(from, leeway::key_of(metric),
                                    metric(oracle::regressed<state>(from)), seen, intervals, 1e-8,
                                    1e-12);
    }
    CHECK(seen.values >= 270);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 150);
}

TEST_CASE("Spearman correlation does not see an increasing map") {
    state one, other;
    for (const auto& row : laws::regression_rows(200, true)) {
        one.update(row);
        other.update({row.target, std::exp(row.prediction), row.weight});
    }
    CHECK(spearman_correlation{}(one) == spearman_correlation{}(other));
}

TEST_CASE("Spearman correlation keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            spearman_correlation{}, [] { return state(); }, laws::regression_rows(300, weighted));
    }
}

TEST_CASE("Spearman correlation of weights of any size is the same") {
    const auto filled = [](double factor) {
        leeway::paired_values rows;
        for (auto row : laws::regression_rows(200, true)) {
            row.weight *= factor;
            rows.update(row);
        }
        return leeway::spearman_correlation{}(rows);
    };
    const leeway::estimate plain = filled(1);
    for (const double factor : {0x1p190, 0x1p-190, 1e-59}) {
        CAPTURE(factor);
        CHECK(filled(factor).value() == Approx(plain.value()).epsilon(1e-13));
        CHECK(filled(factor).upper() == Approx(plain.upper()).epsilon(1e-13));
    }
}
