#include "leeway/core/radix_sort.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <limits>
#include <stdexcept>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::ordered_key;
using leeway::radix_sort;

namespace {

constexpr double largest = std::numeric_limits<double>::max();
constexpr double infinity = std::numeric_limits<double>::infinity();

void check_sorted(std::vector<double> values) {
    std::vector<double> expected = values;
    std::sort(expected.begin(), expected.end());
    std::vector<double> scratch(values.size());
    radix_sort(values, scratch);
    CHECK(values == expected);
}

}  // namespace

TEST_CASE("ordered_key keeps the order of doubles") {
    const double tiny = std::numeric_limits<double>::denorm_min();
    const std::vector<double> ascending{-infinity, -largest, -1.5, -1,      -tiny,   0,
                                        tiny,      1,        1.5,  largest, infinity};
    for (std::size_t i = 1; i < ascending.size(); ++i) {
        CHECK(ordered_key(ascending[i - 1]) < ordered_key(ascending[i]));
    }
    CHECK(ordered_key(-0.0) == ordered_key(0.0));
}

TEST_CASE("radix sort sorts what std::sort sorts") {
    leeway::random_source random(5);
    struct kind {
        const char* name;
        std::function<double()> draw;
    };
    const std::vector<kind> kinds{
        {"uniform", [&] { return random.uniform(); }},
        {"normal", [&] { return random.normal(); }},
        {"a thousand values", [&] { return static_cast<double>(random.below(1000)) / 7; }},
        {"two values", [&] { return random.bernoulli(0.5) ? 1.0 : -1.0; }},
        {"constant", [] { return 0.5; }},
        {"zeros of both signs", [&] { return random.bernoulli(0.5) ? 0.0 : -0.0; }},
        {"many magnitudes", [&] { return random.normal() * std::exp(200 * random.normal()); }},
        {"all bits",
         [&] {
             const double value = std::bit_cast<double>(random());
             return std::isnan(value) ? 0.0 : value;
         }},
        // One value far away, the rest within a few last digits: no leading digit tells them apart.
        {"a crowd and an outlier",
         [&] { return random.below(5000) == 0 ? 1e300 : 1 + 1e-13 * random.uniform(); }},
        // A crowd in a crowd in a crowd: every level of the recursion has work.
        {"nested crowds",
         [&] {
             switch (random.below(4)) {
                 case 0:
                     return -largest * random.uniform();
                 case 1:
                     return 1 + 1e-9 * random.uniform();
                 case 2:
                     return 1 + 1e-15 * random.uniform();
                 default:
                     return std::numeric_limits<double>::denorm_min() *
                            static_cast<double>(random.below(1000));
             }
         }},
        // The range overflows, or its inverse does.
        {"widest range", [&] { return random.bernoulli(0.5) ? largest : -largest; }},
        {"narrowest range",
         [&] {
             return std::numeric_limits<double>::denorm_min() *
                    static_cast<double>(random.below(50));
         }},
        {"with infinities", [&] { return random.below(9) == 0 ? infinity : random.normal(); }},
    };
    for (const auto& kind : kinds) {
        for (const std::size_t n :
             std::initializer_list<std::size_t>{0, 1, 2, 3, 100, 512, 513, 4095, 4096, 100000}) {
            INFO(kind.name << ", " << n);
            std::vector<double> values(n);
            for (double& value : values) value = kind.draw();
            check_sorted(std::move(values));
        }
    }
}

TEST_CASE("radix sort takes values in order and in reverse") {
    std::vector<double> values(50'000);
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = std::sqrt(static_cast<double>(i));
    check_sorted(values);
    std::reverse(values.begin(), values.end());
    check_sorted(values);
}

TEST_CASE("radix sort carries what belongs to a value along") {
    struct item {
        double value;
        std::size_t from;
    };
    leeway::random_source random(8);
    std::vector<double> values(30'000);
    std::vector<item> items(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        values[i] = std::round(random.normal() * 1000);
        items[i] = {values[i], i};
    }
    std::vector<item> scratch(items.size());
    radix_sort(std::span<item>(items), std::span<item>(scratch),
               [](const item& one) { return one.value; });
    std::vector<bool> met(items.size(), false);
    for (std::size_t i = 0; i < items.size(); ++i) {
        CHECK(items[i].value == values[items[i].from]);
        met[items[i].from] = true;
        if (i > 0) CHECK(items[i - 1].value <= items[i].value);
    }
    CHECK(std::count(met.begin(), met.end(), true) == std::ptrdiff_t(items.size()));
}

TEST_CASE("radix sort says how much scratch it needs") {
    std::vector<double> values(10, 1.0);
    std::vector<double> scratch(9);
    CHECK_THROWS_AS(radix_sort(values, scratch), std::invalid_argument);
}
