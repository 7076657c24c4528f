#include "leeway/metrics/class_order.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <initializer_list>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

namespace {

using row = std::pair<double, bool>;
constexpr double largest = std::numeric_limits<double>::max();

/// As an executor with threads would run them, three at once.
struct three_threads {
    [[nodiscard]] static std::size_t parts() { return 3; }
    template <class Task>
    void operator()(const Task& task) const {
        std::vector<std::thread> running;
        for (std::size_t part = 0; part < parts(); ++part) running.emplace_back(task, part);
        for (std::thread& one : running) one.join();
    }
};

std::vector<row> rows_of(const leeway::class_order& order) {
    std::vector<row> rows;
    order.for_each_descending(
        [&](double score, bool is_positive) { rows.emplace_back(score, is_positive); });
    return rows;
}

void check(const std::vector<std::int32_t>& labels, const std::vector<double>& scores) {
    std::vector<row> expected;
    for (std::size_t i = 0; i < scores.size(); ++i)
        expected.emplace_back(scores[i], labels[i] != 0);
    std::sort(expected.begin(), expected.end(), std::greater<>());
    for (const bool threads : {false, true}) {
        std::vector<row> found =
            rows_of(threads ? leeway::class_order(labels, scores, three_threads{})
                            : leeway::class_order(labels, scores));
        CHECK(std::is_sorted(found.begin(), found.end(),
                             [](const row& a, const row& b) { return a.first > b.first; }));
        std::sort(found.begin(), found.end(), std::greater<>());  // equal scores keep no order
        CHECK(found == expected);
    }
}

}  // namespace

TEST_CASE("a class order is that of std::sort, with the class of each row") {
    leeway::random_source random(12);
    struct kind {
        const char* name;
        std::function<double()> draw;
    };
    const std::vector<kind> kinds{
        {"probabilities", [&] { return random.uniform(); }},
        {"scores of both signs", [&] { return 5 * random.normal(); }},
        {"below zero", [&] { return -1 - random.uniform(); }},
        {"a few values, zeros of both signs",
         [&] { return static_cast<double>(random.below(7)) * -0.25 + 0.0 * random.normal(); }},
        {"one value", [] { return 0.25; }},
        {"rare events", [&] { return std::exp(-12 + 3 * random.normal()); }},
        {"a crowd and an outlier",
         [&] { return random.below(3000) == 0 ? -1e300 : 1 + 1e-13 * random.uniform(); }},
        {"widest range", [&] { return (2 * random.uniform() - 1) * largest; }},
        {"with infinities",
         [&] {
             const auto which = random.below(9);
             return which == 0   ? std::numeric_limits<double>::infinity()
                    : which == 1 ? -std::numeric_limits<double>::infinity()
                                 : random.normal();
         }},
    };
    for (const auto& kind : kinds) {
        for (const std::size_t n : std::initializer_list<std::size_t>{0, 1, 2, 300, 5000, 40'000}) {
            INFO(kind.name << ", " << n);
            std::vector<std::int32_t> labels(n);
            std::vector<double> scores(n);
            for (std::size_t i = 0; i < n; ++i) {
                labels[i] = random.bernoulli(0.3) ? 1 : 0;
                scores[i] = kind.draw();
            }
            check(labels, scores);
        }
    }
}

TEST_CASE("a class order has no zero below zero, and takes any label but 0 for positive") {
    const auto rows = rows_of(leeway::class_order(std::vector<std::int32_t>{0, -3, 7, 0},
                                                  std::vector<double>{-0.0, 0.0, -1, -0.5}));
    REQUIRE(rows.size() == 4);
    CHECK(!std::signbit(rows[0].first));
    CHECK(!std::signbit(rows[1].first));
    CHECK(rows[0].second != rows[1].second);
    CHECK(rows[2] == row{-0.5, false});
    CHECK(rows[3] == row{-1, true});
}
