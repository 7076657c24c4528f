#include "leeway/metrics/brier_score.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::brier_score;
using state = brier_score::state_type;

static_assert(leeway::Metric<brier_score>);

TEST_CASE("Brier score equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("scores")) {
        if (!from.has("brier_score")) continue;
        oracle::check(from, "brier_score", brier_score{}(oracle::scored(from, state())), seen);
    }
    CHECK(seen.values >= 180);
    CHECK(seen.undefined == 2);
}

TEST_CASE("Brier score of several classes equals the oracle's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("rows")) {
        oracle::check(from, "brier_score",
                      brier_score{}(oracle::rows<leeway::loss::row_brier>(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 1);
}

TEST_CASE("two classes as rows score twice the binary figure, up to 2") {
    state binary;
    leeway::mean_loss<leeway::loss::row_brier> rows;
    for (const auto& row : laws::probability_rows(100, false)) {
        binary.update(row);
        const double both[] = {1 - row.score, row.score};
        rows.update({.label = row.label, .scores = both});
    }
    CHECK(brier_score{}(rows).value() == Approx(2 * brier_score{}(binary).value()));
    leeway::mean_loss<leeway::loss::row_brier> wrong;
    const double certain[] = {1, 0};
    for (int i = 0; i < 2; ++i) wrong.update({.label = 1, .scores = certain});
    CHECK(brier_score{}(wrong).value() == 2);
    CHECK(brier_score{}(wrong).upper() == 2);
}

TEST_CASE("Brier score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            brier_score{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}

TEST_CASE("Brier score of the losses by class is that of all losses") {
    leeway::class_losses<leeway::loss::brier> by_class;
    CHECK(brier_score{}(by_class).reason() == leeway::undefined::empty);
    state whole;
    for (const auto& row : laws::probability_rows(500, true)) {
        by_class.update(row);
        whole.update(row);
    }
    const leeway::estimate one = brier_score{}(by_class), other = brier_score{}(whole);
    CHECK(one.value() == Approx(other.value()).epsilon(1e-15).scale(0));
    CHECK(one.lower() == Approx(other.lower()).epsilon(1e-14).scale(0));
    CHECK(one.upper() == Approx(other.upper()).epsilon(1e-14).scale(0));
    CHECK(one.weight() == other.weight());

    leeway::class_losses<leeway::loss::row_brier> rows_by_class(3);
    leeway::mean_loss<leeway::loss::row_brier> rows;
    const double scores[] = {0.5, 0.25, 0.25};
    for (const std::int32_t label : {0, 1, 1, 2}) {
        rows_by_class.update({.label = label, .scores = scores});
        rows.update({.label = label, .scores = scores});
    }
    CHECK(brier_score{}(rows_by_class).value() ==
          Approx(brier_score{}(rows).value()).epsilon(1e-15));
    CHECK(brier_score{}(rows_by_class).upper() ==
          Approx(brier_score{}(rows).upper()).epsilon(1e-14));
}
