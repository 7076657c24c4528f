#include <string>

#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

TEST_CASE("evaluate regression: powers, quantiles and features") {
    const scratch dir;
    dir.file("f.csv", "y,p\n3,2.5\n0.5,1\n2,2\n7,8\n");
    const auto run = run_leeway(dir,
                                "evaluate f.csv --task regression --label y --score p "
                                "--tweedie 1.5,0 --pinball 0.5 --features 2 --format json");
    INFO(run.err);
    REQUIRE(run.code == 0);
    const json found = json::parse(run.out)["metrics"];
    const auto value = [&](const char* key) { return found[key]["value"].number(); };
    CHECK(value("mean_tweedie_deviance_0") == Approx(value("mean_squared_error")));
    CHECK(value("d2_tweedie_score_0") == Approx(value("r_squared")));
    // scikit-learn 1.2.1; also 4 (sqrt(y) - sqrt(m))^2 / sqrt(m) a row.
    CHECK(value("mean_tweedie_deviance_1.5") == Approx(0.11198848544429274).epsilon(1e-12));
    CHECK(value("pinball_loss_0.5") == Approx(0.25));
    CHECK(value("d2_pinball_score_0.5") == Approx(value("d2_absolute_error_score")));
    // 1 - (1 - R^2) (4 - 1) / (4 - 2 - 1).
    CHECK(value("adjusted_r_squared_2") == Approx(1 - 3 * (1 - value("r_squared"))));

    const auto refused = [&](const std::string& arguments) {
        const auto of = run_leeway(dir, "evaluate f.csv --label y --score p --task " + arguments);
        CHECK(of.code == 2);
        CHECK(of.out == "");
        return of.err;
    };
    CHECK(contains(refused("regression --tweedie 0.5"), "power is 0.5"));
    CHECK(contains(refused("regression --pinball 1"), "'1' is not a number between 0 and 1"));
    CHECK(contains(refused("regression --features -1"), "--features"));
    CHECK(contains(refused("binary --tweedie 1"), "--tweedie: needs --task regression"));
}

TEST_CASE("evaluate regression: several outputs") {
    const scratch dir;
    // The example of r2_score's page; the figures are scikit-learn 1.2.1's.
    dir.file("f.csv", "y1,y2,p1,p2,g\n0.5,1,0,2,a\n-1,1,-1,2,a\n7,-6,8,-5,b\n");
    const std::string of = "evaluate f.csv --task regression --label y1,y2 ";
    const auto run = run_leeway(dir, of + "--score p1,p2 --slice g --format json");
    INFO(run.err);
    REQUIRE(run.code == 0);
    const json found = json::parse(run.out);
    CHECK(support::look_up(found, "metrics.r_squared_variance_weighted.value").number() ==
          Approx(0.938256658595642).epsilon(1e-14));
    CHECK(support::look_up(found, "metrics.r_squared_uniform_average.value").number() ==
          Approx(0.936800526662278).epsilon(1e-14));
    REQUIRE(found["classes"].size() == 2);
    CHECK(found["classes"][0]["class"].text() == "y1");
    CHECK(support::look_up(found, "classes.0.metrics.r_squared.value").number() ==
          Approx(0.9654377880184332).epsilon(1e-14));
    CHECK(support::look_up(found, "classes.1.metrics.r_squared.value").number() ==
          Approx(0.9081632653061225).epsilon(1e-14));
    CHECK(found["slices"].size() == 2);
    CHECK(contains(run_leeway(dir, of + "--score p1,p2 --slice g").out,
                   "mean_absolute_error_uniform_average"));
    CHECK(contains(run_leeway(dir, of + "--score p1").err,
                   "--score names 1 column and --label 2, expected as many of each"));
    CHECK(contains(run_leeway(dir, of + "--prediction p1").err, "expected as many of each"));
    CHECK(contains(run_leeway(dir,
                              "compare f.csv --task regression --label y1,y2 --score-a p1 "
                              "--score-b p2")
                       .err,
                   "--score names 1 column and --label 2"));
    CHECK(contains(run_leeway(dir, of + "--score p1,no").err, "there is no column 'no'"));
}
