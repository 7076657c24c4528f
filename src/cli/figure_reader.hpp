// One figure of a slice at any confidence, from a state that is filled once.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "cli/outcomes.hpp"
#include "leeway/core/result.hpp"

namespace leeway::cli {

/// A key of a report, of all classes or (not empty) of one of report::classes().
struct figure_name {
    std::string key;
    std::string of_class{};
};

/// The figure of that name; null where the report has none.
[[nodiscard]] const estimate* find_figure(const report& figures, const figure_name& of);

using figure_reader = std::function<estimate(const confidence_level&)>;

/// Reads the figure of that key again at other confidences. `seen` is the figure that the whole
/// evaluation gave at `confidence`: a figure that its own state does not give back just so is read
/// from the whole evaluation each time.
[[nodiscard]] figure_reader read_slice_figure(const outcomes& rows, std::uint32_t slice,
                                              const figure_name& of, const estimate& seen,
                                              const confidence_level& confidence);

/// How often something was so, in rows that each count once.
struct counted_share {
    double hits;
    double rows;
};

/// The counts behind a slice's figure where it is the share of such rows (accuracy, precision,
/// recall, coverage, ...); none where it is not, or rows have weights.
[[nodiscard]] std::optional<counted_share> read_slice_share(const outcomes& rows,
                                                            std::uint32_t slice,
                                                            const figure_name& of,
                                                            const estimate& seen,
                                                            const confidence_level& confidence);

}  // namespace leeway::cli
