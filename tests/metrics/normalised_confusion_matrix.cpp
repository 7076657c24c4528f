#include "leeway/metrics/normalised_confusion_matrix.hpp"

#include <string>
#include <utility>

#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "oracle/class_ratios.hpp"

using leeway::normalised_confusion_matrix;
using leeway::share_of;

TEST_CASE("a normalised confusion matrix equals scikit-learn's") {
    oracle::tally seen;
    const std::pair<const char*, share_of> totals[] = {
        {"normalised_label", share_of::label},
        {"normalised_prediction", share_of::prediction},
        {"normalised_all", share_of::all}};
    for (const auto& from : oracle::metric_cases("confusion")) {
        for (const auto& [key, total] : totals) {
            if (!from.has(key)) continue;
            oracle::check(from, key, normalised_confusion_matrix(oracle::counts_of(from), total),
                          seen);
        }
    }
    CHECK(seen.values >= 3000);
    CHECK(seen.undefined >= 300);
}

TEST_CASE("recall and precision are on the diagonal, interval included") {
    leeway::confusion_matrix counts(4);
    for (const auto& row : laws::class_rows(200, 3, true)) counts.update(row);
    const auto by_label = normalised_confusion_matrix(counts, share_of::label);
    const auto by_prediction = normalised_confusion_matrix(counts, share_of::prediction);
    const auto recalls = leeway::per_class(leeway::recall{}, counts);
    const auto precisions = leeway::per_class(leeway::precision{}, counts);
    const auto same = [](const leeway::estimate& a, const leeway::estimate& b) {
        return a.value() == Approx(b.value()).epsilon(1e-15) &&
               a.lower() == Approx(b.lower()).epsilon(1e-14) &&
               a.upper() == Approx(b.upper()).epsilon(1e-14);
    };
    for (std::size_t c = 0; c < 3; ++c) {
        CHECK(same(by_label[5 * c], recalls[c]));
        CHECK(same(by_prediction[5 * c], precisions[c]));
        CHECK(by_label[5 * c].weight() == counts.label_total(c));
    }
    CHECK(by_label[15].reason() == leeway::undefined::zero_denominator);
    CHECK(by_prediction[15].reason() == leeway::undefined::zero_denominator);
}

TEST_CASE("a normalised confusion matrix of nothing is undefined") {
    const auto shares = normalised_confusion_matrix(leeway::confusion_matrix(3), share_of::all);
    REQUIRE(shares.size() == 9);
    for (const auto& share : shares) CHECK(share.reason() == leeway::undefined::empty);
}

TEST_CASE("a normalised confusion matrix takes its confidence") {
    const auto counts = oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    const auto some = normalised_confusion_matrix(counts, share_of::all);
    const auto more = normalised_confusion_matrix(counts, share_of::all, leeway::confidence_99);
    CHECK(some[0].confidence() == 0.95);
    CHECK(more[0].confidence() == 0.99);
    CHECK(more[0].lower() < some[0].lower());
}
