#include <string>
#include <string_view>

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
        CHECK(one["difference"]["value"].number() == 0);
        CHECK(one["p_value"].number() == 1);
        CHECK(one["statistic"].number() == 0);
        // Nine rows that do not differ leave open what others do.
        CHECK(one["difference"]["lower"].number() < -0.25);
        CHECK(one["difference"]["upper"].number() == -one["difference"]["lower"].number());
    }
    // ln(2 / 0.05) rows of nine; of areas, of the four negative ones.
    CHECK(look_up(found, "metrics.brier_score.difference.upper").number() ==
          Approx(3.688879454113936 / 9).epsilon(1e-12));
    CHECK(look_up(found, "metrics.roc_auc.difference.upper").number() ==
          Approx(3.688879454113936 / 4).epsilon(1e-12));
    // A loss without a largest value has no bound.
    const json& log_loss = found["metrics"]["log_loss"];
    CHECK(log_loss["difference"]["value"].number() == 0);
    CHECK_FALSE(log_loss["difference"].contains("lower"));
    CHECK(log_loss["p_value"].number() == 1);
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

TEST_CASE("compare: three classes are counted in every class") {
    const scratch dir;
    // A alone is right on four rows and B alone on one.
    dir.file("c.csv",
             "y,a,b\nred,red,blue\nblue,blue,blue\ngreen,red,green\nred,red,red\n"
             "blue,blue,red\ngreen,green,red\ngreen,green,blue\n");
    const std::string models =
        "c.csv --task multiclass --label y --prediction-a a --prediction-b b";
    const json found = compared(dir, models);
    const json& accuracy = found["metrics"]["accuracy"];
    CHECK(accuracy["a"]["value"].number() == Approx(6.0 / 7).epsilon(1e-15));
    CHECK(accuracy["b"]["value"].number() == Approx(3.0 / 7).epsilon(1e-15));
    CHECK(accuracy["difference"]["value"].number() == Approx(3.0 / 7).epsilon(1e-15));
    // SciPy: binomtest(1, 5).pvalue
    CHECK(accuracy["p_value"].number() == Approx(0.375).epsilon(1e-12));
    CHECK(look_up(found, "flips.flip_rate.value").number() == Approx(5.0 / 7).epsilon(1e-15));
    CHECK(look_up(found, "flips.flip_rate_negative.value").number() ==
          Approx(4.0 / 7).epsilon(1e-15));
    CHECK(look_up(found, "flips.flip_rate_positive.value").number() ==
          Approx(1.0 / 7).epsilon(1e-15));
    CHECK(contains(run_leeway(dir, "compare " + models).out, "(95 % CI 0.3589 to 0.9178, n = 7)"));

    // The same difference is held by a gate against the baseline.
    dir.file("gates.json", R"({"task": "multiclass", "label": "y", "prediction": "a",
        "baseline_prediction": "b",
        "gates": [{"metric": "accuracy", "better_than_baseline_by": 0.42, "on": "value"}]})");
    const json gate = support::answer_of(dir, "gate gates.json c.csv --format json")["gates"][0];
    CHECK(gate["figure"]["value"].number() == Approx(3.0 / 7).epsilon(1e-15));
}

TEST_CASE("compare: a test that cannot be made has no p-value") {
    const scratch dir;
    const auto nothing = [](const json& metric) {
        return metric["p_value"].is_null() && metric["statistic"].is_null();
    };
    const std::string models = " --label y --score-a a --score-b b";

    dir.file("one.csv", "y,a,b\n1,0.9,0.8\n1,0.7,0.6\n1,0.4,0.3\n");
    const json one = compared(dir, "one.csv --bootstrap 50" + models)["metrics"];
    CHECK(nothing(one["roc_auc"]));  // no negative row
    CHECK(nothing(one["matthews_correlation"]));
    CHECK_FALSE(nothing(one["accuracy"]));
    const auto text = run_leeway(dir, "compare one.csv" + models).out;
    CHECK(contains(text, "roc_auc"));
    const auto line = text.substr(text.find("roc_auc"),
                                  text.find("\n", text.find("roc_auc")) - text.find("roc_auc"));
    CHECK(contains(line, "-  delong"));

    dir.file("none.csv", "y,a,b\n1,,\n");
    const json none = compared(dir, "none.csv" + models)["metrics"];
    for (const char* key : {"accuracy", "f1", "roc_auc", "log_loss", "brier_score"}) {
        INFO(key);
        CHECK(nothing(none[key]));
        CHECK(none[key]["difference"]["value"].is_null());
    }

    // Two rows of one difference: a difference, and nothing to tell its luck by.
    dir.file("flat.csv", "y,a,b\n0,1,2\n0,1,2\n");
    const json flat = compared(dir, "flat.csv --task regression" + models)["metrics"];
    CHECK(flat["mean_absolute_error"]["difference"]["value"].number() == -1);
    CHECK(nothing(flat["mean_absolute_error"]));
}

TEST_CASE("compare: an infinite loss against a finite one is an infinite difference") {
    const scratch dir;
    dir.file("f.csv", "y,a,b,c\n1,0,0.8,0\n0,0.2,0.3,0.1\n1,0.9,0.6,0.7\n0,0.1,0.4,0.6\n");
    const auto log_loss = [&](const std::string& a, const std::string& b) {
        return compared(dir, "f.csv --label y --metric log_loss --score-a " + a + " --score-b " +
                                 b)["metrics"]["log_loss"];
    };
    const json worse = log_loss("a", "b");
    CHECK(worse["a"]["undefined"].text() == "infinite");
    CHECK(worse["difference"]["value"].is_null());
    CHECK(worse["difference"]["undefined"].text() == "infinite");
    CHECK(worse["p_value"].is_null());
    CHECK(log_loss("b", "a")["difference"]["undefined"].text() == "minus infinite");
    CHECK(log_loss("a", "c")["difference"]["undefined"].text() == "out of range");
    CHECK(log_loss("a", "a")["difference"]["undefined"].text() == "out of range");
    // An error whose square overflows is one too.
    dir.file("r.csv", "y,a,b\n0,1e200,1\n1,2,3\n");
    CHECK(compared(dir, "r.csv --task regression --label y --score-a a --score-b b")
              ["metrics"]["mean_squared_error"]["difference"]["undefined"]
                  .text() == "infinite");

    const auto gate = [&](const std::string& candidate, const std::string& baseline) {
        dir.file("gates.json", R"({"label": "y", "score": ")" + candidate +
                                   R"(", "baseline_score": ")" + baseline +
                                   R"(", "gates": [{"metric": "log_loss",
                                       "not_worse_than_baseline_by": 0.1}]})");
        const auto run = run_leeway(dir, "gate gates.json f.csv --format json");
        return json::parse(run.out)["gates"][0]["verdict"].text();
    };
    CHECK(gate("a", "b") == "fail");
    CHECK(gate("b", "a") == "pass");
    CHECK(gate("a", "c") == "not enough data");
}

TEST_CASE("compare: another confidence") {
    const scratch dir;
    dir.file("f.csv", scores);
    const std::string models = "f.csv --label y --score-a a --score-b b";
    const json usual = compared(dir, models);
    const json narrow = compared(dir, models + " --confidence 0.5");
    CHECK(usual["confidence"].number() == 0.95);
    CHECK(narrow["confidence"].number() == 0.5);
    for (const char* key : {"accuracy", "roc_auc", "brier_score"}) {
        INFO(key);
        const json& wide = usual["metrics"][key];
        const json& one = narrow["metrics"][key];
        CHECK(one["difference"]["lower"].number() > wide["difference"]["lower"].number());
        CHECK(one["p_value"].number() == wide["p_value"].number());
        CHECK(one["a"]["lower"].number() > wide["a"]["lower"].number());
    }
    CHECK(narrow["flips"]["flip_rate"]["upper"].number() <
          usual["flips"]["flip_rate"]["upper"].number());
    const std::string text = run_leeway(dir, "compare " + models + " --confidence 0.5").out;
    CHECK(contains(text, "intervals at 50 % confidence"));
    CHECK(contains(text, "(50 % CI"));
    CHECK(contains(refused(dir, models + " --confidence 1"), "--confidence"));
    CHECK(contains(refused(dir, models + " --confidence 0"), "--confidence"));
}

TEST_CASE("compare: weighted rows") {
    const scratch dir;
    // Squared errors 1, 4, 9, 4 against 4, 4, 16, 9, with weights 1, 2, 1, 4.
    dir.file("r.csv", "y,a,b,w\n0,1,2,1\n0,2,-2,2\n0,3,4,1\n0,-2,3,4\n0,9,1,0\n0,9,1,-1\n0,9,1,\n");
    const std::string errors =
        "r.csv --task regression --label y --score-a a --score-b b --weight w";
    const json found = compared(dir, errors);
    const json& squared = found["metrics"]["mean_squared_error"];
    // d = -3, 0, -7, -5: mean -30/8, by hand. NumPy: W = 8, n = W^2 / sum w^2 = 64/22, error
    // sqrt(n / (n - 1) sum w^2 (d - mean)^2) / W; SciPy: t of n - 1 degrees.
    CHECK(squared["difference"]["value"].number() == -3.75);
    CHECK(squared["statistic"].number() == Approx(-2.528591578749817).epsilon(1e-12));
    CHECK(squared["p_value"].number() == Approx(0.13308920785128564).epsilon(1e-10));
    CHECK(squared["difference"]["lower"].number() == Approx(-10.431216330691598).epsilon(1e-10));
    CHECK(squared["a"]["value"].number() == Approx((1 + 8 + 9 + 16) / 8.0).epsilon(1e-14));
    CHECK(found["rejected"]["weight"].number() == 2);
    CHECK(found["compared"].number() == 4);  // nor the row of weight 0, which is absent

    // Equal weights change nothing; a factor in all of them neither.
    std::string rows = "y,a,b,one,ten\n";
    for (int times = 0; times < 3; ++times) {
        rows +=
            "1,0.9,0.4,1,10\n1,0.8,0.3,1,10\n1,0.7,0.2,1,10\n0,0.1,0.6,1,10\n"
            "0,0.2,0.7,1,10\n0,0.6,0.1,1,10\n1,0.9,0.9,1,10\n0,0.8,0.8,1,10\n";
    }
    dir.file("f.csv", rows);
    const std::string models = "f.csv --label y --score-a a --score-b b --metric all";
    const json plain = compared(dir, models)["metrics"];
    for (const char* weight : {"one", "ten"}) {
        const json weighted = compared(dir, models + " --weight " + weight)["metrics"];
        for (const char* key : {"roc_auc", "brier_score", "log_loss", "f1", "recall"}) {
            INFO(key << " " << weight);
            const json& one = plain[key];
            const json& other = weighted[key];
            CHECK(other["test"].text() == one["test"].text());
            for (const char* end : {"value", "lower", "upper"}) {
                CHECK(other["difference"][end].number() ==
                      Approx(one["difference"][end].number()).epsilon(1e-9).margin(1e-12));
            }
            CHECK(other["p_value"].number() == Approx(one["p_value"].number()).epsilon(1e-9));
        }
        // Counts of rows are McNemar's; weighted rows are drawn again.
        CHECK(plain["accuracy"]["test"].text() == "mcnemar");
        CHECK(weighted["accuracy"]["test"].text() == "paired bootstrap");
    }
    // A weight is how much a row counts in the shares too.
    dir.file("g.csv", "y,a,b,w\n1,0.9,0.9,1\n1,0.9,0.1,3\n");
    const json flips = compared(dir, "g.csv --label y --score-a a --score-b b --weight w")["flips"];
    CHECK(flips["flip_rate"]["value"].number() == 0.75);

    dir.file("gates.json", R"({"task": "regression", "label": "y", "score": "a", "weight": "w",
        "baseline_score": "b", "gates": [{"metric": "mean_squared_error",
        "not_worse_than_baseline_by": 100, "least_weight": 8}]})");
    const json gate = support::answer_of(dir, "gate gates.json r.csv --format json")["gates"][0];
    CHECK(gate["figure"]["value"].number() == -3.75);
    CHECK(gate["figure"]["lower"].number() == squared["difference"]["lower"].number());
}
