#include "support/bench.hpp"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace bench {

namespace {

std::vector<entry>& registry() {
    static std::vector<entry> entries;
    return entries;
}

double median(std::vector<double> values) {
    std::sort(values.begin(), values.end());
    const std::size_t n = values.size();
    return n % 2 == 1 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

}  // namespace

double seconds_of(const std::function<void()>& work) {
    const auto start = std::chrono::steady_clock::now();
    work();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

comparison compare(const std::function<void()>& ours, const std::function<void()>& theirs,
                   int pairs) {
    ours();
    theirs();
    std::vector<double> a;
    std::vector<double> b;
    std::vector<double> ratios;
    for (int i = 0; i < pairs; ++i) {
        a.push_back(seconds_of(ours));
        b.push_back(seconds_of(theirs));
        ratios.push_back(b.back() / a.back());
    }
    return {median(a), median(b), median(ratios)};
}

void table::add(line row) {
    lines_.push_back(std::move(row));
}

void table::require(bool right, const std::string& what) {
    if (right) return;
    std::fprintf(stderr, "benchmark stopped: wrong answer: %s\n", what.c_str());
    std::exit(1);
}

registration::registration(int order, std::string name, std::function<void(table&)> run) {
    registry().push_back({order, std::move(name), std::move(run)});
}

std::vector<entry> all() {
    auto entries = registry();
    std::sort(entries.begin(), entries.end(), [](const entry& a, const entry& b) {
        return a.order != b.order ? a.order < b.order : a.name < b.name;
    });
    return entries;
}

double read_seconds(std::span<const std::byte> bytes, int repeats) {
    const std::size_t words = bytes.size() / 8;
    std::vector<double> times;
    for (int i = 0; i <= repeats; ++i) {
        const double t = seconds_of([&] {
            // Eight independent sums: enough loads in flight that only memory limits them.
            std::uint64_t sums[8] = {};
            const std::byte* at = bytes.data();
            for (std::size_t word = 0; word + 8 <= words; word += 8, at += 64) {
                std::uint64_t block[8];
                std::memcpy(block, at, sizeof block);
                for (int lane = 0; lane < 8; ++lane) sums[lane] += block[lane];
            }
            keep(sums);
        });
        if (i > 0) times.push_back(t);
    }
    return median(times);
}

}  // namespace bench
