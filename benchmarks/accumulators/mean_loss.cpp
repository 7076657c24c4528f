#include "leeway/accumulators/mean_loss.hpp"

#include <cmath>

#include "compare/python_peers.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

void squared_error_batch(bench::table& table) {
    // 512 MiB of columns: far more than the caches near the core hold.
    const std::size_t n = table.quick() ? 1'000'000 : std::size_t{1} << 25;
    leeway::random_source random(4);
    std::vector<double> target(n);
    std::vector<double> prediction(n);
    double exact = 0;
    for (std::size_t i = 0; i < n; ++i) {
        target[i] = random.uniform();
        prediction[i] = random.uniform();
        const double error = target[i] - prediction[i];
        exact += error * error;
    }
    leeway::mean_loss<leeway::loss::squared_error> state;
    const leeway::regression_outcome::columns batch{.target = target, .prediction = prediction};
    double best = 1e9;
    for (int i = 0; i < 5; ++i) {
        state.reset();
        best = std::min(best, bench::seconds_of([&] { state.update(batch); }));
    }
    bench::table::require(std::abs(state.mean() / (exact / static_cast<double>(n)) - 1) < 1e-9,
                          "mean_loss<squared_error>: the mean differs from a plain loop's");
    const double limit = bench::read_seconds(bench::bytes_of(target)) +
                         bench::read_seconds(bench::bytes_of(prediction));
    const double share = limit / best;
    table.add({.job = "mean_loss<squared_error>, batch",
               .size = table.quick() ? "1e6" : "3e7",
               .nanoseconds = best / static_cast<double>(n) * 1e9,
               .peer = "memory read bandwidth",
               .limit_share = share,
               .bar = ">= 70 %",
               .met = share >= 0.70});
}

void against_scikit_learn(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    leeway::random_source random(5);
    std::vector<double> target(n);
    std::vector<double> prediction(n);
    for (std::size_t i = 0; i < n; ++i) {
        target[i] = random.normal();
        prediction[i] = target[i] + random.normal();
    }
    const auto peers = bench::python_peers(
        {{"target.f64", bench::bytes_of(target)}, {"estimate.f64", bench::bytes_of(prediction)}},
        {"mean_squared_error"});
    leeway::mean_loss<leeway::loss::squared_error> state;
    double best = 1e9;
    for (int i = 0; i < 9; ++i) {
        state.reset();
        best = std::min(best, bench::seconds_of([&] {
                            state.update({.target = target, .prediction = prediction});
                        }));
    }
    bench::line row{.job = "mean squared error",
                    .size = table.quick() ? "1e5" : "1e6",
                    .nanoseconds = best / static_cast<double>(n) * 1e9,
                    .peer = "scikit-learn (not installed)"};
    if (const auto peer = peers.find("mean_squared_error"); peer != peers.end()) {
        bench::table::require(std::abs(state.mean() / peer->second.values.at(0) - 1) < 1e-12,
                              "mean_squared_error differs from scikit-learn's");
        row.peer = "scikit-learn mean_squared_error";
        row.ratio = peer->second.seconds / best;
    }
    table.add(row);
}

const bench::registration batch(14, "accumulators/mean_loss", squared_error_batch);
const bench::registration peer(34, "metrics/mean_squared_error", against_scikit_learn);

}  // namespace
