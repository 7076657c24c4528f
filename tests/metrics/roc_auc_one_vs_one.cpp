#include "leeway/metrics/roc_auc_one_vs_one.hpp"

#include "laws/row_samples.hpp"
// After the rows that it is to know.
#include "laws/metric.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "oracle/metrics_states.hpp"
#include "support/implied_t.hpp"

using namespace leeway;

static_assert(Metric<roc_auc_one_vs_one>);

namespace {

class_scores state_of(const oracle::metric_case& from) {
    class_scores state(static_cast<std::size_t>(from.integers("classes").at(0)));
    oracle::for_each_row(from, [&](const probability_row& row) { state.update(row); });
    return state;
}

}  // namespace

TEST_CASE("one against one equals scikit-learn's, macro and weighted") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("one_vs_one")) {
        const class_scores state = state_of(from);
        const estimate macro = roc_auc_one_vs_one{}(state);
        oracle::check(from, "roc_auc_one_vs_one_macro", macro, seen);
        const roc_auc_one_vs_one weighted{average::weighted};
        oracle::check(from, weighted.key(), weighted(state), seen);
        if (!macro || !macro.has_interval()) continue;
        ++intervals;
        INFO("case '" << from.name << "'");
        // Between the normal critical value and Student's t with three degrees of freedom.
        const double error = std::sqrt(from.numbers("variance").at(0));
        const double t =
            leeway_tests::implied_t(macro.value(), macro.lower(), error, roc_auc_one_vs_one::info);
        CHECK(t >= confidence_95.critical);
        CHECK(t <= student_critical(confidence_95.critical, 3) * (1 + 1e-9));
        leeway_tests::check_ends(macro, error, t, roc_auc_one_vs_one::info);
    }
    CHECK(seen.values >= 550);
    CHECK(seen.undefined >= 8);
    CHECK(intervals >= 120);
}

TEST_CASE("the micro average of one against the rest equals scikit-learn's, ties included") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("one_vs_one")) {
        const class_scores state = state_of(from);
        std::vector<scored_outcomes> rest;
        for (std::size_t c = 0; c < state.classes(); ++c) rest.push_back(state.one_vs_rest(c));
        const estimate e = roc_auc{average::micro}(std::span<const scored_outcomes>(rest));
        oracle::check(from, "roc_auc_micro", e, seen);
    }
    CHECK(seen.values >= 280);
}

TEST_CASE("of two classes one against one is the mean of both scores' areas") {
    class_scores state;
    scored_outcomes second;
    for (const auto& row : laws::class_probability_rows(200, 2, true)) {
        state.update(row);
        second.update({row.label, row.scores[1], row.weight});
    }
    const estimate e = roc_auc_one_vs_one{}(state);
    const estimate area = roc_auc{}(second);  // the first score is 1 - the second
    CHECK(e.value() == Approx(area.value()).epsilon(1e-13));
    CHECK(e.lower() == Approx(area.lower()).epsilon(1e-10));
    CHECK(e.upper() == Approx(area.upper()).epsilon(1e-10));
    CHECK(roc_auc_one_vs_one{average::weighted}(state).value() == Approx(e.value()).epsilon(1e-13));
}

TEST_CASE("one against one has two averages") {
    CHECK_THROWS_AS(roc_auc_one_vs_one{average::binary}(class_scores()), std::invalid_argument);
    CHECK_THROWS_AS(roc_auc_one_vs_one{average::micro}(class_scores()), std::invalid_argument);
    CHECK(roc_auc_one_vs_one{}.key() == "roc_auc_one_vs_one_macro");
}

TEST_CASE("one against one keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_probability_rows(300, 4, weighted);
        for (const auto over : {average::macro, average::weighted}) {
            laws::metric(
                roc_auc_one_vs_one{over}, [] { return class_scores(4); }, rows);
        }
    }
}

TEST_CASE("one against one: the band of tables by pair holds the exact figure") {
    std::size_t bands = 0;
    double fine_width = 0;
    double coarse_width = 0;
    for (const auto& from : oracle::metric_cases("one_vs_one")) {
        const class_scores exact = state_of(from);
        class_score_tables fine(exact.classes(), true, log_linear_layout(6, -6, 1, true));
        class_score_tables coarse(exact.classes(), true, log_linear_layout(0, -2, 2, true));
        oracle::for_each_row(from, [&](const probability_row& row) {
            fine.update(row);
            coarse.update(row);
        });
        for (const auto over : {average::macro, average::weighted}) {
            const roc_auc_one_vs_one metric{over};
            const estimate whole = metric(exact);
            for (const class_score_tables* const tables : {&fine, &coarse}) {
                const estimate band = metric(*tables);
                INFO("case '" << from.name << "'");
                REQUIRE(band.reason() == whole.reason());
                if (!whole) continue;
                ++bands;
                CHECK(band.confidence() == 1);
                CHECK(band.lower() <= whole.value());
                CHECK(whole.value() <= band.upper());
                CHECK(band.weight() == Approx(whole.weight()));
                (tables == &fine ? fine_width : coarse_width) += band.upper() - band.lower();
            }
        }
    }
    CHECK(bands >= 1000);
    CHECK(fine_width < coarse_width / 2);
    CHECK_THROWS_AS(roc_auc_one_vs_one{average::micro}(class_score_tables()),
                    std::invalid_argument);
}
