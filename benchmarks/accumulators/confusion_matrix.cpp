#include "leeway/accumulators/confusion_matrix.hpp"

#include <algorithm>
#include <cmath>

#include "compare/python_peers.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "support/bench.hpp"

namespace {

struct pairs {
    std::vector<std::int32_t> label;
    std::vector<std::int32_t> prediction;
};

pairs make(std::size_t n) {
    leeway::random_source random(6);
    pairs made{std::vector<std::int32_t>(n), std::vector<std::int32_t>(n)};
    for (std::size_t i = 0; i < n; ++i) {
        made.label[i] = random.bernoulli(0.3);
        made.prediction[i] = random.bernoulli(made.label[i] != 0 ? 0.8 : 0.1);
    }
    return made;
}

double best_of(int repeats, leeway::confusion_matrix& state, const pairs& rows) {
    double best = 1e9;
    for (int i = 0; i < repeats; ++i) {
        state.reset();
        best = std::min(best, bench::seconds_of([&] {
                            state.update({.label = rows.label, .prediction = rows.prediction});
                        }));
    }
    return best;
}

void binary_batch(bench::table& table) {
    const std::size_t n = table.quick() ? 1'000'000 : std::size_t{1} << 26;  // 512 MiB of columns
    const pairs rows = make(n);
    double exact[4] = {};
    for (std::size_t i = 0; i < n; ++i) {
        exact[static_cast<std::size_t>(2 * rows.label[i] + rows.prediction[i])] += 1;
    }
    leeway::confusion_matrix state(2);
    const double best = best_of(5, state, rows);
    for (std::size_t cell = 0; cell < 4; ++cell) {
        bench::table::require(state.cell(cell / 2, cell % 2) == exact[cell],
                              "confusion_matrix: a cell differs from a plain loop's");
    }
    const double limit = bench::read_seconds(bench::bytes_of(rows.label)) +
                         bench::read_seconds(bench::bytes_of(rows.prediction));
    const double share = limit / best;
    table.add({.job = "confusion_matrix, batch of binary pairs",
               .size = table.quick() ? "1e6" : "7e7",
               .nanoseconds = best / static_cast<double>(n) * 1e9,
               .peer = "memory read bandwidth",
               .limit_share = share,
               .bar = ">= 70 %",
               .met = share >= 0.70});
}

void against_scikit_learn(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    const pairs rows = make(n);
    const auto peers = bench::python_peers({{"label.i32", bench::bytes_of(rows.label)},
                                            {"prediction.i32", bench::bytes_of(rows.prediction)}},
                                           {"accuracy_f1"});
    leeway::confusion_matrix state(2);
    const double best = best_of(9, state, rows);
    bench::line row{.job = "accuracy and F1",
                    .size = table.quick() ? "1e5" : "1e6",
                    .nanoseconds = best / static_cast<double>(n) * 1e9,
                    .peer = "scikit-learn (not installed)"};
    if (const auto peer = peers.find("accuracy_f1"); peer != peers.end()) {
        const auto& values = peer->second.values;
        bench::table::require(std::abs(leeway::accuracy{}(state).value() - values.at(0)) < 1e-12 &&
                                  std::abs(leeway::f_beta{}(state).value() - values.at(1)) < 1e-12,
                              "accuracy or F1 differs from scikit-learn's");
        row.peer = "scikit-learn accuracy_score + f1_score";
        row.ratio = peer->second.seconds / best;
        row.bar = ">= 50";
        row.met = *row.ratio >= 50;
    }
    table.add(row);
}

const bench::registration batch(13, "accumulators/confusion_matrix", binary_batch);
const bench::registration peer(30, "metrics/accuracy", against_scikit_learn);

}  // namespace
