// A short form of benchmarks/validity: the promised run length, by simulation. A run length is
// refuted when that many alarms in that much exposure have a probability below 1e-6 under the
// promise, so a sound build goes red once in a million.
#include "../../benchmarks/validity/experiments.hpp"
#include "support/catch.hpp"

namespace {

/// Small enough for an unoptimised build under sanitizers: about a second in all.
constexpr validity::plan few{.runs = 300, .threads = 1};
constexpr double every = 100;

template <class Experiment>
validity::run_length run_length_of(std::uint64_t number, Experiment experiment) {
    return validity::run_length(validity::repeat(few, number, experiment));
}

}  // namespace

TEST_CASE("validity: the mean detector keeps its run length", "[simulation]") {
    for (const double rate : {0.05, 0.2, 0.5}) {
        for (const std::size_t n : {std::size_t{0}, std::size_t{1'000}}) {
            const auto length = run_length_of(1, [=](leeway::random_source random) {
                return validity::watch_flags(random,
                                             {.rate = rate, .rate_after = rate, .n_reference = n},
                                             {0, 2'000, 1}, every);
            });
            CHECK(length.p_value(every) > 1e-6);
            if (n == 0) CHECK(length.mean() < 3 * every);  // and is not kept by staying silent
        }
    }
}

TEST_CASE("validity: the shape detector keeps its run length", "[simulation]") {
    for (const std::size_t batch : {std::size_t{1}, std::size_t{10}}) {
        const auto known = run_length_of(2, [=](leeway::random_source random) {
            return validity::watch_numeric(random, {}, {0, 2'000, batch}, every);
        });
        CHECK(known.p_value(every) > 1e-6);
        CHECK(known.mean() < 3 * every);
    }
    const auto estimated = run_length_of(3, [](leeway::random_source random) {
        return validity::watch_numeric(random, {.n_reference = 1'000}, {0, 1'000, 10}, every);
    });
    CHECK(estimated.p_value(every) > 1e-6);
    const auto within_leeway = run_length_of(4, [](leeway::random_source random) {
        return validity::watch_numeric(random, {.before = {.mean = 0.13}, .leeway_psi = 0.02},
                                       {0, 1'000, 10}, every);
    });
    CHECK(within_leeway.p_value(every) > 1e-6);
    const auto categories = run_length_of(5, [](leeway::random_source random) {
        const std::vector<double> shares{0.6, 0.3, 0.09, 0.01};
        return validity::watch_categories(random, {shares, shares, 0}, {0, 1'000, 10}, every);
    });
    CHECK(categories.p_value(every) > 1e-6);
    CHECK(categories.mean() < 4 * every);
}

TEST_CASE("validity: a panel keeps its run length as a whole", "[simulation]") {
    const auto panel = validity::run_length(
        validity::repeat({.runs = 40, .threads = 1}, 6, [](leeway::random_source random) {
            return validity::watch_panel(random, {.features = 20, .n_reference = 500}, {0, 500, 50},
                                         every);
        }));
    CHECK(panel.p_value(every) > 1e-6);
}

TEST_CASE("validity: changes are found") {
    const auto found = validity::delays(validity::repeat(few, 7,
                                                         [](leeway::random_source random) {
                                                             return validity::watch_numeric(
                                                                 random, {.after = {.mean = 0.5}},
                                                                 {200, 1'200, 1}, 1'000);
                                                         }),
                                        200);
    CHECK(found.missed == 0);
    CHECK(found.mean < 100);  // 90 at ten times the threshold
    const auto outside_leeway = validity::delays(
        validity::repeat(few, 8,
                         [](leeway::random_source random) {
                             return validity::watch_numeric(
                                 random, {.after = {.mean = 0.5}, .leeway_psi = 0.02},
                                 {200, 1'200, 1}, 1'000);
                         }),
        200);
    CHECK(outside_leeway.missed == 0);
    const auto flags = validity::delays(
        validity::repeat(few, 9,
                         [](leeway::random_source random) {
                             return validity::watch_flags(random, {.rate = 0.2, .rate_after = 0.4},
                                                          {200, 1'200, 1}, 1'000);
                         }),
        200);
    CHECK(flags.missed == 0);
    CHECK(flags.mean < 60);
}

TEST_CASE("validity: autocorrelation is flagged before it does harm", "[simulation]") {
    const auto runs = validity::repeat(few, 10, [](leeway::random_source random) {
        return validity::watch_autocorrelated(random, 0.5, {0, 2'000, 1}, 100'000);
    });
    CHECK(validity::delays(runs, 0).mean_flag > 0.9);
    const auto independent = validity::repeat(few, 11, [](leeway::random_source random) {
        return validity::watch_autocorrelated(random, 0, {0, 500, 1}, 100'000);
    });
    CHECK(validity::delays(independent, 0).mean_flag < 0.01);
}
