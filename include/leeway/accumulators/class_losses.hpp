// A pointwise loss by the class of the row.
#pragma once

#include <algorithm>
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
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

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
/// number of classes raises. Cost: that of mean_loss, and 1 ns in a batch of a binary task; 136
/// bytes a class. Thread rule: one writer.
template <PointwiseLoss Loss>
class class_losses {
  public:
    using sample_type = typename Loss::sample_type;
    using loss_type = Loss;
    static constexpr std::string_view kind =
        detail::joined_text<detail::class_losses_prefix, Loss::name>::value;
    static constexpr std::size_t most_classes = 65536;

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
            class_rows of_class[2];
            for (; batch.size() - row >= block_rows; row += block_rows) {
                if (take_apart(batch.part(row, block_rows), of_class)) continue;
                for (std::size_t i = row; i < row + block_rows; ++i) update(batch[i]);
            }
            for (std::size_t c = 0; c < 2; ++c) of_class[c].give_to(losses_[c]);
        }
        for (; row < batch.size(); ++row) update(batch[row]);
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
    static constexpr bool in_blocks =
        std::same_as<sample_type, probability_outcome> && detail::HasBlocks<Loss>;

    /// The losses of one class that wait until they are a block.
    struct class_rows {
        double loss[2 * block_rows];
        double weight[2 * block_rows];
        std::size_t count{0};
        bool weighted{false};

        /// A block of them, or as many as there are.
        void give_to(mean_loss<Loss>& state) noexcept {
            const std::size_t n = std::min(count, block_rows);
            state.add_losses({loss, n}, {weight, weighted ? n : 0});
            std::copy(loss + n, loss + count, loss);
            if (weighted) std::copy(weight + n, weight + count, weight);
            count -= n;
        }
    };

    /// Shares the losses of a block out to the two classes; false when one must be seen alone.
    bool take_apart(const probability_outcome::columns& rows, class_rows (&of_class)[2]) noexcept {
        double losses[block_rows];
        if (!detail::losses_of(Loss{}, rows, std::span(losses))) return false;
        auto& [negative, positive] = of_class;
        negative.weighted = positive.weighted = !rows.weight.empty();
        for (std::size_t i = 0; i < block_rows; ++i) {
            // Written to both, kept by the one that moves on: labels come in no order, and a branch
            // on them would be mispredicted.
            negative.loss[negative.count] = positive.loss[positive.count] = losses[i];
            if (negative.weighted) {
                negative.weight[negative.count] = positive.weight[positive.count] = rows.weight[i];
            }
            const auto label = static_cast<std::size_t>(rows.label[i]);
            positive.count += label;
            negative.count += 1 - label;
        }
        for (std::size_t c = 0; c < 2; ++c) {
            if (of_class[c].count >= block_rows) of_class[c].give_to(losses_[c]);
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
