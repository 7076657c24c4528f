#include "leeway/accumulators/row_losses.hpp"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/concepts.hpp"
#include "support/catch.hpp"

using leeway::mean_loss;
using leeway::probability_row;
using leeway::loss::row_brier;
using leeway::loss::row_logarithmic;
using leeway::loss::row_ranked;

static_assert(leeway::PointwiseLoss<row_brier> && leeway::PointwiseLoss<row_logarithmic>);
static_assert(leeway::PointwiseLoss<row_ranked>);
static_assert(leeway::Bounded<mean_loss<row_logarithmic>>);

TEST_CASE("losses of a row, by hand") {
    const double scores[] = {0.5, 0.25, 0.25};
    CHECK(row_logarithmic{}({.label = 1, .scores = scores}) == -std::log(0.25));
    CHECK(row_brier{}({.label = 1, .scores = scores}) == 0.25 + 0.5625 + 0.0625);
    CHECK(row_ranked{}({.label = 1, .scores = scores}) == (0.25 + 0.0625) / 2);
    CHECK(row_ranked{}({.label = 0, .scores = scores}) == (0.25 + 0.0625) / 2);
    CHECK(row_ranked{}({.label = 2, .scores = scores}) == (0.25 + 0.5625) / 2);
    const double one[] = {1};
    CHECK(row_ranked{}({.label = 0, .scores = one}) == 0);
    const double certain[] = {0, 1};
    CHECK(row_logarithmic{}({.label = 1, .scores = certain}) == 0);
    CHECK(!std::signbit(row_logarithmic{}({.label = 1, .scores = certain})));
    CHECK(std::isinf(row_logarithmic{}({.label = 0, .scores = certain})));
    CHECK(row_brier{}({.label = 0, .scores = certain}) == 2);
}

TEST_CASE("a row that is no distribution is counted by reason") {
    mean_loss<row_brier> losses;
    const auto feed = [&](std::int32_t label, std::vector<double> scores, double weight = 1) {
        losses.update({.label = label, .scores = scores, .weight = weight});
    };
    const double nan = std::numeric_limits<double>::quiet_NaN();
    const double infinity = std::numeric_limits<double>::infinity();
    feed(0, {0.5, 0.5}, -1);
    CHECK(losses.rejected().weight == 1);
    feed(0, {0.5, nan});
    CHECK(losses.rejected().missing == 1);
    feed(0, {infinity, 0.5});
    CHECK(losses.rejected().non_finite == 1);
    feed(2, {0.5, 0.5});
    feed(-1, {0.5, 0.5});
    feed(0, {});
    CHECK(losses.rejected().label == 3);
    feed(0, {1.5, -0.5});
    feed(0, {0.5, 0.25});
    CHECK(losses.rejected().range == 2);
    feed(0, {0.5, 0.5}, 0);
    CHECK(losses.rejected().total() == 8);
    CHECK(losses.rows() == 0);
    feed(0, {0.33, 0.33, 0.33});  // rounded to two digits: taken as it is
    CHECK(losses.rows() == 1);
}

TEST_CASE("a batch of rows is its rows") {
    const std::vector<std::int32_t> label{0, 2, 5};
    const std::vector<double> scores{0.5, 0.25, 0.25, 0.125, 0.125, 0.75, 0.5, 0.25, 0.25};
    const std::vector<double> weight{1, 3, 1};
    mean_loss<row_logarithmic> batch;
    batch.update(probability_row::columns{.label = label, .scores = scores, .weight = weight});
    mean_loss<row_logarithmic> singles;
    for (std::size_t i = 0; i < 3; ++i) {
        singles.update({.label = label[i],
                        .scores = std::span<const double>(scores).subspan(3 * i, 3),
                        .weight = weight[i]});
    }
    CHECK(batch == singles);
    CHECK(batch.weight() == 4);
    CHECK(batch.rejected().label == 1);
    const std::vector<double> ragged(8, 0.5);
    CHECK_THROWS_AS(batch.update(probability_row::columns{.label = label, .scores = ragged}),
                    std::invalid_argument);
}

TEST_CASE("the hinge loss of a row looks at the largest other score") {
    using leeway::loss::row_hinge;
    static_assert(leeway::PointwiseLoss<row_hinge>);
    const double scores[] = {2, -1, 1.5};
    CHECK(row_hinge{}({.label = 0, .scores = scores}) == 0.5);
    CHECK(row_hinge{}({.label = 1, .scores = scores}) == 4);
    CHECK(row_hinge{}({.label = 2, .scores = scores}) == 1.5);
    const double sure[] = {5, 4};
    CHECK(row_hinge{}({.label = 0, .scores = sure}) == 0);

    mean_loss<row_hinge> losses;
    losses.update({.label = 0, .scores = scores});  // no probabilities, and taken
    CHECK(losses.rows() == 1);
    const double one[] = {3};
    losses.update({.label = 0, .scores = one});
    CHECK(losses.rejected().range == 1);
    losses.update({.label = 3, .scores = scores});
    CHECK(losses.rejected().label == 1);
    const double wrong[] = {std::numeric_limits<double>::quiet_NaN(), 1};
    losses.update({.label = 0, .scores = wrong});
    CHECK(losses.rejected().missing == 1);
    losses.update({.label = 0, .scores = sure, .weight = -1});
    CHECK(losses.rejected().weight == 1);
    CHECK(losses.rows() == 1);
}
