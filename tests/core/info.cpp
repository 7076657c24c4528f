#include "leeway/core/info.hpp"

#include <cmath>

#include "support/catch.hpp"

TEST_CASE("an info card assumes no range and no direction") {
    constexpr leeway::info_card card{.name = "anything", .unit = "1"};
    CHECK(std::isinf(card.lowest));
    CHECK(card.lowest < 0);
    CHECK(std::isinf(card.highest));
    CHECK(card.better == leeway::orientation::neither);
    CHECK(card.undefined_when.empty());
}
