// The report that the gates are about: a model and its held-out rows, made up.
#pragma once

#include <leeway/leeway.hpp>

#include <cmath>
#include <cstdint>
#include <vector>

/// Stands for the model that is to be released.
inline double score(double income, double debt) {
    return 1 / (1 + std::exp(1.5 * income - 2 * debt));
}

/// Stands for the held-out rows: defaults follow the model's odds, from a fixed seed.
inline leeway::report evaluated(int rows) {
    leeway::random_source random(2024);
    std::vector<std::int32_t> labels;
    std::vector<double> scores;
    for (int row = 0; row < rows; ++row) {
        const double income = 4 * random.uniform() - 2;
        const double debt = 4 * random.uniform() - 2;
        scores.push_back(score(income, debt));
        labels.push_back(random.uniform() < scores.back() ? 1 : 0);
    }
    return leeway::evaluate(leeway::binary_task{}, labels, scores);
}
