#include "leeway/metrics/ranked_probability_score.hpp"

#include "laws/metric.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "oracle/metrics_states.hpp"

using leeway::ranked_probability_score;
using state = ranked_probability_score::state_type;

static_assert(leeway::Metric<ranked_probability_score>);

namespace {

/// Rows of four classes whose spans stay alive.
std::vector<leeway::probability_row> four_class_rows(bool weighted) {
    static std::vector<std::vector<double>> kept;
    kept.clear();
    leeway::random_source random(21);
    std::vector<leeway::probability_row> rows;
    for (int i = 0; i < 200; ++i) {
        std::vector<double> scores(4);
        double sum = 0;
        for (double& score : scores) sum += score = random.uniform();
        for (double& score : scores) score /= sum;
        kept.push_back(scores);
    }
    for (const auto& scores : kept) {
        rows.push_back({static_cast<std::int32_t>(random.below(4)), scores,
                        weighted ? laws::some_weight(random) : 1.0});
    }
    return rows;
}

}  // namespace

TEST_CASE("ranked probability score equals the oracle's") {
    oracle::tally seen;
    std::size_t intervals = 0;
    for (const auto& from : oracle::metric_cases("ranked")) {
        const auto e = ranked_probability_score{}(oracle::rows<leeway::loss::row_ranked>(from));
        oracle::check(from, "ranked_probability_score", e, seen, 1e-16);
        if (e && e.has_interval())
            intervals += oracle::check_ends(from, "ranked_probability_score", e) ? 1u : 0u;
    }
    CHECK(seen.values >= 300);
    CHECK(seen.undefined == 2);
    CHECK(intervals >= 280);
}

TEST_CASE("of two classes it is the binary Brier score") {
    state ranked;
    leeway::brier_score::state_type binary;
    for (const auto& row : laws::probability_rows(100, true)) {
        const double both[] = {1 - row.score, row.score};
        ranked.update({.label = row.label, .scores = both, .weight = row.weight});
        binary.update(row);
    }
    CHECK(ranked_probability_score{}(ranked).value() ==
          Approx(leeway::brier_score{}(binary).value()).epsilon(1e-13));
}

TEST_CASE("a class further off costs more") {
    const auto of = [](std::vector<double> scores) {
        state ranked;
        ranked.update({.label = 0, .scores = scores});
        return ranked_probability_score{}(ranked).value();
    };
    CHECK(of({1, 0, 0}) == 0);
    CHECK(of({0, 1, 0}) == 0.5);
    CHECK(of({0, 0, 1}) == 1);
}

TEST_CASE("ranked probability score keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        laws::metric(
            ranked_probability_score{}, [] { return state(); }, four_class_rows(weighted));
    }
}
