#include "leeway/monitor/reference_builder.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/change/lag_one_correlation.hpp"
#include "leeway/change/shape_e_detector.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/monitor/outcome_totals.hpp"
#include "read_metrics.hpp"

namespace leeway::inline v0 {

namespace {

constexpr double not_known = std::numeric_limits<double>::quiet_NaN();
constexpr double first_text_code = 0x1p52;

std::vector<double> sorted(std::vector<double> values) {
    std::vector<double> scratch(values.size());
    radix_sort(values, scratch);
    return values;
}

std::vector<std::pair<double, std::uint64_t>> count_codes(std::span<const double> values) {
    std::vector<double> finite;
    for (const double value : values) {
        if (std::isfinite(value)) finite.push_back(value + 0.0);
    }
    std::vector<std::pair<double, std::uint64_t>> counts;
    for (const double code : sorted(std::move(finite))) {
        if (counts.empty() || counts.back().first != code) counts.emplace_back(code, 0);
        ++counts.back().second;
    }
    return counts;
}

}  // namespace

reference_builder::reference_builder(schema columns, reference_options options)
    : columns_(std::move(columns)), options_(std::move(options)) {
    constexpr std::string_view where = "reference_options";
    if (!std::isfinite(options_.threshold)) {
        raise_invalid(where, "threshold", options_.threshold, "a finite number");
    }
    if (!(options_.loss_quantile > 0 && options_.loss_quantile <= 1)) {
        raise_invalid(where, "loss_quantile", options_.loss_quantile, "in (0, 1]");
    }
    if (options_.loss_levels < 2 || options_.loss_levels > 4096) {
        raise_invalid(where, "loss_levels", options_.loss_levels, "2 to 4096");
    }
    values_.resize(columns_.size());
    texts_.resize(columns_.size());
}

void reference_builder::update(std::span<const double> row, const training_outcome& outcome) {
    if (row.size() != columns_.size()) {
        raise_invalid("reference_builder::update", "row.size()", row.size(),
                      "one value a feature of the schema, " + detail::shown(columns_.size()));
    }
    add_outcome(outcome.label.value_or(not_known), outcome.score.value_or(not_known),
                outcome.weight);
    for (std::size_t i = 0; i < row.size(); ++i) values_[i].push_back(row[i]);
}

void reference_builder::update(const training_columns& batch) {
    constexpr std::string_view where = "reference_builder::update";
    if (batch.features.size() != columns_.size()) {
        raise_invalid(where, "features.size()", batch.features.size(),
                      "one column a feature of the schema, " + detail::shown(columns_.size()));
    }
    const std::size_t rows = !batch.features.empty()
                                 ? batch.features[0].size()
                                 : std::max(batch.score.size(), batch.label.size());
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        require_length(where, "column " + columns_[i].name, batch.features[i].size(), rows);
    }
    require_length(where, "label", batch.label.size(), rows, true);
    require_length(where, "score", batch.score.size(), rows, true);
    require_length(where, "weight", batch.weight.size(), rows, true);
    for (std::size_t row = 0; row < rows; ++row) {
        add_outcome(batch.label.empty() ? not_known : batch.label[row],
                    batch.score.empty() ? not_known : batch.score[row],
                    batch.weight.empty() ? 1.0 : batch.weight[row]);
    }
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        values_[i].insert(values_[i].end(), batch.features[i].begin(), batch.features[i].end());
    }
}

void reference_builder::add_outcome(double label, double score, double weight) {
    if (weight != 0 && !rejections::good_weight(weight)) {
        raise_invalid("reference_builder::update", "weight", weight,
                      "0, or a number from 2^-200 to 2^200 (about 1e-60 to 1e60)");
    }
    ++rows_;
    labels_.push_back(label);
    scores_.push_back(score);
    weights_.push_back(weight);
    any_label_ |= !std::isnan(label);
    any_score_ |= !std::isnan(score);
}

double reference_builder::code(std::size_t feature, std::string_view text) {
    if (feature >= columns_.size()) {
        raise_invalid("reference_builder::code", "feature", feature,
                      "below the number of features, " + detail::shown(columns_.size()));
    }
    const double code = category_code(text);
    if (code < first_text_code) return code;  // a whole number is its own text
    const auto [known, added] = texts_[feature].try_emplace(code, text);
    if (!added && known->second != text) {
        raise("reference_builder: the categories " +
              detail::shown(std::string_view(known->second)) + " and " + detail::shown(text) +
              " of feature " + detail::shown(std::string_view(columns_[feature].name)) +
              " have the same code; rename one of them");
    }
    return code;
}

reference reference_builder::finish() const {
    if (rows_ == 0) raise("reference_builder: no training row was given");
    if (columns_.size() == 0 && !any_score_) {
        raise("reference_builder: neither a feature nor a score was given");
    }
    reference::content made;
    made.rows = rows_;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        const feature_kind kind =
            columns_[i].kind ? *columns_[i].kind : suggest_kind(values_[i]).kind;
        made.features.push_back(freeze(columns_[i].name, kind, values_[i]));
        feature_reference& feature = made.features.back();
        if (kind != feature_kind::categorical) continue;
        for (const double code : feature.bins().points()) {
            const auto text = texts_[i].find(code);
            if (text != texts_[i].end()) feature.categories_.push_back({code, text->second});
        }
    }
    if (any_score_) made.score.push_back(freeze("score", feature_kind::numeric, scores_));
    if (any_score_ && any_label_) add_outcomes(made);
    return reference(std::move(made));
}

feature_reference reference_builder::freeze(std::string name, feature_kind kind,
                                            std::span<const double> values) const {
    feature_reference made;
    made.name_ = std::move(name);
    made.counts_ = binned_counts(kind == feature_kind::numeric
                                     ? numeric_binning(values, options_.binning)
                                     : categorical_binning(count_codes(values), options_.binning));
    made.counts_.update(values);
    moments summary;
    double lowest = std::numeric_limits<double>::infinity();
    double highest = -lowest;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        ++made.finite_;
        summary.update(value);
        lowest = std::min(lowest, value);
        highest = std::max(highest, value);
    }
    if (kind == feature_kind::numeric && made.finite_ > 0) {
        made.mean_ = summary.mean().value();
        made.standard_deviation_ =
            made.finite_ > 1
                ? summary.standard_deviation().value_or(std::numeric_limits<double>::infinity())
                : 0.0;
        made.minimum_ = lowest;
        made.maximum_ = highest;
    }
    // The location of a bin is the detector's, so that reference and stream speak of one number.
    const shape_e_detector detector(made.counts_);
    lag_one_correlation neighbours;
    for (const double value : values) {
        neighbours.update(detector.location(made.bins()(value)));
    }
    const estimate lag_one = neighbours.result();
    made.lag_one_known_ = lag_one.defined();
    made.lag_one_ = lag_one.value_or(0);
    return made;
}

/// Task, losses and metrics of the rows whose label and score are known.
void reference_builder::add_outcomes(reference::content& made) const {
    std::vector<std::size_t> known;
    bool binary = true;
    for (std::size_t row = 0; row < rows_; ++row) {
        if (!std::isfinite(labels_[row]) || !std::isfinite(scores_[row])) continue;
        known.push_back(row);
        binary = binary && (labels_[row] == 0 || labels_[row] == 1);
    }
    const prediction_task task =
        options_.task.value_or(binary ? prediction_task::binary : prediction_task::regression);
    if (known.empty() || task == prediction_task::none) return;
    if (task == prediction_task::binary && !binary) {
        raise("reference_builder: the task is binary, but a label is neither 0 nor 1");
    }
    made.task = task;
    made.threshold = options_.threshold;

    error_reference error;
    if (task == prediction_task::binary) {
        error.counts.assign(2, 0);
    } else {
        std::vector<double> squares;
        for (const std::size_t row : known) {
            const double difference = labels_[row] - scores_[row];
            squares.push_back(difference * difference);
        }
        squares = sorted(std::move(squares));
        error.quantile = options_.loss_quantile;
        const double rank = std::ceil(error.quantile * static_cast<double>(squares.size())) - 1;
        error.scale = squares[static_cast<std::size_t>(std::max(rank, 0.0))];
        // A model without error on the training rows: any error is as bad as the worst seen, or,
        // where there was none at all, as one unit.
        if (!(error.scale > 0)) error.scale = squares.back();
        if (!(error.scale > 0)) error.scale = 1;
        if (!std::isfinite(error.scale)) {
            raise("reference_builder: the squared errors overflow; scale the target down");
        }
        error.counts.assign(options_.loss_levels, 0);
    }

    outcome_totals totals(task, options_.threshold, error,
                          outcome_totals::layout_for(&made.score[0]));
    lag_one_correlation neighbours;
    scored_outcomes scores;
    for (const std::size_t row : known) {
        const std::size_t level = totals.update(labels_[row], scores_[row], weights_[row]);
        ++error.counts[level];
        neighbours.update(error.value(level));
        if (task == prediction_task::binary) {
            scores.update({labels_[row] == 1 ? 1 : 0, scores_[row], weights_[row]});
        }
    }
    const estimate lag_one = neighbours.result();
    error.lag_one_known = lag_one.defined();
    error.lag_one = lag_one.value_or(0);
    made.error.push_back(std::move(error));
    made.metrics = detail::read_metrics(totals, options_.confidence);
    for (reference_metric& metric : made.metrics) {
        // Training scores are all there, so the exact area takes the place of its certified band.
        if (metric.key == key_of(roc_auc{})) {
            roc_auc exact;
            exact.confidence = options_.confidence;
            metric.value = exact(scores);
        }
    }
}

}  // namespace leeway::inline v0
