// The weighted mean of a pointwise loss, with what its interval needs.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include "leeway/accumulators/losses.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/joined_text.hpp"
#include "leeway/core/lanes.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/probability_block.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

namespace detail {

inline constexpr std::string_view mean_loss_prefix = "mean_loss_";

/// A loss of both signs, which says so: `static constexpr bool may_be_negative = true`.
template <class Loss>
concept SignedLoss = requires {
    requires Loss::may_be_negative;
};

/// A loss inside its state: nothing where it has no parameters.
template <PointwiseLoss Loss, bool Parametrised = !std::is_empty_v<Loss>>
struct kept_loss {
    Loss loss{};
    [[nodiscard]] const Loss& get() const noexcept { return loss; }
    friend bool operator==(const kept_loss&, const kept_loss&) = default;
};
template <PointwiseLoss Loss>
struct kept_loss<Loss, false> {
    [[nodiscard]] static Loss get() noexcept { return Loss{}; }
    friend bool operator==(const kept_loss&, const kept_loss&) = default;
};

template <class Loss>
concept TakesEveryFiniteRow = requires {
    requires Loss::every_finite_row;
};

template <class Loss>
concept TakesProbabilities = requires(double label, double score) {
    { Loss::of_probability(label, score) } -> std::same_as<double>;
};

/// A loss that can say what block_rows rows cost (PointwiseLoss).
template <class Loss>
concept HasBlocks = TakesEveryFiniteRow<Loss> || TakesProbabilities<Loss> ||
    requires(const Loss& loss, const columns_of<typename Loss::sample_type>& rows,
             std::span<double, block_rows> losses) {
    { loss.of_block(rows, losses) } -> std::same_as<bool>;
};

/// What the rows of a block cost.
template <TakesProbabilities Loss>
void losses_of(const probability_block& rows, double* losses) noexcept {
    with_lanes([&](auto) {
        const double* label = rows.numbers().data();
        const double* score = rows.rows().score.data();
        double* __restrict to = losses;  // so that a compiler sees that no input is written
        for (std::size_t block = 0; block < rows.size(); block += block_rows) {
            for (std::size_t i = block; i < block + block_rows; ++i)
                to[i] = Loss::of_probability(label[i], score[i]);
        }
    });
}

/// What block_rows rows cost; false when they must be looked at one by one.
template <HasBlocks Loss>
[[nodiscard]] bool losses_of(const Loss& loss, const columns_of<typename Loss::sample_type>& rows,
                             std::span<double, block_rows> losses) noexcept {
    if constexpr (TakesProbabilities<Loss>) {
        probability_block block;
        if (!block.take(rows)) return false;
        losses_of<Loss>(block, losses.data());
        return true;
    } else {
        bool seen = true;
        with_lanes([&](auto) {
            double made[block_rows];  // its own, so that a compiler sees that no input is written
            if constexpr (TakesEveryFiniteRow<Loss>) {
                for (std::size_t i = 0; i < block_rows; ++i)
                    made[i] = loss({rows.target[i], rows.prediction[i]});
            } else {
                seen = loss.of_block(rows, made);
            }
            std::copy(made, made + block_rows, losses.begin());
        });
        return seen;
    }
}

}  // namespace detail

/// Weighted mean and variance of a pointwise loss l: MSE, MAE, log loss and Brier score are read
/// from it.
///
/// Held: W = sum w, sum w^2, sum w l (from zero: all terms are positive, so it keeps every digit)
/// and sum w (l - K)^2 about K, the first loss or the mean of a batch's first 256, all compensated.
/// A row whose loss is infinite is counted in infinite() and kept out of the sums; a row that the
/// loss is not defined on is counted in rejected(). The mean is good to 1e-15 relative, the
/// variance to 1e-15 mean / (standard deviation), which is plenty for an interval. mean() and
/// variance() are NaN where undefined: the read-outs ask weight() first.
///
/// A loss with parameters is given at construction and kept; parameters that it has no use for
/// raise, and so does merging states of different parameters.
///
/// Cost: a few ns a row, most of them the loss; in a batch 3 ns for the logarithmic loss and memory
/// speed for squares and absolute errors. 136 bytes and the loss's parameters. Thread rule: one
/// writer.
template <PointwiseLoss Loss>
class mean_loss {
  public:
    using sample_type = typename Loss::sample_type;
    using loss_type = Loss;
    static constexpr std::string_view kind =
        detail::joined_text<detail::mean_loss_prefix, Loss::name>::value;

    mean_loss() = default;
    explicit mean_loss(const Loss& loss) requires(!std::is_empty_v<Loss>) : loss_{loss} {
        if (const std::string wrong = defect_of(loss); !wrong.empty()) raise(wrong);
    }

    void update(const sample_type& sample) noexcept {
        const auto& loss = loss_.get();
        if (!loss.accepts(sample, rejected_)) return;
        add(loss(sample), sample.weight);
    }

    void update(const columns_of<sample_type>& batch) {
        require_lengths(kind, batch);
        if constexpr (detail::HasBlocks<Loss>) {
            const Loss loss = loss_.get();
            update_by_blocks(*this, batch, [&](const auto& rows) {
                double losses[block_rows];
                return detail::losses_of(loss, rows, std::span(losses)) &&
                       add_block(losses, rows.weight);
            });
        } else {
            for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
        }
    }

    void merge(const mean_loss& other) {
        if constexpr (!std::is_empty_v<Loss>) {
            if (!(loss_ == other.loss_)) {
                raise(std::string(kind) + ": merging different losses, {" +
                      to_debug_string(loss()) + "} and {" + to_debug_string(other.loss()) + "}");
            }
        }
        rejected_.merge(other.rejected_);
        infinite_ += other.infinite_;
        if (other.rows() == 0) return;
        mean_loss moved = other;
        if (other.weight() > weight()) {
            rebase(other.shift_);
        } else {
            moved.rebase(shift_);
        }
        weight_.merge(moved.weight_);
        sum_.merge(moved.sum_);
        squares_.merge(moved.squares_);
    }

    void reset() noexcept {
        infinite_ = 0;
        shift_ = 0;
        weight_.reset();
        sum_.reset();
        squares_.reset();
        rejected_ = {};
    }

    /// The loss with its parameters.
    [[nodiscard]] Loss loss() const noexcept { return loss_.get(); }

    /// Rows in the sums.
    [[nodiscard]] std::uint64_t rows() const noexcept { return weight_.rows(); }
    [[nodiscard]] double weight() const noexcept { return weight_.value(); }
    /// Sum of w^2: weight()^2 over it is Kish's effective number of rows.
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return weight_.squares(); }
    /// Rows whose loss is infinite; they are in no sum.
    [[nodiscard]] std::uint64_t infinite() const noexcept { return infinite_; }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    /// sum w l / W.
    [[nodiscard]] double mean() const noexcept { return sum_.value() / weight(); }

    /// sum w (l - mean)^2 / (W - sum w^2 / W): unbiased for weights that say how much a row counts;
    /// n - 1 below for unit weights. The mean's variance is about this times sum w^2 / W^2.
    [[nodiscard]] double variance() const noexcept {
        const double w = weight();
        const double freedom = w - sum_of_squared_weights() / w;
        if (!(freedom > 0)) return std::numeric_limits<double>::quiet_NaN();
        const auto first = about_shift();
        const auto second = squares_.parts();
        const double left = (second - first * first / weight_.parts()).high;
        const double noise = 2 * std::numeric_limits<double>::epsilon() * second.high;
        return left <= noise ? 0.0 : left / freedom;
    }

    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const mean_loss&, const mean_loss&) = default;

    [[nodiscard]] std::string defect() const {
        if (std::string wrong = defect_of(loss()); !wrong.empty()) return wrong;
        if (!std::isfinite(shift_) || (shift_ < 0 && !detail::SignedLoss<Loss>))
            return "mean_loss: the shift is no loss";
        if (!(sum_.value() >= 0 || detail::SignedLoss<Loss>) || squares_.value() < 0)
            return "mean_loss: a sum is negative";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        if constexpr (!std::is_empty_v<Loss>) visit("loss", self.loss_.loss);
        visit("infinite", self.infinite_);
        visit("shift", self.shift_);
        visit("weight", self.weight_);
        visit("sum", self.sum_);
        visit("squares", self.squares_);
        visit("rejected", self.rejected_);
    }

  private:
    using wide = detail::double_double;

    template <PointwiseLoss>
    friend class class_losses;  // which adds the blocks of all classes at once

    /// A row that was accepted.
    void add(double loss, double weight) noexcept {
        if (!(loss <= std::numeric_limits<double>::max())) [[unlikely]] {
            ++infinite_;
            return;
        }
        if (rows() == 0) [[unlikely]]
            shift_ = loss;
        const double d = loss - shift_;
        weight_.add(weight);
        sum_.add(weight * loss);
        squares_.add(weight * d * d);
    }

    /// False, with nothing added, when a loss, its square or a weight must be looked at alone.
    bool add_block(std::span<const double, block_rows> losses,
                   std::span<const double> weights) noexcept {
        if (rows() < block_rows) {
            // A block knows better than the first row where the losses lie.
            const auto [sum] = block_sums([](auto l) { return std::array{l}; }, losses.data());
            if (!std::isfinite(sum)) return false;
            rebase(sum / block_rows);
        }
        const double shift = shift_;
        const auto sums = weights.empty() ? block_sums(
                                                [shift](auto l) {
                                                    const auto d = l - shift;
                                                    return std::array{l, d * d};
                                                },
                                                losses.data())
                                          : block_sums(
                                                [shift](auto l, auto w) {
                                                    const auto d = l - shift;
                                                    return std::array{w * l, w * d * d};
                                                },
                                                losses.data(), weights.data());
        if (!all_finite(sums) || !weight_.add_block(weights)) return false;
        sum_.add(sums[0]);
        squares_.add(sums[1]);
        return true;
    }

    /// sum w (l - K), from the sum about zero.
    [[nodiscard]] wide about_shift() const noexcept {
        return sum_.parts() - wide{shift_, 0} * weight_.parts();
    }

    /// sum w (l - K + c)^2 = squares + 2 c sum w (l - K) + c^2 W.
    void rebase(double shift) noexcept {
        const wide c = detail::two_sum(shift_, -shift);
        if (c.high != 0 && rows() != 0) {
            const wide first = about_shift();
            squares_ =
                compensated_sum(squares_.parts() + c * (wide{2, 0} * first + c * weight_.parts()));
        }
        shift_ = shift;
    }

    [[no_unique_address]] detail::kept_loss<Loss> loss_{};
    std::uint64_t infinite_{0};
    double shift_{0};
    weight_sum weight_;
    compensated_sum sum_;
    compensated_sum squares_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
