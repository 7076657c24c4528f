#include "leeway/metrics/roc_auc_one_vs_one.hpp"

#include "laws/row_samples.hpp"
// After the rows that it is to know.
#include "laws/metric.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "oracle/metrics_states.hpp"

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
        const double half = confidence_95.critical * std::sqrt(from.numbers("variance").at(0));
        CHECK(macro.lower() == Approx(std::max(0.0, macro.value() - half)).margin(1e-10));
        CHECK(macro.upper() == Approx(std::min(1.0, macro.value() + half)).epsilon(1e-10));
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
