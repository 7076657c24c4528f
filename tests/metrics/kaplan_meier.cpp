#include "leeway/metrics/kaplan_meier.hpp"

#include "laws/samples.hpp"
#include "support/catch.hpp"

using leeway::kaplan_meier;
using leeway::survival_outcomes;

namespace {

/// Remission of 21 patients under 6-mercaptopurine, in weeks (Freireich et al. 1963), the textbook
/// example of the estimate.
survival_outcomes remission() {
    const double times[] = {6,  6,  6,  6,  7,  9,  10, 10, 11, 13, 16,
                            17, 19, 20, 22, 23, 25, 32, 32, 34, 35};
    const int events[] = {1, 1, 1, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0};
    survival_outcomes rows;
    for (std::size_t i = 0; i < 21; ++i) rows.update({times[i], events[i], 0});
    return rows;
}

}  // namespace

TEST_CASE("the textbook's Kaplan-Meier estimate") {
    const kaplan_meier curve = kaplan_meier::of_events(remission());
    CHECK(curve.at(0) == 1);
    CHECK(curve.at(5.9) == 1);
    // Published: 0.857, 0.807, 0.753, 0.690, 0.627, 0.538, 0.448.
    CHECK(curve.at(6) == Approx(18.0 / 21).epsilon(1e-14));
    CHECK(curve.before(6) == 1);
    CHECK(curve.at(7) == Approx(0.807).margin(5e-4));
    CHECK(curve.before(10) == curve.at(9));
    CHECK(curve.at(10) == Approx(0.753).margin(5e-4));
    CHECK(curve.at(13) == Approx(0.690).margin(5e-4));
    CHECK(curve.at(16) == Approx(0.627).margin(5e-4));
    CHECK(curve.at(22) == Approx(0.538).margin(5e-4));
    CHECK(curve.at(23) == Approx(0.448).margin(5e-4));
    CHECK(curve.at(1000) == curve.at(23));
}

TEST_CASE("events leave before censorings of the same time") {
    const kaplan_meier curve = kaplan_meier::of_censoring(remission());
    CHECK(curve.before(6) == 1);
    CHECK(curve.at(6) == Approx(17.0 / 18).epsilon(1e-14));  // 21 less 3 events at 6
    CHECK(curve.at(9) == Approx(17.0 / 18 * 15 / 16).epsilon(1e-14));
    CHECK(curve.at(35) == 0);
}

TEST_CASE("weight k is k copies for Kaplan and Meier") {
    survival_outcomes weighted, copies;
    for (const auto& row : laws::survival_rows(200, true)) {
        weighted.update(row);
        auto single = row;
        single.weight = 0.25;
        for (int k = 0; k < static_cast<int>(4 * row.weight); ++k) copies.update(single);
    }
    for (const bool censoring : {false, true}) {
        const auto make = censoring ? kaplan_meier::of_censoring : kaplan_meier::of_events;
        const kaplan_meier one = make(weighted), other = make(copies);
        for (const double t : {0.0, 0.5, 1.0, 2.0, 7.3}) CHECK(one.at(t) == other.at(t));
    }
    CHECK(kaplan_meier::of_events(survival_outcomes()).at(1) == 1);
}
