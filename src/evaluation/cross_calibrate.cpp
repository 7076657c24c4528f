#include "leeway/evaluation/cross_calibrate.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string_view>
#include <utility>

#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/expected_calibration_error.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_of_values.hpp"

namespace leeway::inline v0::detail {

namespace {

/// The rows of the figures.
struct tested_rows {
    std::vector<probability_outcome> before;
    std::vector<probability_outcome> after;
    bool scores_are_probabilities{true};
    std::uint64_t rejected{0};
};

bool is_probability(double value) {
    return value >= 0 && value <= 1;
}

tested_rows rows_of(std::span<const double> probabilities, std::span<const std::int32_t> labels,
                    std::span<const double> scores, std::span<const double> weights,
                    std::span<const split> splits) {
    tested_rows rows;
    for (const split& part : splits) {
        for (const std::size_t row : part.test) {
            if (!is_probability(probabilities[row])) {
                ++rows.rejected;
                continue;
            }
            const double weight = weights.empty() ? 1 : weights[row];
            if (!is_probability(scores[row])) rows.scores_are_probabilities = false;
            rows.before.push_back({labels[row], scores[row], weight});
            rows.after.push_back({labels[row], probabilities[row], weight});
        }
    }
    return rows;
}

template <class M>
estimate figure_of(const std::vector<probability_outcome>& rows, const M& metric,
                   typename M::state_type state = {}) {
    for (const probability_outcome& row : rows) state.update(row);
    const estimate figure = metric(state);
    // Of weights whose sum overflows, or whose squares do.
    if (figure && std::isnan(figure.value())) return estimate(undefined::out_of_range);
    if (figure.has_interval() && (std::isnan(figure.lower()) || std::isnan(figure.upper())))
        return estimate::of(figure.value(), figure.weight());
    return figure;
}

/// Why one of the two is undefined, if one is.
std::optional<estimate> undefined_side(const calibration_change& change) {
    for (const estimate* side : {&change.after, &change.before}) {
        if (!*side) return *side;
    }
    return {};
}

/// What stands there where nothing can be compared.
calibration_change after_alone(const estimate& after) {
    const auto nothing = after ? estimate(undefined::out_of_range, after.weight()) : after;
    return {nothing, after, nothing};
}

/// A mean loss and the paired difference of its rows.
template <class M, class Loss>
calibration_change change_of_loss(const tested_rows& rows, confidence_level confidence,
                                  double greatest, const Loss& loss) {
    const M metric{confidence};
    calibration_change change = after_alone(figure_of(rows.after, metric));
    if (!change.after || !rows.scores_are_probabilities) return change;
    const double weight = change.after.weight();
    change.before = figure_of(rows.before, metric);
    if (const auto none = undefined_side(change)) {
        change.difference = *none;
        return change;
    }
    const double whole = change.after.value() - change.before.value();
    if (!std::isfinite(whole)) {
        change.difference = std::isnan(whole) ? estimate(undefined::not_comparable, weight)
                                              : estimate::of(whole, weight);
        return change;
    }
    moments differences(0);
    for (std::size_t i = 0; i < rows.after.size(); ++i) {
        differences.update({loss(rows.after[i]) - loss(rows.before[i]), rows.after[i].weight});
    }
    const info_card info{"difference", M::info.unit, -greatest, greatest};
    change.difference = mean_of_values(differences, confidence, info);
    return change;
}

calibration_change change_of_calibration(const tested_rows& rows,
                                         const cross_calibration_settings& settings) {
    const calibration_bins empty(settings.bins);
    const auto at = [&](const auto& side, confidence_level confidence) {
        return figure_of(side, expected_calibration_error{confidence}, empty);
    };
    calibration_change change = after_alone(at(rows.after, settings.confidence));
    if (!change.after || !rows.scores_are_probabilities) return change;
    change.before = at(rows.before, settings.confidence);
    if (const auto none = undefined_side(change)) {
        change.difference = *none;
        return change;
    }
    // Each end of the difference fails only where one of two ends does.
    const double level = settings.confidence.level;
    const auto stricter = confidence_level::of((1 + level) / 2);
    const estimate before = at(rows.before, stricter);
    const estimate after = at(rows.after, stricter);
    const double difference = change.after.value() - change.before.value();
    change.difference =
        before.has_interval() && after.has_interval()
            ? estimate::within(difference, after.lower() - before.upper(),
                               after.upper() - before.lower(), level, after.weight())
            : estimate::of(difference, change.after.weight());
    return change;
}

}  // namespace

std::vector<double> require_calibration_rows(std::span<const std::int32_t> labels,
                                             std::span<const double> scores,
                                             std::span<const double> weights,
                                             std::span<const split> splits) {
    constexpr std::string_view where = "cross_calibrate";
    require_length(where, "score", scores.size(), labels.size());
    require_length(where, "weight", weights.size(), labels.size(), true);
    for (const std::int32_t label : labels) {
        if (label != 0 && label != 1) raise_invalid(where, "a label", label, "0 or 1");
    }
    std::vector<double> targets(labels.begin(), labels.end());
    require_splits(where, {batch_view(scores, 1), targets, weights}, splits);
    std::vector<bool> tested(labels.size());
    for (const split& part : splits) {
        for (const std::size_t row : part.test) {
            if (tested[row])
                raise_invalid(where, "a row tested twice", row, "each in one test part at most");
            tested[row] = true;
        }
    }
    return targets;
}

cross_calibration calibration_errors(std::vector<double> probabilities,
                                     std::span<const std::int32_t> labels,
                                     std::span<const double> scores,
                                     std::span<const double> weights, std::span<const split> splits,
                                     const cross_calibration_settings& settings) {
    const tested_rows rows = rows_of(probabilities, labels, scores, weights, splits);
    constexpr double infinity = std::numeric_limits<double>::infinity();
    cross_calibration found;
    found.log_loss =
        change_of_loss<log_loss>(rows, settings.confidence, infinity, loss::logarithmic{});
    found.brier_score = change_of_loss<brier_score>(rows, settings.confidence, 1, loss::brier{});
    found.expected_calibration_error = change_of_calibration(rows, settings);
    found.rejected = rows.rejected;
    found.probabilities = std::move(probabilities);
    return found;
}

}  // namespace leeway::inline v0::detail
