// Gates in GoogleTest. Opt-in: not part of leeway.hpp. Link leeway::leeway.
//
//     EXPECT_TRUE(meets(report[leeway::roc_auc{}], leeway::gate::at_least(0.80)));
//
// fails with: Actual: false (0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at
// or above 0.8000). What passes and what does not is written at evaluation/gate.hpp.
#pragma once

#include <gtest/gtest.h>

#include <ostream>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::inline v0 {

/// Whether the figure passes the gate, with the gate's sentence: for EXPECT_TRUE and its kin.
[[nodiscard]] inline ::testing::AssertionResult meets(const estimate& figure,
                                                      const gate& condition) {
    const gate_result answer = condition(figure);
    return (answer ? ::testing::AssertionSuccess() : ::testing::AssertionFailure())
           << answer.sentence();
}

/// "0.8120", or "undefined: one class": how a failed EXPECT_EQ of two figures shows them.
inline void PrintTo(const estimate& figure, std::ostream* out) {
    *out << value_text(figure);
}

}  // namespace leeway::inline v0
