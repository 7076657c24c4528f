// What a model saw when it was trained, frozen: the thing that production is compared with.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/monitor/feature_reference.hpp"

namespace leeway::inline v0 {

/// What the model predicts: nothing that is labelled, a class 0 or 1, or a number.
enum class prediction_task : std::uint8_t { none, binary, regression };

[[nodiscard]] constexpr std::string_view to_string(prediction_task task) noexcept {
    switch (task) {
        case prediction_task::none:
            return "none";
        case prediction_task::binary:
            return "binary";
        case prediction_task::regression:
            return "regression";
    }
    return "unknown";
}

namespace detail {

/// An estimate as a state file holds it.
struct saved_estimate {
    bool defined{false};
    undefined reason{undefined::empty};
    double value{0};
    double lower{0};
    double upper{0};
    double confidence{0};  // 0: no interval
    double weight{0};

    [[nodiscard]] static saved_estimate of(const estimate& from);
    [[nodiscard]] estimate restored() const;
    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("defined", self.defined);
        visit("reason", self.reason);
        visit("value", self.value);
        visit("lower", self.lower);
        visit("upper", self.upper);
        visit("confidence", self.confidence);
        visit("weight", self.weight);
    }
};

}  // namespace detail

/// A metric of the model on the training rows, with its interval.
struct reference_metric {
    std::string key;  ///< "roc_auc"
    std::string unit{"1"};
    orientation better{orientation::neither};
    estimate value{undefined::empty};

    friend bool operator==(const reference_metric&, const reference_metric&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        detail::saved_estimate saved = detail::saved_estimate::of(self.value);
        visit("key", self.key);
        visit("unit", self.unit);
        visit("better", self.better);
        visit("value", saved);
        if constexpr (!std::is_const_v<Self>) self.value = saved.restored();
    }
};

/// The distribution of the model's loss on the training rows: what the error detector bets against.
///
/// The loss is a number in [0, 1] on `levels` equally spaced values, k / (levels - 1). Binary: 1
/// when the score at the threshold gives the wrong class (2 levels). Regression: the squared error,
/// clipped at `scale` (the reference's q-quantile of it), divided by scale and rounded *up* to a
/// level (64 by default). Clipping bounds it, which the guarantee needs; errors beyond the quantile
/// all count as 1, so the detector sees that there are more of them but not how large they are.
struct error_reference {
    double scale{1};                    ///< the loss's own unit is level value times scale
    double quantile{1};                 ///< q; 1 for binary
    std::vector<std::uint64_t> counts;  ///< training rows at each level
    bool lag_one_known{false};
    double lag_one{0};

    [[nodiscard]] std::size_t levels() const noexcept { return counts.size(); }
    [[nodiscard]] double value(std::size_t level) const noexcept {
        return static_cast<double>(level) / static_cast<double>(counts.size() - 1);
    }
    [[nodiscard]] std::uint64_t rows() const noexcept;
    /// Mean and standard deviation of the levels, in [0, 1]; 0 for no rows.
    [[nodiscard]] double mean() const noexcept;
    [[nodiscard]] double standard_deviation() const noexcept;

    friend bool operator==(const error_reference&, const error_reference&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("scale", self.scale);
        visit("quantile", self.quantile);
        visit("counts", self.counts);
        visit("lag_one_known", self.lag_one_known);
        visit("lag_one", self.lag_one);
    }
};

/// An immutable description of the training data and the model's errors on it: per feature the
/// frozen bins and their counts, the score's, the loss's, and the metrics.
///
/// Its id is a hash (FNV-1a) of its whole content: two references with one id describe the same
/// bins, and states collected against references of different ids refuse to merge.
/// Copying costs one pointer. Thread rule: immutable, read from any thread. Saved and loaded as a
/// state file of kind "reference" (core/state_file.hpp); what a file says is checked before it is
/// believed.
class reference {
  public:
    static constexpr std::string_view kind = "reference";

    /// Empty: no feature, no row. For loading into.
    reference();

    [[nodiscard]] std::uint64_t id() const noexcept { return content_->id; }
    /// The same, under the name by which state files ask for it.
    [[nodiscard]] std::uint64_t reference_id() const noexcept { return content_->id; }

    [[nodiscard]] std::uint64_t rows() const noexcept { return content_->rows; }
    [[nodiscard]] std::span<const feature_reference> features() const noexcept {
        return content_->features;
    }
    /// By name; an unknown one raises a sentence that suggests the nearest.
    [[nodiscard]] const feature_reference& operator[](std::string_view name) const;
    [[nodiscard]] std::size_t index(std::string_view name) const;

    /// The score's distribution; null when the builder was given no scores.
    [[nodiscard]] const feature_reference* score() const noexcept {
        return content_->score.empty() ? nullptr : content_->score.data();
    }
    /// The loss's distribution; null when the builder was given no labels with scores.
    [[nodiscard]] const error_reference* error() const noexcept {
        return content_->error.empty() ? nullptr : content_->error.data();
    }
    [[nodiscard]] prediction_task task() const noexcept { return content_->task; }
    /// Binary: a score at or above it predicts class 1.
    [[nodiscard]] double threshold() const noexcept { return content_->threshold; }
    [[nodiscard]] std::span<const reference_metric> metrics() const noexcept {
        return content_->metrics;
    }
    /// By key; undefined (empty) when the reference does not hold it.
    [[nodiscard]] estimate metric(std::string_view key) const noexcept;

    friend bool operator==(const reference& a, const reference& b) {
        return a.content_ == b.content_ || *a.content_ == *b.content_;
    }

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        if constexpr (std::is_const_v<Self>) {
            content::fields(*self.content_, visit);
        } else {
            content read;
            content::fields(read, visit);
            self = reference(std::move(read));
        }
    }

  private:
    friend class reference_builder;

    struct content {
        std::uint64_t id{0};  // derived: not a field
        std::uint64_t rows{0};
        prediction_task task{prediction_task::none};
        double threshold{0.5};
        std::vector<feature_reference> features;
        std::vector<feature_reference> score;  // none or one
        std::vector<error_reference> error;    // none or one
        std::vector<reference_metric> metrics;

        friend bool operator==(const content&, const content&) = default;

        template <class Self, class Visitor>
        static void fields(Self& self, Visitor&& visit) {
            visit("rows", self.rows);
            visit("task", self.task);
            visit("threshold", self.threshold);
            visit("features", self.features);
            visit("score", self.score);
            visit("error", self.error);
            visit("metrics", self.metrics);
        }
    };

    explicit reference(content made);

    std::shared_ptr<const content> content_;
};

}  // namespace leeway::inline v0
