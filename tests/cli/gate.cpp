#include <cmath>
#include <sstream>
#include <string>

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
    const auto run = run_leeway(dir, "gate gates.json f.csv");
    INFO(run.out << run.err);
    CHECK(run.code == 2);
    CHECK(run.out == "");
    return run.err;
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
    CHECK(contains(markdown, "| **fail** | accuracy at least 0.7000 (lower bound) | group = g7 |"));
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
    CHECK(contains(refused(dir, R"({"task": "ternary"})"),
                   R"(task is "ternary", expected binary, multiclass or regression)"));
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
                 "confidence is 2, expected a number between 0 and 1"));
}
