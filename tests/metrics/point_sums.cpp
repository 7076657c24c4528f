#include "leeway/metrics/point_sums.hpp"

#include <cstdint>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

/// One point a row: whole numbers, so that every sum is exact.
std::vector<score_point> points_of(std::size_t n) {
    random_source random(3);
    std::vector<score_point> points{{1e9, 0, 0}};
    for (std::size_t i = 0; i < n; ++i) {
        score_point next = points.back();
        next.threshold -= 1;
        (random.bernoulli(0.4) ? next.positives : next.negatives) += 1;
        points.push_back(next);
    }
    return points;
}

}  // namespace

TEST_CASE("a sum over the steps of a curve sees every step once") {
    for (const std::size_t n : {std::size_t{0}, std::size_t{1}, std::size_t{255}, std::size_t{256},
                                std::size_t{1024}, std::size_t{1025}, std::size_t{5000}}) {
        const auto points = points_of(n);
        double expected = 0;
        for (std::size_t i = 1; i < points.size(); ++i) {
            expected += (points[i].positives - points[i - 1].positives) * points[i].negatives +
                        (points[i].negatives - points[i - 1].negatives) * 3;
        }
        CAPTURE(n);
        CHECK(detail::sum_of_steps(points, [](auto t, auto f, auto tp, auto fp) {
                  return (tp - t) * fp + (fp - f) * 3.0;
              }) == expected);
        std::size_t steps = 0;
        detail::for_each_chunk_of_steps(
            points, [&](const detail::chunk_of_steps& chunk, std::size_t first) {
                CHECK(first == steps);
                CHECK(chunk.size % block_rows == 0);
                CHECK(chunk.points <= chunk.size);
                steps += chunk.points;
            });
        CHECK(steps == n);
    }
}
