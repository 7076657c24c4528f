// A gate against a baseline that hardly differs, or not at all, and of slices.
#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "leeway/core/random.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using support::contains;
using support::json;
using support::run_leeway;
using support::scratch;

namespace {

std::vector<json> held(const scratch& dir, const std::string& members) {
    dir.file("gates.json", "{" + members + "}");
    const auto run = run_leeway(dir, "gate gates.json f.csv --format json");
    INFO(run.err);
    REQUIRE(run.err == "");
    const json found = json::parse(run.out);
    CHECK(run.code == (found["passed"].boolean() ? 0 : 1));
    return found["gates"].items();
}

std::string verdict(const scratch& dir, const std::string& columns, const std::string& gate) {
    return held(dir, columns + R"(, "gates": [{)" + gate + "}]")[0]["verdict"].text();
}

/// "y,p,d,c" rows: a score, the decision of it, and one of four scores.
std::string one_model(int rows) {
    leeway::random_source random(12);
    std::ostringstream out;
    out.precision(17);
    out << "y,p,d,c,w,t\n";
    for (int i = 0; i < rows; ++i) {
        const double p = random.uniform();
        const int decided = p >= 0.5 ? 1 : 0;
        out << (random.bernoulli(p) ? 1 : 0) << ',' << p << ',' << decided << ','
            << (decided == 1 ? 0.6 : 0.3) + (i % 2 == 0 ? 0.1 : 0) << ",3," << p - 0.5 << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("gate: a model that predicts as its baseline does is not worse") {
    const scratch dir;
    dir.file("f.csv", one_model(2000));
    const std::string unchanged = R"("label": "y", "score": "p", "baseline_score": "p")";
    std::string gates;
    for (const char* key :
         {"accuracy", "f1", "recall", "precision", "matthews_correlation", "balanced_accuracy",
          "specificity", "log_loss", "brier_score", "roc_auc"}) {
        gates += std::string(gates.empty() ? "" : ", ") + R"({"metric": ")" + key +
                 R"(", "not_worse_than_baseline_by": 0})";
    }
    for (const json& gate : held(dir, unchanged + R"(, "gates": [)" + gates + "]")) {
        INFO(gate["sentence"].text());
        CHECK(gate["verdict"].text() == "pass");
        CHECK(gate["same_predictions"].boolean());
        CHECK(contains(gate["sentence"].text(),
                       "both models predict the same on every row, so the candidate is not worse "
                       "than the baseline by more than 0.0000"));
        CHECK(contains(gate["sentence"].text(), "difference 0.0000 ("));
    }
    // It is no better either, and least evidence stays a condition.
    CHECK(verdict(dir, unchanged, R"("metric": "log_loss", "better_than_baseline_by": 0.01)") ==
          "fail");
    CHECK(verdict(dir, unchanged,
                  R"("metric": "f1", "not_worse_than_baseline_by": 0.1, "least_weight": 2001)") ==
          "not enough data");
    CHECK(verdict(dir, R"("task": "regression", "label": "t", "score": "p", "baseline_score": "p")",
                  R"("metric": "mean_squared_error", "not_worse_than_baseline_by": 0)") == "pass");
    // An undefined figure is none of both.
    dir.file("f.csv", one_model(2000) + "");
    CHECK(verdict(dir, R"("label": "y", "score": "p", "baseline_score": "p", "threshold": 2)",
                  R"("metric": "precision", "not_worse_than_baseline_by": 0)") ==
          "not enough data");
    // Too few to know the model by: 29 different scores and 30.
    for (const int rows : {29, 30}) {
        dir.file("f.csv", one_model(rows));
        CHECK(verdict(dir, unchanged, R"("metric": "log_loss", "not_worse_than_baseline_by": 0)") ==
              (rows == 30 ? "pass" : "not enough data"));
    }
}

TEST_CASE("gate: decisions that never differ are bounded by how many they are") {
    const scratch dir;
    const std::string same = R"("label": "y", "prediction": "d", "baseline_prediction": "d")";
    const auto of = [&](const std::string& columns, const std::string& key,
                        const std::string& margin) {
        return verdict(dir, columns,
                       R"("metric": ")" + key + R"(", "not_worse_than_baseline_by": )" + margin);
    };
    dir.file("f.csv", one_model(2000));
    for (const char* key :
         {"f1", "recall", "precision", "matthews_correlation", "balanced_accuracy", "accuracy"}) {
        INFO(key);
        // ln 40 = 3.69 of 2,000 rows, half of which are positive.
        CHECK(of(same, key, "0.01") == "pass");
        CHECK(of(same, key, "0.001") == "fail");
        CHECK(of(same + R"(, "weight": "w")", key, "0.01") == "pass");
        CHECK(of(same + R"(, "weight": "w")", key, "0.001") == "fail");
    }
    const auto recall = held(dir, same + R"(, "gates": [
        {"metric": "recall", "not_worse_than_baseline_by": 0.001}])")[0];
    CHECK_FALSE(recall.contains("same_predictions"));
    CHECK(recall["figure"]["value"].number() == 0);
    const double positives = [&] {
        int sum = 0;
        std::istringstream rows(one_model(2000));
        std::string line;
        while (std::getline(rows, line)) sum += line[0] == '1' ? 1 : 0;
        return sum;
    }();
    CHECK(recall["figure"]["upper"].number() == Approx(3.688879454113936 / positives));
    CHECK(contains(recall["sentence"].text(), "which does not rule out that the candidate"));
    CHECK(of(R"("task": "multiclass", )" + same, "f1_macro", "0.01") == "pass");

    // Four scores are met by other models too: losses of a range are bounded, others are not.
    const std::string few = R"("label": "y", "score": "c", "baseline_score": "c")";
    CHECK(of(few, "brier_score", "0.002") == "pass");
    CHECK(of(few, "brier_score", "0.0018") == "fail");
    CHECK(of(few, "roc_auc", "0.01") == "pass");
    CHECK(of(few, "roc_auc", "0.001") == "fail");
    CHECK(of(few, "log_loss", "0.5") == "not enough data");

    // One row says nothing, of decisions and of losses alike.
    dir.file("f.csv", one_model(1));
    CHECK(of(few, "brier_score", "0.1") == "fail");
    CHECK(of(same, "accuracy", "0.1") == "fail");
    dir.file("f.csv", one_model(60));
    CHECK(of(same, "f1", "0.05") == "fail");
    CHECK(of(few, "brier_score", "0.05") == "fail");
}

namespace {

/// `groups` of 200 rows: the baseline is right on 8 of 10; the candidate is wrong on a further
/// `worse` of the rows of the first group, and right or wrong on others than the baseline in all.
std::string two_models(int groups, double worse, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::ostringstream out;
    out << "y,new,old,pn,po,g\n";
    for (int i = 0; i < 200 * groups; ++i) {
        const int label = random.bernoulli(0.5) ? 1 : 0;
        const bool old_right = random.bernoulli(0.8);
        bool new_right = random.bernoulli(0.1) ? random.bernoulli(0.8) : old_right;
        if (i % groups == 0 && random.bernoulli(worse)) new_right = false;
        const auto score = [&](bool right) { return (label == 1) == right ? 0.7 : 0.3; };
        out << label << ',' << (new_right ? label : 1 - label) << ','
            << (old_right ? label : 1 - label) << ',' << score(new_right) + 0.1 * random.uniform()
            << ',' << score(old_right) + 0.1 * random.uniform() << ",g" << i % groups << '\n';
    }
    out << "1,1,1,0.8,0.8,tiny\n";
    return out.str();
}

const std::string decided = R"("label": "y", "prediction": "new", "baseline_prediction": "old")";
const std::string scored = R"("label": "y", "score": "pn", "baseline_score": "po")";

}  // namespace

TEST_CASE("gate: each slice against the baseline") {
    const scratch dir;
    dir.file("f.csv", two_models(12, 0.4, 1));
    for (const auto& [columns, key] :
         std::vector<std::pair<std::string, std::string>>{{decided, "accuracy"},
                                                          {decided, "f1"},
                                                          {decided, "recall"},
                                                          {scored, "log_loss"},
                                                          {scored, "brier_score"},
                                                          {scored, "roc_auc"}}) {
        INFO(key);
        const auto gates = held(
            dir,
            columns + R"(, "gates": [{"metric": ")" + key +
                R"(", "not_worse_than_baseline_by": 0.02, "slice": "g", "least_weight": 30}])");
        REQUIRE(gates.size() == 13);
        for (const json& gate : gates) {
            const std::string slice = gate["slice"].text();
            const std::string sentence = gate["sentence"].text();
            INFO(slice << ": " << sentence);
            CHECK(gate["gate"].text() == key +
                                             " not worse than the baseline by more than 0.0200 "
                                             "(no slice shown to miss)");
            if (slice == "g = tiny") {
                CHECK(gate["verdict"].text() == "not enough data");
                continue;
            }
            CHECK(gate["verdict"].text() == (slice == "g = g0" ? "fail" : "pass"));
            CHECK(contains(sentence, "difference "));
            CHECK(contains(sentence, "false discoveries among 12 slices held to 10 %)"));
            CHECK(gate["figure"]["value"].number() ==
                  Approx(gate["candidate"]["value"].number() - gate["baseline"]["value"].number()));
            if (slice != "g = g0") continue;
            CHECK(gate["shown"].text() == "missed");
            CHECK(contains(sentence, "shown to be worse than the baseline by more than 0.0200 (p"));
        }
    }
    // The difference of a slice is compare's of its rows alone.
    const auto gates = held(dir, decided + R"(, "gates": [
        {"metric": "f1", "not_worse_than_baseline_by": 0.02, "slice": "g"},
        {"metric": "f1", "not_worse_than_baseline_by": 0.02},
        {"metric": "f1", "better_than_baseline_by": 0.02, "slice": "g"}])");
    REQUIRE(gates.size() == 13 + 1 + 13);
    CHECK(gates[13]["slice"].text().empty());
    CHECK(contains(gates[14]["gate"].text(), "better than the baseline by at least 0.0200 (no sl"));
    CHECK(gates[14]["verdict"].text() == "fail");
    CHECK(contains(gates[14]["sentence"].text(), "shown not to be better than the baseline by 0"));
    std::istringstream all(two_models(12, 0.4, 1));
    std::string line, part;
    while (std::getline(all, line)) {
        if (part.empty() || line.ends_with(",g3")) part += line + '\n';
    }
    dir.file("part.csv", part);
    const json pair = support::answer_of(
        dir, "compare part.csv --label y --prediction-a new --prediction-b old --format json");
    const json& alone = pair["metrics"]["f1"]["difference"];
    const auto of_g3 = std::find_if(gates.begin(), gates.end(), [](const json& gate) {
        return gate["slice"].text() == "g = g3";
    });
    CHECK((*of_g3)["figure"]["value"].number() == alone["value"].number());
    // Replicates enough for 13 slices; other draws.
    CHECK((*of_g3)["figure"]["lower"].number() == Approx(alone["lower"].number()).margin(0.02));

    // The same model: every slice passes, however small.
    dir.file("f.csv", one_model(300));
    const auto same = held(dir, R"("label": "y", "score": "p", "baseline_score": "p", "gates": [
        {"metric": "log_loss", "not_worse_than_baseline_by": 0, "slice": "c"}])");
    REQUIRE(same.size() == 4);
    for (const json& gate : same) {
        CHECK(gate["verdict"].text() == "pass");
        CHECK(gate["shown"].text() == "met");
        CHECK(contains(gate["sentence"].text(), "both models predict the same on every row"));
    }
    // No slice with enough data is a gate without.
    dir.file("f.csv", two_models(3, 0, 1));
    const auto none = held(dir, decided + R"(, "gates": [{"metric": "accuracy", "slice": "g",
        "not_worse_than_baseline_by": 0.1, "least_weight": 1000}])");
    REQUIRE(none.size() == 5);
    CHECK(none[4]["slice"].text() == "every g");
    CHECK(none[4]["verdict"].text() == "not enough data");
}

TEST_CASE("gate: where no slice is worse than its baseline, hardly ever one fails",
          "[simulation]") {
    const scratch dir;
    int failed = 0;
    for (std::uint64_t run = 0; run < 30; ++run) {
        dir.file("f.csv", two_models(20, 0, 100 + run));
        const auto gates = held(dir, decided + R"(, "gates": [{"metric": "accuracy",
            "not_worse_than_baseline_by": 0, "slice": "g"}])");
        failed += std::any_of(gates.begin(), gates.end(),
                              [](const json& gate) { return gate["verdict"].text() == "fail"; });
    }
    CHECK(failed <= 3 + 5);  // a tenth of 30, and three deviations of 1.6
}
