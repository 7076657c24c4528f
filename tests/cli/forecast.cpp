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

json forecast(const scratch& dir, const std::string& arguments) {
    return support::answer_of(
        dir, "evaluate f.csv --task forecast --label y --format json " + arguments);
}

std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate f.csv --task " + arguments);
}

double value(const json& found, const std::string& key) {
    return found["metrics"][key]["value"].number();
}

/// Four rows whose figures can be had by hand.
constexpr const char* rows =
    "y,p,low,high,q10,q50,q90,m1,m2,mu,sd,g\n"
    "1,2,0,2,0,1,2,0,2,1,1,a\n"
    "5,4,1,4,1,2,4,5,5,5,2,a\n"
    "9,9,9,9,9,9,9,8,10,9,1,b\n"
    "3,1,4,6,4,4,6,1,1,3,1,b\n";

}  // namespace

TEST_CASE("evaluate forecast: intervals, quantiles, ensembles and normal distributions") {
    const scratch dir;
    dir.file("f.csv", rows);
    const json found = forecast(dir,
                                "--lower low --upper high --level 0.8 "
                                "--quantiles 0.9=q90,0.1=q10 --quantiles 0.5=q50 "
                                "--ensemble m1,m2 --mean mu --sd sd --score p");
    CHECK(found["task"].text() == "forecast");
    CHECK(found["schema"].text() == "leeway.evaluate/1");
    CHECK(value(found, "interval_coverage") == 0.5);
    CHECK(value(found, "mean_interval_width") == Approx(7 / 4.0));
    // One miss by 1 above and one by 1 below: widths and 2 / 0.2 for each.
    CHECK(value(found, "winkler_score_0.2") == Approx(27 / 4.0));
    CHECK(value(found, "interval_coverage_0.8") == 0.5);
    CHECK(value(found, "mean_interval_width_0.8") == Approx(7 / 4.0));
    // q10: 0.1 (1 + 4 + 0) + 0.9 1; q50: (0 + 3 + 0 + 1) / 2; q90: 0.1 (1 + 3) + 0.9 1.
    CHECK(value(found, "pinball_loss_0.1") == Approx(1.4 / 4));
    CHECK(value(found, "pinball_loss_0.5") == Approx(0.5));
    CHECK(value(found, "pinball_loss_0.9") == Approx(1.3 / 4));
    CHECK(value(found, "weighted_interval_score") == Approx(2 * 4.7 / 12));
    // Mean distance less a quarter of the members' distance: 1 - 1/2, 0, 1 - 1/2, 2.
    CHECK(value(found, "crps_ensemble") == Approx(0.75));
    CHECK(value(found, "fair_crps_ensemble") == Approx(0.5));
    // Every mean is right: s (sqrt(2) - 1) / sqrt(pi), and log s + log(2 pi) / 2.
    CHECK(value(found, "crps_normal") == Approx(5 / 4.0 * 0.23369497725510913).epsilon(1e-14));
    CHECK(value(found, "log_score_normal") ==
          Approx(0.9189385332046727 + 0.6931471805599453 / 4).epsilon(1e-14));
    CHECK(value(found, "mean_absolute_error") == 1);
    CHECK(value(found, "mean_squared_error") == Approx(1.5));
}

TEST_CASE("evaluate forecast: the scaled errors' yardstick is the training file's series") {
    const scratch dir;
    dir.file("f.csv", rows);
    dir.file("train.csv", "t,y\n1,1\n2,3\n3,2\n4,6\n");
    const json naive = forecast(dir, "--score p --train train.csv --train-column y");
    // Changes 2, 1 and 4.
    CHECK(value(naive, "mean_absolute_scaled_error") == Approx(3 / 7.0));
    CHECK(value(naive, "root_mean_squared_scaled_error") == Approx(0.46291004988627577));
    // Changes 1 and 3 over two steps.
    const json season = forecast(dir, "--score p --train train.csv --train-column y --season 2");
    CHECK(value(season, "mean_absolute_scaled_error") == Approx(0.5));
    CHECK(value(season, "root_mean_squared_scaled_error") == Approx(0.5477225575051661));
    const json longer = forecast(dir, "--score p --train train.csv --train-column y --season 9");
    CHECK(look_up(longer, "metrics.mean_absolute_scaled_error.undefined").text() ==
          "too little data");
}

TEST_CASE("evaluate forecast: slices and text") {
    const scratch dir;
    dir.file("f.csv", rows);
    const json found = forecast(dir, "--lower low --upper high --slice g");
    REQUIRE(found["slices"].size() == 2);
    CHECK(look_up(found, "slices.0.metrics.interval_coverage.value").number() == 0.5);
    CHECK(look_up(found, "slices.1.metrics.mean_interval_width.value").number() == 1);
    const auto text = run_leeway(
        dir, "evaluate f.csv --task forecast --label y --lower low --upper high --slice g");
    CHECK(text.code == 0);
    CHECK(contains(text.out, "forecast task, 4 rows"));
    CHECK(contains(text.out, "winkler_score_0.1"));
}

TEST_CASE("evaluate forecast: what cannot be used is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", "y,p,t,s\n1,2,3,x\n2,,4,x\n");
    const std::string of = "forecast --label y ";
    CHECK(contains(refused(dir, of), "--lower and --upper, --quantiles, --ensemble"));
    CHECK(contains(refused(dir, of + "--lower p"), "--upper"));
    CHECK(contains(refused(dir, of + "--mean p"), "--sd"));
    CHECK(contains(refused(dir, of + "--quantiles q=p"),
                   "--quantiles: 'q=p' does not begin with a number, expected NUMBER=COL"));
    CHECK(contains(refused(dir, of + "--quantiles 0.5=p,0.5=t"), "0.5 is given twice"));
    CHECK(contains(refused(dir, of + "--quantiles 0.5"), "0.5 names no column"));
    CHECK(contains(refused(dir, of + "--quantiles 5=p"),
                   "--quantiles: level 5, expected a number between 0 and 1"));
    CHECK(contains(refused(dir, of + "--quantiles 0.5=no"), "there is no column 'no'"));
    CHECK(contains(refused(dir, of + "--ensemble p,s"), "--ensemble needs"));
    CHECK(contains(refused(dir, of + "--score p,t"), "expected one for --task forecast"));
    CHECK(contains(refused(dir, of + "--score p --level 0.9"), "needs --lower and --upper"));
    CHECK(contains(refused(dir, of + "--lower p --upper t --level 90"),
                   "'90' is not a number between 0 and 1"));
    CHECK(contains(refused(dir, of + "--lower p --upper t --train f.csv --train-column t"),
                   "needs --score"));
    CHECK(contains(refused(dir, of + "--score t --train f.csv"), "--train-column"));
    CHECK(contains(refused(dir, of + "--score t --train f.csv --train-column p"),
                   "a training series has no gaps"));
    CHECK(contains(refused(dir, "forecast --score p"), "--label is required"));
    CHECK(contains(refused(dir, "regression --label y --score p --lower p --upper t"),
                   "--lower: needs --task forecast"));
}
