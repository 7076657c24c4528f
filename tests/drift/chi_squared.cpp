#include "leeway/drift/chi_squared.hpp"

#include <cmath>
#include <limits>
#include <map>
#include <utility>
#include <vector>

#include "laws/drift_test.hpp"
#include "leeway/accumulators/make_binning.hpp"
#include "leeway/core/random.hpp"
#include "support/catch.hpp"
#include "support/drift_samples.hpp"

using namespace leeway;

namespace {

void check_p(double p, double expected) {
    // 1e-12 as such; where p is tiny the statistic's rounding, 1e-15 of up to 1,400, moves p by
    // that much relatively, in SciPy too.
    CHECK(std::abs(p - expected) <= 1e-12);
    CHECK(std::abs(p - expected) <= 1e-10 * expected);
}

std::vector<std::pair<double, std::uint64_t>> pairs_of(const std::vector<double>& codes) {
    std::map<double, std::uint64_t> counts;
    for (const double code : codes) ++counts[code];
    return {counts.begin(), counts.end()};
}

}  // namespace

TEST_CASE("chi-squared keeps the laws of drift tests") {
    auto before = samples::whole(1, 800, 5);
    auto now = samples::whole(2, 600, 7);
    now.push_back(std::numeric_limits<double>::quiet_NaN());
    laws::drift_test(chi_squared{}, binned_counts(numeric_binning(before)), before, now);
    laws::drift_test(chi_squared{}, binned_counts(categorical_binning(pairs_of(before))), before,
                     now);
    before = samples::generated(3, 900, 0, 0);
    now = samples::generated(5, 500, 0, 100);
    laws::drift_test(chi_squared{}, binned_counts(numeric_binning(before)), before, now);
}

TEST_CASE("chi-squared on counts equals SciPy's contingency test") {
    CHECK(samples::count_rows().size() >= 300);
    for (const auto& row : samples::count_rows()) {
        const auto [reference, current] = samples::states_of(row);
        const auto drift = chi_squared{}(reference, current);
        REQUIRE(drift.defined());
        INFO("statistic " << row.chi_squared << ", p " << row.chi_squared_p);
        CHECK(std::abs(drift.statistic - row.chi_squared) <= 1e-12 * row.chi_squared + 1e-18);
        check_p(drift.p_value.value(), row.chi_squared_p);
    }
}

TEST_CASE("chi-squared on raw categories equals SciPy's contingency test") {
    int compared = 0;
    for (const auto& row : samples::sample_rows()) {
        if (row.levels == 0) continue;
        ++compared;
        const auto reference = row.reference();
        const auto current = row.current();
        const auto drift = chi_squared{}(reference, current);
        INFO(row.n << " and " << row.m << " rows, " << row.levels << " levels");
        CHECK(std::abs(drift.statistic - row.chi_squared) <= 1e-12 * row.chi_squared + 1e-14);
        check_p(drift.p_value.value(), row.chi_squared_p);
        CHECK(chi_squared{}(pairs_of(reference), pairs_of(current)) == drift);
    }
    CHECK(compared >= 100);
}

TEST_CASE("the published example") {
    const samples::count_row row{{30, 14, 34, 45, 57, 20}, {20, 28, 40, 35, 51, 33}, 0, 0, 0, 0, 0};
    const auto [reference, current] = samples::states_of(row);
    const auto drift = chi_squared{}(reference, current);
    CHECK(drift.statistic == Approx(11.8082655695).epsilon(1e-11));
    CHECK(drift.p_value.value() == Approx(0.0375115601624).epsilon(1e-11));
    CHECK(drift.expected_without_drift.value() == 5);
    CHECK(drift.n_reference == 200);
    CHECK(drift.n_current == 207);
    CHECK(chi_squared::cramers_v(reference, current).value() ==
          Approx(0.170331845282).epsilon(1e-11));
    CHECK(chi_squared::corrected_cramers_v(reference, current).value() ==
          Approx(0.129378883082).epsilon(1e-11));
    // The effect does not grow with the rows, the evidence does.
    auto many_reference = reference;
    auto many_current = current;
    for (int doubling = 0; doubling < 10; ++doubling) {
        many_reference.merge(binned_counts(many_reference));
        many_current.merge(binned_counts(many_current));
    }
    CHECK(chi_squared::cramers_v(many_reference, many_current).value() ==
          Approx(0.170331845282).epsilon(1e-11));
    CHECK(chi_squared{}(many_reference, many_current).p_value.value() < 1e-300);
}

TEST_CASE("chi-squared compares the values present") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    const std::vector<double> before{1, 1, 2, nan};
    const std::vector<double> now{1, 2, 2, 3, infinity, -infinity, nan};
    const auto raw = chi_squared{}(before, now);
    CHECK(raw.n_reference == 3);
    CHECK(raw.n_current == 4);
    // Unseen is a category: here it is the 3.
    const auto bins = binning::values(feature_kind::categorical, {1, 2}, {0, 1}, 2, true);
    binned_counts reference(bins);
    binned_counts current(bins);
    reference.update(before);
    current.update(now);
    const auto counted = chi_squared{}(reference, current);
    CHECK(counted.statistic == Approx(raw.statistic).epsilon(1e-15));
    CHECK(counted.expected_without_drift == raw.expected_without_drift);
    CHECK(chi_squared{}(std::vector<double>{nan}, now).reason == undefined::empty);
    CHECK(chi_squared{}(std::vector<double>{}, std::vector<double>{}).reason == undefined::empty);
    // Both zeros are one category.
    CHECK(chi_squared{}(std::vector<double>{0.0}, std::vector<double>{-0.0}).statistic == 0);
}

TEST_CASE("one category alone has nothing to compare") {
    const std::vector<double> before(5, 1.0);
    const std::vector<double> now(9, 1.0);
    const auto drift = chi_squared{}(before, now);
    CHECK(drift.statistic == 0);
    CHECK(drift.p_value.value() == 1);
    const auto bins = numeric_binning(before);
    binned_counts reference(bins);
    reference.update(before);
    CHECK(chi_squared::cramers_v(reference, reference).value() == 0);
    CHECK(chi_squared::corrected_cramers_v(reference, reference).value() == 0);
}

TEST_CASE("equal proportions give exactly zero, at counts beyond 2^53") {
    const samples::count_row row{
        {3, 6, 9}, {std::uint64_t{1} << 55, std::uint64_t{1} << 56, 3 * (std::uint64_t{1} << 55)},
        0,         0,
        0,         0,
        0};
    const auto [reference, current] = samples::states_of(row);
    CHECK(chi_squared{}(reference, current).statistic == 0);
}

TEST_CASE("separated samples have the largest statistic there is") {
    std::vector<double> now(30, 2.0);
    now.push_back(3);
    const auto drift = chi_squared{}(std::vector<double>(70, 1.0), now);
    CHECK(drift.statistic == Approx(101).epsilon(1e-14));
}

TEST_CASE("two categories are corrected for continuity, never below 0") {
    // 2 x 2: (|ad - bc| - N/2)^2 N over the product of the margins, Yates 1934.
    const auto drift = chi_squared{}(std::vector<double>(70, 1.0), std::vector<double>(30, 2.0));
    CHECK(drift.statistic == Approx(2050.0 * 2050 * 100 / (70.0 * 30 * 70 * 30)).epsilon(1e-14));
    CHECK(drift.p_value.value() ==
          Approx(std::erfc(std::sqrt(drift.statistic / 2))).epsilon(1e-10));
    // One row apart: |O - E| is 1/2 at most, and nothing is left of it.
    CHECK(chi_squared{}(std::vector<double>{1, 1, 2}, std::vector<double>{1, 2, 2}).statistic == 0);
    // The effect is of the table as it is.
    const samples::count_row row{{70, 0}, {0, 30}, 0, 0, 0, 0, 0};
    const auto [reference, current] = samples::states_of(row);
    CHECK(chi_squared::distance(reference, current).value() == drift.statistic);
    CHECK(chi_squared::cramers_v(reference, current).value() == Approx(1).epsilon(1e-14));
}
