#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>

#include "laws/drift_test.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws::detail {

namespace {

leeway::binned_counts counted(leeway::binned_counts empty, const std::vector<double>& values) {
    for (const double value : values) empty.update(value);
    return empty;
}

/// Equal but for the rounding of sums in another order; both absent is equal.
bool near(std::optional<double> a, std::optional<double> b) {
    if (!a || !b) return !a && !b;
    return *a == *b || std::fabs(*a - *b) <= 1e-11 * std::max(std::fabs(*a), std::fabs(*b));
}

}  // namespace

void drift_test_laws(const any_drift_test& given, const leeway::binned_counts& empty,
                     const std::vector<double>& before, const std::vector<double>& now) {
    const auto& test = given.test;
    const auto reference = counted(empty, before);
    const auto current = counted(empty, now);
    const leeway::drift_result drift = test(reference, current);
    INFO("drift test " << given.info.name);
    CHECK(!given.info.name.empty());
    CHECK(given.info.lowest == 0);  // a distance
    REQUIRE(drift.defined());
    CHECK(drift.statistic > 0);
    CHECK(drift.statistic <= given.info.highest);
    CHECK(drift.n_reference <= static_cast<double>(reference.total()));
    CHECK(drift.n_current <= static_cast<double>(current.total()));
    CHECK(drift.n_reference > 0);
    CHECK(drift.n_current > 0);
    if (drift.p_value) {
        CHECK(*drift.p_value >= 0);
        CHECK(*drift.p_value < 1);
    }
    if (drift.lower) {
        CHECK(*drift.lower <= drift.statistic);
        CHECK(drift.statistic <= drift.upper.value());
    }

    // A pure function: the states are as they were, and the answer is the same again.
    CHECK(test(counted(empty, before), counted(empty, now)) == drift);

    // The distance alone is the statistic.
    const leeway::estimate distance = given.distance(reference, current);
    REQUIRE(distance.defined());
    CHECK(distance.value() == drift.statistic);

    // A state against itself, or against a copy with every row twice, shows no drift.
    for (const auto* side : {&reference, &current}) {
        const auto self = test(*side, *side);
        CHECK(self.statistic == 0);
        if (self.p_value) CHECK(*self.p_value == 1);
        if (self.lower) CHECK(*self.lower == 0);
    }
    auto twice = reference;
    twice.merge(reference);
    const auto copies = test(reference, twice);
    CHECK(copies.statistic < 1e-3);
    if (copies.p_value) CHECK(*copies.p_value > 0.999);

    // Neither side is special.
    const auto back = test(current, reference);
    CHECK(back.n_reference == drift.n_current);
    CHECK(back.n_current == drift.n_reference);
    CHECK(near(back.statistic, drift.statistic));
    CHECK(near(back.lower, drift.lower));
    CHECK(near(back.upper, drift.upper));
    CHECK(near(back.p_value, drift.p_value));
    CHECK(near(back.expected_without_drift, drift.expected_without_drift));
    CHECK(near(back.standard_error, drift.standard_error));

    // Rows in another order, cut anywhere and merged: the same to the last bit.
    leeway::random_source random(7);
    std::vector<double> shuffled = now;
    for (std::size_t i = shuffled.size(); i > 1; --i) {
        std::swap(shuffled[i - 1], shuffled[random.below(i)]);
    }
    const auto cut = shuffled.begin() + static_cast<std::ptrdiff_t>(random.below(now.size()));
    auto merged = counted(empty, {shuffled.begin(), cut});
    merged.merge(counted(empty, {cut, shuffled.end()}));
    CHECK(test(reference, merged) == drift);

    // Through a file.
    const auto loaded = leeway::from_bytes<leeway::binned_counts>(leeway::to_bytes(current));
    REQUIRE(loaded);
    CHECK(test(reference, *loaded) == drift);

    // Less drift, smaller distance.
    auto mixed = reference;
    mixed.merge(current);
    CHECK(test(reference, mixed).statistic < drift.statistic);

    // An empty side is a reason, not a number.
    for (const auto& nothing : {test(empty, current), test(reference, empty), test(empty, empty)}) {
        CHECK(!nothing.defined());
        CHECK(nothing.reason == leeway::undefined::empty);
        CHECK(!nothing.p_value);
    }
    CHECK(given.distance(empty, current).reason() == leeway::undefined::empty);

    // Counts over other bins are another question; the sentence names the test.
    leeway::binned_counts other(leeway::binning::intervals({-1234.5}));
    other.update(1.0);
    try {
        (void)test(reference, other);
        FAIL("compared counts over different bins");
    } catch (const std::invalid_argument& problem) {
        CHECK(std::string(problem.what()).find(given.info.name) != std::string::npos);
    }
}

}  // namespace laws::detail
