// What counts as a model: anything callable.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <type_traits>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

/// Callable with one row, returning its score.
template <class M>
concept RowModel = requires(const std::remove_reference_t<M>& model, std::span<const double> row) {
    { std::invoke(model, row) } -> std::convertible_to<double>;
};

/// Callable with a batch of rows, filling one score a row.
template <class M>
concept BatchModel = requires(const std::remove_reference_t<M>& model, const batch_view& rows,
                              std::span<double> scores) {
    std::invoke(model, rows, scores);
};

/// A lambda, a function, an object with operator(): of one row, of a batch, or of both. Calling it
/// must not change it (it is called as const), so that threads may share it. It is never copied by
/// the library unless handed over as a temporary.
template <class M>
concept Model = RowModel<M> || BatchModel<M>;

/// Decides between classes: called with one row it returns a class, an integer; or called with a
/// batch it fills one a row (std::int32_t). Called with one row it is a Model too, whose score is
/// the class.
template <class M>
concept ClassModel = requires(const std::remove_reference_t<M>& model,
                              std::span<const double> row) {
    requires std::integral<std::remove_cvref_t<decltype(std::invoke(model, row))>>;
}
|| (!Model<M> && requires(const std::remove_reference_t<M>& model, const batch_view& rows,
                          std::span<std::int32_t> classes) { std::invoke(model, rows, classes); });

/// Gives a probability for every class: called with one row it returns them (a vector, an array,
/// anything that a span of const double views); or called with a batch it fills classes() of them a
/// row, row by row. Of the latter only what has no single-row form: one score a row is a Model.
template <class M>
concept ProbabilityModel = requires(const std::remove_reference_t<M>& model,
                                    std::span<const double> row) {
    { std::invoke(model, row) } -> std::convertible_to<std::span<const double>>;
}
|| (!RowModel<M> && BatchModel<M> && requires(const std::remove_reference_t<M>& model) {
    { model.classes() } -> std::convertible_to<std::size_t>;
});

/// The score of one row, by whichever form the model has.
template <Model M>
[[nodiscard]] double score_row(const M& model, std::span<const double> row) {
    if constexpr (RowModel<M>) {
        return static_cast<double>(std::invoke(model, row));
    } else {
        double score = 0;
        std::invoke(model, batch_view(row.data(), 1, row.size(), row.size()),
                    std::span<double>(&score, 1));
        return score;
    }
}

/// The scores of a batch, by whichever form the model has; scores.size() == rows.rows().
template <Model M>
void score_batch(const M& model, const batch_view& rows, std::span<double> scores) {
    if (scores.size() != rows.rows()) {
        raise_invalid("score_batch", "scores.size()", scores.size(),
                      "one a row, " + detail::shown(rows.rows()));
    }
    if constexpr (BatchModel<M>) {
        std::invoke(model, rows, scores);
    } else {
        for (std::size_t i = 0; i < rows.rows(); ++i) {
            scores[i] = static_cast<double>(std::invoke(model, rows.row(i)));
        }
    }
}

}  // namespace leeway::inline v0
