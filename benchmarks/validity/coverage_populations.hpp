// The populations of the coverage study, a few for each kind of task. What a task's report holds
// comes from evaluate(), so a metric that joins a list of metrics/task_metrics.hpp is in the study;
// metrics outside of the lists are added here.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "coverage_bounded.hpp"
#include "coverage_study.hpp"
#include "leeway/leeway.hpp"

namespace coverage {

using leeway::random_source;

/// Weights that say nothing about the row: their effective rows are 0.61 of the rows.
inline double any_weight(random_source& random, bool weighted) {
    return weighted ? std::exp(0.7 * random.normal()) : 1.0;
}

inline void add_each(figures& to, const std::string& name,
                     const std::vector<leeway::estimate>& each) {
    for (std::size_t i = 0; i < each.size(); ++i)
        to.push_back({name + "[" + std::to_string(i) + "]", each[i]});
}

/// A score is the probability of a label given x ~ N(separation * label, 1), its logit stretched.
struct binary_law {
    double prevalence{0.5};
    double separation{1};
    double stretch{1};  ///< 1: calibrated, above: too sure
    double threshold{0.5};
    int levels{0};  ///< that many different scores; 0: no ties
    bool weighted{false};
};

inline figures draw_binary(const binary_law& law, random_source& random, std::size_t rows) {
    std::vector<std::int32_t> label(rows), decided(rows), before(rows);
    std::vector<double> score(rows), weight(rows);
    const double base = std::log(law.prevalence / (1 - law.prevalence));
    for (std::size_t i = 0; i < rows; ++i) {
        label[i] = random.bernoulli(law.prevalence) ? 1 : 0;
        const double x = random.normal() + law.separation * label[i];
        const double logit = base + law.separation * (x - law.separation / 2);
        score[i] = 1 / (1 + std::exp(-law.stretch * logit));
        if (law.levels > 0) score[i] = (std::floor(score[i] * law.levels) + 0.5) / law.levels;
        score[i] = std::clamp(score[i], 1e-12, 1 - 1e-12);
        decided[i] = score[i] >= law.threshold ? 1 : 0;
        before[i] = logit + random.normal() >= 0 ? 1 : 0;
        weight[i] = any_weight(random, law.weighted);
    }
    const auto weights = law.weighted ? std::span<const double>(weight) : std::span<const double>();
    figures all =
        leeway::evaluate(leeway::binary_task{.threshold = law.threshold}, label, score, weights)
            .entries();
    leeway::bounded_evaluation seen(leeway::binary_task{.threshold = law.threshold},
                                    leeway::log_linear_layout::probabilities());
    seen.update({.label = label, .score = score, .weight = weights});
    add_bounded(all, figures(all), seen.result().entries());

    leeway::scored_outcomes scored;
    scored.update({.label = label, .score = score, .weight = weights});
    add(all, leeway::pr_auc_trapezoid{}, scored);
    add(all, leeway::calibration_slope{}, scored);
    add(all, leeway::calibration_intercept{}, scored);
    add(all, leeway::calibration_in_the_large{}, scored);
    add(all, leeway::adaptive_expected_calibration_error{}, scored);
    leeway::mean_loss<leeway::loss::hinge> margins;
    for (std::size_t i = 0; i < rows; ++i)
        margins.update({label[i], std::log(score[i] / (1 - score[i])), weight[i]});
    add(all, leeway::hinge_loss{}, margins);
    leeway::confusion_matrix counts(2);
    counts.update({.label = label, .prediction = decided, .weight = weights});
    add(all, leeway::balanced_accuracy{.adjusted = true}, counts);
    add(all, leeway::f_beta{2}, counts);
    add(all, leeway::expected_cost({{0, 1}, {5, 0}}), counts);
    add_each(all, "normalised_confusion_matrix",
             leeway::normalised_confusion_matrix(counts, leeway::share_of::label));
    leeway::calibration_bins bins;
    bins.update({.label = label, .score = score, .weight = weights});
    for (const auto& point : leeway::reliability_curve(bins)) {
        // The bin in the middle; with ties it is one score.
        if (point.lower_edge <= 0.45 && point.upper_edge > 0.45)
            all.push_back({"reliability_curve", point.rate});
    }
    if (all.back().key != "reliability_curve")
        all.push_back({"reliability_curve", leeway::undefined::empty});
    leeway::paired_decisions paired;
    paired.update({.label = label, .first = before, .second = decided, .weight = weights});
    add(all, leeway::flip_rate{}, paired);
    add(all, leeway::flip_rate{leeway::flip::negative}, paired);
    return all;
}

struct multiclass_law {
    std::vector<double> shares{0.5, 0.3, 0.2};
    double separation{1.5};
    bool weighted{false};
};

inline figures draw_multiclass(const multiclass_law& law, random_source& random, std::size_t rows) {
    const std::size_t classes = law.shares.size();
    std::vector<std::int32_t> label(rows);
    std::vector<double> probability(rows * classes), weight(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        double u = random.uniform();
        std::size_t own = 0;
        while (own + 1 < classes && u >= law.shares[own]) u -= law.shares[own++];
        label[i] = static_cast<std::int32_t>(own);
        double sum = 0;
        for (std::size_t c = 0; c < classes; ++c) {
            const double x = random.normal() + (c == own ? law.separation : 0.0);
            const double odds = law.shares[c] * std::exp(law.separation * x);
            sum += probability[i * classes + c] = odds;
        }
        for (std::size_t c = 0; c < classes; ++c) probability[i * classes + c] /= sum;
        weight[i] = any_weight(random, law.weighted);
    }
    const auto report = leeway::evaluate(
        leeway::multiclass_task{.classes = static_cast<std::int32_t>(classes)}, label, probability,
        law.weighted ? std::span<const double>(weight) : std::span<const double>());
    figures all = report.entries();
    for (const auto& entry : report.classes().back().entries)
        all.push_back({entry.key + "[" + std::to_string(classes - 1) + "]", entry.value});
    leeway::bounded_evaluation seen(
        leeway::multiclass_task{.classes = static_cast<std::int32_t>(classes)});
    for (std::size_t i = 0; i < rows; ++i)
        seen.update({label[i], std::span(probability).subspan(i * classes, classes), weight[i]});
    const auto bounded = seen.result();
    add_bounded(all, report.entries(), bounded.entries());
    add_bounded(all, report.classes().back().entries, bounded.classes().back().entries,
                "[" + std::to_string(classes - 1) + "]");
    leeway::mean_loss<leeway::loss::row_hinge> margins;
    for (std::size_t i = 0; i < rows; ++i) {
        margins.update({label[i], std::span(probability).subspan(i * classes, classes), weight[i]});
    }
    add(all, leeway::hinge_loss{}, margins);
    return all;
}

enum class errors { normal, skewed, heavy, offset };

struct regression_law {
    errors shape{errors::normal};
    double noise{2.5};  ///< of a target whose prediction varies by 5
    bool weighted{false};
};

/// A prediction, and a target about it. Both are positive (a target below 0 comes once in a billion
/// rows and is refused), so that deviances and percentages are defined.
inline leeway::regression_outcome draw_pair(const regression_law& law, random_source& random) {
    const double prediction = 60 + 5 * random.normal();
    const double z = law.noise * random.normal();
    const double weight = any_weight(random, law.weighted);
    switch (law.shape) {
        case errors::normal:
            break;
        case errors::skewed: {
            // Errors grow with the prediction, as of amounts: a lognormal factor with mean 1.
            const double amount = std::exp((prediction - 60) / 10);
            return {amount * std::exp(z - law.noise * law.noise / 2), amount, weight};
        }
        case errors::heavy: {
            // Student's t with five degrees of freedom.
            double squares = 0;
            for (int k = 0; k < 5; ++k) squares += std::pow(random.normal(), 2);
            return {prediction + z / std::sqrt(squares / 5), prediction, weight};
        }
        case errors::offset:
            return {prediction + law.noise + z, prediction, weight};
    }
    return {prediction + z, prediction, weight};
}

inline figures draw_regression(const regression_law& law, random_source& random, std::size_t rows) {
    std::vector<double> target(rows), prediction(rows), weight(rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const auto pair = draw_pair(law, random);
        target[i] = pair.target;
        prediction[i] = pair.prediction;
        weight[i] = pair.weight;
    }
    const auto weights = law.weighted ? std::span<const double>(weight) : std::span<const double>();
    figures all =
        leeway::evaluate(leeway::regression_task{}, target, prediction, weights).entries();
    const leeway::regression_outcome::columns columns{target, prediction, weights};
    leeway::bounded_evaluation seen(leeway::regression_task{});
    seen.update(columns);
    add_bounded(all, figures(all), seen.result().entries());
    const auto add_filled = [&](const auto& metric, auto state) {
        state.update(columns);
        add(all, metric, state);
    };
    add_filled(leeway::adjusted_r_squared{3}, leeway::regression_moments{});
    add_filled(leeway::d2_pinball_score{0.9}, leeway::paired_values{});
    add_filled(leeway::d2_tweedie_score{1.5}, leeway::paired_values{});
    add_filled(leeway::pinball_loss{0.9}, leeway::pinball_loss{0.9}.empty_state());
    add_filled(leeway::mean_tweedie_deviance{1.5},
               leeway::mean_tweedie_deviance{1.5}.empty_state());
    const std::array<double, 6> training{10, 12, 11, 14, 13, 12};
    const auto scale = leeway::naive_scale::of(training);
    add_filled(leeway::mean_absolute_scaled_error{scale},
               leeway::mean_loss<leeway::loss::absolute_error>{});
    add_filled(leeway::root_mean_squared_scaled_error{scale},
               leeway::mean_loss<leeway::loss::squared_error>{});
    return all;
}

/// Two outputs with errors in common.
inline figures draw_outputs(random_source& random, std::size_t rows) {
    std::vector<double> target(2 * rows), prediction(2 * rows);
    for (std::size_t i = 0; i < rows; ++i) {
        const double shared = random.normal();
        for (std::size_t k = 0; k < 2; ++k) {
            prediction[2 * i + k] = 3 * random.normal();
            target[2 * i + k] = prediction[2 * i + k] + shared + random.normal();
        }
    }
    leeway::multi_output<leeway::regression_moments> moments(2);
    moments.update({.target = target, .prediction = prediction});
    leeway::multi_output<leeway::mean_loss<leeway::loss::squared_error>> squares(2);
    squares.update({.target = target, .prediction = prediction});
    return {
        {"uniform_average r_squared",
         leeway::uniform_average(leeway::each_output(leeway::r_squared{}, moments))},
        {"variance_weighted r_squared", leeway::variance_weighted(leeway::r_squared{}, moments)},
        {"uniform_average mean_squared_error",
         leeway::uniform_average(leeway::each_output(leeway::mean_squared_error{}, squares))}};
}

/// Queries of `items` items, each relevant with `prevalence`; a row is a query.
struct ranking_law {
    std::size_t items{20};
    double prevalence{0.2};
    double separation{1};
    bool weighted{false};
};

inline figures draw_ranking(const ranking_law& law, random_source& random, std::size_t rows) {
    std::vector<double> relevance(rows * law.items), score(rows * law.items), weight(rows);
    std::vector<std::size_t> offsets(rows + 1);
    for (std::size_t i = 0; i < rows; ++i) {
        for (std::size_t k = i * law.items; k < (i + 1) * law.items; ++k) {
            relevance[k] = random.bernoulli(law.prevalence) ? 1 : 0;
            score[k] = random.normal() + law.separation * relevance[k];
        }
        offsets[i + 1] = (i + 1) * law.items;
        weight[i] = any_weight(random, law.weighted);
    }
    return leeway::evaluate(leeway::ranking_task{},
                            leeway::ranked_query::columns{
                                .relevances = relevance,
                                .scores = score,
                                .offsets = offsets,
                                .weight = law.weighted ? std::span<const double>(weight)
                                                       : std::span<const double>()})
        .entries();
}

/// Labels of a row hang together: a row's own level moves all of its scores.
struct multilabel_law {
    std::vector<double> prevalence{0.5, 0.3, 0.2};
    double separation{1.5};
    bool weighted{false};
};

inline figures draw_multilabel(const multilabel_law& law, random_source& random, std::size_t rows) {
    const std::size_t labels = law.prevalence.size();
    leeway::multilabel_counts counts(labels);
    const leeway::label_ranking_average_precision precision;
    const leeway::label_ranking_loss loss;
    const leeway::coverage_error reach;
    auto precisions = precision.empty_state();
    auto losses = loss.empty_state();
    auto reaches = reach.empty_state();
    std::vector<leeway::scored_outcomes> scored(labels);
    std::vector<leeway::score_table> tables(labels);
    std::vector<std::int32_t> truth(labels), decided(labels);
    std::vector<double> relevance(labels), score(labels);
    for (std::size_t i = 0; i < rows; ++i) {
        const double level = random.normal();
        for (std::size_t l = 0; l < labels; ++l) {
            truth[l] = random.bernoulli(law.prevalence[l]) ? 1 : 0;
            relevance[l] = truth[l];
            score[l] = 0.8 * level + 0.6 * random.normal() + law.separation * (truth[l] - 0.5);
            decided[l] = score[l] >= 0.3 ? 1 : 0;
        }
        const double weight = any_weight(random, law.weighted);
        for (std::size_t l = 0; l < labels; ++l) {
            scored[l].update({truth[l], score[l], weight});
            tables[l].update({truth[l], score[l], weight});
        }
        counts.update({truth, decided, weight});
        precisions.update({relevance, score, weight});
        losses.update({relevance, score, weight});
        reaches.update({relevance, score, weight});
    }
    figures all;
    const auto averaged = [&](auto metric, std::initializer_list<leeway::average> over) {
        for (const auto each : over) {
            metric.over = each;
            add(all, leeway::multilabel_ratio(metric), counts);
        }
    };
    using enum leeway::average;
    averaged(leeway::precision{}, {micro, macro, weighted, samples});
    averaged(leeway::recall{}, {micro, macro, weighted, samples});
    averaged(leeway::f_beta{}, {micro, macro, weighted, samples});
    averaged(leeway::jaccard{}, {micro, macro, weighted, samples});
    averaged(leeway::specificity{}, {micro, macro, weighted});
    add_each(all, "f1 per_label", leeway::per_label(leeway::f_beta{}, counts));
    add(all, leeway::exact_match{}, counts);
    all.push_back({"hamming_loss", leeway::hamming_loss{}(counts)});
    add(all, precision, precisions);
    add(all, loss, losses);
    add(all, reach, reaches);
    const std::span<const leeway::scored_outcomes> rows_of(scored);
    const leeway::average_precision area;
    const auto pooled = area.pooled(rows_of);
    const auto roc = leeway::roc_auc{micro}(rows_of);
    all.push_back({"average_precision_micro", pooled});
    all.push_back({"roc_auc_micro", roc});
    if (!law.weighted) {
        const std::span<const leeway::score_table> cells(tables);
        all.push_back(
            {"bounded_average_precision_micro", ends_about(pooled, area.pooled_sample(cells))});
        all.push_back(
            {"bounded_roc_auc_micro", ends_about(roc, leeway::bounded_roc_auc{micro}(cells))});
    }
    return all;
}

/// Groups of a population that differ in how often they are positive and predicted so.
struct group_law {
    std::vector<double> shares{0.5, 0.3, 0.2};
    double spread{0.2};  ///< 0: all groups are alike
    bool weighted{false};
};

inline figures draw_groups(const group_law& law, random_source& random, std::size_t rows) {
    const std::size_t groups = law.shares.size();
    leeway::grouped_counts counts(groups);
    leeway::grouped_residuals residuals(groups);
    for (std::size_t i = 0; i < rows; ++i) {
        double u = random.uniform();
        std::size_t own = 0;
        while (own + 1 < groups && u >= law.shares[own]) u -= law.shares[own++];
        const double rate = 0.5 - law.spread * static_cast<double>(own) / 2;
        const double score = std::clamp(rate + 0.3 * (random.uniform() - 0.5), 0.01, 0.99);
        const std::int32_t label = random.bernoulli(score) ? 1 : 0;
        const double found = label == 1 ? 0.8 - law.spread * static_cast<double>(own) / 2 : 0.2;
        const std::int32_t decided = random.bernoulli(found) ? 1 : 0;
        const double weight = any_weight(random, law.weighted);
        const auto group = static_cast<std::int32_t>(own);
        counts.update({group, label, decided, weight});
        residuals.update({group, label, std::min(1.0, score + 0.2 * law.spread), weight});
    }
    figures all;
    add(all, leeway::demographic_parity_difference{}, counts);
    add(all, leeway::demographic_parity_ratio{}, counts);
    add(all, leeway::equal_opportunity_difference{}, counts);
    add(all, leeway::equal_opportunity_ratio{}, counts);
    add(all, leeway::equalised_odds_difference{}, counts);
    add(all, leeway::equalised_odds_ratio{}, counts);
    add(all, leeway::predictive_parity_difference{}, counts);
    add(all, leeway::predictive_parity_ratio{}, counts);
    add(all, leeway::group_calibration_gap{}, residuals);
    return all;
}

/// Forecasts of a target as intervals, as normal distributions, as ensembles and as quantiles.
struct forecast_law {
    double deviation{1.2};  ///< of the forecast; the target's is 1
    bool skewed{false};
    bool weighted{false};
};

inline figures draw_forecasts(const forecast_law& law, random_source& random, std::size_t rows) {
    leeway::interval_losses intervals;
    leeway::mean_loss<leeway::loss::crps_normal> normal;
    leeway::mean_loss<leeway::loss::logarithmic_normal> logarithmic;
    leeway::mean_loss<leeway::loss::crps_ensemble> ensemble;
    leeway::mean_loss<leeway::loss::fair_crps_ensemble> fair;
    leeway::mean_loss<leeway::loss::weighted_interval> quantiles;
    const std::array<double, 5> levels{0.025, 0.25, 0.5, 0.75, 0.975};
    const std::array<double, 5> points{-1.96, -0.6745, 0, 0.6745, 1.96};
    std::array<double, 10> members{};
    std::array<double, 5> at{};
    for (std::size_t i = 0; i < rows; ++i) {
        const double mean = 10 + 2 * random.normal();
        // Sure of some days, unsure of others.
        const double scale = std::exp(0.3 * random.normal());
        const double z = random.normal();
        const double target = mean + scale * (law.skewed ? std::exp(0.8 * z) - 1 : z);
        const double width = law.deviation * scale;
        const double weight = any_weight(random, law.weighted);
        intervals.update({target, mean - 1.96 * width, mean + 1.96 * width, weight});
        normal.update({target, mean, width, weight});
        logarithmic.update({target, mean, width, weight});
        for (double& member : members) member = mean + width * random.normal();
        ensemble.update({target, members, weight});
        fair.update({target, members, weight});
        for (std::size_t k = 0; k < at.size(); ++k) at[k] = mean + width * points[k];
        quantiles.update({target, levels, at, weight});
    }
    figures all;
    add(all, leeway::interval_coverage{}, intervals);
    add(all, leeway::mean_interval_width{}, intervals);
    add(all, leeway::winkler_score{}, intervals);
    add(all, leeway::crps_normal{}, normal);
    add(all, leeway::log_score_normal{}, logarithmic);
    add(all, leeway::crps_ensemble{}, ensemble);
    add(all, leeway::fair_crps_ensemble{}, fair);
    add(all, leeway::weighted_interval_score{}, quantiles);
    return all;
}

/// Times to an event, exponential with a rate that the risk tells, censored at random.
struct survival_law {
    double censoring{0.5};  ///< its rate; that of events is about 1
    bool weighted{false};
};

inline figures draw_survival(const survival_law& law, random_source& random, std::size_t rows) {
    const std::vector<double> times{0.5, 1.0, 1.5};
    leeway::survival_outcomes order;
    std::vector<leeway::survival_outcomes> at(times.size());
    for (std::size_t i = 0; i < rows; ++i) {
        const double risk = 0.8 * random.normal();
        const double rate = std::exp(risk);
        const double event = -std::log(1 - random.uniform()) / rate;
        const double end = -std::log(1 - random.uniform()) / law.censoring;
        const std::int32_t seen = event <= end ? 1 : 0;
        const double time = std::min(event, end);
        const double weight = any_weight(random, law.weighted);
        order.update({time, seen, risk, weight});
        for (std::size_t k = 0; k < times.size(); ++k)
            at[k].update({time, seen, 1 - std::exp(-rate * times[k]), weight});
    }
    figures all;
    add(all, leeway::concordance_index{}, order);
    add(all, leeway::survival_brier_score{.time = 1}, at[1]);
    all.push_back({"integrated_brier_score", leeway::integrated_brier_score{.times = times}(at)});
    return all;
}

/// Values in [0, 1] for the intervals that hold at every look, here looked at once.
inline figures draw_bounded(random_source& random, std::size_t rows) {
    leeway::bounded_mean values;
    leeway::bounded_mean flags;
    for (std::size_t i = 0; i < rows; ++i) {
        const double u = random.uniform();
        values.update(u * u);
        flags.update(random.bernoulli(0.1) ? 1.0 : 0.0);
    }
    figures all;
    add(all, leeway::always_valid_mean{}, values);
    add(all, leeway::always_valid_rate{}, flags);
    return all;
}

inline std::vector<population> populations() {
    std::vector<population> all;
    const auto put = [&](const char* name, auto draw) { all.push_back({name, draw}); };
    const auto of = [](auto draw, auto law) {
        return [=](random_source& random, std::size_t rows) { return draw(law, random, rows); };
    };
    put("binary, balanced", of(draw_binary, binary_law{}));
    put("binary, too sure", of(draw_binary, binary_law{.separation = 1.5, .stretch = 1.7}));
    put("binary, 5 % positive",
        of(draw_binary, binary_law{.prevalence = 0.05, .separation = 1.5, .threshold = 0.1}));
    put("binary, strong model", of(draw_binary, binary_law{.prevalence = 0.3, .separation = 4}));
    put("binary, ten scores",
        of(draw_binary, binary_law{.prevalence = 0.3, .separation = 1.5, .levels = 10}));
    put("binary, weighted",
        of(draw_binary, binary_law{.prevalence = 0.3, .separation = 1.5, .weighted = true}));
    put("classes, three", of(draw_multiclass, multiclass_law{}));
    put("classes, one of 5 %", of(draw_multiclass, multiclass_law{.shares = {0.6, 0.35, 0.05}}));
    put("classes, strong model", of(draw_multiclass, multiclass_law{.separation = 3}));
    put("classes, weighted", of(draw_multiclass, multiclass_law{.weighted = true}));
    put("regression, normal errors", of(draw_regression, regression_law{}));
    put("regression, skewed errors",
        of(draw_regression, regression_law{.shape = errors::skewed, .noise = 0.5}));
    put("regression, heavy tails", of(draw_regression, regression_law{.shape = errors::heavy}));
    put("regression, offset", of(draw_regression, regression_law{.shape = errors::offset}));
    put("regression, weak model", of(draw_regression, regression_law{.noise = 10}));
    put("regression, strong model", of(draw_regression, regression_law{.noise = 0.5}));
    put("regression, weighted", of(draw_regression, regression_law{.weighted = true}));
    put("regression, two outputs", draw_outputs);
    put("ranking, usual", of(draw_ranking, ranking_law{}));
    put("ranking, strong model", of(draw_ranking, ranking_law{.separation = 3}));
    put("ranking, weighted", of(draw_ranking, ranking_law{.weighted = true}));
    put("labels, three", of(draw_multilabel, multilabel_law{}));
    put("labels, one of 5 %", of(draw_multilabel, multilabel_law{.prevalence = {0.5, 0.3, 0.05}}));
    put("labels, weighted", of(draw_multilabel, multilabel_law{.weighted = true}));
    put("groups, that differ", of(draw_groups, group_law{}));
    put("groups, alike", of(draw_groups, group_law{.spread = 0}));
    put("groups, weighted", of(draw_groups, group_law{.weighted = true}));
    put("forecasts, normal", of(draw_forecasts, forecast_law{}));
    put("forecasts, skewed", of(draw_forecasts, forecast_law{.skewed = true}));
    put("forecasts, weighted", of(draw_forecasts, forecast_law{.weighted = true}));
    put("survival, censored", of(draw_survival, survival_law{}));
    put("survival, weighted", of(draw_survival, survival_law{.weighted = true}));
    put("bounded values, one look", draw_bounded);
    return all;
}

}  // namespace coverage
