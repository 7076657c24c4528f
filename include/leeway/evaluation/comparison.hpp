// What a comparison of two models says.
#pragma once

#include <cstddef>
#include <optional>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The difference of two models on the same rows, with its interval and the evidence that it is not
/// zero. It takes no decision: a gate or the reader does.
struct comparison {
    estimate difference{undefined::empty};  ///< the first model's figure less the second's
    std::optional<double> statistic{};      ///< the test's own, named by it
    std::optional<double> p_value{};        ///< P(as much evidence or more) where the models do not
                                            ///< differ; none where the test cannot be made
    double rows{0};                         ///< rows behind it; folds, for a test over folds
    std::size_t undefined_replicates{0};    ///< of a bootstrap, left out

    friend constexpr bool operator==(const comparison&, const comparison&) = default;
};

}  // namespace leeway::inline v0
