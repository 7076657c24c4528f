#include "leeway/metrics/geometric_mean.hpp"

#include "laws/metric.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::geometric_mean;

static_assert(leeway::Metric<geometric_mean>);

TEST_CASE("the geometric mean of the recalls of a small table") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    CHECK(geometric_mean{}(counts).value() ==
          Approx(std::sqrt(20.0 / 30 * 65 / 70)).epsilon(1e-15));
    CHECK(geometric_mean{}(oracle::table({.tp = 3, .tn = 4})).value() == 1);
    CHECK(geometric_mean{}(oracle::table({.tp = 3, .tn = 4})).lower() < 0.85);
    // One class in the truth: its recall.
    CHECK(geometric_mean{}(oracle::table({.tp = 3, .fn = 1})).value() == Approx(0.75));
}

TEST_CASE("the geometric mean is 0 as soon as a class is never found, and not certainly so") {
    const leeway::estimate e = geometric_mean{}(oracle::table({.fp = 1, .fn = 3, .tn = 60}));
    CHECK(e.value() == 0);
    CHECK(e.lower() == 0);
    CHECK(e.upper() > 0.1);
}

TEST_CASE("the geometric mean of many classes does not underflow") {
    leeway::confusion_matrix counts(400);
    for (std::int32_t c = 0; c < 400; ++c) {
        counts.update({.label = c, .prediction = c});
        counts.update({.label = c, .prediction = (c + 1) % 400, .weight = 9});
    }
    CHECK(geometric_mean{}(counts).value() == Approx(0.1).epsilon(1e-13));  // 0.1^400 is 0
}

TEST_CASE("the geometric mean equals that of scikit-learn's recalls") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        oracle::check(from, "geometric_mean", geometric_mean{}(oracle::counts_of(from)), seen);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 3);
}

TEST_CASE("the geometric mean has its textbook standard error") {
    CHECK(oracle::standard_errors_equal(geometric_mean{}, "decisions", false) >= 60);
}

TEST_CASE("the geometric mean keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 4, weighted);
        laws::metric(
            geometric_mean{}, [] { return leeway::confusion_matrix(4); }, rows);
        laws::class_renaming(geometric_mean{}, 4, rows);
    }
}
