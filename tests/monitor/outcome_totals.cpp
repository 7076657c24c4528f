#include "leeway/monitor/outcome_totals.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using leeway::outcome_totals;
using leeway::prediction_task;

namespace {

constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

outcome_totals binary() {
    leeway::error_reference error;
    error.counts = {90, 10};
    return {prediction_task::binary, 0.5, error, leeway::log_linear_layout::probabilities()};
}

outcome_totals regression(std::size_t levels = 5, double scale = 16) {
    leeway::error_reference error;
    error.counts.assign(levels, 1);
    error.scale = scale;
    return {prediction_task::regression, 0.5, error, leeway::log_linear_layout::probabilities()};
}

}  // namespace

TEST_CASE("a binary outcome's loss is whether the decision was wrong") {
    auto totals = binary();
    CHECK(totals.update(1, 0.7) == 0);
    CHECK(totals.update(0, 0.7) == 1);
    CHECK(totals.update(1, 0.5) == 0);  // at the threshold: class 1
    CHECK(totals.update(1, 0.4) == 1);
    CHECK(totals.rows() == 4);
    CHECK(totals.levels() == std::vector<std::uint64_t>{2, 2});
    CHECK(totals.binary()->get<leeway::confusion_matrix>().cell(1, 0) == 1);
    CHECK(totals.regression() == nullptr);
}

TEST_CASE("a regression's loss is its squared error, rounded up to a level") {
    auto totals = regression();
    CHECK(totals.update(3, 3) == 0);
    CHECK(totals.update(3, 3 + 1e-9) == 1);  // any error at all
    CHECK(totals.update(3, 5) == 1);         // 4 of 16: exactly level 1
    CHECK(totals.update(3, 5.001) == 2);
    CHECK(totals.update(3, 7) == 4);
    CHECK(totals.update(-1e300, 1e300) == 4);  // the square overflows: clipped
    CHECK(totals.levels() == std::vector<std::uint64_t>{1, 2, 1, 0, 2});
}

TEST_CASE("labels that are none are counted, not taken") {
    auto totals = binary();
    for (const double label : {2.0, -1.0, 0.5, not_a_number}) {
        CHECK(totals.update(label, 0.5) == outcome_totals::no_level);
    }
    CHECK(totals.update(1, not_a_number) == outcome_totals::no_level);
    CHECK(totals.update(1, std::numeric_limits<double>::infinity()) == outcome_totals::no_level);
    CHECK(totals.bad_labels() == 4);
    CHECK(totals.bad_scores() == 2);
    CHECK(totals.rows() == 0);

    auto numbers = regression();
    CHECK(numbers.update(not_a_number, 1) == outcome_totals::no_level);
    CHECK(numbers.update(7, 1) == 4);
    CHECK(numbers.bad_labels() == 1);

    outcome_totals none;
    CHECK(none.update(1, 0.5) == outcome_totals::no_level);
    CHECK(none.rows() == 0);
}

TEST_CASE("a score that is no probability counts in the decisions only") {
    auto totals = binary();
    CHECK(totals.update(1, 1.5) == 0);
    CHECK(totals.rows() == 1);
    CHECK(totals.binary()->get<leeway::confusion_matrix>().total() == 1);
    CHECK(totals.binary()->get<leeway::mean_loss<leeway::loss::brier>>().rejected().range == 1);
}

TEST_CASE("merged outcomes equal one stream's") {
    for (const bool numbers : {false, true}) {
        fixture::world world(4);
        world.regression = numbers;
        auto left = numbers ? regression() : binary();
        auto right = left;
        auto all = left;
        for (int i = 0; i < 2000; ++i) {
            const auto row = world();
            all.update(row.label, row.score);
            (i < 700 ? left : right).update(row.label, row.score);
        }
        left.merge(right);
        CHECK(left.rows() == 2000);
        CHECK(left.levels() == all.levels());
        if (numbers) {
            const auto merged =
                leeway::r_squared{}(left.regression()->get<leeway::regression_moments>());
            const auto whole =
                leeway::r_squared{}(all.regression()->get<leeway::regression_moments>());
            CHECK(merged.value() == Approx(whole.value()).epsilon(1e-12));
        } else {
            CHECK(left.binary()->get<leeway::score_table>() ==
                  all.binary()->get<leeway::score_table>());
            CHECK(left.binary()->get<leeway::confusion_matrix>() ==
                  all.binary()->get<leeway::confusion_matrix>());
        }
        left.reset();
        CHECK(left == (numbers ? regression() : binary()));
    }
}

TEST_CASE("totals of different settings do not merge") {
    auto totals = regression();
    CHECK_THROWS_AS(totals.merge(binary()), std::invalid_argument);
    CHECK_THROWS_AS(totals.merge(regression(6)), std::invalid_argument);
    CHECK_THROWS_AS(totals.merge(regression(5, 4)), std::invalid_argument);
    CHECK_NOTHROW(totals.merge(regression()));
}

TEST_CASE("outcomes have a fixed size") {
    auto totals = binary();
    const std::size_t before = totals.bytes();
    CHECK(before > 40'000);
    CHECK(before < 80'000);
    for (int i = 0; i < 1000; ++i) totals.update(i % 2, i / 1000.0);
    CHECK(totals.bytes() == before);
    CHECK(regression().bytes() < 4096);
}

TEST_CASE("outcomes survive a state file") {
    auto totals = binary();
    auto numbers = regression();
    fixture::world world(6);
    for (int i = 0; i < 100; ++i) {
        const auto row = world();
        totals.update(row.label, row.score);
        numbers.update(row.score * 10, row.score);
    }
    for (const auto& each : {totals, numbers, outcome_totals()}) {
        const auto back = leeway::from_bytes<outcome_totals>(leeway::to_bytes(each));
        REQUIRE(back);
        CHECK(*back == each);
    }
}

TEST_CASE("hostile bytes for outcomes") {
    auto numbers = regression();
    for (int i = 0; i < 10; ++i) numbers.update(i, i * 0.5);
    laws::hostile_bytes(numbers, 11);
}

TEST_CASE("scores of another scale get a table of their own") {
    leeway::reference_builder build(leeway::schema{});
    for (int i = 0; i < 100; ++i) {
        build.update(std::vector<double>{}, {.label = i % 2, .score = i * 10.0 - 500});
    }
    const auto made = build.finish();
    const auto layout = outcome_totals::layout_for(made.score());
    CHECK(layout.negative());
    CHECK(layout.index(-500) != layout.index(-499));
    CHECK(layout.index(2000) != layout.index(1000));
    CHECK(layout.cells() < 10'000);
    CHECK(outcome_totals(made).binary()->get<leeway::score_table>().layout() == layout);
}
