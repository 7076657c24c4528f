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

json compared(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "compare " + arguments + " --format json");
}

std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "compare " + arguments);
}

/// Of eight rows A is right on six and B on two; five only A, one only B.
const std::string scores =
    "y,a,b\n1,0.9,0.4\n1,0.8,0.3\n1,0.7,0.2\n0,0.1,0.6\n0,0.2,0.7\n0,0.6,0.1\n1,0.9,0.9\n0,0.8,0."
    "8\n"
    "1,,0.5\n";

}  // namespace

TEST_CASE("compare: two models of one binary task") {
    const scratch dir;
    dir.file("f.csv", scores);
    const json found = compared(dir, "f.csv --label y --score-a a --score-b b --bootstrap 100");
    CHECK(found["schema"].text() == "leeway.compare/1");
    CHECK(found["rows"].number() == 9);
    CHECK(found["compared"].number() == 8);  // one row has no score of A

    const json& accuracy = found["metrics"]["accuracy"];
    CHECK(accuracy["test"].text() == "mcnemar");
    CHECK(accuracy["a"]["value"].number() == 0.75);
    CHECK(accuracy["b"]["value"].number() == 0.25);
    CHECK(accuracy["difference"]["value"].number() == 0.5);
    // 2 P(X <= 1), X ~ Binomial(6, 1/2): 2 (1 + 6) / 64
    CHECK(accuracy["p_value"].number() == Approx(0.21875).epsilon(1e-12));

    const json& auc = found["metrics"]["roc_auc"];
    CHECK(auc["test"].text() == "delong");
    CHECK(auc["difference"]["value"].number() ==
          Approx(auc["a"]["value"].number() - auc["b"]["value"].number()).epsilon(1e-14));
    CHECK(auc["difference"]["lower"].number() < auc["difference"]["value"].number());

    for (const char* key : {"log_loss", "brier_score"}) {
        INFO(key);
        const json& loss = found["metrics"][key];
        CHECK(loss["test"].text() == "paired t");
        CHECK(loss["difference"]["value"].number() ==
              Approx(loss["a"]["value"].number() - loss["b"]["value"].number()).epsilon(1e-12));
    }
    for (const char* key : {"f1", "balanced_accuracy", "matthews_correlation"}) {
        INFO(key);
        CHECK(found["metrics"][key]["test"].text() == "paired bootstrap");
    }
    CHECK_FALSE(
        compared(dir, "f.csv --label y --score-a a --score-b b --bootstrap 0")["metrics"].contains(
            "f1"));
    const auto text = run_leeway(dir, "compare f.csv --label y --score-a a --score-b b");
    CHECK(contains(text.out, "a (A) against b (B), 8 of 9 rows"));
}

TEST_CASE("compare: a model with itself does not differ") {
    const scratch dir;
    dir.file("f.csv", scores);
    const json found = compared(dir, "f.csv --label y --score-a b --score-b b --bootstrap 50");
    for (const char* key : {"accuracy", "roc_auc", "brier_score", "f1"}) {
        INFO(key);
        const json& one = found["metrics"][key];
        CHECK(one["p_value"].number() == 1);
        CHECK(one["difference"]["value"].number() == 0);
    }
}

TEST_CASE("compare: regressions and classes") {
    const scratch dir;
    // Squared errors 1, 4, 9, 4 against 4, 4, 16, 9: differences -3, 0, -7, -5.
    dir.file("r.csv", "y,a,b\n0,1,2\n0,2,-2\n0,3,4\n0,-2,3\n");
    const json errors =
        compared(dir, "r.csv --task regression --label y --prediction-a a --prediction-b b");
    const json& squared = errors["metrics"]["mean_squared_error"];
    CHECK(squared["difference"]["value"].number() == -3.75);
    // t = -3.75 / sqrt(26.75 / 3 / 4) ; SciPy's ttest_rel
    CHECK(squared["statistic"].number() == Approx(-2.511655074836764).epsilon(1e-12));
    CHECK(squared["p_value"].number() == Approx(0.08681109277104787).epsilon(1e-10));
    CHECK(errors["metrics"].contains("mean_absolute_error"));

    dir.file("c.csv", "y,a,b\nred,red,blue\nblue,blue,blue\ngreen,red,green\nred,red,red\n");
    const json classes =
        compared(dir, "c.csv --task multiclass --label y --prediction-a a --prediction-b b");
    CHECK(look_up(classes, "metrics.accuracy.difference.value").number() == 0);
    CHECK(classes["metrics"].contains("f1_macro"));

    CHECK(contains(refused(dir, "r.csv --label y --score-a a"), "--score-a and --score-b"));
    CHECK(contains(refused(dir, "r.csv --label y --score-a a --prediction-b b"), "--score-b"));
    CHECK(contains(refused(dir, "c.csv --task multiclass --label y --score-a a --score-b b"),
                   "compare predictions"));
    CHECK(contains(refused(dir, "- --label y --score-a a --score-b b"), "standard input"));
}

TEST_CASE("compare: flips, and the figures that are asked for") {
    const scratch dir;
    // A is right in rows 1, 2 and 4, B in 1, 3 and 4.
    dir.file("f.csv", "y,a,b\n1,0.9,0.8\n0,0.2,0.6\n1,0.4,0.7\n0,0.1,0.3\n");
    const std::string models = "compare f.csv --label y --score-a a --score-b b ";
    const json found = json::parse(run_leeway(dir, models + "--format json").out);
    CHECK(look_up(found, "flips.flip_rate.value").number() == 0.5);
    CHECK(look_up(found, "flips.flip_rate_negative.value").number() == 0.25);
    CHECK(look_up(found, "flips.flip_rate_positive.value").number() == 0.25);
    CHECK(look_up(found, "flips.flip_rate.lower").number() < 0.5);
    CHECK(contains(run_leeway(dir, models).out, "flip_rate_negative 0.2500 (95 % CI"));
    CHECK_FALSE(found["metrics"].contains("recall"));

    const json asked = json::parse(
        run_leeway(dir, models + "--metric recall,log_loss --format json").out)["metrics"];
    CHECK(asked["recall"]["difference"]["value"].number() == -0.5);
    CHECK(asked["recall"]["test"].text() == "paired bootstrap");
    CHECK(asked.contains("log_loss"));
    CHECK_FALSE(asked.contains("accuracy"));
    const json all =
        json::parse(run_leeway(dir, models + "--metric all --format json").out)["metrics"];
    for (const char* key : {"accuracy", "roc_auc", "brier_score", "specificity", "cohen_kappa"}) {
        CHECK(all.contains(key));
    }
    CHECK(contains(refused(dir, "f.csv --label y --score-a a --score-b b --metric recal"),
                   "there is no paired test of 'recal'; did you mean 'recall'?"));
    dir.file("r.csv", "y,a,b\n1,2,3\n2,1,2\n4,4,4\n");
    const json numbers =
        json::parse(run_leeway(dir,
                               "compare r.csv --task regression --label y --score-a a --score-b b "
                               "--metric all --format json")
                        .out);
    CHECK_FALSE(numbers.contains("flips"));
    CHECK(numbers["metrics"].contains("log_cosh_loss"));
}
