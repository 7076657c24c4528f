// How much of a loss a model saves, against predicting how frequent the classes are.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

#include "leeway/accumulators/class_losses.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

/// How frequent one class is.
struct class_share {
    double share{0};
    double others{0};         ///< 1 - share, with its digits when the share is near 1
    double other_squares{0};  ///< sum of the squares of the other classes' shares
};

/// The shares of the classes; all zero when there is no weight.
template <PointwiseLoss Loss>
[[nodiscard]] std::vector<class_share> class_shares(const class_losses<Loss>& state) {
    const double weight = state.weight();
    std::vector<class_share> all(state.classes());
    if (!(weight > 0)) return all;
    compensated_sum squares;
    for (std::size_t c = 0; c < all.size(); ++c) {
        all[c].share = state.losses()[c].weight() / weight;
        squares.add(all[c].share * all[c].share);
    }
    for (std::size_t c = 0; c < all.size(); ++c) {
        if (all[c].share < 0.5) {
            all[c].others = 1 - all[c].share;
            all[c].other_squares = squares.value() - all[c].share * all[c].share;
            continue;
        }
        // At most two classes: a difference from the total would leave rounding alone.
        compensated_sum others, other_squares;
        for (std::size_t k = 0; k < all.size(); ++k) {
            if (k == c) continue;
            others.add(all[k].share);
            other_squares.add(all[k].share * all[k].share);
        }
        all[c].others = others.value();
        all[c].other_squares = other_squares.value();
    }
    return all;
}

/// 1 - L / L0, L the mean loss and L0 that of predicting the classes' shares for every row;
/// `null_loss(class_share)` is what a row of a class costs then.
///
/// A row of loss l and null loss k moves it by (L / L0 (k - L0) - (l - L)) / L0: the shares
/// minimise L0, so that they move does not count. The interval is that of a standard error
/// sqrt(mean square of these / rows) (score_interval), rows by Kish when weighted.
template <PointwiseLoss Loss, class NullLoss>
[[nodiscard]] estimate skill_of_loss(const class_losses<Loss>& state, confidence_level confidence,
                                     const info_card& info, NullLoss null_loss) {
    const double weight = state.weight();
    const bool infinite = state.infinite() > 0;
    if (!(weight > 0)) {
        if (infinite) return estimate::of(-std::numeric_limits<double>::infinity(), weight);
        return undefined::empty;
    }
    const std::vector<class_share> shares = class_shares(state);
    compensated_sum loss, null;
    std::size_t seen = 0;
    for (std::size_t c = 0; c < shares.size(); ++c) {
        const mean_loss<Loss>& one = state.losses()[c];
        if (one.infinite() > 0 || one.rows() > 0) ++seen;
        if (one.rows() == 0) continue;
        loss.add(shares[c].share * one.mean());
        null.add(shares[c].share * null_loss(shares[c]));
    }
    if (seen < 2) return estimate(undefined::one_class, weight);
    if (infinite) return estimate::of(-std::numeric_limits<double>::infinity(), weight);
    const double worst = null.value();
    if (!(worst > 0)) return estimate(undefined::one_class, weight);
    const double ratio = loss.value() / worst;
    compensated_sum squares;
    for (std::size_t c = 0; c < shares.size(); ++c) {
        const mean_loss<Loss>& one = state.losses()[c];
        if (one.rows() == 0) continue;
        const double pull =
            (ratio * (null_loss(shares[c]) - worst) - (one.mean() - loss.value())) / worst;
        // The mean square about the class's own mean; a single row has none.
        const double rows = effective_rows(one.weight(), one.sum_of_squared_weights());
        const double within = one.variance() * (1 - 1 / rows) / worst / worst;
        squares.add(shares[c].share * (pull * pull + (within > 0 ? within : 0)));
    }
    const double rows = effective_rows(weight, state.sum_of_squared_weights());
    return score_interval(1 - ratio, std::sqrt(squares.value() / rows), rows - 1, weight,
                          confidence, info);
}

}  // namespace leeway::inline v0
