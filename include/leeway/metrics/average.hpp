// How the figures of several classes become one.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The averages that a metric of one class against the rest can be asked for.
///
/// | average  | meaning |
/// |----------|---------|
/// | binary   | class 1 of two; a state with another number of classes raises |
/// | micro    | the four counts are added over the classes first |
/// | macro    | plain mean over the classes |
/// | weighted | mean over the classes by their weight in the truth |
/// | samples  | mean over the rows, of rows with several labels (multilabel_ratio.hpp) |
///
/// The classes are those seen in truth or prediction, so one that was configured but never met
/// changes no average. A class in which the metric is undefined (0/0) is left out of macro and
/// weighted averages, where scikit-learn counts it as 0; per_class() shows which those are.
enum class average : std::uint8_t { binary, micro, macro, weighted, samples };

/// "binary", "micro", "macro", "weighted", "samples".
[[nodiscard]] constexpr std::string_view to_string(average over) noexcept {
    switch (over) {
        case average::binary:
            return "binary";
        case average::micro:
            return "micro";
        case average::macro:
            return "macro";
        case average::weighted:
            return "weighted";
        case average::samples:
            return "samples";
    }
    return "unknown";
}

/// "precision", or "precision_macro": the key under which a metric so averaged is reported.
[[nodiscard]] inline std::string averaged_key(std::string_view name, average over) {
    std::string key(name);
    if (over != average::binary) key.append("_").append(to_string(over));
    return key;
}

}  // namespace leeway::inline v0
