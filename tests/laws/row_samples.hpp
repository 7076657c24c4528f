// Rows with a score for each class, for the laws.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "laws/samples.hpp"

namespace laws {

/// Probabilities of `classes` classes, informative of the label.
inline std::vector<leeway::probability_row> class_probability_rows(std::size_t n,
                                                                   std::size_t classes,
                                                                   bool with_weights,
                                                                   std::uint64_t seed = 7) {
    leeway::random_source random(seed);
    std::vector<leeway::probability_row> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const auto label = static_cast<std::int32_t>(random.below(classes));
        std::vector<double> scores;
        double sum = 0;
        for (std::size_t c = 0; c < classes; ++c) {
            const double own = static_cast<std::size_t>(label) == c ? 1 : 0;
            sum += scores.emplace_back(std::exp(random.normal() + own));
        }
        for (double& score : scores) score /= sum;
        rows.push_back({label, detail::kept(scores), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

}  // namespace laws
