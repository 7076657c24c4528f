// A quality gate in a unit test: the build fails when the model is not surely good enough.
//
// The gate reads the lower end of the interval, so a pass means "at least 0.80 with 97.5 %
// confidence", and a test set that is too small to show it fails.
#include <leeway/leeway.hpp>
#include <leeway/testing/catch2.hpp>
#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#endif

#include <cmath>
#include <cstdint>
#include <vector>

namespace {

/// Stands for the model that is to be released.
double score(double income, double debt) {
    return 1 / (1 + std::exp(1.5 * income - 2 * debt));
}

struct test_set {
    std::vector<std::int32_t> labels;
    std::vector<double> scores;
};

/// Stands for the held-out rows: defaults follow the model's odds, from a fixed seed.
test_set held_out_rows(int rows) {
    leeway::random_source random(2024);
    const auto uniform = [&] { return static_cast<double>(random() >> 11) * 0x1p-53; };
    test_set held_out;
    for (int row = 0; row < rows; ++row) {
        const double income = 4 * uniform() - 2;
        const double debt = 4 * uniform() - 2;
        held_out.scores.push_back(score(income, debt));
        held_out.labels.push_back(uniform() < held_out.scores.back() ? 1 : 0);
    }
    return held_out;
}

leeway::report evaluated(int rows) {
    const test_set held_out = held_out_rows(rows);
    return leeway::evaluate(leeway::binary_task{}, held_out.labels, held_out.scores);
}

}  // namespace

TEST_CASE("the model may be released") {
    const leeway::report report = evaluated(4000);
    CHECK_THAT(report[leeway::roc_auc{}], leeway::at_least(0.80));
    CHECK_THAT(report[leeway::brier_score{}], leeway::at_most(0.16));
    CHECK_THAT(report[leeway::expected_calibration_error{}], leeway::at_most(0.03).by_value());
}

TEST_CASE("forty rows cannot show it") {
    const leeway::estimate auc = evaluated(40)[leeway::roc_auc{}];
    CHECK(auc.value() >= 0.80);
    CHECK_THAT(auc, !leeway::at_least(0.80));
}
