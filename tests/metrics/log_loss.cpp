#include "leeway/metrics/log_loss.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::log_loss;
using state = log_loss::state_type;

static_assert(leeway::Metric<log_loss>);

TEST_CASE("log loss equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("scores")) {
        if (!from.has("log_loss")) continue;
        // scikit-learn clips a certainty that was right to a loss of 2.2e-16, where this says 0.
        oracle::check(from, "log_loss", log_loss{}(oracle::scored(from, state())), seen, 1e-15);
    }
    CHECK(seen.values >= 180);
    CHECK(seen.undefined == 2);
}

TEST_CASE("log loss of several classes equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("rows")) {
        oracle::check(from, "log_loss",
                      log_loss{}(oracle::rows<leeway::loss::row_logarithmic>(from)), seen, 1e-15);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 1);
}

TEST_CASE("certainty in the wrong class is infinite, and counted") {
    state losses;
    losses.update({.label = 1, .score = 0.5});
    losses.update({.label = 1, .score = 0});
    const leeway::estimate e = log_loss{}(losses);
    CHECK(std::isinf(e.value()));
    CHECK(e.value() > 0);
    CHECK(!e.has_interval());
    CHECK(losses.infinite() == 1);
    CHECK(losses.mean() == Approx(std::log(2.0)));
    state only;
    only.update({.label = 0, .score = 1});
    CHECK(std::isinf(log_loss{}(only).value()));
}

TEST_CASE("log loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            log_loss{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}

TEST_CASE("log loss of the losses by class is that of all losses") {
    leeway::class_losses<leeway::loss::logarithmic> by_class;
    CHECK(log_loss{}(by_class).reason() == leeway::undefined::empty);
    state whole;
    for (const auto& row : laws::probability_rows(500, true)) {
        by_class.update(row);
        whole.update(row);
    }
    const leeway::estimate one = log_loss{}(by_class), other = log_loss{}(whole);
    CHECK(one.value() == Approx(other.value()).epsilon(1e-15).scale(0));
    CHECK(one.lower() == Approx(other.lower()).epsilon(1e-14).scale(0));
    CHECK(one.upper() == Approx(other.upper()).epsilon(1e-14).scale(0));
    CHECK(one.weight() == other.weight());

    leeway::class_losses<leeway::loss::row_logarithmic> rows_by_class(3);
    leeway::mean_loss<leeway::loss::row_logarithmic> rows;
    const double scores[] = {0.5, 0.25, 0.25};
    for (const std::int32_t label : {0, 1, 1, 2}) {
        rows_by_class.update({.label = label, .scores = scores});
        rows.update({.label = label, .scores = scores});
    }
    CHECK(log_loss{}(rows_by_class).value() == Approx(log_loss{}(rows).value()).epsilon(1e-15));
    CHECK(log_loss{}(rows_by_class).upper() == Approx(log_loss{}(rows).upper()).epsilon(1e-14));
}
