#include <string>

#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

namespace {

json survival(const scratch& dir, const std::string& arguments) {
    return support::answer_of(
        dir, "evaluate f.csv --task survival --time t --event d --format json " + arguments);
}

std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate f.csv --task " + arguments);
}

double value(const json& found, const std::string& key) {
    return found["metrics"][key]["value"].number();
}

/// Five rows that can be used; the others are without an event and of event 2.
constexpr const char* rows =
    "t,d,risk,r1,r3,g\n"
    "1,1,9,0.9,0.9,a\n"
    "2,0,1,0.5,0.6,a\n"
    "3,1,5,0.1,0.8,b\n"
    "4,1,5,0.1,0.2,b\n"
    "4,0,7,0.2,0.1,b\n"
    "5,,3,0.2,0.1,b\n"
    "5,2,3,0.2,0.1,b\n";

}  // namespace

TEST_CASE("evaluate survival: concordance and Brier scores at times") {
    const scratch dir;
    dir.file("f.csv", rows);
    const json found = survival(dir, "--score risk --at 3=r3,1=r1");
    CHECK(found["task"].text() == "survival");
    CHECK(found["rows"].number() == 7);
    CHECK(found["weight"].number() == 5);
    CHECK(found["rejected"]["missing"].number() == 1);
    CHECK(found["rejected"]["label"].number() == 1);
    // Of 1 against four, all right; of 3 against two, a tie and a wrong one; of 4 against the
    // censored 4, wrong.
    CHECK(value(found, "concordance_index") == Approx(4.5 / 7));
    CHECK(value(found, "survival_brier_score_1") == Approx((0.01 + 0.25 + 0.01 + 0.01 + 0.04) / 5));
    // At 3 the second row is censored, which leaves 3/4 of weight behind it.
    const double at_3 = (0.01 + (0.04 + 0.04 + 0.01) / 0.75) / 5;
    CHECK(value(found, "survival_brier_score_3") == Approx(at_3));
    CHECK(value(found, "integrated_brier_score") == Approx((0.064 + at_3) / 2));

    const json alone = survival(dir, "--score r3 --at 3");
    CHECK(value(alone, "survival_brier_score_3") == Approx(at_3));
    CHECK_FALSE(alone["metrics"].contains("integrated_brier_score"));
    const json judged = survival(dir, "--at 1=r1 --slice g");
    CHECK_FALSE(judged["metrics"].contains("concordance_index"));
    CHECK(judged["slices"].size() == 2);
}

TEST_CASE("evaluate survival: what cannot be used is refused in a sentence") {
    const scratch dir;
    dir.file("f.csv", rows);
    const std::string of = "survival --time t --event d ";
    CHECK(contains(refused(dir, "survival --time t --score risk"), "--event is required"));
    CHECK(contains(refused(dir, of), "--score or --at is required"));
    CHECK(contains(refused(dir, of + "--score risk --label d"), "--label: does not go with"));
    CHECK(contains(refused(dir, of + "--score risk --at 1,3"),
                   "--at: 1 names no column, expected TIME=COL"));
    CHECK(contains(refused(dir, of + "--at 1"), "--at: 1 names no column"));
    CHECK(contains(refused(dir, of + "--at=-1=r1"), "--at: time -1, expected"));
    CHECK(contains(refused(dir, of + "--at soon=r1"), "'soon=r1' does not begin with a number"));
    CHECK(contains(refused(dir, of + "--score risk,r1"), "expected one for --task survival"));
    CHECK(contains(refused(dir, "survival --time g --event d --score risk"), "--time needs"));
    CHECK(contains(refused(dir, "binary --label d --score r1 --time t"),
                   "--time: needs --task survival"));
    CHECK(contains(refused(dir, "ranking --label d --score r1 --query g --at 0"),
                   "'0' is not a number of at least 1"));
}
