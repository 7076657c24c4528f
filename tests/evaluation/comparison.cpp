#include "leeway/evaluation/comparison.hpp"

#include "support/catch.hpp"

TEST_CASE("a comparison of nothing claims nothing") {
    const leeway::comparison nothing;
    CHECK(nothing.difference.reason() == leeway::undefined::empty);
    CHECK_FALSE(nothing.p_value);
    CHECK_FALSE(nothing.statistic);
    CHECK(nothing.rows == 0);
    CHECK(nothing == leeway::comparison{});
}
