// What the metrics of a confusion matrix compute with: the classes that were seen, and the delta
// method over them.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <span>
#include <utility>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// A square table of weights, label by prediction.
class class_table {
  public:
    /// All classes of the counts.
    [[nodiscard]] static class_table all(const confusion_matrix& counts) {
        class_table table(counts.classes());
        table.seen_ = counts.classes();
        for (std::size_t c = 0; c < table.seen_; ++c) table.numbers_[c] = c;
        table.cells_.assign(counts.cells().begin(), counts.cells().end());
        return table;
    }

    /// The classes with weight in truth or prediction, in order. When that is one class of several,
    /// a second, empty one follows, so that an interval knows that rows could have gone elsewhere.
    [[nodiscard]] static class_table seen(const confusion_matrix& counts) {
        const std::size_t classes = counts.classes();
        std::vector<bool> has_weight(classes);
        for (std::size_t i = 0; i < classes; ++i) {
            for (std::size_t j = 0; j < classes; ++j) {
                if (counts.cells()[i * classes + j] > 0) has_weight[i] = has_weight[j] = true;
            }
        }
        std::vector<std::size_t> kept;
        for (std::size_t c = 0; c < classes; ++c) {
            if (has_weight[c]) kept.push_back(c);
        }
        class_table table(std::max(kept.size(), std::min<std::size_t>(classes, 2)));
        table.seen_ = kept.size();
        std::copy(kept.begin(), kept.end(), table.numbers_.begin());
        if (kept.size() == 1 && classes > 1) table.numbers_[1] = kept[0] == 0 ? 1 : 0;
        for (std::size_t i = 0; i < kept.size(); ++i) {
            for (std::size_t j = 0; j < kept.size(); ++j) {
                table(i, j) = counts.cells()[kept[i] * classes + kept[j]];
            }
        }
        return table;
    }

    /// One class against the rest: class 0 is the rest, class 1 the one.
    [[nodiscard]] static class_table of(const binary_counts& counts) {
        class_table table(2);
        table.seen_ = 2;
        table.numbers_ = {0, 1};
        table.cells_ = {counts.tn, counts.fp, counts.fn, counts.tp};
        return table;
    }

    /// Classes in the table; those with weight come first.
    [[nodiscard]] std::size_t classes() const noexcept { return classes_; }
    [[nodiscard]] std::size_t seen() const noexcept { return seen_; }
    /// The number that the table's class c has among those of the counts.
    [[nodiscard]] std::size_t number(std::size_t c) const noexcept { return numbers_[c]; }
    [[nodiscard]] double operator()(std::size_t label, std::size_t prediction) const noexcept {
        return cells_[label * classes_ + prediction];
    }
    [[nodiscard]] double& operator()(std::size_t label, std::size_t prediction) noexcept {
        return cells_[label * classes_ + prediction];
    }
    [[nodiscard]] std::span<double> cells() noexcept { return cells_; }
    [[nodiscard]] std::span<const double> cells() const noexcept { return cells_; }

    /// The counts of each class against the rest. Only additions, so that a count is zero exactly
    /// when its cells are, whatever the weights; O(classes^2) for all classes together.
    [[nodiscard]] std::vector<binary_counts> one_vs_rest() const {
        std::vector<binary_counts> all(classes_);
        for (std::size_t i = 0; i < classes_; ++i) {
            all[i].tp = (*this)(i, i);
            // tn of c gathers, from every other label's row, what lies before and behind column c.
            double before = 0;
            for (std::size_t j = 0; j < classes_; ++j) {
                if (j != i) {
                    all[i].fn += (*this)(i, j);
                    all[j].fp += (*this)(i, j);
                    all[j].tn += before;
                }
                before += (*this)(i, j);
            }
            double behind = 0;
            for (std::size_t j = classes_; j-- > 0;) {
                if (j != i) all[j].tn += behind;
                behind += (*this)(i, j);
            }
        }
        return all;
    }

  private:
    explicit class_table(std::size_t classes)
        : classes_(classes), numbers_(classes), cells_(classes * classes) {}

    std::size_t classes_;
    std::size_t seen_{0};
    std::vector<std::size_t> numbers_;
    std::vector<double> cells_;
};

namespace detail {

/// A figure of a table that was drawn towards chance, with its standard error by the delta method.
struct shrunk_figure {
    double value;
    double standard_error;
};

template <class Figure>
[[nodiscard]] shrunk_figure shrink(class_table table, double rows_per_weight,
                                   confidence_level confidence, Figure figure) {
    const double z = confidence.critical;
    const double added = z * z / 2 / static_cast<double>(table.cells().size());
    for (double& cell : table.cells()) cell = cell * rows_per_weight + added;

    std::vector<double> gradient(table.cells().size());
    const double value = figure(std::as_const(table), std::span<double>(gradient));
    double rows = 0;
    double first = 0;
    double second = 0;
    for (std::size_t i = 0; i < gradient.size(); ++i) {
        const double cell = table.cells()[i];
        rows += cell;
        first += cell * gradient[i];
        second += cell * gradient[i] * gradient[i];
    }
    return {value, std::sqrt(std::max(0.0, second - first * first / rows))};
}

}  // namespace detail

/// The interval of a smooth figure of a confusion matrix, by the delta method on multinomial counts
/// that are first drawn towards chance.
///
/// figure(table, gradient) returns the figure of a table whose cells are all positive and writes
/// its derivative by each cell. With C the cells, n their sum and D the derivatives, the variance
/// is sum C D^2 - (sum C D)^2 / n. At a perfect score every D is zero, and the plain method claims
/// to be certain after five rows; so z^2 / 2 rows are spread evenly over the cells first, as A.
/// Agresti and B. Coull do for a single share. The interval covers value - h to value + h and the
/// same about the shrunk table's figure, clipped to the range.
///
/// Simulated coverage of the 95 % interval of macro F1, balanced accuracy and Matthews correlation,
/// for 2, 3 and 10 classes, 20 and 100 rows and accuracies of 0.75 to 0.99, with two rows or more
/// expected of each class (tests/metrics/class_table.cpp): 91 to 100 %; the plain method's falls to
/// 17 %. Where classes have about one row each, averages over them cover less: 86 % for 3 classes
/// at 20 rows, 78 % for 10 at 100, since the classes seen are then not those averaged over.
///
/// `rows_per_weight`: effective rows (Kish) over the weight. Source: A. Agresti, "Categorical Data
/// Analysis", 2nd ed. (2002), section 14.1; A. Agresti, B. Coull, "Approximate is better than
/// 'exact' for interval estimation of binomial proportions", The American Statistician 52 (1998).
template <class Figure>
[[nodiscard]] estimate delta_interval(double value, class_table table, double rows_per_weight,
                                      double weight, confidence_level confidence,
                                      const info_card& info, Figure figure) {
    const auto shrunk = detail::shrink(std::move(table), rows_per_weight, confidence, figure);
    const double half = confidence.critical * shrunk.standard_error;
    return estimate::within(value, std::max(std::min(value, shrunk.value) - half, info.lowest),
                            std::min(std::max(value, shrunk.value) + half, info.highest),
                            confidence.level, weight);
}

/// The same on the scale of the logarithm, for a positive figure without an upper end (a ratio of
/// rates or odds): a factor of exp(z s / figure) to either side. Where the figure itself is 0, so
/// is the lower end.
///
/// For two classes and 95 % the rows added are 0.48 a cell, which is near the 1/2 of J. Gart, "On
/// the combination of relative risks", Biometrics 18 (1962). Simulated coverage of the 95 %
/// interval of likelihood and odds ratios, among the samples that have one
/// (tests/metrics/class_table.cpp): 92 to 98 % for 40 and 200 rows.
template <class Figure>
[[nodiscard]] estimate log_delta_interval(double value, class_table table, double rows_per_weight,
                                          double weight, confidence_level confidence,
                                          Figure figure) {
    const auto shrunk = detail::shrink(std::move(table), rows_per_weight, confidence, figure);
    const double factor = std::exp(confidence.critical * shrunk.standard_error / shrunk.value);
    return estimate::within(value, std::min(value, shrunk.value) / factor,
                            std::max(value, shrunk.value) * factor, confidence.level, weight);
}

}  // namespace leeway::inline v0
