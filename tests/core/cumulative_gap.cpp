#include "leeway/core/cumulative_gap.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <string>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

/// By definition: at every value of either side, count what lies at or below it.
cumulative_gap by_definition(std::vector<double> a, std::vector<double> b) {
    const auto infinite = [](double value) { return !std::isfinite(value); };
    a.erase(std::remove_if(a.begin(), a.end(), infinite), a.end());
    b.erase(std::remove_if(b.begin(), b.end(), infinite), b.end());
    std::sort(a.begin(), a.end());
    std::sort(b.begin(), b.end());
    cumulative_gap gap{a.size(), b.size()};
    const auto below = [](const std::vector<double>& side, double value) {
        return static_cast<std::uint64_t>(std::upper_bound(side.begin(), side.end(), value) -
                                          side.begin());
    };
    for (const auto* side : {&a, &b}) {
        for (const double value : *side) gap.see(below(a, value), below(b, value));
    }
    return gap;
}

}  // namespace

TEST_CASE("the cell search finds the largest gap of every shape of data") {
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double largest = std::numeric_limits<double>::max();
    struct shape {
        std::string name;
        std::function<double(random_source&)> draw;
    };
    const std::vector<shape> shapes{
        {"uniform", [](random_source& r) { return r.uniform(); }},
        {"normal", [](random_source& r) { return r.normal(); }},
        {"far from zero", [](random_source& r) { return 1e9 + r.normal(); }},
        {"Cauchy", [](random_source& r) { return std::tan(3.141592653589793 * r.uniform()); }},
        {"log-normal", [](random_source& r) { return std::exp(3 * r.normal()); }},
        {"hundreds of decades",
         [](random_source& r) { return std::exp(1400 * (r.uniform() - 0.5)); }},
        {"few values", [](random_source& r) { return static_cast<double>(r.below(4)); }},
        {"many ties", [](random_source& r) { return static_cast<double>(r.below(300)); }},
        {"half zeros", [](random_source& r) { return r.bernoulli(0.5) ? 0.0 : r.normal(); }},
        {"constant", [](random_source&) { return 7.0; }},
        {"range overflows",
         [](random_source& r) { return r.normal() < 0 ? -largest : largest * r.uniform(); }},
        {"tiny range",
         [](random_source& r) { return 5e-324 * static_cast<double>(r.below(1000)); }},
        {"not all finite",
         [=](random_source& r) {
             const double u = r.uniform();
             return u < 0.1 ? nan : u < 0.2 ? infinity : u < 0.3 ? -infinity : r.normal();
         }},
        {"one far value", [](random_source& r) { return r.bernoulli(1e-3) ? 1e300 : r.normal(); }},
    };
    random_source random(5);
    for (const auto& shape : shapes) {
        for (const std::size_t n : {1U, 3U, 700U, 5000U, 20000U}) {
            for (const double shift : {0.0, 0.02, 0.5}) {
                std::vector<double> a(n);
                std::vector<double> b(n / 2 + 1 + random.below(n));
                for (double& value : a) value = shape.draw(random);
                for (double& value : b) value = shape.draw(random) + shift;
                const auto found = cumulative_gap::of(a, b);
                const auto expected = by_definition(a, b);
                INFO(shape.name << ", " << n << " values, shift " << shift);
                CHECK(found.n == expected.n);
                CHECK(found.m == expected.m);
                CHECK(found.largest == expected.largest);
                // The place is one at which that gap is.
                const auto there = found.at(found.i, found.j);
                CHECK(static_cast<std::uint64_t>(std::abs(there)) == found.largest);
            }
        }
    }
}

TEST_CASE("separated and equal samples") {
    const std::vector<double> low{1, 2, 3};
    const std::vector<double> high{4, 5};
    CHECK(cumulative_gap::of(low, high).share() == 1);
    CHECK(cumulative_gap::of(high, low).share() == 1);
    CHECK(cumulative_gap::of(low, low).largest == 0);
    CHECK(cumulative_gap::of(low, {}).m == 0);
    // At 1 the sides differ by 1/2 - 1/3, and at 2 by nothing but the 2 of one side.
    const auto tied = cumulative_gap::of(std::vector<double>{1, 2}, std::vector<double>{1, 2, 2});
    CHECK(tied.share() == Approx(1.0 / 6).epsilon(1e-15));
}
