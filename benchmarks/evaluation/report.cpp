#include "leeway/evaluation/evaluate.hpp"

#include <cmath>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "compare/python_peers.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"
#include "support/bench.hpp"

namespace {

struct outcomes {
    std::vector<std::int32_t> label;
    std::vector<double> score;

    [[nodiscard]] leeway::probability_outcome::columns columns() const {
        return {.label = label, .score = score};
    }
};

outcomes scored(std::size_t n) {
    leeway::random_source random(7);
    outcomes made;
    for (std::size_t i = 0; i < n; ++i) {
        made.label.push_back(random.bernoulli(0.1) ? 1 : 0);
        made.score.push_back(
            1 / (1 + std::exp(-(random.normal() + (made.label.back() != 0 ? 0.5 : -1)))));
    }
    return made;
}

struct pairs {
    std::vector<double> target;
    std::vector<double> estimate;
};

pairs estimated(std::size_t n) {
    leeway::random_source random(8);
    pairs made;
    for (std::size_t i = 0; i < n; ++i) {
        made.target.push_back(100 + 10 * random.normal());
        made.estimate.push_back(made.target.back() + random.normal());
    }
    return made;
}

std::string size_of(const bench::table& table) {
    return table.quick() ? "1e5" : "1e6";
}

/// Adds a line with the ratio to a job of scikit-learn, whose answers must be `ours`.
void against(bench::table& table, bench::line row, double seconds,
             const std::map<std::string, bench::peer_answer>& peers, const std::string& job,
             const std::vector<double>& ours, const std::string& functions, double bar) {
    row.peer = "scikit-learn (not installed)";
    if (const auto peer = peers.find(job); peer != peers.end()) {
        for (std::size_t i = 0; i < ours.size(); ++i) {
            bench::table::require(
                std::abs(ours[i] - peer->second.values.at(i)) <= 1e-11 * std::abs(ours[i]),
                row.job + " differs from scikit-learn's");
        }
        row.peer = "scikit-learn " + functions;
        row.ratio = peer->second.seconds / seconds;
        row.bar = ">= " + std::to_string(static_cast<int>(bar));
        row.met = *row.ratio >= bar;
    }
    table.add(std::move(row));
}

void report_of_everything(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    const outcomes data = scored(n);
    leeway::report whole = leeway::evaluate(leeway::binary_task{}, data.columns());
    const auto figures = [&] { whole = leeway::evaluate(leeway::binary_task{}, data.columns()); };
    double alone = 0;
    const auto average_precision = [&] {
        leeway::scored_outcomes state;
        state.update(data.columns());
        alone = leeway::average_precision{}(state).value();
    };
    // Each of them alone, as a host would ask for it: those of the scores' order that cost most.
    std::map<std::string, std::function<void()>> members;
    const auto add = [&]<class State, class M>(State, M metric) {
        members[leeway::key_of(metric)] = [&data, metric] {
            State state;
            state.update(data.columns());
            bench::keep(metric(state));
        };
    };
    const leeway::scored_outcomes rows;
    add(rows, leeway::average_precision{});
    add(rows, leeway::pr_auc_interpolated{});
    add(rows, leeway::gini{});
    add(rows, leeway::equal_error_rate{});
    add(rows, leeway::recall_at_precision{});
    add(rows, leeway::sensitivity_at_specificity{});
    add(rows, leeway::threshold_at_recall{});
    add(leeway::mean_loss<leeway::loss::logarithmic>(), leeway::log_loss{});
    for (const auto& [member, run] : members) run();  // as warm for the first as for the last
    bench::comparison costliest;
    std::string name;
    for (const auto& [member, run] : members) {
        const auto both = bench::compare(figures, run);
        if (both.theirs <= costliest.theirs) continue;
        costliest = both;
        name = member;
    }
    const auto exact = bench::compare(average_precision, figures);
    bench::table::require(whole.at("average_precision").value() == alone,
                          "the report differs from its member");
    table.add({.job = "report of every binary metric",
               .size = size_of(table),
               .nanoseconds = costliest.ours / static_cast<double>(n) * 1e9,
               .peer = "its costliest member alone, " + name,
               .ratio = costliest.ratio,
               .bar = "<= 1.3 times",
               .met = 1 / costliest.ratio <= 1.3});

    leeway::report of_two = whole;
    // Many in a row, since a core that had nothing to do for a while may be slow to come back.
    constexpr int in_a_row = 20;
    const auto many = [](const auto& one) {
        return [one] {
            for (int i = 0; i < in_a_row; ++i) one();
        };
    };
    const auto threads = bench::compare(
        many([&] { of_two = leeway::evaluate(leeway::binary_task{.threads = 2}, data.columns()); }),
        many(figures), 5);
    bench::table::require(
        std::abs(of_two.at("log_loss").value() - whole.at("log_loss").value()) < 1e-13,
        "two threads differ from one");
    table.add({.job = "the same report by two threads",
               .size = size_of(table),
               .nanoseconds = threads.ours / in_a_row / static_cast<double>(n) * 1e9,
               .peer = "one thread",
               .ratio = threads.ratio,
               .bar = ">= 1.7",
               .met = threads.ratio >= 1.7});

    const auto peers = bench::python_peers(
        {{"label.i32", bench::bytes_of(data.label)}, {"score.f64", bench::bytes_of(data.score)}},
        {"average_precision", "log_loss_and_brier"});
    against(table,
            {.job = "average_precision exact, with interval",
             .size = size_of(table),
             .nanoseconds = exact.ours / static_cast<double>(n) * 1e9,
             .peer = {}},
            exact.ours, peers, "average_precision", {alone}, "average_precision_score", 15);

    double log = 0;
    double brier = 0;
    const double seconds = [&] {
        double best = 1e9;
        for (int i = 0; i < 7; ++i) {
            best = std::min(best, bench::seconds_of([&] {
                                leeway::mean_loss<leeway::loss::logarithmic> losses;
                                leeway::mean_loss<leeway::loss::brier> squares;
                                losses.update(data.columns());
                                squares.update(data.columns());
                                log = leeway::log_loss{}(losses).value();
                                brier = leeway::brier_score{}(squares).value();
                            }));
        }
        return best;
    }();
    against(table,
            {.job = "log_loss and brier_score, with intervals",
             .size = size_of(table),
             .nanoseconds = seconds / static_cast<double>(n) * 1e9,
             .peer = {}},
            seconds, peers, "log_loss_and_brier", {log, brier}, "log_loss + brier_score_loss", 30);
}

void regression(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    const pairs data = estimated(n);
    const leeway::regression_outcome::columns rows{.target = data.target,
                                                   .prediction = data.estimate};
    double squared = 0, absolute = 0, explained = 0;
    double best = 1e9;
    for (int i = 0; i < 7; ++i) {
        best = std::min(best, bench::seconds_of([&] {
                            leeway::regression_moments moments;  // what all three are read from
                            moments.update(rows);
                            squared = leeway::mean_squared_error{}(moments).value();
                            absolute = leeway::mean_absolute_error{}(moments).value();
                            explained = leeway::r_squared{}(moments).value();
                        }));
    }
    const double limit = bench::read_seconds(bench::bytes_of(data.target)) +
                         bench::read_seconds(bench::bytes_of(data.estimate));
    const auto peers = bench::python_peers({{"target.f64", bench::bytes_of(data.target)},
                                            {"estimate.f64", bench::bytes_of(data.estimate)}},
                                           {"regression"});
    bench::line row{.job = "MSE, MAE and R squared, with intervals",
                    .size = size_of(table),
                    .nanoseconds = best / static_cast<double>(n) * 1e9,
                    .peer = "memory read bandwidth",
                    .limit_share = limit / best,
                    .bar = ">= 60 %",
                    .met = limit / best >= 0.6};
    table.add(row);
    row.limit_share.reset();
    against(table, row, best, peers, "regression", {squared, absolute, explained},
            "mean_squared_error + mean_absolute_error + r2_score", 3);
}

const bench::registration report_job(34, "evaluation/report", report_of_everything);
const bench::registration regression_job(35, "evaluation/regression", regression);

}  // namespace
