#include "leeway/monitor/recorder.hpp"

#include <cmath>
#include <string>

#include "leeway/core/random.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/reference_builder.hpp"
#include "support/bench.hpp"

namespace {

constexpr std::size_t features = 20;

leeway::reference train(leeway::random_source& random) {
    leeway::schema columns;
    for (std::size_t j = 0; j < features; ++j) columns.numeric("f" + std::to_string(j));
    leeway::reference_builder build(columns);
    std::vector<double> row(features);
    for (int i = 0; i < 10'000; ++i) {
        for (auto& value : row) value = random.normal();
        const double score = 1 / (1 + std::exp(-row[0]));
        build.update(row, {.label = double(random.bernoulli(score)), .score = score});
    }
    return build.finish();
}

/// The bar: a row of 20 features and a score costs at most 20 updates of one binned_counts and 100
/// ns.
void one_row(bench::table& table) {
    const std::size_t n = 20'000;
    leeway::random_source random(9);
    const leeway::reference reference = train(random);
    std::vector<double> rows(n * features);
    std::vector<double> scores(n);
    for (auto& value : rows) value = random.normal();
    for (std::size_t i = 0; i < n; ++i) scores[i] = 1 / (1 + std::exp(-rows[i * features]));

    leeway::monitor monitor(reference);
    auto recorder = monitor.recorder();
    std::vector<leeway::binned_counts> counts;
    for (const auto& feature : reference.features()) {
        counts.emplace_back(feature.counts().shared_bins());
    }
    std::uint64_t recorded = 0;
    const auto both = bench::compare(
        [&] {
            for (std::size_t i = 0; i < n; ++i) {
                recorder.record({&rows[i * features], features}, scores[i]);
            }
            recorded += n;
        },
        [&] {
            for (std::size_t i = 0; i < n; ++i) {
                for (std::size_t j = 0; j < features; ++j) {
                    counts[j].update(rows[i * features + j]);
                }
            }
        });
    const leeway::snapshot seen = monitor.snapshot({});
    bench::table::require(seen.rows == recorded, "recorder: rows were lost");
    for (std::size_t j = 0; j < features; ++j) {
        for (std::size_t bin = 0; bin < counts[j].counts().size(); ++bin) {
            bench::table::require(seen.features[j].bins[bin].current == counts[j][bin],
                                  "recorder: a bin differs from binned_counts'");
        }
    }
    const double ours = both.ours / static_cast<double>(n) * 1e9;
    const double updates = both.theirs / static_cast<double>(n) * 1e9;
    table.add({.job = "recorder, 20 features and a score",
               .size = "2e4",
               .nanoseconds = ours,
               .peer = "20 binned_counts updates",
               .ratio = both.ratio,
               .bar = "<= +100 ns",
               .met = ours <= updates + 100});
}

const bench::registration registered(50, "monitor/recorder", one_row);

}  // namespace
