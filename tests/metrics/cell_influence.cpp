#include "leeway/metrics/cell_influence.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("the slopes of precision in a cell lie between their bounds, whatever its order") {
    // One cell of p positives and n negatives below T and F: random orders, ties among them, and
    // the two sums added up one point after the other.
    random_source random(3);
    for (int round = 0; round < 4000; ++round) {
        const auto below = [&](std::uint64_t most) {
            return static_cast<double>(random.below(most + 1));
        };
        const double t = below(round % 2 == 0 ? 3 : 60);
        const double f = below(round % 4 < 2 ? 3 : 60);
        const auto p = static_cast<std::size_t>(1 + below(12));
        const auto n = static_cast<std::size_t>(below(12));
        const detail::precision_slopes bounds(t, f, static_cast<double>(p), static_cast<double>(n));
        std::vector<int> order(p, 1);
        order.resize(p + n, 0);
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[random.below(i)]);
        if (round % 7 == 0) std::sort(order.begin(), order.end());
        if (round % 7 == 1) std::sort(order.rbegin(), order.rend());
        const double tied = round % 3 == 0 ? 0.6 : round % 3 == 1 ? 0.0 : 1.0;
        double a = t, b = f, point_positives = 0, of_positives = 0, of_negatives = 0;
        for (std::size_t i = 0; i < order.size(); ++i) {
            (order[i] == 1 ? a : b) += 1;
            point_positives += order[i];
            if (i + 1 < order.size() && random.uniform() < tied) continue;  // one score
            of_positives += point_positives * b / (a + b) / (a + b);
            of_negatives += point_positives * a / (a + b) / (a + b);
            point_positives = 0;
        }
        INFO("T " << t << " F " << f << " p " << p << " n " << n);
        const double slack = 1e-12;
        CHECK(of_positives >= bounds.least_of_positives() - slack);
        CHECK(of_positives <= bounds.most_of_positives() + slack);
        CHECK(of_negatives >= bounds.least_of_negatives() - slack);
        CHECK(of_negatives <= bounds.most_of_negatives() + slack);
    }
}

TEST_CASE(
    "norms are those of the rows where a cell holds one influence, and more where it does not") {
    score_table table(log_linear_layout(0, -3, 0, false));
    const auto add = [&](int label, double score, int times) {
        for (int i = 0; i < times; ++i) table.update({.label = label, .score = score});
    };
    add(1, 1.5, 3);
    add(0, 0.3, 4);
    add(1, 0.3, 2);
    const score_cells cells(table);
    REQUIRE(cells.points().size() == 3);
    const std::vector<class_influence> exact{{}, {{2, 0}, {7, 0}}, {{-3, 0}, {0.5, 0}}};
    const influence_norm norm = norm_of(cells, exact);
    CHECK(norm.of_positives == Approx(std::sqrt(3 * 4 + 2 * 9.0)));
    CHECK(norm.of_negatives == Approx(std::sqrt(4 * 0.25)));
    CHECK(norm.of_all() == Approx(std::sqrt(30 + 1.0)));
    const std::vector<class_influence> open{{}, {{2, 0.5}, {7, 9}}, {{-3, 0}, {0.5, 0.25}}};
    CHECK(norm_of(cells, open).of_positives == Approx(std::sqrt(30.0) + std::sqrt(3 * 0.25)));
    CHECK(norm_of(cells, open).of_negatives == Approx(1 + std::sqrt(4 * 0.0625)));
    // Two labels in which each row has the same scores: its influence is twice as large.
    const std::vector<score_table> labels{table, table};
    const score_cells pooled(pooled_table(labels));
    CHECK(pooled.total() == 18);
    CHECK(norm_of_rows(pooled, exact, labels) == Approx(2 * norm.of_all()));
}

TEST_CASE("placements of cells hold those of the rows") {
    // Areas from counting pairs; the placements of a row in cells of its own are exact.
    score_table table(log_linear_layout::probabilities());
    for (const double score : {0.9, 0.7, 0.4}) table.update({.label = 1, .score = score});
    for (const double score : {0.8, 0.3}) table.update({.label = 0, .score = score});
    const score_cells cells(table);
    // 0.9 is above both negatives, 0.7 and 0.4 above one: 4 of 6 pairs.
    const estimate band = estimate::within(4.0 / 6, 4.0 / 6, 4.0 / 6, 1, 5);
    const auto each = placement_influence(cells, band);
    REQUIRE(each.size() == 6);
    CHECK(each[1].of_positive.middle == Approx((1 - 4.0 / 6) / 3));
    CHECK(each[1].of_positive.open == 0);
    CHECK(each[2].of_negative.middle == Approx((1.0 / 3 - 4.0 / 6) / 2));
    CHECK(each[3].of_positive.middle == Approx((0.5 - 4.0 / 6) / 3));
    CHECK(each[5].of_negative.middle == Approx((1 - 4.0 / 6) / 2));
}
