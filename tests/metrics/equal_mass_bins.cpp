#include "leeway/metrics/equal_mass_bins.hpp"

#include "support/catch.hpp"

using leeway::equal_mass_bins;
using leeway::scored_outcomes;

TEST_CASE("bins of equal mass hold the rows in order, those of one score together") {
    scored_outcomes rows;
    for (int i = 8; i-- > 0;) rows.update({.label = i % 2, .score = i / 8.0});
    const equal_mass_bins quarters(rows, 4, "test");
    REQUIRE(quarters.bins().size() == 4);
    for (std::size_t b = 0; b < 4; ++b) {
        const auto& bin = quarters.bins()[b];
        CHECK(bin.weight == 2);
        CHECK(bin.sum_score == (2 * static_cast<double>(b) * 2 + 1) / 8);
        CHECK(bin.sum_label == 1);
        CHECK(bin.sum_squared_weight == 2);
    }
    CHECK(quarters.weight() == 8);

    scored_outcomes tied;
    for (int i = 0; i < 6; ++i) tied.update({.label = 1, .score = i < 5 ? 0.5 : 0.75});
    const equal_mass_bins halves(tied, 2, "test");
    CHECK(halves.bins()[0].weight == 5);  // their middle, 2.5 of 6, is below the cut
    CHECK(halves.bins()[1].weight == 1);
}

TEST_CASE("bins of equal mass say when a score is no probability, and who asked for too few") {
    scored_outcomes rows;
    CHECK(equal_mass_bins(rows, 3, "test").weight() == 0);
    rows.update({.label = 1, .score = -0.5});
    CHECK(equal_mass_bins(rows, 3, "test").beyond());
    CHECK(equal_mass_bins(rows, 3, "test").bins().empty());
    CHECK_THROWS_WITH(equal_mass_bins(rows, 0, "a metric"), Catch::Contains("a metric: bins is 0"));
}
