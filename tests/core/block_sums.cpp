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

std::vector<double> numbers(std::uint64_t seed, std::size_t rows = block_rows) {
    leeway::random_source random(seed);
    std::vector<double> made(rows);
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
    for (const std::size_t rows : {block_rows, leeway::most_block_rows}) {
        for (std::uint64_t seed = 0; seed < 50; ++seed) {
            const auto x = numbers(seed, rows);
            long double sum = 0, sizes = 0, fourth = 0;
            for (const double one : x) {
                sum += one;
                sizes += std::fabs(one);
                fourth += static_cast<double>(one * one) * (one * one);
            }
            const double bound =
                (rows == block_rows ? 10 : 16) * std::numeric_limits<double>::epsilon();
            const auto sums = leeway::long_block_sums(
                rows,
                [](auto a) {
                    return std::array{a, (a * a) * (a * a), magnitude(a)};
                },
                x.data());
            const auto off = [](double made, long double expected) {
                return std::fabs(static_cast<double>(made - expected));
            };
            CHECK(off(sums[0], sum) <= bound * static_cast<double>(sizes));
            CHECK(off(sums[1], fourth) <= bound * static_cast<double>(fourth));
            CHECK(off(sums[2], sizes) <= bound * static_cast<double>(sizes));
        }
    }
}

TEST_CASE("block sums are the same on every processor") {
    const auto check = [](std::size_t rows, auto terms, const auto&... columns) {
        const auto expected = leeway::detail::lane_sums<1>(rows, terms, columns...);
        CHECK(leeway::long_block_sums(rows, terms, columns...) == expected);
#if defined(__GNUC__)
        CHECK(leeway::detail::lane_sums<2>(rows, terms, columns...) == expected);
        CHECK(leeway::detail::lane_sums<4>(rows, terms, columns...) == expected);
#endif
    };
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        for (std::size_t rows = block_rows; rows <= leeway::most_block_rows; rows += block_rows) {
            const auto x = numbers(seed, rows), y = numbers(seed + 100, rows);
            check(
                rows, [](auto a) { return std::array{a}; }, x.data());
            check(
                rows,
                [](auto a, auto b) {
                    return std::array{a * b, a - b};
                },
                x.data(), y.data());
            check(
                rows,
                [](auto a, auto b) {
                    return std::array{a, b, a * b};
                },
                x.data(), y.data());
            check(
                rows,
                [](auto a, auto b) {
                    return std::array{a, b, a * b, a - b, magnitude(a)};
                },
                x.data(), y.data());
        }
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

TEST_CASE("a state that can takes several blocks as one") {
    const std::vector<double> values(2 * leeway::most_block_rows + 3 * block_rows + 7, 1.0);
    counter rows;
    rows.update({1.0});
    std::vector<std::size_t> sizes;
    leeway::update_by_blocks(
        rows, leeway::weighted_value::columns(values),
        [&](const auto& part) {
            sizes.push_back(part.size());
            return sizes.size() != 2;
        },
        leeway::most_block_rows);
    CHECK(sizes == std::vector<std::size_t>{leeway::most_block_rows, leeway::most_block_rows,
                                            3 * block_rows});
    CHECK(rows.alone.size() == 1 + leeway::most_block_rows + 7);  // all of the refused one
}
