#include "leeway/monitor/make_snapshot.hpp"

#include <cmath>
#include <optional>
#include <span>
#include <utility>

#include "lag_one.hpp"
#include "leeway/core/error.hpp"
#include "leeway/drift/chi_squared.hpp"
#include "leeway/drift/kolmogorov_smirnov.hpp"
#include "leeway/drift/population_stability_index.hpp"
#include "read_metrics.hpp"

namespace leeway::inline v0 {

namespace {

double share(std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// A mean with its large-sample interval.
estimate mean_within(double mean, double standard_deviation, double n) {
    const double half = confidence_95.critical * standard_deviation / std::sqrt(n);
    if (!std::isfinite(half)) return estimate::of(mean, n);
    return estimate::within(mean, mean - half, mean + half, confidence_95.level, n);
}

/// From sums of deviations from the reference's mean.
value_summary summary_of(const detail::channel_sums& sums, double shift, std::uint64_t finite) {
    value_summary summary;
    const auto n = static_cast<double>(finite);
    if (finite == 0) return summary;
    const double offset = sums.deviations / n;
    if (!std::isfinite(offset)) {
        summary.mean = summary.standard_deviation = {undefined::out_of_range, n};
        return summary;
    }
    const double variation = sums.squares - sums.deviations * offset;
    if (finite == 1) {
        summary.standard_deviation = {undefined::too_little_data, n};
    } else if (!std::isfinite(variation)) {
        summary.standard_deviation = {undefined::out_of_range, n};
    } else {
        summary.standard_deviation = estimate::of(std::sqrt(std::max(variation, 0.0) / (n - 1)), n);
    }
    summary.mean = summary.standard_deviation
                       ? mean_within(shift + offset, summary.standard_deviation.value(), n)
                       : estimate::of(shift + offset, n);
    return summary;
}

/// See bin_reading::upper.
std::optional<double> upper_end(const binning& bins, std::size_t bin) {
    if (!bins.ordered() || bin >= bins.regular()) return std::nullopt;
    const auto points = bins.points();
    if (bins.shape() == binning::form::intervals) {
        return bin < points.size() ? std::optional(points[bin]) : std::nullopt;
    }
    std::optional<double> largest;
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (bins.bin_of_points()[i] == bin) largest = points[i];
    }
    return largest;
}

template <DriftTest Test>
test_reading read_test(const Test& test, const binned_counts& before, const binned_counts& now) {
    return {Test::info.name, test(before, now), std::nullopt};
}

channel_snapshot read_channel(const feature_reference& frozen, const monitor_state& totals,
                              std::size_t channel, channel_kind kind, const alert_rule& rule) {
    const binning& bins = frozen.bins();
    binned_counts current(frozen.counts().shared_bins());
    const auto counts = totals.counts(channel);
    for (std::size_t bin = 0; bin < counts.size(); ++bin) current.add(bin, counts[bin]);

    channel_snapshot read;
    read.name = frozen.name();
    read.kind = kind;
    read.n_reference = frozen.rows();
    read.n_current = current.total();
    read.missing_reference = frozen.missing();
    read.missing = current.missing();
    read.non_finite = current[bins.non_finite()];
    read.unseen = current[bins.unseen()];
    const detail::channel_sums& sums = detail::state_reader::sums(totals, channel);
    read.below_range = sums.below;
    read.above_range = sums.above;
    if (kind != channel_kind::categorical) {
        read.reference = {frozen.mean(), frozen.standard_deviation(), frozen.minimum(),
                          frozen.maximum()};
        read.current = summary_of(sums, frozen.mean().value_or(0),
                                  read.n_current - read.missing - read.non_finite);
    }
    for (std::size_t bin = 0; bin < bins.size(); ++bin) {
        read.bins.push_back({frozen.label(bin), frozen.counts()[bin], current[bin],
                             share(frozen.counts()[bin], read.n_reference),
                             share(current[bin], read.n_current), upper_end(bins, bin)});
    }
    read.tests.push_back(read_test(population_stability_index{}, frozen, current));
    read.verdict = rule(read.tests.back().result);
    read.tests.back().verdict = read.verdict;
    if (bins.ordered()) {
        read.tests.push_back(read_test(kolmogorov_smirnov{}, frozen, current));
    } else {
        read.tests.push_back(read_test(chi_squared{}, frozen, current));
    }
    return read;
}

std::string loss_text(const reference& against) {
    if (against.task() == prediction_task::binary) {
        return "error rate at threshold " + detail::shown(against.threshold());
    }
    return "squared error, clipped at the reference's " + detail::shown(against.error()->quantile) +
           " quantile";
}

estimate mean_level(const error_reference& levels) {
    const auto n = static_cast<double>(levels.rows());
    if (n == 0) return undefined::empty;
    return mean_within(levels.mean(), levels.standard_deviation(), n);
}

}  // namespace

snapshot make_snapshot(const reference& against, const monitor_state& totals, time_point now,
                       const alert_rule& rule) {
    totals.require_bound_to(against);
    snapshot made;
    made.reference_id = against.id();
    made.reference_rows = against.rows();
    made.taken = now;
    made.rows = totals.rows();
    made.rows_in_all = totals.rows();
    made.rejected_rows = totals.rejected_rows();
    made.task = to_string(against.task());
    made.threshold = against.threshold();
    made.labels = totals.labels();
    made.panel.leeway_psi = rule.leeway;

    std::size_t channel = 0;
    for (const feature_reference& feature : against.features()) {
        const channel_kind kind = feature.kind() == feature_kind::numeric
                                      ? channel_kind::numeric
                                      : channel_kind::categorical;
        made.features.push_back(read_channel(feature, totals, channel++, kind, rule));
    }
    if (against.score() != nullptr) {
        made.score = read_channel(*against.score(), totals, channel, channel_kind::score, rule);
    }
    if (against.error() == nullptr) return made;

    error_reference current = *against.error();
    current.counts = totals.outcomes().levels();
    made.error = error_snapshot{loss_text(against),
                                against.error()->scale,
                                mean_level(*against.error()),
                                mean_level(current),
                                {}};
    for (reference_metric& metric : detail::read_metrics(totals.outcomes(), confidence_95)) {
        const estimate before = against.metric(metric.key);
        made.metrics.push_back(
            {std::move(metric.key), std::move(metric.unit), metric.better, before, metric.value});
    }
    if (const binary_outcomes* binary = totals.outcomes().binary()) {
        for (std::size_t label : {0U, 1U}) {
            for (std::size_t predicted : {0U, 1U}) {
                made.outcomes.push_back(static_cast<std::uint64_t>(
                    binary->get<confusion_matrix>().cell(label, predicted)));
            }
        }
    }
    return made;
}

}  // namespace leeway::inline v0
