// Times to an event, some of them censored, and what was predicted of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The points in time at which predicted probabilities are judged.
struct survival_task {
    std::vector<double> times{};  ///< finite, at least 0, ascending; may be none
    confidence_level confidence{confidence_95};
};

/// A row's time and event (0: censored at that time), with a risk, with probabilities, or with
/// both. The numbers are the caller's and outlive the call.
struct survival_columns {
    std::span<const double> time;
    std::span<const std::int32_t> event;
    std::span<const double> risk{};  ///< on any scale: the larger, the earlier; may be empty
    /// Row by row, for each of the task's times the predicted probability of an event up to it.
    std::span<const double> probability{};
    std::span<const double> weight{};  ///< empty: every weight is 1

    [[nodiscard]] std::size_t size() const noexcept { return time.size(); }
};

}  // namespace leeway::inline v0
