#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
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

json evaluated(const scratch& dir, const std::string& arguments,
               const std::string& input = "/dev/null") {
    return support::answer_of(dir, "evaluate " + arguments + " --format json", input);
}

std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "evaluate " + arguments + " --bounded");
}

/// Whether it is the key of an interval for the sample of a figure that has a band.
bool in_sample(const std::string& key) {
    return key.starts_with("bounded_");
}

/// The interval of the table holds that of the rows.
void hold_interval(const json& found, const json& wanted) {
    CHECK_FALSE(found.contains("confidence"));
    if (!found.contains("lower") || !wanted.contains("lower")) return;
    const double rounding = 1e-9 * (1 + std::fabs(wanted["value"].number()));
    if (!found["lower"].is_null())
        CHECK(found["lower"].number() <= wanted["lower"].number() + rounding);
    if (!found["upper"].is_null())
        CHECK(found["upper"].number() >= wanted["upper"].number() - rounding);
}

/// Each figure of the bounded run is the exact one, or its band holds it; returns the bands.
std::size_t hold(const json& bounded, const json& exact) {
    std::size_t bands = 0;
    for (const char* key : {"rows", "weight"})
        CHECK(bounded[key].number() == Approx(exact[key].number()).epsilon(1e-12));
    for (const auto& reason : exact["rejected"].keys())
        CHECK(bounded["rejected"][reason].number() == exact["rejected"][reason].number());
    std::size_t there = 0, left_out = 0;
    for (std::size_t i = 0; i < bounded["left_out"].size(); ++i)
        left_out += in_sample(bounded["left_out"][i].text()) ? 0U : 1U;
    for (const auto& key : bounded["metrics"].keys()) there += in_sample(key) ? 0U : 1U;
    CHECK(there + left_out == exact["metrics"].keys().size());
    for (const auto& key : bounded["metrics"].keys()) {
        CAPTURE(key);
        if (in_sample(key)) {
            hold_interval(bounded["metrics"][key], exact["metrics"][key.substr(8)]);
            continue;
        }
        const json& found = bounded["metrics"][key];
        const json& wanted = exact["metrics"][key];
        if (wanted["value"].is_null()) {
            const bool band_from_zero = found.contains("confidence");
            CHECK((band_from_zero || found["undefined"].text() == wanted["undefined"].text()));
        } else if (found.contains("confidence")) {
            ++bands;
            CHECK(found["confidence"].number() == 1);
            if (!found["lower"].is_null())
                CHECK(found["lower"].number() <= wanted["value"].number());
            if (!found["upper"].is_null())
                CHECK(found["upper"].number() >= wanted["value"].number());
        } else {
            CHECK(found["value"].number() ==
                  Approx(wanted["value"].number()).epsilon(1e-9).margin(1e-12));
        }
    }
    if (!exact.contains("slices")) return bands;
    REQUIRE(bounded["slices"].size() == exact["slices"].size());
    for (std::size_t i = 0; i < exact["slices"].size(); ++i) {
        const json& slice = bounded["slices"][i];
        const json& wanted = exact["slices"][i]["value"];
        CHECK(slice["value"].is_null() == wanted.is_null());
        if (!wanted.is_null()) CHECK(slice["value"].text() == wanted.text());
        bands += hold(slice, exact["slices"][i]);
    }
    return bands;
}

std::size_t hold_file(const scratch& dir, const std::string& arguments,
                      const std::string& more = "") {
    const json bounded = evaluated(dir, arguments + " --bounded " + more);
    CHECK(bounded["bounded"].boolean());
    const json exact = evaluated(dir, arguments);
    CHECK_FALSE(exact.contains("bounded"));
    return hold(bounded, exact);
}

/// Columns y (0 or 1), word (no, yes), s (a score), w, g (a slice), with some missing.
std::string binary_rows(std::size_t n, bool logits) {
    leeway::random_source random(7);
    std::string out = "y,word,d,s,w,g\n";
    for (std::size_t i = 0; i < n; ++i) {
        const bool positive = random.bernoulli(0.1);
        double score = random.normal() + (positive ? 1 : 0);
        if (!logits) score = std::round(100 / (1 + std::exp(-score))) / 100;  // ties
        const std::string truth = i % 97 == 5 ? "NA" : positive ? "1" : i % 2 ? "0" : "0.0";
        out += truth + (positive ? ",yes," : ",no,") + (score > 0.3 ? "1," : "0,") +
               (i % 89 == 3 ? "" : std::to_string(score)) + "," +
               std::to_string(0.5 + random.uniform()) + "," +
               (i % 50 == 0 ? "" : std::to_string(i % 3)) + "\n";
    }
    return out;
}

/// The most memory that an evaluation of the file had at once, in KiB.
long peak_kib(const scratch& dir, const std::string& name, const char* option) {
    const std::string file = (dir.path() / name).string();
    const pid_t child = ::fork();
    if (child == 0) {
        if (std::freopen("/dev/null", "w", stdout) == nullptr) std::_Exit(1);
        ::execl(LEEWAY_BINARY_DIR "/src/cli/leeway", "leeway", "evaluate", file.c_str(), "--task",
                "binary", "--label", "y", "--score", "s", option, static_cast<char*>(nullptr));
        std::_Exit(1);
    }
    int status = 1;
    rusage used{};
    REQUIRE(::wait4(child, &status, 0, &used) == child);
    REQUIRE(status == 0);
    return used.ru_maxrss;
}

}  // namespace

TEST_CASE("bounded: a binary file's figures, and those of its slices, hold the exact ones") {
    const scratch dir;
    dir.file("p.csv", binary_rows(5000, false));  // more than a block of rows
    dir.file("l.csv", binary_rows(300, true));
    const std::string given = " --task binary --label y --score s --threshold 0.3";
    CHECK(hold_file(dir, "p.csv" + given + " --slice g") >= 40);
    CHECK(hold_file(dir, "p.csv" + given + " --weight w") >= 8);
    CHECK(hold_file(dir, "l.csv" + given + " --weight w") >= 8);
    CHECK(hold_file(dir, "p.csv --task binary --label y --prediction d --slice g") == 0);
    CHECK(hold_file(dir, "p.csv --task binary --label word --score s --positive yes") >= 8);
    // A stream has no second reading.
    const json piped = evaluated(dir, "-" + given + " --bounded", (dir.path() / "p.csv").string());
    const json read = evaluated(dir, "p.csv" + given + " --bounded");
    CHECK(look_up(piped, "metrics.roc_auc.upper").number() ==
          look_up(read, "metrics.roc_auc.upper").number());
    const double width = look_up(read, "metrics.roc_auc.upper").number() -
                         look_up(read, "metrics.roc_auc.lower").number();
    CHECK(width < 0.02);
    CHECK(look_up(read, "metrics.spiegelhalter_z.value").number() != 0);
    const auto text = run_leeway(dir, "evaluate p.csv" + given + " --bounded --slice g");
    CHECK(contains(text.out, "certified"));
    CHECK(contains(text.out, "(missing)"));
}

TEST_CASE("bounded: scores that are no probabilities behind the first block keep their bands") {
    const scratch dir;
    std::string rows = "y,s\n";
    for (int i = 0; i < 5000; ++i)
        rows += (i % 2 ? "1," : "0,") + std::to_string(i % 7 * 0.1 + i % 2 * 0.05) + "\n";
    rows += "1,7\n0,-3\n0,2.5\n1,1e300\n";
    dir.file("f.csv", rows);
    CHECK(hold_file(dir, "f.csv --task binary --label y --score s") >= 8);
}

TEST_CASE("bounded: a multiclass file's figures hold the exact ones") {
    const scratch dir;
    leeway::random_source random(3);
    std::string rows = "y,d,p_a,p_b,p_c,g\n";
    const std::vector<std::string> names{"a", "b", "c"};
    for (int i = 0; i < 400; ++i) {
        const std::size_t truth = random.below(3);
        double share[3];
        double sum = 0;
        for (std::size_t c = 0; c < 3; ++c)
            sum += share[c] = std::exp(random.normal() + (c == truth ? 1 : 0));
        rows += names[truth] + "," + names[random.below(3)];
        for (const double one : share) rows += "," + std::to_string(one / sum);
        rows += i % 5 == 0 ? ",north\n" : ",south\n";
    }
    dir.file("f.csv", rows);
    const std::string scored = "f.csv --task multiclass --label y --score p_a,p_b,p_c";
    CHECK(hold_file(dir, scored) >= 4);
    CHECK(hold_file(dir, scored, "--classes a,b,c") >= 4);
    CHECK(hold_file(dir, scored + " --slice g") >= 8);
    CHECK(hold_file(dir, "f.csv --task multiclass --label y --prediction d", "--classes a,b,c") ==
          0);
    const json found = evaluated(dir, scored + " --bounded");
    CHECK(found["scores"]["b"].text() == "p_b");  // the label's name, found on the way
    CHECK(found["classes"][2]["class"].text() == "c");
    CHECK(found["metrics"].contains("roc_auc_one_vs_one_macro"));
    CHECK_FALSE(evaluated(dir, scored + " --slice g --bounded")["slices"][0]["metrics"].contains(
        "roc_auc_one_vs_one_macro"));
    CHECK(contains(refused(dir, "f.csv --task multiclass --label y --prediction d"),
                   "name them with --classes"));
    CHECK(contains(refused(dir, scored + " --classes a,b,d"), "--score names columns for some"));
    CHECK(contains(refused(dir, "f.csv --task multiclass --label y --prediction d --classes a,b"),
                   "is not one of the classes of --classes, 'a' and 'b'"));
    CHECK(contains(refused(dir, "f.csv --task multiclass --label g --score p_a,p_b"),
                   "f.csv:2:6 (column 'g'): the columns of --score do not tell which is for class "
                   "'north'"));
}

TEST_CASE("bounded: a regression file's figures hold the exact ones") {
    const scratch dir;
    leeway::random_source random(9);
    std::string rows = "y,p,w,g\n";
    for (int i = 0; i < 300; ++i) {
        const double target = 5 + random.normal();
        rows += std::to_string(target) + "," +
                (i % 60 == 1 ? "NA" : std::to_string(target + random.normal())) + "," +
                std::to_string(i % 4) + (i % 2 ? ",u\n" : ",v\n");
    }
    dir.file("f.csv", rows);
    CHECK(hold_file(dir, "f.csv --task regression --label y --score p --slice g") == 6);
    CHECK(hold_file(dir, "f.csv --task regression --label y --prediction p --weight w") == 2);
    const json found = evaluated(dir, "f.csv --task regression --label y --score p --bounded");
    CHECK(found["left_out"].size() == 2);
}

TEST_CASE("bounded: a ranking file's figures are the exact ones") {
    const scratch dir;
    leeway::random_source random(2);
    std::string rows = "q,y,s,g\n";
    for (int q = 0; q < 60; ++q) {
        for (std::uint64_t i = 0; i < 1 + random.below(9); ++i) {
            rows += std::to_string(q) + "," + std::to_string(random.below(3)) + "," +
                    std::to_string(random.uniform()) + (random.below(2) ? ",u\n" : ",v\n");
        }
    }
    dir.file("f.csv", rows);
    const std::string given = " --task ranking --label y --score s --query q";
    CHECK(hold_file(dir, "f.csv" + given + " --slice g --at 3") == 0);
    dir.file("torn.csv", "q,y,s\n1,1,0.5\n2,0,0.1\n2,1,0.3\n01,0,0.2\n");
    CHECK(contains(refused(dir, "torn.csv" + given),
                   "torn.csv:5:1 (column 'q'): query '1' comes back after others"));
    dir.file("hole.csv", "q,y,s\n1,1,0.5\nNA,0,0.1\n");
    CHECK(contains(refused(dir, "hole.csv" + given), "hole.csv:3:1 (column 'q'): is missing"));
}

TEST_CASE("bounded: what is asked for holds the exact figures too") {
    const scratch dir;
    dir.file("f.csv", binary_rows(500, false));
    const std::string binary = "f.csv --task binary --label y --score s ";
    CHECK(hold_file(dir, binary + "--costs '0,1;5,0' --weight w") > 5);
    const json costs = evaluated(dir, binary + "--costs '0,1;5,0' --bounded");
    CHECK(costs["costs"][1][0].number() == 5);
    CHECK(costs["metrics"].contains("expected_cost_0_1_5_0"));
    CHECK(hold_file(dir, binary + "--thorough --beta 3 --at-precision 0.2 --at-recall 0.7 "
                                  "--at-specificity 0.8 --max-fpr 0.3 --slice g") > 5);
    const auto made = support::run_leeway(
        dir, "calibrate f.csv --label y --score s --method platt --out fit.cal");
    INFO(made.err);
    REQUIRE(made.code == 0);
    CHECK(hold_file(dir, binary + "--calibrator fit.cal") > 5);
    CHECK(evaluated(dir, binary + "--calibrator fit.cal --bounded")["calibrator"]["kind"].text() ==
          "platt_calibrator");

    leeway::random_source random(3);
    std::string rows = "y,p_a,p_b,p_c,d,l,m,g\n", numbers = "y,p,w\n", ranked = "q,y,s,w\n";
    for (int i = 0; i < 300; ++i) {
        const auto k = random.below(3);
        const double p = random.uniform() / 2;
        rows += std::string(1, static_cast<char>('a' + k)) + "," + std::to_string(p) + "," +
                std::to_string(0.5) + "," + std::to_string(0.5 - p) + "," +
                std::string(1, static_cast<char>('a' + random.below(3))) + "," +
                std::to_string(random.below(2)) + "," +
                (i % 50 == 3 ? ""
                 : i % 3     ? "1"
                             : "0") +
                "," + std::to_string(i % 2) + "\n";
        const double y = std::exp(random.normal());
        numbers += std::to_string(y) + "," + std::to_string(y * std::exp(random.normal())) + "," +
                   std::to_string(1 + i % 3) + "\n";
        ranked += std::to_string(i / 6) + "," + std::to_string(random.below(3)) + "," +
                  std::to_string(random.uniform()) + "," + std::to_string(1 + i / 6 % 3) + "\n";
    }
    dir.file("m.csv", rows);
    const std::string classes = "m.csv --task multiclass --label y --thorough --beta 0.5 ";
    CHECK(hold_file(dir, classes + "--score p_a,p_b,p_c --costs '0,1,2;1,0,1;2,1,0'") >= 3);
    CHECK(hold_file(dir, classes + "--prediction d", "--classes a,b,c") == 0);
    const std::string labels = "m.csv --task multilabel --label l,m --thorough --beta 2 ";
    CHECK(hold_file(dir, labels + "--score p_a,p_c --threshold 0.25") == 6);
    CHECK(hold_file(dir, labels + "--prediction g,l --without-relevant zero") == 0);
    const json of_labels = evaluated(dir, labels + "--score p_a,p_c --bounded");
    CHECK(of_labels["labels"][1]["label"].text() == "m");
    CHECK(of_labels["labels"][1]["metrics"]["roc_auc"]["confidence"].number() == 1);

    dir.file("n.csv", numbers);
    const std::string regression = "n.csv --task regression --label y --score p --weight w ";
    CHECK(hold_file(dir, regression + "--tweedie 1.5,0 --pinball 0.1,0.9 --features 3 --huber 2") ==
          4);
    const json asked = evaluated(dir, regression + "--tweedie 1.5 --pinball 0.1 --bounded");
    // Two correlations, d2_tweedie_score_1.5, and of weighted rows the three intervals of bands.
    CHECK(asked["left_out"].size() == 6);
    CHECK(asked["metrics"]["d2_pinball_score_0.1"]["confidence"].number() == 1);
    dir.file("r.csv", ranked);
    CHECK(hold_file(dir,
                    "r.csv --task ranking --label y --score s --query q --weight w --at 2,4 "
                    "--thorough --gain exponential") == 0);
}

TEST_CASE("bounded: what needs all rows is refused with its reason") {
    const scratch dir;
    dir.file("f.csv", "y,s,g\n0,0.5,a\n1,0.4,b\n");
    const std::string given = "f.csv --task binary --label y --score s ";
    CHECK(contains(refused(dir, given + "--bins 5"),
                   "--bins: does not go with --bounded: bins of equal mass need every score"));
    CHECK(
        contains(refused(dir, given + "--curve roc --out c.csv"), "it needs every score in order"));
    CHECK(contains(refused(dir, given + "--best-threshold f1"), "it needs every score in order"));
    CHECK(contains(refused(dir, given + "--group g"), "the groups must be known before"));
    CHECK(contains(refused(dir, given + "--threads 2"), "the rows are read and counted by one"));
    CHECK(contains(refused(dir, "f.csv --task survival --time y --event y --score s"),
                   "does not go with --task survival, which compares all pairs of rows"));
}

TEST_CASE("bounded: what cannot be read is refused with its place") {
    const scratch dir;
    dir.file("f.csv", "y,s,w\n0,0.5,1\nno,0.4,1\nyes,x,1\nmaybe,0.3,a\n");
    const std::string given = "f.csv --task binary --score s --label y";
    CHECK(contains(refused(dir, given),
                   "f.csv:3:1 (column 'y'): 'no' is neither 0 nor 1; say "
                   "which is the positive class with --positive"));
    CHECK(
        contains(refused(dir, given + " --positive yes"),
                 "f.csv:3:1 (column 'y'): 'no' is a third class beside --positive 'yes' and '0'"));
    dir.file("g.csv", "y,s,w\nno,0.4,1\nyes,x,1\n");
    CHECK(contains(refused(dir, "g.csv --task binary --score s --label y --positive yes"),
                   "g.csv:3:2 (column 's'): 'x' is not a number, which --score needs"));
    dir.file("w.csv", "y,s,w\n1,0.4,1\n0,0.1,a\n");
    CHECK(contains(refused(dir, "w.csv --task binary --score s --label y --weight w"),
                   "w.csv:3:3 (column 'w'): 'a' is not a number, which --weight needs"));
    CHECK(contains(refused(dir, "w.csv --task binary --score t --label y"),
                   "there is no column 't'"));
    CHECK(contains(refused(dir, "w.csv --task binary --score s,w --label y"),
                   "--score names 2 columns"));
    dir.file("torn.csv", "y,s\n1,0.4\n0\n");
    CHECK(contains(refused(dir, "torn.csv --task binary --score s --label y"),
                   "the row has 1 field, expected 2"));
    dir.file("none.csv", "y,s\n");
    CHECK(contains(refused(dir, "none.csv --task binary --score s --label y"),
                   "has a header but no rows"));
    CHECK(contains(refused(dir, "w.csv --task binary --score s --label y --classes a,b"),
                   "--classes: needs --task multiclass and --bounded"));
    std::string many = "y,s,g\n";
    for (int i = 0; i < 1001; ++i) many += "1,0.5," + std::to_string(i) + "\n";
    dir.file("many.csv", many);
    CHECK(contains(refused(dir, "many.csv --task binary --score s --label y --slice g"),
                   "many.csv:1002:3 (column 'g'): '1000' is one more distinct value than the 1000 "
                   "that --slice takes at most"));
}

TEST_CASE("bounded: a file ten times as long takes no more memory") {
    const scratch dir;
    const auto written = [&](const std::string& name, int rows) {
        std::string text = "y,s\n";
        for (int i = 0; i < rows; ++i) text += i % 3 ? "0,0.125\n" : "1,0.75\n";
        dir.file(name, text);
    };
    written("short.csv", 30'000);
    written("long.csv", 400'000);
    const long first = peak_kib(dir, "short.csv", "--bounded");
    // Where pages fall differs by up to a megabyte from run to run under a sanitizer.
    CHECK(peak_kib(dir, "long.csv", "--bounded") <= first + 2048);
    CHECK(peak_kib(dir, "long.csv", "--threshold=0.5") > first + 4096);  // rows that are held
}
