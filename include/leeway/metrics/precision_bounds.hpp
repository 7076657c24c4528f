// What the precision at a threshold can be in the population, at every threshold at once.
#pragma once

#include <algorithm>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/distribution_margin.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Bounds that hold together, at the level, for the recall and the precision of every threshold in
/// the population that a score_curve was drawn from: the margins of the distributions of positives
/// and of negatives and of the share of positives (distribution_margin.hpp, three sides). With r
/// and q the shares of positives and negatives at or above a threshold and s that of positives, its
/// precision is s r / (s r + (1 - s) q).
///
/// They never cover less than the level in unweighted rows, thresholds chosen on the same rows
/// included; they cover more, so they are wide. The curve must have positives; without a negative
/// the distribution of negatives is unknown.
class precision_bounds {
  public:
    precision_bounds(const score_curve& curve, confidence_level confidence)
        : precision_bounds(curve.positives(), curve.negatives(), curve.effective_positives(),
                           curve.effective_negatives(), confidence) {}
    /// Of rows of weight 1.
    precision_bounds(const score_cells& cells, confidence_level confidence)
        : precision_bounds(cells.positives(), cells.negatives(), cells.positives(),
                           cells.negatives(), confidence) {}

    [[nodiscard]] double least_recall(const score_point& at) const noexcept {
        return std::max(at.positives / positives_ - of_positives_, 0.0);
    }
    [[nodiscard]] double most_recall(const score_point& at) const noexcept {
        return std::min(at.positives / positives_ + of_positives_, 1.0);
    }
    [[nodiscard]] double least_precision(const score_point& at) const noexcept {
        const double false_positives = negatives_ > 0 ? at.negatives / negatives_ : 1.0;
        const double q = std::min(false_positives + of_negatives_, 1.0);
        return precision(least_share_, least_recall(at), q);
    }
    [[nodiscard]] double most_precision(const score_point& at) const noexcept {
        const double false_positives = negatives_ > 0 ? at.negatives / negatives_ : 0.0;
        const double q = std::max(false_positives - of_negatives_, 0.0);
        return q > 0 ? precision(most_share_, most_recall(at), q) : 1.0;
    }

  private:
    precision_bounds(double p, double n, double effective_p, double effective_n,
                     confidence_level confidence)
        : positives_(p),
          negatives_(n),
          of_positives_(distribution_margin(effective_p, 3, confidence)),
          of_negatives_(distribution_margin(effective_n, 3, confidence)) {
        // Effective rows of the two classes together: Kish's, of the sums of their squares.
        const double squares = p * p / effective_p + (n > 0 ? n * n / effective_n : 0.0);
        const double of_share = distribution_margin(effective_rows(p + n, squares), 3, confidence);
        least_share_ = std::max(p / (p + n) - of_share, 0.0);
        most_share_ = std::min(p / (p + n) + of_share, 1.0);
    }

    [[nodiscard]] static double precision(double share, double recall, double q) noexcept {
        const double found = share * recall;
        return found > 0 ? found / (found + (1 - share) * q) : 0.0;
    }

    double positives_;
    double negatives_;
    double of_positives_;
    double of_negatives_;
    double least_share_;
    double most_share_;
};

}  // namespace leeway::inline v0
