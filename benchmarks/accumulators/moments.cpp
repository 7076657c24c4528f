#include "leeway/accumulators/moments.hpp"

#include <boost/accumulators/accumulators.hpp>
#include <boost/accumulators/statistics.hpp>

#include <cmath>

#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

namespace acc = boost::accumulators;

void one_value(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    leeway::random_source random(3);
    std::vector<double> values(n);
    for (auto& value : values) value = 10 + random.normal();

    leeway::moments ours;
    acc::accumulator_set<double, acc::stats<acc::tag::mean, acc::tag::variance, acc::tag::skewness,
                                            acc::tag::kurtosis>>
        theirs;
    const auto both = bench::compare(
        [&] {
            for (const double value : values) ours.update(value);
        },
        [&] {
            for (const double value : values) theirs(value);
        });
    bench::table::require(std::abs(ours.mean().value() / acc::mean(theirs) - 1) < 1e-10,
                          "moments: the mean differs from Boost.Accumulators'");
    table.add({.job = "moments, one value (mean to 4th)",
               .size = table.quick() ? "1e5" : "1e6",
               .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
               .peer = "Boost.Accumulators (not compensated)",
               .ratio = both.ratio});
}

const bench::registration registered(12, "accumulators/moments", one_value);

}  // namespace
