#include "leeway/accumulators/mean_loss.hpp"

#include <cmath>
#include <cstdint>
#include <iterator>
#include <limits>
#include <span>
#include <vector>

#include "laws/accumulator.hpp"
#include "leeway/accumulators/moments.hpp"

using leeway::mean_loss;
namespace loss = leeway::loss;

namespace {

template <class L>
std::vector<double> frequencies(const mean_loss<L>& state) {
    return {state.mean(), state.weight(), static_cast<double>(state.infinite())};
}

template <class L>
std::vector<double> readings_of(const mean_loss<L>& state) {
    auto out = frequencies(state);
    out.insert(out.end(), {state.variance(), state.sum_of_squared_weights()});
    return out;
}

/// Sums are compensated and a batch's blocks are added by lanes: 1e-14 is the bound that mean_loss
/// states for 1,024 rows a block; the variance is a difference of two such sums.
template <class L>
laws::promise<mean_loss<L>> promised() {
    return {.tolerance = 1e-13,
            .readings = readings_of<L>,
            .frequency_readings = frequencies<L>,
            .held = [](const mean_loss<L>& state) {
                return static_cast<double>(state.rows() + state.infinite());
            }};
}

template <class L>
void obeys(const std::vector<typename L::sample_type>& rows) {
    static_assert(leeway::Bounded<mean_loss<L>>);
    laws::accumulator([] { return mean_loss<L>(); }, rows, promised<L>());
    laws::accumulator([] { return mean_loss<L>(); }, laws::with_rough_weights(rows), promised<L>());
}

/// Mean and variance of the losses in long double, about their own mean.
template <class L>
std::pair<double, double> exact(const std::vector<typename L::sample_type>& rows) {
    long double weight = 0, squared = 0, sum = 0, squares = 0;
    for (const auto& row : rows) {
        weight += row.weight;
        squared += static_cast<long double>(row.weight) * row.weight;
        sum += static_cast<long double>(row.weight) * L{}(row);
    }
    for (const auto& row : rows) {
        const long double d = L{}(row)-sum / weight;
        squares += row.weight * d * d;
    }
    return {static_cast<double>(sum / weight),
            static_cast<double>(squares / (weight - squared / weight))};
}

}  // namespace

TEST_CASE("mean losses obey the laws of accumulators") {
    obeys<loss::squared_error>(laws::regression_rows(5000, false));
    obeys<loss::absolute_error>(laws::regression_rows(5000, true));
    obeys<loss::logarithmic>(laws::probability_rows(3000, false));
    obeys<loss::brier>(laws::probability_rows(3000, true));
}

TEST_CASE("mean losses survive hostile bytes") {
    mean_loss<loss::squared_error> state;
    laws::hostile_bytes(state);
    state.update({1, 3});
    state.update({1, 4.5, 2});
    laws::hostile_bytes(state);
}

TEST_CASE("each loss has a kind of its own") {
    CHECK(mean_loss<loss::squared_error>::kind == "mean_loss_squared_error");
    CHECK(mean_loss<loss::brier>::kind == "mean_loss_brier");
    const auto bytes = leeway::to_bytes(mean_loss<loss::brier>());
    CHECK_FALSE(leeway::from_bytes<mean_loss<loss::logarithmic>>(bytes));
}

TEST_CASE("mean and variance of a loss keep their digits") {
    const auto check = [](const std::vector<leeway::regression_outcome>& rows, double tolerance) {
        mean_loss<loss::squared_error> singles, batch;
        for (const auto& row : rows) singles.update(row);
        batch.update(laws::columns(rows).view());
        const auto [mean, variance] = exact<loss::squared_error>(rows);
        for (const auto* state : {&singles, &batch}) {
            // Each loss carries a rounding of half an ulp; their sum adds next to nothing to it.
            CHECK(state->mean() == Approx(mean).epsilon(4e-16).scale(0));
            CHECK(state->variance() == Approx(variance).epsilon(tolerance).scale(0));
        }
    };
    auto rows = laws::regression_rows(100000, false);
    check(rows, 1e-13);
    rows.front().prediction = rows.front().target + 1e6;  // an outlier as the first loss
    check(rows, 1e-13);
    rows = laws::regression_rows(3000, false);
    for (std::size_t i = 0; i < rows.size(); ++i) {  // losses that hardly vary, far from zero
        rows[i].target = 0;
        rows[i].prediction = 1000 + 1e-3 * static_cast<double>(i % 10);
    }
    check(rows, 1e-10);  // mean / deviation = 2e5, times the 5e-16 of a block's sum
}

TEST_CASE("a batch of probability losses keeps the digits of each row") {
    auto rows = laws::probability_rows(3000, true);
    // Certain rows, tiny and subnormal probabilities, and both sides of every step of the
    // logarithm.
    const double scores[] = {0,    1,      1e-300, 5e-324, 1e-20,  0x1p-54, 0x1p-53,
                             0.25, 0.2928, 0.2929, 0.5,    0.7071, 0.7072,  1 - 0x1p-53};
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (i % 3 != 0) continue;
        rows[i].score = scores[i / 3 % std::size(scores)];
        if (rows[i].score == 0) rows[i].label = 0;
        if (rows[i].score == 1) rows[i].label = 1;
    }
    const auto check = [](auto state, const auto& all) {
        using loss_type = typename decltype(state)::loss_type;
        state.update(laws::columns(all).view());
        const auto [mean, variance] = exact<loss_type>(all);
        CHECK(state.infinite() == 0);
        CHECK(state.rows() == all.size());
        CHECK(state.mean() == Approx(mean).epsilon(4e-16).scale(0));
        CHECK(state.variance() == Approx(variance).epsilon(1e-14).scale(0));
    };
    check(mean_loss<loss::logarithmic>(), rows);
    check(mean_loss<loss::brier>(), rows);
    // All losses tiny: those of label 0 and a small score are the score itself.
    for (auto& row : rows) row = {0, row.score * 1e-12, row.weight};
    check(mean_loss<loss::logarithmic>(), rows);
}

TEST_CASE("what a block of probabilities cannot say is counted row by row") {
    using leeway::probability_outcome;
    std::vector<std::int32_t> label(1024, 1);
    std::vector<double> score(1024, 0.5);
    score[300] = 0;     // infinite
    score[301] = -0.0;  // likewise
    score[302] = 1.5;
    score[303] = -0.25;
    score[304] = -8;
    score[305] = laws::not_a_number;
    score[306] = -laws::infinite;
    score[307] = laws::infinite;
    label[600] = 2;
    label[601] = -1;
    std::vector<double> weight(1024, 1.0);
    weight[900] = -1;
    weight[901] = 0;
    for (const bool weighted : {false, true}) {
        const probability_outcome::columns rows{
            label, score, weighted ? std::span<const double>(weight) : std::span<const double>{}};
        mean_loss<loss::logarithmic> logarithmic;
        mean_loss<loss::brier> brier;
        logarithmic.update(rows);
        brier.update(rows);
        leeway::rejections expected;
        expected.range = 3;
        expected.missing = 1;
        expected.non_finite = 2;
        expected.label = 2;
        expected.weight = weighted ? 1 : 0;
        CHECK(logarithmic.rejected() == expected);
        CHECK(brier.rejected() == expected);
        CHECK(logarithmic.infinite() == 2);
        CHECK(logarithmic.rows() == (weighted ? 1012U : 1014U));
        CHECK(logarithmic.mean() == Approx(std::log(2.0)).epsilon(1e-15).scale(0));
        CHECK(logarithmic.variance() == 0);
        CHECK(brier.rows() == (weighted ? 1014U : 1016U));
    }
}

TEST_CASE("a million tiny losses after a large one are not lost") {
    mean_loss<loss::absolute_error> singles, batch;
    std::vector<double> target(1'000'001, 0.0), prediction(1'000'001, 0.1);
    prediction[0] = 1e10;
    for (std::size_t i = 0; i < target.size(); ++i) singles.update({target[i], prediction[i]});
    batch.update({target, prediction});
    const double expected = (1e10 + 1e5) / 1'000'001;
    CHECK(singles.mean() == Approx(expected).epsilon(1e-15).scale(0));
    CHECK(batch.mean() == Approx(expected).epsilon(1e-15).scale(0));
}

TEST_CASE("an infinite loss is counted and kept out of the sums") {
    mean_loss<loss::logarithmic> state;
    state.update({1, 0.5});
    state.update({1, 0.0});
    state.update({0, 1.0, 3});
    CHECK(state.infinite() == 2);
    CHECK(state.rows() == 1);
    CHECK(state.weight() == 1);
    CHECK(state.mean() == Approx(std::log(2.0)).epsilon(1e-15));
    CHECK(state.rejected().total() == 0);

    mean_loss<loss::squared_error> vast, batch;
    std::vector<double> target(3000, 1.0), prediction(3000, 2.0);
    target[1500] = 1e200;  // finite, its square is not
    for (std::size_t i = 0; i < target.size(); ++i) vast.update({target[i], prediction[i]});
    batch.update({target, prediction});
    CHECK(vast.infinite() == 1);
    CHECK(vast.mean() == 1);
    CHECK(batch == vast);

    mean_loss<loss::squared_error> merged;
    merged.merge(batch);
    merged.merge(vast);
    CHECK(merged.infinite() == 2);
    CHECK(merged.rows() == 5998);
}

TEST_CASE("a mean loss without rows has no mean") {
    mean_loss<loss::brier> state;
    CHECK(state.weight() == 0);
    CHECK(std::isnan(state.mean()));
    CHECK(std::isnan(state.variance()));
    state.update({1, 0.5});
    CHECK(state.mean() == 0.25);
    CHECK(std::isnan(state.variance()));
    state.update({1, 0.5});
    CHECK(state.variance() == 0);
    state.update({1, 1.5});
    CHECK(state.rejected().range == 1);
}

TEST_CASE("a saved mean loss that cannot be is refused") {
    using leeway::compensated_sum;
    mean_loss<loss::squared_error> state;
    state.update({1, 2});
    compensated_sum below;
    below.add(-1);
    CHECK_FALSE(laws::refused(state, "sum", compensated_sum()));
    CHECK(laws::refused(state, "sum", below));
    CHECK(laws::refused(state, "squares", below));
    CHECK(laws::refused(state, "shift", -1.0));
    CHECK(laws::refused(state, "shift", laws::infinite));
    CHECK(laws::refused(state, "shift", laws::not_a_number));
}
