#include "leeway/accumulators/label_ranking_measures.hpp"

#include <vector>

#include "support/catch.hpp"

namespace per_query = leeway::per_query;

static_assert(leeway::QueryMeasure<per_query::label_average_precision>);
static_assert(leeway::QueryMeasure<per_query::label_coverage>);
static_assert(leeway::QueryMeasure<per_query::label_misordering>);

TEST_CASE("label ranking of one row, by hand") {
    const std::vector<double> truth{1, 0, 0, 1}, score{0.75, 0.5, 1, 0.25};
    // Labels 0 and 3 stand at ranks 2 and 4.
    CHECK(*per_query::label_average_precision{}({truth, score}) == 0.5);
    CHECK(*per_query::label_coverage{}({truth, score}) == 4);
    CHECK(*per_query::label_misordering{}({truth, score}) == 0.75);

    const std::vector<double> tied{0.75, 0.75, 0.5, 0.25};
    CHECK(*per_query::label_average_precision{}({truth, tied}) == 0.5);
    CHECK(*per_query::label_misordering{}({truth, tied}) == 2.5 / 4);
    const std::vector<double> one{1, 0}, half{0.5, 0.5};
    CHECK(*per_query::label_misordering{}({one, half}) == 0.5);
    CHECK(*per_query::label_coverage{}({one, half}) == 2);
    CHECK(*per_query::label_average_precision{}({one, half}) == 0.5);
}

TEST_CASE("a row without a label, or with all of them") {
    const std::vector<double> none{0, 0, 0}, all{1, 1, 1}, score{3, 1, 2};
    CHECK(!per_query::label_average_precision{}({none, score}));
    CHECK(!per_query::label_coverage{}({none, score}));
    CHECK(!per_query::label_misordering{}({none, score}));
    CHECK(*per_query::label_average_precision{}({all, score}) == 1);
    CHECK(*per_query::label_coverage{}({all, score}) == 3);
    CHECK(!per_query::label_misordering{}({all, score}));
    CHECK(!per_query::label_coverage{}({}));
}
