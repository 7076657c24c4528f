#include "leeway/metrics/class_ratio.hpp"

#include "laws/samples.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/false_positive_rate.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/specificity.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

confusion_matrix counts_of(std::size_t classes, bool weighted, std::size_t n = 200) {
    confusion_matrix counts(classes);
    const auto rows = laws::class_rows(n, static_cast<std::int32_t>(classes), weighted);
    for (const auto& row : rows) counts.update(row);
    return counts;
}

}  // namespace

TEST_CASE("a ratio knows whether it is a share of rows") {
    CHECK(precision::ratio().is_share());
    CHECK(specificity::ratio().is_share());
    CHECK(f_beta{0}.ratio().is_share());
    CHECK(!f_beta{1}.ratio().is_share());
    CHECK(!class_ratio{{.tp = 2}, {.tp = 2, .fp = 1}}.is_share());
    CHECK(!class_ratio{{.tp = 1, .fn = 1}, {.tp = 1, .fp = 1}}.is_share());
}

TEST_CASE("a share of one class has Wilson's interval over its own rows") {
    const auto counts = counts_of(3, false);
    const auto all = per_class(recall{}, counts);
    REQUIRE(all.size() == 3);
    for (std::size_t c = 0; c < 3; ++c) {
        const double rows = counts.label_total(c);
        CHECK(all[c] ==
              wilson_interval(counts.cell(c, c) / rows, rows, counts.total(), confidence_95));
    }
}

TEST_CASE("micro averages are functions of accuracy, interval included") {
    for (const bool weighted : {false, true}) {
        const auto counts = counts_of(4, weighted);
        const estimate right = accuracy{}(counts);
        for (const estimate& e : {precision{average::micro}(counts), recall{average::micro}(counts),
                                  f_beta{1, average::micro}(counts)}) {
            CHECK(e.value() == Approx(right.value()).epsilon(1e-14));
            CHECK(e.lower() == Approx(right.lower()).epsilon(1e-14));
            CHECK(e.upper() == Approx(right.upper()).epsilon(1e-14));
        }
        // Specificity pooled over k classes: each wrong row is one of the (k - 1) n negatives.
        const auto mapped = [](double a) { return 1 - (1 - a) / 3; };
        const estimate specific = specificity{average::micro}(counts);
        CHECK(specific.value() == Approx(mapped(right.value())).epsilon(1e-14));
        CHECK(specific.lower() == Approx(mapped(right.lower())).epsilon(1e-14));
        CHECK(specific.upper() == Approx(mapped(right.upper())).epsilon(1e-14));
    }
}

TEST_CASE("pooling does not turn the interval around where lower is better") {
    const auto counts = counts_of(4, true);
    for (const auto over : {average::micro, average::macro, average::weighted}) {
        const estimate rate = false_positive_rate{over}(counts);
        const estimate specific = specificity{over}(counts);
        CHECK(rate.value() == Approx(1 - specific.value()).epsilon(1e-13));
        CHECK(rate.lower() == Approx(1 - specific.upper()).epsilon(1e-12));
        CHECK(rate.upper() == Approx(1 - specific.lower()).epsilon(1e-12));
    }
}

TEST_CASE("recall averaged by support is accuracy") {
    const auto counts = counts_of(4, true, 5000);
    const estimate mean = recall{average::weighted}(counts);
    CHECK(mean.value() == Approx(accuracy{}(counts).value()).epsilon(1e-14));
    // The support is random too; left out of the derivative, the width would not be accuracy's.
    const estimate right = accuracy{}(counts);
    CHECK(mean.upper() - mean.lower() == Approx(right.upper() - right.lower()).epsilon(0.03));
}

TEST_CASE("averages leave undefined classes out and say when none is left") {
    confusion_matrix counts(3);
    counts.update({.label = 0, .prediction = 0});
    counts.update({.label = 1, .prediction = 0});
    counts.update({.label = 2, .prediction = 0});
    CHECK(precision{average::macro}(counts).value() == Approx(1.0 / 3));  // class 0 alone
    CHECK(precision{average::weighted}(counts).value() == Approx(1.0 / 3));
    CHECK(f_beta{1, average::macro}(counts).value() == Approx(0.5 / 3));  // 0 for the others
    CHECK(per_class(precision{}, counts)[1].reason() == undefined::zero_denominator);

    confusion_matrix apart(3);  // class 0 there and never predicted: no support is left
    apart.update({.label = 0, .prediction = 1});
    CHECK(precision{average::macro}(apart).value() == 0);
    CHECK(precision{average::weighted}(apart).reason() == undefined::zero_denominator);
    CHECK(precision{average::weighted}(apart).weight() == 1);
}
