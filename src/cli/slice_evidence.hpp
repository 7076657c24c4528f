// How sure it is that a slice misses the limit of a gate.
#pragma once

#include <cstdint>
#include <string>

#include "cli/figure_reader.hpp"
#include "cli/outcomes.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::cli {

/// The evidence that a slice's figure is on the wrong side of a limit.
struct slice_evidence {
    double p_value{1};  ///< P(as far on the wrong side or further) of a figure at the limit
    bool below{false};  ///< it is below that, by how much is not known

    /// "p 0.0123", "p < 1e-9".
    [[nodiscard]] std::string text() const;
};

/// The share of error at which the interval of a figure reaches the limit, searched to 1 % and down
/// to 1e-9 by reading it at other confidences; it is as good as that interval's coverage. Of an
/// infinite figure 0 or 1: the rows say it and not their luck. Without an interval 1.
[[nodiscard]] slice_evidence searched_evidence(const estimate& seen, const gate& condition,
                                               const figure_reader& read);

/// Of a share of unweighted rows the exact binomial tail at the limit (the test that the interval
/// of Clopper and Pearson inverts), so that P(p <= a) <= a where the slice meets the limit. Of any
/// other figure the searched one.
/// Source: C. Clopper, E. Pearson, "The use of confidence or fiducial limits illustrated in the
/// case of the binomial", Biometrika 26 (1934).
[[nodiscard]] slice_evidence evidence_against(const outcomes& rows, std::uint32_t slice,
                                              const figure_name& of, const estimate& figure,
                                              const gate& condition,
                                              const confidence_level& confidence);

}  // namespace leeway::cli
