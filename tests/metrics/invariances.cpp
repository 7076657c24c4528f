// What says nothing to whole families of metrics: the names of classes, the scale of scores that
// are only ranked, single precision, and how many rows there were before the last one. The lists of
// task_metrics.hpp are walked, so a metric that joins one is held to the laws of its family.
#include <cmath>
#include <concepts>
#include <cstddef>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "laws/metric.hpp"
#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/accumulators/survival_outcomes.hpp"
#include "leeway/metrics/concordance_index.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/mean_reciprocal_rank.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/pr_auc_trapezoid.hpp"
#include "leeway/metrics/task_metrics.hpp"

using namespace leeway;

namespace {

/// By key.
using figures = std::map<std::string, estimate>;

/// Adds the figure of a metric that can read the state.
template <class M, class State>
void add(figures& all, const M& metric, const State& state) {
    if constexpr (requires { {metric(state)}; }) all.emplace(key_of(metric), metric(state));
}

/// One state of a binary task. (The list is walked in one place: each walk costs half a second to
/// compile.)
struct binary_state {
    const confusion_matrix* counts{nullptr};
    const calibration_bins* bins{nullptr};
    const score_table* table{nullptr};
    const scored_outcomes* rows{nullptr};  ///< for figures of order alone
};

/// Every figure of the binary list that reads the state.
figures binary_figures(const binary_state& state) {
    figures all;
    for_each_binary_metric(confidence_95, [&]<class M>(const M& metric) {
        if (state.counts != nullptr) add(all, metric, *state.counts);
        if (state.bins != nullptr) add(all, metric, *state.bins);
        if constexpr (std::same_as<typename M::state_type, score_table>) {
            if (state.table != nullptr) all.emplace(key_of(metric), metric(*state.table));
            // A threshold is itself a score; the others read the order and not the scores.
            if constexpr (M::info.unit != "score") {
                if (state.rows != nullptr) all.emplace(key_of(metric), metric(*state.rows));
            }
        }
    });
    return all;
}

template <class State>
State filled(State state, const std::vector<probability_outcome>& rows) {
    for (const auto& row : rows) state.update(row);
    return state;
}

void same(const figures& one, const figures& other, double tolerance) {
    REQUIRE(one.size() == other.size());
    for (const auto& [key, figure] : one) {
        INFO("metric " << key);
        if (tolerance == 0) {
            CHECK(other.at(key) == figure);  // to the last bit
        } else {
            CHECK(laws::detail::same_figure(other.at(key), figure, tolerance, true));
        }
    }
}

// --- names of classes ---

struct class_figures {
    figures all;  ///< averages for the ratios of one class
    std::map<std::string, std::vector<estimate>> by_class;
};

/// Those of the multiclass list that read decisions.
class_figures figures_of_decisions(const confusion_matrix& counts) {
    class_figures read;
    for_each_multiclass_metric(confidence_95, [&]<class M>(const M& metric) {
        if constexpr (ClassRatioMetric<M>) {
            for (const auto over : {average::micro, average::macro, average::weighted}) {
                M averaged = metric;
                averaged.over = over;
                add(read.all, averaged, counts);
            }
            read.by_class.emplace(key_of(metric), per_class(metric, counts));
        } else {
            add(read.all, metric, counts);
        }
    });
    return read;
}

confusion_matrix renamed(std::size_t classes, std::vector<class_outcome> rows,
                         const std::function<int(int)>& rename) {
    for (auto& row : rows) {
        row.label = rename(row.label);
        row.prediction = rename(row.prediction);
    }
    return laws::detail::state_of(confusion_matrix(classes), rows);
}

// --- transforms of scores ---

/// Strictly increasing over the multiples of 1/64 in [-8, 8], rounding included; all but the last
/// two are exact.
const std::vector<std::pair<std::string, std::function<double(double)>>> increasing{
    {"8 s + 3", [](double s) { return 8 * s + 3; }},
    {"s^3", [](double s) { return s * s * s; }},
    {"s 2^-1000", [](double s) { return std::ldexp(s, -1000); }},
    {"s 2^1000", [](double s) { return std::ldexp(s, 1000); }},
    {"exp s", [](double s) { return std::exp(s); }},
    {"logistic", [](double s) { return 1 / (1 + std::exp(-s)); }}};

double on_grid(double score) {
    return std::round(64 * std::fmin(8, std::fmax(-8, score))) / 64;
}

/// Tied scores on the grid, informative of the label.
std::vector<probability_outcome> grid_rows(bool weighted) {
    auto rows = laws::probability_rows(300, weighted);
    for (auto& row : rows) row.score = on_grid(std::log(row.score / (1 - row.score)));
    return rows;
}

figures figures_of_order(const scored_outcomes& rows) {
    figures all = binary_figures({.rows = &rows});
    add(all, pr_auc_trapezoid{}, rows);
    return all;
}

figures figures_of_pairs(const paired_values& rows) {
    figures all;
    add(all, spearman_correlation{}, rows);
    add(all, kendall_tau{}, rows);
    return all;
}

figures figures_of_queries(const std::vector<ranked_query>& queries) {
    figures all;
    const auto read = [&](const auto& metric) {
        add(all, metric, laws::detail::state_of(metric.empty_state(), queries));
    };
    read(ndcg{});
    read(ndcg{.k = 3});
    read(mean_average_precision{});
    read(mean_reciprocal_rank{});
    return all;
}

// --- many rows ---

constexpr double many = 33'554'433;

/// 2^24 times two rows, and the first once more: 2^24 + 1 is the first count that single precision
/// does not have.
template <class State, class Row>
State many_rows(State state, const Row& first, const Row& second) {
    state.update(first);
    state.update(second);
    for (int doubling = 0; doubling < 24; ++doubling) {
        const State half = state;
        state.merge(half);
    }
    state.update(first);
    return state;
}

void weighs_many(const figures& all, std::size_t least) {
    CHECK(all.size() >= least);
    for (const auto& [key, figure] : all) {
        INFO("metric " << key);
        CHECK(figure.weight() == many);
    }
}

}  // namespace

TEST_CASE("invariance: the names of classes") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 4, weighted);
        const auto counts = laws::detail::state_of(confusion_matrix(4), rows);
        const auto [every, by_class] = figures_of_decisions(counts);
        REQUIRE(every.size() >= 30);
        REQUIRE(by_class.size() >= 9);

        // The other way round: neighbours stay neighbours, so classes that are ordered may as well.
        const auto back = renamed(4, rows, [](int c) { return 3 - c; });
        same(every, figures_of_decisions(back).all, 1e-12);
        const int names[] = {2, 0, 3, 1};
        auto other = figures_of_decisions(renamed(4, rows, [&](int c) { return names[c]; }));
        figures unordered = every;
        for (figures* some : {&unordered, &other.all}) {
            std::erase_if(*some, [](const auto& figure) {
                return figure.first.find("linear") != std::string::npos ||
                       figure.first.find("quadratic") != std::string::npos;
            });
        }
        same(unordered, other.all, 1e-12);

        // A class takes its figures with it, to the last bit.
        for (const auto& [key, figure] : by_class) {
            INFO("metric " << key);
            for (std::size_t c = 0; c < 4; ++c) {
                CHECK(other.by_class.at(key)[static_cast<std::size_t>(names[c])] == figure[c]);
            }
        }
    }
}

TEST_CASE("invariance: positive and negative exchanged") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::class_rows(300, 2, weighted);
        const auto counts = laws::detail::state_of(confusion_matrix(2), rows);
        const auto exchanged = renamed(2, rows, [](int c) { return 1 - c; });
        const figures before = binary_figures({.counts = &counts});
        const figures after = binary_figures({.counts = &exchanged});
        for (const std::string key : {"accuracy", "balanced_accuracy", "matthews_correlation",
                                      "geometric_mean", "informedness", "markedness", "cohen_kappa",
                                      "hamming_loss", "diagnostic_odds_ratio"}) {
            INFO("metric " << key);
            CHECK(laws::detail::same_figure(after.at(key), before.at(key), 1e-12, true));
        }
        const std::pair<std::string, std::string> twins[] = {
            {"recall", "specificity"},
            {"precision", "negative_predictive_value"},
            {"false_positive_rate", "false_negative_rate"},
            {"false_discovery_rate", "false_omission_rate"}};
        for (const auto& [one, other] : twins) {
            INFO("metrics " << one << " and " << other);
            CHECK(laws::detail::same_figure(after.at(one), before.at(other), 1e-12, true));
            CHECK(laws::detail::same_figure(after.at(other), before.at(one), 1e-12, true));
        }
        for (const std::string key : {"prevalence", "predicted_positive_rate"}) {
            INFO("metric " << key);
            CHECK(after.at(key).value() == Approx(1 - before.at(key).value()).epsilon(1e-12));
        }
        CHECK(after.at("positive_likelihood_ratio").value() ==
              Approx(1 / before.at("negative_likelihood_ratio").value()).epsilon(1e-12));
    }
}

TEST_CASE("invariance: scores that are only ranked, on another scale") {
    for (const bool weighted : {false, true}) {
        const auto rows = grid_rows(weighted);
        const figures order = figures_of_order(filled(scored_outcomes(), rows));
        REQUIRE(order.size() >= 10);
        const threshold_at_recall cut;
        const double threshold = cut(filled(scored_outcomes(), rows)).value();

        auto pairs = laws::regression_rows(200, weighted, 0);
        for (auto& row : pairs) row = {on_grid(row.target), on_grid(row.prediction), row.weight};
        const figures pair_figures =
            figures_of_pairs(laws::detail::state_of(paired_values(), pairs));
        auto lives = laws::survival_rows(200, weighted);
        for (auto& row : lives) row.risk = on_grid(4 * row.risk);
        const estimate concordance =
            concordance_index{}(laws::detail::state_of(survival_outcomes(), lives));
        const auto queries = laws::ranked_rows(100, weighted);  // scores are multiples of 1/4
        const figures rankings = figures_of_queries(queries);

        for (const auto& [name, map] : increasing) {
            INFO("transform " << name);
            auto mapped = rows;
            for (auto& row : mapped) row.score = map(row.score);
            const auto state = filled(scored_outcomes(), mapped);
            same(order, figures_of_order(state), 0);
            CHECK(cut(state).value() == map(threshold));  // a score, so it goes along

            auto of_prediction = pairs, of_target = pairs;
            for (auto& row : of_prediction) row.prediction = map(row.prediction);
            for (auto& row : of_target) row.target = map(row.target);
            same(pair_figures,
                 figures_of_pairs(laws::detail::state_of(paired_values(), of_prediction)), 0);
            same(pair_figures, figures_of_pairs(laws::detail::state_of(paired_values(), of_target)),
                 0);

            auto risks = lives;
            for (auto& row : risks) row.risk = map(row.risk);
            CHECK(concordance_index{}(laws::detail::state_of(survival_outcomes(), risks)) ==
                  concordance);

            std::vector<std::vector<double>> kept;
            auto scaled = queries;
            for (auto& query : scaled) {
                auto& scores = kept.emplace_back(query.score.begin(), query.score.end());
                for (double& score : scores) score = map(score / 4);
                query.score = scores;
            }
            same(rankings, figures_of_queries(scaled), 0);
        }
    }
}

TEST_CASE("invariance: scores in single precision") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(300, weighted);
        auto single = rows;
        for (auto& row : single) row.score = static_cast<double>(static_cast<float>(row.score));

        // Rounding is monotone and parts no tie, so as long as it makes none the order is the same.
        const auto exact = filled(scored_outcomes(), rows);
        same(figures_of_order(exact), figures_of_order(filled(scored_outcomes(), single)), 0);

        // A score moves by half an ulp of single precision, 2^-25 below 1. Its squared error moves
        // by less than twice as much, its logarithm by 2^-24 of 1/p with the mean of 1/p below 10
        // here; both are means of that. Means of a bin move no more than the scores.
        const auto moved = [&](const auto& metric, auto empty, double most) {
            const estimate one = metric(filled(empty, rows));
            const estimate other = metric(filled(empty, single));
            INFO("metric " << key_of(metric));
            CHECK(std::fabs(one.value() - other.value()) <= most);
            CHECK(one.weight() == other.weight());
        };
        moved(brier_score{}, brier_score::state_type(), 0x1p-24);
        moved(log_loss{}, log_loss::state_type(), 10 * 0x1p-24);
        moved(expected_calibration_error{}, calibration_bins(), 0x1p-24);
        moved(brier_reliability{}, brier_reliability::state_type(), 0x1p-24);

        // The rounding is real, and a threshold, which is a score, is rounded with its rows.
        const auto rounded = filled(scored_outcomes(), single);
        CHECK_FALSE(rounded == exact);
        const threshold_at_recall cut;
        CHECK(cut(rounded).value() == static_cast<double>(static_cast<float>(cut(exact).value())));
    }
}

TEST_CASE("invariance: a common factor in all weights, near the ends of those that are taken") {
    const auto figures_at = [](double factor) {
        const auto scaled = [&](auto rows) {
            for (auto& row : rows) row.weight *= factor;
            return rows;
        };
        const auto scores = scaled(laws::probability_rows(300, true));
        const auto counts =
            laws::detail::state_of(confusion_matrix(2), scaled(laws::class_rows(300, 2, true)));
        const auto bins = filled(calibration_bins(), scores);
        const auto table = filled(score_table(log_linear_layout::probabilities()), scores);
        const auto rows = filled(scored_outcomes(), scores);
        figures all = binary_figures({.counts = &counts, .bins = &bins, .table = &table});
        for (auto& [key, figure] : figures_of_order(rows)) all.emplace("rows " + key, figure);
        const auto pairs = scaled(laws::regression_rows(200, true, 0));
        for (auto& one : figures_of_pairs(laws::detail::state_of(paired_values(), pairs)))
            all.insert(one);
        const auto errors = laws::detail::state_of(regression_moments(), pairs);
        const auto values = laws::detail::state_of(paired_values(), pairs);
        for_each_regression_metric(confidence_95, [&](const auto& metric) {
            add(all, metric, errors);
            add(all, metric, values);
        });
        all.emplace("concordance",
                    concordance_index{}(laws::detail::state_of(
                        survival_outcomes(), scaled(laws::survival_rows(200, true)))));
        for (auto& one : figures_of_queries(scaled(laws::ranked_rows(100, true)))) all.insert(one);
        return all;
    };
    const figures plain = figures_at(1);
    REQUIRE(plain.size() >= 60);
    for (const double factor : {0x1p190, 0x1p-190}) {
        CAPTURE(factor);
        same(figures_at(factor), plain, 1e-12);
    }
}

TEST_CASE("invariance: more than 2^24 rows are counted to the last") {
    const class_outcome hit{.label = 1, .prediction = 1}, alarm{.label = 0, .prediction = 1};
    const auto counts = many_rows(confusion_matrix(2), hit, alarm);
    CHECK(counts.total() == many);
    CHECK(precision{}(counts).value() == 16'777'217 / many);
    weighs_many(binary_figures({.counts = &counts}), 20);

    const probability_outcome yes{.label = 1, .score = 0.75}, no{.label = 0, .score = 0.25};
    const auto bins = many_rows(calibration_bins(), yes, no);
    weighs_many(binary_figures({.bins = &bins}), 5);
    const auto table = many_rows(score_table(log_linear_layout::probabilities()), yes, no);
    weighs_many(binary_figures({.table = &table}), 10);

    figures regression;
    const auto errors =
        many_rows(regression_moments(), regression_outcome{3, 2}, regression_outcome{5, 7});
    for_each_regression_metric(confidence_95,
                               [&](const auto& metric) { add(regression, metric, errors); });
    weighs_many(regression, 3);

    CHECK(many_rows(moments(), weighted_value(1), weighted_value(2)).weight() == many);
    CHECK(many_rows(binned_counts(), plain_value(1), plain_value(2)).total() == 33'554'433);
}
