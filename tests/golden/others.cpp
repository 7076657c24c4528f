#include "golden/states.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/change/lag_one_correlation.hpp"
#include "leeway/change/mean_e_detector.hpp"
#include "leeway/change/shape_e_detector.hpp"
#include "leeway/compose/bootstrapped.hpp"
#include "leeway/compose/sliced.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/champion_challenger.hpp"
#include "leeway/model/beta_calibrator.hpp"
#include "leeway/model/isotonic_calibrator.hpp"
#include "leeway/model/linear_model.hpp"
#include "leeway/model/logistic_model.hpp"
#include "leeway/model/platt_calibrator.hpp"
#include "leeway/model/temperature_scaling.hpp"
#include "leeway/monitor/outcome_totals.hpp"

using namespace leeway;

namespace golden {

namespace {

champion_challenger trial() {
    champion_challenger trial;
    trial.update(1, 0.5);
    trial.update(0, 0.25);
    trial.update(0.75, std::numeric_limits<double>::quiet_NaN());
    return trial;
}

bootstrapped<confusion_matrix> replicates() {
    bootstrapped<confusion_matrix> drawn(confusion_matrix(2), 3, 7);
    drawn.update(1, {0, 0});
    drawn.update(2, {1, 1, 2});
    drawn.update(3, {0, 1});
    return drawn;
}

sliced<moments> slices() {
    sliced<moments> kept(2);
    kept.update(slice_key(1), 0.5);
    kept.update(slice_key(2), 1.5);
    kept.update(slice_key(1), 2.5);
    kept.update(slice_key(3), 4.0);
    return kept;
}

mean_e_detector mean_detector() {
    mean_e_detector watch({.reference_mean = 0.25, .false_alarm_every = 1000});
    for (const double value : {0.0, 1.0, 0.5, 1.0, 2.0}) watch.update(value);
    return watch;
}

/// Of two bins: a state of more is several kilobytes.
shape_e_detector shape_detector() {
    binned_counts training(binning::intervals({1}));
    for (const double value : {0.0, 0.5, 1.5, 2.5, 0.25}) training.update(value);
    shape_e_detector watch(training, {.false_alarm_every = 1000});
    for (const double value : {0.0, 1.5, 3.0}) watch.update(value);
    return watch;
}

outcome_totals totals() {
    outcome_totals taken(prediction_task::regression, 0.5,
                         {.scale = 4, .quantile = 0.75, .counts = {4, 2, 1}},
                         log_linear_layout(2, -3, 3, true));
    taken.update(1, 1.5);
    taken.update(2, 0.5, 2);
    taken.update(std::numeric_limits<double>::quiet_NaN(), 1);
    return taken;
}

const log_linear_layout one_cell(0, -1, 0, false);

bounded_evaluation<binary_task> binary_evaluation() {
    bounded_evaluation<binary_task> seen(binary_task{}, one_cell);
    seen.update(probability_outcome{1, 0.75});
    seen.update(probability_outcome{0, 0.5, 2});
    return seen;
}

bounded_evaluation<multiclass_task> multiclass_evaluation() {
    bounded_evaluation<multiclass_task> seen({.classes = 2}, one_cell);
    seen.update(class_outcome{1, 0});
    seen.update(class_outcome{0, 0, 2});
    return seen;
}

bounded_evaluation<regression_task> regression_evaluation() {
    bounded_evaluation<regression_task> seen(regression_task{}, one_cell);
    seen.update({1, 1.5});
    seen.update({0.5, 0.25, 2});
    return seen;
}

bounded_evaluation<ranking_task> ranking_evaluation() {
    const std::vector<double> relevance{1, 0, 2}, score{0.5, 0.75, 0.25};
    bounded_evaluation<ranking_task> seen({.cutoffs = {}});
    seen.update({.relevance = relevance, .score = score});
    return seen;
}

isotonic_calibrator steps() {
    return isotonic_calibrator::fit(std::vector<double>{1, 2, 3, 4},
                                    std::vector<double>{0, 1, 0, 1});
}

}  // namespace

std::vector<entry> others() {
    return {
        of(trial),
        of(replicates),
        of(slices),
        of(mean_detector),
        of(shape_detector),
        of(totals),
        of(binary_evaluation),
        of(multiclass_evaluation),
        of(regression_evaluation),
        of(ranking_evaluation),
        filled(lag_one_correlation(), {0.0, 1.0, 0.5, 1.5, 0.25}),
        of(steps),
        of([] { return platt_calibrator(1.5, -0.25, score_kind::probability); }),
        of([] { return temperature_scaling(1.5); }),
        of([] { return beta_calibrator(1.5, 0.75, -0.25); }),
        of([] {
            return linear_model({0.5, -1.25}, 2);
        }),
        of([] {
            return logistic_model({0.5, -1.25}, 2);
        }),
    };
}

}  // namespace golden
