#include "leeway/evaluation/grid_search.hpp"

#include <array>
#include <atomic>
#include <cmath>
#include <span>
#include <stdexcept>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/metrics/always_valid_mean.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/model/linear_model.hpp"
#include "oracle/cross_validation_case.hpp"

using leeway::batch_view;
using leeway::cross_validation;
using leeway::estimate;
using leeway::grid_search;

namespace {

const auto ridge = [](double penalty, const batch_view& rows, std::span<const double> targets) {
    return leeway::linear_model::fit(rows, targets, penalty);
};

cross_validation with(const estimate& mean, std::size_t undefined_folds = 0) {
    cross_validation one;
    one.mean = mean;
    one.undefined_folds = undefined_folds;
    return one;
}

/// A regression figure that is neither good nor bad.
struct directionless {
    using state_type = leeway::mean_squared_error::state_type;
    static constexpr leeway::info_card info{"directionless", "1"};
    estimate operator()(const state_type& state) const { return estimate::of(0, state.weight()); }
};

}  // namespace

TEST_CASE("a grid's table is the points' cross-validations, its best scikit-learn's") {
    int seen = 0;
    for (const auto& from : oracle::cross_validation_cases()) {
        INFO(from.source.name);
        const auto found =
            grid_search(ridge, from.ridges, from.data(), from.splits, leeway::mean_squared_error{});
        REQUIRE(found.table.size() == from.ridges.size());
        REQUIRE(found.best.has_value());
        CHECK(static_cast<std::int32_t>(*found.best) == from.source.integers("best").at(0));
        for (std::size_t p = 0; p < from.ridges.size(); ++p) {
            const auto alone = leeway::cross_validate(
                [&](const batch_view& rows, std::span<const double> targets) {
                    return ridge(from.ridges[p], rows, targets);
                },
                from.data(), from.splits, leeway::mean_squared_error{});
            CHECK(found.table[p] == alone);
            ++seen;
        }
    }
    CHECK(seen >= 600);
}

TEST_CASE("a grid does not depend on the number of threads") {
    const auto from = oracle::cross_validation_cases().front();
    const auto one = grid_search(ridge, from.ridges, from.data(), from.splits, leeway::r_squared{});
    leeway::cross_validation_settings settings;
    settings.threads = 3;
    std::size_t told = 0;
    settings.progress = [&](std::size_t done, std::size_t all) {
        told = done;
        CHECK(all == from.ridges.size() * from.splits.size());
    };
    CHECK(grid_search(ridge, from.ridges, from.data(), from.splits, leeway::r_squared{},
                      settings) == one);
    CHECK(told == from.ridges.size() * from.splits.size());
}

TEST_CASE("the best point, by direction, with ties and gaps") {
    using leeway::orientation;
    using leeway::detail::ranking_of;
    using places = std::vector<std::size_t>;
    const estimate undefined = leeway::undefined::one_class;
    const std::vector<cross_validation> table{
        with(undefined, 5),       with(estimate::of(2, 1)),       with(estimate::of(3, 1)),
        with(estimate::of(3, 1)), with(estimate::of(9, 1), 1),    with(estimate::of(2, 1)),
        with(undefined, 4),       with(estimate::of(HUGE_VAL, 1))};
    CHECK(ranking_of(table, orientation::higher_is_better) == places{7, 2, 3, 1, 5, 4, 0, 6});
    CHECK(ranking_of(table, orientation::lower_is_better) == places{1, 5, 2, 3, 7, 4, 0, 6});
    CHECK(ranking_of({}, orientation::lower_is_better).empty());
}

TEST_CASE("a grid that cannot be searched") {
    const auto from = oracle::cross_validation_cases().front();
    const std::vector<double> nothing;
    const auto empty = grid_search(ridge, nothing, from.data(), from.splits, leeway::r_squared{});
    CHECK(empty.table.empty());
    CHECK(empty.ranking.empty());
    CHECK_FALSE(empty.best);
    CHECK_THROWS_AS(grid_search(ridge, from.ridges, from.data(), from.splits, directionless{}),
                    std::invalid_argument);
    CHECK_THROWS_AS(grid_search(ridge, from.ridges, from.data(), std::vector<leeway::split>{},
                                leeway::r_squared{}),
                    std::invalid_argument);
    // A point may be anything that fit understands.
    const std::array<std::vector<double>, 2> points{{{0.1}, {10.0}}};
    const auto found = grid_search(
        [](const std::vector<double>& point, const batch_view& rows,
           std::span<const double> targets) {
            return leeway::linear_model::fit(rows, targets, point.at(0));
        },
        points, from.data(), from.splits, leeway::r_squared{});
    CHECK(found.table.size() == 2);
}

TEST_CASE("a grid's point that diverged does not take the others with it") {
    const std::vector<double> values{0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, targets(10, 0.0);
    const std::vector<double> points{1e80, 0.5, 1};
    const auto fit = [](double point, const batch_view& rows, std::span<const double>) {
        const double score = rows.row(0)[0] == 0 ? point : 0.5 * point;
        return [score](std::span<const double>) { return score; };
    };
    const auto found = grid_search(fit, points, {batch_view(values, 1), targets},
                                   leeway::k_fold(10, 2), leeway::mean_squared_error{});
    CHECK(found.best == 1);
    CHECK(found.table[0].mean.value() == Approx(0.625e160));
    CHECK_FALSE(found.table[0].mean.has_interval());
    CHECK(found.ranking == std::vector<std::size_t>{1, 2, 0});

    // Every figure of a point undefined: it comes last, and the table says why.
    const std::vector<double> with_nan{std::nan(""), 0.5};
    const auto lost = grid_search(fit, with_nan, {batch_view(values, 1), targets},
                                  leeway::k_fold(10, 2), leeway::mean_squared_error{});
    CHECK(lost.best == 1);
    CHECK(lost.ranking == std::vector<std::size_t>{1, 0});
    CHECK(lost.table[0].mean.reason() == leeway::undefined::empty);
    CHECK(lost.table[0].rejected == 10);
    const auto none =
        grid_search(fit, std::vector<double>(2, std::nan("")), {batch_view(values, 1), targets},
                    leeway::k_fold(10, 2), leeway::mean_squared_error{});
    CHECK_FALSE(none.best);
    CHECK(none.ranking.size() == 2);
}

TEST_CASE("a grid's settings are refused by its own name") {
    const auto from = oracle::cross_validation_cases().front();
    leeway::cross_validation_settings settings;
    settings.threads = 0;
    CHECK_THROWS_WITH(
        grid_search(ridge, from.ridges, from.data(), from.splits, leeway::r_squared{}, settings),
        "grid_search: threads is 0, expected at least 1");
}

TEST_CASE("a grid of several metrics is chosen by one of them") {
    const auto from = oracle::cross_validation_cases().front();
    const leeway::metric_set set(leeway::mean_squared_error{}, leeway::r_squared{},
                                 directionless{});
    std::atomic<int> fits{0}, weighted{0};
    const auto fit = [&](double penalty, const batch_view& rows, std::span<const double> targets,
                         std::span<const double> weights) {
        ++fits;
        if (!weights.empty()) ++weighted;
        return ridge(penalty, rows, targets);
    };
    leeway::cross_validation_settings settings;
    settings.threads = 2;
    const auto found =
        grid_search(fit, from.ridges, from.data(), from.splits, set, "r_squared", settings);
    CHECK(weighted == 0);
    CHECK(static_cast<std::size_t>(fits) == from.ridges.size() * from.splits.size());
    const auto errors =
        grid_search(ridge, from.ridges, from.data(), from.splits, leeway::mean_squared_error{});
    const auto shares =
        grid_search(ridge, from.ridges, from.data(), from.splits, leeway::r_squared{});
    CHECK(found.best == shares.best);
    CHECK(found.ranking == shares.ranking);
    REQUIRE(found.table.size() == from.ridges.size());
    for (std::size_t p = 0; p < from.ridges.size(); ++p) {
        CHECK(found.table[p].at("r_squared") == shares.table[p]);
        CHECK(found.table[p].at("mean_squared_error") == errors.table[p]);
    }
    const auto search_by = [&](const auto& metrics, const char* by) {
        (void)grid_search(ridge, from.ridges, from.data(), from.splits, metrics, by);
    };
    CHECK_THROWS_WITH(search_by(set, "accuracy"),
                      "grid_search: no metric 'accuracy' to choose by, expected one of "
                      "'mean_squared_error', 'r_squared', 'directionless'");
    CHECK_THROWS_WITH(
        search_by(set, "directionless"),
        "grid_search: directionless has no better direction, expected one to choose by");
    CHECK_THROWS_WITH(
        search_by(leeway::metric_set(leeway::r_squared{}, leeway::r_squared{}), "r_squared"),
        "grid_search: two metrics are called 'r_squared', expected one");
    // Of states that are not the metrics' own.
    const leeway::state_set<leeway::mean_squared_error::state_type, leeway::r_squared::state_type>
        empty;
    const leeway::metric_set two(leeway::mean_squared_error{}, leeway::r_squared{});
    CHECK(grid_search(ridge, from.ridges, from.data(), from.splits, two, "r_squared", {}, empty)
              .ranking == shares.ranking);
}
