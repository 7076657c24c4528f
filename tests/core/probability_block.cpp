#include "leeway/core/probability_block.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::probability_block;

TEST_CASE("a block numbers the labels and counts the positives") {
    leeway::random_source random(5);
    std::vector<std::int32_t> label;
    std::vector<double> score;
    for (std::size_t i = 0; i < probability_block::most_rows; ++i) {
        label.push_back(random.bernoulli(0.2) ? 1 : 0);
        score.push_back(i == 7 ? 0.0 : i == 9 ? 1.0 : random.uniform());
    }
    for (std::size_t n = leeway::block_rows; n <= label.size(); n += leeway::block_rows) {
        probability_block block;
        REQUIRE(block.take({std::span(label).first(n), std::span(score).first(n)}));
        CHECK(block.size() == n);
        REQUIRE(block.numbers().size() == n);
        std::size_t positives = 0;
        bool same = true;
        for (std::size_t i = 0; i < n; ++i) {
            positives += label[i] == 1 ? 1U : 0U;
            same = same && block.numbers()[i] == label[i];
        }
        CHECK(same);
        CHECK(block.positives() == positives);
        CHECK(block.rows().score.data() == score.data());
    }
}

TEST_CASE("a row that must be seen alone is found in every place of a block") {
    const std::size_t n = 2 * leeway::block_rows;
    for (std::size_t at = 0; at < n; ++at) {
        const auto takes = [&](std::int32_t one_label, double one_score) {
            std::vector<std::int32_t> label(n, 1);
            std::vector<double> score(n, 0.5);
            label[at] = one_label;
            score[at] = one_score;
            return probability_block().take({label, score});
        };
        CAPTURE(at);
        CHECK(takes(0, 1));
        CHECK_FALSE(takes(2, 0.5));
        CHECK_FALSE(takes(-1, 0.5));
        CHECK_FALSE(takes(1, -1e-300));
        CHECK_FALSE(takes(1, -0.0));
        CHECK_FALSE(takes(1, std::nextafter(1.0, 2.0)));
        CHECK_FALSE(takes(1, std::nan("")));
        CHECK_FALSE(takes(1, -std::nan("")));
        CHECK_FALSE(takes(1, std::numeric_limits<double>::infinity()));
    }
}
