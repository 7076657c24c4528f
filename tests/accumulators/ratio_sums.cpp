#include "leeway/accumulators/ratio_sums.hpp"

#include <cmath>

#include "laws/metric.hpp"

using leeway::ratio_sums;

TEST_CASE("the pull of rows on a ratio is that of the definition") {
    leeway::random_source random(5);
    for (const double offset : {0.0, 10.0, 1e6}) {
        ratio_sums sums, left, right;
        long double w = 0, a = 0, b = 0;
        std::vector<std::array<double, 3>> rows;
        for (int i = 0; i < 500; ++i) {
            rows.push_back(
                {offset + random.uniform(), offset + 1 + random.uniform(), 0.1 + random.uniform()});
        }
        for (const auto& row : rows) {
            sums.add(row[0], row[1], row[2]);
            (row[0] < offset + 0.3 ? left : right).add(row[0], row[1], row[2]);
            w += row[2];
            a += static_cast<long double>(row[2]) * row[0];
            b += static_cast<long double>(row[2]) * row[1];
        }
        long double pull = 0;
        for (const auto& row : rows) {
            const long double d = (row[0] - a / b * row[1]) / (b / w);
            pull += row[2] * d * d / w;
        }
        CHECK(sums.above() == Approx(static_cast<double>(a)).epsilon(1e-15));
        CHECK(sums.below() == Approx(static_cast<double>(b)).epsilon(1e-15));
        // A square's rounding counts (mean / spread)^2 times in the difference of the squares.
        const double tolerance = 1e-14 * (1 + offset * offset);
        CHECK(sums.mean_squared_pull() ==
              Approx(static_cast<double>(pull)).epsilon(tolerance).scale(0));
        left.merge(right);
        CHECK(left.mean_squared_pull() ==
              Approx(sums.mean_squared_pull()).epsilon(tolerance).scale(0));
        left.reset();
        CHECK(left == ratio_sums());
    }
}

TEST_CASE("a row exactly on the ratio pulls nothing") {
    ratio_sums sums;
    for (int i = 1; i < 50; ++i) sums.add(0.1 * i, 0.3 * i, 1.0 / i);
    CHECK(sums.mean_squared_pull() < 1e-30);
    CHECK(sums.mean_squared_pull() >= 0);
    CHECK(sums.defect().empty());
}
