#include "leeway/evaluation/splits.hpp"

#include <algorithm>
#include <cstdint>
#include <limits>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "oracle/metrics_table.hpp"

using leeway::split;

namespace {

using rows_of = std::vector<std::size_t>;

/// "0-2 5" as 0 1 2 5.
rows_of parsed(const std::string& runs) {
    rows_of rows;
    std::istringstream in(runs);
    for (std::string word; in >> word;) {
        const std::size_t dash = word.find('-');
        const std::size_t first = std::stoul(word.substr(0, dash));
        const std::size_t last =
            dash == std::string::npos ? first : std::stoul(word.substr(dash + 1));
        for (std::size_t row = first; row <= last; ++row) rows.push_back(row);
    }
    return rows;
}

std::vector<split> expected_of(const oracle::metric_case& from) {
    std::vector<split> splits;
    for (const auto& part : from.list("test")) splits.push_back({{}, parsed(part)});
    if (from.has("train")) {
        const auto trains = from.list("train");
        for (std::size_t i = 0; i < splits.size(); ++i) splits[i].train = parsed(trains[i]);
    } else {
        const auto rows = static_cast<std::size_t>(from.integers("rows").at(0));
        for (split& one : splits) {
            for (std::size_t row = 0; row < rows; ++row) {
                if (std::find(one.test.begin(), one.test.end(), row) == one.test.end()) {
                    one.train.push_back(row);
                }
            }
        }
    }
    return splits;
}

std::vector<split> made_for(const oracle::metric_case& from) {
    const auto size = [&](const char* key) {
        return static_cast<std::size_t>(from.numbers(key).at(0));
    };
    const auto label = from.integers("label");
    const auto column = from.numbers("group");
    const std::vector<std::int64_t> group(column.begin(), column.end());
    const std::string& splitter = from.expected("splitter");
    if (splitter == "k_fold") return leeway::k_fold(size("rows"), size("folds"));
    if (splitter == "stratified_k_fold") return leeway::stratified_k_fold(label, size("folds"));
    if (splitter == "group_k_fold") return leeway::group_k_fold(group, size("folds"));
    if (splitter == "stratified_group_k_fold") {
        return leeway::stratified_group_k_fold(label, group, size("folds"));
    }
    return leeway::time_series_split(size("rows"), {.splits = size("folds"),
                                                    .test_rows = size("tested"),
                                                    .gap = size("gap"),
                                                    .most_train_rows = size("most")});
}

/// Ascending, apart, and together all rows.
bool is_partition(const split& one, std::size_t rows) {
    std::set<std::size_t> all(one.train.begin(), one.train.end());
    all.insert(one.test.begin(), one.test.end());
    return std::is_sorted(one.train.begin(), one.train.end()) &&
           std::is_sorted(one.test.begin(), one.test.end()) && all.size() == rows &&
           one.train.size() + one.test.size() == rows && *all.rbegin() == rows - 1;
}

bool each_row_once(const std::vector<split>& splits, std::size_t rows) {
    std::vector<int> seen(rows, 0);
    for (const split& one : splits) {
        if (!is_partition(one, rows)) return false;
        for (const std::size_t row : one.test) ++seen[row];
    }
    return std::all_of(seen.begin(), seen.end(), [](int times) { return times == 1; });
}

}  // namespace

TEST_CASE("unshuffled splits are scikit-learn's") {
    std::map<std::string, int> seen;
    for (const auto& from : oracle::metric_cases("splits")) {
        INFO("case '" << from.name << "'");
        ++seen[from.expected("splitter")];
        CHECK(made_for(from) == expected_of(from));
    }
    CHECK(seen.size() == 5);
    CHECK(seen["stratified_group_k_fold"] >= 100);
    CHECK(oracle::metric_cases("splits").size() >= 300);
}

TEST_CASE("groups of one size, more than sixteen: scikit-learn's folds are as large") {
    std::size_t cases = 0;
    for (const auto& from : oracle::metric_cases("splits_of_tied_groups")) {
        INFO("case '" << from.name << "'");
        const auto column = from.numbers("group");
        const std::vector<std::int64_t> group(column.begin(), column.end());
        const auto splits =
            leeway::group_k_fold(group, static_cast<std::size_t>(from.integers("folds").at(0)));
        std::vector<std::int32_t> sizes;
        for (const split& one : splits) sizes.push_back(static_cast<std::int32_t>(one.test.size()));
        CHECK(sizes == from.integers("sizes"));
        CHECK(each_row_once(splits, group.size()));
        ++cases;
    }
    CHECK(cases >= 40);
}

TEST_CASE("shuffled folds test each row once, and depend on the seed alone") {
    for (const std::size_t rows : {7U, 40U, 101U}) {
        std::vector<std::int32_t> labels;
        std::vector<std::int64_t> groups;
        for (std::size_t i = 0; i < rows; ++i) {
            labels.push_back(i % 3 == 0 ? 1 : 0);
            groups.push_back(static_cast<std::int64_t>(i / 2));
        }
        const auto plain = leeway::k_fold(rows, 3, 5);
        CHECK(each_row_once(plain, rows));
        CHECK(plain == leeway::k_fold(rows, 3, 5));
        CHECK(plain != leeway::k_fold(rows, 3, 6));
        CHECK(plain != leeway::k_fold(rows, 3));
        CHECK(plain[0].test.size() == (rows + 2) / 3);

        const auto stratified = leeway::stratified_k_fold(labels, 3, 5);
        CHECK(each_row_once(stratified, rows));
        CHECK(stratified != leeway::stratified_k_fold(labels, 3));
        const auto still = leeway::stratified_k_fold(labels, 3);
        for (std::size_t i = 0; i < 3; ++i) {  // as many of each class as without the shuffle
            const auto positives = [&](const split& one) {
                return std::count_if(one.test.begin(), one.test.end(),
                                     [&](std::size_t row) { return labels[row] == 1; });
            };
            CHECK(positives(stratified[i]) == positives(still[i]));
        }
        const auto grouped = leeway::stratified_group_k_fold(labels, groups, 3, 5);
        CHECK(each_row_once(grouped, rows));
        for (const split& one : grouped) {
            std::set<std::int64_t> trained;
            for (const std::size_t row : one.train) trained.insert(groups[row]);
            for (const std::size_t row : one.test) CHECK(trained.count(groups[row]) == 0);
        }
    }
    // Pinned when written: a saved experiment names its folds by the seed.
    CHECK(leeway::k_fold(10, 2, 42)[0].test == rows_of{1, 2, 3, 6, 8});
}

TEST_CASE("repetitions are shuffled each on its own") {
    const auto repeated = leeway::repeated_k_fold(20, 4, 3, 9);
    REQUIRE(repeated.size() == 12);
    for (std::size_t i = 0; i < 3; ++i) {
        const std::vector<split> one(repeated.begin() + static_cast<std::ptrdiff_t>(4 * i),
                                     repeated.begin() + static_cast<std::ptrdiff_t>(4 * i + 4));
        CHECK(each_row_once(one, 20));
    }
    CHECK(repeated[0] != repeated[4]);
    CHECK(repeated[4] != repeated[8]);
    std::vector<std::int32_t> labels(20, 0);
    for (std::size_t i = 0; i < 8; ++i) labels[i] = 1;
    const auto stratified = leeway::repeated_stratified_k_fold(labels, 4, 2, 9);
    REQUIRE(stratified.size() == 8);
    for (const split& one : stratified) {
        CHECK(std::count_if(one.test.begin(), one.test.end(),
                            [](std::size_t row) { return row < 8; }) == 2);
    }
}

TEST_CASE("shuffle splits draw the test part afresh") {
    const auto draws = leeway::shuffle_split(50, 200, 0.21, 3);
    REQUIRE(draws.size() == 200);
    std::vector<int> tested(50, 0);
    for (const split& one : draws) {
        CHECK(is_partition(one, 50));
        CHECK(one.test.size() == 11);  // ceil(10.5)
        for (const std::size_t row : one.test) ++tested[row];
    }
    // Binomial with mean 44 and deviation 5.9; four of them for 50 rows.
    for (const int times : tested) CHECK(std::abs(times - 44) < 24);
    CHECK(draws == leeway::shuffle_split(50, 200, 0.21, 3));
    CHECK(draws[0] != draws[1]);
}

TEST_CASE("leave one out") {
    const auto all = leeway::leave_one_out(4);
    REQUIRE(all.size() == 4);
    CHECK(all[2] == split{{0, 1, 3}, {2}});
    CHECK(each_row_once(all, 4));
}

TEST_CASE("one split in time is a last block held out") {
    const auto one = leeway::time_series_split(10, {.splits = 1, .test_rows = 3, .gap = 1});
    REQUIRE(one.size() == 1);
    CHECK(one[0] == split{{0, 1, 2, 3, 4, 5}, {7, 8, 9}});
    CHECK_THROWS_AS(leeway::time_series_split(10, {.splits = 0}), std::invalid_argument);
}

TEST_CASE("purging takes out what overlaps the test in time") {
    // Row i is seen at time i; its label is known two later.
    std::vector<double> begin, end;
    for (int i = 0; i < 12; ++i) {
        begin.push_back(i);
        end.push_back(i + 2);
    }
    const auto folds = leeway::purged(leeway::k_fold(12, 3), begin, end);
    CHECK(folds[0] == split{{6, 7, 8, 9, 10, 11}, {0, 1, 2, 3}});
    CHECK(folds[1] == split{{0, 1, 10, 11}, {4, 5, 6, 7}});
    CHECK(folds[2] == split{{0, 1, 2, 3, 4, 5}, {8, 9, 10, 11}});
    const auto later = leeway::purged(leeway::k_fold(12, 3), begin, end, 1);
    CHECK(later[1] == split{{0, 1, 11}, {4, 5, 6, 7}});
    // Test rows apart from each other leave the rows between them, by brute force.
    const auto scattered = leeway::purged({{{0, 2, 4, 5, 6, 8, 9, 10, 11}, {1, 7, 3}}}, begin, end);
    CHECK(scattered[0].train == rows_of{10, 11});
    CHECK_THROWS_AS(leeway::purged(leeway::k_fold(13, 3), begin, end), std::invalid_argument);
    CHECK_THROWS_AS(leeway::purged({}, end, begin), std::invalid_argument);
    CHECK_THROWS_AS(leeway::purged({}, begin, end, -1), std::invalid_argument);
    end.pop_back();
    CHECK_THROWS_AS(leeway::purged({}, begin, end), std::invalid_argument);
}

TEST_CASE("splits that cannot be made are refused") {
    const std::vector<std::int32_t> labels{0, 0, 1, 1};
    const std::vector<std::int64_t> groups{1, 1, 2, 2};
    CHECK_THROWS_AS(leeway::k_fold(5, 1), std::invalid_argument);
    CHECK_THROWS_AS(leeway::k_fold(5, 6), std::invalid_argument);
    CHECK_THROWS_AS(leeway::k_fold(0, 2), std::invalid_argument);
    CHECK_THROWS_AS(leeway::stratified_k_fold(labels, 3), std::invalid_argument);
    CHECK_THROWS_AS(leeway::stratified_k_fold({}, 2), std::invalid_argument);
    CHECK_THROWS_AS(leeway::group_k_fold(groups, 3), std::invalid_argument);
    CHECK_THROWS_AS(leeway::stratified_group_k_fold(labels, groups, 3), std::invalid_argument);
    CHECK_THROWS_AS(leeway::stratified_group_k_fold(labels, {}, 2), std::invalid_argument);
    CHECK_THROWS_AS(leeway::shuffle_split(5, 1, 0, 1), std::invalid_argument);
    CHECK_THROWS_AS(leeway::shuffle_split(5, 1, 0.9, 1), std::invalid_argument);
    CHECK_THROWS_AS(leeway::shuffle_split(1, 1, 0.5, 1), std::invalid_argument);
    CHECK_THROWS_WITH(leeway::repeated_k_fold(10, 2, 0, 1),
                      "repeated_k_fold: times is 0, expected at least 1");
    CHECK_THROWS_WITH(leeway::repeated_stratified_k_fold(labels, 2, 0, 1),
                      "repeated_stratified_k_fold: times is 0, expected at least 1");
    CHECK_THROWS_WITH(leeway::shuffle_split(10, 0, 0.2, 1),
                      "shuffle_split: splits is 0, expected at least 1");
    CHECK_THROWS_AS(leeway::leave_one_out(1), std::invalid_argument);
    CHECK_THROWS_AS(leeway::time_series_split(5), std::invalid_argument);
    CHECK_THROWS_AS(leeway::time_series_split(100, {.splits = 5, .test_rows = 20}),
                    std::invalid_argument);
    CHECK_THROWS_AS(leeway::time_series_split(100, {.splits = 5, .gap = 100}),
                    std::invalid_argument);
    CHECK_THROWS_AS(leeway::time_series_split(
                        100, {.splits = 2, .test_rows = std::numeric_limits<std::size_t>::max()}),
                    std::invalid_argument);
}
