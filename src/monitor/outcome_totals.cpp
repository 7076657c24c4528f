#include "leeway/monitor/outcome_totals.hpp"

#include <algorithm>
#include <cmath>

#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

log_linear_layout outcome_totals::layout_for(const feature_reference* score) {
    if (score == nullptr) return log_linear_layout::probabilities();
    const double low = score->minimum().value_or(0);
    const double high = score->maximum().value_or(1);
    if (low >= 0 && high <= 1) return log_linear_layout::probabilities();
    const double largest = std::max(std::abs(low), std::abs(high));
    const int top = std::clamp(std::ilogb(largest) + 2, -990, 1023);
    return {7, top - 26, top, true};
}

outcome_totals::outcome_totals(prediction_task task, double threshold, const error_reference& error,
                               log_linear_layout scores)
    : task_(task), threshold_(threshold), scale_(error.scale), levels_(error.levels()) {
    prepare(scores);
}

outcome_totals::outcome_totals(const leeway::reference& against) {
    if (against.error() == nullptr) return;
    *this = outcome_totals(against.task(), against.threshold(), *against.error(),
                           layout_for(against.score()));
}

void outcome_totals::prepare(log_linear_layout scores) {
    binary_.reset();
    regression_.reset();
    if (task_ == prediction_task::binary) {
        binary_.emplace(confusion_matrix(2), score_table(scores), calibration_bins(),
                        mean_loss<loss::brier>(), mean_loss<loss::logarithmic>());
    }
    if (task_ == prediction_task::regression) regression_.emplace();
}

std::size_t outcome_totals::update(double label, double score, double weight) noexcept {
    if (task_ == prediction_task::none) return no_level;
    const bool labelled = binary_ ? label == 0 || label == 1 : std::isfinite(label);
    if (!labelled) {
        ++bad_labels_;
        return no_level;
    }
    if (!std::isfinite(score)) {
        ++bad_scores_;
        return no_level;
    }
    ++rows_;
    std::size_t level = 0;
    if (binary_) {
        const std::int32_t truth = label == 1 ? 1 : 0;
        const std::int32_t predicted = score >= threshold_ ? 1 : 0;
        binary_->update(class_outcome{truth, predicted, weight});
        binary_->update(probability_outcome{truth, score, weight});
        level = truth != predicted ? 1 : 0;
    } else {
        regression_->update(regression_outcome{label, score, weight});
        const double error = label - score;
        const double share = std::min(error * error / scale_, 1.0);
        level =
            static_cast<std::size_t>(std::ceil(share * static_cast<double>(levels_.size() - 1)));
    }
    ++levels_[level];
    return level;
}

void outcome_totals::merge(const outcome_totals& other) {
    if (task_ != other.task_ || threshold_ != other.threshold_ || scale_ != other.scale_ ||
        levels_.size() != other.levels_.size()) {
        raise("outcome_totals: merging a " + std::string(to_string(task_)) + " task at threshold " +
              detail::shown(threshold_) + " with " + detail::shown(levels_.size()) +
              " loss levels of scale " + detail::shown(scale_) + " and a " +
              std::string(to_string(other.task_)) + " task at " + detail::shown(other.threshold_) +
              " with " + detail::shown(other.levels_.size()) + " of " +
              detail::shown(other.scale_));
    }
    bad_labels_ += other.bad_labels_;
    bad_scores_ += other.bad_scores_;
    if (other.rows_ == 0) return;
    if (binary_) binary_->merge(*other.binary_);
    if (regression_) regression_->merge(*other.regression_);
    rows_ += other.rows_;
    for (std::size_t i = 0; i < levels_.size(); ++i) levels_[i] += other.levels_[i];
}

void outcome_totals::reset() noexcept {
    bad_labels_ = 0;
    bad_scores_ = 0;
    if (rows_ == 0) return;
    rows_ = 0;
    std::fill(levels_.begin(), levels_.end(), std::uint64_t{0});
    if (binary_) binary_->reset();
    if (regression_) regression_->reset();
}

std::size_t outcome_totals::bytes() const noexcept {
    std::size_t total = sizeof *this + levels_.size() * sizeof levels_[0];
    if (binary_) total += binary_->bytes() - sizeof *binary_;
    if (regression_) total += regression_->bytes() - sizeof *regression_;
    return total;
}

std::string outcome_totals::defect() const {
    if (task_ > prediction_task::regression) return "outcome_totals: unknown task";
    if (!std::isfinite(threshold_)) return "outcome_totals: the threshold is not finite";
    if (!(scale_ > 0) || !std::isfinite(scale_)) return "outcome_totals: the scale is not positive";
    if (levels_.empty() != (task_ == prediction_task::none) || levels_.size() == 1) {
        return "outcome_totals: the number of loss levels does not fit the task";
    }
    std::uint64_t total = 0;
    for (const std::uint64_t count : levels_) {
        if (count > rows_ - total) return "outcome_totals: more losses than rows";
        total += count;
    }
    if (total != rows_) return "outcome_totals: fewer losses than rows";
    if (binary_ && binary_->get<confusion_matrix>().classes() != 2) {
        return "outcome_totals: a binary task has two classes";
    }
    return {};
}

}  // namespace leeway::inline v0
