// The states that the cases of the metrics' tables fill.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/sample.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

inline leeway::confusion_matrix counts_of(const metric_case& from) {
    leeway::confusion_matrix counts(static_cast<std::size_t>(from.integers("classes").at(0)));
    const auto label = from.integers("label");
    const auto prediction = from.integers("prediction");
    const auto weight = from.numbers("weight");
    counts.update({.label = label, .prediction = prediction, .weight = weight});
    return counts;
}

/// A state of (label, score) rows; only scores in [0, 1] when `probabilities`.
template <class State>
State scored(const metric_case& from, State state) {
    const auto label = from.integers("label");
    const auto score = from.numbers("score");
    const auto weight = from.numbers("weight");
    state.update(
        leeway::probability_outcome::columns{.label = label, .score = score, .weight = weight});
    return state;
}

template <class State>
State regressed(const metric_case& from, State state = State()) {
    const auto target = from.numbers("target");
    const auto prediction = from.numbers("prediction");
    const auto weight = from.numbers("weight");
    state.update(leeway::regression_outcome::columns{
        .target = target, .prediction = prediction, .weight = weight});
    return state;
}

/// see(row) for every row of a case with a probability for each class.
template <class See>
void for_each_row(const metric_case& from, See see) {
    const auto label = from.integers("label");
    const auto scores = from.numbers("scores");
    const auto weight = from.numbers("weight");
    const leeway::probability_row::columns batch{
        .label = label, .scores = scores, .weight = weight};
    for (std::size_t row = 0; row < batch.size(); ++row) see(batch[row]);
}

/// A state of targets and their forecast intervals.
template <class State>
State intervals(const metric_case& from, State state = State()) {
    const auto target = from.numbers("target");
    const auto lower = from.numbers("lower");
    const auto upper = from.numbers("upper");
    const auto weight = from.numbers("weight");
    state.update(leeway::interval_outcome::columns{
        .target = target, .lower = lower, .upper = upper, .weight = weight});
    return state;
}

/// A state of targets and their normal forecasts.
template <class State>
State normals(const metric_case& from, State state = State()) {
    const auto target = from.numbers("target");
    const auto mean = from.numbers("mean");
    const auto deviation = from.numbers("deviation");
    const auto weight = from.numbers("weight");
    state.update(leeway::normal_outcome::columns{
        .target = target, .mean = mean, .deviation = deviation, .weight = weight});
    return state;
}

/// A state of targets and their ensembles.
template <class State>
State ensembles(const metric_case& from, State state = State()) {
    const auto target = from.numbers("target");
    const auto members = from.numbers("members");
    const auto weight = from.numbers("weight");
    state.update(
        leeway::ensemble_outcome::columns{.target = target, .members = members, .weight = weight});
    return state;
}

/// A state of targets and their forecast quantiles.
template <class State>
State quantiles(const metric_case& from, State state = State()) {
    const auto target = from.numbers("target");
    const auto levels = from.numbers("levels");
    const auto quantile = from.numbers("quantiles");
    const auto weight = from.numbers("weight");
    state.update(leeway::quantile_outcome::columns{
        .target = target, .levels = levels, .quantiles = quantile, .weight = weight});
    return state;
}

template <leeway::PointwiseLoss Loss>
leeway::mean_loss<Loss> rows(const metric_case& from) {
    const auto label = from.integers("label");
    const auto scores = from.numbers("scores");
    const auto weight = from.numbers("weight");
    leeway::mean_loss<Loss> losses;
    losses.update(
        leeway::probability_row::columns{.label = label, .scores = scores, .weight = weight});
    return losses;
}

}  // namespace oracle
