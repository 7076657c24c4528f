#include "leeway/metrics/best_threshold.hpp"

#include "laws/samples.hpp"
#include "metrics/curve_cases.hpp"

using namespace leeway;

TEST_CASE("counts at a threshold are those of comparing every score with it") {
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& curve) {
        const scored_outcomes rows = oracle::scored(from, scored_outcomes());
        std::vector<double> cuts{-laws::infinite, laws::infinite, 0.0, 0.1, -0.3};
        cuts.insert(cuts.end(), rows.scores().begin(), rows.scores().end());
        for (const double cut : cuts) {
            binary_counts expected;
            for (std::size_t i = 0; i < rows.size(); ++i) {
                const bool positive = rows.scores()[i] >= cut;
                const double weight = rows.weights().empty() ? 1 : rows.weights()[i];
                if (rows.labels()[i] == 1) {
                    (positive ? expected.tp : expected.fn) += weight;
                } else {
                    (positive ? expected.fp : expected.tn) += weight;
                }
            }
            CHECK(counts_at_threshold(curve, cut) == expected);
        }
    });
    const score_curve nothing{scored_outcomes()};
    CHECK(counts_at_threshold(nothing, 0.5) == binary_counts{});
    CHECK_THROWS_AS(counts_at_threshold(nothing, laws::not_a_number), std::invalid_argument);
}

TEST_CASE("the best F1 and the best Youden index are those of scikit-learn's curves") {
    std::size_t seen = 0;
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& curve) {
        const auto f1 = best_threshold(curve, figure::f_beta{});
        if (from.has("best_f1")) {
            ++seen;
            REQUIRE(f1);
            CHECK(f1->figure == Approx(from.numbers("best_f1").at(0)).epsilon(1e-14));
            CHECK(f1->counts == counts_at_threshold(curve, f1->threshold));
        }
        const auto youden = best_threshold(curve, figure::youden{});
        REQUIRE(youden.has_value() == from.has("best_youden"));
        if (!youden) return;
        CHECK(youden->figure == Approx(from.numbers("best_youden").at(0)).margin(1e-15));
    });
    CHECK(seen >= 250);
}

TEST_CASE("figures of a 2x2 table by hand") {
    const binary_counts c{.tp = 6, .fp = 2, .fn = 4, .tn = 8};
    CHECK(figure::f_beta{}(c) == Approx(12.0 / 18).epsilon(1e-15));
    CHECK(figure::f_beta{2}(c) == Approx(30.0 / 48).epsilon(1e-15));
    CHECK(figure::youden{}(c) == Approx(0.4).epsilon(1e-15));
    CHECK(figure::matthews{}(c) == Approx(40 / std::sqrt(8.0 * 10 * 10 * 12)).epsilon(1e-15));
    CHECK(figure::expected_cost{.false_positive = 1, .false_negative = 5}(c) ==
          Approx(-1.1).epsilon(1e-15));
    CHECK(figure::expected_cost{.true_positive = -2}(c) == Approx(0.3).epsilon(1e-15));
}

TEST_CASE("what a mistake costs moves the best threshold, and ties go to the highest") {
    scored_outcomes rows;
    for (const auto& [label, score] : {std::pair{1, 4.0}, {0, 3.0}, {1, 2.0}, {0, 1.0}})
        rows.update({.label = label, .score = score});
    const score_curve curve(rows);
    CHECK(best_threshold(curve, figure::expected_cost{1, 5})->threshold == 2);
    CHECK(best_threshold(curve, figure::expected_cost{5, 1})->threshold == 4);
    CHECK(best_threshold(curve, figure::expected_cost{1, 1})->threshold == 4);  // as good as 2
    CHECK(best_threshold(curve, figure::expected_cost{1, 0})->threshold == laws::infinite);
    CHECK(best_threshold(curve, figure::matthews{})->threshold == 4);
    CHECK(best_threshold(curve, [](const binary_counts& c) { return c.tn - c.tp; })->counts.tn ==
          2);
    CHECK_FALSE(best_threshold(score_curve(scored_outcomes()), figure::youden{}));
}
