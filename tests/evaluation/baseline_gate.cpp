#include "leeway/evaluation/baseline_gate.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/compose/bootstrapped.hpp"
#include "leeway/evaluation/champion_challenger.hpp"
#include "leeway/evaluation/mcnemar_test.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "support/catch.hpp"

using leeway::baseline_gate;
using leeway::estimate;
using leeway::gate_verdict;
using leeway::orientation;

namespace {

constexpr auto higher = orientation::higher_is_better;
constexpr auto lower = orientation::lower_is_better;
const estimate slightly_worse = estimate::within(-0.004, -0.013, 0.005, 0.95, 4664);

}  // namespace

TEST_CASE("baseline_gate: where more is better the lower end counts") {
    CHECK(baseline_gate::not_worse(0.013, higher)(slightly_worse));
    CHECK_FALSE(baseline_gate::not_worse(std::nextafter(0.013, 0.0), higher)(slightly_worse));
    CHECK(baseline_gate::not_worse(0.02, higher)(slightly_worse).sentence() ==
          "difference -0.0040 (95 % CI -0.0130 to 0.0050, n = 4664): its lower bound is at or "
          "above -0.0200, so the candidate is not worse than the baseline by more than 0.0200");
    CHECK(baseline_gate::not_worse(0.01, higher)(slightly_worse).sentence() ==
          "difference -0.0040 (95 % CI -0.0130 to 0.0050, n = 4664): its lower bound is not at or "
          "above -0.0100, which does not rule out that the candidate is worse than the baseline by "
          "more than 0.0100");
    const estimate much_worse = estimate::within(-0.10, -0.12, -0.08, 0.95, 100);
    const auto failed = baseline_gate::not_worse(0.01, higher)(much_worse);
    CHECK(failed.verdict == gate_verdict::fail);
    CHECK(failed.sentence() ==
          "difference -0.1000 (95 % CI -0.1200 to -0.0800, n = 100): its lower bound is not at or "
          "above -0.0100, so the candidate is worse than the baseline by more than 0.0100");
    CHECK(baseline_gate::not_worse(0, higher)(estimate::within(0.2, 0.0, 0.4, 0.95, 9)));
}

TEST_CASE("baseline_gate: where less is better the upper end counts") {
    const estimate loss = estimate::within(0.004, -0.005, 0.013, 0.95, 4664);
    CHECK(baseline_gate::not_worse(0.013, lower)(loss));
    CHECK_FALSE(baseline_gate::not_worse(0.0129, lower)(loss));
    CHECK(baseline_gate::not_worse(0.02, lower)(loss).sentence() ==
          "difference 0.0040 (95 % CI -0.0050 to 0.0130, n = 4664): its upper bound is at or "
          "below 0.0200, so the candidate is not worse than the baseline by more than 0.0200");
    const estimate much = estimate::within(0.3, 0.2, 0.4, 0.95, 4664);
    CHECK(baseline_gate::not_worse(0.1, lower)(much).why.find("so the candidate is worse") !=
          std::string::npos);
    // Directions come from the metric.
    CHECK_FALSE(baseline_gate::not_worse<leeway::log_loss>(0.01)(loss));
    CHECK(baseline_gate::not_worse<leeway::accuracy>(0.01)(loss));
}

TEST_CASE("baseline_gate: better by a margin") {
    const estimate better = estimate::within(0.05, 0.02, 0.08, 0.95, 300);
    CHECK(baseline_gate::better_by(0.02, higher)(better).sentence() ==
          "difference 0.0500 (95 % CI 0.0200 to 0.0800, n = 300): its lower bound is at or above "
          "0.0200, so the candidate is better than the baseline by at least 0.0200");
    CHECK(baseline_gate::better_by(0.03, higher)(better).sentence() ==
          "difference 0.0500 (95 % CI 0.0200 to 0.0800, n = 300): its lower bound is not at or "
          "above 0.0300, which does not show the candidate better than the baseline by 0.0300");
    CHECK_FALSE(baseline_gate::better_by(0.01, lower)(better));
    CHECK(baseline_gate::better_by<leeway::log_loss>(0.02)(
        estimate::within(-0.05, -0.08, -0.02, 0.95, 300)));
}

TEST_CASE("baseline_gate: what is not known does not pass") {
    const auto gate = baseline_gate::not_worse(0.5, higher);
    CHECK(gate(leeway::undefined::not_comparable).verdict == gate_verdict::not_enough_data);
    CHECK(gate(leeway::undefined::not_comparable).sentence() ==
          "difference undefined: not comparable (n = 0): it is not shown to be at or above "
          "-0.5000");
    CHECK(gate(estimate::of(0.1, 10)).verdict == gate_verdict::not_enough_data);
    CHECK(gate.by_value()(estimate::of(0.1, 10)));
    CHECK_FALSE(gate.by_value()(estimate::of(-0.6, 10)));
    CHECK(gate.with_least(5000)(slightly_worse).verdict == gate_verdict::not_enough_data);
    CHECK(gate.with_least(4664)(slightly_worse));
    const double infinite = std::numeric_limits<double>::infinity();
    CHECK(gate(estimate::of(-infinite, 10)).verdict == gate_verdict::fail);
}

TEST_CASE("baseline_gate: reads the library's comparisons") {
    // 30 rows right in the candidate alone, 20 in the baseline alone, of 1,000.
    const auto compared = leeway::mcnemar_test{}(30, 20, 1000);
    CHECK(baseline_gate::not_worse(0.01, higher)(compared));
    CHECK_FALSE(baseline_gate::better_by(0, higher)(compared));

    using states = leeway::bootstrapped<leeway::confusion_matrix>;
    states candidate(leeway::confusion_matrix(2), 200, 1), baseline = candidate;
    for (std::uint64_t i = 0; i < 500; ++i) {
        candidate.update(i, {.label = 1, .prediction = i % 10 == 0 ? 0 : 1});
        baseline.update(i, {.label = 1, .prediction = i % 5 == 0 ? 0 : 1});
    }
    const auto difference = leeway::paired_difference(candidate, baseline, leeway::accuracy{});
    CHECK(baseline_gate::better_by<leeway::accuracy>(0.05)(difference));
    CHECK_FALSE(baseline_gate::not_worse<leeway::accuracy>(0.05)(
        leeway::paired_difference(baseline, candidate, leeway::accuracy{})));

    leeway::champion_challenger trial;
    for (int i = 0; i < 2000; ++i) trial.update(i % 4 == 0 ? 1 : 0, i % 8 == 0 ? 1 : 0);
    CHECK(baseline_gate::better_by(0.05, higher)(trial.result()));
}

TEST_CASE("baseline_gate: wrong settings raise, and it describes itself") {
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK_THROWS_AS(baseline_gate::not_worse(-0.1, higher), std::invalid_argument);
    CHECK_THROWS_AS(baseline_gate::not_worse(nan, higher), std::invalid_argument);
    CHECK_THROWS_AS(baseline_gate::better_by(std::numeric_limits<double>::infinity(), lower),
                    std::invalid_argument);
    CHECK_THROWS_AS(baseline_gate::not_worse(0.1, orientation::neither), std::invalid_argument);
    CHECK_THROWS_AS(baseline_gate::not_worse(0.1, higher).with_least(-1), std::invalid_argument);
    CHECK(baseline_gate::not_worse(0.01, higher).description() ==
          "not worse than the baseline by more than 0.0100 (lower bound)");
    CHECK(baseline_gate::better_by(0.5, lower).description() ==
          "better than the baseline by at least 0.5000 (upper bound)");
    CHECK(baseline_gate::better_by(0.5, lower).by_value().description() ==
          "better than the baseline by at least 0.5000 (value)");
    CHECK(baseline_gate::not_worse(0.01, higher).margin() == 0.01);
    CHECK(baseline_gate::not_worse(0, lower)(estimate::within(-1, -2, -0.5, 0.9, 3))
              .why.find("at or below 0.0000") != std::string::npos);
}
