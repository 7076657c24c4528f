// The exporters on what a monitor really makes, from training rows to the page.
#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/export/json.hpp"
#include "leeway/export/prometheus.hpp"
#include "leeway/export/text.hpp"
#include "leeway/monitor/make_snapshot.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/reference_builder.hpp"
#include "prometheus_page.hpp"
#include "support/catch.hpp"
#include "support/json.hpp"

using support::json;
using support::prometheus_page;

namespace {

struct rows {
    leeway::random_source random;

    double uniform() { return static_cast<double>(random() >> 11) * 0x1p-53; }
    std::vector<double> next(double shift) {
        return {10 * uniform() + shift, std::floor(3 * uniform()),
                uniform() < 0.1 ? std::numeric_limits<double>::quiet_NaN() : uniform()};
    }
    double label(double score) { return uniform() < score ? 1 : 0; }
};

double score_of(const std::vector<double>& row) {
    return 0.1 + 0.08 * row[0] / (1 + row[0] / 10);
}

leeway::reference trained() {
    leeway::reference_builder build{
        leeway::schema{}.numeric("amount").categorical("shop").numeric("age")};
    rows source{leeway::random_source(1)};
    for (int i = 0; i < 3000; ++i) {
        const std::vector<double> row = source.next(0);
        const double score = score_of(row);
        build.update(row, {.label = source.label(score), .score = score});
    }
    return build.finish();
}

leeway::time_point at(int second) {
    return leeway::time_point(std::chrono::seconds(1'700'000'000 + second));
}

}  // namespace

TEST_CASE("export: a monitor's snapshot from training to the page") {
    leeway::monitor watch(trained(), {.false_alarm_every = 1000});
    auto recorder = watch.recorder();
    rows source{leeway::random_source(2)};
    for (int i = 0; i < 2000; ++i) {
        const std::vector<double> row = source.next(i < 1000 ? 0 : 3);
        const double score = score_of(row);
        recorder.record(row, score, source.label(score));
        if (i % 100 == 99) (void)watch.poll(at(i));
    }
    const leeway::snapshot now = watch.snapshot(at(2000));
    REQUIRE(now.rows == 2000);
    REQUIRE(now.alarms_in_all > 0);

    const std::string text = leeway::to_prometheus(now);
    const auto page = prometheus_page::parse(text);
    CHECK(page.value("leeway_predictions_total") == 2000);
    CHECK(page.value("leeway_dropped_series") == 0);
    CHECK(page.value("leeway_score_count") == 2000);
    CHECK(page.value("leeway_reference_score_count") == 3000);
    double seen = 0;
    double reference = 0;
    for (const auto& one : page.find("leeway_feature_bin_observations_total")->samples) {
        if (one.label.at("feature") == "amount") seen += one.value;
    }
    for (const auto& one : page.find("leeway_reference_bin_ratio")->samples) {
        if (one.label.at("feature") == "amount") reference += one.value;
    }
    CHECK(seen == 2000);
    CHECK(reference == Approx(1));
    // Sixteen bins of equal mass have fifteen edges between them, and +Inf.
    std::size_t edges = 0;
    for (const auto& one : page.find("leeway_score")->samples) edges += one.label.count("le");
    CHECK(edges == 16);
    CHECK(page.value("leeway_drift_state", {{"feature", "amount"}}) == 2);
    CHECK(page.value("leeway_beyond_leeway", {{"feature", "amount"}}) == 1);
    CHECK(page.value("leeway_metric", {{"name", "roc_auc"}}) > 0.5);

    const json read = json::parse(leeway::to_json(now));
    CHECK(read["rows"].number() == 2000);
    CHECK(read["features"].size() == 3);
    CHECK(read["features"][0]["bins"][0]["upper"].is_number());
    CHECK(read["alarms"].size() == now.alarms.size());

    const std::string tables = leeway::to_text(now);
    CHECK(tables.find("amount") != tables.npos);
    CHECK(tables.find("nan") == tables.npos);
}

TEST_CASE("export: a snapshot that no detector watches says so and claims no evidence") {
    const leeway::reference against = trained();
    leeway::monitor watch(against);
    auto recorder = watch.recorder();
    rows source{leeway::random_source(3)};
    for (int i = 0; i < 100; ++i) {
        const std::vector<double> row = source.next(0);
        recorder.record(row, score_of(row));
    }
    const leeway::snapshot merged =
        leeway::make_snapshot(against, watch.state(at(1)), at(2), leeway::alert_rule{});
    const std::string text = leeway::to_prometheus(merged);
    const auto page = prometheus_page::parse(text);
    CHECK(page.value("leeway_predictions_total") == 100);
    CHECK(text.find("leeway_drift_evidence") == text.npos);
    CHECK(text.find("leeway_panel_evidence") == text.npos);
    const json read = json::parse(leeway::to_json(merged));
    CHECK_FALSE(read["features"][0].contains("guard"));
    CHECK(leeway::to_text(merged).find("not watched") != std::string::npos);
}
