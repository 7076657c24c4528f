#include "leeway/metrics/calibration_gaps.hpp"

#include <vector>

#include "laws/samples.hpp"
#include "support/catch.hpp"

using leeway::calibration_bins;
using leeway::calibration_gaps;

TEST_CASE("gaps are of the bins that have rows") {
    calibration_bins bins(4);
    bins.update({.label = 1, .score = 0.75, .weight = 3});
    bins.update({.label = 0, .score = 0.875});
    bins.update({.label = 0, .score = 0.125, .weight = 4});
    const auto all = calibration_gaps::of(bins);
    REQUIRE(all.bins.size() == 2);
    CHECK(all.weight == 8);
    CHECK(all.rows == 64.0 / 26);
    CHECK(all.rate == 0.375);
    CHECK(all.mean_score == (2.25 + 0.875 + 0.5) / 8);
    CHECK(all.bins[0].share == 0.5);
    CHECK(all.bins[0].gap() == 0.125);
    CHECK(all.bins[0].rows == 1);
    CHECK(all.bins[1].gap() == (2.25 + 0.875) / 4 - 0.75);
    CHECK(all.bins[1].rows == 1.6);
    CHECK(calibration_gaps::of(calibration_bins()).bins.empty());
}

TEST_CASE("a bin whose labels are alike is not certain") {
    const leeway::calibration_gap bin{1, 0.5, 1, 4};
    // (4 + 2) / (4 + 4) = 0.75 for z = 2
    CHECK(bin.variance(2) == 0.75 * 0.25 / 4);
    CHECK(bin.variance(0) == 0);
}
