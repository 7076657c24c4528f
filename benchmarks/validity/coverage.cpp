// Does an interval of nominal 95 % hold the true value in 93 to 97 of 100 samples? Every figure of
// the catalogue that has an interval, in populations of every task, at 100, 300 and 1,000 rows.
//
//     coverage                    2,000 samples a cell, about three minutes of one core
//     coverage --quick            400 samples of 100 rows, a few seconds
//     coverage --replicates N     N samples a cell
//     coverage --metric KEY       only figures whose key begins so
//     coverage --only TEXT        only populations whose name has it: binary, survival, "strong
//     model" coverage --all              every cell; without it only those outside of 93 to 97 %
//     coverage --markdown --threads N
//
// A cell is outside when it is so by more than 2.58 standard errors of the simulation. 1 is
// returned when one that covers too little is not among the named exceptions
// (coverage_exceptions.hpp).
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "coverage_exceptions.hpp"
#include "coverage_populations.hpp"
#include "coverage_study.hpp"
#include "table.hpp"

namespace coverage {
namespace {

struct options {
    plan how;
    std::string metric, only;
    bool all{false}, markdown{false};
};

std::string percent(double share) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", 100 * share);
    return text;
}

std::string in_digits(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3g", value);
    return text;
}

struct summary {
    std::size_t cells{0}, within{0};
    std::vector<std::string> unnamed{};
    std::set<std::string> low{}, high{}, with{}, without{};

    void print() const {
        std::printf("\n%zu cells, %zu of them within 93 to 97 %%.\n", cells, within);
        const auto list = [](const char* what, const auto& keys) {
            std::printf("\n%s (%zu):", what, keys.size());
            for (const auto& key : keys) std::printf(" %s", key.c_str());
            std::printf("\n");
        };
        list("Above 97 % in some cell", high);
        list("Below 93 % in some cell", low);
        std::set<std::string> never;
        for (const auto& key : without)
            if (!with.contains(key)) never.insert(key);
        list("Without an interval", never);
        list("Below 93 % and not named", unnamed);
    }
};

void show(const options& asked, const population& from, std::uint64_t seed, summary& total) {
    std::vector<std::vector<std::string>> rows;
    for (const cell& each : study(asked.how, from, seed)) {
        if (!each.key.starts_with(asked.metric)) continue;
        const tally& seen = each.seen;
        if (seen.intervals() < 50) {  // too few to speak of
            if (seen.without_interval > 0 && seen.intervals() == 0) total.without.insert(each.key);
            continue;
        }
        total.with.insert(each.key);
        ++total.cells;
        const char* verdict = "";
        if (seen.too_low()) {
            total.low.insert(each.key);
            const exception* known = named(each);
            verdict = known != nullptr ? "below, named" : "BELOW";
            if (known == nullptr) {
                total.unnamed.push_back(each.key + " (" + each.population + ", " +
                                        std::to_string(each.rows) + " rows, " +
                                        percent(seen.covered()) + " %)");
            }
        } else if (seen.too_high()) {
            total.high.insert(each.key);
            verdict = "above";
        } else {
            ++total.within;
        }
        if (*verdict == 0 && !asked.all) continue;
        rows.push_back({each.key, std::to_string(each.rows), percent(seen.covered()),
                        percent(seen.share(seen.above, seen.intervals())),
                        percent(seen.share(seen.below, seen.intervals())),
                        in_digits(seen.mean_width()),
                        percent(1 - seen.share(seen.intervals(), seen.samples)), verdict});
    }
    if (rows.empty()) return;
    const validity::table out(
        from.name.c_str(),
        {"figure", "rows", "covered %", "too high %", "too low %", "mean width", "none %", ""},
        asked.markdown);
    for (const auto& row : rows) out.row(row);
}

}  // namespace
}  // namespace coverage

int main(int argc, char** argv) {
    coverage::options asked;
    asked.how.threads = std::max(1U, std::min(2U, std::thread::hardware_concurrency()));
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const char* next = i + 1 < argc ? argv[i + 1] : nullptr;
        const auto number = [&] { return std::max(1, std::atoi(argv[++i])); };
        if (word == "--quick") {
            asked.how.replicates = 400;
            asked.how.rows = {100};
            asked.how.population_rows = 40'000;
        } else if (word == "--all") {
            asked.all = true;
        } else if (word == "--markdown") {
            asked.markdown = true;
        } else if (word == "--replicates" && next != nullptr) {
            asked.how.replicates = static_cast<std::size_t>(number());
        } else if (word == "--threads" && next != nullptr) {
            asked.how.threads = static_cast<unsigned>(number());
        } else if (word == "--metric" && next != nullptr) {
            asked.metric = argv[++i];
        } else if (word == "--only" && next != nullptr) {
            asked.only = argv[++i];
        } else {
            std::fprintf(stderr,
                         "usage: coverage [--quick] [--replicates N] [--metric KEY] [--only "
                         "POPULATION] [--all] [--markdown] [--threads N]\n");
            return 2;
        }
    }
    const auto start = std::chrono::steady_clock::now();
    coverage::summary total;
    std::uint64_t seed = 20261122;
    for (const auto& each : coverage::populations()) {
        seed += 1'000'000'007;  // the same seeds with --only
        if (each.name.find(asked.only) == std::string::npos) continue;
        coverage::show(asked, each, seed, total);
    }
    total.print();
    std::fprintf(stderr, "[%.0f s]\n",
                 std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    return total.unnamed.empty() ? 0 : 1;
}
