#include "leeway/metrics/hamming_loss.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "oracle/metrics_states.hpp"
#include "oracle/multilabel.hpp"
#include "oracle/standard_error.hpp"

using leeway::hamming_loss;

static_assert(leeway::Metric<hamming_loss>);

TEST_CASE("hamming loss equals scikit-learn's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("decisions")) {
        // scikit-learn's is the difference of accuracy to 1.
        oracle::check(from, "hamming_loss", hamming_loss{}(oracle::counts_of(from)), seen, 1e-15);
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 3);
}

TEST_CASE("hamming loss is what accuracy leaves, interval included") {
    leeway::confusion_matrix counts(3);
    for (const auto& row : laws::class_rows(200, 3, true)) counts.update(row);
    const leeway::estimate loss = hamming_loss{}(counts);
    const leeway::estimate right = leeway::accuracy{}(counts);
    CHECK(loss.value() == Approx(1 - right.value()).epsilon(1e-14));
    CHECK(loss.lower() == Approx(1 - right.upper()).epsilon(1e-13));
    CHECK(loss.upper() == Approx(1 - right.lower()).epsilon(1e-13));
}

TEST_CASE("hamming loss of several labels equals scikit-learn's") {
    oracle::tally seen;
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("multilabel")) {
        const auto counts = oracle::label_sets_of(from);
        oracle::check(from, "hamming_loss", hamming_loss{}(counts), seen);
        if (!from.has("hamming_loss_variance")) continue;
        const leeway::estimate e = hamming_loss{oracle::nearly_none}(counts);
        const double variance = from.numbers("hamming_loss_variance").at(0);
        if (!(variance > 1e-9) || e.value() < 0.01 || e.value() > 0.99) continue;
        ++compared;
        const double rows =
            leeway::effective_rows(counts.weight(), counts.sum_of_squared_weights());
        const double t = leeway::student_critical(oracle::nearly_none.critical, rows - 1);
        CHECK((e.upper() - e.lower()) / 2 / t == Approx(std::sqrt(variance)).epsilon(1e-6));
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(compared >= 230);
}

TEST_CASE("no wrong label in twenty rows is no proof that there are none") {
    leeway::multilabel_counts counts(3);
    const std::int32_t truth[] = {1, 0, 1};
    for (int i = 0; i < 20; ++i) counts.update({truth, truth, 1});
    CHECK(hamming_loss{}(counts) == leeway::wilson_interval(0, 20, 20, leeway::confidence_95));
}

TEST_CASE("a small hamming loss keeps its digits") {
    leeway::confusion_matrix counts(2);
    counts.update({.label = 1, .prediction = 1, .weight = 1e12});
    counts.update({.label = 1, .prediction = 0, .weight = 3});
    CHECK(hamming_loss{}(counts).value() == Approx(3 / (1e12 + 3)).epsilon(1e-15));
}

TEST_CASE("hamming loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 4, weighted);
        laws::metric(
            hamming_loss{}, [] { return leeway::confusion_matrix(4); }, rows);
        laws::class_renaming(hamming_loss{}, 4, rows);
        laws::metric(
            hamming_loss{}, [] { return leeway::multilabel_counts(3); },
            laws::label_set_rows(300, 3, weighted));
    }
}
