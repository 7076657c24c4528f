#include "leeway/evaluation/delong_test.hpp"

#include <cmath>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "oracle/metrics_table.hpp"

using namespace leeway;

namespace {

struct rows {
    std::vector<std::int32_t> label;
    std::vector<double> first;
    std::vector<double> second;
    std::vector<double> weight;

    [[nodiscard]] paired_score_outcome::columns view() const {
        return {label, first, second, weight};
    }
};

rows rows_of(const oracle::metric_case& from) {
    return {from.integers("label"), from.numbers("first"), from.numbers("second"),
            from.numbers("weight")};
}

rows random_rows(random_source& random, std::size_t n, bool weighted) {
    rows made;
    for (std::size_t i = 0; i < n; ++i) {
        const int label = random.bernoulli(0.3) ? 1 : 0;
        const double common = random.normal();
        made.label.push_back(label);
        made.first.push_back(1 / (1 + std::exp(-(common + label + random.normal() / 2))));
        made.second.push_back(1 / (1 + std::exp(-(common + label / 2.0 + random.normal() / 2))));
        if (weighted) made.weight.push_back(0.1 + random.uniform());
    }
    return made;
}

}  // namespace

TEST_CASE("DeLong's test equals that of all pairs") {
    oracle::tally seen;
    std::size_t tested = 0;
    for (const auto& from : oracle::metric_cases("delong")) {
        const delong_result result = delong_test(rows_of(from).view());
        oracle::check(from, "difference", result.difference, seen, 1e-15);
        if (!result.difference) {
            CHECK_FALSE(result.p_value);
            continue;
        }
        INFO("case '" << from.name << "'");
        CHECK(result.first_area == Approx(from.numbers("first_area").at(0)).epsilon(1e-13));
        CHECK(result.second_area == Approx(from.numbers("second_area").at(0)).epsilon(1e-13));
        CHECK(result.rounding == 0);
        if (!from.has("variance")) {
            CHECK_FALSE(result.p_value);
            continue;
        }
        const double variance = from.numbers("variance").at(0);
        CHECK(result.variance == Approx(variance).epsilon(1e-11).margin(1e-18));
        if (!from.has("z")) continue;
        ++tested;
        REQUIRE(result.p_value);
        CHECK(*result.z == Approx(from.numbers("z").at(0)).epsilon(1e-11).margin(1e-13));
        CHECK(*result.p_value == Approx(from.numbers("p_value").at(0)).epsilon(1e-10));
        CHECK(result.difference.upper() ==
              Approx(std::min(1.0, result.difference.value() +
                                       confidence_95.critical * std::sqrt(variance)))
                  .epsilon(1e-11));
    }
    CHECK(seen.values >= 290);
    CHECK(tested >= 230);
}

TEST_CASE("DeLong's test is that of pROC::roc.test") {
    oracle::tally seen;
    std::size_t tested = 0;
    for (const auto& from : oracle::metric_cases("delong_r")) {
        const delong_result result = delong_test(rows_of(from).view());
        oracle::check(from, "difference", result.difference, seen, 1e-15);
        INFO("case '" << from.name << "'");
        if (!from.has("variance")) {
            CHECK_FALSE(result.p_value);
            continue;
        }
        const double variance = from.numbers("variance").at(0);
        CHECK(result.variance == Approx(variance).epsilon(1e-11).margin(1e-16));
        if (!from.has("z")) continue;
        ++tested;
        REQUIRE(result.p_value);
        CHECK(*result.z == Approx(from.numbers("z").at(0)).epsilon(1e-10).margin(1e-13));
        CHECK(*result.p_value == Approx(from.numbers("p_value").at(0)).epsilon(1e-9));
    }
    CHECK(seen.values >= 290);
    CHECK(seen.undefined >= 40);
    CHECK(tested >= 200);
}

/// The exact test lies within the table's: difference, standard error, interval and p-value.
void holds(const delong_result& read, const delong_result& exact) {
    REQUIRE(read.difference.reason() == exact.difference.reason());
    if (!read.difference) return;
    CHECK(std::fabs(read.difference.value() - exact.difference.value()) <= read.rounding);
    CHECK(std::sqrt(exact.variance) <=
          (std::sqrt(read.variance) + read.error_rounding) * (1 + 1e-12) + 1e-12);
    if (!exact.p_value) return;
    REQUIRE(read.p_value);
    CHECK(*read.p_value >= *exact.p_value - 1e-11);
    if (!exact.difference.has_interval()) return;
    CHECK(read.difference.lower() <= exact.difference.lower() + 1e-11);
    CHECK(read.difference.upper() >= exact.difference.upper() - 1e-11);
}

TEST_CASE("a table's test is that of the rounded scores, and the rows' lies within it") {
    random_source random(2);
    for (int i = 0; i < 60; ++i) {
        const rows given = random_rows(random, 10 + random.below(150), i % 2 == 1);
        const delong_result unrounded = delong_test(given.view());
        for (const auto& layout :
             {log_linear_layout(2, -10, 0, false), log_linear_layout(0, -3, 0, false),
              log_linear_layout(4, -6, 0, false)}) {
            paired_score_table table(layout);  // with room for every pair
            table.update(given.view());
            REQUIRE(table.level() == 0);
            rows rounded = given;
            for (auto* const scores : {&rounded.first, &rounded.second}) {
                for (double& score : *scores) score = static_cast<double>(layout.index(score));
            }
            const delong_result read = delong_test(table);
            const delong_result exact = delong_test(rounded.view());
            REQUIRE(read.difference.reason() == exact.difference.reason());
            if (read.difference) {
                CHECK(read.first_area == Approx(exact.first_area).epsilon(1e-12));
                CHECK(read.second_area == Approx(exact.second_area).epsilon(1e-12));
                CHECK(read.variance == Approx(exact.variance).epsilon(1e-11).margin(1e-16));
            }
            holds(read, unrounded);
            for (const std::size_t room : {40U, 7U, 1U}) {
                paired_score_table narrow(layout, room);
                narrow.update(given.view());
                holds(delong_test(narrow), unrounded);
            }
        }
    }
}

TEST_CASE("a table whose cells part all scores gives the test of the rows") {
    random_source random(12);
    for (int i = 0; i < 20; ++i) {
        rows given = random_rows(random, 100, i % 2 == 1);
        for (auto* const scores : {&given.first, &given.second}) {
            for (double& score : *scores) score = std::round(score * 1e6) / 1e6;
        }
        const delong_result exact = delong_test(given.view());
        paired_score_table table(log_linear_layout(11, -12, 0, false), 1 << 10);
        table.update(given.view());
        const delong_result read = delong_test(table);
        holds(read, exact);
        if (read.rounding > 1e-11 || !exact.p_value) continue;  // a cell holds both classes
        CHECK(read.error_rounding < 1e-10);
        CHECK(*read.p_value == Approx(*exact.p_value).epsilon(1e-7));
        CHECK(read.difference.upper() == Approx(exact.difference.upper()).epsilon(1e-9));
    }
}

TEST_CASE("the default table tells models of a rare class apart") {
    // 200,000 rows, one in 400 positive; the second model has the noise of the first and more.
    random_source random(13);
    rows given;
    paired_score_table table;
    for (int i = 0; i < 200'000; ++i) {
        const int label = random.bernoulli(0.0025) ? 1 : 0;
        const double signal = random.normal() + 1.5 * label;
        const double noise = random.normal();
        given.label.push_back(label);
        given.first.push_back(1 / (1 + std::exp(6 - signal - 0.5 * noise)));
        given.second.push_back(1 / (1 + std::exp(6 - signal - 1.0 * noise)));
    }
    table.update(given.view());
    const delong_result read = delong_test(table);
    const delong_result exact = delong_test(given.view());
    holds(read, exact);
    CAPTURE(table.level(), table.used(), read.rounding, read.error_rounding, read.variance,
            exact.variance, read.difference.value(), exact.difference.value());
    CHECK(read.rounding < 0.003);  // the dense table of 2209 pairs that this replaces had 0.31
    CHECK(std::fabs(read.difference.value() - exact.difference.value()) < 1e-4);
    CHECK(read.variance == Approx(exact.variance).epsilon(0.1));
    CHECK(std::sqrt(read.variance) + read.error_rounding < 1.6 * std::sqrt(exact.variance));
    CHECK(*read.p_value < 0.05);
}

TEST_CASE("two ways to the same order are the same model") {
    random_source random(3);
    rows given = random_rows(random, 200, false);
    for (std::size_t i = 0; i < given.label.size(); ++i) given.second[i] = 3 * given.first[i] - 1;
    const delong_result same = delong_test(given.view());
    CHECK(same.difference.value() == 0);
    CHECK(same.variance == 0);
    CHECK(same.p_value == 1.0);
    CHECK(same.z == 0.0);
}

TEST_CASE("no p-value where nothing says how sure the difference is") {
    // Apart one way against apart the other way: 1 - 0 without any variance.
    const rows opposite{{0, 0, 1, 1}, {1, 2, 3, 4}, {4, 3, 2, 1}, {}};
    const delong_result result = delong_test(opposite.view());
    CHECK(result.difference.value() == 1);
    CHECK_FALSE(result.p_value);
    CHECK_FALSE(result.difference.has_interval());
}

TEST_CASE("a row that is bad for one model is left out of both") {
    rows given{{0, 1, 0, 1, 2, 1}, {1, 2, 3, 4, 5, NAN}, {1, 3, 2, 4, 5, 6}, {}};
    const delong_result result = delong_test(given.view());
    CHECK(result.rejected.missing == 1);
    CHECK(result.rejected.label == 1);
    CHECK(result.difference.weight() == 4);
    CHECK(result.first_area == 0.75);
    CHECK(result.second_area == 1);
    given.second.pop_back();
    CHECK_THROWS_AS(delong_test(given.view()), std::invalid_argument);
}

TEST_CASE("under equal areas one test in twenty says otherwise", "[simulation]") {
    random_source random(4);
    int refused = 0;
    int refused_by_table = 0;
    int runs = 0;
    for (; runs < 1000; ++runs) {
        rows given;
        paired_score_table table;
        for (int i = 0; i < 120; ++i) {
            const int label = i % 3 == 0 ? 1 : 0;
            const double common = random.normal() + label;
            given.label.push_back(label);
            for (auto* const scores : {&given.first, &given.second})
                scores->push_back(1 / (1 + std::exp(-(common + random.normal()))));
        }
        table.update(given.view());
        refused += *delong_test(given.view()).p_value < 0.05 ? 1 : 0;
        refused_by_table += *delong_test(table).p_value < 0.05 ? 1 : 0;
    }
    // 50 expected, standard deviation 7.
    CHECK(refused >= 25);
    CHECK(refused <= 80);
    CHECK(refused_by_table <= refused);  // its p-value is never smaller
    CHECK(refused_by_table >= 10);
}
