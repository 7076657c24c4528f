// Weighted counts of (label, prediction).
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/lanes.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// One class against the rest, or the two classes of a binary task with class 1 positive.
struct binary_counts {
    double tp{0};
    double fp{0};
    double fn{0};
    double tn{0};

    [[nodiscard]] constexpr double total() const noexcept { return tp + fp + fn + tn; }

    friend constexpr bool operator==(const binary_counts&, const binary_counts&) = default;
};

/// The weight of each (label, prediction) over classes 0 .. classes - 1.
///
/// Accuracy, precision, recall, F-beta, specificity and Matthews correlation are functions of it,
/// so it is filled once. Labels and predictions outside the classes, and bad weights, are counted
/// in rejected(). Unit weights are counted exactly below 2^53 rows a cell, so merging is then exact
/// in any order. Merging a different number of classes raises.
///
/// Cost: two range checks and one addition a row; a batch of two classes without weights runs at
/// memory speed (8 bytes a row). Memory: 8 classes^2 bytes. Thread rule: one writer.
class confusion_matrix {
  public:
    using sample_type = class_outcome;
    static constexpr std::string_view kind = "confusion_matrix";
    static constexpr std::size_t most_classes = 16384;

    /// Two classes.
    confusion_matrix() : confusion_matrix(2) {}
    explicit confusion_matrix(std::size_t classes) : classes_(classes) {
        if (classes < 1 || classes > most_classes)
            raise_invalid("confusion_matrix", "classes", classes, "1 to 16384");
        cells_.assign(classes * classes, 0.0);
    }

    /// Two classes of which the weights are known, 1 the positive one. `squared_weights` is the sum
    /// of the squares of the rows' weights, not of these.
    [[nodiscard]] static confusion_matrix of(const binary_counts& counts, double squared_weights) {
        confusion_matrix made(2);
        made.cells_ = {counts.tn, counts.fp, counts.fn, counts.tp};
        made.squared_weights_ = squared_weights;
        return made;
    }

    void update(class_outcome sample) noexcept {
        if (!rejected_.accepts_weight(sample.weight)) return;
        // A negative class becomes a large one.
        const auto label = static_cast<std::size_t>(static_cast<std::uint32_t>(sample.label));
        const auto prediction =
            static_cast<std::size_t>(static_cast<std::uint32_t>(sample.prediction));
        if (label >= classes_ || prediction >= classes_) [[unlikely]] {
            ++rejected_.label;
            return;
        }
        cells_[label * classes_ + prediction] += sample.weight;
        squared_weights_ += sample.weight * sample.weight;
    }

    void update(const class_outcome::columns& batch) {
        require_lengths("confusion_matrix", batch);
        std::size_t row = 0;
        if (classes_ == 2 && batch.weight.empty()) {
            for (; batch.size() - row >= block; row += block) {
                if (!add_binary_block(batch.label.data() + row, batch.prediction.data() + row)) {
                    for (std::size_t i = row; i < row + block; ++i) update(batch[i]);
                }
            }
        }
        for (; row < batch.size(); ++row) update(batch[row]);
    }

    /// As many rows of weight 1, counted elsewhere. Classes out of range raise.
    void add(std::size_t label, std::size_t prediction, std::uint64_t rows) {
        require_class(label);
        require_class(prediction);
        cells_[label * classes_ + prediction] += static_cast<double>(rows);
        squared_weights_ += static_cast<double>(rows);
    }

    void merge(const confusion_matrix& other) {
        if (classes_ != other.classes_) {
            raise("confusion_matrix: merging " + detail::shown(other.classes_) + " classes into " +
                  detail::shown(classes_));
        }
        rejected_.merge(other.rejected_);
        squared_weights_ += other.squared_weights_;
        for (std::size_t i = 0; i < cells_.size(); ++i) cells_[i] += other.cells_[i];
    }

    void decay(double factor) {
        if (!(factor >= 0 && factor <= 1))
            raise_invalid("confusion_matrix::decay", "factor", factor, "0 to 1");
        for (double& cell : cells_) cell *= factor;
        squared_weights_ *= factor * factor;
    }

    void reset() noexcept {
        std::fill(cells_.begin(), cells_.end(), 0.0);
        squared_weights_ = 0;
        rejected_ = {};
    }

    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    [[nodiscard]] double cell(std::size_t label, std::size_t prediction) const {
        require_class(label);
        require_class(prediction);
        return cells_[label * classes_ + prediction];
    }
    /// All cells, a row of predictions for each label.
    [[nodiscard]] std::span<const double> cells() const noexcept { return cells_; }

    /// Weight of the rows with this label.
    [[nodiscard]] double label_total(std::size_t label) const {
        require_class(label);
        double sum = 0;
        for (std::size_t j = 0; j < classes_; ++j) sum += cells_[label * classes_ + j];
        return sum;
    }
    /// Weight of the rows with this prediction.
    [[nodiscard]] double prediction_total(std::size_t prediction) const {
        require_class(prediction);
        double sum = 0;
        for (std::size_t i = 0; i < classes_; ++i) sum += cells_[i * classes_ + prediction];
        return sum;
    }
    /// Weight of the rows whose prediction equals their label.
    [[nodiscard]] double correct() const noexcept {
        double sum = 0;
        for (std::size_t i = 0; i < classes_; ++i) sum += cells_[i * classes_ + i];
        return sum;
    }
    [[nodiscard]] double total() const noexcept {
        double sum = 0;
        for (const double cell : cells_) sum += cell;
        return sum;
    }
    /// Sum of w^2: total()^2 over it is Kish's effective number of rows.
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return squared_weights_; }

    /// Class c as the positive one, all others as the negative one.
    [[nodiscard]] binary_counts one_vs_rest(std::size_t c) const {
        binary_counts counted;
        counted.tp = cell(c, c);
        for (std::size_t i = 0; i < classes_; ++i) {
            for (std::size_t j = 0; j < classes_; ++j) {
                const double weight = cells_[i * classes_ + j];
                if (i == c && j != c) counted.fn += weight;
                if (i != c && j == c) counted.fp += weight;
                if (i != c && j != c) counted.tn += weight;
            }
        }
        return counted;
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + cells_.size() * sizeof cells_[0];
    }

    friend bool operator==(const confusion_matrix&, const confusion_matrix&) = default;

    [[nodiscard]] std::string defect() const {
        if (classes_ < 1 || classes_ > most_classes || cells_.size() != classes_ * classes_)
            return "confusion_matrix: not one cell a pair of classes";
        for (const double cell : cells_) {
            if (!(cell >= 0)) return "confusion_matrix: a cell's weight is negative or NaN";
        }
        if (!(squared_weights_ >= 0)) return "confusion_matrix: negative squared weights";
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("classes", self.classes_);
        visit("cells", self.cells_);
        visit("squared_weights", self.squared_weights_);
        visit("rejected", self.rejected_);
    }

  private:
    static constexpr std::size_t block = 1024;

    void require_class(std::size_t c) const {
        if (c >= classes_)
            raise_invalid("confusion_matrix", "class", c,
                          "below the number of classes, " + detail::shown(classes_));
    }

    /// Adds `block` rows of unit weight; false, with nothing added, when one is not 0 or 1. The
    /// trip count is a constant, so that compilers vectorise the loop without being asked.
    bool add_binary_block(const std::int32_t* labels, const std::int32_t* predictions) noexcept {
        std::uint32_t positive = 0, predicted = 0, both = 0, seen = 0;
        detail::with_lanes([&](auto) {
            std::uint32_t sums[3] = {};
            std::uint32_t any = 0;
            for (std::size_t i = 0; i < block; ++i) {
                const auto label = static_cast<std::uint32_t>(labels[i]);
                const auto prediction = static_cast<std::uint32_t>(predictions[i]);
                sums[0] += label;
                sums[1] += prediction;
                sums[2] += label & prediction;
                any |= label | prediction;
            }
            positive = sums[0], predicted = sums[1], both = sums[2], seen = any;
        });
        if (seen > 1) [[unlikely]]
            return false;
        cells_[3] += both;
        cells_[2] += positive - both;
        cells_[1] += predicted - both;
        cells_[0] += static_cast<std::uint32_t>(block) - positive - predicted + both;
        squared_weights_ += static_cast<double>(block);
        return true;
    }

    std::uint64_t classes_{2};
    std::vector<double> cells_;
    double squared_weights_{0};
    rejections rejected_;
};

}  // namespace leeway::inline v0
