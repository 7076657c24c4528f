// The standard error behind a metric's interval, held against a textbook's.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <string>

#include "leeway/core/concepts.hpp"
#include "oracle/metrics_states.hpp"

namespace oracle {

/// With a critical value near 0 nothing is added to a table, and the half width of an interval is
/// the plain standard error times that value.
inline constexpr leeway::confidence_level nearly_none{.level = 0.5, .critical = 1e-7};

/// Compares it, or that of the logarithm, with the square root of the case's `key`_variance;
/// returns how many could be compared. Rows with weights over twelve orders feel even the little
/// that is added, hence 1e-3; and where value or variance are at an end, rounding is all there is
/// to see.
template <leeway::Metric M>
std::size_t standard_errors_equal(M metric, const std::string& table, bool of_logarithm) {
    std::size_t compared = 0;
    metric.confidence = nearly_none;
    const std::string key = leeway::key_of(metric) + "_variance";
    for (const auto& from : metric_cases(table)) {
        if (!from.has(key)) continue;
        const double variance = std::strtod(from.expected(key).c_str(), nullptr);
        const leeway::estimate e = metric(counts_of(from));
        const bool at_an_end = std::fabs(e.value()) > 0.99 || e.value() < 0.01;
        if (!(variance > 1e-3 && variance < 1e6) || (!of_logarithm && at_an_end)) continue;
        ++compared;
        const double width = of_logarithm ? std::log(e.upper() / e.lower()) : e.upper() - e.lower();
        INFO("case '" << from.name << "', " << key);
        CHECK(width / 2 / nearly_none.critical == Approx(std::sqrt(variance)).epsilon(1e-3));
    }
    return compared;
}

}  // namespace oracle
