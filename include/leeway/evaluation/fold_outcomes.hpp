// What a model says of the rows of a test part, as outcomes for the states that count them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"
#include "leeway/model/model.hpp"

namespace leeway::inline v0 {

/// Rows of features and what is to be predicted of each. A view: the host keeps all alive.
/// A class is its number, as a double.
struct labelled_rows {
    batch_view rows;
    std::span<const double> targets;
    std::span<const double> weights{};  ///< one a row, finite and at least 0; empty: all 1
};

namespace detail {

/// The rows of a part, packed.
struct gathered {
    std::vector<double> values;
    std::vector<double> targets;
    std::vector<double> weights;  // none when none were given
    std::size_t rows{0};
    std::size_t columns{0};

    gathered(const labelled_rows& data, std::span<const std::size_t> part);
    [[nodiscard]] batch_view view() const {
        return batch_view(values.data(), rows, columns, columns);
    }
    [[nodiscard]] double weight(std::size_t row) const {
        return weights.empty() ? 1 : weights[row];
    }
};

/// A class number, or -1, which states count as an unknown label.
[[nodiscard]] std::int32_t label_of(double target) noexcept;

/// The class decided by a row of probabilities: the largest, of equal ones the first; of two
/// classes and with a threshold class 1 from it on. -1 where one is NaN or there is none.
[[nodiscard]] std::int32_t class_decided(std::string_view where, std::span<const double> row,
                                         std::optional<double> threshold);

/// The score of class 1 in a row of two probabilities; raises on another number.
[[nodiscard]] double score_of(std::string_view where, std::span<const double> row);

enum class answer { score, decision, probabilities };

template <class M>
inline constexpr answer answer_of = ProbabilityModel<M> ? answer::probabilities
                                    : ClassModel<M>     ? answer::decision
                                                        : answer::score;

/// A state takes samples that can be made from such answers.
template <class State, answer Given>
inline constexpr bool can_fill = Takes<State, class_outcome> || Takes<State, probability_outcome> ||
                                 (Given == answer::probabilities
                                      ? Takes<State, probability_row>
                                      : Takes<State, regression_outcome>);

template <class Sample, class... States>
void give(state_set<States...>& states, const Sample& sample) {
    if constexpr ((Takes<States, Sample> || ...)) states.update(sample);
}

/// One score decides between classes 0 and 1 only: what counts more classes would read it wrongly.
template <class M, class... States>
void require_classes(std::string_view where, const state_set<States...>& states,
                     std::optional<double> threshold) {
    static_assert(Model<M> || ClassModel<M> || ProbabilityModel<M>,
                  "fit must return a model: callable with a row or a batch, see model/model.hpp");
    static_assert((can_fill<States, answer_of<M>> && ...),
                  "a metric's state takes nothing that can be made of the model's answers: one "
                  "score a row gives regression, probability and class outcomes, a class (an "
                  "integer) the same, probabilities of every class give probability rows and "
                  "class outcomes");
    if (answer_of<M> == answer::probabilities || (answer_of<M> == answer::decision && !threshold)) {
        return;
    }
    const auto require = [&](const auto& state) {
        using State = std::remove_cvref_t<decltype(state)>;
        if constexpr (Takes<State, class_outcome> && requires { state.classes(); }) {
            if (state.classes() <= 2) return;
            raise(std::string(where) + ": a state of " + shown(state.classes()) +
                  " classes, and of the model one score a row, which decides between 0 and 1; "
                  "expected a model that gives a class, an integer, or a probability for every "
                  "class");
        }
    };
    (require(states.template get<States>()), ...);
}

/// With a threshold a score decides between classes 0 and 1, without it is the class.
template <class... States>
void give_scores(const gathered& test, std::span<const double> scores,
                 std::optional<double> threshold, state_set<States...>& states) {
    for (std::size_t i = 0; i < test.rows; ++i) {
        const double score = scores[i], weight = test.weight(i);
        const std::int32_t label = label_of(test.targets[i]);
        give(states, regression_outcome{test.targets[i], score, weight});
        give(states, probability_outcome{label, score, weight});
        if (!threshold) {
            give(states, class_outcome{label, label_of(score), weight});
        } else {
            // A score that is not a number decides nothing, and none decides for a third class.
            const std::int32_t decided = score >= *threshold ? 1 : score < *threshold ? 0 : -1;
            give(states, class_outcome{label <= 1 ? label : -1, decided, weight});
        }
    }
}

template <class... States>
void give_probabilities(std::string_view where, const gathered& test, std::size_t i,
                        std::span<const double> row, std::optional<double> threshold,
                        state_set<States...>& states) {
    const std::int32_t label = label_of(test.targets[i]);
    const double weight = test.weight(i);
    if constexpr ((Takes<States, class_outcome> || ...)) {
        give(states, class_outcome{label, class_decided(where, row, threshold), weight});
    }
    if constexpr ((Takes<States, probability_outcome> || ...)) {
        give(states, probability_outcome{label, score_of(where, row), weight});
    }
    give(states, probability_row{label, row, weight});
}

/// Gives every state what the model says of the test rows, in the samples that it takes.
template <class M, class... States>
void give_outcomes(std::string_view where, const M& model, const gathered& test,
                   std::optional<double> threshold, state_set<States...>& states) {
    const batch_view rows = test.view();
    if constexpr (answer_of<M> == answer::probabilities) {
        if constexpr (requires { model.classes(); } && BatchModel<M>) {
            const auto classes = static_cast<std::size_t>(model.classes());
            std::vector<double> all(test.rows * classes);
            std::invoke(model, rows, std::span<double>(all));
            for (std::size_t i = 0; i < test.rows; ++i) {
                const auto row = std::span<const double>(all).subspan(i * classes, classes);
                give_probabilities(where, test, i, row, threshold, states);
            }
        } else {
            for (std::size_t i = 0; i < test.rows; ++i) {
                const auto row = std::invoke(model, rows.row(i));
                give_probabilities(where, test, i, row, threshold, states);
            }
        }
    } else {
        std::vector<double> scores(test.rows);
        if constexpr (Model<M>) {
            score_batch(model, rows, scores);
        } else {
            std::vector<std::int32_t> decided(test.rows);
            std::invoke(model, rows, std::span<std::int32_t>(decided));
            scores.assign(decided.begin(), decided.end());
        }
        const bool decides = answer_of<M> == answer::decision;
        give_scores(test, scores, decides ? threshold : threshold.value_or(0.5), states);
    }
}

}  // namespace detail

}  // namespace leeway::inline v0
