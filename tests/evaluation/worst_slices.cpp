#include "leeway/evaluation/worst_slices.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using leeway::accuracy;
using leeway::confusion_matrix;
using leeway::worst_slices;
using leeway::worst_slices_options;

namespace {

struct outcomes {
    std::vector<std::int32_t> label;
    std::vector<std::int32_t> prediction;
    std::vector<double> region;
    std::vector<double> device;

    void add(int rows, int right, double in_region, double on_device) {
        for (int i = 0; i < rows; ++i) {
            label.push_back(1);
            prediction.push_back(i < right);
            region.push_back(in_region);
            device.push_back(on_device);
        }
    }
    [[nodiscard]] leeway::class_outcome::columns rows() const {
        return {.label = label, .prediction = prediction, .weight = {}};
    }
    [[nodiscard]] leeway::worst_slices_result search(const worst_slices_options& options) const {
        const std::span<const double> columns[] = {region, device};
        return worst_slices(accuracy{}, confusion_matrix(2), rows(), columns, options);
    }
};

}  // namespace

TEST_CASE("the worst slice, its rest and its p-value") {
    outcomes data;
    data.add(100, 90, 1, 7);
    data.add(60, 40, 2, 7);
    const auto result = data.search({.columns_at_once = 1});
    // The one device is all rows and has no rest.
    CHECK(result.below_support == 1);
    CHECK(result.tested == 2);
    CHECK(result.overall.value() == 130.0 / 160);
    REQUIRE(result.worst.size() == 2);
    const auto& worst = result.worst[0];
    REQUIRE(worst.conditions.size() == 1);
    CHECK(worst.conditions[0].column == 0);
    CHECK(worst.conditions[0].code == 2);
    CHECK(worst.rows == 60);
    CHECK(worst.figure.value() == 40.0 / 60);
    CHECK(worst.rest.value() == 0.9);
    CHECK(worst.bound == worst.figure.upper());
    // Wilson, by scipy.stats.binomtest: 0.5405687 to 0.7727074 and 0.8256343 to 0.9447709;
    // norm.sf((0.9 - 2/3) / (hypot of the widths / 2 / 1.959964))
    CHECK(worst.p_value == Approx(0.0002279507369894348).epsilon(1e-11));
    CHECK(worst.worse_than_rest);
    CHECK(result.discoveries == 1);
    CHECK(result.worst[1].p_value == Approx(1 - worst.p_value).epsilon(1e-12));
    CHECK_FALSE(result.worst[1].worse_than_rest);
}

TEST_CASE("pairs of values are searched, each set of rows once") {
    outcomes data;
    data.add(300, 285, 1, 1);
    data.add(300, 285, 1, 2);
    data.add(300, 285, 2, 1);
    data.add(60, 30, 2, 2);
    data.add(50, 48, 3, 3);  // region 3 and device 3 and their pair are the same rows
    const auto result = data.search({});
    REQUIRE(!result.worst.empty());
    const auto& worst = result.worst[0];
    REQUIRE(worst.conditions.size() == 2);
    CHECK(worst.conditions[0].code == 2);
    CHECK(worst.conditions[1].code == 2);
    CHECK(worst.figure.value() == 0.5);
    CHECK(worst.rest.value() == (3 * 285 + 48) / 950.0);
    CHECK(worst.worse_than_rest);
    CHECK(result.tested == 3 + 3 + 4);  // singles, and the pairs that are no single
    CHECK(result.below_support == 0);
    CHECK(data.search({.most = 2}).worst.size() == 2);
    CHECK(data.search({.most = 2}).discoveries == result.discoveries);
    CHECK(data.search({.columns_at_once = 1}).tested == 6);
    CHECK(data.search({.least_rows = 100}).tested == 2 + 2 + 3);
    CHECK(data.search({.least_rows = 100}).below_support == 1 + 1 + 1);
}

TEST_CASE("a small slice with an extreme figure does not come first") {
    outcomes data;
    data.add(2000, 1900, 1, 1);
    data.add(1000, 600, 2, 1);
    data.add(4, 1, 3, 1);
    const auto result = data.search({.columns_at_once = 1, .least_rows = 2});
    REQUIRE(result.worst.size() == 3);
    CHECK(result.worst[0].conditions[0].code == 2);  // upper end 0.63, that of 1 in 4 is 0.70
    CHECK(result.worst[1].conditions[0].code == 3);
}

TEST_CASE("the figures are those of the rows inside and outside") {
    leeway::random_source random(5);
    std::vector<double> target, prediction, weight, a, b;
    const double nan = std::numeric_limits<double>::quiet_NaN();
    for (int i = 0; i < 3000; ++i) {
        a.push_back(static_cast<double>(random.below(4)));
        b.push_back(random.bernoulli(0.2) ? nan : static_cast<double>(random.below(3)));
        target.push_back(random.normal());
        prediction.push_back(target.back() + random.normal() * (a.back() == 2 ? 1.5 : 1));
        weight.push_back(1 + static_cast<double>(random.below(3)));
    }
    const leeway::regression_outcome::columns rows{target, prediction, weight};
    const std::span<const double> columns[] = {a, b};
    const leeway::mean_absolute_error metric;
    using state = leeway::mean_absolute_error::state_type;
    const auto result = worst_slices(metric, state(), rows, columns, {.most = 1000});
    CHECK(result.worst.size() == 4 + 4 + 16);
    CHECK(result.worst[0].conditions[0].code == 2);  // lower is better: by the lower end
    double last = std::numeric_limits<double>::infinity();
    for (const auto& finding : result.worst) {
        CHECK(finding.bound == finding.figure.lower());
        CHECK(finding.bound <= last);
        last = finding.bound;
        state inside, outside;
        std::uint64_t in = 0;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            bool holds = true;
            for (const auto& condition : finding.conditions) {
                const double code = columns[condition.column][i];
                holds = holds && (code == condition.code ||
                                  (std::isnan(code) && std::isnan(condition.code)));
            }
            in += holds ? 1 : 0;
            (holds ? inside : outside).update(rows[i]);
        }
        CHECK(finding.rows == in);
        CHECK(finding.figure == metric(inside));
        CHECK(finding.rest.value() == Approx(metric(outside).value()).epsilon(1e-13));
        CHECK(finding.rest.upper() == Approx(metric(outside).upper()).epsilon(1e-12));
    }
}

TEST_CASE("where no slice is worse, hardly ever one is called so", "[simulation]") {
    // 400 data sets of 600 rows without a bad slice, 5 + 4 slices and their 20 pairs: one is named
    // in at most 5 % of them, plus 2 % for three standard errors and 1 % for what the normal law
    // misses in slices of 30 rows.
    leeway::random_source random(31);
    int named = 0;
    for (int round = 0; round < 400; ++round) {
        outcomes data;
        for (int i = 0; i < 600; ++i) {
            data.add(1, random.bernoulli(0.8), static_cast<double>(random.below(5)),
                     static_cast<double>(random.below(4)));
        }
        named += data.search({.least_rows = 20}).discoveries > 0;
    }
    CHECK(named <= 32);
}

TEST_CASE("a slice without an interval is counted, not ranked") {
    const std::vector<double> target(90, 1.0), prediction(90, 2.0), code{[] {
        std::vector<double> made(90);
        for (std::size_t i = 0; i < 90; ++i) made[i] = static_cast<double>(i % 2);
        return made;
    }()};
    const std::span<const double> columns[] = {code};
    const auto result =
        worst_slices(leeway::mean_absolute_error{}, leeway::mean_absolute_error::state_type(),
                     leeway::regression_outcome::columns{target, prediction, {}}, columns);
    CHECK(result.untested == 2);  // every error is 1: no spread to hold a difference against
    CHECK(result.tested == 0);
    CHECK(result.worst.empty());
}

TEST_CASE("a slice that is infinitely bad ranks worst and spoils no other") {
    // 2,000 rows in four regions; a row of region 2 was ruled out, region 1 is worse than 0 and 3.
    std::vector<std::int32_t> label(2000, 1);
    std::vector<double> score, region;
    for (int i = 0; i < 2000; ++i) {
        const int at = i / 500;
        region.push_back(at);
        score.push_back(i == 1234 ? 0 : (at == 1 ? 0.3 : 0.6) + 0.05 * (i % 3));
    }
    const std::span<const double> columns[] = {region};
    using state = leeway::log_loss::state_type;
    const leeway::probability_outcome::columns rows{label, score, {}};
    const auto result = worst_slices(leeway::log_loss{}, state(), rows, columns);
    CHECK(std::isinf(result.overall.value()));
    CHECK(result.tested == 4);
    CHECK(result.untested == 0);
    REQUIRE(result.worst.size() == 4);
    CHECK(result.worst[0].conditions[0].code == 2);
    CHECK(std::isinf(result.worst[0].bound));
    // The one bad row is in a quarter of the rows by luck as often as a quarter.
    CHECK(result.worst[0].p_value == 0.25);
    CHECK(result.worst[1].conditions[0].code == 1);
    CHECK(result.worst[1].worse_than_rest);
    // Its rest: regions 0 and 3.
    state others;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (region[i] == 0 || region[i] == 3) others.update(rows[i]);
    }
    CHECK(result.worst[1].rest.value() ==
          Approx(leeway::log_loss{}(others).value()).epsilon(1e-13));
    CHECK(result.worst[1].rest.weight() == 1000);

    // Two of them: neither is worse than the other.
    score[0] = 0;
    const auto two = worst_slices(leeway::log_loss{}, state(), rows, columns);
    CHECK(std::isinf(two.worst[0].bound));
    CHECK(std::isinf(two.worst[1].bound));
    CHECK(two.worst[0].p_value == 1);
    CHECK(two.worst[2].conditions[0].code == 1);
    CHECK(two.worst[2].worse_than_rest);

    // In a slice without support it is left out of the rest as well.
    score[0] = 0.6;
    region[1234] = 9;
    const auto small = worst_slices(leeway::log_loss{}, state(), rows, columns);
    CHECK(small.below_support == 1);
    CHECK(small.tested == 4);
    CHECK(small.worst[0].conditions[0].code == 1);
    CHECK(small.worst[0].rest.weight() == 1499);
}

TEST_CASE("a slice with one error in every row is tested by the spread of all rows") {
    std::vector<double> target(2000, 0.0), prediction, region;
    for (int i = 0; i < 2000; ++i) {
        region.push_back(i / 500);
        prediction.push_back(i < 500 ? 5 : 1);
    }
    const std::span<const double> columns[] = {region};
    const leeway::mean_absolute_error metric;
    using state = leeway::mean_absolute_error::state_type;
    const leeway::regression_outcome::columns rows{target, prediction, {}};
    const auto result = worst_slices(metric, state(), rows, columns);
    CHECK(result.untested == 0);
    REQUIRE(result.worst.size() == 4);
    CHECK(result.worst[0].conditions[0].code == 0);
    CHECK(result.worst[0].worse_than_rest);
    CHECK(result.worst[0].p_value < 1e-100);
    CHECK(result.discoveries == 1);
    // Of 500 rows of 5 among 2,000 the deviation of a row is 4 sqrt(3 / 16); the bound is 1.96
    // standard errors of 500 rows below 5, but for the interval's skew, a tenth of that.
    const double error = 4 * std::sqrt(3.0 / 16) / std::sqrt(500.0);
    CHECK(5 - result.worst[0].bound == Approx(1.96 * error).epsilon(0.1));
}

TEST_CASE("the area under the ROC curve is searched over its exact state") {
    leeway::random_source random(41);
    std::vector<std::int32_t> label;
    std::vector<double> score, region;
    for (int i = 0; i < 3000; ++i) {
        region.push_back(static_cast<double>(random.below(3)));
        label.push_back(random.bernoulli(0.4) ? 1 : 0);
        score.push_back(random.normal() + (region.back() == 2 ? 0.2 : 1.5) * label.back());
    }
    const std::span<const double> columns[] = {region};
    const leeway::probability_outcome::columns rows{label, score, {}};
    const auto result = worst_slices(leeway::roc_auc{}, leeway::scored_outcomes(), rows, columns);
    CHECK(result.tested == 3);
    CHECK(result.worst[0].conditions[0].code == 2);
    CHECK(result.worst[0].worse_than_rest);
    leeway::scored_outcomes inside, outside;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        (region[i] == 2 ? inside : outside).update(rows[i]);
    }
    CHECK(result.worst[0].figure == leeway::roc_auc{}(inside));
    CHECK(result.worst[0].rest.value() == Approx(leeway::roc_auc{}(outside).value()));
}

TEST_CASE("rows without weight are no support") {
    std::vector<double> target(100, 0.0), prediction, weight, region;
    for (int i = 0; i < 100; ++i) {
        region.push_back(i % 2);
        prediction.push_back(i % 7);
        weight.push_back(i % 2 == 1 && i > 40 ? 0 : 1);
    }
    const std::span<const double> columns[] = {region};
    const leeway::mean_absolute_error metric;
    using state = leeway::mean_absolute_error::state_type;
    const leeway::regression_outcome::columns rows{target, prediction, weight};
    // 20 rows of region 1 have weight: too few, also as what is outside of region 0.
    CHECK(worst_slices(metric, state(), rows, columns).below_support == 2);
    const auto fewer = worst_slices(metric, state(), rows, columns, {.least_rows = 20});
    CHECK(fewer.tested == 2);
    CHECK(fewer.worst[0].rows + fewer.worst[1].rows == 70);
}

TEST_CASE("a search begins with an empty state") {
    confusion_matrix filled(2);
    filled.update({.label = 1, .prediction = 1});
    outcomes data;
    data.add(50, 30, 1, 1);
    const std::span<const double> columns[] = {data.region};
    CHECK_THROWS_AS(worst_slices(accuracy{}, filled, data.rows(), columns), std::invalid_argument);
}

TEST_CASE("nothing to search, or in a wrong way") {
    outcomes data;
    CHECK(data.search({}).tested == 0);
    CHECK(data.search({}).overall.reason() == leeway::undefined::empty);
    data.add(50, 30, 1, 1);
    CHECK_THROWS_AS(data.search({.columns_at_once = 3}), std::invalid_argument);
    CHECK_THROWS_AS(data.search({.columns_at_once = 0}), std::invalid_argument);
    CHECK_THROWS_AS(data.search({.least_rows = 1}), std::invalid_argument);
    CHECK_THROWS_AS(data.search({.false_discovery_rate = 0}), std::invalid_argument);
    data.region.pop_back();
    CHECK_THROWS_AS(data.search({}), std::invalid_argument);
}
