#include "leeway/core/tie_blocks.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

namespace {

using leeway::tie_block;

bool same(const tie_block& a, const tie_block& b) {
    return a.before == b.before && a.size == b.size && a.relevant == b.relevant && a.gain == b.gain;
}

/// By definition: a map from key to block, the largest key first.
std::vector<tie_block> by_definition(const std::vector<double>& key,
                                     const std::vector<double>& relevance) {
    std::map<double, tie_block, std::greater<>> blocks;
    for (std::size_t i = 0; i < key.size(); ++i) {
        tie_block& block = blocks[key[i]];
        ++block.size;
        block.relevant += relevance[i] > 0 ? 1U : 0U;
        block.gain += 2 * relevance[i];
    }
    std::vector<tie_block> all;
    std::size_t before = 0;
    for (auto& [value, block] : blocks) {
        block.before = before;
        before += block.size;
        all.push_back(block);
    }
    return all;
}

std::vector<tie_block> shown(const std::vector<double>& key, const std::vector<double>& relevance,
                             std::size_t depth) {
    std::vector<tie_block> all;
    leeway::for_each_tie_block(
        key, relevance, depth, [](double g) { return 2 * g; },
        [&](const tie_block& block) {
            all.push_back(block);
            return true;
        });
    return all;
}

/// Equal to the definition, as far as the depth asks.
void holds(const std::vector<double>& key, const std::vector<double>& relevance,
           std::size_t depth) {
    CAPTURE(key.size(), depth);
    const auto expected = by_definition(key, relevance);
    const auto seen = shown(key, relevance, depth);
    REQUIRE(seen.size() <= expected.size());
    CHECK(std::equal(seen.begin(), seen.end(), expected.begin(), same));
    const std::size_t wanted = depth == 0 ? key.size() : std::min(depth, key.size());
    const std::size_t reached = seen.empty() ? 0 : seen.back().before + seen.back().size;
    CHECK(reached >= wanted);
}

}  // namespace

TEST_CASE("blocks of ties, by hand") {
    const std::vector<double> key{1, 3, 1, 2, 3, 1}, relevance{0, 1, 2, 0, 0, 1};
    const auto seen = shown(key, relevance, 0);
    REQUIRE(seen.size() == 3);
    CHECK(same(seen[0], {0, 2, 1, 2}));
    CHECK(same(seen[1], {2, 1, 0, 0}));
    CHECK(same(seen[2], {3, 3, 2, 6}));
    CHECK(shown({}, {}, 0).empty());
    CHECK(shown({}, {}, 5).empty());
    CHECK(shown({0.0, -0.0}, {1, 0}, 0).size() == 1);
}

TEST_CASE("blocks equal their definition at every length and depth") {
    leeway::random_source random(5);
    const std::size_t lengths[] = {1,   2,   31,  32,   33,   63,   64,   65,   127,
                                   128, 500, 511, 1023, 1024, 1025, 1026, 3000, 5000};
    for (const std::size_t n : lengths) {
        // Many ties, few, none, and a single block that no buffer holds.
        for (const std::uint64_t values : {1ULL, 2ULL, 7ULL, 600ULL, 1ULL << 40}) {
            std::vector<double> key, relevance;
            for (std::size_t i = 0; i < n; ++i) {
                key.push_back(static_cast<double>(random.below(values)) - 3);
                relevance.push_back(static_cast<double>(random.below(3)));
            }
            for (const std::size_t depth : {0U, 1U, 2U, 10U, 31U, 33U, 300U, 600U, 2000U, 9999U}) {
                holds(key, relevance, depth);
            }
        }
        std::vector<double> rising, relevance(n, 1.0);
        for (std::size_t i = 0; i < n; ++i) rising.push_back(static_cast<double>(i / 2));
        holds(rising, relevance, 0);
        holds(rising, relevance, 10);
        std::reverse(rising.begin(), rising.end());
        holds(rising, relevance, 0);
        holds(rising, relevance, 10);
    }
}

TEST_CASE("who has seen enough is shown no more") {
    for (const std::size_t n : {20U, 200U, 5000U}) {
        std::vector<double> key, relevance(n, 0.0);
        for (std::size_t i = 0; i < n; ++i) key.push_back(static_cast<double>((i * 7919) % n));
        for (const std::size_t enough : {1U, 5U, 15U}) {
            std::size_t blocks = 0;
            leeway::for_each_tie_block(
                key, relevance, 0, [](double) { return 0.0; },
                [&](const tie_block&) { return ++blocks < enough; });
            CHECK(blocks == enough);
        }
    }
}
