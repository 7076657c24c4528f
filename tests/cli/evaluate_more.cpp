// evaluate beyond the figures of two or more classes: groups, several labels a row, margins, costs,
// thresholds, curves.
#include <sstream>
#include <string>
#include <vector>

#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::look_up;
using support::run_leeway;
using support::scratch;

namespace {

json answer(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "evaluate " + arguments + " --format json");
}

std::string refusal(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate " + arguments);
}

std::string printed(const scratch& dir, const std::string& arguments) {
    const auto run = run_leeway(dir, "evaluate " + arguments);
    INFO(arguments << run.err);
    CHECK(run.code == 0);
    return run.out;
}

/// 1 selected of 12 in group a, 12 of 12 in b; a row without a group and one without a label.
std::string two_groups() {
    std::string rows = "y,d,g\n";
    for (int i = 0; i < 12; ++i) {
        rows += std::string(i % 2 == 0 ? "1," : "0,") + (i == 0 ? "1" : "0") + ",a\n";
        rows += std::string(i % 2 == 0 ? "1" : "0") + ",1,b\n";
    }
    return rows + "1,1,\n,1,a\n";
}

}  // namespace

TEST_CASE("evaluate --group compares groups") {
    const scratch dir;
    dir.file("f.csv", two_groups());
    const json found = answer(dir, "f.csv --task binary --label y --prediction d --group g");
    const json& between = found["between_groups"];
    CHECK(between["column"].text() == "g");
    CHECK(between["task"].text() == "groups");
    CHECK(between["rows"].number() == 26);
    CHECK(look_up(between, "rejected.missing").number() == 2);
    CHECK(look_up(between, "metrics.demographic_parity_ratio.value").number() == Approx(1.0 / 12));
    CHECK(between["four_fifths"].text() == "below");
    REQUIRE(between["groups"].size() == 2);
    CHECK(between["groups"][1]["group"].text() == "b");
    CHECK(look_up(between, "groups.1.metrics.recall.value").number() == 1);
    const std::string text = printed(dir, "f.csv --task binary --label y --prediction d --group g");
    CHECK(contains(text, "between groups of g\n"));
    CHECK(contains(text, "four-fifths rule: below (a group is predicted positive at less than"));
    CHECK(contains(refusal(dir, "f.csv --task regression --label y --prediction d --group g"),
                   "--group: needs --task binary"));
    CHECK(contains(refusal(dir, "f.csv --task binary --label y --prediction d --group k"),
                   "no column 'k'"));
    dir.file("none.csv", "y,d,g\n1,1,\n0,0,\n");
    CHECK(contains(refusal(dir, "none.csv --task binary --label y --prediction d --group g"),
                   "column 'g' has no value"));
}

TEST_CASE("evaluate --task multilabel: columns of 0 and 1") {
    const scratch dir;
    dir.file("f.csv",
             "a,b,pa,pb,sa,sb\n1,0,1,0,0.9,0.2\n1,1,1,0,0.7,0.8\n,1,1,1,0.5,0.5\n2,1,1,1,"
             "0.5,0.5\n");
    const json decided = answer(dir, "f.csv --task multilabel --label a,b --prediction pa,pb");
    CHECK(decided["task"].text() == "multilabel");
    CHECK(decided["rows"].number() == 4);
    CHECK(look_up(decided, "rejected.missing").number() == 1);
    CHECK(look_up(decided, "rejected.label").number() == 1);
    CHECK(look_up(decided, "metrics.exact_match.value").number() == 0.5);
    CHECK_FALSE(decided["metrics"].contains("roc_auc_macro"));
    REQUIRE(decided["labels"].size() == 2);
    CHECK(decided["labels"][0]["label"].text() == "a");
    CHECK(look_up(decided, "labels.1.metrics.recall.value").number() == 0);
    const json scored =
        answer(dir, "f.csv --task multilabel --label a,b --score sa,sb --threshold 0.75");
    CHECK(scored["threshold"].number() == 0.75);
    CHECK(look_up(scored, "labels.0.metrics.recall.value").number() == 0.5);
    CHECK(look_up(scored, "metrics.label_ranking_average_precision.value").number() == 1);
    const json both =
        answer(dir, "f.csv --task multilabel --label a,b --score sa,sb --prediction pa,pb");
    CHECK(look_up(both, "labels.0.metrics.recall.value").number() == 1);
    CHECK(both["metrics"].contains("coverage_error"));
    CHECK(contains(printed(dir, "f.csv --task multilabel --label a,b --prediction pa,pb"),
                   "\nlabel     precision"));
    const std::string task = "f.csv --task multilabel --label a,b ";
    CHECK(contains(refusal(dir, task + "--prediction pa"),
                   "--prediction names 1 column and --label 2"));
    CHECK(contains(refusal(dir, task + "--prediction pa,pb --slice a"), "--slice"));
    CHECK(contains(refusal(dir, task + "--prediction pa,pb --threshold 0.5"), "--threshold"));
    CHECK(contains(refusal(dir, task), "--score or --prediction"));
    CHECK(contains(refusal(dir, "f.csv --task binary --label a --prediction pa --score sa"),
                   "--prediction excludes --score"));
}

TEST_CASE("evaluate --margins: scores of any size, decided at 0") {
    const scratch dir;
    dir.file("g.csv", "y,s,g\n1,2,a\n0,-3,a\n1,-0.5,b\n0,0.5,b\n1,,b\n");
    const std::string task = "g.csv --task binary --label y --score s ";
    const json found = answer(dir, task + "--margins --group g");
    CHECK(found["threshold"].number() == 0);
    CHECK(look_up(found, "metrics.accuracy.value").number() == 0.5);
    CHECK(look_up(found, "metrics.hinge_loss.value").number() == 0.75);  // 0, 0, 1.5, 1.5
    CHECK_FALSE(found["metrics"].contains("brier_score"));
    CHECK(found["metrics"].contains("roc_auc"));
    CHECK(look_up(found, "rejected.range").number() == 0);
    CHECK(look_up(found, "between_groups.rejected.missing").number() == 1);
    CHECK(look_up(found, "between_groups.groups.0.metrics.accuracy.value").number() == 1);
    const json plain = answer(dir, task + "--thorough");
    CHECK(plain["metrics"].contains("calibration_slope"));
    CHECK(look_up(plain, "rejected.range").number() == 3);
    CHECK_FALSE(plain["metrics"].contains("hinge_loss"));
    CHECK(contains(refusal(dir, task + "--margins --calibrator c"), "--margins"));
    CHECK(contains(refusal(dir, "g.csv --task binary --label y --prediction y --margins"),
                   "--margins: needs --score"));
    CHECK(contains(refusal(dir, "g.csv --task regression --label y --score s --margins"),
                   "needs --task binary or multiclass"));
}

TEST_CASE("evaluate --costs: in the classes' order, or by name from a file") {
    const scratch dir;
    dir.file("f.csv", "y,p\nno,yes\nyes,no\nyes,yes\nno,no\n");
    const std::string task = "f.csv --task binary --positive yes --label y --prediction p --costs ";
    const json found = answer(dir, task + "'0,1;5,0'");
    CHECK(look_up(found, "metrics.expected_cost_0_1_5_0.value").number() == 1.5);
    CHECK(look_up(found, "costs.1.0").number() == 5);
    dir.file("costs.csv", "label,yes,no\nyes,0,5\nno,1,0\n");
    CHECK(
        look_up(answer(dir, task + "costs.csv"), "metrics.expected_cost_0_1_5_0.value").number() ==
        1.5);
    CHECK(contains(refusal(dir, task + "'0,1;5'"),
                   "is 2 rows of costs, the first of 2 numbers, expected 2 of 2"));
    CHECK(contains(refusal(dir, task + "'0,1;5,x'"), "'x' is not a finite number"));
    CHECK(contains(refusal(dir, task + "0,1"),
                   "is 1 row of costs, the first of 2 numbers, expected 2 of 2"));
    dir.file("three.csv", "label,a,yes,no\nyes,0,5,1\nno,1,0,1\n");
    CHECK(contains(refusal(dir, task + "three.csv"), "costs of 2 labels and 3 predictions"));
    dir.file("other.csv", "label,yes,ja\nyes,0,5\nno,1,0\n");
    CHECK(contains(refusal(dir, task + "other.csv"), "'ja' is no class of the rows"));
    dir.file("twice.csv", "label,yes,no\nyes,0,5\nyes,1,0\n");
    CHECK(contains(refusal(dir, task + "twice.csv"), "no finite cost of predicting 'no' for 'no'"));
}

TEST_CASE("evaluate --best-threshold and --curve") {
    const scratch dir;
    dir.file("f.csv", "y,s\n1,0.9\n0,0.6\n1,0.4\n0,0.2\n,0.5\n");
    const std::string task = "f.csv --task binary --label y --score s ";
    const json found = answer(dir, task + "--best-threshold f1");
    CHECK(look_up(found, "best_threshold.threshold").number() == 0.4);
    CHECK(look_up(found, "best_threshold.value").number() == Approx(0.8));
    CHECK(look_up(found, "best_threshold.fp").number() == 1);
    CHECK(contains(printed(dir, task + "--best-threshold youden"),
                   "best threshold by youden: 0.9 (youden 0.5000 on these rows)"));
    const json none = answer(dir, task + "--best-threshold cost:9:1");
    CHECK(look_up(none, "best_threshold.value").number() == 0.25);
    CHECK(look_up(answer(dir, task + "--best-threshold cost:9:0"), "best_threshold.threshold")
              .is_null());
    CHECK(contains(refusal(dir, task + "--best-threshold cost:9"), "is not f1, youden, mcc or"));
    CHECK(contains(refusal(dir, "f.csv --task binary --label y --prediction y --best-threshold f1"),
                   "--best-threshold: needs --score"));

    const auto curve = [&](const std::string& name) {
        printed(dir, task + "--curve " + name + " --out " + name + ".csv");
        return support::read_all(dir.path() / (name + ".csv"));
    };
    CHECK(curve("roc") ==
          "threshold,false_positive_rate,true_positive_rate\n"
          "inf,0,0\n0.9,0,0.5\n0.6,0.5,0.5\n0.4,0.5,1\n0.2,1,1\n");
    CHECK(curve("pr") ==
          "threshold,recall,precision\n"
          "0.9,0.5,1\n0.6,0.5,0.5\n0.4,1,0.6666666666666666\n0.2,1,0.5\n");
    CHECK(curve("det") ==
          "threshold,false_positive_rate,false_negative_rate\n"
          "0.9,0,0.5\n0.6,0.5,0.5\n0.4,0.5,0\n");
    CHECK(curve("gain") ==
          "threshold,selected,captured\n"
          "inf,0,0\n0.9,0.25,0.5\n0.6,0.5,0.5\n0.4,0.75,1\n0.2,1,1\n");
    CHECK(contains(curve("lift"), "\n0.9,0.25,2\n"));
    const std::string reliability = curve("reliability");
    CHECK(contains(reliability, "lower_edge,upper_edge,mean_score,rate,lower,upper,weight\n"));
    CHECK(contains(reliability, "\n0.4,0.5,0.4,1,"));
    CHECK(contains(refusal(dir, task + "--curve roc"), "--out"));
    CHECK(contains(refusal(dir, task + "--out x.csv"), "--curve"));
    CHECK(contains(refusal(dir, task + "--curve roc --out none/x.csv"), "cannot write"));
    CHECK(contains(refusal(dir, task + "--margins --curve reliability --out x.csv"), "--margins"));
}
