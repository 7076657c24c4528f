// How far a finite reference may lie from the truth: what every e-detector adds to its null mean.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {
namespace detail {

/// The error probability left to one of panel * directions one-sided limits (Bonferroni).
[[nodiscard]] inline double share_of_error(double confidence, std::uint64_t panel,
                                           std::size_t directions) {
    return (1 - confidence) / (static_cast<double>(panel) * static_cast<double>(directions));
}

/// How far above its sample mean the true mean of n values may lie: h + sqrt((z sd)^2 / n + h^2),
/// h = z^2 reach / (2 n), where no value exceeds the mean by more than reach. The normal limit
/// z sd / sqrt(n) for large n; for the flag that was never seen (sd 0, reach 1) z^2 / n.
[[nodiscard]] inline double margin(double z, double n, double sd, double reach) {
    if (z <= 0 || std::isinf(n)) return 0;
    const double h = z * z * reach / (2 * n);
    return h + std::sqrt(z * z * sd * sd / n + h * h);
}

/// z of an error probability in (0, 1); 0 for an even chance or worse.
[[nodiscard]] inline double critical_value(double error) {
    return error >= 0.5 ? 0 : -normal_quantile(error);
}

/// Clopper-Pearson limits of a probability of which `count` in n were seen.
[[nodiscard]] inline double upper_probability(double count, double n, double error) {
    // Through the complement: 1 - error would round to 1 for a large panel.
    return count >= n ? 1 : 1 - beta_quantile(error, n - count, count + 1);
}
[[nodiscard]] inline double lower_probability(double count, double n, double error) {
    return count <= 0 ? 0 : beta_quantile(error, count, n - count + 1);
}

inline std::string wrong(std::string_view where, std::string_view parameter, double value,
                         std::string_view expected) {
    std::string sentence(where);
    sentence.append(": ").append(parameter).append(" is ").append(shown(value));
    return sentence.append(", expected ").append(expected);
}

/// What is wrong with the options that all e-detectors share, or empty.
inline std::string shared_options_defect(std::string_view where, double false_alarm_every,
                                         double confidence, std::uint64_t panel) {
    if (!(false_alarm_every >= 1 && false_alarm_every <= 1e15))
        return wrong(where, "false_alarm_every", false_alarm_every, "1 to 1e15");
    if (!(confidence >= 0 && confidence <= 1 - 1e-9))
        return wrong(where, "reference_confidence", confidence, "0 to 1 - 1e-9");
    if (panel < 1 || panel > 1'000'000)
        return wrong(where, "panel", static_cast<double>(panel), "1 to 1000000");
    return {};
}

}  // namespace detail
}  // namespace leeway::inline v0
