#include "leeway/accumulators/binning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

using leeway::binning;
using leeway::category_code;
using leeway::feature_kind;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();

/// A state file holds a binning inside a state; this is the smallest such state.
struct holder {
    static constexpr std::string_view kind = "holder";
    binning bins;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("bins", self.bins);
    }
};

/// A binning's fields with any values, as a hostile writer would save them.
struct forged_binning {
    std::uint8_t form, kind;
    bool complete;
    std::uint64_t regular;
    std::vector<double> points;
    std::vector<std::uint32_t> bin_of;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("form", self.form);
        visit("kind", self.kind);
        visit("complete", self.complete);
        visit("regular", self.regular);
        visit("points", self.points);
        visit("bin_of", self.bin_of);
    }
};

std::string refusal(std::vector<double> edges) {
    try {
        (void)binning::intervals(std::move(edges));
    } catch (const std::invalid_argument& problem) {
        return problem.what();
    }
    return {};
}

}  // namespace

TEST_CASE("intervals put a value where a linear search does") {
    leeway::random_source random(1);
    for (const std::size_t edges : {0U, 1U, 2U, 3U, 7U, 8U, 15U, 16U, 31U, 100U, 1000U}) {
        std::vector<double> points;
        for (std::size_t i = 0; i < edges; ++i) points.push_back(random.normal());
        std::sort(points.begin(), points.end());
        const binning bins = binning::intervals(points);
        CHECK(bins.regular() == edges + 1);
        CHECK(bins.size() == edges + 4);
        CHECK(bins.ordered());
        std::vector<double> values{-infinity, infinity, not_a_number, 0.0, -0.0, 1e300, -1e300};
        for (const double point : points) {
            values.insert(values.end(), {point, std::nextafter(point, infinity),
                                         std::nextafter(point, -infinity)});
        }
        for (int i = 0; i < 200; ++i) values.push_back(random.normal());
        int wrong = 0;
        for (const double value : values) {
            const auto at_or_below = static_cast<std::size_t>(std::count_if(
                points.begin(), points.end(), [&](double edge) { return edge <= value; }));
            const std::size_t expected = std::isnan(value)   ? bins.missing()
                                         : std::isinf(value) ? bins.non_finite()
                                                             : at_or_below;
            wrong += bins(value) != expected;
        }
        CAPTURE(edges);
        CHECK(wrong == 0);
    }
}

TEST_CASE("known values have their bins and all others are unseen, or other") {
    const std::vector<double> values{-2, 0, 1.5, 7, 9};
    const std::vector<std::uint32_t> bins_of{0, 1, 1, 2, 0};
    const binning complete = binning::values(feature_kind::categorical, values, bins_of, 3, true);
    const binning open = binning::values(feature_kind::categorical, values, bins_of, 4, false);
    CHECK_FALSE(complete.ordered());
    for (std::size_t i = 0; i < values.size(); ++i) {
        CHECK(complete(values[i]) == bins_of[i]);
        CHECK(open(values[i]) == bins_of[i]);
    }
    CHECK(complete(-0.0) == 1);  // equal to 0
    for (const double other : {-3.0, -1.0, 1.4999, 8.0, 10.0, 1e300}) {
        CHECK(complete(other) == complete.unseen());
        CHECK(open(other) == 3);
    }
    CHECK(complete(not_a_number) == complete.missing());
    CHECK(complete(infinity) == complete.non_finite());
    CHECK(complete.missing() == 3);
    CHECK(complete.non_finite() == 4);
    CHECK(complete.unseen() == 5);
    CHECK(binning::values(feature_kind::numeric, {1}, {0}, 1, true).ordered());
}

TEST_CASE("the default binning takes every finite value") {
    const binning one;
    CHECK(one(-1e300) == 0);
    CHECK(one(5) == 0);
    CHECK(one(not_a_number) == one.missing());
    CHECK(one == binning::intervals({}));
}

TEST_CASE("a binning that cannot be is refused in words") {
    CHECK(refusal({1, 1}).find("strictly increasing") != std::string::npos);
    CHECK(refusal({2, 1}).find("strictly increasing") != std::string::npos);
    CHECK(refusal({not_a_number}).find("not finite") != std::string::npos);
    CHECK(refusal({0, infinity}).find("not finite") != std::string::npos);
    const auto values = [](std::vector<double> known, std::vector<std::uint32_t> bin_of,
                           std::size_t regular) {
        return binning::values(feature_kind::categorical, std::move(known), std::move(bin_of),
                               regular, true);
    };
    CHECK_THROWS_AS(values({1, 2}, {0}, 1), std::invalid_argument);     // a value without a bin
    CHECK_THROWS_AS(values({1, 2}, {0, 2}, 2), std::invalid_argument);  // a bin out of range
    CHECK_THROWS_AS(values({1}, {0}, 3), std::invalid_argument);        // bins without a value
    CHECK_THROWS_AS(values({}, {}, 0), std::invalid_argument);
}

TEST_CASE("binnings survive a file and hostile bytes") {
    const binning numeric = binning::intervals({-1, 0.5, 2});
    const binning categories =
        binning::values(feature_kind::categorical, {1, 2, 3}, {0, 1, 1}, 3, false);
    for (const binning& bins : {binning(), numeric, categories}) {
        const holder saved{bins};
        const auto back = leeway::from_bytes<holder>(leeway::to_bytes(saved));
        REQUIRE(back);
        CHECK(back->bins == bins);
        for (const double value : {-7.0, -1.0, 0.0, 0.5, 1.0, 2.0, 3.0, 4.0}) {
            CHECK(back->bins(value) == bins(value));  // the search table is rebuilt
        }
        laws::hostile_bytes(saved, 2);
    }
    CHECK(numeric != categories);
    CHECK(numeric != binning::intervals({-1, 0.5, 3}));
}

TEST_CASE("category codes: whole numbers stand for themselves, other texts hash") {
    CHECK(category_code("0") == 0);
    CHECK(category_code("17") == 17);
    CHECK(category_code("-3") == -3);
    CHECK(category_code("999999999999999") == 999999999999999.0);
    for (const char* text : {"", "-", "-0", "007", "+1", "1.0", " 1", "1e3", "1000000000000000",
                             "DE", "Germany", "\xff", "-1000000000000000"}) {
        CAPTURE(text);
        const double code = category_code(text);
        CHECK(code >= 0x1p52);
        CHECK(code < 0x1p53);
        CHECK(code == std::floor(code));
        CHECK(code == category_code(text));
    }
    CHECK(category_code("DE") != category_code("AT"));
    static_assert(category_code("42") == 42);
}

TEST_CASE("a saved binning that cannot be is refused") {
    const auto refused = [](const forged_binning& bins) {
        return laws::refused(holder{}, "bins", bins);
    };
    constexpr std::uint8_t intervals = 0, values = 1, numeric = 0, categorical = 1;
    CHECK_FALSE(refused({intervals, numeric, true, 3, {0, 1}, {}}));
    CHECK(refused({intervals, numeric, true, 2, {0, 1}, {}}));
    CHECK(refused({intervals, numeric, true, 4, {0, 1}, {}}));
    CHECK(refused({intervals, numeric, true, 0, {}, {}}));
    CHECK(refused({intervals, numeric, true, 3, {0, 1}, {0, 1}}));
    CHECK(refused({intervals, numeric, true, 3, {1, 1}, {}}));
    CHECK(refused({intervals, numeric, true, 2, {not_a_number}, {}}));
    CHECK(refused({intervals, categorical, true, 3, {0, 1}, {}}));
    CHECK(refused({2, numeric, true, 3, {0, 1}, {}}));
    CHECK_FALSE(refused({values, categorical, false, 3, {0, 1}, {0, 1}}));
    CHECK(refused({values, 2, false, 3, {0, 1}, {0, 1}}));
    CHECK(refused({values, categorical, false, 3, {0, 1}, {0}}));
    CHECK(refused({values, categorical, false, 2, {0, 1}, {0, 2}}));
    CHECK(refused({values, categorical, false, 4, {0, 1}, {0, 1}}));
    CHECK(refused({values, categorical, false, 0, {}, {}}));
}
