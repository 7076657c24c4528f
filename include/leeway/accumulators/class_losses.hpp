// A pointwise loss by the class of the row.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/joined_text.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/probability_block.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

namespace detail {

inline constexpr std::string_view class_losses_prefix = "class_losses_";

}  // namespace detail

/// Weighted mean and variance of a pointwise loss for the rows of each class: what the loss is, how
/// frequent the classes are, and so what predicting their frequencies would have cost (d2_log_loss,
/// d2_brier_score), with all that an interval of their ratio needs.
///
/// One mean_loss a class; a row goes to that of its label. Rows that the loss is not defined on are
/// counted in rejected(), a row whose scores are not one a class under range. Merging a different
/// number of classes raises. Cost: that of mean_loss, half a ns more in a batch of a binary task;
/// 136 bytes a class. Thread rule: one writer.
template <PointwiseLoss Loss>
class class_losses {
  public:
    using sample_type = typename Loss::sample_type;
    using loss_type = Loss;
    static constexpr std::string_view kind =
        detail::joined_text<detail::class_losses_prefix, Loss::name>::value;
    static constexpr std::size_t most_classes = 65536;

    /// Whether rows are taken a probability_block at a time.
    static constexpr bool in_blocks =
        std::same_as<sample_type, probability_outcome> && detail::TakesProbabilities<Loss>;

    explicit class_losses(std::size_t classes = 2) {
        if (classes < 2 || classes > most_classes)
            raise_invalid("class_losses", "classes", classes, "2 to 65536");
        losses_.resize(classes);
    }

    void update(const sample_type& sample) noexcept {
        if (!fits(sample)) [[unlikely]] {
            // The loss may name another reason first.
            if (Loss::accepts(sample, rejected_)) ++rejected_.range;
            return;
        }
        losses_[static_cast<std::size_t>(sample.label)].update(sample);
    }

    void update(const columns_of<sample_type>& batch) {
        require_lengths(kind, batch);
        std::size_t row = 0;
        if constexpr (in_blocks) {
            probability_block block;
            while (batch.size() - row >= block_rows) {
                const std::size_t rows = std::min(probability_block::most_rows,
                                                  (batch.size() - row) / block_rows * block_rows);
                if (block.take(batch.part(row, rows)) && add_block(block)) {
                    row += rows;
                } else {
                    for (const std::size_t end = row + rows; row < end; ++row) update(batch[row]);
                }
            }
        }
        for (; row < batch.size(); ++row) update(batch[row]);
    }

    void update(const probability_block& block) noexcept requires in_blocks {
        if (add_block(block)) return;
        for (std::size_t row = 0; row < block.size(); ++row) update(block.rows()[row]);
    }

    void merge(const class_losses& other) {
        if (losses_.size() != other.losses_.size()) {
            raise("class_losses: merging " + detail::shown(other.losses_.size()) +
                  " classes into " + detail::shown(losses_.size()));
        }
        rejected_.merge(other.rejected_);
        for (std::size_t c = 0; c < losses_.size(); ++c) losses_[c].merge(other.losses_[c]);
    }

    void reset() noexcept {
        for (mean_loss<Loss>& one : losses_) one.reset();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return losses_.size(); }
    /// The losses of all rows, as if they had been given to one mean_loss.
    [[nodiscard]] mean_loss<Loss> all() const {
        mean_loss<Loss> sum;
        for (const mean_loss<Loss>& one : losses_) sum.merge(one);
        return sum;
    }
    /// The losses of the rows of each class.
    [[nodiscard]] std::span<const mean_loss<Loss>> losses() const noexcept { return losses_; }

    /// Rows in the sums, of all classes; rows of infinite loss are in none.
    [[nodiscard]] std::uint64_t rows() const noexcept {
        std::uint64_t sum = 0;
        for (const mean_loss<Loss>& one : losses_) sum += one.rows();
        return sum;
    }
    [[nodiscard]] double weight() const noexcept {
        compensated_sum sum;
        for (const mean_loss<Loss>& one : losses_) sum.add(one.weight());
        return sum.value();
    }
    [[nodiscard]] double sum_of_squared_weights() const noexcept {
        compensated_sum sum;
        for (const mean_loss<Loss>& one : losses_) sum.add(one.sum_of_squared_weights());
        return sum.value();
    }
    [[nodiscard]] std::uint64_t infinite() const noexcept {
        std::uint64_t sum = 0;
        for (const mean_loss<Loss>& one : losses_) sum += one.infinite();
        return sum;
    }
    [[nodiscard]] rejections rejected() const noexcept {
        rejections all = rejected_;
        for (const mean_loss<Loss>& one : losses_) all.merge(one.rejected());
        return all;
    }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + losses_.size() * sizeof losses_[0];
    }

    friend bool operator==(const class_losses&, const class_losses&) = default;

    [[nodiscard]] std::string defect() const {
        if (losses_.size() < 2 || losses_.size() > most_classes)
            return "class_losses: expected 2 to 65536 classes";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("losses", self.losses_);
        visit("rejected", self.rejected_);
    }

  private:
    /// Of one class in a block: sum w l, and sum w (l - K)^2.
    struct class_sums {
        double first;
        double squares;
    };

    /// Every loss is a term of both classes, times a share of 0 in one of them: labels come in no
    /// order, so a branch on them would be mispredicted.
    [[nodiscard]] std::array<class_sums, 2> sums_of(const probability_block& block,
                                                    const double* losses) const noexcept {
        const auto terms = [k0 = losses_[0].shift_, k1 = losses_[1].shift_](auto l, auto w0,
                                                                            auto w1) {
            const auto d0 = l - k0;
            const auto d1 = l - k1;
            return std::array{w0 * l, d0 * d0 * w0, w1 * l, d1 * d1 * w1};
        };
        const auto unweighted = [&](auto l, auto y) { return terms(l, decltype(y)(1.0) - y, y); };
        const auto weighted = [&](auto l, auto y, auto w) {
            const auto w1 = w * y;
            return terms(l, w - w1, w1);
        };
        const double* positive = block.numbers().data();
        const auto weights = block.rows().weight;
        const auto sums =
            weights.empty()
                ? long_block_sums(block.size(), unweighted, losses, positive)
                : long_block_sums(block.size(), weighted, losses, positive, weights.data());
        return {class_sums{sums[0], sums[1]}, class_sums{sums[2], sums[3]}};
    }

    /// False, with nothing added, when a row must be seen alone.
    bool add_block(const probability_block& block) noexcept {
        const auto& [labels, scores, given] = block.rows();
        std::array<weight_sum, 2> weights;
        if (given.empty()) {
            weights[0].add_rows(block.size() - block.positives());
            weights[1].add_rows(block.positives());
        }
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (!rejections::good_weight(given[i])) return false;
            weights[static_cast<std::size_t>(labels[i])].add(given[i]);
        }
        double losses[probability_block::most_rows];
        detail::losses_of<Loss>(block, losses);
        auto sums = sums_of(block, losses);
        bool moved = false;
        for (std::size_t c = 0; c < 2; ++c) {
            if (!std::isfinite(sums[c].first)) return false;
            // The first rows of a class say where its losses lie.
            if (losses_[c].rows() > 0 || weights[c].rows() == 0) continue;
            losses_[c].rebase(sums[c].first / weights[c].value());
            moved = true;
        }
        if (moved) sums = sums_of(block, losses);
        if (!std::isfinite(sums[0].squares) || !std::isfinite(sums[1].squares)) return false;
        for (std::size_t c = 0; c < 2; ++c) {
            losses_[c].weight_.merge(weights[c]);
            losses_[c].sum_.add(sums[c].first);
            losses_[c].squares_.add(sums[c].squares);
        }
        return true;
    }

    /// Whether the label is one of the classes, and each of them has a score.
    [[nodiscard]] bool fits(const sample_type& sample) const noexcept {
        if constexpr (requires { sample.scores; }) {
            if (sample.scores.size() != losses_.size()) return false;
        }
        return sample.label >= 0 && static_cast<std::size_t>(sample.label) < losses_.size();
    }

    std::vector<mean_loss<Loss>> losses_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
