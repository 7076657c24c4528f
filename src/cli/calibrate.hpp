// What `leeway calibrate` is asked for.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "cli/commands.hpp"

namespace leeway::cli {

struct calibrate_options {
    evaluate_options rows;  ///< file, label, score, positive, weight
    std::string method;     ///< of calibration_methods(), or "all"
    std::string out;
    std::size_t folds{5};
    std::optional<std::uint64_t> seed{};  ///< none: rows in their order
    output_format format{output_format::text};
};

/// Fits on all rows and saves; says what the same fit does to rows that it has not seen.
[[nodiscard]] int calibrate(const calibrate_options& options);

}  // namespace leeway::cli
