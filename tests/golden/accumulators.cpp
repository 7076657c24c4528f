#include <algorithm>
#include <array>

#include "golden/states.hpp"
#include "leeway/accumulators/absolute_totals.hpp"
#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/accumulators/bounded_mean.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/comoments.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/counts.hpp"
#include "leeway/accumulators/error_extrema.hpp"
#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/extrema.hpp"
#include "leeway/accumulators/grouped_counts.hpp"
#include "leeway/accumulators/grouped_residuals.hpp"
#include "leeway/accumulators/interval_losses.hpp"
#include "leeway/accumulators/label_ranks.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/mean_query_score.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/accumulators/multilabel_counts.hpp"
#include "leeway/accumulators/paired_decisions.hpp"
#include "leeway/accumulators/paired_score_table.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/accumulators/regression_losses.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/row_losses.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/accumulators/spiegelhalter_sums.hpp"
#include "leeway/accumulators/survival_outcomes.hpp"

using namespace leeway;

namespace golden {

namespace {

constexpr double bad = std::numeric_limits<double>::quiet_NaN();

// What rows of several numbers point to.
constexpr std::array<double, 3> low{0.25, 0.25, 0.5}, high{0.125, 0.75, 0.125};
constexpr std::array<double, 4> relevances{1, 0, 2, 0}, scores{0.5, 0.25, 0.25, 0.75};
constexpr std::array<std::int32_t, 2> first{1, 0}, second{1, 1};

template <class State>
entry of_values(const State& empty) {
    return filled(empty, {-2.0, 0.5, 0.5, 3.25, bad});
}

template <class State>
entry of_weighted_values(const State& empty) {
    return filled(empty, {{-2.0, 1}, {0.5, 2}, {3.25, 0.5}, {bad, 1}, {1, -1}});
}

template <class State>
entry of_scores(const State& empty) {
    return filled(empty,
                  {{1, 0.75}, {0, 0.25, 2}, {1, 0.25}, {0, 0.5, 0.5}, {1, 1}, {2, 0.5}, {1, bad}});
}

template <class State>
entry of_predictions(const State& empty) {
    return filled(empty, {{1, 1.5}, {2, 0.5, 2}, {-3, -2.75, 0.5}, {0, 4}, {bad, 1}});
}

template <class State>
entry of_class_rows(const State& empty) {
    return filled(empty, {{2, low}, {1, high, 2}, {0, low, 0.5}, {7, low}});
}

}  // namespace

std::vector<entry> accumulators() {
    const log_linear_layout few_cells(2, -3, 3, true), one_cell(0, -1, 0, false);
    return {
        of_values(counts()),
        of_values(extrema()),
        of_values(binned_counts(binning::intervals({0, 1, 2}))),
        of_values(bounded_mean(-4, 4)),
        of_weighted_values(moments()),
        of_weighted_values(log_linear_histogram(few_cells)),
        of_scores(calibration_bins(4)),
        of_scores(spiegelhalter_sums()),
        of_scores(score_table(few_cells)),
        of_scores(scored_outcomes()),
        of_scores(mean_loss<loss::brier>()),
        of_predictions(absolute_totals()),
        of_predictions(comoments()),
        of_predictions(error_extrema()),
        of_predictions(error_histograms(few_cells)),
        of_predictions(paired_values()),
        of_predictions(regression_moments()),
        of_predictions(mean_loss<loss::squared_error>()),
        of_predictions(mean_loss<loss::pinball>(loss::pinball{0.25})),
        of_class_rows(class_scores(3)),
        of_class_rows(class_score_tables(3, true, one_cell)),
        of_class_rows(label_ranks(3)),
        of_class_rows(class_losses<loss::row_brier>(3)),
        filled(confusion_matrix(3), {{0, 0}, {1, 2, 2}, {2, 2, 0.5}, {0, 1}, {5, 0}}),
        filled(paired_decisions(2), {{0, 0, 1}, {1, 1, 1, 2}, {1, 0, 1, 0.5}, {0, 5, 0}}),
        filled(paired_score_table(one_cell, 3),
               {{1, 0.75, 0.5}, {0, 0.25, 0.5, 2}, {1, 0.5, 0.25}, {0, bad, 0}}),
        filled(grouped_counts(3), {{0, 1, 1}, {1, 0, 1, 2}, {2, 1, 0, 0.5}, {5, 1, 1}}),
        filled(grouped_residuals(3), {{0, 1, 0.75}, {1, 0, 0.25, 2}, {2, 1, 0.5}, {5, 1, 1}}),
        filled(interval_losses(), {{1, 0, 2}, {3, 0, 2, 2}, {-1, 0, 4, 0.5}, {1, 2, 0}}),
        filled(multilabel_counts(2), {{first, second}, {second, second, 2}, {first, first, -1}}),
        filled(survival_outcomes(), {{1, 1, 0.5}, {2, 0, 0.25, 2}, {2.5, 1, 0.75}, {-1, 1, 0}}),
        filled(mean_query_score<per_query::recall>(per_query::recall{2}),
               {{relevances, scores}, {relevances, relevances, 2}, {scores, low}}),
    };
}

}  // namespace golden
