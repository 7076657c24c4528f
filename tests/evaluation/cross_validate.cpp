#include "leeway/evaluation/cross_validate.hpp"

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <limits>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/pinball_loss.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/top_k_accuracy.hpp"
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

/// The folds' figures against a line "0.5 nan ...", nan where the judge has none.
void check(const std::string& line, const leeway::cross_validation& done, int& seen,
           int& undefined) {
    std::istringstream expected(line);
    for (const auto& fold : done.folds) {
        std::string word;
        REQUIRE(expected >> word);
        if (word == "nan") {
            CHECK_FALSE(fold.defined());
            ++undefined;
            continue;
        }
        ++seen;
        // The fits differ by their solvers' rounding.
        CHECK(fold.value() == Approx(std::stod(word)).epsilon(1e-9).margin(1e-11));
    }
    CHECK(done.rejected == 0);
}

/// Gaussian naive Bayes with weights, as scikit-learn defines it: a probability for every class.
auto naive_bayes(const batch_view& rows, std::span<const double> targets,
                 std::span<const double> weights) {
    const auto classes =
        static_cast<std::size_t>(*std::max_element(targets.begin(), targets.end())) + 1;
    const std::size_t d = rows.columns();
    const auto weight = [&](std::size_t i) { return weights.empty() ? 1 : weights[i]; };
    double widest = 0, total = 0;
    for (std::size_t j = 0; j < d; ++j) {
        double mean = 0, squares = 0;
        const auto n = static_cast<double>(rows.rows());
        for (std::size_t i = 0; i < rows.rows(); ++i) mean += rows.row(i)[j] / n;
        for (std::size_t i = 0; i < rows.rows(); ++i)
            squares += std::pow(rows.row(i)[j] - mean, 2) / n;
        widest = std::max(widest, squares);
    }
    std::vector<double> of(classes, 0.0), mean(classes * d, 0.0), variance(classes * d, 0.0);
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto c = static_cast<std::size_t>(targets[i]);
        of[c] += weight(i);
        total += weight(i);
        for (std::size_t j = 0; j < d; ++j) mean[c * d + j] += weight(i) * rows.row(i)[j];
    }
    for (std::size_t k = 0; k < mean.size(); ++k) mean[k] /= of[k / d];
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const auto c = static_cast<std::size_t>(targets[i]);
        for (std::size_t j = 0; j < d; ++j) {
            variance[c * d + j] +=
                weight(i) * std::pow(rows.row(i)[j] - mean[c * d + j], 2) / of[c];
        }
    }
    for (double& one : variance) one += 1e-9 * widest;
    return [=](std::span<const double> row) {
        std::vector<double> p(classes);
        for (std::size_t c = 0; c < classes; ++c) {
            p[c] = std::log(of[c] / total);
            for (std::size_t j = 0; j < d; ++j) {
                const std::size_t k = c * d + j;
                p[c] -= std::log(variance[k]) / 2 + std::pow(row[j] - mean[k], 2) / variance[k] / 2;
            }
        }
        const double most = *std::max_element(p.begin(), p.end());
        double sum = 0;
        for (double& one : p) sum += one = std::exp(one - most);
        for (double& one : p) one /= sum;
        return p;
    };
}

/// A model that always says the same.
auto constant(double score) {
    return [score](std::span<const double>) { return score; };
}

const std::vector<double> ten_rows{0, 1, 2, 3, 4, 5, 6, 7, 8, 9};

}  // namespace

TEST_CASE("cross-validation equals scikit-learn's cross_val_score of Ridge") {
    const leeway::metric_set regression(leeway::mean_squared_error{}, leeway::mean_absolute_error{},
                                        leeway::r_squared{});
    const leeway::metric_set binary(leeway::roc_auc{}, leeway::accuracy{});
    const leeway::state_set<leeway::scored_outcomes, leeway::confusion_matrix> exact;
    int seen = 0, undefined = 0;
    const auto cases = oracle::cross_validation_cases();
    for (const auto& from : cases) {
        for (std::size_t p = 0; p < from.ridges.size(); ++p) {
            INFO(from.source.name << ", ridge " << from.ridges[p]);
            const auto fit = ridge_of(from.ridges[p]);
            auto done = cross_validate(fit, from.data(), from.splits, regression);
            if (from.source.has("roc_auc")) {
                auto more = cross_validate(fit, from.data(), from.splits, binary, {}, exact);
                for (auto& one : more.entries) done.entries.push_back(std::move(one));
            }
            for (const auto& [key, figures] : done.entries) {
                INFO(key);
                check(from.source.list(key)[p], figures, seen, undefined);
            }
            if (p > 0) continue;
            const auto& mean = done.at("mean_squared_error").mean;
            CHECK(mean.value() == Approx(from.source.numbers("mean").at(0)).epsilon(1e-9));
            CHECK(mean.upper() == Approx(from.source.numbers("upper").at(0)).epsilon(1e-8));
            CHECK(mean.lower() ==
                  Approx(from.source.numbers("lower").at(0)).epsilon(1e-8).margin(1e-9));
        }
    }
    CHECK(cases.size() >= 300);
    CHECK(seen >= 5000);
    CHECK(undefined >= 40);
}

TEST_CASE("cross-validation of several classes equals scikit-learn's GaussianNB") {
    const leeway::metric_set set(leeway::accuracy{}, leeway::matthews_correlation{},
                                 leeway::log_loss{}, leeway::top_k_accuracy{.k = 2});
    int seen = 0, undefined = 0;
    for (const auto& from : oracle::metric_cases("cross_validation_classes")) {
        INFO(from.name);
        const auto values = from.numbers("value"), weights = from.numbers("weight");
        const auto targets = from.numbers("target");
        const auto labels = from.integers("target");
        const auto classes =
            static_cast<std::size_t>(*std::max_element(labels.begin(), labels.end())) + 1;
        const auto splits =
            leeway::stratified_k_fold(labels, static_cast<std::size_t>(from.integers("folds")[0]));
        const leeway::state_set<leeway::confusion_matrix,
                                leeway::mean_loss<leeway::loss::row_logarithmic>,
                                leeway::label_ranks>
            empty(leeway::confusion_matrix(classes), {}, leeway::label_ranks(classes));
        const auto done = cross_validate(naive_bayes, {batch_view(values, 2), targets, weights},
                                         splits, set, {}, empty);
        for (const auto& [key, figures] : done.entries) {
            INFO(key);
            if (from.has(key)) check(from.expected(key), figures, seen, undefined);
        }
    }
    CHECK(seen >= 1000);
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

TEST_CASE("no fit is begun after the first exception") {
    const std::vector<double> targets(10, 1.0);
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto splits = leeway::repeated_k_fold(10, 10, 20, 1);
    for (const std::size_t threads : {1U, 3U}) {
        std::atomic<int> begun{0};
        const auto failing = [&](const batch_view&, std::span<const double>) {
            if (++begun == 3) throw std::runtime_error("diverged");
            return constant(0);
        };
        leeway::cross_validation_settings settings;
        settings.threads = threads;
        CHECK_THROWS_WITH(
            cross_validate(failing, data, splits, leeway::mean_squared_error{}, settings),
            "diverged");
        // Of 200: those that other threads had begun, and what a slow thread lets them begin.
        CHECK(begun <= (threads == 1 ? 3 : 20));

        begun = 0;
        const auto counted = [&](const batch_view&, std::span<const double>) {
            ++begun;
            return constant(0);
        };
        int told = 0;
        settings.progress = [&](std::size_t, std::size_t) {
            ++told;
            throw std::runtime_error("cancelled");
        };
        CHECK_THROWS_WITH(
            cross_validate(counted, data, splits, leeway::mean_squared_error{}, settings),
            "cancelled");
        CHECK(told == 1);
        CHECK(begun <= (threads == 1 ? 1 : 20));
    }
}

TEST_CASE("figures too far apart for a variance have a mean") {
    const std::vector<double> targets(10, 0.0);
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto far = [](const batch_view& rows, std::span<const double>) {
        return constant(rows.row(0)[0] == 0 ? 1e150 : 1e20);  // squares of 1e300 and 1e40
    };
    const auto done =
        cross_validate(far, data, leeway::k_fold(10, 2), leeway::mean_squared_error{});
    REQUIRE(done.mean.defined());
    CHECK(done.mean.value() == Approx(5e299));
    CHECK_FALSE(done.mean.has_interval());
    CHECK(done.undefined_folds == 0);

    std::vector<split> splits = leeway::k_fold(10, 2);
    leeway::cross_validation most;
    most.folds = {leeway::estimate::of(1.7e308, 1), leeway::estimate::of(-1.7e308, 1)};
    leeway::detail::summarise(most, splits, leeway::confidence_95,
                              leeway::mean_squared_error::info);
    CHECK(most.mean.value() == 0);
    most = {};
    most.folds = {leeway::estimate::of(1.7e308, 1), leeway::estimate::of(1.7e308, 1)};
    leeway::detail::summarise(most, splits, leeway::confidence_95,
                              leeway::mean_squared_error::info);
    CHECK(most.mean.value() == 1.7e308);
}

TEST_CASE("a state of several classes wants a model that names them") {
    const std::vector<double> targets{0, 1, 2, 0, 1, 2, 0, 1, 2, 2};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto two = [](const batch_view&, std::span<const double>) { return constant(2); };
    CHECK_THROWS_WITH(cross_validate(two, data, leeway::k_fold(10, 2), leeway::accuracy{}, {},
                                     leeway::confusion_matrix(3)),
                      "cross_validate: a state of 3 classes, and of the model one score a row, "
                      "which decides between 0 and 1; expected a model that gives a class, an "
                      "integer, or a probability for every class");
}

TEST_CASE("settings and states that cannot be are refused by their names") {
    const std::vector<double> targets(10, 1.0);
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto fit = [](const batch_view&, std::span<const double>) { return constant(1); };
    const auto splits = leeway::k_fold(10, 2);
    const leeway::mean_squared_error metric;
    leeway::cross_validation_settings settings;
    settings.confidence = {1.5, 2};
    CHECK_THROWS_WITH(cross_validate(fit, data, splits, metric, settings),
                      "cross_validate: confidence.level is 1.5, expected in (0, 1)");
    leeway::scored_outcomes seen;
    seen.update({1, 0.5});
    CHECK_THROWS_WITH(cross_validate(fit, data, splits, leeway::roc_auc{}, {}, seen),
                      "cross_validate: the state to begin with has seen rows");
    const std::vector<split> both{{{0, 1, 2}, {2, 3}}};
    CHECK_THROWS_AS(cross_validate(fit, data, both, metric), std::invalid_argument);
}

TEST_CASE("several metrics take one fit a split") {
    const std::vector<double> targets{0, 1, 1, 0, 0, 1, 0, 1, 1, 0},
        weights{1, 2, 1, 3, 1, 1, 2, 1, 1, 4};
    const auto splits = leeway::repeated_k_fold(10, 2, 3, 4);
    std::atomic<int> fits{0};
    const auto fit = [&](const batch_view& rows, std::span<const double> y) {
        ++fits;
        return leeway::linear_model::fit(rows, y, 0.1);
    };
    const leeway::metric_set set(leeway::accuracy{}, leeway::roc_auc{},
                                 leeway::mean_squared_error{}, leeway::r_squared{});
    for (const bool weighted : {false, true}) {
        const leeway::labelled_rows data{
            batch_view(ten_rows, 1), targets,
            weighted ? std::span<const double>(weights) : std::span<const double>()};
        fits = 0;
        const auto all = cross_validate(fit, data, splits, set);
        CHECK(fits == 6);
        REQUIRE(all.entries.size() == 4);
        CHECK(all.entries[1].key == "roc_auc");
        CHECK(all.at("accuracy") == cross_validate(fit, data, splits, leeway::accuracy{}));
        CHECK(all.at("roc_auc") == cross_validate(fit, data, splits, leeway::roc_auc{}));
        CHECK(all.at("mean_squared_error") ==
              cross_validate(fit, data, splits, leeway::mean_squared_error{}));
        CHECK(all.at("r_squared") == cross_validate(fit, data, splits, leeway::r_squared{}));
        CHECK_THROWS_WITH(all.at("rmse"),
                          "cross_validations: no metric 'rmse', expected one of 'accuracy', "
                          "'roc_auc', 'mean_squared_error', 'r_squared'");
        leeway::cross_validation_settings settings;
        settings.threads = 3;
        CHECK(cross_validate(fit, data, splits, set, settings) == all);

        // The set's own states: another empty one, another threshold.
        auto exact = leeway::metric_set(leeway::accuracy{}, leeway::roc_auc{});
        exact.decide_at(0.2);
        settings.threshold = 0.2;
        CHECK(cross_validate(fit, data, splits, exact).at("accuracy") ==
              cross_validate(fit, data, splits, leeway::accuracy{}, settings));
        // Others than the metrics' own.
        const leeway::state_set<leeway::confusion_matrix, leeway::scored_outcomes> empty;
        CHECK(cross_validate(fit, data, splits, exact, {}, empty).at("roc_auc") ==
              cross_validate(fit, data, splits, leeway::roc_auc{}, {}, leeway::scored_outcomes()));
    }
    auto seen = set;
    seen.update(leeway::probability_outcome{1, 0.5});
    CHECK_THROWS_AS(cross_validate(fit, {batch_view(ten_rows, 1), targets}, splits, seen),
                    std::invalid_argument);
}

TEST_CASE("weights go to a fit that takes them, and to the metrics") {
    const std::vector<double> targets{0, 1, 1, 0, 0, 1, 0, 1, 1, 0};
    std::vector<double> weights{1, 2, 1, 3, 1, 1, 2, 1, 1, 0};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets, weights};
    const auto splits = leeway::k_fold(10, 2);
    const auto mean = [](const batch_view& rows, std::span<const double> y,
                         std::span<const double> w) {
        CHECK(y.size() == rows.rows());
        double sum = 0, total = 0;
        for (std::size_t i = 0; i < y.size(); ++i) {
            sum += (w.empty() ? 1 : w[i]) * y[i];
            total += w.empty() ? 1 : w[i];
        }
        return constant(sum / total);
    };
    const auto done = cross_validate(mean, data, splits, leeway::mean_absolute_error{});
    // Fitted to the rows 5-9: 3 / 5; tested on 0-4, where 3 of 8 are of class 1.
    CHECK(done.folds[0].value() == Approx((5 * 0.6 + 3 * 0.4) / 8));
    CHECK(done.folds[0].weight() == 8);
    CHECK(done.folds[1].value() == Approx((2 * 0.375 + 3 * 0.625) / 5));
    const auto plain = cross_validate(mean, {batch_view(ten_rows, 1), targets}, splits,
                                      leeway::mean_absolute_error{});
    CHECK(plain.folds[0].value() == Approx((3 * 0.6 + 2 * 0.4) / 5));
    // Weight k is k copies, and a common factor nothing, but for the weight.
    for (double& weight : weights) weight *= 4;
    CHECK(cross_validate(mean, data, splits, leeway::mean_absolute_error{}).folds[0].value() ==
          done.folds[0].value());

    const auto refused = [&](std::vector<double> bad) {
        const leeway::labelled_rows rows{batch_view(ten_rows, 1), targets, bad};
        CHECK_THROWS_AS(cross_validate(mean, rows, splits, leeway::mean_absolute_error{}),
                        std::invalid_argument);
    };
    refused({1, 2});
    refused({1, 1, 1, 1, 1, 1, 1, 1, 1, -1});
    refused({1, 1, 1, 1, 1, 1, 1, 1, 1, HUGE_VAL});
    refused({1, 1, 1, 1, 1, 1, 1, 1, 1, std::nan("")});
}

TEST_CASE("several classes by a class a row, or by a probability for each") {
    const std::vector<double> targets{0, 1, 2, 0, 1, 2, 0, 1, 2, 2};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto splits = leeway::k_fold(10, 2);
    const auto two = [](const batch_view&, std::span<const double>) {
        return [](std::span<const double>) { return 2; };
    };
    const auto done =
        cross_validate(two, data, splits, leeway::accuracy{}, {}, leeway::confusion_matrix(3));
    CHECK(done.rejected == 0);
    CHECK(done.folds[0].value() == Approx(1.0 / 5));
    CHECK(done.folds[1].value() == Approx(3.0 / 5));

    const auto shares = [](const batch_view&, std::span<const double>) {
        return [](std::span<const double>) { return std::array<double, 3>{0.2, 0.3, 0.5}; };
    };
    const leeway::metric_set set(leeway::accuracy{}, leeway::log_loss{},
                                 leeway::top_k_accuracy{.k = 2});
    const leeway::state_set<leeway::confusion_matrix,
                            leeway::mean_loss<leeway::loss::row_logarithmic>, leeway::label_ranks>
        empty(leeway::confusion_matrix(3), {}, leeway::label_ranks(3));
    const auto all = cross_validate(shares, data, splits, set, {}, empty);
    CHECK(all.at("accuracy") == done);
    CHECK(all.at("log_loss").folds[1].value() ==
          Approx(-(std::log(0.2) + std::log(0.3) + 3 * std::log(0.5)) / 5));
    CHECK(all.at("top_2_accuracy").folds[0].value() == Approx(3.0 / 5));
}

TEST_CASE("a metric that its state must know is given its own") {
    const std::vector<double> targets{1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    const leeway::labelled_rows data{batch_view(ten_rows, 1), targets};
    const auto five = [](const batch_view&, std::span<const double>) { return constant(5); };
    const auto done = cross_validate(five, data, leeway::k_fold(10, 2), leeway::pinball_loss{0.9});
    CHECK(done.folds[0].value() == Approx(0.1 * (4 + 3 + 2 + 1) / 5));
    CHECK(done.folds[1].value() == Approx(0.9 * (1 + 2 + 3 + 4 + 5) / 5));
}
