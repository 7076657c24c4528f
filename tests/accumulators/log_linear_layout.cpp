#include "leeway/accumulators/log_linear_layout.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::log_linear_layout;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

const std::vector<log_linear_layout> layouts{
    log_linear_layout::any(), log_linear_layout::probabilities(),
    {0, 0, 0, false},         {0, -3, 4, true},
    {3, -1022, 1023, true},   {3, -1022, 1023, false},
    {16, -2, 2, true},        {5, 1023, 1023, false},
    {5, -1022, -1022, true},
};

/// A layout's fields with any values.
struct forged_layout {
    int mantissa_bits, min_exponent, max_exponent;
    bool negative;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("mantissa_bits", self.mantissa_bits);
        visit("min_exponent", self.min_exponent);
        visit("max_exponent", self.max_exponent);
        visit("negative", self.negative);
    }
};

}  // namespace

TEST_CASE("the cells of a layout tile the line in order") {
    for (const log_linear_layout& layout : layouts) {
        CAPTURE(layout.mantissa_bits(), layout.min_exponent(), layout.max_exponent());
        CHECK(layout.lower_edge(0) == -infinity);
        CHECK(layout.upper_edge(layout.cells() - 1) == infinity);
        bool tiled = true, ordered = true, narrow = true;
        for (std::size_t cell = 0; cell < layout.cells(); ++cell) {
            const double low = layout.lower_edge(cell), high = layout.upper_edge(cell);
            if (cell > 0) tiled = tiled && low == layout.upper_edge(cell - 1);
            // An outer cell beyond the largest double is empty: both its ends are infinite.
            ordered = ordered && (low < high || std::isinf(low));
            const double least = std::fmin(std::fabs(low), std::fabs(high));
            const bool inner = cell != layout.zero_cell() && std::isfinite(low + high);
            if (inner) narrow = narrow && high - low <= std::ldexp(least, -layout.mantissa_bits());
        }
        CHECK(tiled);
        CHECK(ordered);
        CHECK(narrow);
        CHECK(layout.lower_edge(layout.zero_cell()) < 0);
        CHECK(layout.upper_edge(layout.zero_cell()) == std::ldexp(1.0, layout.min_exponent()));
    }
}

TEST_CASE("a value lies within its cell, closed towards zero") {
    leeway::random_source random(8);
    for (const log_linear_layout& layout : layouts) {
        std::vector<double> values{0.0,
                                   -0.0,
                                   1.0,
                                   -1.0,
                                   0.5,
                                   1e-300,
                                   -1e-300,
                                   5e-324,
                                   -5e-324,
                                   std::numeric_limits<double>::max(),
                                   std::numeric_limits<double>::lowest(),
                                   infinity,
                                   -infinity};
        for (int i = 0; i < 20000; ++i) {
            const double magnitude =
                std::ldexp(1 + random.uniform(), static_cast<int>(random.below(2100)) - 1060);
            values.push_back(random.bernoulli(0.5) ? magnitude : -magnitude);
            values.push_back(random.normal());
        }
        for (std::size_t cell = 0; cell < layout.cells(); cell += 1 + layout.cells() / 500) {
            for (const double edge : {layout.lower_edge(cell), layout.upper_edge(cell)}) {
                values.push_back(edge);
                values.push_back(std::nextafter(edge, infinity));
                values.push_back(std::nextafter(edge, -infinity));
            }
        }
        bool inside = true;
        for (const double value : values) {
            const std::size_t cell = layout.index(value);
            const double low = layout.lower_edge(cell), high = layout.upper_edge(cell);
            const bool positive = cell > layout.zero_cell();
            const bool negative = cell < layout.zero_cell();
            const bool within = positive   ? low <= value && (value < high || value == infinity)
                                : negative ? (low < value || value == -infinity) && value <= high
                                           : low < value && value < high;
            if (cell >= layout.cells() || !within) {
                INFO(value << " in cell " << cell << " " << low << " to " << high);
                CHECK(false);
                inside = false;
            }
        }
        CHECK(inside);
        std::sort(values.begin(), values.end());
        bool monotone = true;
        for (std::size_t i = 1; i < values.size(); ++i) {
            monotone = monotone && layout.index(values[i - 1]) <= layout.index(values[i]);
        }
        CHECK(monotone);
    }
}

TEST_CASE("the ready-made layouts have the sizes that their comments state") {
    CHECK(log_linear_layout::any().cells() == 65027);
    CHECK(log_linear_layout::probabilities().cells() == 3203);
    constexpr log_linear_layout p = log_linear_layout::probabilities();
    CHECK(p.lower_edge(p.index(1.0)) == 1);
    CHECK(p.index(std::nextafter(1.0, 0.0)) == p.index(1.0) - 1);
    CHECK(p.inside(1.0));
    CHECK_FALSE(p.inside(2.0));
    CHECK_FALSE(p.inside(-0.5));
    CHECK(p.index(2.0) == p.cells() - 1);
    CHECK(p.index(-0.0) == p.zero_cell());
    CHECK(p.index(0.0) == p.zero_cell());
    CHECK(p.index(-0.5) == 0);
    CHECK(log_linear_layout() == log_linear_layout::any());
}

TEST_CASE("an impossible layout is refused") {
    CHECK_THROWS_AS(log_linear_layout(-1, 0, 0, true), std::invalid_argument);
    CHECK_THROWS_AS(log_linear_layout(17, 0, 0, true), std::invalid_argument);
    CHECK_THROWS_AS(log_linear_layout(7, -1023, 0, true), std::invalid_argument);
    CHECK_THROWS_AS(log_linear_layout(7, 0, 1024, true), std::invalid_argument);
    CHECK_THROWS_AS(log_linear_layout(7, 1, 0, true), std::invalid_argument);
    CHECK_THROWS_AS(log_linear_layout(16, -1022, 1023, false), std::invalid_argument);
}

TEST_CASE("a saved layout that cannot be is refused") {
    const leeway::log_linear_histogram state(log_linear_layout{2, -3, 2, true});
    const auto refused = [&](int bits, int low, int high) {
        leeway::detail::byte_writer out;
        leeway::detail::begin_file(out, leeway::log_linear_histogram::kind, 0);
        out("layout", forged_layout{bits, low, high, true});
        out("cells", std::vector<double>(state.cells().begin(), state.cells().end()));
        out("rejected", leeway::rejections{});
        const auto bytes = leeway::detail::end_file(std::move(out));
        const auto read = leeway::from_bytes<leeway::log_linear_histogram>(bytes);
        return !read && read.error().where.find("layout") != std::string::npos;
    };
    CHECK(refused(-1, -3, 2));
    CHECK(refused(17, -3, 2));
    CHECK(refused(2, -1023, 2));
    CHECK(refused(2, -3, 1024));
    CHECK(refused(2, 3, 2));
    CHECK(refused(16, -1022, 1023));
    CHECK(refused(2, std::numeric_limits<int>::min(), std::numeric_limits<int>::max()));
    CHECK_FALSE(refused(2, -3, 2));
}

TEST_CASE("the layout of logits has even cells from -8 to 8") {
    constexpr log_linear_layout layout = log_linear_layout::logits();
    constexpr double offset = log_linear_layout::logit_offset;
    CHECK(layout.cells() == 2051);
    for (std::size_t cell = 2; cell + 1 < layout.cells(); ++cell) {
        CHECK(layout.lower_edge(cell) - offset == -8 + static_cast<double>(cell - 2) / 128);
        CHECK(layout.upper_edge(cell) - layout.lower_edge(cell) == 1.0 / 128);
    }
    CHECK(layout.index(-8 + offset) == 2);
    CHECK(layout.index(-8.001 + offset) == 1);
    CHECK(layout.index(-40 + offset) == 0);
    CHECK(layout.index(8 + offset) == 2050);
}
