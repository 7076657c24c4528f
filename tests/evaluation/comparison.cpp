#include "leeway/evaluation/comparison.hpp"

#include "support/catch.hpp"

TEST_CASE("a comparison of nothing claims nothing") {
    const leeway::comparison nothing;
    CHECK(nothing.difference.reason() == leeway::undefined::empty);
    CHECK(nothing.p_value == 1);
    CHECK(nothing.rows == 0);
    CHECK(nothing == leeway::comparison{});
}
