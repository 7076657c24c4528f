// What an evaluation returns: every figure with its interval, and what was left out and why.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The figures of one evaluation, made by evaluate(); plain data, independent of the rows it was
/// made from.
///
/// Every figure is an estimate: a value with its interval where the metric has one, or undefined
/// with a reason. Its size does not grow with the rows: some twenty figures, and four for each
/// class of a multiclass task. Thread rule: immutable after evaluate() returns it, so any number of
/// readers.
class report {
  public:
    struct entry {
        std::string key;  ///< the catalogue's name, with _micro, _macro or _weighted for averages
        estimate value;

        friend bool operator==(const entry&, const entry&) = default;
    };

    /// The one-against-the-rest figures of one class of a multiclass task; those of one label, or
    /// of one output of a regression of several; the rates of one group.
    struct class_figures {
        std::int32_t index{0};
        std::string name;  ///< the task's name for it, or its index in digits
        double weight{0};  ///< weight of the rows whose label it is, or have the label, or are
                           ///< of the group
        std::vector<entry> entries{};

        friend bool operator==(const class_figures&, const class_figures&) = default;
    };

    /// The rows' weights by label (down) and prediction (across), row by row.
    struct confusion_counts {
        std::vector<std::string> classes{};
        std::vector<double> cells{};  ///< classes.size() squared

        friend bool operator==(const confusion_counts&, const confusion_counts&) = default;
    };
    /// Of more classes than this it is left out of a report.
    static constexpr std::size_t most_confusion_classes = 100;

    /// What evaluate() fills in.
    struct content {
        std::string task;  ///< report::task()
        std::uint64_t rows{0};
        double weight{0};
        rejections rejected;
        std::uint64_t infinite_losses{0};
        std::uint64_t skipped{0};
        confidence_level confidence{confidence_95};
        std::vector<entry> entries;
        std::vector<class_figures> classes;
        confusion_counts confusion{};
        bool bounded{false};
        std::vector<std::string> left_out{};
    };

    explicit report(content figures) : content_(std::move(figures)) {}

    /// Everything at once, to be made into another report: with rows added that were left out
    /// before evaluate() saw them, say.
    [[nodiscard]] const content& contents() const noexcept { return content_; }

    /// The figure of a metric: report[roc_auc{}], report[f_beta{1.0, average::macro}]. Raises when
    /// the report has no such figure (naming the nearest key and all there are), and when the
    /// metric asks for another confidence than the report was made with.
    template <class M>
    requires requires { M::info; }
    [[nodiscard]] const estimate& operator[](const M& metric) const {
        if constexpr (requires { metric.confidence.level; }) {
            require_confidence(metric.confidence.level);
        }
        return at(key_of(metric));
    }

    /// The figure of that key; raises when there is none, naming the nearest and all there are.
    [[nodiscard]] const estimate& at(std::string_view key) const;
    [[nodiscard]] bool contains(std::string_view key) const noexcept;

    /// All figures of the task, in the order in which they are shown.
    [[nodiscard]] const std::vector<entry>& entries() const noexcept { return content_.entries; }
    /// Figures of each class of a multiclass task, of each label, of each group, or of each output
    /// of a regression of several; else empty.
    [[nodiscard]] const std::vector<class_figures>& classes() const noexcept {
        return content_.classes;
    }

    /// The confusion matrix of a binary or multiclass task of at most most_confusion_classes; else
    /// empty.
    [[nodiscard]] const confusion_counts& confusion() const noexcept { return content_.confusion; }

    /// "binary", "multiclass", "multilabel", "groups", "regression", "ranking", "forecast" or
    /// "survival".
    [[nodiscard]] std::string_view task() const noexcept { return content_.task; }
    /// Rows given, the rejected ones included.
    [[nodiscard]] std::uint64_t rows() const noexcept { return content_.rows; }
    /// Weight of the rows that were not rejected (their number when unweighted).
    [[nodiscard]] double weight() const noexcept { return content_.weight; }
    /// Rows that at least one figure did not take, by reason. Of these, `range` (a score outside
    /// [0, 1]) are left out only where a probability is needed: log_loss, brier_score and
    /// expected_calibration_error; the other reasons leave a row out of every figure. Of a forecast
    /// `range` are crossed ends or quantiles and deviations that are none, of survival times below
    /// 0, of a ranking queries whose gains leave the range of a double.
    [[nodiscard]] const rejections& rejected() const noexcept { return content_.rejected; }
    /// Rows that were certain of the wrong class: each makes log_loss infinite, and nothing is
    /// clipped to hide it. Of a regression: rows whose squared error overflows.
    /// Of a forecast: those, and rows whose logarithmic score does.
    [[nodiscard]] std::uint64_t infinite_losses() const noexcept {
        return content_.infinite_losses;
    }
    /// Queries of a ranking that have no relevant item, or rows of a multilabel task without a
    /// label, that were left out of the figures that need one, by the task's choice.
    [[nodiscard]] std::uint64_t skipped() const noexcept { return content_.skipped; }
    /// Whether it is a bounded_evaluation's. A figure that would need all rows is then a band that
    /// always holds (its confidence() is 1), which bounds what the tables did not keep and not the
    /// luck of the sample; the other figures and their intervals are those of evaluate().
    [[nodiscard]] bool bounded() const noexcept { return content_.bounded; }
    /// Keys that evaluate() has and this report has not, since they need all rows.
    [[nodiscard]] const std::vector<std::string>& left_out() const noexcept {
        return content_.left_out;
    }
    /// The confidence of every interval in the report, but for bands that always hold.
    [[nodiscard]] const confidence_level& confidence() const noexcept {
        return content_.confidence;
    }

  private:
    void require_confidence(double level) const;

    content content_;
};

}  // namespace leeway::inline v0
