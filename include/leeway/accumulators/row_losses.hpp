// Pointwise losses of a row with a probability for every class.
#pragma once

#include <cmath>
#include <cstddef>
#include <string_view>

#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Whether a row's scores are a probability distribution with its label among the classes; a
/// refused row is counted under the first reason. The sum may be off by 0.005 a class, which is
/// what rounding to two digits can leave; it is not normalised.
[[nodiscard]] inline bool accepts_row(const probability_row& row, rejections& rejected) noexcept {
    if (!rejected.accepts_weight(row.weight)) return false;
    double sum = 0;
    bool in_range = true;
    for (const double score : row.scores) {
        if (rejected.counts(score)) return false;
        in_range = in_range && score >= 0 && score <= 1;
        sum += score;
    }
    const auto classes = row.scores.size();
    if (row.label < 0 || static_cast<std::size_t>(row.label) >= classes) {
        ++rejected.label;
        return false;
    }
    if (!in_range || !(std::fabs(sum - 1) <= 0.005 * static_cast<double>(classes))) {
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

}  // namespace loss

}  // namespace leeway::inline v0
