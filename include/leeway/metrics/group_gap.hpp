// The largest gap between groups in a rate: the form that the fairness metrics share.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/simultaneous.hpp"

namespace leeway::inline v0 {

/// A metric that compares groups in one or more shares of their rows (class_ratio::is_share). A
/// group counts when the denominator holds at least `least_support` effective rows.
template <class M>
concept GroupGapMetric = requires(const M& metric) {
    { M::info } -> std::convertible_to<const info_card&>;
    { metric.rates()[0] } -> std::convertible_to<class_ratio>;
    { metric.least_support } -> std::convertible_to<double>;
    { metric.confidence } -> std::convertible_to<confidence_level>;
};

/// Whether effective rows are as many as asked for; their rounding does not count.
[[nodiscard]] constexpr bool has_support(double rows, double least) noexcept {
    return rows >= least * (1 - 1e-9);
}

/// The rate of each group with Wilson's interval (Kish's effective rows when weighted). Undefined:
/// empty (no row of the group), zero denominator, or too little data (below the least support).
[[nodiscard]] inline std::vector<estimate> group_rates(const grouped_counts& state,
                                                       const class_ratio& rate,
                                                       double least_support,
                                                       confidence_level confidence) {
    std::vector<estimate> rates;
    rates.reserve(state.groups().size());
    for (const group_table& group : state.groups()) {
        const binary_counts weights = group.weights();
        const double weight = weights.total();
        const double denominator = detail::dot(rate.denominator, weights);
        const double rows =
            effective_rows(denominator, detail::dot(rate.denominator, group.squared_weights()));
        if (!(weight > 0)) {
            rates.emplace_back(undefined::empty);
        } else if (!(denominator > 0)) {
            rates.emplace_back(undefined::zero_denominator, weight);
        } else if (!has_support(rows, least_support)) {
            rates.emplace_back(undefined::too_little_data, weight);
        } else {
            const double share = std::min(1.0, detail::dot(rate.numerator, weights) / denominator);
            rates.push_back(wilson_interval(share, rows, weight, confidence));
        }
    }
    return rates;
}

namespace detail {

/// A figure and its ends.
struct gap {
    double value;
    double lower;
    double upper;
};

/// p - q with Newcombe's interval, from the intervals of both.
[[nodiscard]] inline gap difference(const estimate& p, const estimate& q) {
    const double d = p.value() - q.value();
    return {d, d - std::hypot(p.value() - p.lower(), q.upper() - q.value()),
            d + std::hypot(p.upper() - p.value(), q.value() - q.lower())};
}

/// p / q with the same construction on the logarithms; where a rate is 0 the ends are those of the
/// quotient of the two intervals.
[[nodiscard]] inline gap quotient(const estimate& p, const estimate& q) {
    constexpr double infinite = std::numeric_limits<double>::infinity();
    const auto over = [](double a, double b) { return b > 0 ? a / b : infinite; };
    if (!(p.value() > 0 && q.value() > 0)) {
        return {over(p.value(), q.value()), over(p.lower(), q.upper()), over(p.upper(), q.lower())};
    }
    const double r = p.value() / q.value();
    const auto log_ratio = [](double a, double b) { return std::log(a / b); };
    return {
        r,
        r * std::exp(-std::hypot(log_ratio(p.value(), p.lower()), log_ratio(q.upper(), q.value()))),
        r * std::exp(std::hypot(log_ratio(p.upper(), p.value()), log_ratio(q.value(), q.lower())))};
}

/// The largest difference between two of the rates, or the smallest quotient.
[[nodiscard]] inline gap extreme_gap(std::span<const estimate> rates, bool ratio) {
    gap extreme = ratio ? gap{1, 1, 1} : gap{0, 0, 0};
    for (std::size_t g = 0; g < rates.size(); ++g) {
        for (std::size_t h = 0; h < rates.size(); ++h) {
            if (g == h) continue;
            const gap pair = ratio ? quotient(rates[g], rates[h]) : difference(rates[g], rates[h]);
            const auto further = [&](double& seen, double now) {
                seen = ratio ? std::min(seen, now) : std::max(seen, now);
            };
            further(extreme.value, pair.value);
            further(extreme.lower, pair.lower);
            further(extreme.upper, pair.upper);
        }
    }
    return extreme;
}

/// The gap of the metric's worst rate.
template <GroupGapMetric M>
[[nodiscard]] estimate group_gap(const M& metric, const grouped_counts& state, bool ratio) {
    const double weight = state.total();
    if (!(weight > 0)) return undefined::empty;
    const auto all_rates = metric.rates();
    std::size_t pairs = 0;
    const auto compared = [&](const class_ratio& rate, confidence_level confidence) {
        auto rates = group_rates(state, rate, metric.least_support, confidence);
        std::erase_if(rates, [](const estimate& of_group) { return !of_group; });
        return rates;
    };
    for (const class_ratio& rate : all_rates) {
        const auto rates = compared(rate, metric.confidence);
        if (rates.size() < 2) return estimate(undefined::too_little_data, weight);
        const auto largest = std::max_element(
            rates.begin(), rates.end(),
            [](const estimate& a, const estimate& b) { return a.value() < b.value(); });
        if (ratio && !(largest->value() > 0)) return estimate(undefined::zero_denominator, weight);
        pairs += rates.size() * (rates.size() - 1) / 2;
    }
    const confidence_level each = simultaneous(metric.confidence, pairs);
    gap worst = ratio ? gap{1, 1, 1} : gap{0, 0, 0};
    for (const class_ratio& rate : all_rates) {
        const gap of_rate = extreme_gap(compared(rate, each), ratio);
        const auto further = [&](double& seen, double now) {
            seen = ratio ? std::min(seen, now) : std::max(seen, now);
        };
        further(worst.value, of_rate.value);
        further(worst.lower, of_rate.lower);
        further(worst.upper, of_rate.upper);
    }
    return estimate::within(worst.value, std::clamp(worst.lower, 0.0, worst.value),
                            std::clamp(worst.upper, worst.value, 1.0), metric.confidence.level,
                            weight);
}

}  // namespace detail

/// Largest rate of a group less the smallest, and the larger of these where there are several
/// rates.
///
/// Undefined: empty; too little data, when fewer than two groups have the least support in a rate.
/// Such groups are left out (left_out() counts them, per_group() says why).
///
/// What the interval covers: the gap between the true rates of the groups that were compared, with
/// at least the stated confidence as far as each of its parts holds. It takes Newcombe's interval
/// (from two of Wilson's) for every pair of groups and every rate, at the level at which all of
/// them hold together (simultaneous.hpp), and ranges over the gaps that these allow. It is
/// conservative for many groups. Two groups and one rate: it is Newcombe's interval for the
/// difference, without its sign. Cost: O(groups^2). Source: R. G. Newcombe, "Interval estimation
/// for the difference between independent proportions", Stat. Med. 17 (1998), method 10.
template <GroupGapMetric M>
[[nodiscard]] estimate group_difference(const M& metric, const grouped_counts& state) {
    return detail::group_gap(metric, state, false);
}

/// Smallest rate of a group over the largest, and the smaller of these where there are several
/// rates. Undefined as group_difference, and (zero denominator) when every compared rate is 0.
///
/// Interval as in group_difference, with the same construction on the logarithms of the rates.
/// Cost: O(groups^2). Source: G. Y. Zou, A. Donner, "Construction of confidence limits about effect
/// measures: a general approach", Stat. Med. 27 (2008).
template <GroupGapMetric M>
[[nodiscard]] estimate group_quotient(const M& metric, const grouped_counts& state) {
    return detail::group_gap(metric, state, true);
}

/// A rate of the metric in each group, in order; `which` of its rates.
template <GroupGapMetric M>
[[nodiscard]] std::vector<estimate> per_group(const M& metric, const grouped_counts& state,
                                              std::size_t which = 0) {
    return group_rates(state, metric.rates().at(which), metric.least_support, metric.confidence);
}

/// Groups with rows that a rate of the metric leaves out, for want of support or a denominator.
template <GroupGapMetric M>
[[nodiscard]] std::size_t left_out(const M& metric, const grouped_counts& state) {
    const auto all_rates = metric.rates();
    std::vector<bool> out(state.groups().size(), false);
    for (const class_ratio& rate : all_rates) {
        const auto rates = group_rates(state, rate, metric.least_support, metric.confidence);
        for (std::size_t g = 0; g < rates.size(); ++g) {
            if (!rates[g] && rates[g].reason() != undefined::empty) out[g] = true;
        }
    }
    return static_cast<std::size_t>(std::count(out.begin(), out.end(), true));
}

}  // namespace leeway::inline v0
