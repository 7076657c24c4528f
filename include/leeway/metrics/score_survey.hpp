// One look at the rows of a scored test set, before they are put in order.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "leeway/core/lanes.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What labels and scores are like, all of them at once. Positives and range are those of good rows
/// and mean nothing otherwise.
struct score_survey {
    bool good{true};           ///< no label but 0 and 1, no score that is NaN or infinite
    std::size_t positives{0};  ///< rows of label 1
    double low{
        std::numeric_limits<double>::infinity()};  ///< the least score; infinity without rows
    double high{-std::numeric_limits<double>::infinity()};

    void merge(const score_survey& other) noexcept {
        good = good && other.good;
        positives += other.positives;
        low = std::min(low, other.low);
        high = std::max(high, other.high);
    }

    friend bool operator==(const score_survey&, const score_survey&) = default;
};

namespace detail {

inline constexpr std::size_t survey_rows = 1024;

/// Of survey_rows rows.
[[nodiscard]] inline score_survey survey_of_block(const std::int32_t* labels,
                                                  const double* scores) noexcept {
    score_survey seen;
    with_lanes([&](auto width) {
        using numbers = lanes<decltype(width)::value>;
        std::uint32_t any = 0;
        std::uint32_t sum = 0;
        for (std::size_t i = 0; i < survey_rows; ++i) {
            any |= static_cast<std::uint32_t>(labels[i]);
            sum += static_cast<std::uint32_t>(labels[i]);
        }
        // Two chains, because a minimum waits for the one before it.
        numbers low[2] = {seen.low, seen.low};
        numbers high[2] = {seen.high, seen.high};
        numbers nothing[2];  // of finite numbers
        for (std::size_t i = 0; i < survey_rows; i += 2 * width) {
            for (std::size_t chain = 0; chain < 2; ++chain) {
                const numbers x(scores + i + chain * width);
                low[chain] = least(low[chain], x);
                high[chain] = most(high[chain], x);
                nothing[chain] = nothing[chain] + (x - x);
            }
        }
        double ends[3][width];
        least(low[0], low[1]).store(ends[0]);
        most(high[0], high[1]).store(ends[1]);
        (nothing[0] + nothing[1]).store(ends[2]);
        seen.good = any <= 1;
        seen.positives = sum;
        for (std::size_t i = 0; i < width; ++i) {
            seen.low = std::min(seen.low, ends[0][i]);
            seen.high = std::max(seen.high, ends[1][i]);
            seen.good = seen.good && ends[2][i] == 0;
        }
    });
    return seen;
}

}  // namespace detail

/// Of columns of one length. Cost: about 0.3 ns a row. Thread rule: a pure function.
[[nodiscard]] inline score_survey survey_of(std::span<const std::int32_t> labels,
                                            std::span<const double> scores) noexcept {
    score_survey seen;
    std::size_t row = 0;
    for (; scores.size() - row >= detail::survey_rows; row += detail::survey_rows)
        seen.merge(detail::survey_of_block(labels.data() + row, scores.data() + row));
    for (; row < scores.size(); ++row) {
        const double x = scores[row];
        const bool known = labels[row] == 0 || labels[row] == 1;
        seen.merge({known && x - x == 0, labels[row] == 1 ? 1U : 0U, x, x});
    }
    return seen;
}

}  // namespace leeway::inline v0
