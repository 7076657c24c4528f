// The decision on a drift result: effect decides, evidence says how sure.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <string_view>

#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A tolerated distance in units of the population stability index: leeway::psi(0.02).
struct psi {
    double value{0};

    constexpr psi() = default;
    constexpr explicit psi(double distance) : value(distance) {
        if (!(distance >= 0) || distance > 1e300) {
            raise_invalid("psi", "distance", distance, "a finite number >= 0");
        }
    }

    friend constexpr bool operator==(const psi&, const psi&) = default;
};

enum class verdict : std::uint8_t { within, beyond, not_enough_data };

[[nodiscard]] constexpr std::string_view to_string(verdict decision) noexcept {
    switch (decision) {
        case verdict::within:
            return "within";
        case verdict::beyond:
            return "beyond";
        case verdict::not_enough_data:
            return "not enough data";
    }
    return "unknown";
}

/// Whether a distance lies beyond the leeway, at a stated confidence.
///
/// With effect = statistic - expected_without_drift and margin = z standard_error, z the normal
/// quantile of `confidence`:
///
///     beyond            effect - margin > leeway, and p_value <= 1 - confidence where there is one
///     within            effect + margin <= leeway
///     not_enough_data   neither, or the result is undefined, or a side has fewer than least_n rows
///
/// Nothing is taken off where the test states no mean without drift. Where it states one, b, the
/// statistic is a squared distance (population stability), whose variance is proportional to effect
/// + b/2; the comparison is then made between the square roots of effect + b/2 and leeway + b/2, on
/// whose scale the standard error does not depend on the effect. A banded statistic stands in by
/// its lower end in the first line and by its upper end in the second.
///
/// So either finding is wrong with probability about 1 - confidence at most (measured for
/// population stability at nominal 1 %, true distance at the leeway, 4 to 16 bins, 100 to 20,000
/// rows: beyond 0.1 to 1.0 %, within 0 to 1.6 %), and a small sample is called neither drifted nor
/// fine for being small. Near the leeway it takes many rows to leave not_enough_data: the price of
/// naming the error. The p-value keeps the level at no drift, where the statistics are skewed.
/// Leeway 0 is a plain test of any difference: with enough rows it always fires.
///
/// Wrong settings raise std::invalid_argument when the rule is applied. Cost: O(1). Pure: safe from
/// any thread. Needs the normal quantile: link leeway::leeway.
struct alert_rule {
    double leeway{0.1};       ///< tolerated distance, in the test's unit; finite, >= 0
    double confidence{0.99};  ///< in [0.5, 1)
    double least_n{100};      ///< rows on each side

    [[nodiscard]] verdict operator()(const drift_result& drift) const {
        require_valid();
        if (!drift.defined() || !(drift.n_reference >= least_n) || !(drift.n_current >= least_n)) {
            return verdict::not_enough_data;
        }
        const double bias = drift.expected_without_drift.value_or(0);
        const double low = drift.lower.value_or(drift.statistic) - bias;
        const double high = drift.upper.value_or(drift.statistic) - bias;
        const double margin = normal_quantile(confidence) * drift.standard_error.value_or(0);
        const bool sure = drift.p_value.value_or(0) <= 1 - confidence;
        if (bias > 0) {
            const auto root = [&](double effect) {
                return std::sqrt(std::max(effect, 0.0) + bias / 2);
            };
            const double root_margin = margin / (2 * root(drift.statistic - bias));
            if (sure && root(low) - root_margin > root(leeway)) return verdict::beyond;
            if (root(high) + root_margin <= root(leeway)) return verdict::within;
        } else {
            if (sure && low - margin > leeway) return verdict::beyond;
            if (high + margin <= leeway) return verdict::within;
        }
        return verdict::not_enough_data;
    }

    void require_valid() const {
        if (!(leeway >= 0) || !std::isfinite(leeway)) {
            raise_invalid("alert_rule", "leeway", leeway, "a finite number >= 0");
        }
        if (!(confidence >= 0.5 && confidence < 1)) {
            raise_invalid("alert_rule", "confidence", confidence, "in [0.5, 1)");
        }
        if (!(least_n >= 0)) raise_invalid("alert_rule", "least_n", least_n, "at least 0");
    }

    friend bool operator==(const alert_rule&, const alert_rule&) = default;
};

}  // namespace leeway::inline v0
