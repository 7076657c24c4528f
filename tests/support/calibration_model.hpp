// A model of known calibration, for the coverage of intervals of calibration figures: scores are
// uniform over [0, 1], and the true probability of a score p is p + 4 tilt p (1 - p).
#pragma once

#include <cmath>
#include <cstddef>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/core/random.hpp"

struct calibration_model {
    double tilt{0};  ///< the gap at 1/2; 0: calibrated. At most 1/4.

    [[nodiscard]] double truth(double score) const noexcept {
        return score + 4 * tilt * score * (1 - score);
    }

    [[nodiscard]] leeway::calibration_bins draw(leeway::random_source& random, int rows,
                                                std::size_t bins) const {
        leeway::calibration_bins state(bins);
        for (int row = 0; row < rows; ++row) {
            const double score = random.uniform();
            state.update({.label = random.bernoulli(truth(score)) ? 1 : 0, .score = score});
        }
        return state;
    }

    /// The mean of 4 tilt p (1 - p) over the bin from a to b.
    [[nodiscard]] double gap(std::size_t bin, std::size_t bins) const noexcept {
        const double a = static_cast<double>(bin) / static_cast<double>(bins);
        const double b = static_cast<double>(bin + 1) / static_cast<double>(bins);
        const auto integral = [](double p) { return p * p / 2 - p * p * p / 3; };
        return 4 * tilt * (integral(b) - integral(a)) / (b - a);
    }
    [[nodiscard]] double mean(std::size_t bins) const noexcept {
        double sum = 0;
        for (std::size_t b = 0; b < bins; ++b) sum += gap(b, bins);
        return sum / static_cast<double>(bins);
    }
    [[nodiscard]] double norm(std::size_t bins) const noexcept {
        double sum = 0;
        for (std::size_t b = 0; b < bins; ++b) sum += gap(b, bins) * gap(b, bins);
        return std::sqrt(sum / static_cast<double>(bins));
    }
    [[nodiscard]] double maximum(std::size_t bins) const noexcept { return gap(bins / 2, bins); }
    /// The variance of the bins' true rates.
    [[nodiscard]] double resolution(std::size_t bins) const noexcept {
        const auto n = static_cast<double>(bins);
        double sum = 0, squares = 0;
        for (std::size_t b = 0; b < bins; ++b) {
            const double rate = (static_cast<double>(b) + 0.5) / n + gap(b, bins);
            sum += rate / n;
            squares += rate * rate / n;
        }
        return squares - sum * sum;
    }
};

/// The share of 1,000 samples whose 95 % interval holds the truth: known to 0.007 at 0.95.
template <class Metric>
double coverage(const calibration_model& model, int rows, std::size_t bins, double truth) {
    leeway::random_source random(20261122);
    int covered = 0;
    constexpr int samples = 1000;
    for (int sample = 0; sample < samples; ++sample) {
        const auto figure = Metric{}(model.draw(random, rows, bins));
        covered += figure.lower() <= truth && truth <= figure.upper() ? 1 : 0;
    }
    return static_cast<double>(covered) / samples;
}
