// Counts by floating-point image: quantiles and orders with a bounded relative error, exactly
// mergeable.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/log_linear_layout.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The weight that fell into each cell of a log_linear_layout.
///
/// A quantile is known to within its cell: relative error at most 2^-(mantissa_bits + 1) at the
/// value returned, with the cell's ends as a band that always holds. Unit weights are counted
/// exactly below 2^53 rows a cell, so merging is then exact in any order; other weights to
/// rounding. NaN, infinities and bad weights are counted in rejected(). Merging over different
/// layouts raises.
///
/// Cost: a shift, a clamp and one addition a value, about 1.2 ns while the table stays in
/// cache; 8 bytes a cell. Thread rule: one writer. The layout is that of the HDR histogram (G.
/// Tene, 2012) applied to a float's own exponent and mantissa.
class log_linear_histogram {
  public:
    using sample_type = weighted_value;
    static constexpr std::string_view kind = "log_linear_histogram";

    explicit log_linear_histogram(log_linear_layout layout = log_linear_layout::any())
        : layout_(layout), cells_(layout.cells(), 0.0) {}
    /// Of weights already counted, one a cell; raises when they are not.
    log_linear_histogram(log_linear_layout layout, std::span<const double> cells)
        : layout_(layout), cells_(cells.begin(), cells.end()) {
        if (const std::string wrong = defect(); !wrong.empty()) raise(wrong);
    }

    void update(weighted_value sample) noexcept {
        if (layout_.inside(sample.value) && rejections::good_weight(sample.weight)) [[likely]] {
            cells_[layout_.inside_index(sample.value)] += sample.weight;
        } else {
            update_apart(sample);
        }
    }

    void update(const weighted_value::columns& batch) {
        require_lengths("log_linear_histogram", batch);
        const log_linear_layout layout =
            layout_;  // in registers, whatever a cell's store may alias
        double* const cells = cells_.data();
        const auto add = [&](double value, double weight) noexcept {
            if (layout.inside(value) && rejections::good_weight(weight)) [[likely]] {
                cells[layout.inside_index(value)] += weight;
            } else {
                update_apart({value, weight});
            }
        };
        if (batch.weight.empty()) {
            for (const double value : batch.value) add(value, 1);
        } else {
            for (std::size_t row = 0; row < batch.size(); ++row) {
                add(batch.value[row], batch.weight[row]);
            }
        }
    }

    void merge(const log_linear_histogram& other) {
        if (layout_ != other.layout_) {
            raise("log_linear_histogram: merging different layouts, {" + to_debug_string(layout_) +
                  "} and {" + to_debug_string(other.layout_) + "}");
        }
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("log_linear_histogram::decay", "factor", factor, "0 to 1");
        for (double& cell : cells_) cell *= factor;
    }

    void reset() noexcept {
        std::fill(cells_.begin(), cells_.end(), 0.0);
        rejected_ = {};
    }

    [[nodiscard]] const log_linear_layout& layout() const noexcept { return layout_; }
    /// The weight of each cell, in value order.
    [[nodiscard]] std::span<const double> cells() const noexcept { return cells_; }
    [[nodiscard]] double lower_edge(std::size_t cell) const noexcept {
        return layout_.lower_edge(cell);
    }
    [[nodiscard]] double upper_edge(std::size_t cell) const noexcept {
        return layout_.upper_edge(cell);
    }
    /// Sum of all cells; O(cells).
    [[nodiscard]] double total() const noexcept {
        compensated_sum sum;
        for (const double cell : cells_) sum.add(cell);
        return sum.value();
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    /// The smallest value x with weight(values <= x) >= p total(), 0 <= p <= 1, in a band that
    /// always holds (confidence 1): the ends of its cell. An outer cell has an infinite end; the
    /// value returned is then the finite one. Undefined when empty. With weights that are not whole
    /// numbers the band holds up to the rounding of the cells. O(cells).
    [[nodiscard]] estimate quantile(double p) const {
        if (!(p >= 0 && p <= 1)) raise_invalid("log_linear_histogram::quantile", "p", p, "0 to 1");
        const double all = total();
        if (!(all > 0)) return undefined::empty;
        // p total() = rank + rest exactly, so a rank that falls on a cell's end is decided right.
        const detail::double_double rank = detail::two_product(p, all);
        double reached = 0;
        std::size_t found = cells_.size();
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            if (cells_[i] == 0) continue;
            found = i;
            reached += cells_[i];
            if (reached - rank.high >= rank.low) break;
        }
        const double low = lower_edge(found);
        const double high = upper_edge(found);
        return estimate::within(representative(low, high), low, high, 1, all);
    }

    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + cells_.size() * sizeof cells_[0];
    }

    friend bool operator==(const log_linear_histogram&, const log_linear_histogram&) = default;

    [[nodiscard]] std::string defect() const {
        if (cells_.size() != layout_.cells())
            return "log_linear_histogram: not one weight a cell of the layout";
        for (const double cell : cells_) {
            if (!(cell >= 0)) return "log_linear_histogram: a cell's weight is negative or NaN";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("layout", self.layout_);
        visit("cells", self.cells_);
        visit("rejected", self.rejected_);
    }

  private:
    /// What is rare, kept out of the loops that update is inlined into.
    [[gnu::cold, gnu::noinline]] void update_apart(weighted_value sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        cells_[layout_.index(sample.value)] += sample.weight;
    }

    /// The point of a cell whose largest relative error is least: 2 a b / (a + b).
    [[nodiscard]] static double representative(double low, double high) noexcept {
        if (std::isinf(low)) return high;
        if (std::isinf(high)) return low;
        if (low < 0 && high > 0) return 0;
        return low * (high / (low + (high - low) / 2));
    }

    log_linear_layout layout_;
    std::vector<double> cells_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
