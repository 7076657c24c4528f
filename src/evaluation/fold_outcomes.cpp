#include "leeway/evaluation/fold_outcomes.hpp"

namespace leeway::inline v0::detail {

gathered::gathered(const labelled_rows& data, std::span<const std::size_t> part)
    : rows(part.size()), columns(data.rows.columns()) {
    values.reserve(rows * columns);
    targets.reserve(rows);
    weights.reserve(data.weights.empty() ? 0 : rows);
    for (const std::size_t row : part) {
        const auto features = data.rows.row(row);
        values.insert(values.end(), features.begin(), features.end());
        targets.push_back(data.targets[row]);
        if (!data.weights.empty()) weights.push_back(data.weights[row]);
    }
}

std::int32_t label_of(double target) noexcept {
    if (!(target >= 0 && target < 2147483648.0)) return -1;
    const auto label = static_cast<std::int32_t>(target);
    return static_cast<double>(label) == target ? label : -1;
}

std::int32_t class_decided(std::string_view where, std::span<const double> row,
                           std::optional<double> threshold) {
    if (threshold && row.size() != 2) {
        raise_invalid(where, "threshold", *threshold,
                      "none, where the model gives " + shown(row.size()) +
                          " probabilities a row and the largest decides");
    }
    if (std::any_of(row.begin(), row.end(), [](double p) { return std::isnan(p); })) return -1;
    if (threshold) return row[1] >= *threshold ? 1 : 0;
    if (row.empty()) return -1;
    return static_cast<std::int32_t>(std::max_element(row.begin(), row.end()) - row.begin());
}

double score_of(std::string_view where, std::span<const double> row) {
    if (row.size() == 2) return row[1];
    raise_invalid(where, "the number of probabilities that the model gives a row", row.size(),
                  "2, where a metric takes the score of class 1");
}

}  // namespace leeway::inline v0::detail
