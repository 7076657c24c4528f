// Sums over the points of a curve, several points at once.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>
#include <tuple>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Some steps of a curve, from each point to the next: the weights at entry i, before step i, and
/// at entry i + 1, after it. Filled up with steps from the last point to itself.
struct chunk_of_steps {
    static constexpr std::size_t most = 4 * block_rows;

    std::size_t size;    ///< a multiple of block_rows
    std::size_t points;  ///< of them steps of the curve
    double positives[most + 1];
    double negatives[most + 1];

    /// block_sums of terms(positives before, negatives before, positives, negatives).
    template <class Terms>
    [[nodiscard]] auto sums(const Terms& terms) const noexcept {
        const double* p = positives;
        const double* n = negatives;
        return long_block_sums(size, terms, p, n, p + 1, n + 1);
    }
};

/// see(chunk, first) for all steps, a chunk at a time: its step i leads to point first + i + 1.
template <class See>
void for_each_chunk_of_steps(std::span<const score_point> points, const See& see) noexcept {
    chunk_of_steps chunk;
    for (std::size_t first = 0; first + 1 < points.size(); first += chunk.points) {
        chunk.points = std::min(points.size() - 1 - first, chunk_of_steps::most);
        chunk.size = (chunk.points + block_rows - 1) / block_rows * block_rows;
        for (std::size_t i = 0; i <= chunk.points; ++i) {
            chunk.positives[i] = points[first + i].positives;
            chunk.negatives[i] = points[first + i].negatives;
        }
        for (std::size_t i = chunk.points + 1; i <= chunk.size; ++i) {
            chunk.positives[i] = points.back().positives;
            chunk.negatives[i] = points.back().negatives;
        }
        see(chunk, first);
    }
}

/// The sum over all steps of a term that is 0 for a step from a point to itself.
template <class Term>
[[nodiscard]] double sum_of_steps(std::span<const score_point> points, const Term& term) noexcept {
    compensated_sum sum;
    for_each_chunk_of_steps(points, [&](const chunk_of_steps& chunk, std::size_t) {
        sum.add(chunk.sums([&](auto... at) { return std::array{term(at...)}; })[0]);
    });
    return sum.value();
}

}  // namespace detail

}  // namespace leeway::inline v0
