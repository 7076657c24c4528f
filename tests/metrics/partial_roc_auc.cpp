#include "leeway/metrics/partial_roc_auc.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<partial_roc_auc>);

TEST_CASE("the partial area equals the judge's") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "partial_roc_auc_0.1", partial_roc_auc{0.1}(curve), seen, 1e-15);
        oracle::check(from, "partial_roc_auc_0.5", partial_roc_auc{0.5}(curve), seen, 1e-15);
    }
    CHECK(seen.values >= 280);
    CHECK(seen.undefined >= 10);
}

TEST_CASE("the partial area: the certified band holds the exact figure") {
    std::size_t defined = 0;
    for (const auto& metric : {partial_roc_auc{0.1}, partial_roc_auc{0.5}}) {
        const bands::tally cases = bands::of_oracle_cases(metric);
        CHECK(cases.violated == 0);
        const bands::tally random = bands::of_random_cases(metric, 500, 22);
        CHECK(random.violated == 0);
        defined += cases.defined + random.defined;
    }
    CHECK(defined >= 280 * 5);
}

TEST_CASE("the whole of the partial area is the area, with DeLong's variance") {
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        const estimate whole = partial_roc_auc{1}(curve);
        const placements area = placements_of(curve);
        REQUIRE(whole.defined() == !std::isnan(area.area));
        if (!whole) continue;
        INFO("case '" << from.name << "'");
        CHECK(whole.value() == Approx(area.area).margin(1e-14));
        if (!whole.has_interval()) continue;
        // A class of barely more than one effective row, and an area that is 1 but for rounding,
        // leave no digits.
        if (std::min(area.effective_positives, area.effective_negatives) < 1.01) continue;
        if (area.area > 1 - 1e-9) continue;
        const estimate same = score_interval(area.area, std::sqrt(area.variance), area.freedom, 1,
                                             confidence_95, partial_roc_auc::info);
        CHECK(whole.upper() == Approx(same.upper()).epsilon(1e-9));
        CHECK(whole.lower() == Approx(same.lower()).margin(1e-9));
    }
    CHECK(partial_roc_auc{}.key() == "partial_roc_auc_0.1");
    CHECK_THROWS_AS(partial_roc_auc{0}(scored_outcomes()), std::invalid_argument);
    CHECK_THROWS_AS(partial_roc_auc{1.5}(scored_outcomes()), std::invalid_argument);
}

TEST_CASE("rows tied across the false positive rate are spread over it evenly") {
    // A constant score: every row has the placement of its class's mean, so nothing varies.
    std::vector<std::int32_t> label(30, 0);
    for (int i = 0; i < 10; ++i) label[static_cast<std::size_t>(i)] = 1;
    const estimate e = partial_roc_auc{0.3}(score_curve(label, std::vector<double>(30, 0.5)));
    CHECK(e.value() == Approx(0.5).epsilon(1e-15));
    if (e.has_interval()) CHECK(e.upper() - e.lower() < 1e-12);
}

TEST_CASE("the interval of the partial area covers the population's", "[simulation]") {
    // Normal scores one apart: A = integral over the lowest fifth of u of Phi(1 + z_u).
    constexpr double most = 0.2;
    const auto survival = [](double x) { return std::erfc(x / std::sqrt(2.0)) / 2; };
    double area = 0;
    const double step = 1.0 / 4096;
    for (double x = 0.8416212335729143 + step / 2; x < 9; x += step)
        area += survival(x - 1) * std::exp(-x * x / 2) / std::sqrt(2 * 3.141592653589793) * step;
    const double chance = most * most / 2;
    const double truth = (1 + (area - chance) / (most - chance)) / 2;
    random_source random(12);
    int covered = 0;
    for (int run = 0; run < 1000; ++run) {
        scored_outcomes rows;
        for (int i = 0; i < 300; ++i)
            rows.update(
                {.label = i % 3 == 0 ? 1 : 0, .score = random.normal() + (i % 3 == 0 ? 1 : 0)});
        const estimate e = partial_roc_auc{most}(rows);
        covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
    }
    CHECK(covered >= 920);
    CHECK(covered <= 980);
}

TEST_CASE("the partial area keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            partial_roc_auc{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            partial_roc_auc{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}
