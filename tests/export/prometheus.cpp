#include "leeway/export/prometheus.hpp"

#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <limits>
#include <locale>
#include <stdexcept>
#include <string>

#include "example_snapshot.hpp"
#include "prometheus_page.hpp"
#include "support/catch.hpp"

using support::prometheus_page;

namespace {

/// The linter's exit code: 0 clean, 1 does not parse, 3 lint; -1 where promtool is not installed.
int promtool(const std::string& page) {
    if (std::system("command -v promtool >/dev/null 2>&1") != 0) return -1;
    const std::string path =
        std::string(LEEWAY_BINARY_DIR) + "/promtool_page." + std::to_string(::getpid()) + ".txt";
    std::ofstream(path, std::ios::binary) << page;
    const std::string command = "promtool check metrics < '" + path + "' >/dev/null 2>&1";
    const int status = std::system(command.c_str());
    return status == -1 ? 255 : (status >> 8) & 255;
}

bool lint_clean(const std::string& page) {
    const int code = promtool(page);
    return code == 0 || code == -1;
}

}  // namespace

TEST_CASE("prometheus: the page of a full snapshot") {
    const std::string text = leeway::to_prometheus(support::example_snapshot());
    CHECK(lint_clean(text));
    const auto page = prometheus_page::parse(text);

    CHECK(page.value("leeway_predictions_total") == 250);
    CHECK(page.value("leeway_rejected_rows_total") == 2);
    CHECK(page.value("leeway_labels_total", {{"state", "expired"}}) == 3);
    CHECK(page.value("leeway_outcomes_total", {{"actual", "0"}, {"predicted", "1"}}) == 6);
    CHECK(page.value("leeway_outcomes_total", {{"actual", "1"}, {"predicted", "0"}}) == 4);
    CHECK(page.value("leeway_alarms_total") == 1);

    CHECK(page.value("leeway_feature_missing_total", {{"feature", "amount"}}) == 5);
    CHECK(page.value("leeway_feature_out_of_range_total", {{"feature", "amount"}}) == 5);
    CHECK(page.value("leeway_feature_unseen_total", {{"feature", "country"}}) == 7);
    CHECK_THROWS(page.value("leeway_feature_out_of_range_total", {{"feature", "country"}}));
    CHECK(page.value("leeway_feature_bin_observations_total",
                     {{"feature", "amount"}, {"bin", "[1.5, inf)"}}) == 33);
    CHECK(page.value("leeway_reference_bin_ratio", {{"feature", "country"}, {"bin", "de"}}) == 0.6);

    // Bins are not cumulative: they add up to what was seen.
    double sum = 0;
    for (const auto& one : page.find("leeway_feature_bin_observations_total")->samples) {
        if (one.label.at("feature") == "amount") sum += one.value;
    }
    CHECK(sum == 50);

    CHECK(page.value("leeway_score_bucket", {{"le", "0.25"}}) == 8);
    CHECK(page.value("leeway_score_bucket", {{"le", "0.75"}}) == 18);
    CHECK(page.value("leeway_score_bucket", {{"le", "+Inf"}}) == 48);
    CHECK(page.value("leeway_score_count") == 48);
    CHECK(page.value("leeway_score_sum") == 24);
    CHECK(page.value("leeway_reference_score_bucket", {{"le", "0.75"}}) == 75);
    CHECK(page.value("leeway_reference_score_count") == 100);

    const prometheus_page::labels psi{{"feature", "amount"},
                                      {"method", "population_stability_index"}};
    CHECK(page.value("leeway_drift_score", psi) == 0.25);
    CHECK(page.value("leeway_drift_p_value", psi) == 0.001);
    CHECK(page.value("leeway_drift_state", {{"feature", "amount"}}) == 2);
    CHECK(page.value("leeway_drift_state", {{"kind", "error"}}) == 1);
    CHECK(page.value("leeway_beyond_leeway", {{"feature", "amount"}}) == 1);
    CHECK(page.value("leeway_beyond_leeway", {{"feature", "score"}}) == 0);
    CHECK_THROWS(page.value("leeway_beyond_leeway", {{"feature", "country"}}));
    CHECK_THROWS(page.value("leeway_drift_score", {{"feature", "country"}}));
    CHECK(page.value("leeway_guarantee_void", {{"feature", "country"}}) == 1);

    CHECK(page.value("leeway_metric", {{"name", "accuracy"}}) == 0.75);
    CHECK(page.value("leeway_metric_ci_lower", {{"name", "accuracy"}}) == 0.5);
    CHECK(page.value("leeway_metric_reference", {{"name", "roc_auc"}}) == 0.8);
    CHECK_THROWS(page.value("leeway_metric", {{"name", "roc_auc"}}));
    CHECK(page.value("leeway_metric_undefined", {{"name", "roc_auc"}, {"reason", "one class"}}) ==
          1);

    CHECK(page.value("leeway_reference_info", {{"reference_id", "0123456789abcdef"}}) == 1);
    CHECK(page.value("leeway_build_info", {{"library_version", std::string(leeway::version)}}) ==
          1);
    CHECK(page.value("leeway_window_start_timestamp_seconds") == 1'700'000'000);
    CHECK(page.value("leeway_snapshot_timestamp_seconds") == 1'700'000'060.5);
    CHECK(page.value("leeway_dropped_series") == 0);
}

TEST_CASE("prometheus: one channel's lines, to the letter") {
    leeway::snapshot now;
    now.features = {support::country()};
    const std::string text = leeway::to_prometheus(now, {.labels = {{"model", "fraud"}}});
    CHECK(text.find("# HELP leeway_feature_bin_observations_total Values by bin of the reference, "
                    "not cumulative.\n"
                    "# TYPE leeway_feature_bin_observations_total counter\n"
                    "leeway_feature_bin_observations_total{model=\"fraud\",feature=\"country\","
                    "kind=\"categorical\",bin=\"de\"} 20\n") != text.npos);
}

TEST_CASE("prometheus: an empty snapshot is a page too") {
    const std::string text = leeway::to_prometheus({});
    CHECK(lint_clean(text));
    CHECK(prometheus_page::parse(text).value("leeway_predictions_total") == 0);
}

TEST_CASE("prometheus: label values are escaped, valid and distinct") {
    leeway::snapshot now;
    leeway::channel_snapshot channel = support::country();
    channel.name = "a \"quoted\\name\"\nof two lines \xFF";
    const std::string url(300, 'x');
    channel.bins[0].label = url + "1";
    channel.bins[1].label = url + "1";
    now.features = {channel};
    const std::string text = leeway::to_prometheus(now);
    CHECK(lint_clean(text));
    const auto page = prometheus_page::parse(text);
    CHECK(page.value("leeway_feature_unseen_total",
                     {{"feature", "a \"quoted\\name\"\nof two lines \xEF\xBF\xBD"}}) == 7);
    const auto& bins = page.find("leeway_feature_bin_observations_total")->samples;
    REQUIRE(bins.size() == 5);
    CHECK(bins[0].label.at("bin").size() == 64);
    CHECK(bins[1].label.at("bin") == bins[0].label.at("bin") + " #2");
}

TEST_CASE("prometheus: a feature that is called score is not the score") {
    leeway::snapshot now = support::example_snapshot();
    now.features[0].name = "score";
    now.features[1].name = "error";
    const std::string text = leeway::to_prometheus(now);
    CHECK(lint_clean(text));
    const auto page = prometheus_page::parse(text);
    CHECK(page.value("leeway_drift_state", {{"feature", "score"}, {"kind", "numeric"}}) == 2);
    CHECK(page.value("leeway_drift_state", {{"feature", "score"}, {"kind", "score"}}) == 0);
    CHECK(page.value("leeway_dropped_series") == 0);
}

TEST_CASE("prometheus: two features of one name are written once, and the loss is counted") {
    leeway::snapshot now;
    now.features = {support::country(), support::country()};
    const auto page = prometheus_page::parse(leeway::to_prometheus(now));
    CHECK(page.find("leeway_feature_unseen_total")->samples.size() == 1);
    CHECK(page.value("leeway_dropped_series") == 16);
}

TEST_CASE("prometheus: NaN and infinity are not written") {
    leeway::snapshot now = support::example_snapshot();
    const double nan = std::nan("");
    now.features[0].guard.evidence = std::numeric_limits<double>::infinity();
    now.features[0].tests[0].result.statistic = nan;
    now.metrics[0].current = leeway::estimate::within(nan, nan, nan, 0.95, 40);
    now.panel.evidence = nan;
    const std::string text = leeway::to_prometheus(now);
    CHECK(lint_clean(text));
    CHECK_NOTHROW(prometheus_page::parse(text));
    CHECK(text.find("nan") == text.npos);
    CHECK(text.find("leeway_panel_evidence") == text.npos);
}

TEST_CASE("prometheus: the limit drops whole features from the end and says how many") {
    leeway::snapshot now;
    for (int i = 0; i < 30; ++i) {
        leeway::channel_snapshot channel = support::amount();
        channel.name = "f" + std::to_string(i);
        now.features.push_back(channel);
    }
    const auto all = prometheus_page::parse(leeway::to_prometheus(now));
    REQUIRE(all.value("leeway_dropped_series") == 0);

    for (std::size_t most : {std::size_t{1}, std::size_t{50}, std::size_t{400}, all.series() - 1}) {
        const std::string text = leeway::to_prometheus(now, {.most_series = most});
        CHECK(lint_clean(text));
        const auto page = prometheus_page::parse(text);
        CHECK(page.series() <= most);
        CHECK(page.value("leeway_dropped_series") ==
              static_cast<double>(all.series() - page.series()));
        std::map<std::string, int> bins;
        if (const auto* family = page.find("leeway_feature_bin_observations_total")) {
            for (const auto& one : family->samples) ++bins[one.label.at("feature")];
        }
        for (const auto& [feature, n] : bins) CHECK(n == 5);
        if (most == 400) CHECK(bins.count("f0") == 1);
        CHECK(bins.count("f29") == 0);
    }
    const auto exact =
        prometheus_page::parse(leeway::to_prometheus(now, {.most_series = all.series()}));
    CHECK(exact.value("leeway_dropped_series") == 0);
}

TEST_CASE("prometheus: wrong label names raise") {
    const leeway::snapshot now;
    for (const std::string name : {"", "9a", "a-b", "__reserved", "feature", "le"}) {
        CHECK_THROWS_AS(leeway::to_prometheus(now, {.labels = {{name, "x"}}}),
                        std::invalid_argument);
    }
    CHECK_THROWS_AS(leeway::to_prometheus(now, {.labels = {{"a", "x"}, {"a", "y"}}}),
                    std::invalid_argument);
    const auto page = prometheus_page::parse(
        leeway::to_prometheus(now, {.labels = {{"model", "fraud"}, {"version", "7"}}}));
    CHECK(page.value("leeway_predictions_total", {{"model", "fraud"}, {"version", "7"}}) == 0);
}

TEST_CASE("prometheus: the checks themselves can fail") {
    CHECK_THROWS(prometheus_page::parse("a 1\n"));
    CHECK_THROWS(prometheus_page::parse("# HELP a b\n# TYPE a gauge\na 1\na 2\n"));
    CHECK_THROWS(prometheus_page::parse("# HELP a b\n# TYPE a counter\na 1\n"));
    CHECK_THROWS(prometheus_page::parse("# HELP aB b\n# TYPE aB gauge\naB 1\n"));
    CHECK_THROWS(prometheus_page::parse("# HELP a b\n# TYPE a gauge\na NaN\n"));
    CHECK_NOTHROW(prometheus_page::parse("# HELP a b\n# TYPE a gauge\na{x=\"1\"} 1\na 2\n"));
    const int code = promtool("# TYPE a counter\na 1\n");
    CHECK((code == 3 || code == -1));
}
