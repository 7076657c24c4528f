// How many times richer in positives the rows with the highest scores are.
#pragma once

#include <limits>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/gain_at.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

/// Lift at a fraction: the share of positives in the `fraction` of the rows with the highest scores
/// over their share in all rows, which is gain_at / fraction; in [0, 1 / fraction], higher is
/// better, 1 for scores that know nothing.
///
/// Undefined, interval, certified band, cost and source: those of gain_at, whose ends are divided
/// by the fraction. A fraction outside (0, 1] raises. Key: "lift_at_0.1". Thread rule: a pure
/// function.
struct lift_at {
    using state_type = score_table;
    static constexpr info_card info{"lift_at",
                                    "1",
                                    0,
                                    std::numeric_limits<double>::infinity(),
                                    orientation::higher_is_better,
                                    "there is no positive"};

    double fraction{0.1};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const {
        return std::string(info.name) + "_" + detail::shown(fraction);
    }

    [[nodiscard]] estimate operator()(const score_curve& curve) const { return of(curve); }
    [[nodiscard]] estimate operator()(const score_cells& cells) const { return of(cells); }

    [[nodiscard]] estimate of_sample(const score_cells& cells) const {
        require_fraction();
        return divided(gain_at{fraction, confidence}.of_sample(cells));
    }

  private:
    template <class Curve>
    [[nodiscard]] estimate of(const Curve& curve) const {
        require_fraction();
        return divided(gain_at{fraction, confidence}(curve));
    }
    [[nodiscard]] estimate divided(const estimate& gain) const {
        if (!gain) return gain;
        return estimate::within(gain.value() / fraction, gain.lower() / fraction,
                                gain.upper() / fraction, gain.confidence(), gain.weight());
    }
    void require_fraction() const {
        if (!(fraction > 0 && fraction <= 1))
            raise_invalid(info.name, "fraction", fraction, "above 0, at most 1");
    }
};

}  // namespace leeway::inline v0
