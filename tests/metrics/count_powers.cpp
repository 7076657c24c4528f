#include "leeway/metrics/count_powers.hpp"

#include <array>

#include "support/catch.hpp"

using leeway::class_table;
using leeway::count_power;

TEST_CASE("a product of powers and its derivative by each cell") {
    const count_power factors[] = {
        {{.tp = 1}, 1}, {{.tp = 1, .fp = 1}, -0.5}, {{.fn = 1, .tn = 1}, 2}, {{.fn = 1}, -1}};
    const auto figure = [&](const class_table& table) {
        std::array<double, 4> slope{};
        return leeway::product_of_powers(factors, table, slope);
    };
    const class_table table = class_table::of({.tp = 20, .fp = 5, .fn = 10, .tn = 65});
    std::array<double, 4> slope{};
    // 20 / sqrt(25) * 75^2 / 10
    CHECK(leeway::product_of_powers(factors, table, slope) == Approx(2250).epsilon(1e-14));
    for (std::size_t i = 0; i < 4; ++i) {
        class_table more = table, less = table;
        more.cells()[i] += 1e-4;
        less.cells()[i] -= 1e-4;
        CHECK(slope[i] == Approx((figure(more) - figure(less)) / 2e-4).epsilon(1e-6));
    }
}
