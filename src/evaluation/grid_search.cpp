#include "leeway/evaluation/grid_search.hpp"

#include <algorithm>
#include <numeric>

namespace leeway::inline v0::detail {

std::vector<std::size_t> ranking_of(std::span<const cross_validation> table, orientation better) {
    std::vector<std::size_t> ranking(table.size());
    std::iota(ranking.begin(), ranking.end(), std::size_t{0});
    std::sort(ranking.begin(), ranking.end(), [&](std::size_t i, std::size_t j) {
        const cross_validation &a = table[i], &b = table[j];
        if (a.mean.defined() != b.mean.defined()) return a.mean.defined();
        if (!a.mean) return i < j;
        if (a.undefined_folds != b.undefined_folds) return a.undefined_folds < b.undefined_folds;
        const double first = a.mean.value(), second = b.mean.value();
        if (first != second) return (first > second) == (better == orientation::higher_is_better);
        return i < j;
    });
    return ranking;
}

std::size_t chosen_among(const std::vector<std::pair<std::string, orientation>>& keys,
                         std::string_view by) {
    std::optional<std::size_t> chosen;
    std::string known;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        known += (known.empty() ? "" : ", ") + shown(keys[i].first);
        if (keys[i].first != by) continue;
        if (chosen) raise("grid_search: two metrics are called " + shown(by) + ", expected one");
        chosen = i;
    }
    if (!chosen)
        raise("grid_search: no metric " + shown(by) + " to choose by, expected one of " + known);
    if (keys[*chosen].second == orientation::neither) {
        raise("grid_search: " + std::string(by) +
              " has no better direction, expected one to choose by");
    }
    return *chosen;
}

}  // namespace leeway::inline v0::detail
