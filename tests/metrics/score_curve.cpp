#include "leeway/metrics/score_curve.hpp"

#include <cmath>
#include <map>
#include <ranges>
#include <vector>

#include "laws/samples.hpp"
#include "leeway/metrics/task_metrics.hpp"
#include "oracle/metrics_states.hpp"

using namespace leeway;

namespace {

scored_outcomes rows_of(const std::vector<probability_outcome>& rows) {
    scored_outcomes state;
    for (const auto& row : rows) state.update(row);
    return state;
}

/// Point by point from the definition: for each distinct score, who is at or above it.
void check_by_definition(const scored_outcomes& rows) {
    std::map<double, score_point, std::greater<>> expected;
    for (const double score : rows.scores()) expected[score] = {score, 0, 0};
    for (auto& [score, point] : expected) {
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const double weight = rows.weights().empty() ? 1 : rows.weights()[i];
            if (rows.scores()[i] < score) continue;
            (rows.labels()[i] == 1 ? point.positives : point.negatives) += weight;
        }
    }
    const score_curve curve(rows);
    const auto points = curve.points();
    REQUIRE(points.size() == expected.size() + 1);
    CHECK(std::isinf(points[0].threshold));
    CHECK(points[0].positives + points[0].negatives == 0);
    auto at = points.begin();
    for (const auto& [score, point] : expected) {
        ++at;
        CHECK(at->threshold == point.threshold);
        CHECK(at->positives == Approx(point.positives).epsilon(1e-14));
        CHECK(at->negatives == Approx(point.negatives).epsilon(1e-14));
    }
}

}  // namespace

TEST_CASE("a score curve is what its definition says, on every case of the oracle's table") {
    for (const auto& from : oracle::metric_cases("scores")) {
        INFO("case '" << from.name << "'");
        check_by_definition(oracle::scored(from, scored_outcomes()));
    }
}

TEST_CASE("a score curve of nothing has its first point") {
    const score_curve curve{scored_outcomes()};
    REQUIRE(curve.points().size() == 1);
    CHECK(curve.total() == 0);
    CHECK(curve.effective_positives() == 0);
    CHECK(std::isnan(placements_of(curve).area));
}

TEST_CASE("a score curve of many rows, with and without ties, is in order and complete") {
    for (const bool weighted : {false, true}) {
        for (const double step : {0.0, 1.0 / 512}) {
            auto rows = laws::probability_rows(30'000, weighted);
            double positives = 0, negatives = 0;
            for (auto& row : rows) {
                if (step > 0) row.score = std::round(row.score / step) * step;
                (row.label == 1 ? positives : negatives) += row.weight;
            }
            const score_curve curve(rows_of(rows));
            CHECK(curve.positives() == positives);  // quarters: sums are exact
            CHECK(curve.negatives() == negatives);
            const auto points = curve.points();
            if (step > 0) CHECK(points.size() < 600);
            if (step == 0) CHECK(points.size() > 29'000);
            bool falls = true;
            double squares = 0;
            for (std::size_t i = 1; i < points.size(); ++i) {
                falls = falls && points[i].threshold < points[i - 1].threshold &&
                        points[i].positives >= points[i - 1].positives &&
                        points[i].negatives >= points[i - 1].negatives &&
                        points[i].positives + points[i].negatives >
                            points[i - 1].positives + points[i - 1].negatives;
                squares += curve.squares_at(i).positives;
            }
            CHECK(falls);
            CHECK(curve.effective_positives() ==
                  Approx(positives * positives / squares).epsilon(1e-12));
        }
    }
}

TEST_CASE("zeros of both signs share a point, and it is zero") {
    const score_curve curve(std::vector<std::int32_t>{1, 0}, std::vector<double>{-0.0, 0.0});
    REQUIRE(curve.points().size() == 2);
    CHECK(!std::signbit(curve.points()[1].threshold));
    CHECK(curve.points()[1] == score_point{0, 1, 1});
}

TEST_CASE("a sum by blocks is within its rounding") {
    random_source random(40);
    for (const int terms : {0, 1, 63, 64, 65, 20'000}) {
        detail::sum_by_blocks blocks;
        compensated_sum exact;
        for (int i = 0; i < terms; ++i) {
            const double term = std::exp(5 * random.normal());
            blocks.add(term);
            exact.add(term);
        }
        CHECK(std::fabs(blocks.value() - exact.value()) <= detail::sum_rounding * exact.value());
    }
}

TEST_CASE("columns of different lengths are refused") {
    const std::vector<std::int32_t> label{0, 1};
    const std::vector<double> one{0.5};
    const std::vector<double> two{0.5, 0.25};
    CHECK_THROWS_AS(score_curve(label, one), std::invalid_argument);
    CHECK_THROWS_AS(score_curve(label, two, one), std::invalid_argument);
}

TEST_CASE("DeLong's variance from a curve is that from its rows") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("scores")) {
        const scored_outcomes rows = oracle::scored(from, scored_outcomes());
        const placements direct = placements_of(rows.labels(), rows.scores(), rows.weights());
        const placements read = placements_of(score_curve(rows));
        INFO("case '" << from.name << "'");
        CHECK(read.positives == Approx(direct.positives).epsilon(1e-15));
        CHECK(read.negatives == Approx(direct.negatives).epsilon(1e-15));
        REQUIRE(std::isnan(read.area) == std::isnan(direct.area));
        if (std::isnan(read.area)) continue;
        CHECK(read.area == Approx(direct.area).epsilon(1e-13));
        const double least = std::min(direct.effective_positives, direct.effective_negatives);
        if (least < 1 + 1e-9) continue;  // ep / (ep - 1) has lost its digits
        ++compared;
        CHECK(read.variance ==
              Approx(direct.variance).epsilon(1e-11 + 1e-14 / (least - 1)).margin(1e-17));
    }
    CHECK(compared >= 200);
}

TEST_CASE("the turns of a curve are its points but negatives that negatives follow") {
    const scored_outcomes rows = [] {
        scored_outcomes made;
        // n n p n n (p n) n p n n
        const double scores[] = {9, 8, 7, 6, 5, 4, 4, 3, 2, 1, 0};
        const std::int32_t labels[] = {0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0};
        made.update(probability_outcome::columns{.label = labels, .score = scores});
        return made;
    }();
    const score_curve turns = score_curve::turns_of(rows);
    const std::vector<score_point> expected{{HUGE_VAL, 0, 0}, {8, 0, 2}, {7, 1, 2}, {5, 1, 4},
                                            {4, 2, 5},        {3, 2, 6}, {2, 3, 6}, {0, 3, 8}};
    CHECK(std::ranges::equal(turns.points(), expected));
    CHECK(turns.effective_positives() == 3);
    CHECK(turns.effective_negatives() == 8);
    CHECK(score_curve::turns_of(scored_outcomes()).points().size() == 1);
    CHECK_THROWS_AS(score_curve::turns_of(std::vector<std::int32_t>{0}, std::vector<double>{}),
                    std::invalid_argument);
}

TEST_CASE("every metric of a curve is the same of its turns") {
    std::size_t fewer = 0, compared = 0;
    for (const auto& from : oracle::metric_cases("scores")) {
        const scored_outcomes rows = oracle::scored(from, scored_outcomes());
        const score_curve full(rows);
        const score_curve turns = score_curve::turns_of(rows);
        fewer += turns.points().size() < full.points().size() ? 1U : 0U;
        INFO("case '" << from.name << "'");
        for_each_binary_metric(confidence_95, [&](const auto& metric) {
            if constexpr (requires { metric(full); }) {
                INFO(metric.info.name);
                const estimate a = metric(full);
                const estimate b = metric(turns);
                REQUIRE(a.defined() == b.defined());
                if (!a) return;
                ++compared;
                CHECK(b.value() == Approx(a.value()).epsilon(1e-14).margin(1e-15));
                REQUIRE(a.has_interval() == b.has_interval());
                if (!a.has_interval()) return;
                CHECK(b.lower() == Approx(a.lower()).epsilon(1e-12).margin(1e-13));
                CHECK(b.upper() == Approx(a.upper()).epsilon(1e-12).margin(1e-13));
            }
        });
    }
    CHECK(fewer >= 50);
    CHECK(compared >= 2000);
}
