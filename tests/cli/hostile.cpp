// Input that nobody should send: a clear sentence and exit 2, or a counted observation.
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

const std::vector<std::string> commands{"evaluate FILE --task binary --label y --score x",
                                        "reference FILE --out out.leeway", "drift good.csv FILE",
                                        "drift FILE good.csv", "watch good.leeway FILE"};

std::string with(std::string command, const std::string& file) {
    return command.replace(command.find("FILE"), 4, file);
}

/// A good file and a reference of it, for the side that is not under test.
void prepare(const scratch& dir) {
    std::string good = "x,y\n";
    leeway::random_source random(7);
    for (int i = 0; i < 300; ++i) {
        good += std::to_string(random.uniform()) + (random.bernoulli(0.5) ? ",1\n" : ",0\n");
    }
    dir.file("good.csv", good);
    REQUIRE(run_leeway(dir, "reference good.csv --out good.leeway").code == 0);
}

}  // namespace

TEST_CASE("hostile: files that are not a table are refused by every command") {
    const scratch dir;
    prepare(dir);
    const std::vector<std::pair<std::string, std::string>> files{
        {"", "bad.csv: is empty"},
        {"\n\n\n", "bad.csv: is empty"},
        {"x,y\n1,0\n2\n", "bad.csv:3:2 (column 'y'): the row has 1 field, expected 2"},
        {"x,y\n1,0\n2,1,3\n", "bad.csv:3:3: the row has 3 fields, expected 2"},
        {"x,x\n1,0\n", "bad.csv:1:2: a second column named 'x'"},
        {"x,y\n1,\"0\n", "bad.csv:2:2 (column 'y'): a quote opens here and is never closed"},
        {std::string("x,y\n1,0\n\0,1\n", 13), "bad.csv:3:1 (column 'x'): a NUL byte"},
        {"\xFF\xFEx\0,\0y\0", "bad.csv:1:1: the file is in UTF-16"}};
    for (const auto& [content, sentence] : files) {
        dir.file("bad.csv", content);
        for (const auto& command : commands) {
            INFO(command << " on " << content);
            const auto run = run_leeway(dir, with(command, "bad.csv"));
            CHECK(run.code == 2);
            CHECK(contains(run.err, sentence));
        }
    }
}

TEST_CASE("hostile: a header without rows") {
    const scratch dir;
    prepare(dir);
    dir.file("bad.csv", "x,y\n");
    for (const auto& command : commands) {
        INFO(command);
        const auto run = run_leeway(dir, with(command, "bad.csv"));
        CHECK(run.code == 2);
        CHECK(contains(run.err, "bad.csv: "));
        CHECK(contains(run.err, "no row"));
    }
}

TEST_CASE("hostile: text where numbers are told") {
    const scratch dir;
    prepare(dir);
    dir.file("bad.csv", "x,y\n0.5,0\n0.25,1\noops,1\n");
    for (const auto& command : commands) {
        if (contains(command, "reference FILE")) continue;  // text is a category there
        INFO(command);
        const auto run = run_leeway(dir, with(command, "bad.csv"));
        CHECK(run.code == 2);
        CHECK(contains(run.err, "bad.csv:4:1 (column 'x'): 'oops' is not a number"));
    }
}

TEST_CASE("hostile: a constant feature, NaN in every row, one class") {
    const scratch dir;
    std::string rows = "constant,nan,y,s\n";
    for (int i = 0; i < 200; ++i) rows += "5,NaN,1,0." + std::to_string(i % 10) + "\n";
    dir.file("f.csv", rows);
    const auto drifted = run_leeway(dir, "drift f.csv f.csv --format json");
    REQUIRE(drifted.code == 0);
    const json found = json::parse(drifted.out);
    CHECK(look_up(found, "columns.constant.verdict").text() == "within");
    CHECK(look_up(found, "columns.nan.missing_reference").number() == 200);
    CHECK(look_up(found, "columns.nan.tests.kolmogorov_smirnov.undefined").text() == "empty");
    REQUIRE(run_leeway(dir, "reference f.csv --out r.leeway --label y --score s").code == 0);
    const auto watched = run_leeway(dir, "watch r.leeway f.csv --label y --score s");
    CHECK(watched.code == 0);
    CHECK(contains(watched.out, "no alarm"));
    // The constant becomes another value, the missing column a number: both are seen.
    std::string moved = "constant,nan,y,s\n";
    for (int i = 0; i < 200; ++i) moved += "6,1,1,0." + std::to_string(i % 10) + "\n";
    dir.file("g.csv", moved);
    const auto alarmed = run_leeway(dir, "watch r.leeway g.csv --format json --fail-on alarm");
    CHECK(alarmed.code == 1);
    CHECK(contains(alarmed.out, "\"feature\":\"constant\""));
    CHECK(contains(alarmed.out, "\"feature\":\"nan\""));
    const auto evaluated = run_leeway(dir, "evaluate f.csv --task binary --label y --score s");
    CHECK(evaluated.code == 0);
    CHECK(contains(evaluated.out, "one class"));
    const auto nothing = run_leeway(dir, "evaluate f.csv --task binary --label y --score nan");
    CHECK(nothing.code == 0);
    CHECK(contains(nothing.out, "empty"));
}

TEST_CASE("hostile: a hundred thousand categories, or a million") {
#ifdef NDEBUG
    constexpr int categories = 1'000'000;
#else
    constexpr int categories = 100'000;  // a million take up to 20 seconds unoptimised
#endif
    const scratch dir;
    std::string a = "id\n";
    std::string b = "id\n";
    for (int i = 0; i < categories; ++i) {
        a += "k" + std::to_string(i) + "\n";
        b += "k" + std::to_string(i + categories / 2) + "\n";
    }
    dir.file("a.csv", a);
    dir.file("b.csv", b);
    const auto run = run_leeway(dir, "drift a.csv b.csv --format json");
    REQUIRE(run.code == 0);
    const json found = json::parse(run.out);
    // Half of each file's categories are not in the other: each such cell adds 1/2 + 1/2, so X^2 is
    // the number of categories, with half as many again less one degrees of freedom.
    CHECK(look_up(found, "columns.id.tests.chi_squared.statistic").number() == Approx(categories));
    CHECK(look_up(found, "columns.id.tests.chi_squared.p_value").number() == 1);
    CHECK(run_leeway(dir, "reference a.csv --out r.leeway").code == 0);
    CHECK(run_leeway(dir, "watch r.leeway b.csv --rows :1000").code == 0);
}

TEST_CASE("hostile: a reference cut short, or with one bit turned, is refused") {
    const scratch dir;
    prepare(dir);
    const std::string sound = support::read_all(dir.path() / "good.leeway");
    REQUIRE(sound.size() > 100);
    for (const std::size_t size : {std::size_t{0}, std::size_t{3}, std::size_t{8}, std::size_t{20},
                                   sound.size() / 2, sound.size() - 1}) {
        INFO("first " << size << " bytes");
        dir.file("cut.leeway", sound.substr(0, size));
        for (const std::string command :
             {"watch cut.leeway good.csv", "drift cut.leeway good.csv"}) {
            const auto run = run_leeway(dir, command);
            CHECK(run.code == 2);
            CHECK(contains(run.err, "cut.leeway"));
        }
    }
    leeway::random_source random(11);
    for (int i = 0; i < 60; ++i) {
        const auto at = i < 16 ? static_cast<std::size_t>(i) : random.below(sound.size());
        std::string flipped = sound;
        flipped[at] = static_cast<char>(flipped[at] ^ (1 << random.below(8)));
        INFO("byte " << at);
        dir.file("bad.leeway", flipped);
        const auto run =
            run_leeway(dir, i % 2 == 0 ? "watch bad.leeway good.csv" : "drift bad.leeway good.csv");
        CHECK(run.code == 2);
        CHECK(contains(run.err, "bad.leeway"));
        // Damage in the magic bytes is called damage, not a strange CSV.
        if (at < 8) CHECK(contains(run.err, "does not begin with the magic bytes"));
    }
    dir.file("other.leeway", "x,y\n1,2\n");
    CHECK(contains(run_leeway(dir, "watch other.leeway good.csv").err,
                   "other.leeway: not a saved reference; make one with: leeway reference"));
}
