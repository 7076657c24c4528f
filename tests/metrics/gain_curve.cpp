#include "leeway/metrics/gain_curve.hpp"

#include "laws/samples.hpp"
#include "leeway/metrics/gain_at.hpp"
#include "metrics/curve_cases.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

TEST_CASE("gain and lift by hand, ties on one point") {
    scored_outcomes rows;
    for (const auto& [label, score] :
         {std::pair{1, 0.9}, {1, 0.9}, {0, 0.9}, {1, 0.5}, {0, 0.4}, {0, 0.3}, {1, 0.2}, {0, 0.1}})
        rows.update({.label = label, .score = score});
    const auto gain = gain_curve(rows);
    REQUIRE(gain.size() == 7);
    CHECK(gain[0] == gain_point{laws::infinite, 0, 0});
    CHECK(gain[1] == gain_point{0.9, 3.0 / 8, 0.5});
    CHECK(gain[2] == gain_point{0.5, 0.5, 0.75});
    CHECK(gain[6] == gain_point{0.1, 1, 1});
    const auto lift = lift_curve(rows);
    REQUIRE(lift.size() == 6);
    CHECK(lift[0].lift == Approx(4.0 / 3).epsilon(1e-15));
    CHECK(lift[1] == lift_point{0.5, 0.5, 1.5});
    CHECK(lift[5] == lift_point{0.1, 1, 1});
}

TEST_CASE("gain is recall and lift is precision over the base rate, on every case") {
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& rows) {
        const auto gain = gain_curve(rows);
        const auto lift = lift_curve(rows);
        if (!from.has("pr_recall")) {
            CHECK(gain.empty());
            CHECK(lift.empty());
            return;
        }
        CHECK(oracle::same_column(from, "pr_recall",
                                  std::vector<gain_point>(gain.begin() + 1, gain.end()),
                                  &gain_point::captured));
        const auto precision = from.numbers("pr_precision");
        REQUIRE(lift.size() == precision.size());
        for (std::size_t i = 0; i < lift.size(); ++i) {
            CHECK(lift[i].lift == Approx(precision[i] / precision.back()).epsilon(1e-14));
            CHECK(lift[i].selected == gain[i + 1].selected);
        }
    });
}

TEST_CASE("gain and lift of a table") {
    score_table table(log_linear_layout(0, 0, 1, false));
    for (const auto& [label, score] : {std::pair{1, 3.0}, {0, 2.5}, {0, 1.5}, {0, 0.5}})
        table.update({.label = label, .score = score});
    CHECK(gain_curve(table).at(1) == gain_point{2, 0.5, 1});
    CHECK(lift_curve(table).at(0) == lift_point{2, 0.5, 2});
}

TEST_CASE("the bounds of the gain of a table hold the exact curve at every share") {
    random_source random(31);
    std::size_t checked = 0;
    for (int i = 0; i < 400; ++i) {
        scored_outcomes rows;
        score_table table(bands::layouts()[1 + random.below(bands::layouts().size() - 1)]);
        for (const auto& row : bands::random_rows(random, 60)) {
            rows.update(row);
            table.update(row);
        }
        const auto bounds = gain_bounds(table);
        const score_curve curve(rows);
        if (!(curve.positives() > 0)) {
            CHECK(bounds.empty());
            continue;
        }
        const score_cells cells(table);
        // The share of a corner is rounded, and the curve rises by total / positives at most.
        const double rounding = (cells.slack() + 1e-15) * (1 + cells.total() / cells.positives());
        bool holds = bounds.front().selected == 0 && bounds.back().selected == 1;
        for (std::size_t k = 1; k < bounds.size(); ++k) {
            const gain_bound& from = bounds[k - 1];
            const gain_bound& to = bounds[k];
            holds = holds && from.selected <= to.selected && to.lower <= to.upper;
            for (const double part : {0.0, 0.3, 1.0}) {
                const double share = from.selected + part * (to.selected - from.selected);
                if (!(share > 0)) continue;
                const double exact = gain_at{share}(curve).value();
                holds = holds && exact >= from.lower + part * (to.lower - from.lower) - rounding &&
                        exact <= from.upper + part * (to.upper - from.upper) + rounding;
                ++checked;
            }
        }
        CHECK(holds);
    }
    CHECK(checked > 10'000);
}

TEST_CASE("the bounds of the gain by hand: positives first, positives last") {
    score_table table(log_linear_layout(0, 0, 1, false));
    for (const auto& [label, score] :
         {std::pair{1, 3.0}, {0, 2.5}, {0, 2.5}, {0, 2.5}, {1, 1.5}, {0, 0.5}})
        table.update({.label = label, .score = score});
    const std::vector<gain_bound> expected{{0, 0, 0},           {1.0 / 6, 0, 0.5}, {0.5, 0, 0.5},
                                           {4.0 / 6, 0.5, 0.5}, {5.0 / 6, 1, 1},   {1, 1, 1}};
    CHECK(gain_bounds(table) == expected);
    CHECK(gain_bounds(score_table()).empty());
}
