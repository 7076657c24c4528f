// A snapshot with everything in it, made by hand: the exporters' tests know each number.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <utility>

#include "leeway/monitor/snapshot.hpp"

namespace support {

inline leeway::time_point at(std::int64_t seconds) {
    return leeway::time_point(std::chrono::seconds(seconds));
}

inline leeway::drift_result drift(double statistic, double p) {
    leeway::drift_result result;
    result.statistic = statistic;
    result.p_value = p;
    result.n_reference = 100;
    result.n_current = 50;
    return result;
}

inline leeway::guard_reading guard(double evidence, leeway::detector_status status) {
    leeway::guard_reading reading;
    reading.detector = "shape_e_detector";
    reading.evidence = evidence;
    reading.threshold = 5000;
    reading.status = status;
    reading.lag_one = leeway::estimate::within(0.125, 0.0625, 0.1875, 0.95, 49);
    return reading;
}

inline leeway::channel_snapshot amount() {
    leeway::channel_snapshot channel;
    channel.name = "amount";
    channel.n_reference = 100;
    channel.n_current = 50;
    channel.missing_reference = 4;
    channel.missing = 5;
    channel.non_finite = 1;
    channel.below_range = 2;
    channel.above_range = 3;
    channel.reference.mean = leeway::estimate::within(1.5, 1.25, 1.75, 0.95, 96);
    channel.current.mean = leeway::estimate::within(2.5, 2.25, 2.75, 0.95, 44);
    channel.bins = {{"(-inf, 1.5)", 48, 11, 0.48, 0.22, 1.5},
                    {"[1.5, inf)", 48, 33, 0.48, 0.66},
                    {"missing", 4, 5, 0.04, 0.1},
                    {"non-finite", 0, 1, 0, 0.02},
                    {"unseen", 0, 0, 0, 0}};
    channel.tests = {
        {"population_stability_index", drift(0.25, 0.001), leeway::verdict::beyond},
        {"kolmogorov_smirnov", drift(0.3, 0.0005), {}},
    };
    channel.verdict = leeway::verdict::beyond;
    channel.guard = guard(6000, leeway::detector_status::drift);
    channel.guard.explanation = "higher values";
    return channel;
}

inline leeway::channel_snapshot country() {
    leeway::channel_snapshot channel;
    channel.name = "country";
    channel.kind = leeway::channel_kind::categorical;
    channel.n_reference = 100;
    channel.n_current = 50;
    channel.unseen = 7;
    channel.bins = {{"de", 60, 20, 0.6, 0.4},
                    {"fr", 40, 23, 0.4, 0.46},
                    {"missing", 0, 0, 0, 0},
                    {"non-finite", 0, 0, 0, 0},
                    {"unseen", 0, 7, 0, 0.14}};
    leeway::drift_result nothing;
    nothing.reason = leeway::undefined::too_little_data;
    channel.tests = {{"population_stability_index", nothing, leeway::verdict::not_enough_data}};
    channel.guard = guard(1.25, leeway::detector_status::stable);
    channel.guard.guarantee_void = true;
    return channel;
}

inline leeway::channel_snapshot score() {
    leeway::channel_snapshot channel;
    channel.name = "score";
    channel.kind = leeway::channel_kind::score;
    channel.n_reference = 100;
    channel.n_current = 50;
    channel.missing = 1;
    channel.current.mean = leeway::estimate::within(0.5, 0.25, 0.75, 0.95, 48);
    channel.bins = {{"(-inf, 0.25)", 50, 8, 0.5, 0.16, 0.25},
                    {"[0.25, 0.75)", 25, 10, 0.25, 0.2, 0.75},
                    {"[0.75, inf)", 25, 30, 0.25, 0.6},
                    {"missing", 0, 1, 0, 0.02},
                    {"non-finite", 0, 1, 0, 0.02},
                    {"unseen", 0, 0, 0, 0}};
    channel.tests = {{"population_stability_index", drift(0.01, 0.5), leeway::verdict::within}};
    channel.verdict = leeway::verdict::within;
    channel.guard = guard(0.75, leeway::detector_status::stable);
    return channel;
}

inline leeway::snapshot example_snapshot() {
    leeway::snapshot now;
    now.reference_id = 0x0123456789abcdefULL;
    now.reference_rows = 100;
    now.period_start = at(1'700'000'000);
    now.taken = at(1'700'000'060) + std::chrono::milliseconds(500);
    now.last_label = at(1'700'000'030);
    now.rows = 50;
    now.rows_in_all = 250;
    now.rejected_rows = 2;
    now.task = "binary";
    now.labels = {40, 3, 2, 1, 4, 0};
    now.features = {amount(), country()};
    now.score = score();
    leeway::error_snapshot error;
    error.loss = "error rate at threshold 0.5";
    error.reference = leeway::estimate::within(0.125, 0.0625, 0.25, 0.95, 100);
    error.current = leeway::estimate::within(0.25, 0.125, 0.5, 0.95, 40);
    error.guard = guard(2.5, leeway::detector_status::warning);
    now.error = error;
    now.metrics = {
        {"accuracy", "1", leeway::orientation::higher_is_better,
         leeway::estimate::within(0.875, 0.75, 0.9375, 0.95, 100),
         leeway::estimate::within(0.75, 0.5, 0.875, 0.95, 40)},
        {"roc_auc", "1", leeway::orientation::higher_is_better, leeway::estimate::of(0.8, 100),
         leeway::estimate(leeway::undefined::one_class, 40)},
    };
    now.outcomes = {15, 6, 4, 15};
    now.panel = {4, 1500.25, 1e6, 0.02, 0.999, leeway::detector_status::drift, true};
    leeway::alarm raised;
    raised.number = 1;
    raised.when = at(1'700'000'050);
    raised.row = 240;
    raised.since_row = 200;
    raised.channel = "amount";
    raised.detector = "shape_e_detector";
    raised.evidence = 6000;
    raised.panel_evidence = 1e6;
    raised.threshold = 1e6;
    raised.effect = drift(0.25, 0.001);
    raised.effect_name = "population_stability_index";
    raised.explanation = "higher values";
    now.alarms = {raised};
    now.alarms_in_all = 1;
    return now;
}

}  // namespace support
