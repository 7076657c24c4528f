// What a stream is made of: one sample type per task, weight inside, each with a `columns` twin so
// that a batch arrives as the host holds it; part(first, count) is some of its rows.
#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <utility>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A plain value, as a feature or a score arrives.
struct plain_value {
    double value{0};

    constexpr plain_value() = default;
    constexpr plain_value(double v) : value(v) {}

    struct columns {
        std::span<const double> value;

        constexpr columns() = default;
        template <class Values>
        requires std::convertible_to<Values&&, std::span<const double>>
        constexpr columns(Values&& values) : value(std::forward<Values>(values)) {}

        [[nodiscard]] std::size_t size() const noexcept { return value.size(); }
        [[nodiscard]] plain_value operator[](std::size_t row) const noexcept { return value[row]; }
    };
};

/// A number with its weight. Converts from a double, so update(3.5) and update({3.5, weight}) both
/// read.
struct weighted_value {
    double value{0};
    double weight{1};

    constexpr weighted_value() = default;
    constexpr weighted_value(double v, double w = 1) : value(v), weight(w) {}

    struct columns {
        std::span<const double> value;
        std::span<const double> weight{};  ///< empty: every weight is 1

        constexpr columns() = default;
        template <class Values>
        requires std::convertible_to<Values&&, std::span<const double>>
        constexpr columns(Values&& values, std::span<const double> weights = {})
            : value(std::forward<Values>(values)), weight(weights) {}

        [[nodiscard]] std::size_t size() const noexcept { return value.size(); }
        [[nodiscard]] weighted_value operator[](std::size_t row) const noexcept {
            return {value[row], weight.empty() ? 1.0 : weight[row]};
        }
        /// Rows first .. first + count - 1; columns of one length.
        [[nodiscard]] columns part(std::size_t first, std::size_t count) const noexcept {
            return {value.subspan(first, count),
                    weight.empty() ? weight : weight.subspan(first, count)};
        }
    };
};

/// A classifier's decision: classes are 0 .. k - 1.
struct class_outcome {
    std::int32_t label{0};
    std::int32_t prediction{0};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> label;
        std::span<const std::int32_t> prediction;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return label.size(); }
        [[nodiscard]] class_outcome operator[](std::size_t row) const noexcept {
            return {label[row], prediction[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// Two classifiers' decisions about one row: classes are 0 .. k - 1.
struct paired_outcome {
    std::int32_t label{0};
    std::int32_t first{0};   ///< the first model's prediction
    std::int32_t second{0};  ///< the second model's
    double weight{1};

    struct columns {
        std::span<const std::int32_t> label;
        std::span<const std::int32_t> first;
        std::span<const std::int32_t> second;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return label.size(); }
        [[nodiscard]] paired_outcome operator[](std::size_t row) const noexcept {
            return {label[row], first[row], second[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A binary label (0 or 1; 1 is the positive class) and the score for the positive class. Nothing
/// is assumed of the score's range: a metric that needs a probability says so.
struct probability_outcome {
    std::int32_t label{0};
    double score{0};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> label;
        std::span<const double> score;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return label.size(); }
        [[nodiscard]] probability_outcome operator[](std::size_t row) const noexcept {
            return {label[row], score[row], weight.empty() ? 1.0 : weight[row]};
        }
        [[nodiscard]] columns part(std::size_t first, std::size_t count) const noexcept {
            return {label.subspan(first, count), score.subspan(first, count),
                    weight.empty() ? weight : weight.subspan(first, count)};
        }
    };
};

/// A label and a probability for every class of one row. The scores are the caller's: a row is a
/// view, for states that read it at once.
struct probability_row {
    std::int32_t label{0};
    std::span<const double> scores{};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> label;
        std::span<const double> scores;  ///< row by row, label.size() times the number of classes
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return label.size(); }
        [[nodiscard]] std::size_t classes() const noexcept {
            return label.empty() ? 0 : scores.size() / label.size();
        }
        [[nodiscard]] probability_row operator[](std::size_t row) const noexcept {
            return {label[row], scores.subspan(row * classes(), classes()),
                    weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A row that has each of several labels or not: for every label 0 or 1 in truth and in prediction.
/// The numbers are the caller's: a row is a view, for states that read it at once.
struct label_set {
    std::span<const std::int32_t> label{};
    std::span<const std::int32_t> prediction{};
    double weight{1};

    struct columns {
        std::size_t labels{1};
        std::span<const std::int32_t> label;       ///< row by row, `labels` numbers each
        std::span<const std::int32_t> prediction;  ///< likewise
        std::span<const double> weight{};

        constexpr columns() = default;
        /// A constructor, so that {label, prediction} is a row and {3, label, prediction} a batch.
        constexpr columns(std::size_t labels_of_row, std::span<const std::int32_t> all_labels,
                          std::span<const std::int32_t> all_predictions,
                          std::span<const double> weights = {})
            : labels(labels_of_row),
              label(all_labels),
              prediction(all_predictions),
              weight(weights) {}

        [[nodiscard]] std::size_t size() const noexcept {
            return labels == 0 ? 0 : label.size() / labels;
        }
        [[nodiscard]] label_set operator[](std::size_t row) const noexcept {
            return {label.subspan(row * labels, labels), prediction.subspan(row * labels, labels),
                    weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A regression's target and its prediction.
struct regression_outcome {
    double target{0};
    double prediction{0};
    double weight{1};

    struct columns {
        std::span<const double> target;
        std::span<const double> prediction;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
        [[nodiscard]] regression_outcome operator[](std::size_t row) const noexcept {
            return {target[row], prediction[row], weight.empty() ? 1.0 : weight[row]};
        }
        [[nodiscard]] columns part(std::size_t first, std::size_t count) const noexcept {
            return {target.subspan(first, count), prediction.subspan(first, count),
                    weight.empty() ? weight : weight.subspan(first, count)};
        }
    };
};

/// A binary decision on a member of a group: label and prediction 0 or 1, groups 0 .. groups - 1.
struct grouped_outcome {
    std::int32_t group{0};
    std::int32_t label{0};
    std::int32_t prediction{0};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> group;
        std::span<const std::int32_t> label;
        std::span<const std::int32_t> prediction;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return group.size(); }
        [[nodiscard]] grouped_outcome operator[](std::size_t row) const noexcept {
            return {group[row], label[row], prediction[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A binary label and its probability, of a member of a group.
struct grouped_probability {
    std::int32_t group{0};
    std::int32_t label{0};
    double score{0};
    double weight{1};

    struct columns {
        std::span<const std::int32_t> group;
        std::span<const std::int32_t> label;
        std::span<const double> score;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return group.size(); }
        [[nodiscard]] grouped_probability operator[](std::size_t row) const noexcept {
            return {group[row], label[row], score[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// One query of a ranking task: its items' relevance (a gain, or 0 and 1) and their scores, the
/// highest first in the ranking. Both are the caller's and of one length: a query is a view that a
/// state reads at once. Queries may differ in length.
struct ranked_query {
    std::span<const double> relevance{};
    std::span<const double> score{};
    double weight{1};

    struct columns {
        std::span<const double> relevances;  ///< item by item, query after query
        std::span<const double> scores;
        std::span<const std::size_t> offsets;  ///< where each query begins, and the end: size() + 1
        std::span<const double> weight{};      ///< one a query; empty: every weight is 1

        [[nodiscard]] std::size_t size() const noexcept {
            return offsets.empty() ? 0 : offsets.size() - 1;
        }
        [[nodiscard]] ranked_query operator[](std::size_t query) const noexcept {
            const std::size_t from = offsets[query];
            const std::size_t items = offsets[query + 1] - from;
            return {relevances.subspan(from, items), scores.subspan(from, items),
                    weight.empty() ? 1.0 : weight[query]};
        }
    };
};

/// The batch form of a sample type.
template <class Sample>
using columns_of = typename Sample::columns;

/// Raises unless a second column is as long as the first, or (for weights) empty.
inline void require_length(std::string_view where, std::string_view column, std::size_t seen,
                           std::size_t expected, bool may_be_empty = false) {
    if (seen == expected || (may_be_empty && seen == 0)) return;
    raise_invalid(where, std::string(column) + ".size()", seen,
                  "the first column's length, " + detail::shown(expected) +
                      (may_be_empty ? ", or no column" : ""));
}

/// Raises unless the batch's columns are of one length (weights may be left out).
inline void require_lengths(std::string_view, const plain_value::columns&) {}
inline void require_lengths(std::string_view where, const weighted_value::columns& batch) {
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const class_outcome::columns& batch) {
    require_length(where, "prediction", batch.prediction.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const paired_outcome::columns& batch) {
    require_length(where, "first", batch.first.size(), batch.size());
    require_length(where, "second", batch.second.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const probability_outcome::columns& batch) {
    require_length(where, "score", batch.score.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const probability_row::columns& batch) {
    require_length(where, "scores", batch.scores.size(), batch.size() * batch.classes());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const label_set::columns& batch) {
    if (batch.label.size() != batch.size() * batch.labels) {
        raise_invalid(where, "label.size()", batch.label.size(),
                      "a multiple of the number of labels, " + detail::shown(batch.labels));
    }
    require_length(where, "prediction", batch.prediction.size(), batch.label.size());
    if (!batch.weight.empty() && batch.weight.size() != batch.size()) {
        raise_invalid(where, "weight.size()", batch.weight.size(),
                      "the number of rows, " + detail::shown(batch.size()) + ", or no column");
    }
}
inline void require_lengths(std::string_view where, const regression_outcome::columns& batch) {
    require_length(where, "prediction", batch.prediction.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const grouped_outcome::columns& batch) {
    require_length(where, "label", batch.label.size(), batch.size());
    require_length(where, "prediction", batch.prediction.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const grouped_probability::columns& batch) {
    require_length(where, "label", batch.label.size(), batch.size());
    require_length(where, "score", batch.score.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const ranked_query::columns& batch) {
    require_length(where, "scores", batch.scores.size(), batch.relevances.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
    std::size_t last = 0;
    for (const std::size_t offset : batch.offsets) {
        if (offset < last) raise_invalid(where, "an offset", offset, "offsets in ascending order");
        last = offset;
    }
    if (!batch.offsets.empty() && batch.offsets[0] != 0)
        raise_invalid(where, "offsets[0]", batch.offsets[0], "0");
    if (last != batch.relevances.size()) {
        raise_invalid(where, "the last offset", last,
                      "the number of items, " + detail::shown(batch.relevances.size()));
    }
}

}  // namespace leeway::inline v0
