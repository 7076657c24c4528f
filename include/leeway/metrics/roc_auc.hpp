// The probability that a positive is scored above a negative.
#pragma once

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/average.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/measured_curve.hpp"
#include "leeway/metrics/placements.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/score_survey.hpp"

namespace leeway::inline v0 {

namespace detail {

/// The interval of an area at which DeLong's variance says nothing: the classes are apart or all
/// tied (variance 0), or one of them has a single row. Newcombe's method 5: the areas a whose
/// variance, under exponential scores, has the observed one within z: (observed - a)^2 = z^2 a (1 -
/// a) (1 + (n - 1) ((1 - a) / (2 - a) + a / (1 + a))) / (P N), n = (P + N) / 2. Source: R.
/// Newcombe, "Confidence intervals for an effect size measure based on the Mann-Whitney statistic.
/// Part 2", Statistics in Medicine 25 (2006).
[[nodiscard]] inline estimate newcombe_interval(double observed, double positives, double negatives,
                                                double weight, confidence_level confidence) {
    const double z = confidence.critical;
    const double rows = std::max(1.0, (positives + negatives) / 2);
    const auto outside = [&](double a) {
        const double variance = a * (1 - a) * (1 + (rows - 1) * ((1 - a) / (2 - a) + a / (1 + a))) /
                                (positives * negatives);
        return (observed - a) * (observed - a) > z * z * variance;
    };
    const auto end = [&](double far) {
        double in = observed;
        double out = far;
        for (int step = 0; step < 60; ++step) {
            const double middle = (in + out) / 2;
            (outside(middle) ? out : in) = middle;
        }
        return out;
    };
    // From the observed value, which is inside, to the end of the range, which is not.
    return estimate::within(observed, observed > 0 ? end(0) : 0, observed < 1 ? end(1) : 1,
                            confidence.level, weight);
}

}  // namespace detail

/// Area under the ROC curve: P(score of a positive > score of a negative) + half P(equal); in [0,
/// 1], higher is better, 0.5 for scores that know nothing.
///
/// Undefined: empty, or one class only. Never 0 for lack of data.
///
/// Of scored_outcomes: exact; ties count half; the interval is from DeLong's variance
/// (placements.hpp) with its degrees of freedom, inside [0, 1] (score_interval), and Newcombe's
/// where that variance is zero or undefined. About 12 to 15 ns a row at a million unweighted rows.
///
/// Of a score_table: *certified*. Whatever the scores inside the cells were, the exact area lies in
/// [L, L + T], L = sum_i p_i N_below(i) / (P N), T = sum_i p_i n_i / (P N), with p_i and n_i the
/// positives and negatives of cell i. The value is the middle; lower and upper are the band,
/// widened by rounding, and confidence is 1. It bounds the error of the table and not the luck of
/// the sample. O(cells).
///
/// Of several states, one a class against the rest: the average over the classes in which it is
/// defined, plain (macro) or by the weight of their positives (weighted). Its ends are the averages
/// of the classes' ends, which hold however the classes depend on one another. micro pools all
/// states (a band for tables). Row i of every state is there one row of the data with its score for
/// each class, so the rows are the unit of its interval and not their pairs with the classes:
/// Obuchowski's for clustered data, with as many degrees of freedom as the rows that hold a
/// positive, or a negative, less one; none where the states are of different lengths. Its weight is
/// that of the rows. Thread rule: a pure function. Source: N. A. Obuchowski, "Nonparametric
/// analysis of clustered ROC curve data", Biometrics 53 (1997).
struct roc_auc {
    using state_type = score_table;
    static constexpr info_card info{
        "roc_auc", "1", 0, 1, orientation::higher_is_better, "there is only one class"};

    average over{average::binary};
    confidence_level confidence{confidence_95};

    [[nodiscard]] std::string key() const { return averaged_key(info.name, over); }

    [[nodiscard]] estimate operator()(const scored_outcomes& state) const {
        require_binary();
        return of(placements_of(state.labels(), state.scores(), state.weights()));
    }

    /// Of a curve that other metrics read too: the same figure without another sort.
    [[nodiscard]] estimate operator()(const measured_curve& curve) const {
        require_binary();
        return of(curve.places());
    }
    [[nodiscard]] estimate operator()(const score_curve& curve) const {
        require_binary();
        return of(placements_of(curve));
    }

    /// Of rows as the host holds them: what filling a scored_outcomes and reading it gives, without
    /// its copy when the rows are unweighted and none is bad. Bad rows are added to `refused`.
    [[nodiscard]] estimate operator()(const probability_outcome::columns& rows,
                                      rejections& refused) const {
        require_binary();
        require_lengths("roc_auc", rows);
        if (rows.weight.empty() && survey_of(rows.label, rows.score).good)
            return of(placements_of(rows.label, rows.score));
        scored_outcomes state;
        state.update(rows);
        refused.merge(state.rejected());
        return (*this)(state);
    }

    [[nodiscard]] estimate operator()(const score_table& state) const {
        return (*this)(score_cells(state));
    }
    [[nodiscard]] estimate operator()(const score_cells& cells) const {
        require_binary();
        const double weight = cells.total();
        if (const auto flaw = detail::curve_flaw(cells, true)) return {*flaw, weight};
        const auto points = cells.points();
        const double to_p = detail::power_near_one(cells.positives());
        const double to_n = detail::power_near_one(cells.negatives());
        compensated_sum below;
        compensated_sum tied;
        for (std::size_t i = 1; i < points.size(); ++i) {
            const double n = (points[i].negatives - points[i - 1].negatives) * to_n;
            if (!(n > 0)) continue;
            below.add(n * (points[i - 1].positives * to_p));
            tied.add(n * ((points[i].positives - points[i - 1].positives) * to_p));
        }
        const double all = cells.positives() * to_p * (cells.negatives() * to_n);
        const double low = below.value() / all;
        const double width = tied.value() / all;
        const double rounding = cells.slack() + detail::sum_rounding;
        return estimate::within(std::min(low + width / 2, 1.0), std::max(low - rounding, 0.0),
                                std::min(low + width + rounding, 1.0), 1, weight);
    }

    template <class State>
    requires std::same_as<State, scored_outcomes> || std::same_as<State, score_table>
    [[nodiscard]] estimate average_of(std::span<const State> one_vs_rest) const {
        if (over == average::binary) {
            raise_invalid("roc_auc", "over", to_string(over),
                          "micro, macro or weighted for several states");
        }
        const roc_auc single{average::binary, confidence};
        double rows = 0;
        if (over == average::micro) return pooled(one_vs_rest);
        double value = 0, lower = 0, upper = 0, level = 0, shares = 0;
        for (const State& state : one_vs_rest) {
            const estimate one = single(state);
            rows = std::max(rows, one.weight());
            if (!one) continue;
            const double share = over == average::macro ? 1.0 : positive_weight(state);
            value += share * one.value();
            lower += share * one.lower();
            upper += share * one.upper();
            level = one.confidence();
            shares += share;
        }
        if (!(rows > 0)) return undefined::empty;
        if (!(shares > 0)) return estimate(undefined::one_class, rows);
        return estimate::within(value / shares, lower / shares, upper / shares, level, rows);
    }
    [[nodiscard]] estimate operator()(std::span<const scored_outcomes> one_vs_rest) const {
        return average_of(one_vs_rest);
    }
    [[nodiscard]] estimate operator()(std::span<const score_table> one_vs_rest) const {
        return average_of(one_vs_rest);
    }

  private:
    [[nodiscard]] estimate of(const placements& found) const {
        const double weight = found.positives + found.negatives;
        if (!std::isfinite(weight)) return estimate(undefined::out_of_range, weight);
        if (!(weight > 0)) return undefined::empty;
        if (std::isnan(found.area)) return estimate(undefined::one_class, weight);
        if (!(found.variance > 0)) {
            return detail::newcombe_interval(found.area, found.effective_positives,
                                             found.effective_negatives, weight, confidence);
        }
        return score_interval(found.area, std::sqrt(found.variance), found.freedom, weight,
                              confidence, info);
    }

    [[nodiscard]] estimate pooled(std::span<const score_table> one_vs_rest) const {
        if (one_vs_rest.empty()) return undefined::empty;
        score_table all = one_vs_rest.front();
        for (const score_table& state : one_vs_rest.subspan(1)) all.merge(state);
        return roc_auc{average::binary, confidence}(all);
    }

    [[nodiscard]] estimate pooled(std::span<const scored_outcomes> one_vs_rest) const {
        if (one_vs_rest.empty()) return undefined::empty;
        const std::size_t rows = one_vs_rest.front().size();
        bool rows_in_step = true;
        scored_outcomes all = one_vs_rest.front();
        for (const scored_outcomes& state : one_vs_rest.subspan(1)) {
            all.merge(state);
            rows_in_step = rows_in_step && state.size() == rows;
        }
        const score_curve curve(all);
        const double area = placements_of(curve).area;
        const double weight = curve.total() / static_cast<double>(one_vs_rest.size());
        if (!(weight > 0)) return undefined::empty;
        if (std::isnan(area)) return estimate(undefined::one_class, weight);
        if (!rows_in_step) return estimate::of(area, weight);

        // What a row adds to the area's deviation: (V - area) / P of its positives and (U - area) /
        // N of its negatives, with DeLong's placements V and U among all rows.
        double with_positive = 0, with_negative = 0;
        compensated_sum squares, weights, squared_weights;
        for (std::size_t row = 0; row < rows; ++row) {
            double deviation = 0, own_weight = 0;
            bool positive = false, negative = false;
            for (const scored_outcomes& state : one_vs_rest) {
                const double w = state.weights().empty() ? 1.0 : state.weights()[row];
                const score_point middle = middle_of_ties(curve, state.scores()[row]);
                if (state.labels()[row] == 1) {
                    positive = true;
                    deviation +=
                        w * (1 - middle.negatives / curve.negatives() - area) / curve.positives();
                } else {
                    negative = true;
                    deviation +=
                        w * (middle.positives / curve.positives() - area) / curve.negatives();
                }
                own_weight += w;
            }
            with_positive += positive ? 1 : 0;
            with_negative += negative ? 1 : 0;
            squares.add(deviation * deviation);
            weights.add(own_weight);
            squared_weights.add(own_weight * own_weight);
        }
        const double effective = effective_rows(weights.value(), squared_weights.value());
        const double share = effective / static_cast<double>(rows);
        const double variance = squares.value() * effective / (effective - 1);
        if (!(variance > 0)) {
            return detail::newcombe_interval(area, with_positive * share, with_negative * share,
                                             weight, confidence);
        }
        return score_interval(area, std::sqrt(variance),
                              std::min(with_positive, with_negative) * share - 1, weight,
                              confidence, info);
    }

    /// The weights above a score and half of those tied with it.
    [[nodiscard]] static score_point middle_of_ties(const score_curve& curve, double score) {
        const auto points = curve.points();
        const auto at =
            std::partition_point(points.begin() + 1, points.end() - 1,
                                 [&](const score_point& point) { return point.threshold > score; });
        const score_point& above = *(at - 1);
        return {score, (above.positives + at->positives) / 2,
                (above.negatives + at->negatives) / 2};
    }

    void require_binary() const {
        if (over != average::binary) {
            raise_invalid("roc_auc", "over", to_string(over),
                          "binary for one state; averages read one state a class");
        }
    }

    [[nodiscard]] static double positive_weight(const score_table& state) {
        return state.positives().total();
    }
    [[nodiscard]] static double positive_weight(const scored_outcomes& state) {
        compensated_sum sum;
        for (std::size_t row = 0; row < state.size(); ++row) {
            if (state.labels()[row] == 1) {
                sum.add(state.weights().empty() ? 1.0 : state.weights()[row]);
            }
        }
        return sum.value();
    }
};

}  // namespace leeway::inline v0
