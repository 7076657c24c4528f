#include "leeway/core/block_sums.hpp"

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/core/sample.hpp"
#include "support/catch.hpp"

using leeway::block_rows;
using leeway::block_sums;

namespace {

std::vector<double> numbers(std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<double> made(block_rows);
    for (double& x : made) x = random.normal();
    return made;
}

/// Counts its rows; takes blocks that do not begin with 13.
struct counter {
    std::vector<double> alone{};
    std::size_t blocks{0};

    [[nodiscard]] std::size_t rows() const { return alone.size() + blocks; }
    void update(leeway::weighted_value row) noexcept { alone.push_back(row.value); }
    void update(const leeway::weighted_value::columns& batch) {
        leeway::update_by_blocks(*this, batch, [this](const auto& part) {
            CHECK(part.size() == block_rows);
            if (part.value[0] == 13) return false;
            ++blocks;
            return true;
        });
    }
};

}  // namespace

TEST_CASE("block sums of small integers are exact, however many there are") {
    std::vector<double> x(block_rows), y(block_rows);
    double sum = 0, squares = 0, products = 0;
    for (std::size_t i = 0; i < block_rows; ++i) {
        x[i] = static_cast<double>(i % 7);
        y[i] = static_cast<double>(i) - 100;
        sum += x[i] - 3;
        squares += x[i] * x[i];
        products += x[i] * y[i];
    }
    const auto one = block_sums([](auto a) { return std::array{a - 3.0}; }, x.data());
    CHECK(one[0] == sum);
    const auto three = block_sums(
        [](auto a, auto b) {
            return std::array{a - 3.0, a * a, a * b};
        },
        x.data(), y.data());
    CHECK(three == std::array{sum, squares, products});
    const auto six = block_sums(
        [](auto a, auto b) {
            return std::array{a - 3.0, a * a, a * b, b * a, a + a - a - 3.0, a * a};
        },
        x.data(), y.data());
    CHECK(six == std::array{sum, squares, products, products, sum, squares});
}

TEST_CASE("block sums are as good as they say") {
    for (std::uint64_t seed = 0; seed < 50; ++seed) {
        const auto x = numbers(seed);
        long double sum = 0, sizes = 0, fourth = 0;
        for (const double one : x) {
            sum += one;
            sizes += std::fabs(one);
            fourth += static_cast<double>(one * one) * (one * one);
        }
        const double bound = 13 * std::numeric_limits<double>::epsilon();
        const auto sums = block_sums(
            [](auto a) {
                return std::array{a, (a * a) * (a * a)};
            },
            x.data());
        CHECK(std::fabs(static_cast<double>(sums[0] - sum)) <= bound * static_cast<double>(sizes));
        CHECK(std::fabs(static_cast<double>(sums[1] - fourth)) <=
              bound * static_cast<double>(fourth));
    }
}

TEST_CASE("a NaN or an infinity anywhere in a block is seen in its sum") {
    const auto good = numbers(1);
    const auto sums_of = [](const std::vector<double>& x) {
        return block_sums([](auto a) { return std::array{a, a * a}; }, x.data());
    };
    CHECK(leeway::all_finite(sums_of(good)));
    for (std::size_t i = 0; i < block_rows; i += 5) {
        for (const double bad : {std::numeric_limits<double>::quiet_NaN(),
                                 std::numeric_limits<double>::infinity(), 1e200}) {
            auto x = good;
            x[i] = bad;
            CHECK_FALSE(leeway::all_finite(sums_of(x)));
        }
    }
}

TEST_CASE("a batch is its first row, its blocks and what is left") {
    std::vector<double> values(1 + 3 * block_rows + 5, 1.0);
    counter rows;
    rows.update(leeway::weighted_value::columns(values));
    CHECK(rows.blocks == 3);
    CHECK(rows.alone.size() == 6);
    // A state that has rows begins with a block; a block that it refuses is seen row by row.
    values[block_rows] = 13;
    rows.update(leeway::weighted_value::columns(std::span(values).first(2 * block_rows)));
    CHECK(rows.blocks == 4);
    CHECK(rows.alone.size() == 6 + block_rows);
    CHECK(rows.alone[6] == 13);
    rows.update(leeway::weighted_value::columns());
    CHECK(rows.rows() == 4 + 6 + block_rows);
}
