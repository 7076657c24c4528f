// The smallest and the largest value of a stream.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Minimum and maximum, in the values' own unit; undefined when empty.
///
/// NaN and infinities are counted in rejected() and are no extremes. Merging is exact in any order.
/// -0.0 and 0.0 compare equal: which of the two is kept is not specified. Cost: two comparisons a
/// value, 64 bytes. Thread rule: one writer.
class extrema {
  public:
    using sample_type = plain_value;
    static constexpr std::string_view kind = "extrema";

    void update(plain_value sample) noexcept {
        if (rejected_.counts(sample.value)) return;
        ++rows_;
        minimum_ = std::min(minimum_, sample.value);
        maximum_ = std::max(maximum_, sample.value);
    }

    void update(const plain_value::columns& batch) {
        for (const double value : batch.value) update(plain_value(value));
    }

    void merge(const extrema& other) {
        rejected_.merge(other.rejected_);
        rows_ += other.rows_;
        minimum_ = std::min(minimum_, other.minimum_);
        maximum_ = std::max(maximum_, other.maximum_);
    }

    void reset() noexcept { *this = extrema(); }

    [[nodiscard]] estimate minimum() const { return read(minimum_); }
    [[nodiscard]] estimate maximum() const { return read(maximum_); }
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const extrema&, const extrema&) = default;

    [[nodiscard]] std::string defect() const {
        const bool empty = minimum_ == none && maximum_ == -none;
        const bool ordered =
            std::isfinite(minimum_) && std::isfinite(maximum_) && minimum_ <= maximum_;
        if (rows_ == 0 ? empty : ordered) return {};
        return "extrema: minimum, maximum and number of rows disagree";
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("rows", self.rows_);
        visit("minimum", self.minimum_);
        visit("maximum", self.maximum_);
        visit("rejected", self.rejected_);
    }

  private:
    static constexpr double none = std::numeric_limits<double>::infinity();

    [[nodiscard]] estimate read(double value) const {
        if (rows_ == 0) return undefined::empty;
        return estimate::of(value, static_cast<double>(rows_));
    }

    std::uint64_t rows_{0};
    double minimum_{none};
    double maximum_{-none};
    rejections rejected_;
};

}  // namespace leeway::inline v0
