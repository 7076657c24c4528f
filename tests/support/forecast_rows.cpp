#include "support/forecast_rows.hpp"

#include <algorithm>
#include <deque>
#include <utility>

namespace forecast_rows {

const std::vector<double>& kept(std::vector<double> numbers) {
    static std::deque<std::vector<double>> all;
    return all.emplace_back(std::move(numbers));
}

std::vector<leeway::ensemble_outcome> ensembles(std::size_t n, std::size_t members, bool weighted) {
    leeway::random_source random(31);
    std::vector<leeway::ensemble_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> x;
        for (std::size_t k = 0; k < members; ++k) x.push_back(random.normal());
        rows.push_back({random.normal(), kept(x), weighted ? laws::some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::quantile_outcome> quantiles(std::size_t n, bool weighted) {
    leeway::random_source random(32);
    const auto& levels = kept({0.05, 0.25, 0.5, 0.75, 0.95});
    std::vector<leeway::quantile_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> q;
        for (std::size_t k = 0; k < levels.size(); ++k) q.push_back(random.normal());
        std::sort(q.begin(), q.end());
        rows.push_back(
            {random.normal(), levels, kept(q), weighted ? laws::some_weight(random) : 1.0});
    }
    return rows;
}

}  // namespace forecast_rows
