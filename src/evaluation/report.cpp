#include "leeway/evaluation/report.hpp"

#include <algorithm>
#include <cmath>

#include "core/nearest_name.hpp"

namespace leeway::inline v0 {

bool report::contains(std::string_view key) const noexcept {
    return std::any_of(entries().begin(), entries().end(),
                       [&](const entry& figure) { return figure.key == key; });
}

const estimate& report::at(std::string_view key) const {
    std::vector<std::string> keys;
    std::string listed;
    for (const entry& figure : entries()) {
        if (figure.key == key) return figure.value;
        keys.push_back(figure.key);
        listed.append(listed.empty() ? "" : ", ").append(figure.key);
    }
    const std::string guess = detail::suggestion(key, keys);
    raise("report: no figure '" + std::string(key) + "' in a " + content_.task + " report" +
          (guess.empty() ? "." : guess) + " It has: " + listed);
}

void report::require_confidence(double level) const {
    // Levels are written by people: 0.95 by two routes may differ in the last bit.
    if (std::abs(level - confidence().level) <= 1e-9) return;
    raise_invalid("report", "the metric's confidence", level,
                  "that of the report, " + detail::shown(confidence().level) +
                      "; set the task's confidence to get another");
}

}  // namespace leeway::inline v0
