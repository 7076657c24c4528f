#include "leeway/metrics/average_precision.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"

using namespace leeway;

static_assert(Metric<average_precision>);

TEST_CASE("average precision equals scikit-learn's, or is undefined where that says 0") {
    oracle::tally seen, of_curve;  // the curve with every point: adds up in other blocks
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("curves")) {
        const scored_outcomes rows = oracle::scored(from, scored_outcomes());
        const estimate e = average_precision{}(rows);
        oracle::check(from, "average_precision", e, seen);
        oracle::check(from, "average_precision", average_precision{}(score_curve(rows)), of_curve);
        if (!e || !e.has_interval()) continue;
        ++intervals;
        // The interval is +- z s on the logit scale, s^2 from every pair of rows.
        const double variance = from.numbers("average_precision_variance").at(0);
        const double a = e.value();
        const double half = confidence_95.critical * std::sqrt(variance) / (a * (1 - a));
        const auto logit = [](double share) { return std::log(share / (1 - share)); };
        INFO("case '" << from.name << "'");
        CHECK(logit(e.upper()) - logit(a) == Approx(half).epsilon(1e-7));
        CHECK(logit(a) - logit(e.lower()) == Approx(half).epsilon(1e-7));
    }
    CHECK(seen.values >= 290);
    CHECK(seen.undefined >= 10);
    CHECK(of_curve.values == seen.values);
    CHECK(intervals >= 50);
}

TEST_CASE("pooled labels: scikit-learn's micro average, its jackknife over rows") {
    std::size_t intervals = 0, none = 0;
    for (const auto& from : oracle::metric_cases("pooled_precision")) {
        INFO("case '" << from.name << "'");
        const auto labels = static_cast<std::size_t>(from.integers("labels").at(0));
        const auto truth = from.integers("label");
        const auto scores = from.numbers("scores");
        const auto weights = from.numbers("weight");
        std::vector<scored_outcomes> rows(labels);
        std::vector<score_table> tables(labels);
        for (std::size_t i = 0; i < truth.size(); ++i) {
            const probability_outcome row{static_cast<std::int32_t>(truth[i]), scores[i],
                                          weights[i / labels]};
            rows[i % labels].update(row);
            tables[i % labels].update(row);
        }
        const estimate e = average_precision{}.pooled(std::span<const scored_outcomes>(rows));
        const double a = from.numbers("average_precision_micro").at(0);
        CHECK(e.value() == Approx(a).epsilon(1e-12));
        const estimate band = average_precision{}.pooled(std::span<const score_table>(tables));
        CHECK(band.confidence() == 1);
        CHECK(band.lower() <= a);
        CHECK(band.upper() >= a);
        CHECK(band.weight() == Approx(e.weight()));
        if (!e.has_interval()) {
            ++none;
            CHECK(e.interval_reason() == undefined::too_little_data);
            CHECK(from.numbers("rows_with_positive").at(0) < 40);
            continue;
        }
        ++intervals;
        const double variance = from.numbers("variance").at(0);
        const double half = confidence_95.critical * std::sqrt(variance) / (a * (1 - a));
        const auto logit = [](double share) { return std::log(share / (1 - share)); };
        CHECK(logit(e.upper()) - logit(a) == Approx(half).epsilon(1e-5));
        CHECK(logit(a) - logit(e.lower()) == Approx(half).epsilon(1e-5));
    }
    CHECK(intervals >= 45);
    CHECK(intervals + none == 60);
    CHECK(average_precision{}.pooled(std::span<const scored_outcomes>()).reason() ==
          undefined::empty);
    // Labels of different lengths have no rows in common.
    std::vector<scored_outcomes> uneven(2);
    for (int i = 0; i < 30; ++i) {
        uneven[0].update({.label = i % 2, .score = 0.1 * (i % 7)});
        if (i > 0) uneven[1].update({.label = i % 2, .score = 0.1 * (i % 7)});
    }
    CHECK_FALSE(
        average_precision{}.pooled(std::span<const scored_outcomes>(uneven)).has_interval());
}

TEST_CASE("the certified band holds the exact average precision") {
    const bands::tally cases = bands::of_oracle_cases(average_precision{});
    CHECK(cases.violated == 0);
    CHECK(cases.defined >= 1400);
    const bands::tally random = bands::of_random_cases(average_precision{}, 500, 11);
    CHECK(random.violated == 0);
    CHECK(random.defined >= 250);
}

TEST_CASE("the ends of the band of one cell are reached") {
    // Two cells; T = 3, F = 1 above; p = 2, n = 4 inside.
    score_table table(log_linear_layout(0, 0, 0, true));
    const auto add = [&](int label, double score, int times) {
        for (int i = 0; i < times; ++i) table.update({.label = label, .score = score});
    };
    add(1, 1.5, 3);
    add(0, 0.25, 4);
    add(1, 0.25, 2);
    add(0, 3.0, 1);
    add(1, 3.0, 1);
    const estimate band = average_precision{}(table);
    // Highest: 1, then (1 and 3 above) all three of 4 / 5, then both of 6 / 7.
    const double upper = (1.0 * (1.0 / 1) + 3 * (4.0 / 5) + 2 * (6.0 / 7)) / 6;
    CHECK(band.upper() == Approx(upper).epsilon(1e-13));
    // Lowest: integrals of (T + x) / (T + x + c).
    const auto least = [](double t, double p, double c) {
        return p - c * std::log((t + c + p) / (t + c));
    };
    const double lower = (least(0, 1, 1) + least(1, 3, 1) + least(4, 2, 5)) / 6;
    CHECK(band.lower() == Approx(lower).epsilon(1e-12));
    CHECK(band.value() == Approx((lower + upper) / 2).epsilon(1e-12));
    CHECK(band.weight() == 11);
}

TEST_CASE("the lower end is approached by rows of small weight") {
    score_table table(log_linear_layout(0, 0, 0, true));
    scored_outcomes rows;
    const auto add = [&](const probability_outcome& row) {
        table.update(row);
        rows.update(row);
    };
    add({.label = 0, .score = 1.9});
    for (int i = 0; i < 4096; ++i)
        add({.label = 1, .score = 1.8 - i / 8192.0, .weight = 1.0 / 4096});
    const estimate band = average_precision{}(table);
    const estimate exact = average_precision{}(rows);
    CHECK(band.lower() <= exact.value());
    CHECK(exact.value() - band.lower() < 2e-4);
    CHECK(band.upper() == Approx(1).epsilon(1e-12));
}

TEST_CASE("rare positives and 64 KiB: the bands of average precision and of the area are narrow") {
    // 300,000 rows, 0.25 % positives, as in the definitions.
    score_table table(log_linear_layout::probabilities());
    scored_outcomes rows;
    random_source random(20);
    for (int i = 0; i < 300'000; ++i) {
        const bool positive = random.bernoulli(0.0025);
        const double score = 1 / (1 + std::exp(6 - random.normal() - (positive ? 1.0 : 0.0)));
        const probability_outcome row{positive ? 1 : 0, score};
        table.update(row);
        rows.update(row);
    }
    CHECK(table.bytes() <= 64 * 1024);
    const estimate band = average_precision{}(table);
    const estimate exact = average_precision{}(rows);
    CHECK(band.lower() <= exact.value());
    CHECK(exact.value() <= band.upper());
    CHECK(band.upper() - band.lower() < 0.001);
    CHECK(exact.value() < 0.02);
}

TEST_CASE("the interval of average precision covers the figure of the population", "[simulation]") {
    // Two normal distributions a standard deviation apart, a fifth positive: by quadrature.
    constexpr double rate = 0.2;
    const auto survival = [](double x) { return std::erfc(x / std::sqrt(2.0)) / 2; };
    double truth = 0;
    double mass = 0;
    for (double x = -8; x < 8; x += 1.0 / 1024) {
        const double density = std::exp(-x * x / 2);
        const double tp = rate * survival(x);
        truth += density * tp / (tp + (1 - rate) * survival(x + 1));
        mass += density;
    }
    truth /= mass;
    random_source random(77);
    for (const std::size_t n : {150U, 1500U}) {
        int covered = 0;
        constexpr int runs = 1000;
        for (int run = 0; run < runs; ++run) {
            scored_outcomes rows;
            for (std::size_t i = 0; i < n; ++i) {
                const bool positive = random.bernoulli(rate);
                rows.update(
                    {.label = positive ? 1 : 0, .score = random.normal() + (positive ? 1 : 0)});
            }
            const estimate e = average_precision{}(rows);
            covered += e.has_interval() && e.lower() <= truth && truth <= e.upper() ? 1 : 0;
        }
        INFO(n << " rows: " << covered << " of " << runs);
        CHECK(covered >= 915);  // 950 less five standard errors
        CHECK(covered <= 985);
    }
}

TEST_CASE("average precision without an interval where its variance says nothing") {
    scored_outcomes rows;
    for (int i = 0; i < 40; ++i) rows.update({.label = i % 2, .score = i % 2 + i / 100.0});
    CHECK(average_precision{}(rows).value() == 1);
    CHECK_FALSE(average_precision{}(rows).has_interval());
    scored_outcomes few;
    for (int i = 0; i < 60; ++i) few.update({.label = i % 10 == 0 ? 1 : 0, .score = i % 7 + 0.0});
    CHECK(average_precision{}(few).defined());
    CHECK_FALSE(average_precision{}(few).has_interval());
}

TEST_CASE("average precision keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            average_precision{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            average_precision{}, [] { return score_table(log_linear_layout::probabilities()); },
            rows);
    }
}

TEST_CASE("average precision of columns is that of a state, bad rows counted") {
    std::vector<std::int32_t> labels{1, 0, 1, 0, 0, 1};
    std::vector<double> scores{0.9, 0.8, 0.7, 0.7, 0.2, 0.1};
    const std::vector<double> weights{1, 2, 1, 3, 1, 1};
    const auto same = [&](std::span<const double> weight) {
        const probability_outcome::columns rows{labels, scores, weight};
        scored_outcomes state;
        state.update(rows);
        rejections refused;
        CHECK(average_precision{}(rows, refused) == average_precision{}(state));
        CHECK(refused == state.rejected());
    };
    same({});
    same(weights);
    scores[4] = HUGE_VAL;
    labels[5] = 2;
    same({});
}
