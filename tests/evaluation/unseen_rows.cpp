#include "leeway/evaluation/unseen_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "leeway/compose/bootstrapped.hpp"
#include "leeway/core/random.hpp"
#include "leeway/evaluation/baseline_gate.hpp"
#include "leeway/evaluation/bootstrap_difference.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/cohen_kappa.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/matthews_correlation.hpp"
#include "leeway/metrics/positive_likelihood_ratio.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/specificity.hpp"
#include "oracle/metrics_table.hpp"

using leeway::average;
using leeway::bootstrap_difference;
using leeway::bootstrapped;
using leeway::confidence_95;
using leeway::confusion_matrix;
using leeway::decision_reading;
using leeway::f_beta;
using leeway::undefined;
using leeway::unseen_rows;
using leeway::with_unseen_rows;

namespace {

template <class M>
decision_reading reading(const M& metric) {
    return {metric, M::info};
}

decision_reading reading_of(const std::string& key) {
    if (key == "f1") return reading(f_beta{});
    if (key == "f1_macro") return reading(f_beta{1, average::macro});
    if (key == "f1_weighted") return reading(f_beta{1, average::weighted});
    if (key == "precision") return reading(leeway::precision{});
    if (key == "precision_macro") return reading(leeway::precision{average::macro});
    if (key == "recall") return reading(leeway::recall{});
    if (key == "specificity") return reading(leeway::specificity{});
    if (key == "balanced_accuracy") return reading(leeway::balanced_accuracy{});
    if (key == "cohen_kappa") return reading(leeway::cohen_kappa{});
    REQUIRE(key == "matthews_correlation");
    return reading(leeway::matthews_correlation{});
}

confusion_matrix matrix(const std::vector<double>& cells) {
    const auto classes = static_cast<std::size_t>(std::lround(std::sqrt(cells.size())));
    confusion_matrix made(classes);
    for (std::size_t i = 0; i < cells.size(); ++i) {
        for (double row = 0; row < cells[i]; ++row) {
            made.update({static_cast<std::int32_t>(i / classes),
                         static_cast<std::int32_t>(i % classes), 1});
        }
    }
    return made;
}

}  // namespace

TEST_CASE("unseen rows: no fewer than by the exact binomial bound, and near it") {
    int seen = 0;
    for (const auto& from : oracle::metric_cases("unseen_rows")) {
        if (!from.has("upper")) continue;
        std::istringstream name(from.name);
        std::string exact;
        double rows = 0, level = 0;
        name >> exact >> rows >> level;
        const double exact_bound = from.numbers("upper").at(0);
        const double bound = unseen_rows(leeway::confidence_level::of(level)) / rows;
        INFO(from.name);
        CHECK(bound >= exact_bound);
        if (rows >= 100) CHECK(bound == Approx(exact_bound).epsilon(4.0 / rows + 1e-9));
        ++seen;
    }
    CHECK(seen == 18);
    CHECK(unseen_rows(confidence_95) == Approx(std::log(40.0)).epsilon(1e-15));
}

TEST_CASE("unseen rows: the largest change is what trying all of them finds") {
    int seen = 0, undefined_ones = 0;
    for (const auto& from : oracle::metric_cases("unseen_rows")) {
        if (!from.has("cells")) continue;
        const confusion_matrix counts = matrix(from.numbers("cells"));
        const double rows = from.numbers("rows").at(0);
        for (const auto& [key, expected] : from.lines) {
            if (key == "cells" || key == "rows") continue;
            const decision_reading figure = reading_of(key);
            const double found = leeway::largest_change(counts, figure, rows);
            INFO(from.name << ", " << key);
            ++seen;
            if (expected == "undefined") {
                ++undefined_ones;
                CHECK(found == figure.info.highest - figure.info.lowest);
                continue;
            }
            // Of three kinds a part may go further than whole rows.
            const double whole = from.numbers(key).at(0);
            CHECK(found >= whole * (1 - 1e-9));
            CHECK(found <= whole * 1.01);
        }
    }
    CHECK(seen >= 200);
    CHECK(undefined_ones >= 2);
}

TEST_CASE("unseen rows: of fractions, and of figures without a range") {
    // 80 of 100 positives found: 3.5 of them moved.
    const confusion_matrix counts = matrix({890, 10, 20, 80});
    CHECK(leeway::largest_change(counts, reading_of("recall"), 3.5) == Approx(0.035));
    CHECK(leeway::largest_change(counts, reading_of("precision"), 3.5) ==
          Approx(80 / 86.5 - 80.0 / 90));
    CHECK(leeway::largest_change(counts, reading_of("recall"), 0) == 0);
    CHECK(leeway::largest_change(counts, reading_of("recall"), 1000) == Approx(0.8));
    // All false positives may be gone: then the ratio has no end.
    const auto ratio = reading(leeway::positive_likelihood_ratio{});
    CHECK(std::isinf(leeway::largest_change(counts, ratio, 12)));
    CHECK(std::isfinite(leeway::largest_change(counts, ratio, 3)));
    CHECK(leeway::largest_change(matrix({5, 0, 0, 0}), reading_of("recall"), 2) == 0);
}

namespace {

/// Both models' rows; the second decides the rows of `otherwise` the other way.
struct two_models {
    explicit two_models(std::size_t replicates = 400)
        : first(confusion_matrix(2), replicates), second(first) {}
    void update(std::uint64_t row, std::int32_t label, std::int32_t one, std::int32_t other,
                double weight = 1) {
        first.update(row, {label, one, weight});
        second.update(row, {label, other, weight});
    }
    template <class M>
    leeway::comparison compare(const M& metric) const {
        return with_unseen_rows(bootstrap_difference<M>{metric}(first, second), first.state(),
                                second.state(), reading(metric), confidence_95);
    }
    bootstrapped<confusion_matrix> first, second;
};

}  // namespace

TEST_CASE("unseen rows: two models that never differ have an interval") {
    for (const double weight : {1.0, 7.0}) {
        two_models same;
        for (std::uint64_t i = 0; i < 1000; ++i) {
            const std::int32_t label = i % 10 == 0 ? 1 : 0;
            const std::int32_t decided = i % 7 == 0 ? 1 - label : label;
            same.update(i, label, decided, decided, weight);
        }
        const auto recall = same.compare(leeway::recall{});
        CHECK(recall.difference.value() == 0);
        CHECK(recall.difference.upper() == Approx(std::log(40.0) / 100).epsilon(1e-12));
        CHECK(recall.difference.lower() == -recall.difference.upper());
        CHECK(recall.difference.confidence() == 0.95);
        CHECK(recall.statistic == 0.0);
        CHECK(recall.p_value == 1.0);
        using leeway::baseline_gate;
        CHECK(baseline_gate::not_worse<leeway::recall>(0.037)(recall));
        CHECK(baseline_gate::not_worse<leeway::recall>(0.036)(recall).verdict ==
              leeway::gate_verdict::fail);
        CHECK(same.compare(f_beta{}).difference.has_interval());
    }
    // One row, or three: an interval that says how little they are.
    two_models few;
    few.update(0, 1, 1, 1);
    const auto answer = few.compare(leeway::specificity{});
    CHECK_FALSE(answer.difference);
    for (std::uint64_t i = 1; i < 3; ++i) few.update(i, 1, 1, 1);
    CHECK(few.compare(leeway::cohen_kappa{}).difference.has_interval() == false);
}

TEST_CASE("unseen rows: many rows that differ leave the bootstrap's interval as it is") {
    two_models models;
    leeway::random_source random(4);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const std::int32_t label = random.bernoulli(0.5) ? 1 : 0;
        const std::int32_t one = random.bernoulli(0.2) ? 1 - label : label;
        models.update(i, label, one, random.bernoulli(0.2) ? 1 - one : one);
    }
    const auto drawn = bootstrap_difference<f_beta>{}(models.first, models.second);
    CHECK(models.compare(f_beta{}) == drawn);
}

TEST_CASE("unseen rows: what cannot be compared is left as it is") {
    const confusion_matrix counts = matrix({50, 5, 5, 50});
    leeway::comparison answer;
    const auto held = [&](const decision_reading& figure) {
        return with_unseen_rows(answer, counts, counts, figure, confidence_95);
    };
    CHECK(held(reading_of("f1")) == answer);
    answer.difference = leeway::estimate::without_interval(0, undefined::too_little_data, 110);
    CHECK(held(reading_of("f1")) == answer);
    answer.difference = leeway::estimate::without_interval(0.1, undefined::no_variation, 110);
    CHECK(held(reading_of("f1")) == answer);
    answer.difference = leeway::estimate::without_interval(0, undefined::no_variation, 110);
    CHECK(held(reading_of("f1")).difference.has_interval());
    const confusion_matrix many(leeway::most_classes_moved + 1);
    CHECK(with_unseen_rows(answer, many, many, reading_of("f1_macro"), confidence_95) == answer);
    const confusion_matrix no_false_positive = matrix({50, 3, 5, 50});
    CHECK(with_unseen_rows(answer, no_false_positive, no_false_positive,
                           reading(leeway::positive_likelihood_ratio{}), confidence_95) == answer);
}

TEST_CASE("unseen rows: means that are the same on every row") {
    using leeway::same_on_all_rows;
    const auto of_1000 = same_on_all_rows(1000, 2000, 0, 1, confidence_95);
    CHECK(of_1000.value() == 0);
    CHECK(of_1000.upper() == Approx(std::log(40.0) / 1000).epsilon(1e-14));
    CHECK(of_1000.lower() == -of_1000.upper());
    CHECK(of_1000.weight() == 2000);
    CHECK(same_on_all_rows(1000, 1000, -1, 1, confidence_95).upper() == 2 * of_1000.upper());
    CHECK(same_on_all_rows(1, 1, 0, 1, confidence_95).upper() == 1);
    const double infinity = std::numeric_limits<double>::infinity();
    const auto without = same_on_all_rows(1000, 1000, 0, infinity, confidence_95);
    CHECK(without.value() == 0);
    CHECK(without.interval_reason() == undefined::no_variation);
    CHECK(same_on_all_rows(0, 0, 0, 1, confidence_95).reason() == undefined::empty);
}

TEST_CASE("unseen rows: the end that a gate holds covers where models hardly differ",
          "[simulation]") {
    // 400 rows, one in four positive; the second model misses `more` of the positives that the
    // first finds, on average, and nothing else differs. Then recall falls by more / 100.
    struct seen {
        int held{0}, bootstrap_held{0};
    };
    constexpr int runs = 200;
    for (const double more : {1.0, 3.5, 5.0, 8.0}) {
        seen recall, f1;
        leeway::random_source random(static_cast<std::uint64_t>(100 * more));
        for (int run = 0; run < runs; ++run) {
            two_models models(200);
            const std::uint64_t base = 1000 * static_cast<std::uint64_t>(run);
            for (std::uint64_t i = 0; i < 400; ++i) {
                const std::int32_t label = i % 4 == 0 ? 1 : 0;
                const std::int32_t one = random.bernoulli(label == 1 ? 0.8 : 0.1) ? 1 : 0;
                const bool missed = label == 1 && one == 1 && random.bernoulli(more / 80);
                models.update(base + i, label, one, missed ? 0 : one);
            }
            // Of the shares themselves: recall 0.8 and precision 80 / 110 of the first.
            const double found = 80 - more;
            const double fall_of_recall = more / 100;
            const double fall_of_f1 = 160.0 / (100 + 110) - 2 * found / (100 + 110 - more);
            const auto count = [&](const auto& metric, double truth, seen& to) {
                const auto drawn = bootstrap_difference<std::decay_t<decltype(metric)>>{metric}(
                    models.first, models.second);
                const auto wide = models.compare(metric);
                to.held += wide.difference.upper() >= truth;
                to.bootstrap_held +=
                    drawn.difference.has_interval() && drawn.difference.upper() >= truth;
            };
            count(leeway::recall{}, fall_of_recall, recall);
            count(f_beta{}, fall_of_f1, f1);
        }
        const auto share = [](int held) { return static_cast<double>(held) / runs; };
        INFO(more << " rows: recall " << share(recall.held) << " (" << share(recall.bootstrap_held)
                  << " without), f1 " << share(f1.held) << " (" << share(f1.bootstrap_held) << ")");
        CHECK(share(recall.held) >= 0.9);
        CHECK(share(f1.held) >= 0.9);
    }
}
