// The data and splits of the cases that cross_validation.py wrote.
#pragma once

#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include "leeway/evaluation/cross_validate.hpp"
#include "leeway/evaluation/splits.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

struct cross_validation_case {
    explicit cross_validation_case(const metric_case& from)
        : source(from),
          values(from.numbers("value")),
          targets(from.numbers("target")),
          weights(from.numbers("weight")),
          ridges(from.numbers("ridge")),
          columns(static_cast<std::size_t>(from.integers("columns").at(0))) {
        std::istringstream in(from.expected("splitter"));
        std::string splitter;
        std::size_t folds = 0, gap = 0;
        in >> splitter >> folds;
        if (splitter == "k_fold") {
            splits = leeway::k_fold(targets.size(), folds);
        } else if (splitter == "time") {
            in >> gap;
            splits = leeway::time_series_split(targets.size(), {.splits = folds, .gap = gap});
        } else {
            const auto column = from.integers("group");
            const std::vector<std::int64_t> group(column.begin(), column.end());
            splits = leeway::group_k_fold(group, folds);
        }
    }

    [[nodiscard]] leeway::labelled_rows data() const {
        return {leeway::batch_view(values, columns), targets, weights};
    }

    metric_case source;
    std::vector<double> values;
    std::vector<double> targets;
    std::vector<double> weights;  // of the figures; none in most cases
    std::vector<double> ridges;
    std::size_t columns;
    std::vector<leeway::split> splits;
};

inline std::vector<cross_validation_case> cross_validation_cases() {
    std::vector<cross_validation_case> cases;
    for (const auto& from : metric_cases("cross_validation")) cases.emplace_back(from);
    return cases;
}

}  // namespace oracle
