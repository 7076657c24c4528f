#include "core/nearest_name.hpp"

#include <algorithm>
#include <cstddef>
#include <numeric>
#include <utility>
#include <vector>

namespace leeway::inline v0::detail {

namespace {

char lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Optimal string alignment distance: Levenshtein's with the exchange of two neighbours as one edit
/// ("lable"), three rows of the table at a time.
std::size_t edits(std::string_view from, std::string_view to) {
    const auto same = [&](std::size_t i, std::size_t j) { return lower(from[i]) == lower(to[j]); };
    std::vector<std::size_t> before;
    std::vector<std::size_t> above(to.size() + 1);
    std::vector<std::size_t> row(to.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < from.size(); ++i) {
        before = std::exchange(above, row);
        row[0] = i + 1;
        for (std::size_t j = 0; j < to.size(); ++j) {
            const std::size_t replaced = above[j] + (same(i, j) ? 0 : 1);
            row[j + 1] = std::min({replaced, row[j] + 1, above[j + 1] + 1});
            if (i > 0 && j > 0 && same(i, j - 1) && same(i - 1, j)) {
                row[j + 1] = std::min(row[j + 1], before[j - 1] + 1);
            }
        }
    }
    return row.back();
}

}  // namespace

std::string_view nearest_name(std::string_view name, std::span<const std::string> known) {
    // The table is quadratic in the lengths, and a name from outside may be of any.
    constexpr std::size_t compared = 100;
    name = name.substr(0, compared);
    std::string_view best;
    std::size_t fewest = 0;
    for (const std::string& candidate : known) {
        const std::size_t distance = edits(name, std::string_view(candidate).substr(0, compared));
        if (3 * distance > std::max(name.size(), candidate.size())) continue;
        if (!best.data() || distance < fewest) {
            best = candidate;
            fewest = distance;
        }
    }
    return best;
}

std::string suggestion(std::string_view name, std::span<const std::string> known) {
    const std::string_view nearest = nearest_name(name, known);
    if (nearest.empty()) return {};
    std::string text = "; did you mean '";
    return text.append(nearest).append("'?");
}

}  // namespace leeway::inline v0::detail
