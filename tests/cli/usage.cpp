// What every command has in common: help, version, exit codes, where output goes.
#include <string>

#include "leeway/core/version.hpp"
#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::run_leeway;
using support::scratch;

TEST_CASE("--help and --version") {
    const scratch dir;
    const auto version = run_leeway(dir, "--version");
    CHECK(version.code == 0);
    CHECK(version.out == "leeway " + std::string(leeway::version) + "\n");
    const auto help = run_leeway(dir, "--help");
    CHECK(help.code == 0);
    for (const std::string command : {"evaluate", "calibrate", "reference", "drift", "watch"}) {
        CHECK(contains(help.out, command));
        const auto own = run_leeway(dir, command + " --help");
        CHECK(own.code == 0);
        CHECK(own.err == "");
        CHECK(contains(own.out, "--format"));
        CHECK(contains(own.out, "Exit codes: 0"));
    }
}

TEST_CASE("wrong usage exits with 2 and prints on standard error only") {
    const scratch dir;
    dir.file("f.csv", "y,s\n1,0.9\n0,0.2\n");
    for (const std::string arguments : {"",
                                        "evaluat f.csv",
                                        "evaluate",
                                        "evaluate f.csv --task binary",
                                        "drift f.csv",
                                        "drift f.csv f.csv extra",
                                        "drift f.csv f.csv --leeway -1",
                                        "drift f.csv f.csv --leeway x",
                                        "drift f.csv f.csv --leeway nan",
                                        "drift f.csv f.csv --confidence 1",
                                        "drift f.csv f.csv --fail-on never",
                                        "drift f.csv f.csv --format xml",
                                        "drift - -",
                                        "drift f.csv f.csv --unknown",
                                        "reference f.csv",
                                        "reference f.csv --out r --rows 5:2",
                                        "reference f.csv --out r --rows x",
                                        "reference f.csv --out r --label y",
                                        "watch f.csv f.csv --false-alarm-every 0",
                                        "watch f.csv f.csv --rows 1",
                                        "watch f.csv f.csv --label y"}) {
        INFO(arguments);
        const auto run = run_leeway(dir, arguments);
        CHECK(run.code == 2);
        CHECK(run.out == "");
        CHECK(run.err.size() > 10);
    }
}

TEST_CASE("progress stays off files and pipes") {
    const scratch dir;
    std::string content = "y,s\n";
    for (int i = 0; i < 20'000; ++i) content += "1,0.5\n0,0.25\n";
    dir.file("f.csv", content);
    const auto run = run_leeway(dir, "drift f.csv f.csv");
    CHECK(run.code == 0);
    CHECK(run.err == "");
    CHECK_FALSE(contains(run.out, "\r"));
}

TEST_CASE("output that cannot be written is an error") {
    const scratch dir;
    dir.file("f.csv", "y,s\n1,0.9\n0,0.2\n");
    const auto run = support::run_leeway_in(dir.path().string(), dir, "drift f.csv f.csv",
                                            "/dev/null", "/dev/full");
    CHECK(run.code == 2);
    CHECK(contains(run.err, "standard output cannot be written"));
}
