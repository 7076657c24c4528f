#include "leeway/accumulators/calibration_bins.hpp"

#include <cmath>

#include "laws/accumulator.hpp"

using leeway::calibration_bins;

namespace {

/// Everything but the sum of squared weights, in which weight 2 is not the row twice.
std::vector<double> frequencies(const calibration_bins& state) {
    std::vector<double> out;
    for (const leeway::calibration_bin& bin : state.bins())
        out.insert(out.end(), {bin.weight, bin.sum_score, bin.sum_label});
    return out;
}

}  // namespace

TEST_CASE("calibration bins obey the laws of accumulators") {
    static_assert(leeway::Bounded<calibration_bins>);
    static_assert(leeway::Decayable<calibration_bins>);
    // Sums of scores are plain: some thousand roundings of half an ulp at most.
    const laws::promise<calibration_bins> rounded{.tolerance = 1e-12,
                                                  .frequency_readings = frequencies};
    laws::accumulator([] { return calibration_bins(); }, laws::probability_rows(3000, false),
                      rounded);
    laws::accumulator([] { return calibration_bins(3); }, laws::probability_rows(3000, true),
                      rounded);
    // Scores that are multiples of 1/64 sum exactly.
    auto rows = laws::probability_rows(3000, true);
    for (auto& row : rows) row.score = std::floor(row.score * 64) / 64;
    laws::accumulator([] { return calibration_bins(15); }, rows,
                      {.frequency_readings = frequencies});
}

TEST_CASE("calibration bins survive hostile bytes") {
    calibration_bins state(3);
    laws::hostile_bytes(state);
    state.update({1, 0.4, 2});
    state.update({0, 2.0});
    laws::hostile_bytes(state);
}

TEST_CASE("calibration bins are closed on the left and the last on both sides") {
    calibration_bins state(10);
    for (const double score : {0.0, 0.1, 0.3, 0.5, std::nextafter(0.5, 0.0), 1.0, 0.95, -0.0}) {
        state.update({1, score});
    }
    const double expected[] = {2, 1, 0, 1, 1, 1, 0, 0, 0, 2};
    REQUIRE(state.bins().size() == 10);
    for (std::size_t i = 0; i < 10; ++i) {
        CAPTURE(i);
        CHECK(state.bins()[i].weight == expected[i]);
    }
    CHECK(state.total() == 8);
    state.update({0, 1.0, 3});
    CHECK(state.bins()[9].weight == 5);
    CHECK(state.bins()[9].sum_label == 2);
    CHECK(state.bins()[9].sum_score == 1 + 0.95 + 3);
    CHECK(state.bins()[9].sum_squared_weight == 1 + 1 + 9);
}

TEST_CASE("a score that is no probability is counted apart") {
    calibration_bins state;
    state.update({1, std::nextafter(1.0, 2.0)});
    state.update({1, -1e-300});
    state.update({2, 0.5});
    CHECK(state.rejected().range == 2);
    CHECK(state.rejected().label == 1);
    CHECK(state.total() == 0);
}

TEST_CASE("calibration bins refuse what they cannot be") {
    CHECK_THROWS_AS(calibration_bins(0), std::invalid_argument);
    CHECK_THROWS_AS(calibration_bins(65537), std::invalid_argument);
    calibration_bins ten, nine(9);
    std::string said;
    try {
        ten.merge(nine);
    } catch (const std::invalid_argument& refusal) {
        said = refusal.what();
    }
    CHECK(said.find("9 bins into 10") != std::string::npos);
}

TEST_CASE("a batch counts in the bins of its rows, however many bins there are") {
    auto rows = laws::probability_rows(2000, false);
    for (std::size_t i = 0; i < rows.size(); i += 10)
        rows[i].score = static_cast<double>(i / 10 % 4) / 3;
    rows[300].score = -0.0;
    rows[301].score = std::nextafter(1.0, 0.0);
    rows[900].score = 1.25;
    rows[1200].label = 2;
    for (const std::size_t bins : {1U, 10U, 64U, 65U}) {
        calibration_bins singles(bins), batch(bins);
        for (const auto& row : rows) singles.update(row);
        batch.update(laws::columns(rows).view());
        CAPTURE(bins);
        CHECK(batch.rejected() == singles.rejected());
        CHECK(batch.total() == 1998);
        for (std::size_t i = 0; i < bins; ++i) {
            CHECK(batch.bins()[i].weight == singles.bins()[i].weight);
            CHECK(batch.bins()[i].sum_label == singles.bins()[i].sum_label);
            CHECK(batch.bins()[i].sum_squared_weight == singles.bins()[i].sum_squared_weight);
            CHECK(batch.bins()[i].sum_score == Approx(singles.bins()[i].sum_score).epsilon(1e-13));
        }
    }
}

TEST_CASE("decay scales calibration bins") {
    calibration_bins state, scaled;
    for (auto row : laws::probability_rows(200, true)) {
        state.update(row);
        row.weight *= 0.5;
        scaled.update(row);
    }
    state.decay(0.5);
    CHECK(state == scaled);
}

TEST_CASE("saved calibration bins that cannot be are refused") {
    using leeway::calibration_bin;
    const calibration_bins state(2);
    CHECK_FALSE(laws::refused(state, "bins", std::vector<calibration_bin>{{2, 1, 1}}));
    CHECK(laws::refused(state, "bins", std::vector<calibration_bin>{}));
    CHECK(laws::refused(state, "bins", std::vector<calibration_bin>{{-2, 1, 1}}));
    CHECK(laws::refused(state, "bins", std::vector<calibration_bin>{{2, -1, 1}}));
    CHECK(laws::refused(state, "bins", std::vector<calibration_bin>{{2, 1, laws::not_a_number}}));
    CHECK(laws::refused(state, "bins", std::vector<calibration_bin>{{2, 1, 1, -1}}));
}
