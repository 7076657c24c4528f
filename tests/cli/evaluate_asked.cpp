// evaluate: figures that are there when asked for, and what goes with what.
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

json answer(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "evaluate " + arguments + " --format json");
}

std::string refusal(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate " + arguments);
}

}  // namespace

TEST_CASE("evaluate: figures with a parameter are there once, and only when asked for") {
    const scratch dir;
    dir.file("f.csv", "y,s\n0,0.1\n1,0.9\n0,0.4\n1,0.6\n1,0.3\n0,0.7\n");
    const std::string task = "f.csv --task binary --label y --score s";
    const json usual = answer(dir, task);
    const json more = answer(dir, task + " --beta 1,2 --at-precision 0.9 --bins 5");
    CHECK_FALSE(usual["metrics"].contains("f_beta_2"));
    // f_beta_2, five errors of equal width and three of equal mass: f1 and recall at 0.9 are there.
    CHECK(more["metrics"].keys().size() == usual["metrics"].keys().size() + 9);
    CHECK(more["metrics"].contains("adaptive_maximum_calibration_error_5"));
    const json margins = answer(dir, task + " --margins --at-recall 0.5");
    CHECK(margins["metrics"].contains("threshold_at_recall_0.5"));
}

TEST_CASE("evaluate: parameters out of range, or of another task, are refused by name") {
    const scratch dir;
    dir.file("f.csv", "y,s,d\n0,0.1,0\n1,0.9,1\n");
    const std::string binary = "f.csv --task binary --label y --score s ";
    const std::string regression = "f.csv --task regression --label y --score s ";
    CHECK(contains(refusal(dir, binary + "--beta -1"), "--beta: '-1' is not a finite number"));
    CHECK(contains(refusal(dir, binary + "--at-recall 0"),
                   "--at-recall: '0' is not a number above 0 and at most 1"));
    CHECK(contains(refusal(dir, binary + "--at-precision 1.5"),
                   "--at-precision: '1.5' is not a number of 0 to 1"));
    CHECK(contains(refusal(dir, binary + "--bins 0"), "--bins"));
    CHECK(contains(refusal(dir, binary + "--threads 0"), "--threads"));
    CHECK(contains(refusal(dir, binary + "--bins 5 --margins"), "--bins: does not go with"));
    CHECK(contains(refusal(dir, binary + "--huber 1"), "--huber: needs --task regression"));
    CHECK(contains(refusal(dir, binary + "--gain exponential"), "--gain: needs --task ranking"));
    CHECK(contains(refusal(dir, regression + "--beta 2"),
                   "--beta: needs --task binary, multiclass or multilabel"));
    CHECK(contains(refusal(dir, regression + "--thorough"), "--thorough: needs --task"));
    CHECK(contains(refusal(dir, regression + "--pinball 0"),
                   "'0' is not a number between 0 and 1, both excluded"));
    CHECK(contains(refusal(dir, "f.csv --task binary --label y --prediction d --max-fpr 0.1"),
                   "--max-fpr: needs --score"));
}

TEST_CASE("evaluate --threads changes nothing but last digits") {
    const scratch dir;
    std::string rows = "y,s\n";
    for (int i = 0; i < 3000; ++i)
        rows += std::to_string(i * 7 % 3 == 0) + ",0." + std::to_string(i * 37 % 997) + "\n";
    dir.file("f.csv", rows);
    const std::string task = "f.csv --task binary --label y --score s";
    const json one = answer(dir, task);
    const json two = answer(dir, task + " --threads 2");
    for (const auto& key : one["metrics"].keys()) {
        INFO(key);
        if (one["metrics"][key]["value"].is_null()) continue;
        CHECK(two["metrics"][key]["value"].number() ==
              Approx(one["metrics"][key]["value"].number()).epsilon(1e-12));
    }
}

TEST_CASE("evaluate: a query has one weight") {
    const scratch dir;
    dir.file("f.csv", "q,y,s,w\n1,1,0.5,1\n1,0,0.6,1\n2,1,0.9,3\n2,0,0.1,3\n");
    const std::string task = " --task ranking --label y --score s --query q --weight w";
    for (const char* how : {"", " --bounded"}) {
        const json found = answer(dir, "f.csv" + task + how);
        CHECK(look_up(found, "metrics.mean_reciprocal_rank.value").number() == 0.875);
        CHECK(found["weight"].number() == 4);
    }
    dir.file("g.csv", "q,y,s,w\n1,1,0.5,1\n1,0,0.6,2\n");
    CHECK(contains(refusal(dir, "g.csv" + task),
                   "query '1' has rows of weight 1 and 2, expected one --weight a query"));
    CHECK(contains(refusal(dir, "g.csv" + task + " --bounded"),
                   "g.csv:3:4 (column 'w'): the row's weight is 2 in a query of weight 1"));
}

TEST_CASE("evaluate --curve counts, capture, and curves that are not there") {
    const scratch dir;
    dir.file("f.csv", "y,s\n0,0.25\n1,0.75\n1,0.25\n0,0.5\n");
    const std::string task = " --task binary --label y --score s --out c.csv --curve ";
    answer(dir, "f.csv" + task + "counts");
    CHECK(support::read_all(dir.path() / "c.csv") ==
          "threshold,tp,fp,fn,tn\ninf,0,0,2,2\n0.75,1,0,1,2\n0.5,1,1,1,1\n0.25,2,2,0,0\n");
    answer(dir, "f.csv" + task + "gain");
    const std::string gain = support::read_all(dir.path() / "c.csv");
    answer(dir, "f.csv" + task + "capture");
    CHECK(support::read_all(dir.path() / "c.csv") == gain);
    dir.file("one.csv", "y,s\n1,0.5\n1,0.25\n");
    const auto run = run_leeway(dir, "evaluate one.csv" + task + "roc");
    CHECK(run.code == 0);
    CHECK(run.err ==
          "leeway: warning: one.csv: there is no roc curve of one class; c.csv holds its header "
          "alone\n");
}

TEST_CASE("score columns that no label names are classes by the rule of those that are named") {
    const scratch dir;
    const std::string head = "y,p_a,p_b,p_c\n";
    const std::string scored = " --task multiclass --label y --score p_a,p_b,p_c";
    dir.file("one.csv", head + "a,0.5,0.25,0.25\na,0.25,0.5,0.25\n");
    dir.file("two.csv", head + "a,0.5,0.25,0.25\nb,0.25,0.5,0.25\n");
    dir.file("plain.csv", "y,a,p_b,c_p\na,0.5,0.25,0.25\na,0.25,0.5,0.25\n");
    for (const char* how : {"", " --bounded"}) {
        for (const char* file : {"one.csv", "two.csv"}) {
            INFO(file << how);
            const json found = answer(dir, file + scored + how);
            REQUIRE(found["classes"].size() == 3);
            CHECK(found["classes"][0]["class"].text() == "a");
            CHECK(found["classes"][1]["class"].text() == "b");
            CHECK(found["classes"][2]["class"].text() == "c");
        }
        const json plain = answer(
            dir, std::string("plain.csv --task multiclass --label y --score a,p_b,c_p") + how);
        CHECK(plain["classes"][1]["class"].text() == "p_b");
        CHECK(plain["classes"][2]["class"].text() == "c_p");
    }
}

TEST_CASE("evaluate --costs: one row of costs is told what it lacks") {
    const scratch dir;
    dir.file("f.csv", "y,s\n0,0.25\n1,0.75\n");
    const std::string task = "f.csv --task binary --label y --score s --costs ";
    CHECK(contains(refusal(dir, task + "0,1"),
                   "--costs: '0,1' is 1 row of costs, the first of 2 numbers, expected 2 of 2"));
    CHECK(contains(refusal(dir, task + "nowhere.csv"), "nowhere.csv"));
}
