// The best threshold of a binary score, and the points of its curves.
#pragma once

#include <string>

#include "cli/outcomes.hpp"
#include "export/json_writer.hpp"

namespace leeway::cli {

/// Whether the word names a figure of --best-threshold: f1, youden, mcc, cost:FP:FN.
[[nodiscard]] bool names_threshold_figure(const std::string& word);

/// "best threshold by f1: 0.42 (f1 0.7123)".
[[nodiscard]] std::string best_threshold_text(const outcomes& rows, const std::string& word);
/// {"by":"f1","threshold":0.42,"value":0.7123,"tp":..,"fp":..,"fn":..,"tn":..}
void write_best_threshold(detail::json_writer& out, const outcomes& rows, const std::string& word);

/// The points as CSV with a header; `curve` is roc, pr, det, gain or capture, lift, counts or
/// reliability. A failure when the file cannot be written.
void write_curve(const outcomes& rows, const std::string& curve, const std::string& path);

}  // namespace leeway::cli
