#include "leeway/metrics/hinge_loss.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"
#include "support/implied_t.hpp"

using leeway::hinge_loss;
using state = hinge_loss::state_type;
using row_state = leeway::mean_loss<leeway::loss::row_hinge>;

static_assert(leeway::Metric<hinge_loss>);

TEST_CASE("hinge loss equals scikit-learn's, of two classes and of more") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("class_scores")) {
        oracle::check(from, "hinge_loss", hinge_loss{}(oracle::rows<leeway::loss::row_hinge>(from)),
                      seen);
        if (!from.has("binary_hinge_loss")) continue;
        // The score of class 1 alone, of two.
        state binary;
        oracle::for_each_row(from, [&](const auto& row) {
            binary.update({row.label, row.scores[1], row.weight});
        });
        oracle::check(from, "binary_hinge_loss", hinge_loss{}(binary), seen);
    }
    CHECK(seen.values >= 330);
    CHECK(seen.undefined == 2);
}

TEST_CASE("hinge loss by hand") {
    state losses;
    losses.update({.label = 1, .score = 0.25});  // 0.75
    losses.update({.label = 0, .score = 0.5});   // 1.5
    losses.update({.label = 0, .score = -3});    // 0
    losses.update({.label = 1, .score = 1});     // 0
    const leeway::estimate e = hinge_loss{}(losses);
    CHECK(e.value() == Approx(2.25 / 4).epsilon(1e-15));
    // numpy.std([0.75, 1.5, 0, 0], ddof=1) / 2, and Student's t with three degrees of freedom.
    leeway_tests::check_ends(e, 0.3590351654086268, leeway::student_critical(1.959963984540054, 3),
                             hinge_loss::info);
}

TEST_CASE("two classes as rows of opposite scores cost as half the score does") {
    row_state rows;
    state binary;
    for (const auto& row : laws::probability_rows(200, true)) {
        const double score = 4 * row.score - 2;
        const double both[] = {-score / 2, score / 2};
        rows.update({row.label, both, row.weight});
        binary.update({row.label, score, row.weight});
    }
    CHECK(hinge_loss{}(rows).value() == Approx(hinge_loss{}(binary).value()).epsilon(1e-14));
}

TEST_CASE("hinge loss keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            hinge_loss{}, [] { return state(); }, laws::probability_rows(300, weighted));
    }
}
