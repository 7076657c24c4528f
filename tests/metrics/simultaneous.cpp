#include "leeway/metrics/simultaneous.hpp"

#include "support/catch.hpp"

TEST_CASE("the level of each of several intervals is Bonferroni's") {
    using leeway::confidence_level;
    for (const auto& asked :
         {leeway::confidence_90, leeway::confidence_95, leeway::confidence_99}) {
        for (const std::size_t m : {2U, 3U, 10U, 45U, 1000U, 1000000U}) {
            const auto each = leeway::simultaneous(asked, m);
            CHECK(each.level == Approx(1 - (1 - asked.level) / static_cast<double>(m)));
            // 1 - level has lost digits by the time it is a level again: the root is checked
            // where that does not matter.
            if (m <= 45) {
                CHECK(each.critical ==
                      Approx(confidence_level::of(each.level).critical).epsilon(1e-12));
            }
            CHECK(each.critical > asked.critical);
        }
        CHECK(leeway::simultaneous(asked, 1).critical == asked.critical);
        CHECK(leeway::simultaneous(asked, 0).level == asked.level);
    }
    // scipy.stats.norm.isf(0.05 / 2 / 6) and (0.05 / 2 / 1e6)
    CHECK(leeway::simultaneous(leeway::confidence_95, 6).critical ==
          Approx(2.638257273476751).epsilon(1e-13));
    CHECK(leeway::simultaneous(leeway::confidence_95, 1000000).critical ==
          Approx(5.451310437845478).epsilon(1e-12));
}
