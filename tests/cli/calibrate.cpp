#include <algorithm>
#include <filesystem>
#include <string>

#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::look_up;
using support::run_leeway;
using support::scratch;

namespace {

/// Scores that are too extreme: 0.9 is right in 7 of 10 rows, 0.1 wrong in 3 of 10.
std::string extreme() {
    std::string rows = "y,s,margin\n";
    for (int i = 0; i < 100; ++i) {
        rows += (i % 10 < 7 ? "1,0.9,2\n" : "0,0.9,2\n");
        rows += (i % 10 < 3 ? "1,0.1,-2\n" : "0,0.1,-2\n");
    }
    return rows + ",0.5,1\n1,,1\n";
}

json fitted(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "calibrate f.csv --label y " + arguments + " --format json");
}

std::string refusal(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, arguments);
}

}  // namespace

TEST_CASE("calibrate: fits, saves, and evaluate applies what was saved") {
    const scratch dir;
    dir.file("f.csv", extreme());
    const json found = fitted(dir, "--score s --method temperature --out c");
    CHECK(found["schema"].text() == "leeway.calibrate/1");
    CHECK(found["rows"].number() == 202);
    CHECK(found["used"].number() == 200);
    CHECK(found["kind"].text() == "temperature_scaling");
    CHECK(found["seed"].is_null());
    // logit(0.9) / logit(0.7): the scores become the rates.
    CHECK(look_up(found, "parameters.temperature").number() == Approx(2.5932118).epsilon(1e-6));
    CHECK(look_up(found, "metrics.log_loss.difference.upper").number() < 0);
    CHECK(look_up(found, "metrics.expected_calibration_error.before.value").number() ==
          Approx(0.2));
    const auto run = run_leeway(
        dir, "evaluate f.csv --task binary --label y --score s --calibrator c --format json");
    REQUIRE(run.code == 0);
    const json after = json::parse(run.out);
    CHECK(look_up(after, "calibrator.kind").text() == "temperature_scaling");
    CHECK(look_up(after, "metrics.expected_calibration_error.value").number() < 1e-6);
    CHECK(look_up(after, "metrics.brier_score.value").number() == Approx(0.21));
    CHECK(look_up(after, "rejected.missing").number() == 2);
}

TEST_CASE("calibrate: every method, and the one of the lowest log loss") {
    const scratch dir;
    dir.file("f.csv", extreme());
    for (const std::string method : {"isotonic", "platt", "platt_logit", "temperature", "beta"}) {
        INFO(method);
        const json one = fitted(dir, "--score s --method " + method + " --out c --seed 7");
        CHECK(one["seed"].number() == 7);
        CHECK(look_up(one, "metrics.brier_score.after.value").number() ==
              Approx(0.21).margin(0.005));
        CHECK_FALSE(one.contains("methods"));
        const auto run =
            run_leeway(dir, "evaluate f.csv --task binary --label y --score s --calibrator c");
        CHECK(run.code == 0);
        CHECK(contains(run.out, ", scores through the "));
    }
    const json all = fitted(dir, "--score s --method all --out c --folds 4");
    REQUIRE(all["methods"].size() == 5);
    double least = 1;
    for (const json& one : all["methods"].items()) {
        least = std::min(least, look_up(one, "metrics.log_loss.after.value").number());
    }
    CHECK(look_up(all, "metrics.log_loss.after.value").number() == least);
    // Margins leave out the methods that take probabilities.
    CHECK(fitted(dir, "--score margin --method all --out c")["methods"].size() == 2);
    const auto text = run_leeway(dir, "calibrate f.csv --label y --score s --method all --out c");
    CHECK(contains(text.out, "200 of 202 rows, 5 folds, rows in their order"));
    CHECK(contains(text.out, "\nlowest: "));
    CHECK(contains(text.out, " and saved to c\n"));
}

TEST_CASE("calibrate: what cannot be is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", extreme());
    dir.file("one.csv", "y,s\n,0.5\n");
    const std::string start = "calibrate f.csv --label y --score ";
    CHECK(contains(refusal(dir, start + "margin --method beta --out c"),
                   "takes probabilities, and a score is outside [0, 1]"));
    CHECK(contains(refusal(dir, start + "s --method spline --out c"), "--method"));
    CHECK(contains(refusal(dir, start + "s --method beta"), "--out"));
    CHECK(contains(refusal(dir, start + "s --method beta --out c --folds 1"), "--folds"));
    CHECK(contains(refusal(dir, start + "s --method beta --out none/c"), "cannot write"));
    CHECK(contains(refusal(dir, "calibrate one.csv --label y --score s --method beta --out c"),
                   "no row has a label, a finite score and a positive weight"));
    CHECK_FALSE(std::filesystem::exists(dir.path() / "c"));
    const std::string evaluated = "evaluate f.csv --task binary --label y --score s --calibrator ";
    CHECK(contains(refusal(dir, evaluated + "f.csv"), "not a leeway state file"));
    CHECK(contains(refusal(dir, evaluated + "none"), "none: cannot be read"));
    REQUIRE(run_leeway(dir, "reference f.csv --out ref").code == 0);
    CHECK(contains(refusal(dir, evaluated + "ref"), "ref: holds a 'reference', expected a calib"));
    CHECK(contains(refusal(dir,
                           "evaluate f.csv --task regression --label y --score s "
                           "--calibrator c"),
                   "--calibrator: needs --task binary"));
    CHECK(contains(refusal(dir,
                           "evaluate f.csv --task binary --label y --prediction y "
                           "--calibrator c"),
                   "--calibrator: needs --score"));
}

TEST_CASE("calibrate: one class is warned of, and no usable row is said in full") {
    const support::scratch dir;
    dir.file("one.csv", "y,s,w\n1,0.2,0\n1,0.4,0\n1,0.5,0\n1,0.6,0\n1,0.9,0\n");
    const std::string task = "calibrate one.csv --label y --score s --method isotonic --out c.cal";
    const auto run = support::run_leeway(dir, task);
    CHECK(run.code == 0);
    CHECK(support::contains(run.err,
                            "leeway: warning: one.csv: every row that is used has the label 1"));
    CHECK(support::contains(support::refusal_of(dir, task + " --weight w"),
                            "one.csv: no row has a label, a finite score and a positive weight"));
}
