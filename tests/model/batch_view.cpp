#include "leeway/model/batch_view.hpp"

#include <Eigen/Core>
#include <numeric>
#include <stdexcept>
#include <type_traits>
#include <vector>

#include "support/catch.hpp"

using leeway::batch_view;

namespace {

using column_major = Eigen::MatrixXd;

std::vector<double> counting(std::size_t n) {
    std::vector<double> values(n);
    std::iota(values.begin(), values.end(), 0.0);
    return values;
}

}  // namespace

// A column-major matrix would be read transposed: it must not convert.
static_assert(!std::is_constructible_v<batch_view, column_major>);
static_assert(std::is_constructible_v<batch_view, batch_view::row_major_matrix>);

TEST_CASE("packed rows are seen row by row") {
    const auto values = counting(6);
    const batch_view batch(values, 3);
    REQUIRE(batch.rows() == 2);
    REQUIRE(batch.columns() == 3);
    CHECK(batch.row(1)[0] == 3);
    CHECK(batch.row(1).size() == 3);
    CHECK(batch.eigen()(1, 2) == 5);
    CHECK(batch.eigen().data() == values.data());
}

TEST_CASE("a stride skips what lies between rows") {
    const auto values = counting(10);
    const batch_view batch(values.data(), 2, 3, 5);
    CHECK(batch.row(1)[0] == 5);
    CHECK(batch.eigen()(1, 2) == 7);
    const batch_view second = batch.rows(1, 1);
    CHECK(second.rows() == 1);
    CHECK(second.row(0)[2] == 7);
}

TEST_CASE("row-major Eigen expressions are viewed, column-major ones copied") {
    batch_view::row_major_matrix matrix(3, 4);
    for (int i = 0; i < 12; ++i) matrix(i / 4, i % 4) = i;
    CHECK(batch_view(matrix).data() == matrix.data());

    const auto middle = matrix.block(1, 1, 2, 2);
    const batch_view block(middle);
    CHECK(block.rows() == 2);
    CHECK(block.row(0)[0] == 5);
    CHECK(block.row(1)[1] == 10);

    const column_major other = matrix;
    const auto copy = leeway::row_major(other);
    const batch_view copied(copy);
    for (std::size_t i = 0; i < 3; ++i) {
        for (std::size_t j = 0; j < 4; ++j) {
            CHECK(copied.row(i)[j] == static_cast<double>(4 * i + j));
        }
    }
}

TEST_CASE("a view of a view is itself") {
    const auto values = counting(6);
    const batch_view batch(values, 2);
    const auto again = batch_view(batch.eigen());
    CHECK(again.data() == batch.data());
    CHECK(again.rows() == 3);
    CHECK(again.columns() == 2);
}

TEST_CASE("sizes that do not fit raise") {
    const auto values = counting(7);
    CHECK_THROWS_AS(batch_view(values, 3), std::invalid_argument);
    CHECK_THROWS_AS(batch_view(values, 0), std::invalid_argument);
    CHECK_THROWS_AS(batch_view(values.data(), 2, 3, 2), std::invalid_argument);
    CHECK(batch_view().empty());
    CHECK(batch_view(std::vector<double>{}, 0).empty());
}
