#include "leeway/metrics/score_cells.hpp"

#include <algorithm>
#include <cmath>

#include "laws/samples.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

TEST_CASE("every point of the cells is on the exact curve, which passes between them") {
    random_source random(8);
    for (int i = 0; i < 300; ++i) {
        const auto& layout = bands::layouts()[1 + random.below(4)];
        score_table table(layout);
        scored_outcomes rows;
        for (auto row : bands::random_rows(random, 100)) {
            row.weight = std::ceil(std::min(row.weight, 4096.0));
            table.update(row);
            rows.update(row);
        }
        const score_cells cells(table);
        const score_curve curve(rows);
        const auto points = cells.points();
        CHECK(cells.positives() == curve.positives());
        CHECK(cells.negatives() == curve.negatives());
        CHECK(cells.slack() == 0);
        std::size_t at = 0;
        bool on_curve = true;
        bool in_cell = true;
        for (std::size_t k = 1; k < points.size(); ++k) {
            // The rows of a cell: their scores lie between its edges, the last one is the point.
            while (at + 1 < curve.points().size() &&
                   curve.points()[at + 1].threshold >= points[k].threshold) {
                ++at;
                in_cell = in_cell && curve.points()[at].threshold <= cells.upper_edge(k);
            }
            // A negative cell is open at its lower edge, and then holds its upper one.
            while (at > 0 && curve.points()[at].positives > points[k].positives) --at;
            while (at > 0 && curve.points()[at].negatives > points[k].negatives) --at;
            on_curve = on_curve && curve.points()[at].positives == points[k].positives &&
                       curve.points()[at].negatives == points[k].negatives;
        }
        CHECK(on_curve);
        CHECK(in_cell);
    }
}

TEST_CASE("cells of nothing have the first point, and weights say how exact they are") {
    score_table table;
    REQUIRE(score_cells(table).points().size() == 1);
    CHECK(score_cells(table).total() == 0);
    table.update({.label = 1, .score = 0.3, .weight = 2});
    CHECK(score_cells(table).slack() == 0);
    table.update({.label = 1, .score = 0.3, .weight = 0.375});
    CHECK(score_cells(table).slack() == 0);
    table.update({.label = 0, .score = 0.7, .weight = 0.1});
    CHECK(score_cells(table).slack() == 1e-12);
    score_table vast;
    vast.update({.label = 0, .score = 0.3, .weight = 0x1p40});
    CHECK(score_cells(vast).slack() == 0);
    vast.update({.label = 0, .score = 0.7, .weight = 1});
    CHECK(score_cells(vast).slack() == 1e-12);
}

TEST_CASE("the outer cells have an infinite edge") {
    score_table table(log_linear_layout(0, 0, 0, true));
    table.update({.label = 1, .score = 99});
    table.update({.label = 0, .score = -99});
    const score_cells cells(table);
    REQUIRE(cells.points().size() == 3);
    CHECK(cells.points()[1] == score_point{2, 1, 0});
    CHECK(cells.upper_edge(1) == laws::infinite);
    CHECK(cells.points()[2] == score_point{-laws::infinite, 1, 1});
    CHECK(cells.upper_edge(2) == -2);
}
