// Rows of forecasts that are more than one number (intervals, distributions, quantiles), and of
// times to an event.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A target and the interval that was forecast for it.
struct interval_outcome {
    double target{0};
    double lower{0};
    double upper{0};
    double weight{1};

    struct columns {
        std::span<const double> target;
        std::span<const double> lower;
        std::span<const double> upper;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
        [[nodiscard]] interval_outcome operator[](std::size_t row) const noexcept {
            return {target[row], lower[row], upper[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A target and the normal distribution that was forecast for it.
struct normal_outcome {
    double target{0};
    double mean{0};
    double deviation{1};
    double weight{1};

    struct columns {
        std::span<const double> target;
        std::span<const double> mean;
        std::span<const double> deviation;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
        [[nodiscard]] normal_outcome operator[](std::size_t row) const noexcept {
            return {target[row], mean[row], deviation[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A target and an ensemble (or a sample of the forecast distribution) for it, in any order. The
/// members are the caller's: a row is a view.
struct ensemble_outcome {
    double target{0};
    std::span<const double> members{};
    double weight{1};

    struct columns {
        std::span<const double> target;
        std::span<const double> members;  ///< row by row, target.size() times the ensemble's size
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
        [[nodiscard]] std::size_t ensemble() const noexcept {
            return target.empty() ? 0 : members.size() / target.size();
        }
        [[nodiscard]] ensemble_outcome operator[](std::size_t row) const noexcept {
            return {target[row], members.subspan(row * ensemble(), ensemble()),
                    weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A target and quantiles that were forecast for it: quantiles[i] is exceeded with probability 1 -
/// levels[i]. Both are the caller's: a row is a view.
struct quantile_outcome {
    double target{0};
    std::span<const double> levels{};
    std::span<const double> quantiles{};
    double weight{1};

    struct columns {
        std::span<const double> target;
        std::span<const double> levels;     ///< the same for every row
        std::span<const double> quantiles;  ///< row by row, target.size() times levels.size()
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return target.size(); }
        [[nodiscard]] quantile_outcome operator[](std::size_t row) const noexcept {
            return {target[row], levels, quantiles.subspan(row * levels.size(), levels.size()),
                    weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// A time to an event, or (event 0) a time up to which there was none: censored. Times are from 0
/// on, in any one unit; the larger the risk, the earlier the event is predicted.
struct survival_outcome {
    double time{0};
    std::int32_t event{0};
    double risk{0};
    double weight{1};

    struct columns {
        std::span<const double> time;
        std::span<const std::int32_t> event;
        std::span<const double> risk;
        std::span<const double> weight{};

        [[nodiscard]] std::size_t size() const noexcept { return time.size(); }
        [[nodiscard]] survival_outcome operator[](std::size_t row) const noexcept {
            return {time[row], event[row], risk[row], weight.empty() ? 1.0 : weight[row]};
        }
    };
};

/// Raises unless the batch's columns are of one length (weights may be left out).
inline void require_lengths(std::string_view where, const interval_outcome::columns& batch) {
    require_length(where, "lower", batch.lower.size(), batch.size());
    require_length(where, "upper", batch.upper.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const normal_outcome::columns& batch) {
    require_length(where, "mean", batch.mean.size(), batch.size());
    require_length(where, "deviation", batch.deviation.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const ensemble_outcome::columns& batch) {
    require_length(where, "members", batch.members.size(), batch.size() * batch.ensemble());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const quantile_outcome::columns& batch) {
    if (batch.quantiles.size() != batch.size() * batch.levels.size()) {
        raise_invalid(where, "quantiles.size()", batch.quantiles.size(),
                      "one a row and level, " + detail::shown(batch.size() * batch.levels.size()));
    }
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}
inline void require_lengths(std::string_view where, const survival_outcome::columns& batch) {
    require_length(where, "event", batch.event.size(), batch.size());
    require_length(where, "risk", batch.risk.size(), batch.size());
    require_length(where, "weight", batch.weight.size(), batch.size(), true);
}

}  // namespace leeway::inline v0
