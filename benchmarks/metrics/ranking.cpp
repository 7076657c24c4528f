#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

#include "compare/python_peers.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/mean_average_precision.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "support/bench.hpp"

namespace {

constexpr std::size_t items = 20;

struct queries {
    std::vector<double> relevance;
    std::vector<double> score;
    std::vector<std::size_t> offsets{0};

    [[nodiscard]] leeway::ranked_query::columns columns() const {
        return {.relevances = relevance, .scores = score, .offsets = offsets, .weight = {}};
    }
};

/// Graded relevance, scores that know something of it; a relevant item in every query.
queries make(std::size_t n) {
    leeway::random_source random(7);
    queries made;
    for (std::size_t q = 0; q < n; ++q) {
        for (std::size_t i = 0; i < items; ++i) {
            const double relevance =
                i == 0 ? 1 : std::max(0.0, static_cast<double>(random.below(8)) - 4);
            made.relevance.push_back(relevance);
            made.score.push_back(relevance + 2 * random.normal());
        }
        made.offsets.push_back(made.score.size());
    }
    return made;
}

/// The textbook form, for scores without ties: sort item numbers twice, add up both gains.
double by_standard_sort(const queries& data) {
    std::vector<std::size_t> order(items);
    double sum = 0;
    const std::size_t n = data.offsets.size() - 1;
    for (std::size_t q = 0; q < n; ++q) {
        const double* const relevance = data.relevance.data() + q * items;
        const double* const score = data.score.data() + q * items;
        double gain[2]{};
        const double* const keys[] = {score, relevance};
        for (std::size_t which = 0; which < 2; ++which) {
            std::iota(order.begin(), order.end(), std::size_t{0});
            std::sort(
                order.begin(), order.end(),
                [key = keys[which]](std::size_t a, std::size_t b) { return key[a] > key[b]; });
            for (std::size_t rank = 0; rank < 10; ++rank) {
                gain[which] += relevance[order[rank]] / std::log2(static_cast<double>(rank) + 2);
            }
        }
        sum += gain[0] / gain[1];
    }
    return sum / static_cast<double>(n);
}

void ranking(bench::table& table) {
    const std::size_t n = table.quick() ? 10'000 : 100'000;
    const std::string size = table.quick() ? "1e4 x 20" : "1e5 x 20";
    const queries data = make(n);
    const leeway::ndcg metric{.k = 10};
    double ours = 0;
    double theirs = 0;
    const auto both = bench::compare(
        [&] {
            auto state = metric.empty_state();
            state.update(data.columns());
            ours = metric(state).value();
        },
        [&] { theirs = by_standard_sort(data); });
    bench::table::require(std::abs(ours - theirs) < 1e-12,
                          "ndcg differs from the form over std::sort");
    const double nanoseconds = both.ours / static_cast<double>(n) * 1e9;
    table.add({.job = "ndcg at 10, with interval, a query of 20",
               .size = size,
               .nanoseconds = nanoseconds,
               .peer = "std::sort form (value only)",
               .ratio = both.ratio});

    const leeway::mean_average_precision precise;
    const double seconds = bench::compare(
                               [&] {
                                   auto state = precise.empty_state();
                                   state.update(data.columns());
                                   bench::keep(state);
                               },
                               [] {}, 5)
                               .ours;
    table.add({.job = "mean_average_precision, a query of 20",
               .size = size,
               .nanoseconds = seconds / static_cast<double>(n) * 1e9,
               .peer = "(no peer for a whole set)"});

    const auto peers = bench::python_peers({{"relevance.f64", bench::bytes_of(data.relevance)},
                                            {"rank_score.f64", bench::bytes_of(data.score)}},
                                           {"ndcg_of_20"});
    if (const auto peer = peers.find("ndcg_of_20"); peer != peers.end()) {
        bench::table::require(std::abs(ours - peer->second.values.at(0)) < 1e-12,
                              "ndcg differs from scikit-learn's");
        const double ratio = peer->second.seconds / both.ours;
        table.add({.job = "ndcg at 10, with interval, a query of 20",
                   .size = size,
                   .nanoseconds = nanoseconds,
                   .peer = "scikit-learn ndcg_score",
                   .ratio = ratio,
                   .bar = ">= 20",
                   .met = ratio >= 20});
    }
}

const bench::registration registered(33, "metrics/ranking", ranking);

}  // namespace
