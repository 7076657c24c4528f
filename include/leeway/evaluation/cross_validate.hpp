// Fit and test again on every split of the rows.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/splits.hpp"
#include "leeway/model/batch_view.hpp"
#include "leeway/model/model.hpp"

namespace leeway::inline v0 {

/// Rows of features and what is to be predicted of each. A view: the host keeps both alive.
/// A class is its number, as a double.
struct labelled_rows {
    batch_view rows;
    std::span<const double> targets;
};

struct cross_validation_settings {
    std::size_t threads{1};  ///< 1: the calling thread alone; the figures do not depend on it
    confidence_level confidence{confidence_95};  ///< of the mean's interval
    double threshold{0.5};  ///< a metric of decisions sees class 1 where score >= threshold
    /// Called after each fit with how many are done, of how many; never twice at once.
    std::function<void(std::size_t done, std::size_t all)> progress{};
};

/// A figure of each split, and of all.
struct cross_validation {
    std::vector<estimate> folds;      ///< in the order of the splits
    estimate mean{undefined::empty};  ///< over the folds in which it is defined
    std::size_t undefined_folds{0};   ///< left out of the mean
    std::uint64_t rejected{0};        ///< test rows that the metric's state did not take

    friend bool operator==(const cross_validation&, const cross_validation&) = default;
};

namespace detail {

/// task(0) ... task(count - 1), each once, on so many threads. All run, whatever is thrown; then
/// the exception of the lowest task is thrown again.
void run_tasks(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& task,
               const std::function<void(std::size_t, std::size_t)>& progress);

/// Fills in the mean with its interval, and the counts.
void summarise(cross_validation& done, std::span<const split> splits, confidence_level confidence,
               const info_card& info);

void require_splits(std::string_view where, const labelled_rows& data,
                    std::span<const split> splits);

/// The rows of a part, packed.
struct gathered {
    std::vector<double> values;
    std::vector<double> targets;
    std::size_t rows{0};
    std::size_t columns{0};

    gathered(const labelled_rows& data, std::span<const std::size_t> part);
    [[nodiscard]] batch_view view() const {
        return batch_view(values.data(), rows, columns, columns);
    }
};

/// A class number, or -1, which states count as an unknown label.
[[nodiscard]] std::int32_t label_of(double target) noexcept;

template <class Sample>
[[nodiscard]] Sample outcome_of(double target, double score, double threshold) noexcept {
    if constexpr (std::is_same_v<Sample, regression_outcome>) {
        return {target, score};
    } else if constexpr (std::is_same_v<Sample, probability_outcome>) {
        return {label_of(target), score};
    } else {
        static_assert(std::is_same_v<Sample, class_outcome>,
                      "cross_validate scores metrics of regression, probability or class outcomes");
        // A score that is not a number decides nothing.
        return {label_of(target), score >= threshold ? 1 : score < threshold ? 0 : -1};
    }
}

struct fold_figure {
    estimate figure{undefined::empty};
    std::uint64_t rejected{0};
};

template <class Fit, class M, class State>
[[nodiscard]] fold_figure tested(const Fit& fit, const labelled_rows& data, const split& part,
                                 const M& metric, State state, double threshold) {
    const gathered test(data, part.test);
    std::vector<double> scores(test.rows);
    {
        const gathered train(data, part.train);
        const auto model = fit(train.view(), std::span<const double>(train.targets));
        static_assert(Model<decltype(model)>,
                      "fit must return a model: callable with a row or a "
                      "batch, see model/model.hpp");
        score_batch(model, test.view(), scores);
    }
    for (std::size_t i = 0; i < test.rows; ++i) {
        state.update(
            outcome_of<typename State::sample_type>(test.targets[i], scores[i], threshold));
    }
    return {metric(state), state.rejected().total()};
}

}  // namespace detail

/// Fits a model on the training part of each split and reads the metric of its test part.
///
///     const auto fit = [](const leeway::batch_view& rows, std::span<const double> targets) {
///         return leeway::linear_model::fit(rows, targets, 0.1);
///     };
///     const auto splits = leeway::k_fold(rows.rows(), 5);
///     const auto done = leeway::cross_validate(fit, {rows, targets}, splits, leeway::r_squared{});
///
/// fit(rows, targets) returns any Model; with several threads it is called from all of them at
/// once, as const. The figures are the same bits whatever the number of threads. Metrics of
/// (target, score), (label, score) and (label, decision) work; `empty` is the state to fill where
/// another than the metric's own is wanted (scored_outcomes for the exact roc_auc).
///
/// mean: of the defined folds, with the interval mean +- t sqrt((1/J + test/train) s^2), Student's
/// t of J - 1 degrees, clipped to the metric's range (see corrected_resampled_t_test: folds share
/// rows, so s^2 / J is too small); none of a single fold. Undefined as the first fold is, when all
/// are; a fold that is infinite makes the mean so, without an interval.
///
/// Splits with an empty part or a row that is not there raise; what fit throws is thrown again,
/// that of the first such split. Cost: a fit and a copy of its rows a split. Thread rule: starts
/// settings.threads threads and joins them before it returns; none when that is 1. Link
/// leeway::leeway.
/// Source: C. Nadeau, Y. Bengio, "Inference for the generalization error", Machine Learning 52
/// (2003).
template <class Fit, Metric M, class State = typename M::state_type>
[[nodiscard]] cross_validation cross_validate(const Fit& fit, const labelled_rows& data,
                                              std::span<const split> splits, const M& metric,
                                              const cross_validation_settings& settings = {},
                                              const State& empty = State{}) {
    detail::require_splits("cross_validate", data, splits);
    std::vector<detail::fold_figure> figures(splits.size());
    detail::run_tasks(
        splits.size(), settings.threads,
        [&](std::size_t i) {
            figures[i] = detail::tested(fit, data, splits[i], metric, empty, settings.threshold);
        },
        settings.progress);
    cross_validation done;
    for (const auto& fold : figures) {
        done.folds.push_back(fold.figure);
        done.rejected += fold.rejected;
    }
    detail::summarise(done, splits, settings.confidence, M::info);
    return done;
}

}  // namespace leeway::inline v0
