// Gates on the figures of one class, label, output or group, and through a calibrator.
#include <cstdlib>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

namespace {

std::vector<json> held(const scratch& dir, const std::string& members) {
    dir.file("gates.json", "{" + members + "}");
    const auto run = run_leeway(dir, "gate gates.json f.csv --format json");
    INFO(run.err);
    REQUIRE(run.err == "");
    return json::parse(run.out)["gates"].items();
}

std::string refused(const scratch& dir, const std::string& members) {
    dir.file("gates.json", "{" + members + "}");
    return support::refusal_of(dir, "gate gates.json f.csv");
}

/// The figure that evaluate has for the class of that name.
json of_part(const json& classes, const std::string& kind, const std::string& name,
             const std::string& key) {
    for (const json& one : classes.items()) {
        if (one[kind].text() == name) return one["metrics"][key];
    }
    FAIL("no " << kind << " " << name);
    return classes;
}

void same_figure(const json& gate, const json& figure) {
    for (const char* end : {"value", "lower", "upper"}) {
        CHECK(gate["figure"][end].number() == figure[end].number());
    }
}

/// Three kinds of 40, 100 and 260 rows, in two halves; of fraud 30 in the first are found.
std::string kinds() {
    std::string out = "y,d,h\n";
    const auto add = [&](const std::string& label, const std::string& decided, int rows,
                         const std::string& half) {
        for (int i = 0; i < rows; ++i) out += label + ',' + decided + ',' + half + '\n';
    };
    add("fraud", "fraud", 19, "a");
    add("fraud", "fine", 1, "a");
    add("fraud", "fraud", 11, "b");
    add("fraud", "fine", 9, "b");
    add("late", "late", 90, "a");
    add("late", "fraud", 10, "b");
    add("fine", "fine", 240, "a");
    add("fine", "late", 20, "b");
    return out;
}

const std::string decided = R"("task": "multiclass", "label": "y", "prediction": "d", )";

}  // namespace

TEST_CASE("gate: the figure of one class") {
    const scratch dir;
    dir.file("f.csv", kinds());
    const json classes = support::answer_of(dir,
                                            "evaluate f.csv --task multiclass --label y "
                                            "--prediction d --format json")["classes"];
    const auto gates = held(dir, decided + R"("gates": [
        {"metric": "recall", "class": "fraud", "at_least": 0.6},
        {"metric": "recall", "class": "fraud", "at_least": 0.7},
        {"metric": "f1", "class": "late", "at_least": 0.8}])");
    REQUIRE(gates.size() == 3);
    CHECK(gates[0]["gate"].text() == "recall of class fraud at least 0.6000 (lower bound)");
    same_figure(gates[0], of_part(classes, "class", "fraud", "recall"));
    CHECK(gates[0]["figure"]["value"].number() == 0.75);
    CHECK(gates[1]["verdict"].text() == "fail");
    same_figure(gates[2], of_part(classes, "class", "late", "f1"));

    // In slices with the exact p-values of the class's rows: 19 of 20, 11 of 20.
    const auto slices = held(dir, decided + R"("gates": [
        {"metric": "recall", "class": "fraud", "at_least": 0.9, "slice": "h"},
        {"metric": "f1", "class": "fraud", "at_least": 0.9, "slice": "h"}])");
    REQUIRE(slices.size() == 4);
    CHECK(slices[0]["gate"].text() ==
          "recall of class fraud at least 0.9000 (no slice shown to miss)");
    const auto p_in = [](const json& gate) {
        const std::string text = gate["sentence"].text();
        return std::strtod(text.c_str() + text.find("(p ") + 3, nullptr);
    };
    // SciPy: binomtest(19, 20, 0.9, "less").pvalue, and of 11
    CHECK(p_in(slices[0]) == Approx(0.8784233454094308).margin(5e-5));
    CHECK(p_in(slices[1]) == Approx(5.9858531740360085e-05).epsilon(5e-4));
    CHECK(slices[0]["verdict"].text() == "pass");
    CHECK(slices[1]["verdict"].text() == "fail");
    CHECK(slices[3]["verdict"].text() == "fail");
}

TEST_CASE("gate: the figure of one label, output or group") {
    const scratch dir;
    leeway::random_source random(3);
    std::string rows = "a,b,pa,pb,u,v,g\n";
    for (int i = 0; i < 300; ++i) {
        const int a = random.bernoulli(0.4) ? 1 : 0;
        const int b = random.bernoulli(0.5) ? 1 : 0;
        rows += std::to_string(a) + ',' + std::to_string(b) + ',' +
                std::to_string(random.bernoulli(0.9) ? a : 1 - a) + ',' +
                std::to_string(random.bernoulli(0.6) ? b : 1 - b) + ',' +
                std::to_string(a + 0.1 * random.normal()) + ',' +
                std::to_string(b + random.normal()) + (i % 3 == 0 ? ",x\n" : ",y\n");
    }
    dir.file("f.csv", rows);
    const json labels = support::answer_of(dir,
                                           "evaluate f.csv --task multilabel --label a,b "
                                           "--prediction pa,pb --format json")["labels"];
    const auto of_labels =
        held(dir, R"("task": "multilabel", "label": ["a", "b"], "prediction": ["pa", "pb"],
        "gates": [{"metric": "precision", "label": "a", "at_least": 0.7},
                  {"metric": "precision", "label": "b", "at_least": 0.7}])");
    same_figure(of_labels[0], of_part(labels, "label", "a", "precision"));
    same_figure(of_labels[1], of_part(labels, "label", "b", "precision"));
    CHECK(of_labels[0]["verdict"].text() == "pass");
    CHECK(of_labels[1]["verdict"].text() == "fail");

    const json outputs = support::answer_of(dir,
                                            "evaluate f.csv --task regression --label a,b "
                                            "--score u,v --format json")["classes"];
    const auto of_outputs =
        held(dir, R"("task": "regression", "label": ["a", "b"], "score": ["u", "v"],
        "gates": [{"metric": "mean_squared_error", "output": "b", "at_most": 0.5}])");
    same_figure(of_outputs[0], of_part(outputs, "class", "b", "mean_squared_error"));
    CHECK(of_outputs[0]["verdict"].text() == "fail");

    const json groups = support::answer_of(
        dir, "evaluate f.csv --task binary --label a --prediction pa --group g --format json");
    const auto of_groups = held(dir, R"("label": "a", "prediction": "pa", "group": "g",
        "gates": [{"metric": "accuracy", "group": "x", "at_least": 0.5},
                  {"metric": "accuracy", "at_least": 0.5}])");
    CHECK(of_groups[0]["gate"].text() == "accuracy of group x at least 0.5000 (lower bound)");
    same_figure(of_groups[0],
                of_part(groups["between_groups"]["groups"], "group", "x", "accuracy"));
    CHECK(of_groups[1]["figure"]["lower"].number() != of_groups[0]["figure"]["lower"].number());
}

TEST_CASE("gate: a class that is not there is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", kinds());
    const auto with = [&](const std::string& gate) {
        return refused(dir, decided + R"("gates": [{)" + gate + "}]");
    };
    CHECK(contains(with(R"("metric": "recall", "class": "farud", "at_least": 0.8)"),
                   "gates[0].class: there is no class 'farud'; did you mean 'fraud'?"));
    CHECK(contains(with(R"("metric": "recal", "class": "fraud", "at_least": 0.8)"),
                   "gates[0].metric: a class of a multiclass report has no figure 'recal'; did "
                   "you mean 'recall'?"));
    CHECK(contains(with(R"("metric": "recall", "class": "fraud", "group": "a", "at_least": 0.8)"),
                   "expected one of class and group"));
    CHECK(contains(with(R"("metric": "recall", "group": "a", "at_least": 0.8)"),
                   "group needs the member group of the file"));
    CHECK(contains(with(R"("metric": "recall", "class": "fraud", "not_worse_than_baseline_by": 0)"),
                   "is on a figure of all rows, so class does not go"));
    dir.file("f.csv", "y,s,g\n1,0.9,a\n0,0.2,b\n");
    CHECK(contains(refused(dir, R"("label": "y", "score": "s", "gates": [
                       {"metric": "recall", "class": "1", "at_least": 0.8}])"),
                   "expected class with task multiclass, label with multilabel"));
    CHECK(contains(refused(dir, R"("label": "y", "score": "s", "group": "g", "gates": [
                       {"metric": "accuracy", "group": "c", "at_least": 0.8}])"),
                   "gates[0].group: there is no group 'c'"));
}

TEST_CASE("gate: scores go through a calibrator") {
    const scratch dir;
    leeway::random_source random(5);
    std::string rows = "y,s,h\n";
    for (int i = 0; i < 1000; ++i) {
        const double s = random.uniform();
        rows += std::string(random.bernoulli(0.4 + 0.2 * s) ? "1," : "0,") + std::to_string(s) +
                (i % 2 == 0 ? ",a\n" : ",b\n");
    }
    dir.file("f.csv", rows);
    REQUIRE(run_leeway(dir, "calibrate f.csv --label y --score s --method platt --out cal").code ==
            0);
    const json found = support::answer_of(
        dir, "evaluate f.csv --task binary --label y --score s --calibrator cal --format json");
    const std::string columns = R"("label": "y", "score": "s", "calibrator": "cal", )";
    const auto gates = held(dir, columns + R"("gates": [
        {"metric": "log_loss", "at_most": 0.75},
        {"metric": "log_loss", "at_most": 0.75, "slice": "h"}])");
    REQUIRE(gates.size() == 3);
    same_figure(gates[0], found["metrics"]["log_loss"]);
    for (const json& gate : gates) CHECK(gate["verdict"].text() == "pass");
    CHECK(held(dir, R"("label": "y", "score": "s", "gates": [
        {"metric": "log_loss", "at_most": 0.75}])")[0]["verdict"]
              .text() == "fail");
    CHECK(contains(refused(dir, R"("label": "y", "prediction": "y", "calibrator": "cal",
                       "gates": [{"metric": "accuracy", "at_least": 0}])"),
                   "calibrator is \"cal\", expected score beside it"));
    CHECK(contains(refused(dir, columns + R"("baseline_score": "s", "gates": [
                       {"metric": "log_loss", "not_worse_than_baseline_by": 0}])"),
                   "expected no gate against the baseline"));
    CHECK(contains(refused(dir, R"("label": "y", "score": "s", "calibrator": "none",
                       "gates": [{"metric": "log_loss", "at_most": 1}])"),
                   "none"));
    CHECK(support::refusal_of(dir, "gate gates.json f.csv --junit none") != "");
}
