#include <string>
#include <vector>

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

std::string refused(const scratch& dir, const std::string& arguments) {
    const auto run = run_leeway(dir, arguments);
    INFO(run.out << run.err);
    CHECK(run.code == 2);
    return run.err;
}

/// Two numeric features, a category and a model's score with its label. From row `change` on, x has
/// its mean moved by one and the model errs on every other row it would have got right.
std::string stream(std::uint64_t seed, int n, int change) {
    leeway::random_source random(seed);
    std::string out = "x,z,c,y,s\n";
    for (int i = 0; i < n; ++i) {
        const bool after = i >= change;
        const bool label = random.bernoulli(0.5);
        const bool right = random.bernoulli(after ? 0.45 : 0.9);
        const double score = (label == right ? 0.5 : 0.0) + 0.5 * random.uniform();
        out += std::to_string(random.normal() + (after ? 1 : 0)) + ",";
        out += std::to_string(random.normal()) + ",";
        out += "abc"[random.below(3)];
        out += label ? ",1," : ",0,";
        out += std::to_string(score) + "\n";
    }
    return out;
}

}  // namespace

TEST_CASE("reference: a summary, and a file that loads") {
    const scratch dir;
    dir.file("train.csv", stream(1, 4'000, 4'000));
    const auto run =
        run_leeway(dir, "reference train.csv --out r.leeway --label y --score s --format json");
    REQUIRE(run.code == 0);
    CHECK(run.err == "");
    const json made = json::parse(run.out);
    CHECK(made["schema"].text() == "leeway.reference/1");
    CHECK(made["rows"].number() == 4'000);
    CHECK(made["task"].text() == "binary");
    CHECK(made["id"].text().size() == 16);
    REQUIRE(made["features"].size() == 3);
    CHECK(look_up(made, "features.x.kind").text() == "numeric");
    CHECK(look_up(made, "features.x.bins").number() == 16);
    CHECK(look_up(made, "features.c.kind").text() == "categorical");
    CHECK(look_up(made, "features.c.bins").number() == 3);
    // Right nine times in ten; the score says so on the proper side of one half.
    CHECK(look_up(made, "metrics.accuracy.value").number() == Approx(0.9).margin(0.02));
    const auto text = run_leeway(dir, "reference train.csv --out r.leeway --label y --score s");
    CHECK(contains(text.out, "r.leeway: reference " + made["id"].text() + " of 4000 rows"));
    CHECK(run_leeway(dir, "reference train.csv --out r2.leeway --label y --score s").code == 0);
    CHECK(support::read_all(dir.path() / "r.leeway") ==
          support::read_all(dir.path() / "r2.leeway"));
}

TEST_CASE("reference: rows, exclusions, categories by number") {
    const scratch dir;
    dir.file("f.csv", "id,code,x\n1,1,0.5\n2,2.0,0.25\n3,1.0,0.75\n4,9,zz\n");
    const auto run = run_leeway(
        dir, "reference f.csv --out r --rows 0:3 --exclude id --categorical code --format json");
    REQUIRE(run.code == 0);
    const json made = json::parse(run.out);
    CHECK(made["rows"].number() == 3);
    REQUIRE(made["features"].size() == 2);
    CHECK(look_up(made, "features.code.kind").text() == "categorical");
    CHECK(look_up(made, "features.x.kind").text() == "numeric");  // 'zz' is in row 3
    CHECK(contains(refused(dir, "reference f.csv --out r --rows 9:12"), "has 4 rows"));
    CHECK(contains(refused(dir, "reference f.csv --out r --exclude cod"), "did you mean 'code'?"));
    CHECK(
        contains(refused(dir, "reference f.csv --out r --exclude id,code,x"), "no column is left"));
    CHECK(contains(refused(dir, "reference f.csv --out /nonexistent/r"), "/nonexistent/r"));
    CHECK(contains(refused(dir, "reference f.csv --out r --label id --score x"),
                   "f.csv:5:3 (column 'x'): 'zz' is not a number, which --score needs"));
}

TEST_CASE("watch: silent before the change, an alarm for what changed after it") {
    const scratch dir;
    dir.file("train.csv", stream(1, 8'000, 8'000));
    dir.file("live.csv", stream(2, 3'000, 2'000));
    REQUIRE(run_leeway(dir, "reference train.csv --out r.leeway --label y --score s").code == 0);
    const std::string watch = "watch r.leeway live.csv --label y --score s --false-alarm-every 1e5";
    const auto run = run_leeway(dir, watch + " --format json --fail-on alarm");
    CHECK(run.code == 1);
    CHECK(run.err == "");
    const auto alarms = json::parse_lines(run.out);
    REQUIRE(alarms.size() >= 2);
    std::vector<std::string> named;
    for (const json& alarm : alarms) {
        CHECK(alarm["schema"].text() == "leeway.watch/1");
        const double row = alarm["row"].number();
        named.push_back(alarm["feature"].text());
        CHECK(row >= 2'000);
        CHECK(row < 2'500);
        CHECK(alarm["since_row"].number() >= 1'900);
        CHECK(alarm["since_row"].number() <= row);
        CHECK(alarm["evidence"].number() >= 1e5);
        CHECK(alarm["effect"].is_number());
        CHECK_FALSE(alarm["guarantee_void"].boolean());
        CHECK(alarm["detector"].text() ==
              (alarm["feature"].text() == "error" ? "mean_e_detector" : "shape_e_detector"));
    }
    CHECK(std::find(named.begin(), named.end(), "x") != named.end());
    CHECK(std::find(named.begin(), named.end(), "error") != named.end());
    CHECK(std::find(named.begin(), named.end(), "z") == named.end());
    CHECK(std::find(named.begin(), named.end(), "c") == named.end());

    const auto text = run_leeway(dir, watch);
    CHECK(text.code == 0);
    CHECK(contains(text.out, "x has drifted since about row "));
    CHECK(contains(text.out, "3000 rows of live.csv: "));
    CHECK(contains(text.out, "roc_auc"));

    // Row numbers are the file's own, wherever --rows begins.
    const auto later = run_leeway(dir, watch + " --format json --rows 1500:");
    for (const json& alarm : json::parse_lines(later.out)) {
        CHECK(alarm["row"].number() >= 2'000);
        CHECK(alarm["since_row"].number() >= 1'900);
    }
    const auto before = run_leeway(dir, watch + " --fail-on alarm --rows :2000");
    CHECK(before.code == 0);
    CHECK(contains(before.out,
                   "2000 rows of live.csv: no alarm; without drift there is on average "
                   "at most one in 100000 rows"));

    // Without labels the error is not watched, and the summary says so.
    const auto unlabelled = run_leeway(dir, "watch r.leeway live.csv --score s");
    CHECK_FALSE(contains(unlabelled.out, "error has drifted"));
    CHECK(contains(unlabelled.out, "errors were not watched: no --label"));
}

TEST_CASE("watch: drift within the leeway raises nothing") {
    const scratch dir;
    dir.file("train.csv", stream(1, 8'000, 8'000));
    dir.file("live.csv", stream(2, 6'000, 3'000));
    REQUIRE(run_leeway(dir, "reference train.csv --out r.leeway --exclude y,s").code == 0);
    CHECK(run_leeway(dir, "watch r.leeway live.csv --fail-on alarm").code == 1);
    // A mean moved by one standard deviation is a population stability index of about 0.9.
    CHECK(run_leeway(dir, "watch r.leeway live.csv --fail-on alarm --leeway 2").code == 0);
}

TEST_CASE("watch: neighbouring rows that resemble each other are named on standard error") {
    const scratch dir;
    leeway::random_source random(5);
    std::string walk = "x,z\n";
    double x = 0;
    for (int i = 0; i < 3'000; ++i) {
        x = 0.9 * x + random.normal();
        walk += std::to_string(x) + "," + std::to_string(random.normal()) + "\n";
    }
    dir.file("walk.csv", walk);
    REQUIRE(run_leeway(dir, "reference walk.csv --out r.leeway").code == 0);
    for (const std::string format : {"text", "json"}) {
        const auto run = run_leeway(dir, "watch r.leeway walk.csv --format " + format);
        CHECK(run.code == 0);
        CHECK(contains(run.err, "warning"));
        CHECK(contains(run.err, "lag-1 correlation) in x (0."));
        CHECK_FALSE(contains(run.err, ", z"));
        // Standard output holds alarms alone when programs read it.
        if (format == "json") CHECK_NOTHROW(json::parse_lines(run.out));
    }
}

TEST_CASE("watch: standard input is followed row by row") {
    const scratch dir;
    dir.file("train.csv", stream(1, 4'000, 4'000));
    REQUIRE(run_leeway(dir, "reference train.csv --out r.leeway --exclude y,s").code == 0);
    const auto path = dir.file("live.csv", stream(2, 4'000, 1'000));
    const auto from_file = run_leeway(dir, "watch r.leeway live.csv --format json");
    const auto from_input = run_leeway(dir, "watch r.leeway - --format json", path);
    CHECK(from_input.code == 0);
    CHECK(from_input.out == from_file.out);
    CHECK(contains(from_input.out, "\"feature\":\"x\""));

    // The alarm is out before the input ends: the writer waits for it, then ends the stream.
    const std::string live =
        "(cat live.csv; for i in 1 2 3 4 5 6 7 8 9 10; do grep -q feature alarms && touch seen; "
        "sleep 0.2; test -e seen && break; done) | '" LEEWAY_BINARY_DIR
        "/src/cli/leeway' watch r.leeway - --format json > alarms; test -e seen";
    CHECK(std::system(("cd '" + dir.path().string() + "' && " + live).c_str()) == 0);
}

TEST_CASE("watch: columns may come in another order, those the reference needs must be there") {
    const scratch dir;
    dir.file("train.csv", "a,b\n1,x\n2,y\n3,x\n1,y\n");
    REQUIRE(run_leeway(dir, "reference train.csv --out r.leeway").code == 0);
    dir.file("other.csv", "extra,b,a\n0,x,1\n0,,NA\n0,new,2\n");
    CHECK(run_leeway(dir, "watch r.leeway other.csv").code == 0);
    dir.file("lacks.csv", "aa,b\n1,x\n");
    CHECK(contains(refused(dir, "watch r.leeway lacks.csv"), "lacks.csv: there is no column 'a'"));
    dir.file("text.csv", "a,b\n1,x\n1,x\nten,x\n");
    CHECK(contains(refused(dir, "watch r.leeway text.csv"),
                   "text.csv:4:1 (column 'a'): 'ten' is not a number"));
    CHECK(contains(refused(dir, "watch r.leeway other.csv --score a"), "holds no scores"));
    CHECK(contains(refused(dir, "watch train.csv other.csv"), "not a saved reference"));
    CHECK(contains(refused(dir, "watch r.leeway other.csv --rows 7:"), "no row"));
}
