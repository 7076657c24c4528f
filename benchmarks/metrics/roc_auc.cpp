#include "leeway/metrics/roc_auc.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "compare/python_peers.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

struct outcomes {
    std::vector<std::int32_t> label;
    std::vector<double> score;
};

outcomes make(std::size_t n) {
    leeway::random_source random(7);
    outcomes made{std::vector<std::int32_t>(n), std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i) {
        made.label[i] = random.bernoulli(0.1);
        made.score[i] = 1 / (1 + std::exp(-(random.normal() + (made.label[i] != 0 ? 0.5 : -1))));
    }
    return made;
}

/// The textbook form: sort row numbers by score with std::sort, then add up midranks.
double by_standard_sort(const outcomes& data) {
    std::vector<std::uint32_t> order(data.score.size());
    std::iota(order.begin(), order.end(), 0U);
    std::sort(order.begin(), order.end(),
              [&](std::uint32_t a, std::uint32_t b) { return data.score[a] < data.score[b]; });
    double below = 0;
    double area = 0;
    double positives = 0;
    for (std::size_t i = 0; i < order.size();) {
        double tied[2] = {};
        const double score = data.score[order[i]];
        for (; i < order.size() && data.score[order[i]] == score; ++i)
            tied[data.label[order[i]]] += 1;
        area += tied[1] * (below + tied[0] / 2);
        below += tied[0];
        positives += tied[1];
    }
    return area / (positives * below);
}

void exact(bench::table& table) {
    for (const std::size_t n : table.quick()
                                   ? std::vector<std::size_t>{100'000}
                                   : std::vector<std::size_t>{100'000, 1'000'000, 10'000'000}) {
        const outcomes data = make(n);
        // From the host's arrays, as the peers: row checks included.
        const leeway::probability_outcome::columns rows{.label = data.label, .score = data.score};
        leeway::rejections refused;
        double ours = 0;
        double theirs = 0;
        const auto both =
            bench::compare([&] { ours = leeway::roc_auc{}(rows, refused).value(); },
                           [&] { theirs = by_standard_sort(data); }, n > 1'000'000 ? 2 : 5);
        bench::table::require(std::abs(ours - theirs) < 1e-12,
                              "roc_auc differs from the form over std::sort");
        const std::string size = n == 100'000 ? "1e5" : n == 1'000'000 ? "1e6" : "1e7";
        table.add({.job = "roc_auc exact, with DeLong interval",
                   .size = size,
                   .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
                   .peer = "std::sort form (value only)",
                   .ratio = both.ratio});
        if (n > 1'000'000) continue;
        const auto peers = bench::python_peers({{"label.i32", bench::bytes_of(data.label)},
                                                {"score.f64", bench::bytes_of(data.score)}},
                                               {"auc"});
        if (const auto peer = peers.find("auc"); peer != peers.end()) {
            bench::table::require(std::abs(ours - peer->second.values.at(0)) < 1e-12,
                                  "roc_auc differs from scikit-learn's");
            const double ratio = peer->second.seconds / both.ours;
            table.add({.job = "roc_auc exact, with DeLong interval",
                       .size = size,
                       .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
                       .peer = "scikit-learn roc_auc_score",
                       .ratio = ratio,
                       .bar = n == 1'000'000 ? ">= 15" : "",
                       .met = n != 1'000'000 || ratio >= 15});
        }
    }
}

void certified(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    const outcomes data = make(n);
    leeway::score_table state;
    const double seconds = [&] {
        double best = 1e9;
        for (int i = 0; i < 5; ++i) {
            state.reset();
            best = std::min(best, bench::seconds_of([&] {
                                state.update({.label = data.label, .score = data.score});
                            }));
        }
        return best;
    }();
    const leeway::estimate band = leeway::roc_auc{}(state);
    const double truth = by_standard_sort(data);
    bench::table::require(band.lower() <= truth && truth <= band.upper(),
                          "the certified band does not hold the exact AUC");
    table.add({.job = "score_table (certified AUC), batch",
               .size = table.quick() ? "1e5" : "1e6",
               .nanoseconds = seconds / static_cast<double>(n) * 1e9,
               .peer = "(bounded memory, no peer)"});
}

const bench::registration first(31, "metrics/roc_auc", exact);
const bench::registration second(32, "metrics/roc_auc_certified", certified);

}  // namespace
