// What a gate of slices decides, and how sure it is.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

namespace {

const std::string decided = R"("label": "y", "prediction": "d", )";

support::outcome held(const scratch& dir, const std::string& members,
                      const std::string& more = "") {
    dir.file("gates.json", "{" + members + "}");
    return run_leeway(dir, "gate gates.json f.csv" + more);
}

std::vector<json> gates_of(const scratch& dir, const std::string& members) {
    const auto run = held(dir, members, " --format json");
    INFO(run.err);
    REQUIRE(run.err == "");
    const json found = json::parse(run.out);
    CHECK(run.code == (found["passed"].boolean() ? 0 : 1));
    return found["gates"].items();
}

/// "y,d,g" rows: `right` of `rows` decisions of group `name` are right.
std::string group_rows(const std::string& name, int right, int rows) {
    std::string out;
    for (int i = 0; i < rows; ++i) {
        const int label = i % 2;
        out += std::to_string(label) + ',' + std::to_string(i < right ? label : 1 - label) + ',' +
               name + '\n';
    }
    return out;
}

std::string after(const std::string& text, const std::string& mark) {
    const auto at = text.find(mark);
    return at == std::string::npos ? "" : text.substr(at + mark.size());
}

double p_in(const json& gate) {
    return std::strtod(after(gate["sentence"].text(), "(p ").c_str(), nullptr);
}

}  // namespace

TEST_CASE("gate: a slice of infinite loss is shown to miss") {
    const scratch dir;
    std::string rows = "y,s,g\n1,0,bad\n";
    for (int i = 0; i < 20; ++i)
        rows += i % 2 == 0 ? "1,0.9,bad\n1,0.9,fine\n" : "0,0.2,bad\n0,0.2,fine\n";
    dir.file("f.csv", rows);
    const auto gates = gates_of(dir, R"("label": "y", "score": "s", "gates": [
        {"metric": "log_loss", "at_most": 0.5, "slice": "g"}])");
    REQUIRE(gates.size() == 2);
    INFO(gates[0]["sentence"].text());
    CHECK(gates[0]["slice"].text() == "g = bad");
    CHECK(gates[0]["verdict"].text() == "fail");
    CHECK(gates[0]["shown"].text() == "missed");
    CHECK(contains(gates[0]["sentence"].text(), "): shown to miss 0.5000 (p 0, false"));
    CHECK(gates[1]["verdict"].text() == "pass");
    CHECK(gates[1]["shown"].text() == "met");
}

TEST_CASE("gate: slices of which none can be judged are not enough data") {
    const scratch dir;
    dir.file("f.csv", "y,d,g\n" + group_rows("a", 5, 5) + group_rows("b", 4, 4));
    const std::string few = decided + R"("gates": [
        {"metric": "accuracy", "at_least": 0.5, "slice": "g", "least_weight": 30}])";
    auto run = held(dir, few, " --junit out.xml --markdown out.md");
    CHECK(run.code == 1);
    CHECK(contains(run.out, "none of the 2 slices has enough data to be judged"));
    CHECK(contains(support::read_all(dir.path() / "out.xml"), "<failure type=\"not enough data\""));
    CHECK(contains(support::read_all(dir.path() / "out.md"), "### Quality gates: failed"));
    const auto gates = gates_of(dir, few);
    REQUIRE(gates.size() == 3);
    CHECK(gates[2]["slice"].text() == "every g");
    CHECK(gates[2]["verdict"].text() == "not enough data");

    // A file without one usable row: the same of a gate of all rows, and of one of slices.
    dir.file("f.csv", "y,d,g\n1,,a\n,1,b\n");
    CHECK(held(dir, decided + R"("gates": [
        {"metric": "accuracy", "at_least": 0.5, "slice": "g"}])")
              .code == 1);
    CHECK(held(dir, decided + R"("gates": [{"metric": "accuracy", "at_least": 0.5}])").code == 1);

    // One slice that can be judged is enough, and the small one stops nothing.
    dir.file("f.csv", "y,d,g\n" + group_rows("a", 40, 40) + group_rows("b", 4, 4));
    run = held(dir, few);
    CHECK(run.code == 0);
    CHECK(contains(run.out, "1 passed, 0 failed, 1 without enough data"));
}

TEST_CASE("gate: slices of counts have exact p-values") {
    const scratch dir;
    dir.file("f.csv", "y,d,g\n" + group_rows("a", 0, 1) + group_rows("b", 7, 10) +
                          group_rows("c", 50, 100) + group_rows("d", 10, 10));
    const auto p_values = [&](const std::string& gate) {
        std::vector<double> found;
        for (const json& one :
             gates_of(dir, decided + R"("gates": [{)" + gate + R"(, "slice": "g"}])"))
            found.push_back(p_in(one));
        return found;
    };
    const auto near = [](double found, double expected) {
        INFO(found << " and " << expected);
        // As printed: four decimals, or four digits.
        CHECK(found == Approx(expected).epsilon(5e-4).margin(expected < 1e-3 ? 0 : 5e-5));
    };
    // SciPy: binomtest(k, n, limit, alternative="less").pvalue
    auto p = p_values(R"("metric": "accuracy", "at_least": 0.99)");
    REQUIRE(p.size() == 4);
    near(p[0], 0.01);
    near(p[1], 0.00011384911790577993);
    near(p[2], 6.165015712303176e-72);
    near(p[3], 1);
    // SciPy: the same of "greater", of the wrong ones
    p = p_values(R"("metric": "hamming_loss", "at_most": 0.2)");
    near(p[0], 0.2);
    near(p[1], 0.32220047360000015);
    near(p[2], 2.1392506626196037e-11);
    near(p[3], 1);
    // Of recall only the rows of label 1 count: 0 of 0, 3 of 5, 25 of 50, 5 of 5.
    p = p_values(R"("metric": "recall", "at_least": 0.9)");
    near(p[1], 0.08146);
    near(p[2], 1.014983870006756e-12);
    // A limit that no share reaches, and one that every share does.
    CHECK(p_values(R"("metric": "accuracy", "at_least": 1.5)")[3] == 0);
    CHECK(p_values(R"("metric": "accuracy", "at_most": 1)")[3] == 1);

    // Weighted rows are no counts: there the interval is searched, down to 1e-9.
    std::string rows = "y,d,g,w\n";
    for (int i = 0; i < 400; ++i) rows += "1," + std::to_string(i % 2) + ",a,2\n";
    dir.file("f.csv", rows);
    const auto gates = gates_of(dir, decided + R"("weight": "w", "gates": [
        {"metric": "accuracy", "at_least": 0.99, "slice": "g"}])");
    CHECK(contains(gates[0]["sentence"].text(), "(p < 1e-9, false discoveries among 1 slice"));
}

TEST_CASE("gate: a slice shown to meet the limit and one not shown to miss it read apart") {
    const scratch dir;
    dir.file("f.csv", "y,d,g\n" + group_rows("good", 95, 100) + group_rows("maybe", 75, 100) +
                          group_rows("bad", 30, 100));
    const std::string gate =
        decided + R"("gates": [{"metric": "accuracy", "at_least": 0.8, "slice": "g"}])";
    const auto gates = gates_of(dir, gate);
    REQUIRE(gates.size() == 3);
    const std::vector<std::string> verdicts{"fail", "pass", "pass"};
    const std::vector<std::string> shown{"missed", "met", "neither"};
    for (std::size_t i = 0; i < 3; ++i) {
        CHECK(gates[i]["verdict"].text() == verdicts[i]);
        CHECK(gates[i]["shown"].text() == shown[i]);
        CHECK(gates[i]["gate"].text() == "accuracy at least 0.8000 (no slice shown to miss)");
    }
    const auto run = held(dir, gate, " --junit out.xml --markdown out.md");
    CHECK(contains(run.out,
                   "\npass                    accuracy at least 0.8000 (no slice shown to "
                   "miss), g = good: 0.9500 ("));
    CHECK(contains(run.out, "): shown to meet 0.8000 (p "));
    CHECK(contains(run.out, "\npass, not shown to miss accuracy at least 0.8000"));
    CHECK(contains(run.out, "): not shown to miss 0.8000, nor to meet it (p "));
    CHECK(contains(run.out, "2 passed (1 of them not shown to meet its limit either), 1 failed"));
    const std::string markdown = support::read_all(dir.path() / "out.md");
    CHECK(contains(markdown,
                   "| pass | accuracy at least 0.8000 (no slice shown to miss) | g = good |"));
    CHECK(contains(markdown, "| pass, not shown to miss | accuracy"));
    CHECK(contains(support::read_all(dir.path() / "out.xml"),
                   "<system-out>0.7500 (95 % CI 0.6570 to 0.8245, n = 100): not shown to miss"));
}

TEST_CASE("gate: where every slice meets the limit, hardly ever one fails", "[simulation]") {
    leeway::random_source random(5);
    const auto groups = [&](int slices, double share, const std::string& name) {
        std::string out;
        for (int slice = 0; slice < slices; ++slice) {
            for (int row = 0; row < 10; ++row) {
                const bool right = random.bernoulli(share);
                out += std::string(right ? "1,1," : "1,0,") + name + std::to_string(slice) + '\n';
            }
        }
        return out;
    };
    const std::string gate = decided + R"("false_discovery": 0.05, "gates": [
        {"metric": "accuracy", "at_least": 0.99, "slice": "g"}])";
    const scratch dir;
    int runs_with_a_failure = 0;
    double false_share = 0;
    int found = 0;
    constexpr int runs = 60;
    for (int run = 0; run < runs; ++run) {
        // Accuracy 0.99 of 200 slices of ten rows each: at the limit, none misses it.
        dir.file("f.csv", "y,d,g\n" + groups(200, 0.99, "g"));
        const auto failures = [&] {
            std::vector<std::string> names;
            for (const json& one : gates_of(dir, gate)) {
                if (one["verdict"].text() == "fail") names.push_back(one["slice"].text());
            }
            return names;
        };
        runs_with_a_failure += failures().empty() ? 0 : 1;
        // With 40 slices that do, the share of the others among those that fail.
        dir.file("f.csv", "y,d,g\n" + groups(160, 0.99, "g") + groups(40, 0.5, "miss"));
        const auto names = failures();
        const auto wrong = std::count_if(names.begin(), names.end(), [](const std::string& name) {
            return name.starts_with("g = g");
        });
        found += static_cast<int>(names.size()) - static_cast<int>(wrong);
        if (!names.empty()) {
            false_share += static_cast<double>(wrong) / static_cast<double>(names.size());
        }
    }
    // At most 5 % of 60, and three standard deviations of 1.7.
    CHECK(runs_with_a_failure <= 8);
    CHECK(false_share / runs <= 0.05);
    CHECK(found >= runs * 40 * 9 / 10);
}
