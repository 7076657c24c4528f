// The calibrators by name: fitted, saved, loaded and applied.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "cli/outcomes.hpp"
#include "leeway/model/beta_calibrator.hpp"
#include "leeway/model/isotonic_calibrator.hpp"
#include "leeway/model/platt_calibrator.hpp"
#include "leeway/model/temperature_scaling.hpp"

namespace leeway::cli {

using any_calibrator =
    std::variant<isotonic_calibrator, platt_calibrator, temperature_scaling, beta_calibrator>;

/// A way to calibrate, under the name that --method has for it.
struct calibration_method {
    std::string_view name;
    bool of_probabilities;  ///< it takes the scores' logits, so they must lie in [0, 1]
    any_calibrator (*fit)(std::span<const double> scores, std::span<const double> labels,
                          std::span<const double> weights);
};

/// isotonic, platt, platt_logit, temperature and beta.
[[nodiscard]] std::span<const calibration_method> calibration_methods();

[[nodiscard]] double calibrated(const any_calibrator& by, double score);

/// "platt_calibrator"
[[nodiscard]] std::string_view kind_of(const any_calibrator& calibrator);

/// Whether the fit did; isotonic ones always do.
[[nodiscard]] bool converged(const any_calibrator& calibrator);

/// What was fitted, by name; of an isotonic one how many points it has.
[[nodiscard]] std::vector<std::pair<std::string_view, double>> parameters_of(
    const any_calibrator& calibrator);

void save_calibrator(const any_calibrator& calibrator, const std::string& path);

/// A failure when the file is none, is damaged, or holds something else.
[[nodiscard]] any_calibrator load_calibrator(const std::string& path);

/// Sends all scores through the one of that file.
void apply_calibrator(const std::string& path, outcomes& rows);

}  // namespace leeway::cli
