// Fit and test again on every split of the rows.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/fold_outcomes.hpp"
#include "leeway/evaluation/metric_set.hpp"
#include "leeway/evaluation/running.hpp"
#include "leeway/evaluation/splits.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

struct cross_validation_settings {
    std::size_t threads{1};  ///< 1: the calling thread alone; the figures do not depend on it
    confidence_level confidence{confidence_95};  ///< of the mean's interval
    /// A score decides for class 1 where score >= threshold. None: 0.5, or the metric_set's own;
    /// and a model's classes are taken as they are, of probabilities the largest.
    std::optional<double> threshold{};
    /// Called after each fit with how many are done, of how many; never twice at once. What it
    /// throws ends the run, as what fit throws does.
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

/// Several metrics of the same fits.
struct cross_validations {
    struct entry {
        std::string key;  ///< the metric's, as in reports
        cross_validation value;

        friend bool operator==(const entry&, const entry&) = default;
    };
    std::vector<entry> entries;  ///< in the order of declaration

    /// The first of that key; raises where there is none, naming those there are.
    [[nodiscard]] const cross_validation& at(std::string_view key) const;

    friend bool operator==(const cross_validations&, const cross_validations&) = default;
};

namespace detail {

/// task(0) ... task(count - 1), each at most once, on so many threads, then progress. After the
/// first exception none is begun; those under way end, and the exception of the lowest task that
/// threw is thrown again, or else progress's. Tasks are begun in their order, so whatever threads
/// do, it is the exception of the lowest task that throws.
void run_tasks(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& task,
               const std::function<void(std::size_t, std::size_t)>& progress);

/// Fills in the mean with its interval, and the counts.
void summarise(cross_validation& done, std::span<const split> splits, confidence_level confidence,
               const info_card& info);

/// Lengths, weights and rows; no part empty, no row in both parts of a split.
void require_splits(std::string_view where, const labelled_rows& data,
                    std::span<const split> splits);
void require_confidence(std::string_view where, confidence_level confidence);
void require_settings(std::string_view where, const cross_validation_settings& settings);

struct fold_figure {
    estimate figure{undefined::empty};
    std::uint64_t rejected{0};
};

/// Which state of a set a metric is read from: the one it names, or the first that it reads.
struct own_state {
    template <class M, class... States>
    [[nodiscard]] static const typename M::state_type& of(const state_set<States...>& states) {
        return states.template get<typename M::state_type>();
    }
};
struct first_readable {
    template <class M, class State, class... Others, class... All>
    [[nodiscard]] static const auto& among(const state_set<All...>& states) {
        if constexpr (Reads<M, State>) {
            return states.template get<State>();
        } else {
            static_assert(sizeof...(Others) > 0, "a metric reads none of the states");
            return among<M, Others...>(states);
        }
    }
    template <class M, class... States>
    [[nodiscard]] static const auto& of(const state_set<States...>& states) {
        return among<M, States...>(states);
    }
};

template <class Fit>
[[nodiscard]] auto fitted(const Fit& fit, const gathered& train) {
    const std::span<const double> targets(train.targets), weights(train.weights);
    if constexpr (std::invocable<const Fit&, const batch_view&, std::span<const double>,
                                 std::span<const double>>) {
        return fit(train.view(), targets, weights);
    } else {
        return fit(train.view(), targets);
    }
}

/// Tests fits on splits: one fit a call, every metric of its test part.
template <class Pick, class States, class... Metrics>
class fold_tester {
  public:
    using fold = std::vector<fold_figure>;  // a figure a metric

    fold_tester(std::string_view where, const std::tuple<Metrics...>& metrics, const States& empty,
                std::optional<double> threshold)
        : where_(where), metrics_(metrics), empty_(empty), threshold_(threshold) {
        States fresh = empty;
        fresh.reset();
        if (!(fresh == empty))
            raise(std::string(where) + ": the state to begin with has seen rows");
    }

    /// Before the first fit: whether the states can be filled from the fits' models.
    template <class Fit>
    void require(const Fit&) const {
        using model = decltype(fitted(std::declval<const Fit&>(), std::declval<gathered>()));
        require_classes<model>(where_, empty_, threshold_);
    }

    template <class Fit>
    [[nodiscard]] fold operator()(const Fit& fit, const labelled_rows& data,
                                  const split& part) const {
        States states = empty_;
        {
            const gathered train(data, part.train), test(data, part.test);
            const auto model = fitted(fit, train);  // which may look at the rows of train
            give_outcomes(where_, model, test, threshold_, states);
        }
        fold figures;
        each([&](const auto& metric) {
            const auto& state = Pick::template of<std::remove_cvref_t<decltype(metric)>>(states);
            figures.push_back({metric(state), 0});
            if constexpr (CountsRejections<std::remove_cvref_t<decltype(state)>>)
                figures.back().rejected = state.rejected().total();
        });
        return figures;
    }

    [[nodiscard]] cross_validations summarised(std::span<const fold> folds,
                                               std::span<const split> splits,
                                               confidence_level confidence) const {
        cross_validations all;
        each([&](const auto& metric) {
            cross_validation done;
            for (const fold& one : folds) {
                done.folds.push_back(one[all.entries.size()].figure);
                done.rejected += one[all.entries.size()].rejected;
            }
            summarise(done, splits, confidence, std::remove_cvref_t<decltype(metric)>::info);
            all.entries.push_back({key_of(metric), std::move(done)});
        });
        return all;
    }

    template <class Visitor>
    void each(const Visitor& visit) const {
        std::apply([&](const auto&... metric) { (visit(metric), ...); }, metrics_);
    }

  private:
    std::string_view where_;
    const std::tuple<Metrics...>& metrics_;
    const States& empty_;
    std::optional<double> threshold_;
};

template <class Pick, class States, class... Metrics>
[[nodiscard]] auto tester(std::string_view where, const std::tuple<Metrics...>& metrics,
                          const States& empty, std::optional<double> threshold) {
    return fold_tester<Pick, States, Metrics...>(where, metrics, empty, threshold);
}

template <class Tester, class Fit>
[[nodiscard]] cross_validations cross_validated(std::string_view where, const Tester& test,
                                                const Fit& fit, const labelled_rows& data,
                                                std::span<const split> splits,
                                                const cross_validation_settings& settings) {
    require_settings(where, settings);
    require_splits(where, data, splits);
    test.require(fit);
    std::vector<typename Tester::fold> folds(splits.size());
    run_tasks(
        splits.size(), settings.threads,
        [&](std::size_t i) { folds[i] = test(fit, data, splits[i]); }, settings.progress);
    return test.summarised(folds, splits, settings.confidence);
}

/// The settings' threshold, or one that a metric_set was given.
template <class... Metrics>
[[nodiscard]] std::optional<double> threshold_of(const cross_validation_settings& settings,
                                                 const metric_set<Metrics...>& metrics) {
    if (settings.threshold || metrics.threshold() == 0.5) return settings.threshold;
    return metrics.threshold();
}

}  // namespace detail

/// Fits a model on the training part of each split and reads the metric of its test part.
///
///     const auto fit = [](const leeway::batch_view& rows, std::span<const double> targets) {
///         return leeway::linear_model::fit(rows, targets, 0.1);
///     };
///     const auto splits = leeway::k_fold(rows.rows(), 5);
///     const auto done = leeway::cross_validate(fit, {rows, targets}, splits, leeway::r_squared{});
///     done.mean.value(), done.mean.lower() ...
///
/// Several metrics of one fit a split: leeway::metric_set(leeway::r_squared{}, ...) in the metric's
/// place, and then done.at("r_squared").mean.
///
/// fit(rows, targets) or fit(rows, targets, weights) returns a model; with several threads it is
/// called from all of them at once, as const. Weights {rows, targets, weights} go to a fit that
/// takes three spans (empty when none were given) and always to the metrics. A model is one of
///
///   - a Model, one score a row: metrics of (target, score), of (label, score), and of decisions
///     between classes 0 and 1 by the threshold; a state of more classes raises;
///   - a ClassModel, a class a row: metrics of decisions, of any number of classes, unless a
///     threshold is set, and of the class as a number;
///   - a ProbabilityModel: metrics of probability rows and of decisions, for the largest (of equal
///     ones the first); of two classes also metrics of (label, score).
///
/// What can be filled from none of them does not compile. `empty` is the state to begin with where
/// it is not the metric's own: scored_outcomes() for the exact roc_auc, confusion_matrix(3), for
/// several metrics a state_set of what they read. One that has seen rows raises.
///
/// mean: of the defined folds, with the interval mean +- t sqrt((1/J + test/train) s^2), Student's
/// t of J - 1 degrees, clipped to the metric's range (see corrected_resampled_t_test: folds share
/// rows, so s^2 / J is too small); none of a single fold, or where s^2 overflows. Folds count
/// alike, whatever weight they hold. Undefined as the first fold is, when all are; a fold that is
/// infinite makes the mean so, without an interval.
///
/// The figures are the same bits whatever the number of threads. Splits with an empty part, a row
/// in both parts or a row that is not there raise, as do weights that are negative or not finite.
/// After the first exception, of fit or of progress, no fit is begun; when those under way have
/// ended it is thrown again, that of the first such split. Cost: a fit and a copy of its rows a
/// split. Thread rule: starts settings.threads threads and joins them before it returns; none when
/// that is 1. Link leeway::leeway.
/// Source: C. Nadeau, Y. Bengio, "Inference for the generalization error", Machine Learning 52
/// (2003).
template <class Fit, Metric M, class State = typename M::state_type>
[[nodiscard]] cross_validation cross_validate(const Fit& fit, const labelled_rows& data,
                                              std::span<const split> splits, const M& metric,
                                              const cross_validation_settings& settings,
                                              const State& empty) {
    constexpr std::string_view where = "cross_validate";
    const std::tuple<M> metrics(metric);
    const state_set<State> states(empty);
    const auto test =
        detail::tester<detail::first_readable>(where, metrics, states, settings.threshold);
    auto done = detail::cross_validated(where, test, fit, data, splits, settings);
    return std::move(done.entries.front().value);
}
template <class Fit, Metric M>
[[nodiscard]] cross_validation cross_validate(const Fit& fit, const labelled_rows& data,
                                              std::span<const split> splits, const M& metric,
                                              const cross_validation_settings& settings = {}) {
    return cross_validate(fit, data, splits, metric, settings, detail::state_to_fill(metric));
}

/// Several metrics, one fit a split; each reads its own state of the set.
template <class Fit, class... Metrics>
[[nodiscard]] cross_validations cross_validate(const Fit& fit, const labelled_rows& data,
                                               std::span<const split> splits,
                                               const metric_set<Metrics...>& metrics,
                                               const cross_validation_settings& settings = {}) {
    constexpr std::string_view where = "cross_validate";
    const auto test = detail::tester<detail::own_state>(where, metrics.metrics(), metrics.states(),
                                                        detail::threshold_of(settings, metrics));
    return detail::cross_validated(where, test, fit, data, splits, settings);
}
/// Each reads the first of these states that it can.
template <class Fit, class... Metrics, class... States>
[[nodiscard]] cross_validations cross_validate(const Fit& fit, const labelled_rows& data,
                                               std::span<const split> splits,
                                               const metric_set<Metrics...>& metrics,
                                               const cross_validation_settings& settings,
                                               const state_set<States...>& empty) {
    constexpr std::string_view where = "cross_validate";
    const auto test = detail::tester<detail::first_readable>(
        where, metrics.metrics(), empty, detail::threshold_of(settings, metrics));
    return detail::cross_validated(where, test, fit, data, splits, settings);
}

}  // namespace leeway::inline v0
