#include "leeway/drift/population_stability_index.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <limits>
#include <numeric>
#include <vector>

#include "laws/drift_test.hpp"
#include "leeway/core/random.hpp"
#include "support/catch.hpp"
#include "support/drift_samples.hpp"

using namespace leeway;

namespace {

std::vector<double> normals(std::uint64_t seed, std::size_t n, double mean, double sd = 1) {
    random_source random(seed);
    std::vector<double> values(n);
    for (double& value : values) value = mean + sd * random.normal();
    return values;
}

}  // namespace

TEST_CASE("population stability index keeps the laws of drift tests") {
    auto before = normals(1, 3000, 0);
    auto now = normals(2, 2000, 0.3);
    now.push_back(std::numeric_limits<double>::quiet_NaN());
    now.push_back(std::numeric_limits<double>::infinity());
    laws::drift_test(population_stability_index{}, binned_counts(numeric_binning(before)), before,
                     now);
    const auto few = samples::whole(3, 500, 4);
    laws::drift_test(population_stability_index{}, binned_counts(numeric_binning(few)), few,
                     samples::whole(5, 700, 6));
}

TEST_CASE("population stability index equals the independent computation") {
    for (const auto& row : samples::count_rows()) {
        const auto [reference, current] = samples::states_of(row);
        const auto drift = population_stability_index{}(reference, current);
        REQUIRE(drift.defined());
        INFO("statistic " << row.psi << ", p " << row.psi_p);
        // The terms of nearly equal sides cancel to first order, in the script's plain sum as here.
        CHECK(std::abs(drift.statistic - row.psi) <= 1e-12 * row.psi + 1e-16);
        CHECK(drift.expected_without_drift.value() == Approx(row.psi_expected).epsilon(1e-14));
        // p moves by the statistic's rounding times its logarithmic slope, at most 700 here.
        CHECK(std::abs(drift.p_value.value() - row.psi_p) <= 1e-9 * row.psi_p);
    }
}

TEST_CASE("population stability index of large counts is the unsmoothed one") {
    // The data set of R and SciPy with known values; a million times as many rows.
    samples::count_row row{{30, 14, 34, 45, 57, 20}, {20, 28, 40, 35, 51, 33}, 0, 0, 0, 0, 0};
    for (auto& count : row.reference) count *= 1000000;
    for (auto& count : row.current) count *= 1000000;
    const auto [reference, current] = samples::states_of(row);
    CHECK(population_stability_index::distance(reference, current).value() ==
          Approx(0.118764605827).epsilon(1e-6));
    const auto shares = population_stability_index::terms(reference, current);
    CHECK(shares.size() == reference.counts().size());
    CHECK(std::accumulate(shares.begin(), shares.end(), 0.0) ==
          Approx(0.118764605827).epsilon(1e-6));
    CHECK(shares[1] == *std::max_element(shares.begin(), shares.end()));
    CHECK(shares.back() == 0);
}

TEST_CASE("bins that both sides leave empty do not count, missing and unseen do") {
    const auto bins = binning::intervals({0, 1, 2, 3, 4});
    binned_counts reference(bins);
    binned_counts current(bins);
    for (int i = 0; i < 50; ++i) {
        reference.update(-1);
        reference.update(0.5);
        current.update(-1);
        current.update(0.5);
    }
    CHECK(population_stability_index{}(reference, current).expected_without_drift.value() ==
          Approx(1.0 / 50));  // two bins
    current.update(std::numeric_limits<double>::quiet_NaN());
    const auto drift = population_stability_index{}(reference, current);
    CHECK(drift.n_current == 101);
    CHECK(drift.expected_without_drift.value() == Approx(2 * (1.0 / 100 + 1.0 / 101)));
    CHECK(population_stability_index::terms(reference, current)[bins.missing()] > 0);
}

TEST_CASE("one bin alone cannot drift") {
    binned_counts side(numeric_binning(std::vector<double>{3, 3, 3}));
    side.update(3);
    auto more = side;
    more.update(3);
    const auto drift = population_stability_index{}(side, more);
    CHECK(drift.statistic == 0);
    CHECK(drift.p_value.value() == 1);
    CHECK(drift.expected_without_drift.value() == 0);
}

TEST_CASE("raw samples are binned by the reference") {
    const auto before = normals(11, 5000, 0);
    const auto now = normals(12, 3000, 0.5);
    const auto bins = numeric_binning(before, {.bins = 8});
    binned_counts reference(bins);
    binned_counts current(bins);
    reference.update(before);
    current.update(now);
    const population_stability_index test{.options = {.bins = 8}};
    CHECK(test(before, now) == population_stability_index{}(reference, current));
    // For a shift of d standard deviations PSI tends to d^2 in narrow bins, and bins lose some.
    CHECK(test(before, now).statistic == Approx(0.25).margin(0.06));
    // One far value does not blunt the bins, as it would with bins of equal width.
    auto spoilt = before;
    spoilt.push_back(1e6);
    CHECK(test(spoilt, now).statistic == Approx(test(before, now).statistic).epsilon(0.02));
}

TEST_CASE("without drift the index has its stated mean, deviation and size", "[simulation]") {
    // 10 bins, 10,000 and 1,000 rows. Bins of 1/16 and 2/16, so that one random word gives 16 rows.
    constexpr std::array<std::uint8_t, 16> bin_of{0, 1, 2, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9};
    std::vector<double> values(10);
    std::iota(values.begin(), values.end(), 0.0);
    std::vector<std::uint32_t> bins(10);
    std::iota(bins.begin(), bins.end(), 0U);
    const auto shared = std::make_shared<const binning>(
        binning::values(feature_kind::numeric, values, bins, 10, true));
    random_source random(20240607);
    const auto draw = [&](int rows) {
        std::vector<std::uint64_t> tally(10, 0);
        for (int i = 0; i < rows; i += 16) {
            std::uint64_t word = random();
            for (int k = 0; k < std::min(16, rows - i); ++k, word >>= 4) ++tally[bin_of[word % 16]];
        }
        return samples::state_of(shared, tally);
    };
    constexpr int runs = 8000;
    const population_stability_index test;
    int rejected = 0;
    double sum = 0;
    double squares = 0;
    double errors = 0;
    for (int run = 0; run < runs; ++run) {
        const auto drift = test(draw(10000), draw(1000));
        rejected += *drift.p_value <= 0.05 ? 1 : 0;
        sum += drift.statistic;
        squares += drift.statistic * drift.statistic;
        errors += *drift.standard_error;
    }
    // 4.9 standard errors: a correct test fails once in a million seeds.
    const double size = static_cast<double>(rejected) / runs;
    CHECK(std::abs(size - 0.05) <= 4.9 * std::sqrt(0.05 * 0.95 / runs));
    const double mean = sum / runs;
    const double noise = 1.0 / 10000 + 1.0 / 1000;
    const double deviation = std::sqrt(18.0) * noise;
    CHECK(std::abs(mean - 9 * noise) <= 4.9 * deviation / std::sqrt(runs) + 0.01 * 9 * noise);
    CHECK(std::sqrt(squares / runs - mean * mean) == Approx(deviation).epsilon(0.06));
    CHECK(errors / runs == Approx(deviation).epsilon(0.25));
}

TEST_CASE("the standard error of the stability index is its deviation under drift",
          "[simulation]") {
    random_source random(99);
    const auto bins = std::make_shared<const binning>(numeric_binning(normals(5, 20000, 0)));
    double sum = 0;
    double squares = 0;
    double errors = 0;
    constexpr int runs = 400;
    for (int run = 0; run < runs; ++run) {
        binned_counts reference(bins);
        binned_counts current(bins);
        for (int i = 0; i < 4000; ++i) reference.update(random.normal());
        for (int i = 0; i < 1000; ++i) current.update(random.normal() + 0.3);
        const auto drift = population_stability_index{}(reference, current);
        sum += drift.statistic;
        squares += drift.statistic * drift.statistic;
        errors += *drift.standard_error;
    }
    const double deviation = std::sqrt(squares / runs - sum / runs * (sum / runs));
    // A deviation from 400 runs is known to 3.5 %: four of those, and 5 % for the approximation.
    CHECK(errors / runs == Approx(deviation).epsilon(0.19));
}
