#include "leeway/drift/kolmogorov_smirnov.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "laws/drift_test.hpp"
#include "leeway/accumulators/make_binning.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/random.hpp"
#include "support/catch.hpp"
#include "support/drift_samples.hpp"

using namespace leeway;

TEST_CASE("Kolmogorov-Smirnov keeps the laws of drift tests") {
    auto before = samples::generated(1, 900, 0, 0);
    auto now = samples::generated(3, 600, 0, 200);
    now.push_back(std::numeric_limits<double>::quiet_NaN());
    laws::drift_test(kolmogorov_smirnov{}, binned_counts(numeric_binning(before)), before, now);
    before = samples::whole(1, 500, 6);
    laws::drift_test(kolmogorov_smirnov{}, binned_counts(numeric_binning(before)), before,
                     samples::whole(3, 400, 4));
}

TEST_CASE("statistic and exact p-value equal SciPy's") {
    CHECK(samples::sample_rows().size() >= 300);
    for (const auto& row : samples::sample_rows()) {
        const auto drift = kolmogorov_smirnov{}(row.reference(), row.current());
        REQUIRE(drift.defined());
        INFO(row.n << " and " << row.m << " rows, " << row.levels << " levels, p " << row.p);
        CHECK(std::abs(drift.statistic - row.statistic) <= 4e-16);  // two roundings there, one here
        CHECK(std::abs(drift.p_value.value() - row.p) <= 1e-8 * row.p);
        CHECK(drift.n_reference == static_cast<double>(row.n));
        CHECK(drift.n_current == static_cast<double>(row.m));
    }
}

TEST_CASE("the data set by formula") {
    std::vector<double> x;
    std::vector<double> y;
    for (int i = 1; i <= 40; ++i) x.push_back(std::sin(i));
    for (int j = 1; j <= 55; ++j) y.push_back(1.2 * std::sin(1.7 * j) + 0.3);
    const auto drift = kolmogorov_smirnov{}(x, y);
    CHECK(drift.statistic == Approx(128.0 / 440).epsilon(1e-15));
    CHECK(drift.p_value.value() == Approx(0.0312219661734).epsilon(1e-11));
}

TEST_CASE("the statistic does not change under an increasing function") {
    for (const auto& row : samples::sample_rows()) {
        auto a = row.reference();
        auto b = row.current();
        const auto plain = kolmogorov_smirnov{}(a, b);
        for (auto* side : {&a, &b}) {
            for (double& value : *side) value = std::exp(value) * 1e3 - 7;
        }
        CHECK(kolmogorov_smirnov{}(a, b) == plain);
        // Falling: the same difference, read from above.
        for (auto* side : {&a, &b}) {
            for (double& value : *side) value = -value;
        }
        CHECK(kolmogorov_smirnov{}(a, b).statistic == plain.statistic);
    }
}

TEST_CASE("neither side of raw samples is special") {
    for (const auto& row : samples::sample_rows()) {
        const auto forth = kolmogorov_smirnov{}(row.reference(), row.current());
        const auto back = kolmogorov_smirnov{}(row.current(), row.reference());
        CHECK(forth.statistic == back.statistic);
        CHECK(forth.p_value.value() == back.p_value.value());
    }
}

TEST_CASE("the band of counts always holds the statistic of the values") {
    random_source random(2024);
    int with_ties = 0;
    int exact = 0;
    int unseen = 0;
    for (int run = 0; run < 12000; ++run) {
        const auto draw = [&](std::size_t n, std::uint64_t levels, double shift) {
            std::vector<double> values(n);
            for (double& value : values) {
                value = levels > 0 ? static_cast<double>(random.below(levels)) : random.normal();
                value += shift;
                if (random.below(50) == 0) value = std::numeric_limits<double>::quiet_NaN();
            }
            return values;
        };
        const std::uint64_t levels = random.below(2) == 0 ? 0 : 1 + random.below(40);
        // One draw a statement: the order of a call's arguments is the compiler's choice.
        const std::size_t n = 1 + random.below(120);
        const std::size_t m = 1 + random.below(80);
        const std::uint64_t more = random.below(3);
        const double shift = random.uniform();
        const auto before = draw(n, levels, 0);
        const auto now = levels == 0 ? draw(m, 0, shift) : draw(m, levels + more, 0);
        const binning_options options{.bins = 1 + random.below(20),
                                      .least = random.below(6),
                                      .few_distinct = random.below(20)};
        const auto bins = numeric_binning(before, options);
        binned_counts reference(bins);
        binned_counts current(bins);
        reference.update(before);
        current.update(now);
        const auto raw = kolmogorov_smirnov{}(before, now);
        const auto band = kolmogorov_smirnov{}(reference, current);
        CHECK(band.defined() == raw.defined());
        if (!raw.defined()) continue;
        INFO("run " << run << ", raw " << raw.statistic);
        CHECK(*band.lower <= raw.statistic);
        CHECK(raw.statistic <= *band.upper);
        CHECK(band.n_reference == raw.n_reference);
        CHECK(band.n_current == raw.n_current);
        CHECK(!band.p_value);
        // What the definition promises: a bin of one value each, nothing unseen.
        const auto points = bins.bin_of_points();
        const bool one_each =
            bins.shape() == binning::form::values && points.size() == bins.regular();
        if (one_each && current[bins.unseen()] == 0) {
            ++exact;
            CHECK(*band.lower == raw.statistic);
            CHECK(*band.upper == raw.statistic);
        }
        with_ties += levels > 0 ? 1 : 0;
        unseen += current[bins.unseen()] > 0 ? 1 : 0;
    }
    CHECK(with_ties > 5000);
    CHECK(exact > 200);
    CHECK(unseen > 200);
}

TEST_CASE("the band of 16 equal bins is as narrow as the heaviest bin") {
    const auto before = samples::generated(5, 16000, 0, 0);
    const auto now = samples::generated(7, 16000, 0, 100);
    const auto bins = numeric_binning(before);
    binned_counts reference(bins);
    binned_counts current(bins);
    reference.update(before);
    current.update(now);
    const auto band = kolmogorov_smirnov{}(reference, current);
    const auto raw = kolmogorov_smirnov{}(before, now);
    CHECK(*band.upper - *band.lower < 2.0 / 16);
    CHECK(raw.statistic - *band.lower < 1.0 / 16);
    const auto distance = kolmogorov_smirnov::distance(reference, current);
    CHECK(distance.confidence() == 1);
    CHECK(distance.lower() == *band.lower);
    CHECK(distance.upper() == *band.upper);
    CHECK(kolmogorov_smirnov::distance(before, now).value() == raw.statistic);
}

TEST_CASE("categories have no order, nor have bins that jump about") {
    binned_counts categories(binning::values(feature_kind::categorical, {1, 2}, {0, 1}, 2, true));
    categories.update(1);
    CHECK(kolmogorov_smirnov{}(categories, categories).reason == undefined::not_comparable);
    CHECK(kolmogorov_smirnov::distance(categories, categories).reason() ==
          undefined::not_comparable);
    binned_counts jumping(binning::values(feature_kind::numeric, {1, 2, 3}, {0, 1, 0}, 2, true));
    jumping.update(1);
    CHECK(kolmogorov_smirnov{}(jumping, jumping).reason == undefined::not_comparable);
}

TEST_CASE("values whose place is not known widen the band") {
    // 1 and 2 known; the last bin of an incomplete table holds values from anywhere.
    const auto complete = binning::values(feature_kind::numeric, {1, 2}, {0, 1}, 2, true);
    const auto open = binning::values(feature_kind::numeric, {1, 2}, {0, 1}, 3, false);
    for (const auto& bins : {complete, open}) {
        binned_counts reference(bins);
        binned_counts current(bins);
        for (const double value : {1, 1, 2, 2}) reference.update(value);
        for (const double value : {1.0, 1.0, 2.0, 0.5}) current.update(value);
        const auto raw = kolmogorov_smirnov{}(std::vector<double>{1, 1, 2, 2},
                                              std::vector<double>{1, 1, 2, 0.5});
        const auto band = kolmogorov_smirnov{}(reference, current);
        CHECK(raw.statistic == 0.25);
        CHECK(*band.lower == 0);
        CHECK(*band.upper == 0.25);
        CHECK(band.n_current == 4);
    }
}

TEST_CASE("samples without finite values are empty") {
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    const std::vector<double> values{1, 2};
    CHECK(kolmogorov_smirnov{}(std::vector<double>{nan}, values).reason == undefined::empty);
    CHECK(kolmogorov_smirnov{}(values, std::vector<double>{}).reason == undefined::empty);
    CHECK(kolmogorov_smirnov::distance(values, std::vector<double>{nan}).reason() ==
          undefined::empty);
}

TEST_CASE("the p-value keeps its level for continuous values and is safe with ties",
          "[simulation]") {
    random_source random(77);
    constexpr int runs = 6000;
    for (const std::uint64_t levels : {0U, 10U}) {
        int rejected = 0;
        int rejected_shifted = 0;
        for (int run = 0; run < runs; ++run) {
            std::vector<double> a(60);
            std::vector<double> b(45);
            const auto draw = [&] {
                return levels > 0 ? static_cast<double>(random.below(levels)) : random.uniform();
            };
            for (double& value : a) value = draw();
            for (double& value : b) value = draw();
            rejected += *kolmogorov_smirnov{}(a, b).p_value <= 0.05 ? 1 : 0;
            for (double& value : b) value = levels > 0 ? value + 3 : value + 0.3;
            rejected_shifted += *kolmogorov_smirnov{}(a, b).p_value <= 0.05 ? 1 : 0;
        }
        const double size = static_cast<double>(rejected) / runs;
        // Exact, so at most 5 %; 4.9 standard errors for the simulation. Attainable levels of 60 by
        // 45 are dense enough that it is not far below either.
        CHECK(size <= 0.05 + 4.9 * std::sqrt(0.05 * 0.95 / runs));
        if (levels == 0) CHECK(size >= 0.035);
        CHECK(rejected_shifted > 0.7 * runs);  // a test that never rejects keeps its level too
    }
}

TEST_CASE("the standard error of the Kolmogorov-Smirnov distance is its deviation under drift",
          "[simulation]") {
    random_source random(31);
    constexpr int runs = 500;
    double sum = 0;
    double squares = 0;
    double errors = 0;
    for (int run = 0; run < runs; ++run) {
        std::vector<double> a(2000);
        std::vector<double> b(1000);
        for (double& value : a) value = random.normal();
        for (double& value : b) value = random.normal() + 1;
        const auto drift = kolmogorov_smirnov{}(a, b);
        sum += drift.statistic;
        squares += drift.statistic * drift.statistic;
        errors += *drift.standard_error;
    }
    const double deviation = std::sqrt(squares / runs - sum / runs * (sum / runs));
    // 500 runs know a deviation to 3.2 %: four of those.
    CHECK(errors / runs == Approx(deviation).epsilon(0.13));
}

TEST_CASE("beyond the exact range the p-value is the corrected law") {
    random_source random(3);
    std::vector<double> a(3001);
    std::vector<double> b(60000);
    for (double& value : a) value = random.normal();
    for (double& value : b) value = random.normal() + 0.02;
    const auto drift = kolmogorov_smirnov{}(a, b);
    const double exact = kolmogorov_smirnov_exact(drift.statistic, a.size(), b.size());
    CHECK(drift.p_value.value() == kolmogorov_smirnov_survival(drift.statistic, 3001, 60000));
    CHECK(drift.p_value.value() != exact);
    CHECK(drift.p_value.value() == Approx(exact).epsilon(1e-3));
}
