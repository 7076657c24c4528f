#include "leeway/accumulators/binned_counts.hpp"

#include <boost/histogram/axis/variable.hpp>
#include <boost/histogram/make_histogram.hpp>

#include <algorithm>

#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

void one_value(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    leeway::random_source random(1);
    std::vector<double> values(n);
    for (auto& value : values) value = random.normal();

    // The same 15 interior edges for both: sixteen bins of equal mass.
    std::vector<double> sorted = values;
    std::sort(sorted.begin(), sorted.end());
    std::vector<double> edges;
    for (std::size_t k = 1; k < 16; ++k) edges.push_back(sorted[k * n / 16]);
    leeway::binned_counts ours(leeway::binning::intervals(edges));
    edges.insert(edges.begin(), -1e300);
    edges.push_back(1e300);
    auto theirs = boost::histogram::make_histogram_with(std::vector<std::uint64_t>{},
                                                        boost::histogram::axis::variable<>(edges));

    const auto both = bench::compare(
        [&] {
            for (const double value : values) ours.update(value);
        },
        [&] {
            for (const double value : values) theirs(value);
        });
    for (int k = 0; k < 16; ++k) {
        bench::table::require(ours[static_cast<std::size_t>(k)] == theirs.at(k),
                              "binned_counts differs from Boost.Histogram in a bin");
    }
    table.add({.job = "binned_counts, one value, 16 bins",
               .size = table.quick() ? "1e5" : "1e6",
               .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
               .peer = "Boost.Histogram variable axis",
               .ratio = both.ratio,
               .bar = ">= 4",
               .met = both.ratio >= 4});
}

const bench::registration registered(10, "accumulators/binned_counts", one_value);

}  // namespace
