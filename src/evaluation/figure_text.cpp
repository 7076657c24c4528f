#include "evaluation/figure_text.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace leeway::inline v0::detail {

namespace {

template <class... Form>
std::string printed(double value, Form... form) {
    char buffer[64];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value, form...);
    return std::string(buffer, end.ptr);
}

}  // namespace

std::string figure_text(double value, int decimals) {
    if (std::isnan(value)) return "not a number";
    if (std::isinf(value)) return value > 0 ? "infinite" : "-infinite";
    const double size = std::abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
        const int fewer = size < 1e3 ? 0 : size < 1e5 ? 2 : 4;
        return printed(value == 0 ? 0.0 : value, std::chars_format::fixed,
                       std::max(decimals - fewer, 0));
    }
    return printed(value, std::chars_format::scientific, decimals - 1);
}

std::string weight_text(double weight) {
    if (std::isfinite(weight) && weight == std::floor(weight) && std::abs(weight) < 1e15) {
        return printed(weight, std::chars_format::fixed, 0);
    }
    return std::isfinite(weight) && std::abs(weight) >= 0.01 && std::abs(weight) < 1e13
               ? printed(weight, std::chars_format::fixed, 2)
               : figure_text(weight, 4);
}

std::string percent_text(double level) {
    // 100 * 0.95 is not 95 in doubles; nobody states a level to more than eight digits.
    const double rounded = std::round(level * 1e8) / 1e6;
    // Below 1 by less than that is still not certain.
    return printed(rounded >= 100 && level < 1 ? level * 100 : rounded) + " %";
}

std::string value_text(const estimate& figure, int decimals) {
    if (figure) return figure_text(figure.value(), decimals);
    return "undefined: " + std::string(to_string(*figure.reason()));
}

std::string bracketed_text(const estimate& figure, int decimals) {
    std::string text = value_text(figure, decimals);
    if (figure.defined() && figure.has_interval()) {
        text += " [" + figure_text(figure.lower(), decimals) + ", " +
                figure_text(figure.upper(), decimals) + "]";
    }
    return text;
}

std::string support_text(const estimate& figure, int decimals) {
    const std::string n = "n = " + weight_text(figure.weight());
    if (!figure) return n;
    if (!figure.has_interval()) {
        const auto why = figure.interval_reason();
        return "no interval" + (why ? ": " + std::string(to_string(*why)) : "") + ", " + n;
    }
    const std::string ends = figure_text(figure.lower(), decimals) + " to " +
                             figure_text(figure.upper(), decimals) + ", ";
    const bool certified = figure.confidence() >= 1;
    return (certified ? "certified " : percent_text(figure.confidence()) + " CI ") + ends + n;
}

}  // namespace leeway::inline v0::detail
