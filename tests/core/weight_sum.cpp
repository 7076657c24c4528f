#include "leeway/core/weight_sum.hpp"

#include <cstdint>
#include <limits>
#include <string_view>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::weight_sum;

TEST_CASE("weights of 1 are counted, others are summed") {
    weight_sum weights;
    CHECK(weights.value() == 0);
    weights.add(1);
    weights.add_rows(1000);
    CHECK(weights.rows() == 1001);
    CHECK(weights.value() == 1001);
    CHECK(weights.squares() == 1001);
    weights.add(0.5);
    weights.add(3);
    CHECK(weights.rows() == 1003);
    CHECK(weights.value() == 1004.5);
    CHECK(weights.squares() == 1010.25);
    CHECK(weights.defect().empty());
    weights.reset();
    CHECK(weights == weight_sum());
}

TEST_CASE("a sum of weights keeps its digits, merged or not") {
    leeway::random_source random(4);
    weight_sum whole, left, right;
    long double exact = 0, squares = 0;
    for (int i = 0; i < 100'000; ++i) {
        const double weight = i % 3 == 0 ? 1.0 : random.uniform() + 1e-9;
        whole.add(weight);
        (i % 2 ? left : right).add(weight);
        exact += weight;
        squares += static_cast<long double>(weight) * weight;
    }
    left.merge(right);
    for (const weight_sum& sum : {whole, left}) {
        CHECK(sum.rows() == 100'000);
        CHECK(sum.value() == Approx(static_cast<double>(exact)).epsilon(1e-16).scale(0));
        CHECK(sum.squares() == Approx(static_cast<double>(squares)).epsilon(1e-15).scale(0));
    }
}

TEST_CASE("a block of weights is its weights") {
    leeway::random_source random(5);
    std::vector<double> weights(leeway::block_rows);
    for (std::size_t i = 0; i < weights.size(); ++i)
        weights[i] = i % 3 == 0 ? 1.0 : static_cast<double>(1 + random.below(100)) / 16;
    weight_sum block, singles;
    CHECK(block.add_block(weights));
    for (const double weight : weights) singles.add(weight);
    CHECK(block.rows() == singles.rows());
    CHECK(block.value() == singles.value());  // sixteenths: exact
    CHECK(block.squares() == singles.squares());
    CHECK(block.defect().empty());

    weight_sum even, counted;
    CHECK(even.add_block(std::vector<double>(leeway::block_rows, 1.0)));
    CHECK(counted.add_block({}));
    CHECK(even == counted);
    CHECK(counted.rows() == leeway::block_rows);
    CHECK(counted.value() == leeway::block_rows);
    CHECK(counted.squares() == leeway::block_rows);
}

TEST_CASE("a block with a weight that is no good weight is left alone") {
    weight_sum sum;
    const double most = std::numeric_limits<double>::max();
    for (const double bad :
         {0.0, -0.0, -1.0, -1e-320, 1e-320, -most, most, 0x1p-201, 0x1.8p200,
          std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
          std::numeric_limits<double>::quiet_NaN(), -std::numeric_limits<double>::quiet_NaN()}) {
        CAPTURE(bad);
        std::vector<double> weights(leeway::block_rows, 1.0);
        weights[100] = bad;
        CHECK_FALSE(sum.add_block(weights));
        CHECK(sum == weight_sum());
    }
    std::vector<double> tiny(leeway::block_rows, 1.0);
    tiny[100] = leeway::rejections::least_weight;
    tiny[101] = leeway::rejections::largest_weight;
    CHECK(sum.add_block(tiny));
    CHECK(sum.defect().empty());
}

TEST_CASE("weights that cannot be have a defect") {
    weight_sum one;
    one.add(2);
    CHECK(one.defect().empty());
    // Every field in turn is set to what the others contradict.
    struct setter {
        std::string_view field;
        double value;
        void operator()(std::string_view name, std::uint64_t& count) const {
            if (name == field) count = static_cast<std::uint64_t>(value);
        }
        void operator()(std::string_view name, leeway::compensated_sum& sum) const {
            if (name != field) return;
            sum.reset();
            sum.add(value);
        }
    };
    const auto defect_with = [&](std::string_view field, double value) {
        weight_sum changed = one;
        weight_sum::fields(changed, setter{field, value});
        return !changed.defect().empty();
    };
    CHECK(defect_with("rows", 0));
    CHECK(defect_with("uneven_rows", 2));
    CHECK(defect_with("uneven_rows", 0));
    CHECK(defect_with("sum", 0));
    CHECK(defect_with("sum", -1));
    CHECK(defect_with("squares", -1));
    CHECK_FALSE(defect_with("sum", 3));
}
