#include <cmath>
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

json compared(const scratch& dir, const std::string& arguments) {
    return support::answer_of(dir, "drift " + arguments + " --format json");
}

std::string refused(const scratch& dir, const std::string& arguments) {
    return support::refusal_of(dir, "drift " + arguments);
}

/// Two columns, "x" normal with the mean, "c" one of the letters.
std::string rows(std::uint64_t seed, int n, double mean, const std::string& letters) {
    leeway::random_source random(seed);
    std::string out = "x,c\n";
    for (int i = 0; i < n; ++i) {
        out += std::to_string(mean + random.normal()) + ",";
        out += letters[random.below(letters.size())];
        out += "\n";
    }
    return out;
}

std::string numbers(const std::vector<std::string>& cells) {
    std::string out = "x\n";
    for (const auto& cell : cells) out += "\"" + cell + "\"\n";
    return out;
}

}  // namespace

TEST_CASE("drift: the JSON's shape") {
    const scratch dir;
    dir.file("a.csv", rows(1, 500, 0, "abc"));
    dir.file("b.csv", rows(2, 400, 0, "abc"));
    const json found = compared(dir, "a.csv b.csv");
    CHECK(found["schema"].text() == "leeway.drift/1");
    CHECK(found["leeway"].number() == 0.1);
    CHECK(found["only_in_reference"].size() == 0);
    REQUIRE(found["columns"].size() == 2);
    const json& x = found["columns"][0];
    CHECK(x["name"].text() == "x");
    CHECK(x["kind"].text() == "numeric");
    CHECK(x["n_reference"].number() == 500);
    CHECK(x["n_current"].number() == 400);
    CHECK(x["missing_reference"].number() == 0);
    CHECK(x["tests"].keys() == std::vector<std::string>{"population_stability_index",
                                                        "kolmogorov_smirnov", "chi_squared"});
    for (const char* test : {"population_stability_index", "kolmogorov_smirnov", "chi_squared"}) {
        const double p = x["tests"][test]["p_value"].number();
        CHECK(p > 0.001);
        CHECK(p < 1);
    }
    // 16 bins: (16 - 1) (1/500 + 1/400).
    CHECK(look_up(x, "tests.population_stability_index.expected_without_drift").number() ==
          Approx(15 * (1 / 500.0 + 1 / 400.0)));
    const json& c = found["columns"][1];
    CHECK(c["kind"].text() == "categorical");
    CHECK(c["tests"].keys() ==
          std::vector<std::string>{"population_stability_index", "chi_squared"});
}

TEST_CASE("drift: the verdict is by effect, and --fail-on alarm turns it into an exit code") {
    const scratch dir;
    dir.file("a.csv", rows(1, 20'000, 0, "abc"));
    dir.file("near.csv", rows(2, 20'000, 0.05, "abc"));
    dir.file("far.csv", rows(3, 20'000, 0.7, "abc"));
    dir.file("few.csv", rows(4, 30, 3, "abc"));
    const auto verdict = [&](const std::string& arguments) {
        return look_up(compared(dir, arguments), "columns.x.verdict").text();
    };
    // Mean moved by 0.05: p is tiny, the index 0.0025.
    CHECK(look_up(compared(dir, "a.csv near.csv"), "columns.x.tests.kolmogorov_smirnov.p_value")
              .number() < 1e-3);
    CHECK(verdict("a.csv near.csv") == "within");
    CHECK(verdict("a.csv near.csv --leeway 0") == "beyond");
    CHECK(verdict("a.csv far.csv") == "beyond");
    CHECK(verdict("a.csv far.csv --leeway 2") == "within");
    CHECK(verdict("a.csv few.csv") == "not enough data");
    CHECK(run_leeway(dir, "drift a.csv near.csv --fail-on alarm").code == 0);
    CHECK(run_leeway(dir, "drift a.csv few.csv --fail-on alarm").code == 0);
    CHECK(run_leeway(dir, "drift a.csv far.csv").code == 0);
    const auto failed = run_leeway(dir, "drift a.csv far.csv --fail-on alarm");
    CHECK(failed.code == 1);
    CHECK(contains(failed.out, "1 of 2 columns beyond a leeway of 0.1"));
    // The column that moved most stands first.
    CHECK(failed.out.find("\nx ") < failed.out.find("\nc "));
}

TEST_CASE("drift: columns of one file only, and --exclude") {
    const scratch dir;
    dir.file("a.csv", "id,x,old\n1,2,3\n2,3,4\n");
    dir.file("b.csv", "new,x,id\n1,2,9\n2,3,8\n");
    const json found = compared(dir, "a.csv b.csv --exclude id");
    REQUIRE(found["columns"].size() == 1);
    CHECK(found["columns"][0]["name"].text() == "x");
    CHECK(found["only_in_reference"][0].text() == "old");
    CHECK(found["only_in_current"][0].text() == "new");
    CHECK(contains(run_leeway(dir, "drift a.csv b.csv").out, "only in the reference: old"));
    CHECK(compared(dir, "a.csv b.csv --exclude id,old --exclude new")["only_in_current"].size() ==
          0);
    CHECK(
        contains(refused(dir, "a.csv b.csv --exclude idd"), "no column 'idd'; did you mean 'id'?"));
    CHECK(contains(refused(dir, "a.csv b.csv --categorical oldd"), "did you mean 'old'?"));
    CHECK(contains(refused(dir, "a.csv b.csv --exclude id,x"), "no column in common"));
}

TEST_CASE("drift: a column that holds numbers in one file and text in the other") {
    const scratch dir;
    dir.file("numbers.csv", "x\n1\n2\n3\n");
    dir.file("text.csv", "x\n1\ntwo\n3\n");
    dir.file("missing.csv", "x\nNA\n\"\"\nnull\n");
    CHECK(contains(refused(dir, "numbers.csv text.csv"),
                   "text.csv:3:1 (column 'x'): 'two' is not a number, and in numbers.csv the "
                   "column holds numbers"));
    CHECK(contains(refused(dir, "text.csv numbers.csv"), "text.csv:3:1 (column 'x')"));
    const json told = compared(dir, "numbers.csv text.csv --categorical x");
    CHECK(told["columns"][0]["kind"].text() == "categorical");
    // A column that is missing throughout takes the other file's kind.
    const json absent = compared(dir, "missing.csv text.csv");
    CHECK(absent["columns"][0]["kind"].text() == "categorical");
    CHECK(look_up(absent, "columns.x.tests.chi_squared.undefined").text() == "empty");
    const json number = compared(dir, "numbers.csv missing.csv");
    CHECK(number["columns"][0]["kind"].text() == "numeric");
    CHECK(number["columns"][0]["missing_current"].number() == 3);
    CHECK(look_up(number, "columns.x.tests.kolmogorov_smirnov.statistic").is_null());
    CHECK(look_up(number, "columns.x.tests.kolmogorov_smirnov.p_value").is_null());
    CHECK(number["columns"][0]["verdict"].text() == "not enough data");
}

TEST_CASE("drift: missing and infinite values are counted apart") {
    const scratch dir;
    dir.file("a.csv", numbers({"1", "2", "", "inf", "3", "NA"}));
    dir.file("b.csv", numbers({"1", "-inf", "1e999", "2"}));
    const json found = compared(dir, "a.csv b.csv");
    const json& x = found["columns"][0];
    CHECK(x["n_reference"].number() == 3);
    CHECK(x["missing_reference"].number() == 2);
    CHECK(x["non_finite_reference"].number() == 1);
    CHECK(x["n_current"].number() == 2);
    CHECK(x["missing_current"].number() == 0);
    CHECK(x["non_finite_current"].number() == 2);
}

TEST_CASE("drift: missing cells are a bin of the stability index, of either kind") {
    const scratch dir;
    std::string before = "c,n\n";
    for (int i = 0; i < 100; ++i) before += "a,1\nb,2\n";
    std::string after = before;
    for (int i = 0; i < 100; ++i) after += "NA,NA\n";
    dir.file("a.csv", before);
    dir.file("b.csv", after);
    const json found = compared(dir, "a.csv b.csv");
    // Three bins: 100, 100, 0 of 200 against 100, 100, 100 of 300, a half added to each.
    const double p[] = {100.5 / 201.5, 100.5 / 201.5, 0.5 / 201.5};
    double index = 0;
    for (const double share : p) index += (1 / 3.0 - share) * std::log(1 / 3.0 / share);
    for (const std::string column : {"c", "n"}) {
        INFO(column);
        CHECK(look_up(found, "columns." + column + ".tests.population_stability_index.statistic")
                  .number() == Approx(index).epsilon(1e-12));
        CHECK(look_up(found, "columns." + column + ".tests.chi_squared.statistic").number() == 0);
    }
}

TEST_CASE("drift: a saved reference on either side uses its frozen bins, with a band") {
    const scratch dir;
    dir.file("a.csv", rows(1, 5'000, 0, "abc"));
    dir.file("b.csv", rows(2, 4'000, 0.3, "abd"));
    REQUIRE(run_leeway(dir, "reference a.csv --out a.leeway").code == 0);
    const json raw = compared(dir, "a.csv b.csv");
    const json saved = compared(dir, "a.leeway b.csv");
    for (const char* path : {"columns.x.tests.population_stability_index.statistic",
                             "columns.x.tests.chi_squared.p_value",
                             "columns.c.tests.population_stability_index.statistic"}) {
        INFO(path);
        CHECK(look_up(saved, path).number() == look_up(raw, path).number());
    }
    // The band of the binned statistic holds the raw one.
    const json& band = look_up(saved, "columns.x.tests.kolmogorov_smirnov");
    const double exact = look_up(raw, "columns.x.tests.kolmogorov_smirnov.statistic").number();
    CHECK(band["lower"].number() <= exact);
    CHECK(band["upper"].number() >= exact);
    CHECK(band["lower"].number() < band["upper"].number());
    CHECK(look_up(saved, "columns.c.verdict").text() == "beyond");  // 'd' was never seen
    // PSI is symmetric, so the sides may be exchanged.
    CHECK(look_up(compared(dir, "b.csv a.leeway"),
                  "columns.x.tests.population_stability_index.statistic")
              .number() ==
          Approx(look_up(saved, "columns.x.tests.population_stability_index.statistic").number()));
    CHECK(look_up(compared(dir, "a.leeway a.leeway"), "columns.x.verdict").text() == "within");
    REQUIRE(run_leeway(dir, "reference b.csv --out b.leeway").code == 0);
    CHECK(contains(refused(dir, "a.leeway b.leeway"), "give the rows of one as CSV"));
    CHECK(contains(refused(dir, "a.leeway b.csv --categorical x"),
                   "'x' is numeric in this saved reference"));
    dir.file("text.csv", "x,c\none,a\n2,b\n");
    CHECK(contains(refused(dir, "a.leeway text.csv"), "text.csv:2:1 (column 'x'): 'one'"));
}

TEST_CASE("drift: standard input on one side") {
    const scratch dir;
    const auto path = dir.file("a.csv", rows(1, 300, 0, "ab"));
    const auto run = run_leeway(dir, "drift a.csv - --format json", path);
    REQUIRE(run.code == 0);
    const json found = json::parse(run.out);
    CHECK(found["current"].text() == "standard input");
    CHECK(look_up(found, "columns.x.tests.kolmogorov_smirnov.statistic").number() == 0);
    CHECK(look_up(found, "columns.c.tests.chi_squared.p_value").number() == 1);
}
