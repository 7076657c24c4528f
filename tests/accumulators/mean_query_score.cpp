#include "leeway/accumulators/mean_query_score.hpp"

#include <cmath>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/label_ranking_measures.hpp"

using leeway::mean_query_score;
using leeway::undefined_query;
namespace per_query = leeway::per_query;

namespace {

template <leeway::QueryMeasure M>
void obeys(const M& measure, undefined_query rule = undefined_query::skip) {
    using state = mean_query_score<M>;
    static_assert(leeway::Bounded<state>);
    const auto frequencies = [](const state& s) {
        return std::vector<double>{s.scores().mean(), s.scores().weight()};
    };
    const laws::promise<state> promised{
        .tolerance = 1e-13,  // as mean_loss: compensated sums, the variance a difference of two
        .readings =
            [](const state& s) {
                return std::vector<double>{s.scores().mean(), s.scores().variance(),
                                           s.scores().weight(), s.scores().sum_of_squared_weights(),
                                           static_cast<double>(s.undefined_queries())};
            },
        .frequency_readings = frequencies,
        .held = [](const state& s) { return static_cast<double>(s.rows() + s.skipped()); }};
    const auto make = [&] { return state(measure, rule); };
    laws::accumulator(make, laws::ranked_rows(400, false, true), promised);
    laws::accumulator(make, laws::ranked_rows(400, true, true), promised);
    laws::accumulator(make, laws::with_rough_weights(laws::ranked_rows(300, true)), promised);
}

}  // namespace

TEST_CASE("mean query scores obey the laws of accumulators") {
    obeys(per_query::ndcg{5});
    obeys(per_query::ndcg{}, undefined_query::one);
    obeys(per_query::average_precision{}, undefined_query::zero);
    obeys(per_query::precision{3});
    obeys(per_query::label_misordering{});
}

TEST_CASE("mean query scores survive hostile bytes") {
    const std::vector<double> relevance{0, 2, 1}, score{3, 2, 1};
    mean_query_score<per_query::ndcg> state(per_query::ndcg{2});
    laws::hostile_bytes(state, 7);
    state.update({.relevance = relevance, .score = score});
    state.update({.relevance = relevance, .score = score, .weight = 2.5});
    state.update(leeway::ranked_query{});
    laws::hostile_bytes(state, 7);
    CHECK(laws::refused(state, "rule", undefined_query(3)));
    CHECK(laws::refused(state, "measure",
                        per_query::ndcg{1, static_cast<leeway::relevance_gain>(2)}));
    mean_query_score<per_query::ndcg> counted(per_query::ndcg{2}, undefined_query::one);
    CHECK(laws::refused(counted, "undefined_queries", std::uint64_t{1}));
    leeway::mean_loss<leeway::loss::own_value> refusing;
    refusing.update({laws::not_a_number});
    CHECK(laws::refused(state, "scores", refusing));
}

TEST_CASE("each measure has a kind of its own") {
    CHECK(mean_query_score<per_query::ndcg>::kind == "mean_query_score_ndcg");
    CHECK(mean_query_score<per_query::label_coverage>::kind == "mean_query_score_label_coverage");
    const auto bytes = leeway::to_bytes(mean_query_score<per_query::ndcg>());
    CHECK_FALSE(leeway::from_bytes<mean_query_score<per_query::dcg>>(bytes));
}

TEST_CASE("what a query without a relevant item means is the caller's choice, and counted") {
    const std::vector<double> relevance{1, 0}, none{0, 0}, score{2, 1};
    for (const auto& [rule, mean, rows] :
         {std::tuple{undefined_query::skip, 1.0, 1U}, std::tuple{undefined_query::zero, 0.25, 2U},
          std::tuple{undefined_query::one, 1.0, 2U}}) {
        mean_query_score<per_query::ndcg> state(per_query::ndcg{}, rule);
        state.update({.relevance = relevance, .score = score});
        state.update({.relevance = none, .score = score, .weight = 3});
        CHECK(state.undefined_queries() == 1);
        CHECK(state.rows() == rows);
        CHECK(state.skipped() == (rule == undefined_query::skip ? 1 : 0));
        CHECK(state.scores().mean() == mean);
    }
}

TEST_CASE("queries that cannot be read are counted by reason") {
    const std::vector<double> two{1, 0}, three{1, 2, 3}, huge{1.5e308, 1.5e308};
    mean_query_score<per_query::dcg> state;
    state.update({.relevance = two, .score = three});
    CHECK(state.rejected().range == 1);
    state.update({.relevance = huge, .score = two});  // its gain is no number any more
    CHECK(state.rejected().range == 2);
    CHECK(state.rows() == 0);
    mean_query_score<per_query::ndcg> share;
    share.update({.relevance = huge, .score = two});
    CHECK(share.rejected().range == 1);
    CHECK(share.rows() == 0);
}

TEST_CASE("states of other parameters do not merge") {
    using state = mean_query_score<per_query::ndcg>;
    state five(per_query::ndcg{5});
    CHECK_THROWS_AS(five.merge(state(per_query::ndcg{10})), std::invalid_argument);
    CHECK_THROWS_AS(five.merge(state(per_query::ndcg{5}, undefined_query::zero)),
                    std::invalid_argument);
    CHECK_NOTHROW(five.merge(state(per_query::ndcg{5})));
    CHECK_THROWS_AS(mean_query_score<per_query::hit>(per_query::hit{0}), std::invalid_argument);
}

TEST_CASE("scoring a query allocates nothing, whatever its length") {
    std::vector<double> relevance(5000, 1.0), score(5000);
    for (std::size_t i = 0; i < score.size(); ++i) score[i] = static_cast<double>(i * 7919 % 5000);
    mean_query_score<per_query::ndcg> state;
    mean_query_score<per_query::average_precision> precise;
    const laws::allocation_span span;
    state.update({.relevance = relevance, .score = score});
    precise.update({.relevance = relevance, .score = score});
    CHECK(span.calls() == 0);
    CHECK(state.rows() == 1);
    CHECK(precise.rows() == 1);
}
