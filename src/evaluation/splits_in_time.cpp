// The splits that know of time. See splits.hpp.
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <iterator>
#include <numeric>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/evaluation/splits.hpp"

namespace leeway::inline v0 {

std::vector<split> time_series_split(std::size_t rows, const time_series_settings& settings) {
    constexpr std::string_view where = "time_series_split";
    const std::size_t splits = settings.splits;
    if (splits < 1 || splits >= rows) {
        raise_invalid(where, "splits", splits,
                      "1 to below the number of rows, " + detail::shown(rows));
    }
    const std::size_t tested = settings.test_rows == 0 ? rows / (splits + 1) : settings.test_rows;
    if (settings.gap >= rows || tested > (rows - settings.gap - 1) / splits) {
        raise_invalid(where, "rows", rows,
                      "more than gap + splits * test_rows, " + detail::shown(settings.gap) + " + " +
                          detail::shown(splits) + " * " + detail::shown(tested));
    }
    std::vector<split> made(splits);
    for (std::size_t i = 0; i < splits; ++i) {
        const std::size_t first = rows - (splits - i) * tested;
        const std::size_t end = first - settings.gap;
        const std::size_t most = settings.most_train_rows;
        made[i].train.resize(most == 0 ? end : std::min(most, end));
        std::iota(made[i].train.begin(), made[i].train.end(), end - made[i].train.size());
        made[i].test.resize(tested);
        std::iota(made[i].test.begin(), made[i].test.end(), first);
    }
    return made;
}

std::vector<split> purged(std::vector<split> splits, std::span<const double> begin,
                          std::span<const double> end, double embargo) {
    constexpr std::string_view where = "purged";
    require_length(where, "end", end.size(), begin.size());
    if (!(embargo >= 0) || std::isinf(embargo)) {
        raise_invalid(where, "embargo", embargo, "a finite number >= 0");
    }
    for (std::size_t row = 0; row < begin.size(); ++row) {
        if (!std::isfinite(begin[row]) || !std::isfinite(end[row]) || begin[row] > end[row]) {
            raise_invalid(where, "end[" + std::to_string(row) + "]", end[row],
                          "finite, and not before the row's begin, " + detail::shown(begin[row]));
        }
    }
    for (split& one : splits) {
        for (const auto* part : {&one.train, &one.test}) {
            for (const std::size_t row : *part) {
                if (row >= begin.size()) {
                    raise_invalid(where, "a row", row,
                                  "below the number of spans, " + detail::shown(begin.size()));
                }
            }
        }
        // The test rows' spans, joined where they touch: then the last that begins before a row
        // ends is the only one that can reach it.
        std::vector<std::pair<double, double>> closed;
        for (const std::size_t row : one.test) closed.emplace_back(begin[row], end[row] + embargo);
        std::sort(closed.begin(), closed.end());
        std::vector<std::pair<double, double>> joined;
        for (const auto& span : closed) {
            if (!joined.empty() && span.first <= joined.back().second) {
                joined.back().second = std::max(joined.back().second, span.second);
            } else {
                joined.push_back(span);
            }
        }
        std::erase_if(one.train, [&](std::size_t row) {
            const auto after =
                std::upper_bound(joined.begin(), joined.end(), end[row],
                                 [](double time, const auto& span) { return time < span.first; });
            return after != joined.begin() && std::prev(after)->second >= begin[row];
        });
    }
    return splits;
}

}  // namespace leeway::inline v0
