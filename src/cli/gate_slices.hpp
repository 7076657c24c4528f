// One gate over each slice of the rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "cli/gate_report.hpp"
#include "cli/gates_file.hpp"
#include "cli/slice_evidence.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::cli {

/// A slice as a gate by itself would judge it, and the evidence that it misses.
struct sliced_figure {
    judged alone;               ///< result: of the gate on the end of the interval
    slice_evidence evidence{};  ///< where there is enough data
    bool known{false};          ///< the verdict is no matter of luck, so it is not tested
};

/// The findings of a slice, as the sentence says them.
struct slice_findings {
    std::string missed, met, neither;
};

/// A slice fails when it is shown to miss, with false discoveries among all slices held to the
/// share; so many small slices do not fail by chance. Where no slice has enough data one more says
/// that.
[[nodiscard]] std::vector<judged> judge_slices(const gates_file& file, const gate_spec& spec,
                                               const slice_findings& findings,
                                               std::vector<sliced_figure> slices);

/// "country = fr", "country = (missing)".
[[nodiscard]] std::string slice_text(const outcomes& rows, const std::string& column,
                                     std::uint32_t slice);
/// How many slices the rows have, rows without a value as one more.
[[nodiscard]] std::uint32_t slices_of(const outcomes& rows);

}  // namespace leeway::cli
