// What is being evaluated: the few facts that the numbers alone do not tell.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/expected_cost.hpp"

namespace leeway::inline v0 {

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
};

/// Labels 0 and 1 of rows that each belong to one of groups 0 .. groups - 1, to be compared. A row
/// is predicted positive when score >= threshold.
struct group_task {
    std::int32_t groups{0};            ///< 1 to 65536
    std::vector<std::string> names{};  ///< one a group, for reports; empty: the index in digits
    double threshold{0.5};  ///< finite; not used when decisions are given instead of scores
    confidence_level confidence{confidence_95};
};

/// A real target and its prediction.
struct regression_task {
    confidence_level confidence{confidence_95};
    /// Also the mean Tweedie deviance and its D2 of these powers: each at most 0 or at least 1.
    std::vector<double> powers{};
    /// Also the mean pinball loss and its D2 at these levels, each in (0, 1).
    std::vector<double> levels{};
    /// How many features the model was fitted with: also the adjusted R squared.
    std::optional<std::size_t> features{};

    friend bool operator==(const regression_task&, const regression_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("confidence", self.confidence);
    }
};

/// Queries with a list of scored items each, of known relevance.
struct ranking_task {
    std::vector<std::size_t> cutoffs{5, 10};  ///< figures "at k": each at least 1
    /// What a query without a relevant item counts as. Left out, it is in report::skipped().
    undefined_query without_relevant{undefined_query::skip};
    confidence_level confidence{confidence_95};

    friend bool operator==(const ranking_task&, const ranking_task&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("cutoffs", self.cutoffs);
        visit("without_relevant", self.without_relevant);
        visit("confidence", self.confidence);
    }
};

}  // namespace leeway::inline v0
