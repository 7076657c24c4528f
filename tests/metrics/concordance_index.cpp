#include "leeway/metrics/concordance_index.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "laws/metric.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "oracle/metrics_interval.hpp"
#include "oracle/survival_states.hpp"
#include "support/implied_t.hpp"

using leeway::concordance_index;
using state = concordance_index::state_type;

static_assert(leeway::Metric<concordance_index>);

TEST_CASE("the concordance index equals that of all pairs in rationals") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("survival")) {
        oracle::check_with_interval(from, "concordance_index",
                                    concordance_index{}(oracle::survived(from)), seen, intervals);
        if (!from.has("concordance_index_interval")) {
            CHECK_FALSE(concordance_index{}(oracle::survived(from)).has_interval());
        }
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 20);
    CHECK(intervals >= 200);
}

TEST_CASE("the concordance index and its variance are those of survival::concordance") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("concordance_r")) {
        const leeway::estimate found = concordance_index{}(oracle::survived(from));
        oracle::check(from, "concordance", found, seen);
        if (!found || !found.has_interval()) continue;
        ++intervals;
        INFO("case '" << from.name << "'");
        const auto weight = from.has("weight")
                                ? from.numbers("weight")
                                : std::vector<double>(from.numbers("time").size(), 1);
        double sum = 0;
        double squares = 0;
        for (const double w : weight) {
            sum += w;
            squares += w * w;
        }
        const double t = leeway::student_critical(leeway::confidence_95.critical,
                                                  leeway::effective_rows(sum, squares) - 1);
        if (from.numbers("variance").at(0) == 0) {
            CHECK(found.upper() == found.lower());  // all risks are equal
            continue;
        }
        leeway_tests::check_ends(found, std::sqrt(from.numbers("variance").at(0)), t,
                                 concordance_index::info);
    }
    CHECK(seen.values >= 320);
    CHECK(seen.undefined >= 15);
    CHECK(intervals >= 250);
}

TEST_CASE("with two times and no censoring it is the area under the ROC curve") {
    state rows;
    leeway::scored_outcomes labels;
    for (const auto& row : laws::probability_rows(500, true)) {
        rows.update({row.label == 1 ? 1.0 : 2.0, 1, row.score, row.weight});
        labels.update(row);
    }
    CHECK(concordance_index{}(rows).value() ==
          Approx(leeway::roc_auc{}(labels).value()).epsilon(1e-13));
}

TEST_CASE("the concordance index's interval covers the truth as often as it says", "[simulation]") {
    // Exponential times of rate exp(x) and risk x, nobody censored: for two rows the earlier has
    // the larger x with the probability E(1 / (1 + exp(-|x - y|))), here from 2,000,000 draws.
    leeway::random_source random(23);
    double truth = 0;
    for (int i = 0; i < 2'000'000; ++i) {
        truth += 1 / (1 + std::exp(-std::fabs(random.normal() - random.normal()))) / 2e6;
    }
    int covered = 0;
    for (int sample = 0; sample < 1000; ++sample) {
        state rows;
        for (int i = 0; i < 150; ++i) {
            const double x = random.normal();
            rows.update({-std::log(1 - random.uniform()) * std::exp(-x), 1, x});
        }
        const leeway::estimate e = concordance_index{}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    // 95 % is 950 of 1,000, give or take 21 (three deviations), less a little for 150 rows.
    CHECK(covered > 920);
    CHECK(covered < 975);
}

TEST_CASE("the concordance index keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            concordance_index{}, [] { return state(); }, laws::survival_rows(300, weighted));
    }
}
