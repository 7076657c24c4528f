// Pointwise losses of a row with a probability, or a score, for every class.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <string_view>

#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Whether a row's scores are finite with its label among the classes; a refused row is counted
/// under the first reason.
[[nodiscard]] inline bool accepts_scores(const probability_row& row,
                                         rejections& rejected) noexcept {
    if (!rejected.accepts_weight(row.weight)) return false;
    for (const double score : row.scores) {
        if (rejected.counts(score)) return false;
    }
    if (row.label < 0 || static_cast<std::size_t>(row.label) >= row.scores.size()) {
        ++rejected.label;
        return false;
    }
    return true;
}

/// Whether they are also a probability distribution. The sum may be off by 0.005 a class, which is
/// what rounding to two digits can leave; it is not normalised.
[[nodiscard]] inline bool accepts_row(const probability_row& row, rejections& rejected) noexcept {
    if (!accepts_scores(row, rejected)) return false;
    double sum = 0;
    bool in_range = true;
    for (const double score : row.scores) {
        in_range = in_range && score >= 0 && score <= 1;
        sum += score;
    }
    const auto classes = static_cast<double>(row.scores.size());
    if (!in_range || !(std::fabs(sum - 1) <= 0.005 * classes)) {
        ++rejected.range;
        return false;
    }
    return true;
}

}  // namespace detail

/// Stateless function objects, safe from any thread.
namespace loss {

/// -log(score of the label), in nats. Not clipped: certainty in the wrong class costs infinity.
struct row_logarithmic {
    using sample_type = probability_row;
    static constexpr std::string_view name = "row_logarithmic";

    [[nodiscard]] double operator()(const probability_row& row) const noexcept {
        // + 0 turns -0 into 0.
        return 0.0 - std::log(row.scores[static_cast<std::size_t>(row.label)]);
    }
    [[nodiscard]] static bool accepts(const probability_row& row, rejections& rejected) noexcept {
        return detail::accepts_row(row, rejected);
    }
};

/// sum over the classes of (score - 1 for the label, 0 for the others)^2.
struct row_brier {
    using sample_type = probability_row;
    static constexpr std::string_view name = "row_brier";

    [[nodiscard]] double operator()(const probability_row& row) const noexcept {
        double sum = 0;
        for (std::size_t c = 0; c < row.scores.size(); ++c) {
            const double error = row.scores[c] - (static_cast<std::size_t>(row.label) == c ? 1 : 0);
            sum += error * error;
        }
        return sum;
    }
    [[nodiscard]] static bool accepts(const probability_row& row, rejections& rejected) noexcept {
        return detail::accepts_row(row, rejected);
    }
};

/// sum over the cuts between ordered classes of (predicted - observed share at or below the cut)^2,
/// over the number of cuts; 0 for a single class. The classes are ordered as they are numbered.
struct row_ranked {
    using sample_type = probability_row;
    static constexpr std::string_view name = "row_ranked";

    [[nodiscard]] double operator()(const probability_row& row) const noexcept {
        const std::size_t cuts = row.scores.size() - 1;
        double sum = 0;
        double below = 0;
        for (std::size_t c = 0; c < cuts; ++c) {
            below += row.scores[c];
            const double error = below - (static_cast<std::size_t>(row.label) <= c ? 1 : 0);
            sum += error * error;
        }
        return cuts == 0 ? 0 : sum / static_cast<double>(cuts);
    }
    [[nodiscard]] static bool accepts(const probability_row& row, rejections& rejected) noexcept {
        return detail::accepts_row(row, rejected);
    }
};

/// max(0, 1 - (score of the label - largest other score)), the margin of Crammer and Singer; the
/// scores are any finite numbers. A row of fewer than two scores is counted as out of range.
struct row_hinge {
    using sample_type = probability_row;
    static constexpr std::string_view name = "row_hinge";

    [[nodiscard]] double operator()(const probability_row& row) const noexcept {
        const auto label = static_cast<std::size_t>(row.label);
        double other = -std::numeric_limits<double>::infinity();
        for (std::size_t c = 0; c < row.scores.size(); ++c) {
            if (c != label) other = std::max(other, row.scores[c]);
        }
        return std::max(0.0, 1 - (row.scores[label] - other));
    }
    [[nodiscard]] static bool accepts(const probability_row& row, rejections& rejected) noexcept {
        if (!detail::accepts_scores(row, rejected)) return false;
        if (row.scores.size() >= 2) return true;
        ++rejected.range;
        return false;
    }
};

}  // namespace loss

}  // namespace leeway::inline v0
