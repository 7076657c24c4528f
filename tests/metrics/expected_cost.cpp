#include "leeway/metrics/expected_cost.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>

#include "laws/metric.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "oracle/class_ratios.hpp"
#include "oracle/standard_error.hpp"

using leeway::expected_cost;

static_assert(leeway::Metric<expected_cost>);

namespace {

expected_cost metric_of(const oracle::metric_case& from) {
    const auto numbers = from.numbers("costs");
    const auto classes = static_cast<std::size_t>(from.integers("classes").at(0));
    std::vector<std::vector<double>> costs(classes);
    for (std::size_t i = 0; i < classes * classes; ++i) costs[i / classes].push_back(numbers[i]);
    return expected_cost(costs);
}

}  // namespace

TEST_CASE("expected cost: different costs have different keys") {
    CHECK(expected_cost({{0, 1}, {5, 0}}).key() == "expected_cost_0_1_5_0");
    CHECK(expected_cost({{-0.0, 1.5}, {-2, 0}}).key() == "expected_cost_0_1.5_-2_0");
    CHECK(expected_cost({{0, 1}, {5, 0}}, "returns").key() == "expected_cost_returns");
    const std::string three = expected_cost({{0, 1, 1}, {1, 0, 1}, {1, 1, 0}}).key();
    CHECK(three.size() == std::string("expected_cost_01234567").size());
    CHECK(three == expected_cost({{-0.0, 1, 1}, {1, 0, 1}, {1, 1, 0}}).key());
    CHECK(three != expected_cost({{0, 1, 1}, {1, 0, 1}, {1, 2, 0}}).key());
}

TEST_CASE("the expected cost of a small table") {
    const expected_cost cost({{0, 1}, {5, -2}});
    const leeway::estimate e = cost(oracle::table({.tp = 20, .fp = 5, .fn = 10, .tn = 65}));
    CHECK(e.value() == Approx(0.15).epsilon(1e-14));  // (5 + 50 - 40) / 100
    CHECK(e.weight() == 100);
    CHECK(e.lower() < 0);
    CHECK(cost(leeway::confusion_matrix(2)).reason() == leeway::undefined::empty);
}

TEST_CASE("the expected cost equals NumPy's weighted average") {
    oracle::tally seen;
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("confusion")) {
        expected_cost metric = metric_of(from);
        const auto counts = oracle::counts_of(from);
        // Gains and costs may cancel; the costs are at most 9.
        oracle::check(from, "expected_cost", metric(counts), seen, 1e-14);
        if (!from.has("expected_cost_variance")) continue;
        const double variance = from.numbers("expected_cost_variance").at(0);
        if (!(variance > 1e-3)) continue;
        ++compared;
        metric.confidence = oracle::nearly_none;
        const leeway::estimate e = metric(counts);
        CHECK((e.upper() - e.lower()) / 2 / oracle::nearly_none.critical ==
              Approx(std::sqrt(variance)).epsilon(1e-3));
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined >= 3);
    CHECK(compared >= 150);
}

TEST_CASE("a cost of 1 a mistake is what accuracy leaves") {
    leeway::confusion_matrix counts(3);
    for (const auto& row : laws::class_rows(200, 3, true)) counts.update(row);
    const leeway::estimate e = expected_cost({{0, 1, 1}, {1, 0, 1}, {1, 1, 0}})(counts);
    CHECK(e.value() == Approx(1 - leeway::accuracy{}(counts).value()).epsilon(1e-14));
}

TEST_CASE("the interval of an expected cost stays among the costs") {
    const expected_cost cost({{0, 1}, {5, 0}});
    const leeway::estimate never = cost(oracle::table({.tp = 2, .tn = 3}));
    CHECK(never.value() == 0);
    CHECK(never.lower() == 0);
    CHECK(never.upper() > 0.5);  // five rows without a mistake are no proof
    const leeway::estimate always = cost(oracle::table({.fn = 3}));
    CHECK(always.value() == 5);
    CHECK(always.upper() == 5);
    const leeway::estimate flat =
        expected_cost({{3, 3}, {3, 3}})(oracle::table({.tp = 1, .fp = 1, .fn = 2}));
    CHECK(flat.lower() == 3);
    CHECK(flat.upper() == 3);
}

TEST_CASE("expected cost refuses what are no costs of its classes") {
    CHECK_THROWS_AS(expected_cost(std::vector<std::vector<double>>{}), std::invalid_argument);
    CHECK_THROWS_AS(expected_cost({{0, 1}, {1}}), std::invalid_argument);
    CHECK_THROWS_AS(expected_cost({{0, std::numeric_limits<double>::quiet_NaN()}, {1, 0}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(expected_cost({{0, 1}, {1, 0}})(leeway::confusion_matrix(3)),
                    std::invalid_argument);
}

TEST_CASE("expected cost keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            expected_cost({{0, 1, 4}, {2, -1, 1}, {9, 3, 0}}),
            [] { return leeway::confusion_matrix(3); }, laws::class_rows(300, 3, weighted));
    }
}

TEST_CASE("expected cost of costs of any size has its interval") {
    leeway::confusion_matrix counts(2);
    for (int i = 0; i < 40; ++i) counts.update({.label = i % 2, .prediction = i % 5 == 0 ? 1 : 0});
    const leeway::estimate plain = leeway::expected_cost({{0, 1}, {5, 0}})(counts);
    for (const double unit : {0x1p530, 0x1p1020, 0x1p-530, 0x1p-1020}) {
        CAPTURE(unit);
        const leeway::estimate figure = leeway::expected_cost({{0, unit}, {5 * unit, 0}})(counts);
        CHECK(figure.value() == plain.value() * unit);
        CHECK(figure.lower() / unit == Approx(plain.lower()).epsilon(1e-14));
        CHECK(figure.upper() / unit == Approx(plain.upper()).epsilon(1e-14));
    }
}
