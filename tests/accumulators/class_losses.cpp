#include "leeway/accumulators/class_losses.hpp"

#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/row_losses.hpp"

using leeway::class_losses;
namespace loss = leeway::loss;

namespace {

using state = class_losses<loss::brier>;

template <class State>
std::vector<double> frequencies(const State& losses) {
    std::vector<double> out{losses.weight()};
    for (const auto& one : losses.losses()) out.insert(out.end(), {one.mean(), one.weight()});
    return out;
}

template <class State>
std::vector<double> readings(const State& losses) {
    auto out = frequencies(losses);
    for (const auto& one : losses.losses()) out.push_back(one.variance());
    out.push_back(losses.sum_of_squared_weights());
    return out;
}

template <class State>
void obeys() {
    static_assert(leeway::Bounded<State>);
    const laws::promise<State> promised{
        .tolerance = 1e-13, .readings = readings<State>, .frequency_readings = frequencies<State>};
    laws::accumulator([] { return State(); }, laws::probability_rows(3000, false), promised);
    laws::accumulator([] { return State(); }, laws::probability_rows(3000, true), promised);
}

}  // namespace

TEST_CASE("class losses obey the laws of accumulators") {
    obeys<state>();
    obeys<class_losses<loss::logarithmic>>();
}

TEST_CASE("a batch's losses go to their classes, one class or both") {
    for (const std::size_t positive_from : {std::size_t{0}, std::size_t{700}, std::size_t{5000}}) {
        auto rows = laws::probability_rows(5000, true);
        for (std::size_t i = 0; i < rows.size(); ++i) rows[i].label = i >= positive_from ? 1 : 0;
        rows[1000].score = rows[1000].label == 1 ? 0 : 1;  // infinite
        rows[2000].weight = -1;
        class_losses<loss::logarithmic> singles, batch;
        for (const auto& row : rows) singles.update(row);
        batch.update(laws::columns(rows).view());
        CAPTURE(positive_from);
        CHECK(batch.infinite() == 1);
        CHECK(batch.rejected() == singles.rejected());
        CHECK(batch.rejected().weight == 1);
        for (std::size_t c = 0; c < 2; ++c) {
            const auto &one = batch.losses()[c], &other = singles.losses()[c];
            CHECK(one.rows() == other.rows());
            CHECK(one.infinite() == other.infinite());
            CHECK(one.weight() == other.weight());
            if (one.rows() == 0) continue;
            CHECK(one.mean() == Approx(other.mean()).epsilon(1e-15).scale(0));
            CHECK(one.variance() == Approx(other.variance()).epsilon(1e-13).scale(0));
        }
    }
}

TEST_CASE("the losses of all classes are those of all rows") {
    auto rows = laws::probability_rows(3000, true);
    rows[10].score = rows[10].label == 1 ? 0 : 1;
    rows[20].score = 1.25;
    class_losses<loss::logarithmic> by_class;
    leeway::mean_loss<loss::logarithmic> whole;
    by_class.update(laws::columns(rows).view());
    whole.update(laws::columns(rows).view());
    const auto all = by_class.all();
    CHECK(all.rows() == whole.rows());
    CHECK(all.infinite() == 1);
    CHECK(all.rejected() == whole.rejected());
    CHECK(all.weight() == whole.weight());
    CHECK(all.sum_of_squared_weights() == whole.sum_of_squared_weights());
    CHECK(all.mean() == Approx(whole.mean()).epsilon(1e-15).scale(0));
    CHECK(all.variance() == Approx(whole.variance()).epsilon(1e-14).scale(0));
    CHECK(class_losses<loss::logarithmic>().all() == leeway::mean_loss<loss::logarithmic>());
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
