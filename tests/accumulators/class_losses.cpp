#include "leeway/accumulators/class_losses.hpp"

#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/row_losses.hpp"

using leeway::class_losses;
namespace loss = leeway::loss;

namespace {

using state = class_losses<loss::brier>;

std::vector<double> frequencies(const state& losses) {
    std::vector<double> out{losses.weight()};
    for (const auto& one : losses.losses()) out.insert(out.end(), {one.mean(), one.weight()});
    return out;
}

std::vector<double> readings(const state& losses) {
    auto out = frequencies(losses);
    for (const auto& one : losses.losses()) out.push_back(one.variance());
    out.push_back(losses.sum_of_squared_weights());
    return out;
}

}  // namespace

TEST_CASE("class losses obey the laws of accumulators") {
    static_assert(leeway::Bounded<state>);
    const laws::promise<state> promised{
        .tolerance = 1e-13, .readings = readings, .frequency_readings = frequencies};
    laws::accumulator([] { return state(); }, laws::probability_rows(3000, false), promised);
    laws::accumulator([] { return state(); }, laws::probability_rows(3000, true), promised);
}

TEST_CASE("class losses survive hostile bytes") {
    state losses;
    laws::hostile_bytes(losses, 7);
    losses.update({1, 0.4, 2});
    losses.update({0, 2.0});
    laws::hostile_bytes(losses, 7);
}

TEST_CASE("a row's loss goes to its class") {
    class_losses<loss::row_brier> losses(3);
    const double scores[] = {0.5, 0.25, 0.25};
    losses.update({.label = 0, .scores = scores});
    losses.update({.label = 2, .scores = scores, .weight = 3});
    REQUIRE(losses.classes() == 3);
    CHECK(losses.losses()[0].mean() == 0.25 + 0.0625 + 0.0625);
    CHECK(losses.losses()[1].rows() == 0);
    CHECK(losses.losses()[2].weight() == 3);
    CHECK(losses.weight() == 4);
    CHECK(losses.rows() == 2);
    CHECK(losses.sum_of_squared_weights() == 10);
}

TEST_CASE("rows that do not fit the classes are counted") {
    class_losses<loss::row_logarithmic> losses(3);
    const double three[] = {0.5, 0.5, 0}, two[] = {0.5, 0.5}, off[] = {0.5, 0.75};
    losses.update({.label = 3, .scores = three});
    losses.update({.label = -1, .scores = three});
    CHECK(losses.rejected().label == 2);
    losses.update({.label = 1, .scores = two});
    losses.update({.label = 1, .scores = off});
    CHECK(losses.rejected().range == 2);
    losses.update({.label = 1, .scores = two, .weight = -1});
    CHECK(losses.rejected().weight == 1);
    losses.update({.label = 1, .scores = two, .weight = 0});
    CHECK(losses.rejected().total() == 5);
    losses.update({.label = 2, .scores = three});
    CHECK(losses.infinite() == 1);
    CHECK(losses.rows() == 0);
}

TEST_CASE("class losses refuse what they cannot be") {
    CHECK_THROWS_AS(state(1), std::invalid_argument);
    CHECK_THROWS_AS(state(65537), std::invalid_argument);
    state two, three(3);
    CHECK_THROWS_AS(two.merge(three), std::invalid_argument);
    CHECK(state::kind == "class_losses_brier");
    CHECK(laws::refused(two, "losses", std::vector<leeway::mean_loss<loss::brier>>(1)));
}
