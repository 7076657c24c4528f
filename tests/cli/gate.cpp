#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "leeway/core/random.hpp"
#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::look_up;
using support::run_leeway;
using support::scratch;

namespace {

/// 3,000 rows in ten groups, three in four right; group "g7" is right only every second time.
std::string rows() {
    leeway::random_source random(3);
    std::ostringstream out;
    out << "y,s,group\n";
    for (int i = 0; i < 3000; ++i) {
        const int group = i % 10;
        const int label = random.bernoulli(0.5) ? 1 : 0;
        const bool right = random.bernoulli(group == 7 ? 0.5 : 0.75);
        out << label << ',' << ((label == 1) == right ? 0.8 : 0.2) << ",g" << group << '\n';
    }
    out << "1,0.2,tiny\n";
    return out.str();
}

const std::string binary_columns = R"("task": "binary", "label": "y", "score": "s", )";

std::string refused(const scratch& dir, const std::string& gates) {
    dir.file("gates.json", gates);
    return support::refusal_of(dir, "gate gates.json f.csv");
}

}  // namespace

TEST_CASE("gate: passes and fails on the interval's end, with a sentence each") {
    const scratch dir;
    dir.file("f.csv", rows());
    dir.file("gates.json", "{" + binary_columns + R"("gates": [
        {"metric": "accuracy", "at_least": 0.68},
        {"metric": "brier_score", "at_most": 0.5, "least_weight": 1000}]})");
    const auto fine = run_leeway(dir, "gate gates.json f.csv");
    INFO(fine.out << fine.err);
    CHECK(fine.code == 0);
    CHECK(contains(fine.out, "pass             accuracy at least 0.6800 (lower bound): 0.7"));
    CHECK(contains(fine.out, "its upper bound is at or below 0.5000"));
    CHECK(contains(fine.out, "2 passed, 0 failed, 0 without enough data"));

    // The value is above the limit and the lower end is not.
    dir.file("gates.json",
             "{" + binary_columns + R"("gates": [{"metric": "accuracy", "at_least": 0.72}]})");
    const auto missed = run_leeway(dir, "gate gates.json f.csv --format json");
    CHECK(missed.code == 1);
    const json found = json::parse(missed.out);
    CHECK(found["schema"].text() == "leeway.gate/1");
    CHECK(found["passed"].boolean() == false);
    const json& gate = found["gates"].items().at(0);
    CHECK(gate["verdict"].text() == "fail");
    CHECK(gate["figure"]["value"].number() > 0.72);
    CHECK(gate["figure"]["lower"].number() < 0.72);

    dir.file("gates.json",
             "{" + binary_columns +
                 R"("gates": [{"metric": "accuracy", "at_least": 0.72, "on": "value"}]})");
    CHECK(run_leeway(dir, "gate gates.json f.csv").code == 0);
    dir.file("gates.json",
             "{" + binary_columns +
                 R"("gates": [{"metric": "accuracy", "at_least": 0.1, "least_weight": 1e6}]})");
    const auto unanswered = run_leeway(dir, "gate gates.json f.csv");
    CHECK(unanswered.code == 1);
    CHECK(contains(unanswered.out, "not enough data"));
}

TEST_CASE("gate: among slices only what is shown to miss fails") {
    const scratch dir;
    dir.file("f.csv", rows());
    dir.file("gates.json", "{" + binary_columns + R"("false_discovery": 0.05, "gates": [
        {"metric": "accuracy", "at_least": 0.7, "slice": "group", "least_weight": 30}]})");
    const auto run = run_leeway(dir,
                                "gate gates.json f.csv --format json --junit out.xml "
                                "--markdown out.md");
    INFO(run.out << run.err);
    CHECK(run.code == 1);
    const json found = json::parse(run.out);
    REQUIRE(found["gates"].size() == 11);
    for (const json& gate : found["gates"].items()) {
        INFO(gate["slice"].text());
        const std::string verdict = gate["verdict"].text();
        if (gate["slice"].text() == "group = g7") {
            CHECK(verdict == "fail");
        } else if (gate["slice"].text() == "group = tiny") {
            CHECK(verdict == "not enough data");
        } else {
            CHECK(verdict == "pass");
        }
    }
    const std::string junit = support::read_all(dir.path() / "out.xml");
    CHECK(contains(junit, R"(<testsuite name="leeway gate" tests="11" failures="1" errors="0">)"));
    CHECK(contains(junit, R"(<failure type="fail" message="0.)"));
    CHECK(contains(junit, "<skipped message="));
    const std::string markdown = support::read_all(dir.path() / "out.md");
    CHECK(contains(markdown, "### Quality gates: failed"));
    CHECK(contains(
        markdown, "| **fail** | accuracy at least 0.7000 (no slice shown to miss) | group = g7 |"));
}

TEST_CASE("gate: a file of gates that cannot be used is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", "y,s\n1,0.9\n0,0.2\n");
    CHECK(contains(refused(dir, "{"), "gates.json: parse error at line 1"));
    CHECK(contains(refused(dir, "[]"), "gates.json is [], expected an object"));
    CHECK(contains(refused(dir, R"({"score": "s"})"), "gates.json: label is missing"));
    CHECK(contains(refused(dir, R"({"label": "y"})"), "expected one of score and prediction"));
    CHECK(contains(refused(dir, "{" + binary_columns + R"("gates": []})"),
                   "gates.json: gates is [], expected a list of at least one gate"));
    CHECK(contains(
        refused(dir, R"({"task": "ternary"})"),
        R"(task is "ternary", expected binary, multiclass, multilabel, regression, ranking, forecast or survival)"));
    const auto with_gate = [&](const std::string& gate) {
        return refused(dir, "{" + binary_columns + R"("gates": [)" + gate + "]}");
    };
    CHECK(contains(with_gate(R"({"metric": "accuracy"})"),
                   "gates[0]: expected one of at_least and at_most"));
    CHECK(contains(with_gate(R"({"metric": "accuracy", "at_least": "high"})"),
                   R"(gates[0].at_least is "high", expected a number)"));
    CHECK(contains(with_gate(R"({"metric": "accuracy", "at_least": 0.5, "slise": "y"})"),
                   "there is no member 'slise'; did you mean 'slice'?"));
    CHECK(contains(with_gate(R"({"metric": "acuracy", "at_least": 0.5})"),
                   "did you mean 'accuracy'?"));
    CHECK(contains(with_gate(R"({"metric": "accuracy", "at_least": 0.5, "slice": "no"})"),
                   "there is no column 'no'"));
    CHECK(
        contains(refused(dir, "{" + binary_columns +
                                  R"("confidence": 2, "gates": [{"metric": "a", "at_most": 1}]})"),
                 "confidence is 2, expected a number of at least 0.01 and below 1"));
}

namespace {

/// 2,000 rows with two models' scores: b is a with noise, and much is a coin.
std::string two_models() {
    leeway::random_source random(8);
    std::ostringstream out;
    out << "y,a,b,much,da,db,t,pa,pb\n";
    for (int i = 0; i < 2000; ++i) {
        const double at = random.normal();
        const double truth = 1 / (1 + std::exp(-2 * at));
        const int label = random.bernoulli(truth) ? 1 : 0;
        const double noisy = 1 / (1 + std::exp(-2 * at - 0.3 * random.normal()));
        out << label << ',' << truth << ',' << noisy << ",0.5," << (truth >= 0.5) << ','
            << (noisy >= 0.5) << ',' << at << ',' << at + 0.5 * random.normal() << ','
            << at + 0.6 * random.normal() << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("gate: a candidate against the baseline of the same rows, paired") {
    const scratch dir;
    dir.file("f.csv", two_models());
    const auto held = [&](const std::string& columns, const std::string& gates) {
        dir.file("gates.json", "{" + columns + R"(, "gates": [)" + gates + "]}");
        const auto run = run_leeway(
            dir, "gate gates.json f.csv --format json --junit out.xml --markdown out.md");
        INFO(run.err);
        CHECK(run.err == "");
        CHECK(run.code == (json::parse(run.out)["passed"].boolean() ? 0 : 1));
        return json::parse(run.out)["gates"];
    };
    // The figures are compare's, with its tests.
    const json compared =
        json::parse(run_leeway(dir,
                               "compare f.csv --label y --score-a b --score-b a --format json "
                               "--metric log_loss,roc_auc,accuracy,f1")
                        .out)["metrics"];
    const json gates = held(R"("label": "y", "score": "b", "baseline_score": "a")",
                            R"({"metric": "log_loss", "not_worse_than_baseline_by": 0.03},
           {"metric": "log_loss", "not_worse_than_baseline_by": 0},
           {"metric": "roc_auc", "not_worse_than_baseline_by": 0.02},
           {"metric": "accuracy", "better_than_baseline_by": 0},
           {"metric": "f1", "not_worse_than_baseline_by": 0.05},
           {"metric": "roc_auc", "at_least": 0.6},
           {"metric": "accuracy", "not_worse_than_baseline_by": 0.5, "least_weight": 2001},
           {"metric": "accuracy", "better_than_baseline_by": 0, "on": "value"})");
    REQUIRE(gates.size() == 8);
    const char* verdicts[] = {"pass", "fail", "pass", "fail", "pass", "pass", "not enough data"};
    for (std::size_t i = 0; i < 7; ++i) {
        INFO(i << ": " << gates[i]["sentence"].text());
        CHECK(gates[i]["verdict"].text() == verdicts[i]);
    }
    for (const auto& [place, key] : std::vector<std::pair<std::size_t, std::string>>{
             {0, "log_loss"}, {2, "roc_auc"}, {3, "accuracy"}, {4, "f1"}}) {
        INFO(key);
        const json& gate = gates[place];
        const json& pair = compared[key];
        for (const char* end : {"value", "lower", "upper"}) {
            CHECK(gate["figure"][end].number() == pair["difference"][end].number());
        }
        CHECK(gate["candidate"]["value"].number() == pair["a"]["value"].number());
        CHECK(gate["baseline"]["value"].number() == pair["b"]["value"].number());
        CHECK(gate["test"].text() == pair["test"].text());
    }
    CHECK(gates[0]["gate"].text() ==
          "log_loss not worse than the baseline by more than 0.0300 (upper bound)");
    CHECK(contains(gates[1]["sentence"].text(), "worse than the baseline by more than 0.0000"));
    CHECK(contains(support::read_all(dir.path() / "out.xml"),
                   "name=\"roc_auc not worse than the baseline by more than 0.0200 (lower bound)"));
    CHECK(contains(support::read_all(dir.path() / "out.md"),
                   "| **fail** | accuracy better than the baseline by at least 0.0000"));

    // A coin is found out, of decisions and of numbers as well; the same model passes at margin 0.
    const auto verdict = [&](const std::string& columns, const std::string& gate) {
        return held(columns, gate)[0]["verdict"].text();
    };
    const std::string not_worse = R"("not_worse_than_baseline_by": 0})";
    CHECK(verdict(R"("label": "y", "score": "much", "baseline_score": "a")",
                  R"({"metric": "brier_score", )" + not_worse) == "fail");
    CHECK(verdict(R"("label": "y", "score": "a", "baseline_score": "much")",
                  R"({"metric": "brier_score", "better_than_baseline_by": 0.05})") == "pass");
    CHECK(verdict(R"("label": "y", "score": "a", "baseline_score": "a")",
                  R"({"metric": "log_loss", )" + not_worse) == "pass");
    CHECK(verdict(R"("label": "y", "prediction": "db", "baseline_prediction": "da")",
                  R"({"metric": "recall", "not_worse_than_baseline_by": 0.05})") == "pass");
    CHECK(verdict(R"("task": "regression", "label": "t", "score": "pb", "baseline_score": "pa")",
                  R"({"metric": "huber_loss_1", )" + not_worse) == "fail");
    CHECK(verdict(R"("task": "multiclass", "label": "y", "prediction": "db",
                     "baseline_prediction": "da")",
                  R"({"metric": "precision_macro", "not_worse_than_baseline_by": 0.05})") ==
          "pass");
    // Replicates so few have no such quantile, which is not enough data and stops.
    CHECK(verdict(R"("label": "y", "score": "b", "baseline_score": "a", "bootstrap": 20)",
                  R"({"metric": "f1", "not_worse_than_baseline_by": 0.05})") == "not enough data");
}

TEST_CASE("gate: a baseline that cannot be used is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", "y,s,b,w\n1,0.9,0.8,1\n0,0.2,0.3,1\n");
    const auto with = [&](const std::string& columns, const std::string& gate) {
        return refused(dir, "{" + columns + R"(, "gates": [{"metric": )" + gate + "}]}");
    };
    const std::string both = R"("label": "y", "score": "s", "baseline_score": "b")";
    const std::string not_worse = R"(, "not_worse_than_baseline_by": 0.1)";
    CHECK(contains(with(R"("label": "y", "score": "s")", R"("log_loss")" + not_worse),
                   "a gate against the baseline needs baseline_score"));
    CHECK(contains(with(R"("label": "y", "prediction": "s", "baseline_score": "b")",
                        R"("accuracy")" + not_worse),
                   "needs baseline_prediction"));
    CHECK(contains(with(both, R"("log_loss", "slice": "w", "on": "value")" + not_worse),
                   "slices are judged by their intervals"));
    CHECK(contains(with(both, R"("log_loss", "slice": "v")" + not_worse), "no column 'v'"));
    CHECK(contains(with(both, R"("lgo_loss", "slice": "w")" + not_worse),
                   "gates[0].metric: there is no paired test of 'lgo_loss'"));
    CHECK(contains(with(both, R"("log_loss", "not_worse_than_baseline_by": -1)"),
                   "expected a number of at least 0"));
    CHECK(contains(with(both, R"("log_loss", "at_most": 1)" + not_worse),
                   "expected one of at_least and at_most, or of"));
    CHECK(contains(with(both + R"(, "bootstrap": 0.5)", R"("f1")" + not_worse),
                   "bootstrap is 0.5, expected a whole number from 1 to 100000"));
    CHECK(contains(with(both, R"("lgo_loss")" + not_worse),
                   "there is no paired test of 'lgo_loss'; did you mean 'log_loss'?"));
    CHECK(
        contains(with(both, R"("prevalence")" + not_worse), "prevalence has no better direction"));
    dir.file("gates.json", "{" + both + R"(, "gates": [{"metric": "log_loss")" + not_worse + "}]}");
    CHECK(contains(run_leeway(dir, "gate gates.json -", (dir.path() / "f.csv").string()).err,
                   "standard input cannot be"));
}

TEST_CASE("gate: where a slice is no count its p-value is searched in the interval") {
    const scratch dir;
    // Weights of 2 leave Wilson's interval as it is, and are no counts.
    std::istringstream plain(rows());
    std::string line, weighted;
    while (std::getline(plain, line)) weighted += line + (weighted.empty() ? ",w\n" : ",2\n");
    dir.file("f.csv", weighted);
    dir.file("gates.json", "{" + binary_columns + R"("weight": "w", "gates": [
        {"metric": "accuracy", "at_least": 0.7, "slice": "group", "least_weight": 30}]})");
    const json found = json::parse(run_leeway(dir, "gate gates.json f.csv --format json").out);
    int below = 0;
    for (const json& gate : found["gates"].items()) {
        const std::string sentence = gate["sentence"].text();
        INFO(sentence);
        const std::size_t at = sentence.find("(p ");
        if (at == std::string::npos) continue;  // the tiny slice
        const bool floor = contains(sentence, "(p < 1e-9");
        const double p = floor ? 1e-9 : std::strtod(sentence.c_str() + at + 3, nullptr);
        // Wilson's interval holds the shares that the score test does not reject: one-sided p.
        const double z = (0.7 - gate["figure"]["value"].number()) / std::sqrt(0.7 * 0.3 / 300);
        const double expected = std::erfc(z / std::sqrt(2.0)) / 2;
        if (expected >= 0.499) {
            CHECK(p == 1);
            continue;
        }
        ++below;
        // The search ends within 1 %; the sentence has three digits or more.
        CHECK(p == Approx(std::max(expected, 1e-9)).epsilon(0.015));
    }
    CHECK(below >= 1);
}

TEST_CASE("gate: forecasts and survival") {
    const scratch dir;
    std::string forecasts = "y,low,high,q10,q90,p\n";
    for (int i = 0; i < 400; ++i) {
        const std::string at = std::to_string(i % 10);
        forecasts += at + (i % 10 == 0 ? ",1,9,1,9,5\n" : ",0,9,0,8,5\n");
    }
    dir.file("f.csv", forecasts);
    dir.file("train.csv", "y\n1\n5\n1\n5\n");
    const auto verdicts = [&](const std::string& gates) {
        dir.file("gates.json", gates);
        const auto run = run_leeway(dir, "gate gates.json f.csv --format json");
        INFO(run.err);
        CHECK(run.err == "");
        std::string found;
        const json parsed = json::parse(run.out);
        for (const json& gate : parsed["gates"].items()) found += gate["verdict"].text() + " ";
        return found;
    };
    // Coverage 0.9 of one kind and 0.8 of the other, absolute errors of 2.5 over changes of 4.
    CHECK(verdicts(R"({"task": "forecast", "label": "y", "lower": "low", "upper": "high",
        "quantiles": "0.1=q10,0.9=q90", "score": "p", "train": "train.csv", "train_column": "y",
        "gates": [{"metric": "interval_coverage", "at_least": 0.85},
                  {"metric": "interval_coverage", "at_least": 0.9},
                  {"metric": "interval_coverage_0.8", "at_most": 0.85},
                  {"metric": "mean_absolute_scaled_error", "at_most": 0.7}]})") ==
          "pass fail pass pass ");
    std::string times = "t,d,r\n";
    for (int i = 0; i < 300; ++i) {
        times += std::to_string(i) + ',' + (i % 3 == 0 ? "0" : "1") + ',' +
                 std::to_string(1.0 / (1 + i)) + "\n";
    }
    dir.file("f.csv", times);
    CHECK(verdicts(R"({"task": "survival", "time": "t", "event": "d", "score": "r", "at": "20",
        "gates": [{"metric": "concordance_index", "at_least": 0.8, "on": "value"},
                  {"metric": "survival_brier_score_20", "at_most": 0.01}]})") == "pass fail ");
    CHECK(contains(refused(dir, R"({"task": "survival", "score": "r", "gates": []})"),
                   "expected time and event"));
    CHECK(contains(refused(dir, R"({"task": "forecast", "label": "t", "gates": []})"),
                   "expected lower, quantiles, ensemble, mean or score"));
    CHECK(contains(refused(dir, R"({"task": "forecast", "label": "t", "lower": "d"})"),
                   "expected lower with upper"));
    CHECK(contains(refused(dir, R"({"task": "forecast", "label": "t", "score": "r", "gates": [
                       {"metric": "r_squared", "not_worse_than_baseline_by": 0}]})"),
                   "is for binary, multiclass and regression"));
}
