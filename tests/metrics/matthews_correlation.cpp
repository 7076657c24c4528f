#include "leeway/metrics/matthews_correlation.hpp"

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::matthews_correlation;

static_assert(leeway::Metric<matthews_correlation>);

TEST_CASE("Matthews correlation equals the exact one, and so scikit-learn's up to its rounding") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("labels")) {
        oracle::check(from, "matthews_correlation", matthews_correlation{}(oracle::counts_of(from)),
                      seen, 1e-15);
    }
    CHECK(seen.values >= 200);
    CHECK(seen.undefined >= 20);
}

TEST_CASE("Matthews correlation of 1e10 rows a cell does not overflow") {
    // (tp tn - fp fn) / sqrt(...) in lowest terms: 3 1e10, 1e10, 2 1e10, 4 1e10 is 10 / sqrt(600).
    const auto counted = [](double unit) {
        leeway::confusion_matrix counts;
        counts.update({.label = 1, .prediction = 1, .weight = 3 * unit});
        counts.update({.label = 0, .prediction = 1, .weight = 1 * unit});
        counts.update({.label = 1, .prediction = 0, .weight = 2 * unit});
        counts.update({.label = 0, .prediction = 0, .weight = 4 * unit});
        return matthews_correlation{}(counts);
    };
    const double expected = 10 / std::sqrt(600.0);
    for (const double unit : {1.0, 1e10, 1e59, 1e-59}) {
        CHECK(counted(unit).value() == Approx(expected).epsilon(1e-14));
        CHECK(counted(unit).lower() < expected);
    }
    CHECK(counted(1e10).lower() == Approx(counted(1).lower()).epsilon(1e-12));
}

TEST_CASE("Matthews correlation keeps its digits where it is small") {
    // tp tn - fp fn = (n + 1) (n + 1) - n (n + 2) = 1, and all margins are 2 n + 1 or 2 n + 2 or 2
    // n
    // + 3... so with n = 1e8 the products agree in 16 digits and differ by 1.
    const double n = 1e8;
    leeway::confusion_matrix counts;
    counts.update({.label = 1, .prediction = 1, .weight = n + 1});
    counts.update({.label = 0, .prediction = 0, .weight = n + 1});
    counts.update({.label = 0, .prediction = 1, .weight = n});
    counts.update({.label = 1, .prediction = 0, .weight = n + 2});
    const double expected =
        1 / std::sqrt((2 * n + 3) * (2 * n + 1)) / std::sqrt((2 * n + 1) * (2 * n + 3));
    CHECK(matthews_correlation{}(counts).value() == Approx(expected).epsilon(1e-12));
}

TEST_CASE("Matthews correlation keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const std::int32_t classes : {2, 5}) {
            const auto rows = laws::class_rows(300, classes, weighted);
            const auto count = static_cast<std::size_t>(classes);
            laws::metric(
                matthews_correlation{}, [&] { return leeway::confusion_matrix(count); }, rows);
            laws::class_renaming(matthews_correlation{}, count, rows);
        }
    }
}
