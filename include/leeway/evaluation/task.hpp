// What is being evaluated: the few facts that the numbers alone do not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/expected_cost.hpp"

namespace leeway::inline v0 {

/// Figures of a binary task that have a parameter: a report has those that are asked for, beside
/// the usual ones (recall_at_precision_0.9 and its kin).
struct more_binary_figures {
    std::vector<double> betas{};                 ///< f_beta: each at least 0
    std::vector<double> precisions{};            ///< recall_at_precision: each in [0, 1]
    std::vector<double> recalls{};               ///< precision_ and threshold_at_recall: (0, 1]
    std::vector<double> specificities{};         ///< sensitivity_at_specificity: [0, 1]
    std::vector<double> false_positive_rates{};  ///< partial_roc_auc up to it: (0, 1]
    /// The calibration errors over so many bins, of equal width (expected_calibration_error_20) and
    /// of equal mass (adaptive_expected_calibration_error_20): each 1 to 65536.
    std::vector<std::size_t> bins{};

    friend bool operator==(const more_binary_figures&, const more_binary_figures&) = default;
};

/// The same of a multiclass task.
struct more_multiclass_figures {
    /// For each class against the rest, and averaged where the range has ends: Matthews
    /// correlation, kappa, balanced accuracy, informedness, markedness, Fowlkes-Mallows; for each
    /// class the likelihood ratios and the diagnostic odds ratio. And the adjusted balanced
    /// accuracy.
    bool thorough{false};
    std::vector<double> betas{};      ///< f_beta: each at least 0
    std::vector<std::size_t> bins{};  ///< the calibration errors over so many bins of equal width

    friend bool operator==(const more_multiclass_figures&,
                           const more_multiclass_figures&) = default;
};

/// Labels 0 and 1; 1 is the positive class. A row is predicted positive when score >= threshold.
struct binary_task {
    double threshold{0.5};  ///< finite; not used when decisions are given instead of scores
    confidence_level confidence{confidence_95};
    /// The scores are margins (signed distances, logits) and no probabilities: hinge_loss instead
    /// of the figures of probabilities. The natural threshold is then 0.
    bool margins{false};
    /// Also the figures that fit a model to the rows or sort them anew (calibration_slope ...).
    bool thorough{false};
    std::vector<expected_cost> costs{};  ///< of two classes; a figure each, under its own key
    /// At least 1; 1: the calling thread alone, which is also used when decisions are given. The
    /// rows are split between them, so sums may differ in their last digits from those of one
    /// thread, and never from one run to the next.
    std::size_t threads{1};
    /// Not in `fields`: what a report shows is asked when it is made, bounded_evaluation::result().
    more_binary_figures also{};

    friend bool operator==(const binary_task&, const binary_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("threshold", self.threshold);
        visit("confidence", self.confidence);
        visit("margins", self.margins);
        visit("thorough", self.thorough);
        visit("costs", self.costs);
    }
};

/// Labels 0 .. classes - 1, each row of one class. Where only probabilities are given, a row's
/// prediction is the class of the largest; of equal ones the lowest index.
struct multiclass_task {
    std::int32_t classes{0};           ///< at least 2
    std::vector<std::string> names{};  ///< one a class, for reports; empty: the index in digits
    confidence_level confidence{confidence_95};
    /// The scores are margins, the largest decides: hinge_loss instead of the figures of
    /// probabilities.
    bool margins{false};
    std::vector<std::size_t> top{2, 3, 5};  ///< k of top_k_accuracy; from `classes` on left out
    std::vector<expected_cost> costs{};     ///< of as many classes; a figure each
    /// Not in `fields`, as for binary_task.
    more_multiclass_figures also{};

    friend bool operator==(const multiclass_task&, const multiclass_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes);
        visit("names", self.names);
        visit("confidence", self.confidence);
        visit("margins", self.margins);
        visit("top", self.top);
        visit("costs", self.costs);
    }
};

/// Rows that have each of several labels or not. Where only scores are given, a row is predicted to
/// have a label when its score >= threshold.
struct multilabel_task {
    std::int32_t labels{0};            ///< at least 1
    std::vector<std::string> names{};  ///< one a label, for reports; empty: the index in digits
    double threshold{0.5};  ///< finite; not used when decisions are given instead of scores
    /// What a row counts as in a figure of the labels' ranking that it does not define, since it
    /// has no label (or, for label_ranking_loss, all). Left out, it is in report::skipped().
    undefined_query without_label{undefined_query::skip};
    confidence_level confidence{confidence_95};
    /// Also, of each label and averaged, what more_multiclass_figures::thorough has of classes.
    bool thorough{false};
    std::vector<double> betas{};  ///< also f_beta of these: each at least 0
};

/// Labels 0 and 1 of rows that each belong to one of groups 0 .. groups - 1, to be compared. A row
/// is predicted positive when score >= threshold.
struct group_task {
    std::int32_t groups{0};            ///< 1 to 65536
    std::vector<std::string> names{};  ///< one a group, for reports; empty: the index in digits
    double threshold{0.5};  ///< finite; not used when decisions are given instead of scores
    confidence_level confidence{confidence_95};
};

/// How many features a model was fitted with, or not known.
class feature_count {
  public:
    constexpr feature_count() = default;
    /// Not explicit: regression_task{.features = 3}.
    constexpr feature_count(std::size_t features) noexcept : known_(true), features_(features) {}

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return known_; }
    /// 0 where it is not known.
    [[nodiscard]] constexpr std::size_t operator*() const noexcept {
        return static_cast<std::size_t>(features_);
    }

    friend constexpr bool operator==(const feature_count&, const feature_count&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("known", self.known_);
        visit("features", self.features_);
    }

  private:
    bool known_{false};
    std::uint64_t features_{0};
};

/// A real target and its prediction.
struct regression_task {
    confidence_level confidence{confidence_95};
    /// Also the mean Tweedie deviance and its D2 of these powers: each at most 0 or at least 1.
    std::vector<double> powers{};
    /// Also the mean pinball loss and its D2 at these levels, each in (0, 1).
    std::vector<double> levels{};
    /// How many features the model was fitted with: also the adjusted R squared.
    feature_count features{};
    /// Also the Huber loss of these deltas: each above 0.
    std::vector<double> deltas{};

    friend bool operator==(const regression_task&, const regression_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("confidence", self.confidence);
        visit("powers", self.powers);
        visit("levels", self.levels);
        visit("features", self.features);
        visit("deltas", self.deltas);
    }
};

/// Queries with a list of scored items each, of known relevance.
struct ranking_task {
    std::vector<std::size_t> cutoffs{5, 10};  ///< figures "at k": each at least 1
    /// What a query without a relevant item counts as. Left out, it is in report::skipped().
    undefined_query without_relevant{undefined_query::skip};
    confidence_level confidence{confidence_95};
    /// Also mean_average_precision and mean_reciprocal_rank at each cutoff.
    bool thorough{false};
    /// Also ndcg and dcg, whole and at each cutoff, with the gain 2^g - 1.
    bool exponential_gain{false};

    friend bool operator==(const ranking_task&, const ranking_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("cutoffs", self.cutoffs);
        visit("without_relevant", self.without_relevant);
        visit("confidence", self.confidence);
        visit("thorough", self.thorough);
        visit("exponential_gain", self.exponential_gain);
    }
};

}  // namespace leeway::inline v0
