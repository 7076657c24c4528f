#include "leeway/metrics/roc_auc.hpp"

#include "laws/metric.hpp"
#include "metrics/score_bands.hpp"
#include "oracle/metrics_states.hpp"
#include "support/implied_t.hpp"

using namespace leeway;

static_assert(Metric<roc_auc>);

TEST_CASE("ROC AUC equals scikit-learn's, or is undefined where that raises") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("scores")) {
        const estimate e = roc_auc{}(oracle::scored(from, scored_outcomes()));
        oracle::check(from, "roc_auc", e, seen);
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        const estimate same = roc_auc{}(curve);
        CHECK(same.reason() == e.reason());
        if (e) CHECK(same.value() == Approx(e.value()).epsilon(1e-13));
        if (e) CHECK(e.has_interval());
    }
    CHECK(seen.values >= 250);
    CHECK(seen.undefined >= 20);
}

TEST_CASE("ROC AUC and its interval are those of pROC") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("delong_r")) {
        for (const std::string model : {"first", "second"}) {
            const auto label = from.integers("label");
            const auto score = from.numbers(model);
            scored_outcomes rows;
            rows.update({.label = label, .score = score});
            const estimate found = roc_auc{}(rows);
            oracle::check(from, model + "_area", found, seen);
            if (!from.has(model + "_interval")) continue;  // Newcombe's, where DeLong's has none
            const auto ends = from.numbers(model + "_interval");
            if (ends.at(0) == 0 && ends.at(1) == 1) continue;  // cut at both: it tells nothing
            ++intervals;
            INFO("case '" << from.name << "', " << model);
            // pROC's ends are area +- z s, cut at 0 and 1.
            const double half = std::max(found.value() - ends.at(0), ends.at(1) - found.value());
            const placements parts = placements_of(score_curve(rows));
            leeway_tests::check_ends(found, half / confidence_95.critical,
                                     student_critical(confidence_95.critical, parts.freedom),
                                     roc_auc::info);
        }
    }
    CHECK(seen.values >= 580);
    CHECK(seen.undefined >= 80);
    CHECK(intervals >= 420);
}

TEST_CASE("ROC AUC of columns is that of the state they would fill, bad rows counted") {
    const auto both = [](const std::vector<probability_outcome>& rows, bool with_weights) {
        std::vector<std::int32_t> label;
        std::vector<double> score;
        std::vector<double> weight;
        for (const auto& row : rows) {
            label.push_back(row.label);
            score.push_back(row.score);
            if (with_weights) weight.push_back(row.weight);
        }
        const probability_outcome::columns batch{.label = label, .score = score, .weight = weight};
        rejections refused;
        const estimate direct = roc_auc{}(batch, refused);
        scored_outcomes state;
        state.update(batch);
        CHECK(direct == roc_auc{}(state));
        CHECK(refused == state.rejected());
        return refused.total();
    };
    auto rows = laws::probability_rows(50, true);
    CHECK(both({}, false) == 0);
    CHECK(both(rows, false) == 0);
    CHECK(both(rows, true) == 0);
    rows[3].label = 2;
    CHECK(both(rows, false) == 1);
    rows[3].label = -1;
    CHECK(both(rows, false) == 1);
    rows[7].score = laws::infinite;
    CHECK(both(rows, false) == 2);
    rows[7].score = laws::not_a_number;
    rows[9].weight = -1;
    CHECK(both(rows, true) == 3);
    rows[3].label = 1;
    CHECK(both(rows, false) == 1);
    rejections refused;
    const std::vector<std::int32_t> two{0, 1};
    const std::vector<double> one{0.5};
    CHECK_THROWS_AS(roc_auc{}({.label = two, .score = one}, refused), std::invalid_argument);
}

TEST_CASE("the certified band of a score table holds the exact area, in every layout") {
    std::size_t bands = 0;
    double widest = 0;
    for (const auto& from : oracle::metric_cases("scores")) {
        const estimate exact = roc_auc{}(oracle::scored(from, scored_outcomes()));
        for (const log_linear_layout& layout :
             {log_linear_layout::any(), log_linear_layout::probabilities(),
              log_linear_layout(0, 0, 0, true), log_linear_layout(2, -3, 3, true)}) {
            const estimate band = roc_auc{}(oracle::scored(from, score_table(layout)));
            INFO("case '" << from.name << "'");
            REQUIRE(band.reason() == exact.reason());
            CHECK(band.weight() == Approx(exact.weight()).epsilon(1e-14));
            if (!band) continue;
            CHECK(band.confidence() == 1);
            CHECK(band.lower() <= exact.value());
            CHECK(exact.value() <= band.upper());
            CHECK(band.lower() <= band.value());
            CHECK(band.value() <= band.upper());
            widest = std::max(widest, band.upper() - band.lower());
            ++bands;
        }
    }
    CHECK(bands >= 1000);
    CHECK(widest > 0.9);  // a few cells for everything do leave doubt
}

TEST_CASE("scores that are cells of their own are evaluated without error") {
    scored_outcomes rows;
    score_table table;
    random_source random(3);
    for (int i = 0; i < 2000; ++i) {
        // Seven bits of mantissa: what the table keeps of a score.
        const double score = std::ldexp(static_cast<double>(128 + random.below(128)),
                                        -static_cast<int>(random.below(5)) - 8);
        const probability_outcome row{random.bernoulli(0.3 + score / 2) ? 1 : 0, score};
        rows.update(row);
        table.update(row);
    }
    const estimate exact = roc_auc{}(rows);
    const estimate band = roc_auc{}(table);
    // Ties within a cell are of known order (none), but the band does not know that they are ties.
    CHECK(band.value() == Approx(exact.value()).epsilon(1e-14));
}

TEST_CASE("the band of the default layout is narrow") {
    // definitions: about 0.001 at 0.25 % positives over [0, 1] with 16 bits kept; here 7 bits of
    // mantissa and a fifth positive.
    score_table table;
    scored_outcomes rows;
    for (const auto& row : laws::probability_rows(100'000, false)) {
        table.update(row);
        rows.update(row);
    }
    const estimate band = roc_auc{}(table);
    CHECK(band.upper() - band.lower() < 0.006);
    CHECK(band.value() == Approx(roc_auc{}(rows).value()).epsilon(2e-4));
}

TEST_CASE("64 KiB leave the area of rare positives less than 0.002 open") {
    // 300,000 rows, 0.25 % positives, a true area of about 0.76: the definitions' example.
    score_table table(log_linear_layout::probabilities());
    scored_outcomes rows;
    random_source random(30);
    for (int i = 0; i < 300'000; ++i) {
        const bool positive = random.bernoulli(0.0025);
        const double logit = random.normal() - 6 + (positive ? 1 : 0);
        const probability_outcome row{positive ? 1 : 0, 1 / (1 + std::exp(-logit))};
        table.update(row);
        rows.update(row);
    }
    REQUIRE(table.bytes() <= 64 * 1024);
    const estimate band = roc_auc{}(table);
    const estimate exact = roc_auc{}(rows);
    CHECK(exact.value() == Approx(0.76).margin(0.02));
    CHECK(band.lower() <= exact.value());
    CHECK(exact.value() <= band.upper());
    CHECK(band.upper() - band.lower() < 0.002);
    CHECK(std::fabs(band.value() - exact.value()) < 1e-4);
}

TEST_CASE("33 KiB leave the area of logits less than 0.002 open, rare or not") {
    for (const double centre : {-6.0, 0.0}) {
        CAPTURE(centre);
        score_table table(log_linear_layout::logits());
        scored_outcomes rows;
        random_source random(32);
        for (int i = 0; i < 300'000; ++i) {
            const bool positive = random.bernoulli(centre < 0 ? 0.0025 : 0.5);
            const double logit = random.normal() + centre + (positive ? 1 : 0);
            rows.update({positive ? 1 : 0, logit});
            table.update({positive ? 1 : 0, logit + log_linear_layout::logit_offset});
        }
        REQUIRE(table.bytes() <= 33 * 1024);
        const estimate band = roc_auc{}(table);
        const double exact = roc_auc{}(rows).value();
        CHECK(band.lower() <= exact);
        CHECK(exact <= band.upper());
        CHECK(band.upper() - band.lower() < 0.002);
    }
}

TEST_CASE("the certified band holds the exact area in random cases") {
    const bands::tally random = bands::of_random_cases(roc_auc{}, 500, 31);
    CHECK(random.violated == 0);
    CHECK(random.defined >= 250);
}

TEST_CASE("DeLong's interval, where it has something to say") {
    for (const auto& from : oracle::metric_cases("scores")) {
        if (!from.has("delong")) continue;
        const double variance = from.numbers("delong").at(0);
        const estimate e = roc_auc{}(oracle::scored(from, scored_outcomes()));
        INFO("case '" << from.name << "'");
        if (!(variance > 1e-12)) continue;
        const placements found =
            placements_of(score_curve(oracle::scored(from, scored_outcomes())));
        const double t = student_critical(confidence_95.critical, found.freedom);
        // 1e-5: a class of barely more than one effective row loses digits in ep / (ep - 1).
        if (e.lower() < 1e-8 || 1 - e.upper() < 1e-8) continue;  // no digits left of the distance
        leeway_tests::check_ends(e, std::sqrt(variance), t, roc_auc::info, 1e-5);
    }
}

TEST_CASE("classes that are apart do not make an area certain") {
    const auto apart = [](int each) {
        scored_outcomes rows;
        for (int i = 0; i < each; ++i) {
            rows.update({.label = 0, .score = -1.0 - i});
            rows.update({.label = 1, .score = 1.0 + i});
        }
        return roc_auc{}(rows);
    };
    double before = 0;
    for (const int each : {1, 2, 5, 50, 5000}) {
        const estimate e = apart(each);
        CHECK(e.value() == 1);
        CHECK(e.upper() == 1);
        CHECK(e.lower() < 1);
        CHECK(e.lower() > before);  // more rows, more certain
        before = e.lower();
    }
    CHECK(apart(5).lower() < 0.85);
    CHECK(apart(5000).lower() > 0.998);
}

TEST_CASE("Newcombe's interval is the roots of its equation") {
    const double z = confidence_95.critical;
    for (const auto& [p, n] : {std::pair{1.0, 1.0}, {5.0, 8.0}, {40.0, 300.0}}) {
        for (const double area : {0.0, 0.3, 0.5, 0.9, 1.0}) {
            const estimate e = detail::newcombe_interval(area, p, n, p + n, confidence_95);
            for (const double a : {e.lower(), e.upper()}) {
                const double rows = (p + n) / 2;
                const double variance =
                    a * (1 - a) * (1 + (rows - 1) * ((1 - a) / (2 - a) + a / (1 + a))) / (p * n);
                CHECK(std::fabs((area - a) * (area - a) - z * z * variance) < 1e-12);
            }
            CHECK(e.lower() < e.upper());
        }
    }
}

TEST_CASE("a constant score knows nothing, and how little is known of it depends on the rows") {
    scored_outcomes rows;
    for (int i = 0; i < 40; ++i) rows.update({.label = i % 2, .score = 0.25});
    const estimate e = roc_auc{}(rows);
    CHECK(e.value() == 0.5);
    CHECK(e.lower() < 0.4);
    CHECK(e.upper() > 0.6);
}

TEST_CASE("turning scores and labels around leaves the area") {
    for (const bool weighted : {false, true}) {
        scored_outcomes rows;
        scored_outcomes turned;
        score_table table;
        score_table turned_table;
        for (auto row : laws::probability_rows(400, weighted)) {
            rows.update(row);
            table.update(row);
            row.label = 1 - row.label;
            row.score = -row.score;
            turned.update(row);
            turned_table.update(row);
        }
        CHECK(laws::detail::same_figure(roc_auc{}(rows), roc_auc{}(turned), 1e-13, true));
        CHECK(laws::detail::same_figure(roc_auc{}(table), roc_auc{}(turned_table), 1e-13, true));
    }
}

TEST_CASE("ROC AUC keeps the laws of a metric, on every score and on a table") {
    for (const bool weighted : {false, true}) {
        const auto rows = laws::probability_rows(400, weighted);
        laws::metric(
            roc_auc{}, [] { return scored_outcomes(); }, rows);
        laws::metric(
            roc_auc{}, [] { return score_table(log_linear_layout::probabilities()); }, rows);
    }
}

TEST_CASE("averages over one class against the rest equal scikit-learn's") {
    oracle::tally seen;
    std::size_t decided = 0;
    for (const auto& from : oracle::metric_cases("rows")) {
        const auto classes = static_cast<std::size_t>(from.integers("classes").at(0));
        std::vector<scored_outcomes> exact(classes);
        std::vector<score_table> tables(classes, score_table(log_linear_layout::probabilities()));
        oracle::for_each_row(from, [&](const probability_row& row) {
            for (std::size_t c = 0; c < classes; ++c) {
                const probability_outcome one{static_cast<std::size_t>(row.label) == c ? 1 : 0,
                                              row.scores[c], row.weight};
                exact[c].update(one);
                tables[c].update(one);
            }
        });
        for (const auto over : {average::macro, average::weighted}) {
            const roc_auc metric{over};
            const estimate e = metric(std::span<const scored_outcomes>(exact));
            decided += from.decided.count(metric.key());
            oracle::check(from, metric.key(), e, seen);
            const estimate band = metric(std::span<const score_table>(tables));
            REQUIRE(band.reason() == e.reason());
            if (!e) continue;
            CHECK(e.has_interval());
            CHECK(band.confidence() == 1);
            CHECK(band.lower() <= e.value() + 1e-15);
            CHECK(e.value() <= band.upper() + 1e-15);
        }
        const estimate pooled = roc_auc{average::micro}(std::span<const scored_outcomes>(exact));
        const estimate band = roc_auc{average::micro}(std::span<const score_table>(tables));
        REQUIRE(pooled.reason() == band.reason());
        if (!pooled) continue;
        CHECK(pooled.has_interval());
        CHECK(band.lower() <= pooled.value());
        CHECK(pooled.value() <= band.upper());
    }
    CHECK(seen.values >= 400);
    CHECK(seen.undefined >= 10);
    CHECK(decided >= 20);
}

TEST_CASE("one state has no average, and several need one") {
    const scored_outcomes one;
    const std::vector<scored_outcomes> several(2);
    CHECK_THROWS_AS(roc_auc{average::macro}(one), std::invalid_argument);
    CHECK_THROWS_AS(roc_auc{}(std::span<const scored_outcomes>(several)), std::invalid_argument);
    CHECK(roc_auc{average::macro}(std::span<const scored_outcomes>(several)).reason() ==
          undefined::empty);
    CHECK(roc_auc{average::micro}(std::span<const scored_outcomes>()).reason() == undefined::empty);
    CHECK(roc_auc{average::weighted}.key() == "roc_auc_weighted");
}

TEST_CASE("areas of weights near the ends of what a double holds") {
    const auto rows = laws::probability_rows(300, true);
    const auto filled = [&](double positive, double negative) {
        scored_outcomes exact;
        score_table table(log_linear_layout(4, -10, 0, false));
        for (probability_outcome row : rows) {
            row.weight *= row.label == 1 ? positive : negative;
            exact.update(row);
            table.update(row);
        }
        return std::pair{exact, table};
    };
    const auto [plain_rows, plain_table] = filled(1, 1);
    const estimate area = roc_auc{}(score_curve(plain_rows));
    const estimate band = roc_auc{}(plain_table);
    // The product of the classes' weights is 2^-1140 to 2^1120, beyond the range of a double.
    for (const auto& [positive, negative] :
         {std::pair{0x1p190, 0x1p-190}, {0x1p-190, 0x1p190}, {0x1p190, 0x1p190}}) {
        CAPTURE(positive, negative);
        const auto [exact, table] = filled(positive, negative);
        CHECK(roc_auc{}(score_curve(exact)).value() == area.value());
        CHECK(roc_auc{}(table).value() == Approx(band.value()).epsilon(1e-14));
        CHECK(roc_auc{}(table).upper() == Approx(band.upper()).epsilon(1e-11));
    }
    // Columns are taken as they are.
    std::vector<std::int32_t> label;
    std::vector<double> score, weight;
    for (const auto& row : rows) {
        label.push_back(row.label);
        score.push_back(row.score);
        weight.push_back(row.weight);
    }
    for (const int power : {-570, 560}) {
        auto scaled = weight;
        for (double& one : scaled) one = std::ldexp(one, power);
        CHECK(placements_of(score_curve(label, score, scaled)).area == area.value());
    }
}

TEST_CASE("areas of weights that overflow are out of range") {
    const std::vector<std::int32_t> label{0, 1, 0, 1};
    const std::vector<double> score{1, 2, 3, 4}, weight(4, 1e308);
    const score_curve curve(label, score, weight);
    CHECK(roc_auc{}(curve).reason() == undefined::out_of_range);
    score_table table;
    for (int row = 0; row < 4; ++row)
        table.update({.label = row % 2, .score = 1.0 + row, .weight = 0x1p190});
    for (int doubling = 0; doubling < 1023; ++doubling) {
        const score_table half = table;
        table.merge(half);
    }
    CHECK(roc_auc{}(table).reason() == undefined::out_of_range);
    CHECK(score_cells(table).slack() > 0);
}

TEST_CASE(
    "the micro average's interval takes rows, and not their pairs with classes, as its unit") {
    random_source random(31);
    scored_outcomes one;
    for (int row = 0; row < 400; ++row) {
        const std::int32_t label = random.uniform() < 0.4 ? 1 : 0;
        one.update({label, random.normal() + 0.8 * label, row % 3 == 0 ? 2.0 : 1.0});
    }
    const estimate single = roc_auc{}(one);
    // The same state three times is no more data: the interval must be that of one, DeLong's, but
    // for terms of 1 / n in how its two parts count their degrees of freedom.
    const std::vector<scored_outcomes> copies(3, one);
    const estimate micro = roc_auc{average::micro}(std::span<const scored_outcomes>(copies));
    CHECK(micro.value() == Approx(single.value()).epsilon(1e-14));
    CHECK(micro.weight() == Approx(single.weight()));
    CHECK(micro.lower() == Approx(single.lower()).margin(0.02 * (single.upper() - single.lower())));
    CHECK(micro.upper() == Approx(single.upper()).margin(0.02 * (single.upper() - single.lower())));

    // States of different rows tell nothing about which belong together.
    std::vector<scored_outcomes> apart(2, one);
    apart[1].update({1, 0.5});
    CHECK_FALSE(roc_auc{average::micro}(std::span<const scored_outcomes>(apart)).has_interval());
}

TEST_CASE("the micro average's interval covers for rows whose labels hang together") {
    // Three labels a row with a common part in truth and score; pairs taken as rows of their own
    // would cover about 80 % here.
    random_source random(7);
    const auto draw = [&](std::size_t rows) {
        std::vector<scored_outcomes> labels(3);
        for (std::size_t row = 0; row < rows; ++row) {
            const double truth = random.normal();
            const double noise = random.normal();
            for (auto& label : labels) {
                const std::int32_t y = truth + 0.3 * random.normal() > 0 ? 1 : 0;
                label.update({y, 0.8 * y + noise + 0.3 * random.normal()});
            }
        }
        return roc_auc{average::micro}(std::span<const scored_outcomes>(labels));
    };
    const double exact = draw(200'000).value();
    int covered = 0;
    for (int repeat = 0; repeat < 1000; ++repeat) {
        const estimate e = draw(100);
        covered += e.lower() <= exact && exact <= e.upper() ? 1 : 0;
    }
    // 950 less and more three standard errors of 6.9.
    CHECK(covered >= 929);
    CHECK(covered <= 971);
}
