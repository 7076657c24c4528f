#include "leeway/drift/kolmogorov_smirnov.hpp"

#include <algorithm>
#include <cmath>

#include "compare/python_peers.hpp"
#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

/// The textbook form: both samples through std::sort, then a merge.
double by_standard_sort(std::vector<double> a, std::vector<double> b) {
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    std::size_t i = 0;
    std::size_t j = 0;
    double widest = 0;
    while (i < a.size() && j < b.size()) {
        const double x = std::min(a[i], b[j]);
        while (i < a.size() && a[i] == x) ++i;
        while (j < b.size() && b[j] == x) ++j;
        widest = std::max(widest, std::abs(static_cast<double>(i) / static_cast<double>(a.size()) -
                                           static_cast<double>(j) / static_cast<double>(b.size())));
    }
    return widest;
}

void two_samples(bench::table& table) {
    for (const std::size_t n : table.quick()
                                   ? std::vector<std::size_t>{100'000}
                                   : std::vector<std::size_t>{100'000, 1'000'000, 10'000'000}) {
        leeway::random_source random(8);
        std::vector<double> a(n);
        std::vector<double> b(n);
        for (auto& value : a) value = random.normal();
        for (auto& value : b) value = random.normal() + 0.001;
        double ours = 0;
        double theirs = 0;
        const auto both = bench::compare(
            [&] { ours = leeway::kolmogorov_smirnov{}(std::span<const double>(a), b).statistic; },
            [&] { theirs = by_standard_sort(a, b); }, n > 1'000'000 ? 2 : 5);
        bench::table::require(std::abs(ours - theirs) < 1e-12,
                              "kolmogorov_smirnov differs from the form over std::sort");
        const std::string size = n == 100'000 ? "1e5" : n == 1'000'000 ? "1e6" : "1e7";
        const double per_value = both.ours / static_cast<double>(2 * n) * 1e9;
        table.add({.job = "kolmogorov_smirnov, two raw samples",
                   .size = size,
                   .nanoseconds = per_value,
                   .peer = "std::sort form (statistic only)",
                   .ratio = both.ratio});
        if (n > 1'000'000) continue;
        const auto peers = bench::python_peers(
            {{"target.f64", bench::bytes_of(a)}, {"estimate.f64", bench::bytes_of(b)}},
            {"kolmogorov_smirnov"});
        if (const auto peer = peers.find("kolmogorov_smirnov"); peer != peers.end()) {
            bench::table::require(std::abs(ours - peer->second.values.at(0)) < 1e-12,
                                  "kolmogorov_smirnov differs from SciPy's");
            const double ratio = peer->second.seconds / both.ours;
            table.add({.job = "kolmogorov_smirnov, two raw samples",
                       .size = size,
                       .nanoseconds = per_value,
                       .peer = "SciPy ks_2samp(method='asymp')",
                       .ratio = ratio,
                       .bar = n == 1'000'000 ? ">= 15" : "",
                       .met = n != 1'000'000 || ratio >= 15});
        }
    }
}

const bench::registration registered(40, "drift/kolmogorov_smirnov", two_samples);

}  // namespace
