#include "leeway/export/json.hpp"

#include <clocale>
#include <cmath>
#include <limits>
#include <locale>
#include <string>
#include <utility>
#include <vector>

#include "example_snapshot.hpp"
#include "leeway/evaluation/report.hpp"
#include "leeway/export/prometheus.hpp"
#include "leeway/export/text.hpp"
#include "support/catch.hpp"
#include "support/json.hpp"

using leeway::estimate;
using leeway::report;
using support::json;

namespace {

report example_report() {
    report::content figures;
    figures.task = "multiclass";
    figures.rows = 9;
    figures.weight = 8;
    figures.rejected.missing = 1;
    figures.entries = {
        {"accuracy", estimate::within(0.75, 0.5, 0.875, 0.95, 8)},
        {"expected_calibration_error", estimate::of(0.0625, 8)},
        {"roc_auc_macro", estimate(leeway::undefined::one_class, 8)},
    };
    figures.classes = {
        {0, "setosa", 3, {{"precision", estimate::within(0.5, 0.25, 0.75, 0.95, 4)}}},
        {1, "a \"quoted\" name", 5, {{"precision", {leeway::undefined::zero_denominator, 0}}}},
    };
    return report(std::move(figures));
}

/// Numbers with a comma, as a locale of central Europe prints them.
struct comma_numbers : std::numpunct<char> {
    char do_decimal_point() const override { return ','; }
    char do_thousands_sep() const override { return '.'; }
    std::string do_grouping() const override { return "\3"; }
};

/// Sets both locales for its lifetime: the facet is always there, the C locale where installed.
struct comma_locale {
    comma_locale() : before_(std::locale::global(std::locale(std::locale(), new comma_numbers))) {
        for (const char* name : {"de_DE.UTF-8", "de_DE.utf8", "fr_FR.UTF-8"}) {
            if (std::setlocale(LC_ALL, name)) break;
        }
    }
    ~comma_locale() {
        std::locale::global(before_);
        std::setlocale(LC_ALL, "C");
    }
    comma_locale(const comma_locale&) = delete;
    comma_locale& operator=(const comma_locale&) = delete;

  private:
    std::locale before_;
};

}  // namespace

TEST_CASE("json: a report, to the letter") {
    CHECK(
        leeway::to_json(example_report()) ==
        R"({"schema":"leeway.evaluate/1","task":"multiclass","rows":9,"weight":8,)"
        R"("confidence":0.95,"rejected":{"weight":0,"missing":1,"non_finite":0,"label":0,)"
        R"("range":0},"infinite_losses":0,"metrics":{"accuracy":{"value":0.75,"lower":0.5,"upper":0.875},)"
        R"("expected_calibration_error":{"value":0.0625},)"
        R"("roc_auc_macro":{"value":null,"undefined":"one class"}},)"
        R"("classes":[{"class":"setosa","index":0,"weight":3,"metrics":{"precision":)"
        R"({"value":0.5,"lower":0.25,"upper":0.75}}},{"class":"a \"quoted\" name","index":1,)"
        R"("weight":5,"metrics":{"precision":{"value":null,"undefined":"zero denominator"}}}]})");
}

TEST_CASE("json: a report without classes has none") {
    report::content figures;
    figures.task = "binary";
    const json read = json::parse(leeway::to_json(report(figures)));
    CHECK(read.keys() == std::vector<std::string>{"schema", "task", "rows", "weight", "confidence",
                                                  "rejected", "infinite_losses", "metrics"});
    CHECK(read["metrics"].size() == 0);
}

TEST_CASE("json: what is not finite is null with a reason") {
    const double inf = std::numeric_limits<double>::infinity();
    report::content figures;
    figures.entries = {{"mean_squared_error", estimate::of(inf, 3)},
                       {"r_squared", estimate::within(0.5, -inf, 1, 0.95, 3)}};
    const json read = json::parse(leeway::to_json(report(figures)))["metrics"];
    CHECK(read["mean_squared_error"]["value"].is_null());
    CHECK(read["mean_squared_error"]["undefined"].text() == "infinite");
    CHECK(read["r_squared"]["value"].number() == 0.5);
    CHECK(read["r_squared"]["lower"].is_null());
    CHECK(read["r_squared"]["upper"].number() == 1);
}

TEST_CASE("json: a snapshot reads back") {
    const std::string text = leeway::to_json(support::example_snapshot());
    CHECK(text.find('\n') == text.npos);
    const json read = json::parse(text);
    CHECK(read["schema"].text() == "leeway.snapshot/1");
    CHECK(read["reference_id"].text() == "0123456789abcdef");
    CHECK(read["period_start"].text() == "2023-11-14T22:13:20Z");
    CHECK(read["taken"].text() == "2023-11-14T22:14:20.5Z");
    CHECK(read["rows"].number() == 50);
    CHECK(read["rows_in_all"].number() == 250);
    CHECK(read["labels"]["rejected"].number() == 4);
    CHECK(read["panel"]["evidence"].number() == 1500.25);
    CHECK(read["panel"]["status"].text() == "drift");
    CHECK(read["error"]["current"]["confidence"].number() == 0.95);
    CHECK(read["metrics"]["accuracy"]["current"]["value"].number() == 0.75);
    CHECK(read["metrics"]["accuracy"]["better"].text() == "higher");
    CHECK(read["metrics"]["roc_auc"]["current"]["undefined"].text() == "one class");
    CHECK(read["outcomes"][1]["predicted"].number() == 1);
    CHECK(read["outcomes"][1]["n"].number() == 6);

    const json& amount = read["features"][0];
    CHECK(amount["name"].text() == "amount");
    CHECK(amount["missing_current"].number() == 5);
    CHECK(amount["bins"][0]["upper"].number() == 1.5);
    CHECK_FALSE(amount["bins"][1].contains("upper"));
    CHECK(amount["bins"][1]["current"].number() == 33);
    CHECK(amount["tests"].keys() ==
          std::vector<std::string>{"population_stability_index", "kolmogorov_smirnov"});
    CHECK(amount["tests"]["kolmogorov_smirnov"]["p_value"].number() == 0.0005);
    CHECK_FALSE(amount["tests"]["kolmogorov_smirnov"].contains("e_value"));
    CHECK(amount["verdict"].text() == "beyond");
    CHECK(amount["guard"]["evidence"].number() == 6000);
    CHECK(amount["guard"]["lag_one"]["value"].number() == 0.125);
    CHECK(amount["current"]["mean"]["value"].number() == 2.5);

    const json& country = read["features"][1];
    CHECK_FALSE(country.contains("current"));
    CHECK(country["tests"]["population_stability_index"]["statistic"].is_null());
    CHECK(country["tests"]["population_stability_index"]["undefined"].text() == "too little data");
    CHECK(country["guard"]["guarantee_void"].boolean());

    CHECK(read["score"]["kind"].text() == "score");
    CHECK(read["alarms"][0]["when"].text() == "2023-11-14T22:14:10Z");
    CHECK(read["alarms"][0]["effect"]["statistic"].number() == 0.25);
    CHECK(read["alarms"].size() == 1);
}

TEST_CASE("json: an empty snapshot leaves out what it does not have") {
    const json read = json::parse(leeway::to_json(leeway::snapshot{}));
    for (const char* key : {"period_start", "last_label", "score", "error", "outcomes"}) {
        CHECK_FALSE(read.contains(key));
    }
    CHECK(read["features"].size() == 0);
    CHECK(read["taken"].text() == "1970-01-01T00:00:00Z");
}

TEST_CASE("json: names of any bytes give a valid text") {
    leeway::snapshot now = support::example_snapshot();
    now.features[0].name = std::string("\x01\xFF\"\\", 4);
    now.features[0].bins[0].label = "line\nbreak";
    const json read = json::parse(leeway::to_json(now));
    CHECK(read["features"][0]["name"].text() == "\x01\xEF\xBF\xBD\"\\");
}

TEST_CASE("export: no locale has a say") {
    const leeway::snapshot now = support::example_snapshot();
    const std::string report_json = leeway::to_json(example_report());
    const std::string report_text = leeway::to_text(example_report());
    const std::string snapshot_json = leeway::to_json(now);
    const std::string snapshot_text = leeway::to_text(now);
    const std::string page = leeway::to_prometheus(now);
    const comma_locale german;
    CHECK(leeway::to_json(example_report()) == report_json);
    CHECK(leeway::to_text(example_report()) == report_text);
    CHECK(leeway::to_json(now) == snapshot_json);
    CHECK(leeway::to_text(now) == snapshot_text);
    CHECK(leeway::to_prometheus(now) == page);
}
