// Gates in doctest. Opt-in: not part of leeway.hpp. Link leeway::leeway.
//
//     CHECK(meets(report[leeway::roc_auc{}], leeway::gate::at_least(0.80)));
//
// fails with: values: CHECK( 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at
// or above 0.8000 ). What passes and what does not is written at evaluation/gate.hpp. Where one
// file is to hold doctest's implementation, define DOCTEST_CONFIG_IMPLEMENT... before this header.
#pragma once

#include <doctest/doctest.h>

#include <string>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::inline v0 {

/// Whether the figure passes the gate, and why: for CHECK and its kin.
[[nodiscard]] inline gate_result meets(const estimate& figure, const gate& condition) {
    return condition(figure);
}

}  // namespace leeway::inline v0

/// The gate's sentence.
template <>
struct doctest::StringMaker<leeway::gate_result> {
    static String convert(const leeway::gate_result& answer) { return answer.sentence().c_str(); }
};

/// "0.8120", or "undefined: one class".
template <>
struct doctest::StringMaker<leeway::estimate> {
    static String convert(const leeway::estimate& figure) {
        return leeway::value_text(figure).c_str();
    }
};
