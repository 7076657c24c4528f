#include "cli/model_comparison.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <type_traits>

#include "cli/columns.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/compose/bootstrapped.hpp"
#include "leeway/compose/state_set.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/evaluation/bootstrap_difference.hpp"
#include "leeway/evaluation/delong_test.hpp"
#include "leeway/evaluation/diebold_mariano.hpp"
#include "leeway/evaluation/mcnemar_test.hpp"
#include "leeway/evaluation/unseen_rows.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::cli {

namespace {

/// Any figure of a confusion matrix, so that the bootstrap is compiled once for all of them.
struct decision_figure {
    using state_type = confusion_matrix;
    static constexpr info_card info{"decision_figure", "1"};

    std::function<estimate(const confusion_matrix&)> read;

    [[nodiscard]] estimate operator()(const confusion_matrix& counts) const { return read(counts); }
};

/// The mean of a loss of each row.
template <class M>
concept MeanOfRows = requires(const typename M::state_type& state) {
    state.loss();
    state.infinite();
};

/// Student's t of weighted differences d. The mean M = sum w d / W is a ratio, whose variance is
/// sum w^2 (d - M)^2 / W^2 to first order, times n / (n - 1) with Kish's n = W^2 / sum w^2 rows, so
/// that equal weights give the usual test; n - 1 degrees. Source: W. Cochran, "Sampling
/// Techniques" (1977), section 6.3.
comparison weighted_t(const std::vector<double>& first, const std::vector<double>& second,
                      const std::vector<double>& weight, const confidence_level& confidence) {
    compensated_sum sum, squares, weighted;
    for (std::size_t row = 0; row < weight.size(); ++row) {
        sum.add(weight[row]);
        squares.add(weight[row] * weight[row]);
        weighted.add(weight[row] * (first[row] - second[row]));
    }
    comparison answer;
    answer.rows = static_cast<double>(weight.size());
    if (weight.empty()) return answer;
    const double total = sum.value();
    const double mean = weighted.value() / total;
    if (!std::isfinite(mean) || !std::isfinite(squares.value())) {
        answer.difference = estimate(undefined::out_of_range, total);
        return answer;
    }
    answer.difference = estimate::of(mean, total);
    const double n = effective_rows(total, squares.value());
    compensated_sum spread;
    for (std::size_t row = 0; row < weight.size(); ++row) {
        const double deviation = weight[row] * (first[row] - second[row] - mean);
        spread.add(deviation * deviation);
    }
    const double error = std::sqrt(n / (n - 1) * spread.value()) / total;
    if (!(n > 1) || !(error > 0) || !std::isfinite(error)) return answer;
    const double statistic = mean / error;
    const double half = student_t_quantile(0.5 + confidence.level / 2, n - 1) * error;
    answer.difference = estimate::within(mean, mean - half, mean + half, confidence.level, total);
    answer.statistic = statistic;
    answer.p_value = student_t_two_sided(statistic, n - 1);
    return answer;
}

struct weighed_rows {
    double weight;
    double effective;
};

}  // namespace

class model_comparison::comparing {
  public:
    comparing(const model_pair& models, const pairing& how)
        : models_(models),
          how_(how),
          a_(evaluate_all(models.first, how.confidence)),
          b_(evaluate_all(models.second, how.confidence)),
          first_(models.first.target.empty() ? decisions(models.first)
                                             : std::vector<std::int32_t>()),
          second_(models.first.target.empty() ? decisions(models.second)
                                              : std::vector<std::int32_t>()) {}

    [[nodiscard]] std::vector<paired_figure> figures() {
        see_all();
        for (const std::string& key : how_.wanted) {
            if (key == "all" || std::find(seen_.begin(), seen_.end(), key) != seen_.end()) continue;
            throw no_paired_test(
                key, "there is no paired test of '" + key + "'" + there_are(key, seen_));
        }
        return found_;
    }

    [[nodiscard]] estimate difference(const std::string& key, const confidence_level& confidence) {
        const pairing usual = std::exchange(
            how_, {.confidence = confidence, .replicates = how_.replicates, .wanted = {key}});
        see_all();
        how_ = usual;
        return found_.at(0).difference.difference;
    }

  private:
    void see_all() {
        seen_.clear();
        found_.clear();
        const auto see = [&](const auto& metric) { compare(metric); };
        switch (models_.first.task) {
            case evaluation_task::binary:
                for_each_binary_metric(how_.confidence, see);
                if (models_.first.thorough) for_each_costly_binary_metric(how_.confidence, see);
                break;
            case evaluation_task::multiclass:
                for_each_multiclass_metric(how_.confidence, see);
                break;
            default:
                for_each_regression_metric(how_.confidence, see);
        }
    }

    /// Whether the figure is to be shown; remembers that it could be.
    [[nodiscard]] bool wants(const std::string& key, bool usual) {
        seen_.push_back(key);
        if (how_.wanted.empty()) return usual;
        if (how_.wanted.front() == "all") return true;
        return std::find(how_.wanted.begin(), how_.wanted.end(), key) != how_.wanted.end();
    }

    template <class M>
    void compare(M metric) {
        const outcomes& rows = models_.first;
        if constexpr (std::is_same_v<M, accuracy>) {
            // McNemar's test is one of counts.
            if (!rows.weight.empty()) {
                of_decisions(metric);
            } else if (wants(key_of(metric), true)) {
                of_accuracy();
            }
        } else if constexpr (ClassRatioMetric<M>) {
            if (rows.task == evaluation_task::binary) {
                of_decisions(metric);
                return;
            }
            for (const average over : {average::micro, average::macro, average::weighted}) {
                metric.over = over;
                of_decisions(metric);
            }
        } else if constexpr (Reads<M, confusion_matrix>) {
            of_decisions(metric);
        } else if constexpr (std::is_same_v<M, roc_auc>) {
            const bool scored = rows.task == evaluation_task::binary && rows.prediction.empty();
            if (scored && wants(key_of(metric), true)) of_areas();
        } else if constexpr (MeanOfRows<M>) {
            const bool usual = std::is_same_v<M, mean_squared_error> ||
                               std::is_same_v<M, mean_absolute_error> ||
                               std::is_same_v<M, log_loss> || std::is_same_v<M, brier_score>;
            using row = typename M::state_type::sample_type;
            if constexpr (std::is_same_v<row, regression_outcome>) {
                if (wants(key_of(metric), usual)) of_losses(metric);
            } else if constexpr (std::is_same_v<row, probability_outcome>) {
                // The list has losses of margins too, which a report of probabilities has not.
                const bool scored = rows.task == evaluation_task::binary &&
                                    rows.prediction.empty() && a_.contains(key_of(metric));
                if (scored && probabilities() && wants(key_of(metric), usual)) of_losses(metric);
            }
        }
    }

    void add(const std::string& key, const std::string& test, orientation better,
             const comparison& answer) {
        found_.push_back({key, test, better, a_.at(key), b_.at(key), answer});
    }

    void of_accuracy() {
        const paired_decisions counts = paired(models_);
        add("accuracy", "mcnemar", accuracy::info.better,
            mcnemar_test{.confidence = how_.confidence}(
                counts.only_first_right(), counts.only_second_right(),
                static_cast<double>(models_.first.label.size())));
    }

    template <class M>
    void of_decisions(const M& metric) {
        if (how_.replicates == 0) return;
        const std::string key = key_of(metric);
        const bool usual = key == "accuracy" || key == "f1" || key == "f1_macro" ||
                           key == "balanced_accuracy" || key == "matthews_correlation";
        if (!wants(key, usual)) return;
        if (!drawn_) draw();
        const decision_figure figure{
            [metric](const confusion_matrix& counts) { return metric(counts); }};
        const comparison drawn = bootstrap_difference<decision_figure>{figure, how_.confidence}(
            drawn_->first, drawn_->second);
        add(key, "paired bootstrap", M::info.better,
            with_unseen_rows(drawn, drawn_->first.state(), drawn_->second.state(),
                             {figure.read, M::info}, how_.confidence));
    }

    void draw() {
        using resampled = bootstrapped<confusion_matrix>;
        const confusion_matrix empty(models_.first.classes.size());
        drawn_.emplace(resampled(empty, how_.replicates), resampled(empty, how_.replicates));
        const auto& label = models_.first.label;
        for (std::size_t row = 0; row < label.size(); ++row) {
            const double weight = weight_of(row);
            drawn_->first.update(row, {label[row], first_[row], weight});
            drawn_->second.update(row, {label[row], second_[row], weight});
        }
    }

    [[nodiscard]] double weight_of(std::size_t row) const {
        return models_.first.weight.empty() ? 1.0 : models_.first.weight[row];
    }
    /// All rows, or those of one label.
    [[nodiscard]] weighed_rows weighed(std::optional<std::int32_t> label = {}) const {
        compensated_sum sum, squares;
        for (std::size_t row = 0; row < models_.first.rows; ++row) {
            if (label && models_.first.label[row] != *label) continue;
            sum.add(weight_of(row));
            squares.add(weight_of(row) * weight_of(row));
        }
        return {sum.value(), effective_rows(sum.value(), squares.value())};
    }

    void of_areas() {
        const auto& label = models_.first.label;
        const delong_result areas = delong_test({.label = label,
                                                 .first = models_.first.score,
                                                 .second = models_.second.score,
                                                 .weight = models_.first.weight},
                                                how_.confidence);
        comparison answer{areas.difference, areas.z, areas.p_value,
                          static_cast<double>(label.size())};
        if (areas.z == 0.0 && !areas.difference.has_interval()) {
            // The same order: a row placed otherwise moves an area by at most its share of its
            // class.
            const double fewer = std::min(weighed(0).effective, weighed(1).effective);
            answer.difference =
                same_on_all_rows(fewer, areas.difference.weight(), roc_auc::info.lowest,
                                 roc_auc::info.highest, how_.confidence);
        }
        add("roc_auc", "delong", roc_auc::info.better, answer);
    }

    /// Whether all scores of both are; else there are no losses of them.
    [[nodiscard]] bool probabilities() const {
        const auto all_of = [](const std::vector<double>& scores) {
            return std::all_of(scores.begin(), scores.end(),
                               [](double score) { return score >= 0 && score <= 1; });
        };
        return all_of(models_.first.score) && all_of(models_.second.score);
    }

    struct row_losses {
        std::vector<double> each;
        bool taken{true};      ///< the loss is defined on every row
        bool infinite{false};  ///< on one or more
    };

    template <class M>
    [[nodiscard]] static row_losses losses_of(const outcomes& of) {
        using state = typename M::state_type;
        const auto loss = state{}.loss();
        row_losses all;
        for (std::size_t row = 0; row < of.score.size(); ++row) {
            typename state::sample_type one{};
            if constexpr (requires { one.target; }) {
                one.target = of.target[row];
                one.prediction = of.score[row];
            } else {
                one.label = of.label[row];
                one.score = of.score[row];
            }
            rejections refused;
            if (!loss.accepts(one, refused)) {
                all.taken = false;
                continue;
            }
            all.each.push_back(loss(one));
            all.infinite = all.infinite || !std::isfinite(all.each.back());
        }
        return all;
    }

    /// The mean of the rows' differences against 0, by Student's t: rows do not depend on one
    /// another, which is the Diebold-Mariano test one step ahead.
    template <class M>
    void of_losses(const M& metric) {
        const row_losses first = losses_of<M>(models_.first);
        const row_losses second = losses_of<M>(models_.second);
        comparison answer;
        answer.rows = static_cast<double>(models_.first.rows);
        if (!first.taken || !second.taken || (first.infinite && second.infinite)) {
            answer.difference = estimate(undefined::out_of_range, weighed().weight);
        } else if (first.infinite || second.infinite) {
            // The rows say so and not their luck: infinitely worse, without a test.
            constexpr double infinity = std::numeric_limits<double>::infinity();
            answer.difference =
                estimate::of(first.infinite ? infinity : -infinity, weighed().weight);
        } else if (first.each == second.each && !first.each.empty()) {
            const weighed_rows all = weighed();
            answer.difference = same_on_all_rows(all.effective, all.weight, M::info.lowest,
                                                 M::info.highest, how_.confidence);
            answer.statistic = 0;
            answer.p_value = 1;
        } else if (!models_.first.weight.empty()) {
            answer = weighted_t(first.each, second.each, models_.first.weight, how_.confidence);
        } else {
            const auto found = diebold_mariano(first.each, second.each, 1, how_.confidence);
            answer.difference = found.difference;
            if (found) {
                answer.statistic = found.statistic;
                answer.p_value = found.p_value;
            }
        }
        add(key_of(metric), "paired t", M::info.better, answer);
    }

    const model_pair& models_;
    pairing how_;
    report a_, b_;
    std::vector<std::int32_t> first_, second_;
    std::optional<std::pair<bootstrapped<confusion_matrix>, bootstrapped<confusion_matrix>>> drawn_;
    std::vector<std::string> seen_;
    std::vector<paired_figure> found_;
};

model_comparison::model_comparison(const model_pair& models, const pairing& how)
    : rows_(std::make_unique<comparing>(models, how)) {}

model_comparison::~model_comparison() = default;

std::vector<paired_figure> model_comparison::figures() {
    return rows_->figures();
}

estimate model_comparison::difference(const std::string& key, const confidence_level& confidence) {
    return rows_->difference(key, confidence);
}

}  // namespace leeway::cli
