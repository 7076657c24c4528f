// Predicted against observed, by predicted probability.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/lanes.hpp"
#include "leeway/core/probability_block.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// One bin: over its rows, the sum of the weights, of weight times score, of weight times label and
/// of the squares of the weights, which says how many rows there were to make an interval from.
struct calibration_bin {
    double weight{0};
    double sum_score{0};
    double sum_label{0};
    double sum_squared_weight{0};

    friend constexpr bool operator==(const calibration_bin&, const calibration_bin&) = default;

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("weight", self.weight);
        visit("sum_score", self.sum_score);
        visit("sum_label", self.sum_label);
        visit("sum_squared_weight", self.sum_squared_weight);
    }
};

/// Bins of equal width over the probabilities [0, 1]: the calibration errors, the reliability curve
/// and the parts of the Brier score are functions of it.
///
/// A score p is in bin floor(p bins), computed in double: bins are closed on the left, and exactly
/// 1 is in the last. Scores outside [0, 1] are counted in rejected().range, NaN, infinities, labels
/// other than 0 and 1 and bad weights under their own reasons. Merging a different number of bins
/// raises.
///
/// Cost: about 2 ns a row, 1.4 ns in a batch without weights; 32 bytes a bin. Thread rule: one
/// writer. Source: M. Pakdaman Naeini, G. Cooper, M. Hauskrecht, "Obtaining Well Calibrated
/// Probabilities Using Bayesian Binning", AAAI (2015).
class calibration_bins {
  public:
    using sample_type = probability_outcome;
    static constexpr std::string_view kind = "calibration_bins";
    static constexpr std::size_t most_bins = 65536;

    explicit calibration_bins(std::size_t bins = 10) {
        if (bins < 1 || bins > most_bins)
            raise_invalid("calibration_bins", "bins", bins, "1 to 65536");
        bins_.resize(bins);
    }

    void update(const probability_outcome& sample) noexcept {
        if (!rejected_.accepts_probability(sample)) return;
        const std::size_t last = bins_.size() - 1;
        const auto at = static_cast<std::size_t>(sample.score * static_cast<double>(bins_.size()));
        calibration_bin& bin = bins_[std::min(at, last)];
        bin.weight += sample.weight;
        bin.sum_score += sample.weight * sample.score;
        bin.sum_label += sample.weight * sample.label;
        bin.sum_squared_weight += sample.weight * sample.weight;
    }

    void update(const probability_outcome::columns& batch) {
        require_lengths(kind, batch);
        std::size_t row = 0;
        probability_block block;
        while (batch.weight.empty() && bins_.size() <= most_in_block &&
               batch.size() - row >= block_rows) {
            const std::size_t rows = std::min(probability_block::most_rows,
                                              (batch.size() - row) / block_rows * block_rows);
            if (block.take(batch.part(row, rows))) {
                update(block);
                row += rows;
            } else {
                for (const std::size_t end = row + rows; row < end; ++row) update(batch[row]);
            }
        }
        for (; row < batch.size(); ++row) update(batch[row]);
    }

    /// Rows without weights.
    void update(const probability_block& block) noexcept {
        if (bins_.size() <= most_in_block) {
            add_block(block.rows());
        } else {
            for (std::size_t row = 0; row < block.size(); ++row) update(block.rows()[row]);
        }
    }

    void merge(const calibration_bins& other) {
        if (bins_.size() != other.bins_.size()) {
            raise("calibration_bins: merging " + detail::shown(other.bins_.size()) + " bins into " +
                  detail::shown(bins_.size()));
        }
        rejected_.merge(other.rejected_);
        for (std::size_t i = 0; i < bins_.size(); ++i) {
            bins_[i].weight += other.bins_[i].weight;
            bins_[i].sum_score += other.bins_[i].sum_score;
            bins_[i].sum_label += other.bins_[i].sum_label;
            bins_[i].sum_squared_weight += other.bins_[i].sum_squared_weight;
        }
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("calibration_bins::decay", "factor", factor, "0 to 1");
        for (calibration_bin& bin : bins_) {
            bin.weight *= factor;
            bin.sum_score *= factor;
            bin.sum_label *= factor;
            bin.sum_squared_weight *= factor * factor;
        }
    }

    void reset() noexcept {
        std::fill(bins_.begin(), bins_.end(), calibration_bin{});
        rejected_ = {};
    }

    [[nodiscard]] std::span<const calibration_bin> bins() const noexcept { return bins_; }
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (const calibration_bin& bin : bins_) sum += bin.weight;
        return sum;
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + bins_.size() * sizeof bins_[0];
    }

    friend bool operator==(const calibration_bins&, const calibration_bins&) = default;

    [[nodiscard]] std::string defect() const {
        if (bins_.empty() || bins_.size() > most_bins)
            return "calibration_bins: expected 1 to 65536 bins";
        for (const calibration_bin& bin : bins_) {
            if (!(bin.weight >= 0 && bin.sum_score >= 0 && bin.sum_label >= 0 &&
                  bin.sum_squared_weight >= 0))
                return "calibration_bins: a bin's sum is negative or NaN";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("bins", self.bins_);
        visit("rejected", self.rejected_);
    }

  private:
    static constexpr std::size_t most_in_block = 64;
    static constexpr std::size_t copies = 4;

    void add_block(const probability_outcome::columns& rows) noexcept {
        // Rows of weight 1, and 2^32 times the positive ones. Neighbouring rows go to different
        // copies, so that those of one bin need not wait for one another.
        std::uint64_t counts[copies][most_in_block];
        double scores[copies][most_in_block];
        for (std::size_t c = 0; c < copies; ++c) {
            std::fill_n(counts[c], bins_.size(), 0);
            std::fill_n(scores[c], bins_.size(), 0);
        }
        const auto bins = static_cast<double>(bins_.size());
        const auto last = static_cast<std::int32_t>(bins_.size()) - 1;
        std::int32_t at[probability_block::most_rows];
        detail::with_lanes([&](auto) {
            for (std::size_t block = 0; block < rows.size(); block += block_rows) {
                for (std::size_t i = block; i < block + block_rows; ++i)
                    at[i] = std::min(static_cast<std::int32_t>(rows.score[i] * bins), last);
            }
        });
        for (std::size_t i = 0; i < rows.size(); i += copies) {
            for (std::size_t c = 0; c < copies; ++c) {
                const auto bin = static_cast<std::size_t>(at[i + c]);
                counts[c][bin] += 1 + (static_cast<std::uint64_t>(rows.label[i + c]) << 32);
                scores[c][bin] += rows.score[i + c];
            }
        }
        for (std::size_t i = 0; i < bins_.size(); ++i) {
            for (std::size_t c = 0; c < copies; ++c) {
                const auto of_bin = static_cast<double>(counts[c][i] & 0xffffffff);
                bins_[i].weight += of_bin;
                bins_[i].sum_score += scores[c][i];
                bins_[i].sum_label += static_cast<double>(counts[c][i] >> 32);
                bins_[i].sum_squared_weight += of_bin;
            }
        }
    }

    std::vector<calibration_bin> bins_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
