#include "leeway/evaluation/grid_search.hpp"

#include <array>
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
    CHECK(seen == 144);
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
    using leeway::detail::best_of;
    const estimate undefined = leeway::undefined::one_class;
    const std::vector<cross_validation> table{
        with(undefined, 5),       with(estimate::of(2, 1)),    with(estimate::of(3, 1)),
        with(estimate::of(3, 1)), with(estimate::of(9, 1), 1), with(estimate::of(2, 1))};
    CHECK(best_of(table, orientation::higher_is_better) == 2);
    CHECK(best_of(table, orientation::lower_is_better) == 1);
    CHECK(best_of(std::span(table).first(1), orientation::lower_is_better) == std::nullopt);
    CHECK(best_of({}, orientation::lower_is_better) == std::nullopt);
    const std::vector<cross_validation> gaps{with(estimate::of(9, 1), 1), with(estimate::of(2, 1))};
    CHECK(best_of(gaps, orientation::higher_is_better) == 1);
}

TEST_CASE("a grid that cannot be searched") {
    const auto from = oracle::cross_validation_cases().front();
    const std::vector<double> nothing;
    const auto empty = grid_search(ridge, nothing, from.data(), from.splits, leeway::r_squared{});
    CHECK(empty.table.empty());
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
