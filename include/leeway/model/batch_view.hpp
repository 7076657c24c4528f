// Rows of features as the host holds them, without copying.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <span>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A read-only view of rows of doubles: row i begins at data() + i * stride() and its columns are
/// adjacent. Cheap to copy; the host keeps the memory alive.
///
/// From a span (rows packed one behind another), or from a row-major Eigen matrix, block or map
/// without a copy. A column-major matrix does not convert, since its rows are scattered: write
/// `const auto rows = leeway::row_major(matrix);`, which says that it copies.
/// Construction raises std::invalid_argument when the sizes do not fit. Thread rule: a view.
class batch_view {
  public:
    using row_major_matrix = Eigen::Matrix<double, Eigen::Dynamic, Eigen::Dynamic, Eigen::RowMajor>;
    using map = Eigen::Map<const row_major_matrix, Eigen::Unaligned, Eigen::OuterStride<>>;

    constexpr batch_view() noexcept = default;

    /// Row i is data + i * stride; stride >= columns.
    constexpr batch_view(const double* data, std::size_t rows, std::size_t columns,
                         std::size_t stride)
        : data_(data), rows_(rows), columns_(columns), stride_(stride) {
        if (stride < columns) {
            raise_invalid("batch_view", "stride", stride,
                          "at least the number of columns, " + detail::shown(columns));
        }
    }

    /// Packed rows: values.size() is a multiple of columns.
    constexpr batch_view(std::span<const double> values, std::size_t columns)
        : data_(values.data()),
          rows_(columns == 0 ? 0 : values.size() / columns),
          columns_(columns),
          stride_(columns) {
        if (rows_ * columns_ != values.size()) {
            raise_invalid("batch_view", "values.size()", values.size(),
                          "a multiple of the number of columns, " + detail::shown(columns));
        }
    }

    /// Anything that Eigen stores by rows: a matrix, a block of one, a map.
    template <class Derived>
    requires(Derived::IsRowMajor == 1 && (Derived::Flags & Eigen::DirectAccessBit) != 0)
        batch_view(const Eigen::DenseBase<Derived>& matrix)
        : data_(matrix.derived().data()),
          rows_(static_cast<std::size_t>(matrix.rows())),
          columns_(static_cast<std::size_t>(matrix.cols())),
          stride_(static_cast<std::size_t>(matrix.derived().outerStride())) {
        static_assert(std::is_same_v<typename Derived::Scalar, double>,
                      "batch_view reads doubles; cast the matrix first");
        if (matrix.derived().innerStride() != 1) {
            raise_invalid("batch_view", "the matrix's inner stride", matrix.derived().innerStride(),
                          "1 (adjacent columns); copy with row_major first");
        }
    }

    [[nodiscard]] constexpr const double* data() const noexcept { return data_; }
    [[nodiscard]] constexpr std::size_t rows() const noexcept { return rows_; }
    [[nodiscard]] constexpr std::size_t columns() const noexcept { return columns_; }
    [[nodiscard]] constexpr std::size_t stride() const noexcept { return stride_; }
    [[nodiscard]] constexpr bool empty() const noexcept { return rows_ == 0; }

    /// Row i, i < rows().
    [[nodiscard]] constexpr std::span<const double> row(std::size_t i) const noexcept {
        return {data_ + i * stride_, columns_};
    }
    /// The first rows, or `count` rows from `first`; within rows().
    [[nodiscard]] constexpr batch_view rows(std::size_t first, std::size_t count) const noexcept {
        batch_view part = *this;
        part.data_ += first * stride_;
        part.rows_ = count;
        return part;
    }

    /// The same memory as an Eigen expression.
    [[nodiscard]] map eigen() const noexcept {
        return map(data_, static_cast<Eigen::Index>(rows_), static_cast<Eigen::Index>(columns_),
                   Eigen::OuterStride<>(static_cast<Eigen::Index>(stride_)));
    }

  private:
    const double* data_{nullptr};
    std::size_t rows_{0};
    std::size_t columns_{0};
    std::size_t stride_{0};
};

/// A copy of any Eigen expression with its rows packed, ready to be viewed as a batch.
template <class Derived>
[[nodiscard]] batch_view::row_major_matrix row_major(const Eigen::MatrixBase<Derived>& matrix) {
    return matrix.template cast<double>();
}

}  // namespace leeway::inline v0
