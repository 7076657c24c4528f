// Pointwise losses: what a single row costs.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/fast_log.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A loss names itself, is a function of one row (its weight apart), never negative unless it
/// says that it may_be_negative, and says which rows it is defined on: accepts() counts a row that
/// it is not.
///
/// A loss without parameters is an empty type. One with parameters (a level, a power) compares and
/// lists them as fields, has a default, and may refuse a value in words through defect(): the state
/// that holds it then saves it with itself and merges only with its like.
///
/// Batches add whole blocks of a loss that can say what block_rows rows cost: `of_block(rows,
/// losses)` writes the losses, as good as those of single rows, and NaN or infinite where they are
/// no finite number; it is false when a row might be refused for another reason than its weight.
/// `static constexpr bool every_finite_row = true` says the same of a loss that accepts each row of
/// finite numbers, and is NaN or infinite where one of them is. `of_probability(label, score)` says
/// it, row by row and without a branch, of the rows of a probability_block.
template <class L>
concept PointwiseLoss = requires(const L& loss, const typename L::sample_type& row,
                                 rejections& rejected) {
    { L::name } -> std::convertible_to<std::string_view>;
    { loss(row) }
    noexcept->std::same_as<double>;
    { loss.accepts(row, rejected) }
    noexcept->std::same_as<bool>;
}
&&std::default_initializable<L> &&
    (std::is_empty_v<L> || (std::equality_comparable<L> && HasFields<L>));

/// Stateless function objects, safe from any thread.
namespace loss {

/// (target - prediction)^2, in the target's unit squared; at least the least normal number unless
/// the error is 0.
struct squared_error {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "squared_error";
    static constexpr bool every_finite_row = true;

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        const double error = row.target - row.prediction;
        return detail::noticed_square(error, error * error);
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

/// |target - prediction|, in the target's unit.
struct absolute_error {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "absolute_error";
    static constexpr bool every_finite_row = true;

    [[nodiscard]] double operator()(const regression_outcome& row) const noexcept {
        return std::fabs(row.target - row.prediction);
    }
    [[nodiscard]] static bool accepts(const regression_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

/// -log(score) for label 1, -log(1 - score) for label 0, in nats; the score is a probability in
/// [0, 1]. Not clipped: certainty in the wrong class costs infinity.
struct logarithmic {
    using sample_type = probability_outcome;
    static constexpr std::string_view name = "logarithmic";

    [[nodiscard]] double operator()(const probability_outcome& row) const noexcept {
        // log1p keeps the digits of 1 - score for small scores; + 0 turns -0 into 0.
        return 0.0 - (row.label == 1 ? std::log(row.score) : std::log1p(-row.score));
    }
    [[nodiscard]] static double of_probability(double label, double p) noexcept {
        const double negative = 1.0 - label;
        const double happened = std::fabs(negative - p);  // p, or 1 - p with what it rounds away
        return 0.0 - fast_log(happened, negative * ((1 - happened) - p));
    }
    [[nodiscard]] static bool accepts(const probability_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts_probability(row);
    }
};

/// (score - label)^2; the score is a probability in [0, 1].
struct brier {
    using sample_type = probability_outcome;
    static constexpr std::string_view name = "brier";

    [[nodiscard]] double operator()(const probability_outcome& row) const noexcept {
        const double error = row.score - row.label;
        return error * error;
    }
    [[nodiscard]] static double of_probability(double label, double p) noexcept {
        return (p - label) * (p - label);
    }
    [[nodiscard]] static bool accepts(const probability_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts_probability(row);
    }
};

/// max(0, 1 - margin), the margin being the score for label 1 and -score for label 0; the score is
/// any finite number, positive for a row that is taken for label 1.
struct hinge {
    using sample_type = probability_outcome;
    static constexpr std::string_view name = "hinge";

    [[nodiscard]] double operator()(const probability_outcome& row) const noexcept {
        return std::max(0.0, 1 - (row.label == 1 ? row.score : -row.score));
    }
    [[nodiscard]] static bool accepts(const probability_outcome& row,
                                      rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};

}  // namespace loss

}  // namespace leeway::inline v0
