#include <set>
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

json evaluated(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "evaluate " + arguments + " --format json");
}

/// The sentence on standard error of a run that must be refused.
std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate " + arguments);
}

}  // namespace

TEST_CASE("evaluate: the JSON's shape for each task") {
    const scratch dir;
    SECTION("binary") {
        dir.file("f.csv", "y,s\n1,0.9\n0,0.2\n1,0.4\n0,0.6\n");
        const json found = evaluated(dir, "f.csv --task binary --label y --score s");
        CHECK(found["schema"].text() == "leeway.evaluate/1");
        CHECK(found["rows"].number() == 4);
        CHECK(found["positive"].text() == "1");
        CHECK(found["threshold"].number() == 0.5);
        CHECK(look_up(found, "metrics.roc_auc.value").number() == 0.75);
        for (const char* key : {"accuracy", "precision", "recall", "f1", "specificity",
                                "balanced_accuracy", "matthews_correlation", "log_loss",
                                "brier_score", "expected_calibration_error", "roc_auc"}) {
            INFO(key);
            CHECK(found["metrics"].contains(key));
        }
        const json& accuracy = found["metrics"]["accuracy"];
        CHECK(accuracy["lower"].number() <= accuracy["value"].number());
        CHECK(accuracy["upper"].number() >= accuracy["value"].number());
    }
    SECTION("multiclass") {
        dir.file("f.csv", "y,p\na,a\nb,b\nc,a\nb,b\n");
        const json found = evaluated(dir, "f.csv --task multiclass --label y --prediction p");
        for (const std::string key : {"precision", "recall", "f1"}) {
            for (const std::string average : {"_micro", "_macro", "_weighted"}) {
                INFO(key + average);
                CHECK(found["metrics"].contains(key + average));
            }
        }
        CHECK(look_up(found, "metrics.accuracy.value").number() == 0.75);
        REQUIRE(found["classes"].size() == 3);
        CHECK(found["classes"][2]["class"].text() == "c");
    }
    SECTION("regression") {
        dir.file("f.csv", "y,p\n1,2\n3,3\n5,3\n");
        const json found = evaluated(dir, "f.csv --task regression --label y --score p");
        auto keys = found["metrics"].keys();
        CHECK(keys.size() >= 20);
        keys.resize(4);
        CHECK(keys == std::vector<std::string>{"mean_squared_error", "root_mean_squared_error",
                                               "mean_absolute_error", "r_squared"});
        CHECK(found["metrics"].contains("median_absolute_error"));
        CHECK(look_up(found, "metrics.mean_absolute_error.value").number() == 1);
    }
}

TEST_CASE("evaluate: undefined is null with a reason") {
    const scratch dir;
    dir.file("one.csv", "y,s\n1,0.9\n1,0.2\n");
    const json found = evaluated(dir, "one.csv --task binary --label y --score s");
    CHECK(look_up(found, "metrics.roc_auc.value").is_null());
    CHECK(look_up(found, "metrics.roc_auc.undefined").text() == "one class");
    dir.file("constant.csv", "y,p\n2,1\n2,2\n");
    const json constant = evaluated(dir, "constant.csv --task regression --label y --prediction p");
    CHECK(look_up(constant, "metrics.r_squared.value").is_null());
    CHECK(look_up(constant, "metrics.r_squared.undefined").text() == "constant target");
    dir.file("missing.csv", "y,s\nNA,NA\n,0.3\n");
    const json empty = evaluated(dir, "missing.csv --task binary --label y --score s");
    CHECK(empty["rows"].number() == 2);
    CHECK(look_up(empty, "rejected.missing").number() == 2);
    CHECK(look_up(empty, "metrics.accuracy.undefined").text() == "empty");
}

TEST_CASE("evaluate: bad observations are counted by reason, and the rest is evaluated") {
    const scratch dir;
    dir.file("f.csv", "y,s,w\n1,0.9,1\n0,0.2,1\n,0.4,1\n1,NaN,1\n0,inf,1\n1,0.7,-1\n0,0.3,x\n");
    CHECK(contains(refused(dir, "f.csv --task binary --label y --score s --weight w"),
                   "f.csv:8:3 (column 'w'): 'x' is not a number, which --weight needs"));
    dir.file("g.csv", "y,s,w\n1,0.9,1\n0,0.2,1\n,0.4,1\n1,NaN,1\n0,inf,1\n1,0.7,-1\n0,0.3,\n");
    const json found = evaluated(dir, "g.csv --task binary --label y --score s --weight w");
    CHECK(found["rows"].number() == 7);
    CHECK(found["weight"].number() == 2);
    CHECK(look_up(found, "rejected.missing").number() == 2);
    CHECK(look_up(found, "rejected.non_finite").number() == 1);
    CHECK(look_up(found, "rejected.weight").number() == 2);
    CHECK(look_up(found, "metrics.roc_auc.value").number() == 1);
}

TEST_CASE("evaluate: which class is positive is never guessed") {
    const scratch dir;
    dir.file("f.csv", "y,s,d\nyes,0.9,yes\nno,0.2,yes\nyes,0.6,no\n");
    CHECK(contains(refused(dir, "f.csv --task binary --label y --score s"),
                   "f.csv: column 'y' holds 'no' and 'yes', expected 0 and 1; say which is the "
                   "positive class with --positive"));
    CHECK(contains(refused(dir, "f.csv --task binary --label y --score s --positive ja"),
                   "expected --positive to be one of them, not 'ja'"));
    CHECK(evaluated(dir, "f.csv --task binary --label y --score s --positive yes")["positive"]
              .text() == "yes");
    const json no = evaluated(dir, "f.csv --task binary --label y --prediction d --positive no");
    CHECK(look_up(no, "metrics.recall.value").number() == 0);
    dir.file("three.csv", "y,s\na,0.9\nb,0.2\nc,0.6\n");
    CHECK(contains(refused(dir, "three.csv --task binary --label y --score s --positive a"),
                   "holds 3 classes ('a', 'b' and 'c'), expected two; use --task multiclass"));
    // Labels that another tool wrote as floats are the same labels.
    dir.file("float.csv", "y,s\n1.0,0.9\n0.0,0.2\n");
    CHECK(look_up(evaluated(dir, "float.csv --task binary --label y --score s"),
                  "metrics.accuracy.value")
              .number() == 1);
    CHECK(evaluated(dir, "float.csv --task binary --label y --score s --positive 1.0")["positive"]
              .text() == "1");
}

TEST_CASE("evaluate: score columns find their classes by name, or in sorted order") {
    const scratch dir;
    dir.file("f.csv", "y,p_b,p_a,c\na,0.1,0.9,0\nb,0.8,0.2,0\na,0.3,0.7,0\n");
    const json named = evaluated(dir, "f.csv --task multiclass --label y --score p_b,p_a");
    CHECK(look_up(named, "scores.a").text() == "p_a");
    CHECK(look_up(named, "metrics.accuracy.value").number() == 1);
    dir.file("g.csv", "y,first,second\na,0.9,0.1\nb,0.2,0.8\n");
    const json sorted = evaluated(dir, "g.csv --task multiclass --label y --score first,second");
    CHECK(look_up(sorted, "scores.b").text() == "second");
    CHECK(look_up(sorted, "metrics.accuracy.value").number() == 1);
    // A column named for a class that no row has is a class all the same.
    dir.file("h.csv", "y,a,b,c\na,0.9,0.1,0\nb,0.2,0.7,0.1\n");
    CHECK(evaluated(dir, "h.csv --task multiclass --label y --score a,b,c")["classes"].size() == 3);
    CHECK(contains(refused(dir, "h.csv --task multiclass --label y --score a,c"),
                   "--score names columns for some classes and not for all"));
    dir.file("i.csv", "y,one,two,three\na,0.9,0.1,0\nb,0.2,0.7,0.1\n");
    CHECK(contains(refused(dir, "i.csv --task multiclass --label y --score one,two,three"),
                   "names 3 columns and the labels hold 2 classes ('a' and 'b')"));
    dir.file("j.csv", "y,a_x,x_a,b\na,0.9,0.1,0\nb,0.2,0.7,0.1\n");
    CHECK(contains(refused(dir, "j.csv --task multiclass --label y --score a_x,x_a,b"),
                   "do not tell which is for class 'a'"));
}

TEST_CASE("evaluate: slices") {
    const scratch dir;
    dir.file("f.csv", "y,s,g\n1,0.9,b\n0,0.2,b\n1,0.4,10\n0,0.6,10\n1,0.7,\n");
    const json found = evaluated(dir, "f.csv --task binary --label y --score s --slice g");
    const json& slices = found["slices"];
    REQUIRE(slices.size() == 3);
    CHECK(slices[0]["column"].text() == "g");
    CHECK(slices[0]["value"].text() == "10");
    CHECK(look_up(slices[0], "metrics.roc_auc.value").number() == 0);
    CHECK(slices[1]["value"].text() == "b");
    CHECK(look_up(slices[1], "metrics.roc_auc.value").number() == 1);
    CHECK(slices[2]["value"].is_null());
    CHECK(slices[2]["rows"].number() == 1);
    CHECK(look_up(slices[2], "metrics.roc_auc.undefined").text() == "one class");
    CHECK(found["rows"].number() == 5);
    const auto text = run_leeway(dir, "evaluate f.csv --task binary --label y --score s --slice g");
    CHECK(contains(text.out, "(missing)"));
    std::string many = "y,s,g\n";
    for (int i = 0; i < 1001; ++i) many += "1,0.5," + std::to_string(i) + "\n";
    dir.file("many.csv", many);
    CHECK(contains(refused(dir, "many.csv --task binary --label y --score s --slice g"),
                   "column 'g' has 1001 distinct values, expected at most 1000 slices"));
}

TEST_CASE("evaluate: standard input, and names with commas") {
    const scratch dir;
    const auto path = dir.file("f.csv", "\"y, true\",\"s, model\"\n1,0.9\n0,0.2\n");
    const auto run = run_leeway(
        dir, "evaluate - --task binary --label 'y, true' --score 's, model' --format json", path);
    REQUIRE(run.code == 0);
    const json found = json::parse(run.out);
    CHECK(found["file"].text() == "standard input");
    CHECK(look_up(found, "metrics.roc_auc.value").number() == 1);
}

TEST_CASE("evaluate: what cannot be used is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", "label,score,text\n1,0.9,x\n0,0.2,y\n");
    CHECK(contains(refused(dir, "f.csv --task binary --label lable --score score"),
                   "f.csv: there is no column 'lable'; did you mean 'label'?"));
    CHECK(contains(refused(dir, "f.csv --task binary --label label --score text"),
                   "f.csv:2:3 (column 'text'): 'x' is not a number, which --score needs"));
    CHECK(contains(refused(dir, "f.csv --task regression --label text --score score"),
                   "f.csv:2:3 (column 'text'): 'x' is not a number"));
    CHECK(contains(refused(dir, "none.csv --task binary --label label --score score"),
                   "none.csv: cannot be read: No such file or directory"));
    CHECK(contains(refused(dir, "f.csv --task binary --label label"), "--score or --prediction"));
    CHECK(contains(refused(dir, "f.csv --task binary --label label --score score,text"),
                   "--score names 2 columns, expected one"));
    CHECK(contains(refused(dir, "f.csv --task binry --label label --score score"), "--task"));
    CHECK(contains(refused(dir, "f.csv --task regression --label label --score score --positive 1"),
                   "--positive"));
    CHECK(contains(refused(dir, "f.csv --task binary --label label --score score --threshold nan"),
                   "--threshold"));
    dir.file("semicolon.csv", "label;score\n1;0.9\n");
    CHECK(contains(refused(dir, "semicolon.csv --task binary --label label --score score"),
                   "expected commas between"));
    std::string classes = "y,p\n";
    for (int i = 0; i < 1001; ++i) classes += std::to_string(i) + ".5,1\n";
    dir.file("classes.csv", classes);
    CHECK(contains(refused(dir, "classes.csv --task multiclass --label y --prediction p"),
                   "use --task regression"));
}

TEST_CASE("evaluate: a ranking, items by query") {
    const scratch dir;
    dir.file("f.csv", "q,rel,s\na,1,2\nb,0,3\na,0,1\nb,0,2\nb,1,1\nc,0,1\nc,0,2\n");
    const json found =
        evaluated(dir, "f.csv --task ranking --label rel --score s --query q --at 1,2");
    CHECK(found["task"].text() == "ranking");
    CHECK(found["rows"].number() == 3);
    CHECK(found["skipped"].number() == 1);
    CHECK(look_up(found, "metrics.ndcg.value").number() == 0.75);
    CHECK(look_up(found, "metrics.precision_at_1.value").number() == 0.5);
    CHECK(found["metrics"].contains("recall_at_2"));
    const json zero = evaluated(dir,
                                "f.csv --task ranking --label rel --score s --query q "
                                "--without-relevant zero");
    CHECK(zero["skipped"].number() == 0);
    CHECK(look_up(zero, "metrics.ndcg.value").number() == 0.5);
    CHECK(contains(refused(dir, "f.csv --task ranking --label rel --score s"), "--query"));
    CHECK(contains(refused(dir, "f.csv --task binary --label rel --score s --query q"),
                   "needs --task ranking"));
    dir.file("g.csv", "q,rel,s\na,1,2\n,0,3\n");
    CHECK(contains(refused(dir, "g.csv --task ranking --label rel --score s --query q"),
                   "column 'q' is missing in 1 rows"));
}
