#include "leeway/accumulators/multi_output.hpp"

#include <vector>

#include "laws/samples.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "support/catch.hpp"

using leeway::mean_loss;
using leeway::multi_output;

namespace {

struct outputs_of_rows {
    std::vector<double> target, prediction, weight;
};

outputs_of_rows some(std::size_t rows, std::size_t outputs) {
    leeway::random_source random(rows + outputs);
    outputs_of_rows made;
    for (std::size_t i = 0; i < rows * outputs; ++i) {
        made.target.push_back(random.normal());
        made.prediction.push_back(random.normal());
    }
    for (std::size_t i = 0; i < rows; ++i) made.weight.push_back(laws::some_weight(random));
    return made;
}

}  // namespace

TEST_CASE("each output's state is the one of its own column") {
    for (const std::size_t rows : {0U, 1U, 255U, 256U, 257U, 1000U}) {
        const auto made = some(rows, 3);
        multi_output<leeway::paired_values> plain(3), weighted(3);
        plain.update({.target = made.target, .prediction = made.prediction});
        weighted.update(
            {.target = made.target, .prediction = made.prediction, .weight = made.weight});
        for (std::size_t k = 0; k < 3; ++k) {
            leeway::paired_values one, other;
            for (std::size_t i = 0; i < rows; ++i) {
                one.update({made.target[3 * i + k], made.prediction[3 * i + k]});
                other.update({made.target[3 * i + k], made.prediction[3 * i + k], made.weight[i]});
            }
            CHECK(plain[k] == one);
            CHECK(weighted[k] == other);
        }
    }
}

TEST_CASE("outputs merge one by one and reset to the state that was given") {
    const mean_loss<leeway::loss::huber> empty(leeway::loss::huber{2});
    multi_output<mean_loss<leeway::loss::huber>> one(2, empty), other(2, empty);
    const auto made = some(10, 2);
    one.update({.target = made.target, .prediction = made.prediction});
    other.merge(one);
    other.merge(one);
    CHECK(other[1].rows() == 20);
    CHECK(other[0].mean() == Approx(one[0].mean()).epsilon(1e-14));
    other.reset();
    CHECK(other == multi_output<mean_loss<leeway::loss::huber>>(2, empty));
    CHECK(other[1].loss().delta == 2);
}

TEST_CASE("a bad number is refused by its own output alone") {
    multi_output<leeway::paired_values> rows(2);
    const std::vector<double> target{1, laws::not_a_number, 3, 4},
        prediction{1, 2, laws::infinite, 4};
    rows.update({.target = target, .prediction = prediction});
    CHECK(rows[0].size() == 1);
    CHECK(rows[0].rejected().non_finite == 1);
    CHECK(rows[1].size() == 1);
    CHECK(rows[1].rejected().missing == 1);
}

TEST_CASE("columns that do not fit raise and leave the states alone") {
    using rows = multi_output<leeway::paired_values>;
    CHECK_THROWS_AS(rows(0), std::invalid_argument);
    rows three(3);
    const std::vector<double> six(6, 1.0), seven(7, 1.0), two(2, 1.0);
    CHECK_THROWS_AS(three.update({.target = seven, .prediction = seven}), std::invalid_argument);
    CHECK_THROWS_AS(three.update({.target = six, .prediction = seven}), std::invalid_argument);
    CHECK_THROWS_AS(three.update({.target = six, .prediction = six, .weight = six}),
                    std::invalid_argument);
    CHECK(three == rows(3));
    three.update({.target = six, .prediction = six, .weight = two});
    CHECK(three[2].size() == 2);
    CHECK_THROWS_AS(three.merge(rows(2)), std::invalid_argument);
}
