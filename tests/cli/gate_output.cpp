// What a gate writes: rows, JUnit XML, Markdown, exit codes, and files that it must not write.
#include <filesystem>
#include <fstream>
#include <string>

#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

namespace {

const std::string gates =
    R"({"label": "y", "score": "s", "gates": [{"metric": "accuracy", "at_least": 0.5)";

/// Seven rows: three can be used, one of them with a score above 1.
const std::string partly =
    "y,s,t\n1,0.9,0.8\n0,0.1,0.2\n1,1.5,0.6\n1,,0.5\n,0.5,0.5\n0,inf,0.1\n1,0.7,\n";

}  // namespace

TEST_CASE("gate: rows that were left out are told, with the reason") {
    const scratch dir;
    dir.file("f.csv", partly);
    dir.file("gates.json", gates + R"(, "on": "value"}]})");
    const auto run = run_leeway(dir, "gate gates.json f.csv --junit out.xml --markdown out.md");
    INFO(run.out << run.err);
    CHECK(run.code == 0);
    const std::string told =
        "7 rows, 4 used; left out: 2 value missing, 1 value infinite, "
        "1 score outside [0, 1] (only the probability figures)";
    CHECK(contains(run.out, told));
    CHECK(contains(support::read_all(dir.path() / "out.xml"), told));
    CHECK(contains(support::read_all(dir.path() / "out.md"), "7 rows, 4 used; left out: 2 value"));
    const json found = support::answer_of(dir, "gate gates.json f.csv --format json");
    CHECK(found["rows"].number() == 7);
    CHECK(found["used"].number() == 4);
    CHECK(found["rejected"]["missing"].number() == 2);
    CHECK(found["rejected"]["non_finite"].number() == 1);
    CHECK(found["rejected"]["range"].number() == 1);

    // Against a baseline the rows are those that both have.
    dir.file("gates.json", R"({"label": "y", "score": "s", "baseline_score": "t", "gates": [
        {"metric": "accuracy", "not_worse_than_baseline_by": 0.5, "on": "value"}]})");
    CHECK(contains(run_leeway(dir, "gate gates.json f.csv").out,
                   "of both models: 7 rows, 3 used; left out: 3 value missing, 1 value infinite"));
    const json paired = support::answer_of(dir, "gate gates.json f.csv --format json");
    CHECK_FALSE(paired.contains("rows"));
    CHECK(paired["of_both_models"]["used"].number() == 3);
    CHECK(paired["of_both_models"]["rejected"]["missing"].number() == 3);

    const std::string models = "compare f.csv --label y --score-a s --score-b t";
    const json compared = support::answer_of(dir, models + " --format json");
    CHECK(compared["rejected"]["missing"].number() == 3);
    CHECK(compared["rejected"]["non_finite"].number() == 1);
    CHECK(compared["rejected"]["range"].number() == 1);
    const auto text = run_leeway(dir, models).out;
    CHECK(contains(text, "s (A) against t (B), 3 of 7 rows"));
    CHECK(contains(text, "rows left out:\n  3  value missing\n  1  value infinite\n"));
}

TEST_CASE("gate: JUnit XML and Markdown hold any name") {
    const scratch dir;
    // U+FFFE, U+FFFF, a control character, a byte that is no UTF-8, and marks of both formats.
    const std::string odd =
        "a\xEF\xBF\xBE\xEF\xBF\xBF"
        "\x01\xFF<b>&\"|\\|*_c_";
    std::string rows = "y,s,g\n";
    for (int i = 0; i < 40; ++i)
        rows +=
            "1,0.9,\"a\xEF\xBF\xBE\xEF\xBF\xBF"
            "\x01\xFF<b>&\"\"|\\|*_c_\"\n";
    dir.file("f\xFF.csv", rows);
    dir.file("gates.json", gates + R"(, "slice": "g"}]})");
    const auto run = run_leeway(dir, "gate gates.json f\xFF.csv --junit out.xml --markdown out.md");
    INFO(run.out << run.err);
    CHECK(run.code == 0);
    const std::string junit = support::read_all(dir.path() / "out.xml");
    INFO(junit);
    CHECK(contains(junit, "classname=\"f\xEF\xBF\xBD.csv\""));
    CHECK(contains(junit, "g = a?\xEF\xBF\xBD&lt;b&gt;&amp;&quot;|\\|*_c_\""));
    CHECK_FALSE(contains(junit, "\xEF\xBF\xBE"));
    CHECK_FALSE(contains(junit, "\xEF\xBF\xBF"));
    CHECK_FALSE(contains(junit, "\xFF"));
    const std::string markdown = support::read_all(dir.path() / "out.md");
    INFO(markdown);
    CHECK(contains(markdown, "\xEF\xBF\xBD&lt;b&gt;&amp;\"\\|\\\\\\|\\*\\_c\\_ |"));
    CHECK_FALSE(contains(markdown, "\xFF"));
    CHECK(contains(run.out, "\xEF\xBF\xBD<b>&"));
}

TEST_CASE("gate: what cannot be judged is an error in the files too") {
    const scratch dir;
    dir.file("f.csv", partly);
    const auto written = [&](const std::string& content, const std::string& file) {
        dir.file("out.xml", "<testsuite tests=\"1\" failures=\"0\">of an earlier run</testsuite>");
        dir.file("out.md", "### Quality gates: passed");
        dir.file("gates.json", content);
        const auto run =
            run_leeway(dir, "gate gates.json " + file + " --junit out.xml --markdown out.md");
        CHECK(run.code == 2);
        CHECK(run.out == "");
        const std::string junit = support::read_all(dir.path() / "out.xml");
        CHECK(contains(junit, "tests=\"1\" failures=\"0\" errors=\"1\""));
        const std::string markdown = support::read_all(dir.path() / "out.md");
        CHECK(contains(markdown, "### Quality gates: could not be judged\n\n"));
        CHECK_FALSE(contains(markdown, "passed"));
        return junit;
    };
    const std::string fine = gates + "}]}";
    CHECK(contains(written(fine, "no.csv"), "<error message=\"no.csv: "));
    CHECK(contains(written("{", "f.csv"), "<error message=\"gates.json: parse error at line 1"));
    CHECK(contains(written(R"({"label": "y", "score": "s", "gates": [
        {"metric": "acuracy", "at_least": 0.5}]})",
                           "f.csv"),
                   "no figure 'acuracy'"));
}

TEST_CASE("gate: the exit code says passed, failed or not judged") {
    const scratch dir;
    dir.file("f.csv", "y,s\n1,0.9\n0,0.1\n1,0.8\n0,0.2\n");
    const auto code = [&](const std::string& gate) {
        dir.file("gates.json", R"({"label": "y", "score": "s", "gates": [{)" + gate + "}]}");
        return run_leeway(dir, "gate gates.json f.csv").code;
    };
    CHECK(code(R"("metric": "accuracy", "at_least": 0.5)") == 0);
    CHECK(code(R"("metric": "accuracy", "at_least": 0.9)") == 1);
    CHECK(code(R"("metric": "accuracy", "at_least": 0.5, "least_weight": 10)") == 1);
    CHECK(code(R"("metric": "accuracy")") == 2);
    CHECK(code(R"("metric": "no_such", "at_least": 0.5)") == 2);
    CHECK(run_leeway(dir, "gate gates.json no.csv").code == 2);
    CHECK(run_leeway(dir, "gate gates.json").code == 2);
    CHECK(run_leeway(dir, "gate gates.json f.csv --junit no/such/place.xml").code == 2);
}

TEST_CASE("gate: sentences about a gates file name the file and the gate") {
    const scratch dir;
    std::string rows = "y,s,b,g\n";
    for (int i = 0; i < 1100; ++i)
        rows += std::to_string(i % 2) + ",0.6,0.5," + std::to_string(i) + '\n';
    dir.file("f.csv", rows);
    const auto refused = [&](const std::string& content) {
        dir.file("gates.json", content);
        return support::refusal_of(dir, "gate gates.json f.csv");
    };
    const std::string both = R"({"label": "y", "score": "s", "baseline_score": "b", "gates": [
        {"metric": "accuracy", "at_least": 0.5}, {"metric": )";
    CHECK(contains(refused(both + R"("zzz", "at_least": 0.5}]})"),
                   "gates.json: gates[1].metric: a binary report has no figure 'zzz'. There are: "
                   "accuracy, "));
    CHECK(contains(refused(both + R"("f_beta_2", "not_worse_than_baseline_by": 0.5}]})"),
                   "gates.json: gates[1].metric: there is no paired test of 'f_beta_2'. There are: "
                   "accuracy, "));
    CHECK(contains(refused(both + R"("prevalence", "not_worse_than_baseline_by": 0.5}]})"),
                   "gates.json: gates[1].metric: prevalence has no better direction"));
    CHECK(contains(refused(both + R"("accuracy", "at_least": 0.5, "slice": "g"}]})"),
                   "column 'g' has 1100 distinct values, expected at most 1000 slices\n"));
    CHECK(contains(refused(R"({"label": "y", "score": "s", "label": "b", "gates": []})"),
                   "gates.json: member 'label' is given twice in one object"));
    CHECK(contains(refused(both + R"("accuracy", "at_least": 0.9, "at_least": 0.5}]})"),
                   "gates.json: member 'at_least' is given twice in one object"));
    CHECK(contains(refused(both + R"("accuracy", "at_least": 1e999}]})"),
                   "gates.json: number overflow"));
    for (const char* level : {"1e-300", "1", "0", "-1"}) {
        CHECK(contains(refused(R"({"confidence": )" + std::string(level) + ", " + both.substr(1) +
                               R"("accuracy", "at_least": 0.9}]})"),
                       "expected a number of at least 0.01 and below 1"));
    }
    dir.file("gates.json", R"({"confidence": 0.9999999999999999, )" + both.substr(1) +
                               R"("accuracy", "at_least": 0.01}]})");
    const auto sure = run_leeway(dir, "gate gates.json f.csv");
    CHECK_FALSE(contains(sure.out, "(100 % CI"));
    CHECK(contains(sure.out, "(99.99999999999999 % CI"));
}

TEST_CASE("no command writes over a file that it reads") {
    const scratch dir;
    const std::string rows = "y,s\n1,0.9\n0,0.1\n1,0.8\n0,0.2\n1,0.6\n0,0.4\n";
    dir.file("f.csv", rows);
    const std::string limits = gates + "}]}";
    dir.file("gates.json", limits);
    std::filesystem::create_hard_link(dir.path() / "f.csv", dir.path() / "hard.csv");
    std::filesystem::create_symlink("f.csv", dir.path() / "soft.csv");
    const auto refused = [&](const std::string& arguments, const std::string& input = "/dev/null") {
        INFO(arguments);
        const auto run = run_leeway(dir, arguments, input);
        CHECK(run.code == 2);
        CHECK(contains(run.err, "which would be lost: expected another file"));
        CHECK(support::read_all(dir.path() / "f.csv") == rows);
        CHECK(support::read_all(dir.path() / "gates.json") == limits);
        CHECK(std::filesystem::is_symlink(dir.path() / "soft.csv"));
    };
    for (const char* out : {"f.csv", "./f.csv", "hard.csv", "soft.csv"}) {
        const std::string to = out;
        refused("gate gates.json f.csv --junit " + to);
        refused("gate gates.json f.csv --markdown " + to);
        refused("calibrate f.csv --label y --score s --method platt --folds 2 --out " + to);
        refused("reference f.csv --out " + to);
        refused("evaluate f.csv --task binary --label y --score s --curve roc --out " + to);
    }
    refused("gate gates.json f.csv --junit gates.json");
    refused("gate gates.json f.csv --markdown gates.json");
    refused("gate gates.json f.csv --junit new --markdown ./new");
    refused("evaluate - --task binary --label y --score s --curve roc --out f.csv",
            (dir.path() / "f.csv").string());
    // Anything else may be written over, and a device twice.
    dir.file("old.xml", "old");
    CHECK(run_leeway(dir, "gate gates.json f.csv --junit old.xml").code < 2);
    CHECK(contains(support::read_all(dir.path() / "old.xml"), "<testsuite"));
    CHECK(run_leeway(dir, "gate gates.json f.csv --junit /dev/null --markdown /dev/null").code < 2);
}
