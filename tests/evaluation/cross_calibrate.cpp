#include "leeway/evaluation/cross_calibrate.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/model/beta_calibrator.hpp"
#include "leeway/model/isotonic_calibrator.hpp"
#include "leeway/model/logistic_model.hpp"
#include "leeway/model/platt_calibrator.hpp"
#include "leeway/model/temperature_scaling.hpp"
#include "oracle/metrics_table.hpp"

using leeway::calibration_change;
using leeway::cross_calibrate;
using leeway::cross_calibration;
using leeway::split;

namespace {

using column = std::vector<double>;
using labels_of = std::vector<std::int32_t>;

double logit(double p) {
    return std::log(p / (1 - p));
}

/// The unpenalised logistic regression of the logit, but for a ridge too small to be seen.
struct logistic_of_logit {
    leeway::logistic_model curve;
    double operator()(double score) const { return curve(column{logit(score)}); }

    static logistic_of_logit fit(std::span<const double> scores, std::span<const double> labels,
                                 std::span<const double>) {
        column logits;
        for (const double score : scores) logits.push_back(logit(score));
        return {leeway::logistic_model::fit(leeway::batch_view(logits, 1), labels, 1e-13)};
    }
};

void check(const oracle::metric_case& from, const std::string& key,
           const calibration_change& change, double absolute, oracle::tally& seen) {
    oracle::check(from, key + "_before", change.before, seen, absolute);
    oracle::check(from, key + "_after", change.after, seen, absolute);
    oracle::check(from, key + "_difference", change.difference, seen, absolute);
    if (!from.has(key + "_difference_lower")) return;
    oracle::check_ends(from, key + "_difference", change.difference, std::max(1e-9, absolute));
}

void check_table(const std::string& table, std::size_t least) {
    oracle::tally seen;
    const auto& cases = oracle::metric_cases(table);
    for (const auto& from : cases) {
        INFO(from.name);
        const labels_of labels = from.integers("label");
        const auto scores = from.numbers("score");
        const auto weights = from.numbers("weight");
        const auto splits =
            leeway::stratified_k_fold(labels, static_cast<std::size_t>(from.integers("folds")[0]));
        const bool isotonic = from.expected("calibrator") == "isotonic";
        const auto found =
            isotonic ? cross_calibrate<leeway::isotonic_calibrator>(labels, scores, splits, weights)
                     : cross_calibrate<logistic_of_logit>(labels, scores, splits, weights);
        const auto expected = from.numbers("after");
        REQUIRE(found.probabilities.size() == expected.size());
        // Two minimisers of one loss meet to about the root of a double's digits.
        const double near = isotonic ? 1e-14 : 1e-7;
        for (std::size_t i = 0; i < expected.size(); ++i) {
            CHECK(found.probabilities[i] == Approx(expected[i]).margin(near));
        }
        CHECK(found.rejected == 0);
        check(from, "log_loss", found.log_loss, near, seen);
        check(from, "brier_score", found.brier_score, near, seen);
        check(from, "expected_calibration_error", found.expected_calibration_error, near, seen);
    }
    // Three figures of three errors.
    CHECK(seen.values == 9 * cases.size());
    CHECK(cases.size() >= least);
}

const column ten{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95};
const labels_of ten_labels{0, 1, 0, 0, 1, 0, 1, 1, 0, 1};

}  // namespace

TEST_CASE("out of fold calibration equals scikit-learn's cross_val_predict") {
    check_table("cross_calibration", 47);
    check_table("cross_calibration_small", 280);  // weights of any size and none, one class
}

TEST_CASE("out of fold: a row is judged by the calibrator of the others") {
    // The mean label of the training rows, whatever the score.
    const auto mean = [](std::span<const double> scores, std::span<const double> labels,
                         std::span<const double> weights) {
        CHECK(scores.size() == labels.size());
        CHECK(weights.size() == labels.size());
        double sum = 0, weight = 0;
        for (std::size_t i = 0; i < labels.size(); ++i) {
            sum += weights[i] * labels[i];
            weight += weights[i];
        }
        return [value = sum / weight](double) { return value; };
    };
    const labels_of labels{1, 0, 1, 0};
    const column scores{0.5, 0.5, 0.5, 0.5}, weights{1, 2, 3, 4};
    const std::vector<split> splits{{.train = {0, 1}, .test = {2}}, {.train = {1, 2}, .test = {0}}};
    const auto found = cross_calibrate(mean, labels, scores, splits, weights);
    CHECK(found.probabilities[2] == 1.0 / 3);
    CHECK(found.probabilities[0] == 3.0 / 5);
    CHECK(std::isnan(found.probabilities[1]));
    CHECK(std::isnan(found.probabilities[3]));
    CHECK(found.brier_score.after.weight() == 4);
    CHECK(found.brier_score.after.value() == Approx((3 * 4 / 9.0 + 4 / 25.0) / 4));
    CHECK(found.brier_score.before.value() == 0.25);
    CHECK(found.brier_score.difference.value() ==
          Approx((3 * 4 / 9.0 + 4 / 25.0) / 4 - 0.25).epsilon(1e-14));
}

TEST_CASE("out of fold: twice too steep scores are found out and made good") {
    leeway::random_source draws(11);
    labels_of labels;
    column scores;
    for (int i = 0; i < 1500; ++i) {
        const double truth = 0.02 + 0.96 * draws.uniform();
        labels.push_back(draws.uniform() < truth ? 1 : 0);
        scores.push_back(1 / (1 + std::exp(-2 * logit(truth))));
    }
    const auto splits = leeway::stratified_k_fold(labels, 5);
    const auto better = [](const cross_calibration& found) {
        CHECK(found.log_loss.difference.upper() < 0);
        CHECK(found.brier_score.difference.upper() < 0);
        const auto& error = found.expected_calibration_error;
        CHECK(error.difference.value() < -0.04);
        CHECK(error.difference.lower() <= error.difference.value());
        CHECK(error.difference.upper() >= error.difference.value());
        // Both sides at 97.5 % each: wider than their own 95 % intervals together.
        CHECK(error.difference.lower() < error.after.lower() - error.before.upper());
        CHECK(error.difference.upper() > error.after.upper() - error.before.lower());
        CHECK(error.difference.confidence() == 0.95);
    };
    better(cross_calibrate<leeway::platt_calibrator>(labels, scores, splits));
    better(cross_calibrate<leeway::temperature_scaling>(labels, scores, splits));
    better(cross_calibrate<leeway::beta_calibrator>(labels, scores, splits));
    const auto platt_of_logits = [](std::span<const double> s, std::span<const double> y,
                                    std::span<const double> w) {
        return leeway::platt_calibrator::fit(s, y, w, leeway::score_kind::probability);
    };
    better(cross_calibrate(platt_of_logits, labels, scores, splits, {},
                           {.bins = 15, .confidence = leeway::confidence_95}));
}

TEST_CASE("out of fold: scores that are no probabilities have no error before") {
    column margins = ten;
    for (double& score : margins) score = 4 * score - 2;
    const auto splits = leeway::stratified_k_fold(ten_labels, 2);
    const auto found = cross_calibrate<leeway::platt_calibrator>(ten_labels, margins, splits);
    for (const auto* change :
         {&found.log_loss, &found.brier_score, &found.expected_calibration_error}) {
        CHECK(change->before.reason() == leeway::undefined::out_of_range);
        CHECK(change->difference.reason() == leeway::undefined::out_of_range);
        CHECK(change->after.defined());
        CHECK(change->after.weight() == 10);
    }
}

TEST_CASE("out of fold: certain and wrong is infinite, on both sides not comparable") {
    const auto certain = [](auto, auto, auto) { return [](double) { return 0.0; }; };
    const auto splits = leeway::k_fold(10, 2);
    const auto found = cross_calibrate(certain, ten_labels, ten, splits);
    CHECK(found.log_loss.after.value() == HUGE_VAL);
    CHECK(found.log_loss.difference.value() == HUGE_VAL);
    CHECK_FALSE(found.log_loss.difference.has_interval());
    CHECK(found.brier_score.difference.has_interval());
    column zero = ten;
    zero[1] = 0;
    const auto both = cross_calibrate(certain, ten_labels, zero, splits);
    CHECK(both.log_loss.before.value() == HUGE_VAL);
    CHECK(both.log_loss.difference.reason() == leeway::undefined::not_comparable);
}

TEST_CASE("out of fold: rows without a probability are counted, and in neither figure") {
    column scores = ten;
    scores[3] = std::nan("");
    const auto splits = leeway::k_fold(10, 5);
    const auto found = cross_calibrate<leeway::platt_calibrator>(ten_labels, scores, splits);
    CHECK(found.rejected == 1);
    CHECK(std::isnan(found.probabilities[3]));
    CHECK(found.log_loss.before.weight() == 9);
    CHECK(found.log_loss.after.weight() == 9);
    const auto lost = [](auto, auto, auto) { return [](double) { return 1.5; }; };
    const auto none = cross_calibrate(lost, ten_labels, scores, splits);
    CHECK(none.rejected == 10);
    for (const auto* change :
         {&none.log_loss, &none.brier_score, &none.expected_calibration_error}) {
        CHECK(change->before.reason() == leeway::undefined::empty);
        CHECK(change->after.reason() == leeway::undefined::empty);
        CHECK(change->difference.reason() == leeway::undefined::empty);
    }
}

TEST_CASE("out of fold: what cannot be calibrated is refused") {
    using leeway::platt_calibrator;
    const auto splits = leeway::k_fold(10, 2);
    const auto refused = [](const labels_of& labels, const column& scores,
                            const std::vector<split>& parts, const column& weights = {}) {
        CHECK_THROWS_AS(cross_calibrate<platt_calibrator>(labels, scores, parts, weights),
                        std::invalid_argument);
    };
    refused({0, 1}, ten, splits);
    refused(ten_labels, {0.5}, splits);
    refused(ten_labels, ten, splits, {1, 2});
    refused(ten_labels, ten, {});
    refused(ten_labels, ten, {{.train = {1}, .test = {}}});
    refused(ten_labels, ten, {{.train = {1}, .test = {10}}});
    refused(ten_labels, ten, {{.train = {1}, .test = {2, 2}}});
    refused(ten_labels, ten, leeway::repeated_k_fold(10, 2, 2, 1));
    labels_of third = ten_labels;
    third[4] = 2;
    refused(third, ten, splits);
    column weights(10, 1.0);
    weights[9] = -1;
    refused(ten_labels, ten, splits, weights);
    weights[9] = HUGE_VAL;
    refused(ten_labels, ten, splits, weights);
    CHECK_THROWS_WITH(
        cross_calibrate<platt_calibrator>(ten_labels, ten, leeway::repeated_k_fold(10, 2, 2, 1)),
        "cross_calibrate: a row tested twice is 0, expected each in one test part at most");
}

TEST_CASE("out of fold: a row in both parts of a split is refused") {
    const std::vector<split> both{{.train = {0, 1, 2, 3, 4}, .test = {4, 5}}};
    CHECK_THROWS_WITH(cross_calibrate<leeway::isotonic_calibrator>(ten_labels, ten, both),
                      "cross_calibrate: a row in both parts of a split is 4, expected each in one "
                      "of them at most: a model's figures on rows it was fitted to say little");
    CHECK_THROWS_WITH(
        cross_calibrate<leeway::isotonic_calibrator>(ten_labels, ten, leeway::k_fold(10, 2), {},
                                                     {.bins = 10, .confidence = {1.5, 2}}),
        "cross_calibrate: confidence.level is 1.5, expected in (0, 1)");
}

TEST_CASE("out of fold: weights of any size give a figure or a reason") {
    labels_of labels;
    column scores;
    leeway::random_source draws(3);
    for (int i = 0; i < 200; ++i) {
        scores.push_back(draws.uniform());
        labels.push_back(draws.bernoulli(scores.back()) ? 1 : 0);
    }
    const auto splits = leeway::stratified_k_fold(labels, 5);
    const auto plain = cross_calibrate<leeway::platt_calibrator>(labels, scores, splits);
    const auto certain = [](auto, auto, auto) { return [](double) { return 0.5; }; };
    for (const double size : {1e307, 1e200, 1e160, 1e-170, 1e-200, 1e-300, 1e-320}) {
        INFO("weights of " << size);
        const column weights(200, size);
        const auto platt =
            cross_calibrate<leeway::platt_calibrator>(labels, scores, splits, weights);
        for (std::size_t i = 0; i < scores.size(); ++i)
            CHECK(platt.probabilities[i] == Approx(plain.probabilities[i]).epsilon(1e-9));
        column mixed = weights;  // some are of the usual size
        for (std::size_t i = 0; i < 100; ++i) mixed[i] = 1;
        for (const auto& found :
             {platt, cross_calibrate<leeway::isotonic_calibrator>(labels, scores, splits, weights),
              cross_calibrate(certain, labels, scores, splits, weights),
              cross_calibrate<leeway::beta_calibrator>(labels, scores, splits, mixed)}) {
            for (const auto* change :
                 {&found.log_loss, &found.brier_score, &found.expected_calibration_error}) {
                if (!change->difference) continue;
                CHECK(change->before.defined());
                CHECK(change->after.defined());
                CHECK_FALSE(std::isnan(change->difference.value()));
            }
        }
    }
}
