#include "leeway/evaluation/cross_validate.hpp"

#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/model/linear_model.hpp"
#include "oracle/cross_validation_case.hpp"

using leeway::batch_view;
using leeway::cross_validate;
using leeway::split;

namespace {

/// A ridge regression of one penalty.
auto ridge_of(double ridge) {
    return [ridge](const batch_view& rows, std::span<const double> targets) {
        return leeway::linear_model::fit(rows, targets, ridge);
    };
}

template <class M, class State = typename M::state_type>
void check(const oracle::cross_validation_case& from, const std::string& key, const M& metric,
           int& seen, const State& empty = State{}) {
    if (!from.source.has(key)) return;
    const auto rows = from.source.list(key);
    for (std::size_t p = 0; p < from.ridges.size(); ++p) {
        const auto done =
            cross_validate(ridge_of(from.ridges[p]), from.data(), from.splits, metric, {}, empty);
        std::istringstream expected(rows[p]);
        for (const auto& fold : done.folds) {
            double value = 0;
            REQUIRE(expected >> value);
            ++seen;
            INFO(from.source.name << ", " << key << ", ridge " << from.ridges[p]);
            // The fits differ by their solvers' rounding.
            CHECK(fold.value() == Approx(value).epsilon(1e-9).margin(1e-11));
        }
        CHECK(done.undefined_folds == 0);
        CHECK(done.rejected == 0);
    }
}

/// A model that always says the same.
auto constant(double score) {
    return [score](std::span<const double>) { return score; };
}

const std::vector<double> ten_rows{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

}  // namespace

TEST_CASE("cross-validation equals scikit-learn's cross_val_score of Ridge") {
    int seen = 0;
    for (const auto& from : oracle::cross_validation_cases()) {
        check(from, "mean_squared_error", leeway::mean_squared_error{}, seen);
        check(from, "mean_absolute_error", leeway::mean_absolute_error{}, seen);
        check(from, "r_squared", leeway::r_squared{}, seen);
        check(from, "roc_auc", leeway::roc_auc{}, seen, leeway::scored_outcomes());
        check(from, "accuracy", leeway::accuracy{}, seen);

        const auto done = cross_validate(ridge_of(from.ridges[0]), from.data(), from.splits,
                                         leeway::mean_squared_error{});
        CHECK(done.mean.value() == Approx(from.source.numbers("mean").at(0)).epsilon(1e-9));
        CHECK(done.mean.upper() == Approx(from.source.numbers("upper").at(0)).epsilon(1e-8));
        CHECK(done.mean.lower() ==
              Approx(from.source.numbers("lower").at(0)).epsilon(1e-8).margin(1e-9));
    }
    CHECK(seen >= 1500);
}

TEST_CASE("the result does not depend on the number of threads") {
    const auto from = oracle::cross_validation_cases().front();
    const auto splits = leeway::repeated_k_fold(from.targets.size(), 4, 5, 1);
    const auto one =
        cross_validate(ridge_of(0.1), from.data(), splits, leeway::mean_squared_error{});
    for (const std::size_t threads : {2U, 3U, 64U}) {
        std::vector<std::pair<std::size_t, std::size_t>> told;
        leeway::cross_validation_settings settings;
        settings.threads = threads;
        settings.progress = [&](std::size_t done, std::size_t all) {
            told.emplace_back(done, all);
        };
        CHECK(cross_validate(ridge_of(0.1), from.data(), splits, leeway::mean_squared_error{},
                             settings) == one);
        REQUIRE(told.size() == 20);
        for (std::size_t i = 0; i < told.size(); ++i) {
            CHECK(told[i] == std::pair<std::size_t, std::size_t>(i + 1, 20));
        }
    }
}

TEST_CASE("undefined and infinite folds are told") {
    // The first fold's targets are of one class.
    const std::vector<double> targets{0, 0, 0, 0, 0, 1, 0, 1, 1, 0};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto splits = leeway::k_fold(10, 2);
    const auto first_row = [](const batch_view&, std::span<const double>) {
        return [](std::span<const double> row) { return row[0]; };
    };
    const auto areas =
        cross_validate(first_row, data, splits, leeway::roc_auc{}, {}, leeway::scored_outcomes());
    CHECK(areas.folds[0].reason() == leeway::undefined::one_class);
    CHECK(areas.undefined_folds == 1);
    CHECK(areas.mean.value() == areas.folds[1].value());
    CHECK_FALSE(areas.mean.has_interval());
    const auto none = cross_validate(first_row, {batch_view(ten_rows, 1), std::vector<double>(10)},
                                     splits, leeway::roc_auc{});
    CHECK(none.mean.reason() == leeway::undefined::one_class);
    CHECK(none.undefined_folds == 2);

    const auto certain = [](const batch_view&, std::span<const double>) { return constant(0); };
    const auto losses = cross_validate(certain, data, splits, leeway::log_loss{});
    CHECK(losses.folds[0].value() == 0);
    CHECK(std::isinf(losses.mean.value()));
    CHECK_FALSE(losses.mean.has_interval());
}

TEST_CASE("decisions are by the threshold, and what is none is counted") {
    const std::vector<double> targets{0, 1, 0.5, 1, -1, 1, 0, 1, 0, 1};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto score = [](const batch_view&, std::span<const double>) { return constant(0.3); };
    const auto splits = leeway::k_fold(10, 2);
    leeway::cross_validation_settings settings;
    settings.threshold = 0.3;
    const auto above = cross_validate(score, data, splits, leeway::accuracy{}, settings);
    CHECK(above.rejected == 2);  // neither 0.5 nor -1 is a class
    CHECK(above.folds[0].value() == Approx(2.0 / 3));
    CHECK(above.folds[1].value() == Approx(3.0 / 5));
    CHECK(above.mean.weight() == 8);
    settings.threshold = 0.31;
    CHECK(cross_validate(score, data, splits, leeway::accuracy{}, settings).folds[1].value() ==
          Approx(2.0 / 5));
    const auto nothing = [](const batch_view&, std::span<const double>) {
        return constant(std::numeric_limits<double>::quiet_NaN());
    };
    CHECK(cross_validate(nothing, data, splits, leeway::accuracy{}).rejected == 10);
}

TEST_CASE("what cannot be cross-validated is refused, and what fit throws comes through") {
    const std::vector<double> targets(10, 1.0);
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto fit = ridge_of(1);
    const leeway::mean_squared_error metric;
    CHECK_THROWS_AS(cross_validate(fit, data, std::vector<split>{}, metric), std::invalid_argument);
    CHECK_THROWS_AS(cross_validate(fit, data, std::vector<split>{{{0}, {}}}, metric),
                    std::invalid_argument);
    CHECK_THROWS_AS(cross_validate(fit, data, std::vector<split>{{{0}, {10}}}, metric),
                    std::invalid_argument);
    const leeway::labelled_rows torn{batch_view(ten_rows, 1),
                                     std::span<const double>(targets).first(9)};
    CHECK_THROWS_AS(cross_validate(fit, torn, leeway::k_fold(10, 2), metric),
                    std::invalid_argument);
    leeway::cross_validation_settings settings;
    settings.threads = 0;
    CHECK_THROWS_AS(cross_validate(fit, data, leeway::k_fold(10, 2), metric, settings),
                    std::invalid_argument);
    const auto failing = [](const batch_view& rows, std::span<const double>) {
        // Fold i of five has rows 2 i and 2 i + 1 left out; all but the first two fail.
        if (rows.row(2)[0] == 2) throw std::runtime_error("row " + std::to_string(rows.row(4)[0]));
        return constant(0);
    };
    for (const std::size_t threads : {1U, 3U}) {
        settings.threads = threads;
        std::string said;
        try {
            (void)cross_validate(failing, data, leeway::k_fold(10, 5), metric, settings);
        } catch (const std::runtime_error& problem) {
            said = problem.what();
        }
        CHECK(said == "row " + std::to_string(6.0));  // of the third fold, the first to fail
    }
    settings.progress = [](std::size_t, std::size_t) { throw std::runtime_error("enough"); };
    CHECK_THROWS_AS(cross_validate(fit, data, leeway::k_fold(10, 5), metric, settings),
                    std::runtime_error);
}
