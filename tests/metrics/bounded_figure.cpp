#include "leeway/metrics/bounded_figure.hpp"

#include <cmath>
#include <span>
#include <string>
#include <type_traits>
#include <vector>

#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/evaluation/gate.hpp"
#include "leeway/evaluation/running.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/d2_absolute_error_score.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/gain_at.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/ks_separation.hpp"
#include "leeway/metrics/lift_at.hpp"
#include "leeway/metrics/median_absolute_error.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/roc_auc_one_vs_one.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"
#include "support/catch.hpp"

using namespace leeway;

static_assert(Metric<bounded_figure<ks_separation>>);
static_assert(Metric<bounded_figure<median_absolute_error>>);
static_assert(Metric<bounded_figure<roc_auc_one_vs_one>>);
static_assert(std::is_same_v<bounded_figure<average_precision>::state_type, score_table>);

namespace {

/// How the interval of a table compares with that of every score.
struct comparison_of_ends {
    std::size_t both{0};
    std::size_t misses{0};
    std::size_t bands_left{0};  ///< a band that is not inside
    std::size_t large{0};       ///< samples of 200 rows and more in fine cells
    double wider{0};            ///< by which share of the width, summed over those

    template <class State>
    void add(const estimate& exact, const estimate& band, const estimate& found, const State&,
             bool fine) {
        if (!found) return;
        if (!found.has_interval()) return;
        CHECK(found.confidence() == 0.95);
        CHECK(found.value() == band.value());
        bands_left += found.lower() <= band.lower() && found.upper() >= band.upper() ? 0U : 1U;
        if (!exact || !exact.has_interval()) return;
        ++both;
        const double rounding = 1e-9 * (1 + std::fabs(exact.value()));
        const bool holds =
            found.lower() <= exact.lower() + rounding && found.upper() >= exact.upper() - rounding;
        misses += holds ? 0U : 1U;
        const double width = exact.upper() - exact.lower();
        if (!fine || !(width > 0)) return;
        ++large;
        wider += (found.upper() - found.lower() - width) / width;
    }
};

/// Against the figure of every score, in fine and in coarse cells, classes close and apart, rare
/// and common, with ties and without.
template <class M>
comparison_of_ends of_scores(const M& metric, int rounds) {
    comparison_of_ends seen;
    random_source random(79);
    for (int round = 0; round < rounds; ++round) {
        const bool fine = round % 2 == 0;
        score_table table(fine ? log_linear_layout::probabilities()
                               : log_linear_layout(2, -6, 0, false));
        scored_outcomes rows;
        const int n = 4 + static_cast<int>(random.below(400));
        const double shift = static_cast<double>(random.below(4));
        const double rate = round % 3 == 0 ? 0.1 : 0.5;
        const bool ties = round % 5 == 0;
        for (int i = 0; i < n; ++i) {
            const std::int32_t label = random.bernoulli(rate) ? 1 : 0;
            double score = 1 / (1 + std::exp(-random.normal() - shift * (label - 0.5)));
            if (ties) score = std::round(score * 20) / 20;
            table.update({.label = label, .score = score});
            rows.update({.label = label, .score = score});
        }
        const score_cells cells(table);
        INFO(key_of(metric) << ", round " << round);
        seen.add(metric(score_curve(rows)), metric(cells), bounded_figure<M>{metric}(cells), table,
                 fine && n >= 200);
    }
    return seen;
}

}  // namespace

TEST_CASE("the interval of a table holds that of every score, and comes to it") {
    // The exact forms are held against other people's numbers in the tests of their metrics.
    const auto check = [](const auto& metric, double wider) {
        const comparison_of_ends seen = of_scores(metric, 300);
        INFO(key_of(metric));
        CHECK(seen.misses == 0);
        CHECK(seen.bands_left == 0);
        CHECK(seen.both >= 130);
        CHECK(seen.wider / static_cast<double>(seen.large) < wider);
    };
    check(average_precision{}, 0.6);
    check(pr_auc_interpolated{}, 0.6);
    check(partial_roc_auc{}, 1.0);
    check(partial_roc_auc{.max_fpr = 1}, 0.5);
    check(gini{}, 0.8);
    check(ks_separation{}, 0.4);
    check(equal_error_rate{}, 0.4);
    check(gain_at{.fraction = 0.3}, 0.3);
    check(lift_at{.fraction = 0.3}, 0.3);
    check(precision_at_recall{.recall = 0.5}, 0.3);
    check(recall_at_precision{.precision = 0.4}, 0.3);
    check(sensitivity_at_specificity{.specificity = 0.7}, 0.3);
    check(threshold_at_recall{.recall = 0.5}, 0.5);
}

TEST_CASE("the interval of histograms of errors holds that of the rows") {
    comparison_of_ends median, half, high, low;
    random_source random(80);
    for (int round = 0; round < 120; ++round) {
        const bool fine = round % 2 == 0;
        error_histograms table(fine ? log_linear_layout::any() : log_linear_layout(2, -8, 8, true));
        paired_values rows;
        const int n = 10 + static_cast<int>(random.below(400));
        const double noise = round % 3 == 0 ? 0.2 : 1.5;
        for (int i = 0; i < n; ++i) {
            const double prediction = 3 * random.normal();
            const regression_outcome row{prediction + noise * random.normal(), prediction};
            table.update(row);
            rows.update(row);
        }
        INFO("round " << round);
        const auto add = [&](comparison_of_ends& seen, const auto& metric) {
            seen.add(metric(rows), metric(table),
                     bounded_figure<std::remove_cvref_t<decltype(metric)>>{metric}(table), table,
                     fine && n >= 200);
        };
        add(median, median_absolute_error{});
        add(half, d2_absolute_error_score{});
        add(high, d2_pinball_score{0.9});
        add(low, d2_pinball_score{0.2});
    }
    for (const auto* seen : {&median, &half, &high, &low}) {
        CHECK(seen->misses == 0);
        CHECK(seen->bands_left == 0);
        CHECK(seen->both >= 50);
    }
    CHECK(median.wider / static_cast<double>(median.large) < 0.1);
    CHECK(half.wider / static_cast<double>(half.large) < 1);
}

TEST_CASE("averages of tables hold the intervals of every score") {
    random_source random(81);
    for (int round = 0; round < 40; ++round) {
        constexpr std::size_t classes = 3;
        class_scores rows(classes);
        class_score_tables tables(classes, true,
                                  round % 2 == 0 ? log_linear_layout::probabilities()
                                                 : log_linear_layout(2, -6, 0, false));
        const int n = 30 + static_cast<int>(random.below(300));
        for (int i = 0; i < n; ++i) {
            const auto label = static_cast<std::int32_t>(random.below(classes));
            std::vector<double> scores(classes);
            double sum = 0;
            for (std::size_t c = 0; c < classes; ++c) {
                const double own = static_cast<std::int32_t>(c) == label ? 1 : 0;
                sum += scores[c] = std::exp(random.normal() + own);
            }
            for (double& score : scores) score /= sum;
            rows.update({label, scores});
            tables.update({label, scores});
        }
        std::vector<scored_outcomes> of_rows;
        std::vector<score_table> of_tables;
        for (std::size_t c = 0; c < classes; ++c) {
            of_rows.push_back(rows.one_vs_rest(c));
            of_tables.push_back(tables.one_vs_rest(c));
        }
        const std::span<const scored_outcomes> every(of_rows);
        const std::span<const score_table> cells(of_tables);
        INFO("round " << round);
        const auto holds = [](const estimate& exact, const estimate& band, const estimate& found) {
            CHECK(found.value() == band.value());
            CHECK(found.confidence() == 0.95);
            CHECK(found.weight() == Approx(exact.weight()));
            CHECK(found.lower() <= std::min(exact.lower(), band.lower()) + 1e-9);
            CHECK(found.upper() >= std::max(exact.upper(), band.upper()) - 1e-9);
        };
        for (const average over : {average::micro, average::macro, average::weighted}) {
            const bounded_roc_auc bounded{over};
            CHECK(key_of(bounded) == "bounded_" + key_of(roc_auc{over}));
            holds(roc_auc{over}(every), roc_auc{over}(cells), bounded(cells));
        }
        for (const average over : {average::macro, average::weighted}) {
            const roc_auc_one_vs_one metric{over};
            holds(metric(rows), metric(tables), bounded_figure<roc_auc_one_vs_one>{metric}(tables));
        }
        const average_precision metric;
        holds(metric.pooled(every), metric.pooled(cells), metric.pooled_sample(cells));
    }
    CHECK_THROWS_AS(bounded_roc_auc{}(std::span<const score_table>()), std::invalid_argument);
    CHECK_THROWS_AS(bounded_roc_auc{average::macro}(score_table()), std::invalid_argument);
}

TEST_CASE("a bounded figure takes its key, its undefined and its gates from the metric") {
    running<bounded_figure<ks_separation>> separation;
    CHECK(key_of(bounded_figure<ks_separation>{}) == "bounded_ks_separation");
    CHECK(key_of(bounded_figure<gain_at>{{.fraction = 0.2}}) == "bounded_gain_at_0.2");
    CHECK(separation.result().reason() == undefined::empty);
    separation.update({.label = 1, .score = 0.9});
    CHECK(separation.result().reason() == undefined::one_class);
    separation.update({.label = 0, .score = 0.1});
    CHECK(separation.result().value() == 1);
    CHECK(separation.result().lower() == 0);  // two rows say nothing
    CHECK(gate::at_least(0.5)(separation.result()).verdict == gate_verdict::fail);
    for (int i = 0; i < 5000; ++i) {
        separation.update({.label = 1, .score = 0.9});
        separation.update({.label = 0, .score = 0.1});
    }
    CHECK(gate::at_least(0.9)(separation.result()).verdict == gate_verdict::pass);
}

TEST_CASE("too few rows for an interval say so") {
    score_table table(log_linear_layout::probabilities());
    for (int i = 0; i < 9; ++i) {
        table.update({.label = 1, .score = 0.6});
        table.update({.label = 0, .score = 0.3 + 0.05 * i});
    }
    CHECK(average_precision{}.of_sample(table).interval_reason() == undefined::too_little_data);
    CHECK(pr_auc_interpolated{}.of_sample(table).interval_reason() == undefined::too_little_data);
    CHECK(threshold_at_recall{}.of_sample(table).interval_reason() == undefined::too_little_data);
    error_histograms errors;
    errors.update({1, 2});
    CHECK(median_absolute_error{}.of_sample(errors).interval_reason() ==
          undefined::too_little_data);
    // One class whose cells are apart from the other's: no placement varies.
    score_table apart(log_linear_layout::probabilities());
    apart.update({.label = 1, .score = 0.9});
    apart.update({.label = 0, .score = 0.1});
    CHECK(partial_roc_auc{}.of_sample(apart).interval_reason() == undefined::no_variation);
}
