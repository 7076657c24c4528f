#include "leeway/accumulators/make_binning.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

std::vector<std::uint64_t> counts_of(const binning& bins, const std::vector<double>& values) {
    binned_counts counts(bins);
    counts.update(values);
    return {counts.counts().begin(), counts.counts().end()};
}

std::vector<double> points_of(const binning& bins) {
    return {bins.points().begin(), bins.points().end()};
}

std::vector<double> repeated(std::initializer_list<std::pair<double, int>> parts) {
    std::vector<double> values;
    for (const auto& [value, times] : parts)
        values.insert(values.end(), static_cast<std::size_t>(times), value);
    return values;
}

using code_counts = std::vector<std::pair<double, std::uint64_t>>;
constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
constexpr double infinity = std::numeric_limits<double>::infinity();

}  // namespace

TEST_CASE("a continuous feature gets bins of equal mass, in any order of rows") {
    random_source random(4);
    std::vector<double> values(10007);
    for (double& value : values) value = random.normal();
    values.push_back(not_a_number);
    values.push_back(-infinity);
    const auto bins = numeric_binning(values);
    CHECK(bins.shape() == binning::form::intervals);
    REQUIRE(bins.regular() == 16);
    const auto counts = counts_of(bins, values);
    for (std::size_t bin = 0; bin < 16; ++bin) {
        CHECK(counts[bin] >= 10007 / 16);
        CHECK(counts[bin] <= 10007 / 16 + 1);
    }
    for (const double edge : points_of(bins)) {
        CHECK(std::find(values.begin(), values.end(), edge) != values.end());
    }
    auto shuffled = values;
    std::sort(shuffled.begin(), shuffled.end() - 2);
    CHECK(numeric_binning(shuffled) == bins);
    CHECK(numeric_binning(values, {.bins = 1}).regular() == 1);
    CHECK(numeric_binning(values, {.bins = 100}).regular() == 100);
}

TEST_CASE("few rows get fewer bins, and every bin holds the least") {
    std::vector<double> values;
    for (int i = 0; i < 200; ++i) {
        values.push_back(std::sin(i));
        const auto bins = numeric_binning(values);
        const auto counts = counts_of(bins, values);
        if (values.size() < 10) continue;
        for (std::size_t bin = 0; bin < bins.regular(); ++bin) CHECK(counts[bin] >= 5);
        CHECK(bins.regular() == std::min<std::size_t>(16, values.size() / 5));
    }
    // Too few for two full bins: two all the same, or a shift could not be seen at all.
    CHECK(numeric_binning(std::vector<double>{1, 2, 3, 4}).regular() == 2);
    CHECK(numeric_binning(std::vector<double>{1, 2}).regular() == 2);
}

TEST_CASE("a block of equal values is never cut and takes the place of its quantiles") {
    random_source random(5);
    std::vector<double> values(9000, 0.0);
    for (int i = 0; i < 1000; ++i) values.push_back(random.normal());
    const auto bins = numeric_binning(values);
    const auto counts = counts_of(bins, values);
    // 0 begins a bin, and the next value begins another.
    const auto points = points_of(bins);
    const auto zero = std::find(points.begin(), points.end(), 0.0);
    REQUIRE(zero != points.end());
    CHECK(counts[bins(0.0)] == 9000);
    for (std::size_t bin = 0; bin < bins.regular(); ++bin) CHECK(counts[bin] >= 5);

    // The smallest and the largest value repeated: no empty bin below or above.
    const auto low = repeated({{0, 50}, {1, 1}, {2, 1}, {3, 1}, {4, 1}, {5, 1}, {6, 50}});
    const auto few = numeric_binning(low, {.few_distinct = 2});
    CHECK(few.shape() == binning::form::intervals);
    for (const auto count : counts_of(few, low)) CHECK((count == 0 || count >= 5));
    CHECK(std::count(low.begin(), low.end(), few.points().front()) > 0);
    CHECK(few.points().front() > 0);
}

TEST_CASE("few distinct values get a bin each, and others are unseen") {
    const auto values = repeated({{3, 10}, {-1, 20}, {7, 30}});
    const auto bins = numeric_binning(values);
    CHECK(bins.shape() == binning::form::values);
    CHECK(bins.ordered());
    CHECK(bins.complete());
    CHECK(points_of(bins) == std::vector<double>{-1, 3, 7});
    CHECK(counts_of(bins, values) == std::vector<std::uint64_t>{20, 10, 30, 0, 0, 0});
    CHECK(bins(3.5) == bins.unseen());
    CHECK(bins(not_a_number) == bins.missing());
    // Sixteen distinct values are few, seventeen are not.
    std::vector<double> many;
    for (int i = 0; i < 160; ++i) many.push_back(i % 16);
    CHECK(numeric_binning(many).shape() == binning::form::values);
    for (int i = 0; i < 10; ++i) many.push_back(16);
    CHECK(numeric_binning(many).shape() == binning::form::intervals);
    CHECK(numeric_binning(many, {.few_distinct = 17}).regular() == 17);
    // Sixteen rows of a continuous feature are not sixteen known values.
    std::vector<double> continuous;
    for (int i = 0; i < 16; ++i) continuous.push_back(std::sin(i));
    CHECK(numeric_binning(continuous).shape() == binning::form::intervals);
}

TEST_CASE("rare values are pooled with a neighbour, but two values never become one bin") {
    const auto values = repeated({{0, 100}, {1, 3}, {2, 40}, {3, 2}});
    const auto bins = numeric_binning(values);
    CHECK(bins.regular() == 2);
    // 3 joins 2, then 1 joins the smaller neighbour, which is that bin.
    CHECK(counts_of(bins, values) == std::vector<std::uint64_t>{100, 45, 0, 0, 0});
    CHECK(bins(1) == bins(3));
    CHECK(numeric_binning(values, {.least = 0}).regular() == 4);
    // A flag that was nearly always off must be seen when it turns on.
    const auto flag = repeated({{0, 1000}, {1, 1}});
    CHECK(numeric_binning(flag).regular() == 2);
}

TEST_CASE("a constant is one value, and no value at all is one empty bin") {
    const auto constant = numeric_binning(std::vector<double>(40, 2.5));
    CHECK(constant.regular() == 1);
    CHECK(constant(2.5) == 0);
    CHECK(constant(2.6) == constant.unseen());
    CHECK(numeric_binning(std::vector<double>{2.5}) == constant);
    CHECK(numeric_binning(std::vector<double>(40, 2.5), {.few_distinct = 0}) == constant);
    CHECK(numeric_binning(std::vector<double>{0.0, -0.0})(-0.0) == 0);
    for (const auto& nothing :
         {std::vector<double>{}, std::vector<double>{not_a_number, infinity}}) {
        const auto bins = numeric_binning(nothing);
        CHECK(bins.regular() == 1);
        CHECK(bins(0) == bins.unseen());
        CHECK(bins(not_a_number) == bins.missing());
    }
}

TEST_CASE("categories: the top ones have bins, the rest is other") {
    const code_counts counts{{7, 50},           {1, 90}, {3, 4}, {5, 50},
                             {not_a_number, 8}, {9, 0},  {2, 1}, {1, 10}};
    const auto bins = categorical_binning(counts);
    CHECK(bins.kind() == feature_kind::categorical);
    CHECK(!bins.ordered());
    CHECK(bins.complete());
    CHECK(bins.regular() == 4);
    CHECK(bins(1) == 0);  // 100 rows
    CHECK(bins(5) == 1);  // 50 rows, the smaller code of two
    CHECK(bins(7) == 2);
    CHECK(bins(3) == 3);  // fewer than 5 rows: other
    CHECK(bins(2) == 3);
    CHECK(bins(9) == bins.unseen());  // a count of zero was not seen
    CHECK(bins(not_a_number) == bins.missing());
    auto shuffled = counts;
    std::reverse(shuffled.begin(), shuffled.end());
    CHECK(categorical_binning(shuffled) == bins);

    const auto top = categorical_binning(counts, {.top_categories = 1});
    CHECK(top.regular() == 2);
    CHECK(top(7) == 1);
    CHECK(top(9) == top.unseen());
    const auto none = categorical_binning(counts, {.top_categories = 0});
    CHECK(none.regular() == 1);
    CHECK(none(1) == 0);
    const auto all_common = categorical_binning(code_counts{{1, 9}, {2, 9}});
    CHECK(all_common.regular() == 2);  // no empty "other"
    CHECK(all_common(3) == all_common.unseen());
}

TEST_CASE("more categories than are known: unknown ones count as other") {
    code_counts counts;
    for (int i = 0; i < 1000; ++i) counts.emplace_back(i, 1000 - i);
    const auto bins = categorical_binning(counts, {.top_categories = 8, .known_categories = 100});
    CHECK(!bins.complete());
    CHECK(bins.points().size() == 100);
    CHECK(bins.regular() == 9);
    CHECK(bins(7) == 7);
    CHECK(bins(8) == 8);
    CHECK(bins(999) == 8);
    CHECK(bins(12345) == 8);
    // All of them known and none common.
    code_counts rare;
    for (int i = 0; i < 200; ++i) rare.emplace_back(i, 1);
    CHECK(categorical_binning(rare).regular() == 1);
    CHECK(categorical_binning(rare, {.known_categories = 64}).regular() == 1);
    CHECK(categorical_binning(code_counts{}).regular() == 1);
    CHECK(categorical_binning(code_counts{})(1) == 4 - 1);  // unseen
}

TEST_CASE("impossible options raise and name the parameter") {
    const std::vector<double> values{1, 2};
    CHECK_THROWS_AS(numeric_binning(values, {.bins = 0}), std::invalid_argument);
    try {
        (void)categorical_binning(code_counts{}, {.top_categories = 9, .known_categories = 8});
        FAIL("did not raise");
    } catch (const std::invalid_argument& problem) {
        CHECK(std::string(problem.what()).find("known_categories is 8") != std::string::npos);
    }
}
