// The sizes of the errors beside the sizes of the targets.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/accumulators/ratio_sums.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Weighted sums of |target - prediction| and |target|, with what the interval of their ratio needs
/// (ratio_sums.hpp).
///
/// An error that overflows makes the sums of errors infinite. Rows with NaN or infinities and bad
/// weights are counted in rejected(). Cost: about 8 ns a row, 1 ns in a batch; 168 bytes. Thread
/// rule: one writer.
class absolute_totals {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "absolute_totals";

    void update(const regression_outcome& sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        sums_.add(std::fabs(sample.target - sample.prediction), std::fabs(sample.target),
                  sample.weight);
    }

    void update(const regression_outcome::columns& batch) {
        require_lengths(kind, batch);
        update_by_blocks(*this, batch, [this](const auto& rows) {
            double errors[block_rows], targets[block_rows];
            for (std::size_t i = 0; i < block_rows; ++i) {
                errors[i] = std::fabs(rows.target[i] - rows.prediction[i]);
                targets[i] = std::fabs(rows.target[i]);
            }
            return sums_.add_block(errors, targets, rows.weight);
        });
    }

    void merge(const absolute_totals& other) {
        rejected_.merge(other.rejected_);
        sums_.merge(other.sums_);
    }

    void reset() noexcept { *this = absolute_totals(); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return sums_.rows(); }
    [[nodiscard]] double weight() const noexcept { return sums_.weight(); }
    /// Errors above, targets below.
    [[nodiscard]] const ratio_sums& sums() const noexcept { return sums_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const absolute_totals&, const absolute_totals&) = default;

    [[nodiscard]] std::string defect() const {
        if (sums_.above() < 0 || sums_.below() < 0) return "absolute_totals: a sum is negative";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("sums", self.sums_);
        visit("rejected", self.rejected_);
    }

  private:
    ratio_sums sums_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
