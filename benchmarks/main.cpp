// leeway_bench: prints one table: job, leeway, peer, ratio, share of the machine's limit.
//
//     leeway_bench [--quick] [--only TEXT] [--strict]
//
// --quick uses few rows (a check that the benchmarks still run and agree), too few to hold against
// a bar; --only keeps the jobs whose file's name contains TEXT; --strict ends with 1 when a bar is
// missed.
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <string>

#include "support/bench.hpp"

int main(int argc, char** argv) {
    bool quick = false;
    bool strict = false;
    std::string only;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--quick") {
            quick = true;
        } else if (argument == "--strict") {
            strict = true;
        } else if (argument == "--only" && i + 1 < argc) {
            only = argv[++i];
        } else {
            std::fprintf(stderr,
                         "leeway_bench: unknown argument '%s'; "
                         "usage: leeway_bench [--quick] [--only TEXT] [--strict]\n",
                         argv[i]);
            return 2;
        }
    }

    const bool progress = isatty(STDERR_FILENO) != 0;
    bench::table table(quick);
    const auto entries = bench::all();
    for (std::size_t i = 0; i < entries.size(); ++i) {
        if (entries[i].name.find(only) == std::string::npos) continue;
        if (progress) {
            std::fprintf(stderr, "\r\033[K[%zu/%zu] %s", i + 1, entries.size(),
                         entries[i].name.c_str());
        }
        entries[i].run(table);
    }
    if (progress) std::fprintf(stderr, "\r\033[K");

    std::printf("%-44s %5s %12s  %-34s %8s %7s  %s\n", "job", "rows", "leeway", "peer", "ratio",
                "limit", "bar");
    bool met = true;
    for (const auto& row : table.lines()) {
        char time[32];
        std::snprintf(time, sizeof time, "%.2f ns", row.nanoseconds);
        char ratio[32] = "-";
        if (row.ratio)
            std::snprintf(ratio, sizeof ratio, *row.ratio < 2 ? "%.2f x" : "%.1f x", *row.ratio);
        char limit[32] = "-";
        if (row.limit_share) std::snprintf(limit, sizeof limit, "%.0f %%", 100 * *row.limit_share);
        std::printf("%-44s %5s %12s  %-34s %8s %7s  %s%s\n", row.job.c_str(), row.size.c_str(),
                    time, row.peer.c_str(), ratio, limit, row.bar.c_str(),
                    row.bar.empty() || quick ? "" : (row.met ? " met" : " MISSED"));
        met = met && (quick || row.met);
    }
    std::printf(
        "\nleeway: time an item. ratio: the peer's time / leeway's, median of paired runs. limit: "
        "the time "
        "to read\nthe same bytes and do nothing else, divided by leeway's time. Every answer was "
        "checked "
        "against the peer's.\n");
    return strict && !met ? 1 : 0;
}
