// A score_curve with what several of its figures are made of.
#pragma once

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "leeway/core/version.hpp"
#include "leeway/metrics/mean_precision_interval.hpp"
#include "leeway/metrics/placements.hpp"
#include "leeway/metrics/point_sums.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

namespace detail {

/// sum_i (R_i - R_(i-1)) P_i, what average_precision is; the curve must have positives.
[[nodiscard]] inline double sum_of_precisions(const score_curve& curve) noexcept {
    const double sum = sum_of_steps(curve.points(), [](auto before, auto, auto tp, auto fp) {
        return (tp - before) * (tp / (tp + fp));
    });
    return std::min(sum / curve.positives(), 1.0);
}

/// A value that the first thread to ask for it makes, and the others wait for.
template <class T>
class made_once {
  public:
    /// `make` does not throw.
    template <class Make>
    [[nodiscard]] const T& get(const Make& make) const noexcept {
        int seen = none;
        if (stage_.compare_exchange_strong(seen, begun)) {
            value_.emplace(make());
            stage_ = made;
            stage_.notify_all();
        } else {
            for (; seen != made; seen = stage_) stage_.wait(begun);
        }
        return *value_;
    }

  private:
    enum : int { none, begun, made };
    mutable std::atomic<int> stage_{none};
    mutable std::optional<T> value_;
};

}  // namespace detail

/// For a report: the passes over the curve that ROC AUC and Gini, or average precision and the
/// other areas under the precision-recall points, would each make are made once, when the first of
/// them asks. Every metric of a score_curve takes it.
///
///     const measured_curve curve(score_curve::turns_of(rows));
///     roc_auc{}(curve); gini{}(curve); average_precision{}(curve); pr_auc_interpolated{}(curve);
///
/// Neither copied nor moved. Thread rule: may be asked from several threads at once.
class measured_curve {
  public:
    explicit measured_curve(score_curve curve) : curve_(std::move(curve)) {}

    operator const score_curve&() const noexcept { return curve_; }
    [[nodiscard]] const score_curve& curve() const noexcept { return curve_; }
    [[nodiscard]] const placements& places() const noexcept {
        return places_.get([this] { return placements_of(curve_); });
    }
    /// The value of the metric, and what its variance is made of; the curve must have positives.
    [[nodiscard]] double average_precision() const noexcept {
        return precision_.get([this] { return detail::sum_of_precisions(curve_); });
    }
    [[nodiscard]] const mean_precision_pulls& pulls() const noexcept {
        return pulls_.get([this] { return mean_precision_pulls(curve_, average_precision()); });
    }

  private:
    score_curve curve_;
    detail::made_once<placements> places_;
    detail::made_once<double> precision_;
    detail::made_once<mean_precision_pulls> pulls_;
};

/// mean_precision_interval with the curve's own pulls.
[[nodiscard]] inline estimate mean_precision_interval(const measured_curve& curve, double value,
                                                      confidence_level confidence) {
    return detail::mean_precision_interval_of(curve.curve(), value, confidence,
                                              [&] { return curve.pulls().variance(value); });
}

}  // namespace leeway::inline v0
