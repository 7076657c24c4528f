// A gates file asks for what evaluate can be asked for, and gets the same figures.
#include <cmath>
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

/// 600 rows of everything: labels, scores, margins, groups, queries and numbers.
std::string rows() {
    leeway::random_source random(12);
    std::ostringstream out;
    out << "y,s,s2,m,d,g,q,rel,t,p,a,b,pa,pb,k,k0,k1,k2,k3,part\n";
    for (int i = 0; i < 600; ++i) {
        const double at = random.normal();
        const int label = random.bernoulli(1 / (1 + std::exp(-2 * at))) ? 1 : 0;
        const double score = 1 / (1 + std::exp(-at - 0.5 * random.normal()));
        const int other = random.bernoulli(0.4) ? 1 : 0;
        out << label << ',' << score << ',' << 1 / (1 + std::exp(-at)) << ',' << 4 * score - 2
            << ',' << (score >= 0.5) << ",g" << i % 3 << ",q" << i / 6 << ',' << i % 3 << ',' << at
            << ',' << at + random.normal() << ',' << label << ',' << other << ',' << (score >= 0.5)
            << ',' << (random.bernoulli(0.8) ? other : 1 - other) << ',' << i % 4;
        for (int k = 0; k < 4; ++k) out << ',' << (k == (i + i / 40) % 4 ? 0.4 : 0.2);
        out << ",part" << i % 2 << '\n';
    }
    return out.str();
}

}  // namespace

TEST_CASE("gate: every task and figure of evaluate can be held to a limit") {
    const scratch dir;
    dir.file("f.csv", rows());
    struct asked {
        const char* options;  ///< of evaluate
        const char* members;  ///< of the gates file
        std::vector<const char*> keys;
        const char* place{"metrics"};
    };
    const std::vector<asked> all{
        {"--task ranking --label rel --score s --query q --at 3,4",
         R"("task": "ranking", "label": "rel", "score": "s", "query": "q", "at": [3, 4])",
         {"ndcg", "ndcg_at_3", "precision_at_4", "mean_average_precision"}},
        {"--task ranking --label y --score s --query q --without-relevant zero",
         R"("task": "ranking", "label": "y", "score": "s", "query": "q",
            "without_relevant": "zero")",
         {"ndcg", "recall_at_10", "mean_reciprocal_rank"}},
        {"--task multilabel --label a,b --prediction pa,pb",
         R"("task": "multilabel", "label": "a,b", "prediction": "pa,pb")",
         {"f1_macro", "precision_micro", "hamming_loss", "recall_samples"}},
        {"--task multilabel --label a,b --score s,s2 --weight p2 --threshold 0.6",
         R"("task": "multilabel", "label": ["a", "b"], "score": ["s", "s2"], "threshold": 0.6,
            "weight": "p2")",
         {"roc_auc_macro", "label_ranking_loss"}},
        {"--task binary --label y --score s --thorough",
         R"("task": "binary", "label": "y", "score": "s", "thorough": true)",
         {"calibration_slope", "f_beta_2", "balanced_accuracy_adjusted", "accuracy"}},
        {"--task binary --label y --score s --costs '0,1;5,0'",
         R"("label": "y", "score": "s", "costs": "0,1;5,0")",
         {"expected_cost_0_1_5_0"}},
        {"--task binary --label y --score m --margins",
         R"("label": "y", "score": "m", "margins": true)",
         {"hinge_loss", "accuracy"}},
        {"--task binary --label y --score m --margins --threshold 0.4",
         R"("label": "y", "score": "m", "margins": true, "threshold": 0.4)",
         {"accuracy"}},
        {"--task binary --label y --score s --group g",
         R"("label": "y", "score": "s", "group": "g")",
         {"demographic_parity_ratio", "equal_opportunity_difference", "group_calibration_gap"},
         "between_groups.metrics"},
        {"--task binary --label y --prediction d --group g",
         R"("label": "y", "prediction": "d", "group": "g")",
         {"accuracy_parity_ratio"},
         "between_groups.metrics"},
        {"--task multiclass --label k --score k0,k1,k2,k3 --at 3",
         R"("task": "multiclass", "label": "k", "score": ["k0", "k1", "k2", "k3"], "at": 3)",
         {"top_3_accuracy"}},
        {"--task regression --label t --score p --pinball 0.9,0.5 --tweedie 0 --features 4",
         R"("task": "regression", "label": "t", "score": "p", "pinball": [0.9, 0.5],
            "tweedie": 0, "features": 4)",
         {"pinball_loss_0.9", "mean_tweedie_deviance_0", "adjusted_r_squared_4"}},
    };
    for (const asked& one : all) {
        std::string options = one.options;
        std::string members = one.members;
        for (std::string* text : {&options, &members}) {
            if (const auto at = text->find("p2"); at != std::string::npos)
                text->replace(at, 2, "s2");
        }
        INFO(options);
        const json evaluated =
            support::answer_of(dir, "evaluate f.csv " + options + " --format json");
        const bool groups = contains(one.place, "groups");
        const json& figures =
            groups ? evaluated["between_groups"]["metrics"] : evaluated["metrics"];
        std::string gates;
        for (const char* key : one.keys) {
            gates += std::string(gates.empty() ? "" : ", ") + R"({"metric": ")" + key +
                     R"(", "at_least": -1000, "on": "value"})";
        }
        dir.file("gates.json", "{" + members + R"(, "gates": [)" + gates + "]}");
        const json held = support::answer_of(dir, "gate gates.json f.csv --format json");
        for (std::size_t i = 0; i < one.keys.size(); ++i) {
            INFO(one.keys[i]);
            const json& figure = held["gates"][i]["figure"];
            const json& expected = figures[one.keys[i]];
            CHECK(figure["value"].number() == expected["value"].number());
            if (!expected.contains("lower")) continue;
            CHECK(figure["lower"].number() == expected["lower"].number());
            CHECK(figure["upper"].number() == expected["upper"].number());
        }
        CHECK(held["rows"].number() == evaluated["rows"].number());
    }
}

TEST_CASE("gate: a ranking's rows are queries, and its slices are judged") {
    const scratch dir;
    dir.file("f.csv", rows());
    dir.file("gates.json", R"({"task": "ranking", "label": "rel", "score": "s", "query": "q",
        "gates": [{"metric": "ndcg", "at_least": 0.3, "slice": "part"},
                  {"metric": "ndcg", "at_least": 0.99, "slice": "part"}]})");
    const auto run = run_leeway(dir, "gate gates.json f.csv --format json");
    INFO(run.out << run.err);
    CHECK(run.code == 1);
    const json found = json::parse(run.out);
    CHECK(found["gates"][0]["shown"].text() == "met");
    CHECK(found["gates"][2]["shown"].text() == "missed");
    CHECK(found["skipped"].number() == 0);
    CHECK(contains(run_leeway(dir, "gate gates.json f.csv").out, "100 queries, 100 used\n"));

    dir.file("q.csv", "y,s,q\n1,0.9,a\n0,0.8,a\n0,0.3,b\n0,0.2,b\n");
    dir.file("gates.json", R"({"task": "ranking", "label": "y", "score": "s", "query": "q",
        "gates": [{"metric": "ndcg", "at_least": 0.3, "on": "value"}]})");
    CHECK(contains(run_leeway(dir, "gate gates.json q.csv").out,
                   "2 queries, 2 used; 1 without a relevant item skipped\n"));
}

TEST_CASE("gate: what does not go together in a gates file is refused") {
    const scratch dir;
    dir.file("f.csv", rows());
    const auto refused = [&](const std::string& members, const std::string& gate) {
        dir.file("gates.json", "{" + members + R"(, "gates": [{)" + gate + "}]}");
        return support::refusal_of(dir, "gate gates.json f.csv");
    };
    const std::string any = R"("metric": "ndcg", "at_least": 0.5)";
    const std::string ranking = R"("task": "ranking", "label": "rel", "score": "s")";
    CHECK(contains(refused(ranking, any), "gates.json: query is missing, expected the column"));
    CHECK(contains(refused(ranking + R"(, "query": "q", "at": [0])", any),
                   "gates.json: at is [0], expected ranks"));
    CHECK(contains(refused(ranking + R"(, "query": "q", "at": "5,x")", any),
                   "gates.json: at is \"5,x\", expected a number or a list of numbers"));
    CHECK(contains(refused(ranking + R"(, "query": "q", "weight": "p")", any),
                   "weight does not go with task ranking"));
    CHECK(contains(refused(ranking + R"(, "query": "q", "without_relevant": "two")", any),
                   "expected skip, zero or one"));
    const std::string labels = R"("task": "multilabel", "label": "a,b", "prediction": "pa,pb")";
    CHECK(contains(refused(labels, R"("metric": "f1_macro", "at_least": 0.5, "slice": "g")"),
                   "gates.json: gates[0]: slice does not go with task multilabel"));
    CHECK(contains(refused(R"("task": "multilabel", "label": "a,b", "prediction": "pa")",
                           R"("metric": "f1_macro", "at_least": 0.5)"),
                   "names 1 column and"));
    const std::string binary = R"("label": "y", "score": "s")";
    CHECK(contains(refused(binary + R"(, "thorough": 1)", any), "expected true or false"));
    CHECK(contains(refused(binary + R"(, "group": "g")",
                           R"("metric": "demographic_parity_ratio", "at_least": 0.5,
                              "slice": "part")"),
                   "gates[0]: demographic_parity_ratio compares groups, so slice does not go"));
    CHECK(contains(
        refused(R"("task": "regression", "label": "t", "score": "p", "pinball": 1.5)", any),
        "pinball is 1.5, expected levels between 0 and 1"));
    CHECK(contains(
        refused(R"("task": "regression", "label": "t", "score": "p", "thorough": true)", any),
        "there is no member 'thorough'"));
    CHECK(contains(refused(ranking + R"(, "query": "q")",
                           R"("metric": "ndcg", "not_worse_than_baseline_by": 0.5)"),
                   "is for binary, multiclass and regression"));
    CHECK(contains(refused("\"x\": " + std::string(200, '[') + std::string(200, ']'), any),
                   "is nested more than 32 deep"));
}

TEST_CASE("gate: thorough figures against a baseline, and several outputs refused") {
    const scratch dir;
    dir.file("f.csv", rows());
    dir.file("gates.json", R"({"label": "y", "score": "s2", "baseline_score": "s",
        "thorough": true, "gates": [{"metric": "f_beta_2", "not_worse_than_baseline_by": 0.2}]})");
    const json held = support::answer_of(dir, "gate gates.json f.csv --format json");
    const json compared = support::answer_of(
        dir,
        "compare f.csv --label y --score-a s2 --score-b s --thorough --metric f_beta_2 "
        "--format json");
    CHECK(held["gates"][0]["figure"]["lower"].number() ==
          compared["metrics"]["f_beta_2"]["difference"]["lower"].number());
    CHECK(contains(support::refusal_of(dir,
                                       "compare f.csv --task regression --label t,p --score-a "
                                       "s,s2 --score-b s2,s"),
                   "one label column"));
}
