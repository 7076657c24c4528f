#include "leeway/accumulators/log_linear_histogram.hpp"

#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

void one_value(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    leeway::random_source random(2);
    std::vector<double> values(n);
    for (auto& value : values) value = random.uniform();

    leeway::log_linear_histogram ours(leeway::log_linear_layout::any());
    // The floor: an increment of a table of the same size at an index that is already known.
    std::vector<double> bare(ours.cells().size());
    std::vector<std::uint32_t> index(n);
    for (std::size_t i = 0; i < n; ++i) {
        index[i] = static_cast<std::uint32_t>(ours.layout().index(values[i]));
    }

    const auto both = bench::compare(
        [&] {
            for (const double value : values) ours.update(value);
        },
        [&] {
            for (const std::uint32_t i : index) bare[i] += 1;
        });
    for (std::size_t i = 0; i < bare.size(); ++i) {
        bench::table::require(ours.cells()[i] == bare[i],
                              "log_linear_histogram: a cell differs from the bare table's");
    }
    table.add({.job = "log_linear_histogram, one value",
               .size = table.quick() ? "1e5" : "1e6",
               .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
               .peer = "bare indexed increment, same table",
               .ratio = both.ratio,
               .bar = ">= 0.33",
               .met = both.ratio >= 1.0 / 3});
}

const bench::registration registered(11, "accumulators/log_linear_histogram", one_value);

}  // namespace
