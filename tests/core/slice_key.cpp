#include "leeway/core/slice_key.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <set>
#include <vector>

#include "support/catch.hpp"

using leeway::slice_key;

TEST_CASE("a key is an integer or a category's code") {
    CHECK(slice_key(3) == slice_key(std::uint64_t{3}));
    CHECK(slice_key(-1) == slice_key(std::int64_t{-1}));
    CHECK(slice_key(2.5).code() == 2.5);
    CHECK(slice_key(2.5F) == slice_key(2.5));
    CHECK(slice_key(0.0) == slice_key(-0.0));
    const double nan = std::numeric_limits<double>::quiet_NaN();
    CHECK(slice_key(nan) == slice_key(-nan));
    CHECK(slice_key(nan) == slice_key(std::numeric_limits<double>::signaling_NaN()));
    CHECK(std::isnan(slice_key(nan).code()));
    CHECK_FALSE(slice_key(3) == slice_key(3.0));
    CHECK_FALSE(slice_key(1.0) == slice_key(std::nextafter(1.0, 2.0)));
}

TEST_CASE("ranks do not tie and are even") {
    std::set<std::uint64_t> ranks;
    int low = 0;
    for (std::uint64_t i = 0; i < 10000; ++i) {
        const auto rank = leeway::detail::slice_rank(slice_key(i));
        ranks.insert(rank);
        low += rank < (1ULL << 62);
    }
    CHECK(ranks.size() == 10000);
    CHECK(low == Approx(2500).margin(220).epsilon(0));  // five standard deviations
}

TEST_CASE("a batch's row has its key") {
    const std::vector<slice_key> keys{slice_key(7), slice_key(2.5)};
    const std::vector<double> values{1, 2};
    const leeway::sliced_sample<leeway::weighted_value>::columns batch{keys, values};
    CHECK(batch.size() == 2);
    CHECK(batch[1].key == slice_key(2.5));
    CHECK(batch[1].sample.value == 2);
}
