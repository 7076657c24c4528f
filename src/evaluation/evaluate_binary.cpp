#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "evaluation/evaluate_parts.hpp"
#include "evaluation/more_figures.hpp"
#include "evaluation/side_by_side.hpp"
#include "leeway/accumulators/calibration_bins.hpp"
#include "leeway/accumulators/class_losses.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/accumulators/spiegelhalter_sums.hpp"
#include "leeway/core/block_sums.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/probability_block.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/evaluation/task_states.hpp"
#include "leeway/metrics/class_order.hpp"
#include "leeway/metrics/measured_curve.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"
#include "leeway/metrics/score_survey.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::inline v0 {

namespace {

const detail::side_by_side in_one(1, 0);

void add_decisions(confusion_matrix& counts, const probability_block& block, double threshold) {
    const auto sums = long_block_sums(
        block.size(),
        [threshold](const auto& y, const auto& p) {
            const auto decided = one_where_at_least(p, threshold);
            return std::array{decided, decided * y};
        },
        block.numbers().data(), block.rows().score.data());
    const auto predicted = static_cast<std::uint64_t>(sums[0]);
    const auto both = static_cast<std::uint64_t>(sums[1]);
    counts.add(1, 1, both);
    counts.add(0, 1, predicted - both);
    counts.add(1, 0, block.positives() - both);
    counts.add(0, 0, block.size() - predicted - block.positives() + both);
}

/// Everything bounded that is read from rows, and what they are like.
template <class States>
struct readings {
    States states{};
    score_survey seen{};

    /// A block at a time, so that it is still in the cache when the last of the states reads it.
    void take(const probability_outcome::columns& rows, double threshold) {
        constexpr std::size_t ahead = 16 * probability_block::most_rows;
        std::array<std::int32_t, probability_block::most_rows> decided;
        probability_block block;
        for (std::size_t first = 0; first < rows.size(); first += probability_block::most_rows) {
            const std::size_t n = std::min(probability_block::most_rows, rows.size() - first);
            const auto part = rows.part(first, n);
            if (first % ahead == 0) {
                // From memory by one plain loop, which keeps more reads in flight.
                const auto next = rows.part(first, std::min(ahead, rows.size() - first));
                seen.merge(survey_of(next.label, next.score));
            }
            if constexpr (detail::Takes<States, probability_block>) {
                // Looked at once for all of them.
                if (n == probability_block::most_rows && part.weight.empty() && block.take(part)) {
                    add_decisions(states.template get<confusion_matrix>(), block, threshold);
                    states.update(block);
                    continue;
                }
            }
            for (std::size_t i = 0; i < n; ++i) decided[i] = part.score[i] >= threshold ? 1 : 0;
            states.update(class_outcome::columns{.label = part.label,
                                                 .prediction = std::span(decided).first(n),
                                                 .weight = part.weight});
            states.update(part);
        }
    }

    void merge(const readings& other) {
        states.merge(other.states);
        seen.merge(other.seen);
    }
};

/// By the threads of `run`; parts are merged in the order of the rows.
template <class States>
readings<States> read_rows(const probability_outcome::columns& rows, double threshold,
                           const detail::side_by_side& run) {
    std::vector<readings<States>> parts(run.parts());
    run([&](std::size_t part) {
        const std::size_t first = rows.size() * part / run.parts();
        const std::size_t n = rows.size() * (part + 1) / run.parts() - first;
        parts[part].take(rows.part(first, n), threshold);
    });
    for (std::size_t part = 1; part < parts.size(); ++part) parts[0].merge(parts[part]);
    return std::move(parts[0]);
}

void require_threshold(std::string_view where, const binary_task& task) {
    if (!std::isfinite(task.threshold))
        raise_invalid(where, "binary_task.threshold", task.threshold, "a finite number");
}

void add_counts(report::content& figures, const binary_task& task, const confusion_matrix& counts) {
    figures.weight = counts.total();
    detail::add_costs(figures, counts, task.costs);
    detail::keep_confusion(figures, counts, {});
}

template <class See>
void for_each_metric_of(const binary_task& task, See see) {
    for_each_binary_metric(task.confidence, see);
    if (task.thorough) for_each_costly_binary_metric(task.confidence, see);
}

/// Adds the figure of each metric that one of the states has, in the order of the metrics; the
/// threads of `run` share them.
template <class... States>
void read_figures(report::content& figures, const binary_task& task,
                  const detail::side_by_side& run, const States&... states) {
    const auto for_each_readable = [&](auto see) {
        for_each_metric_of(task, [&](const auto& metric) {
            if constexpr (ReadableFrom<std::remove_cvref_t<decltype(metric)>, States...>) {
                see(metric);
            }
        });
    };
    for_each_readable([&](const auto& metric) {
        figures.entries.push_back({key_of(metric), undefined::empty});
    });
    std::atomic<std::size_t> next{0};  // some cost a pass over the curve, most next to nothing
    run([&](std::size_t) {
        std::size_t metric_index = 0;
        std::size_t mine = next++;
        for_each_readable([&](const auto& metric) {
            if (metric_index++ != mine) return;
            figures.entries[mine].value = read_from(metric, states...);
            mine = next++;
        });
    });
}

/// The figures of decisions, and of what else there is.
template <class... Others>
void add_figures(report::content& figures, const binary_task& task, const detail::side_by_side& run,
                 const confusion_matrix& counts, const Others&... others) {
    read_figures(figures, task, run, counts, others...);
    detail::add_more_figures(figures, task.also, counts, others...);
    add_counts(figures, task, counts);
}

/// Of decisions and margins, which are no probabilities.
template <class... Order>
void add_figures(report::content& figures, const binary_task& task, const detail::side_by_side& run,
                 const detail::margin_states& states, const Order&... order) {
    add_figures(figures, task, run, states.get<confusion_matrix>(),
                states.get<mean_loss<loss::hinge>>(), order...);
}

/// Of decisions and probabilities; `order` is what those of the scores' order are read from. Those
/// that only the rows themselves have are named where they are asked for and missing.
template <class... Order>
void add_figures(report::content& figures, const binary_task& task, const detail::side_by_side& run,
                 const detail::binary_states& states, const Order&... order) {
    const auto& log_losses = states.get<class_losses<loss::logarithmic>>();
    figures.rejected.range = log_losses.rejected().range;
    figures.infinite_losses = log_losses.infinite();
    add_figures(figures, task, run, states.get<confusion_matrix>(), log_losses,
                states.get<class_losses<loss::brier>>(), states.get<calibration_bins>(),
                states.get<spiegelhalter_sums>(), order...);
    for_each_metric_of(task, [&](const auto& metric) {
        using M = std::remove_cvref_t<decltype(metric)>;
        if constexpr (Reads<M, scored_outcomes> && !ReadableFrom<M, Order...>) {
            figures.left_out.push_back(key_of(metric));
        }
    });
}

/// Of scores that are probabilities, or margins, which have no figures of single rows.
template <class States>
void add_all(report::content& figures, const binary_task& task,
             const probability_outcome::columns& rows, const detail::side_by_side& run) {
    require_lengths(scored_outcomes::kind, rows);
    // The caller's own rows where they have no weights and all are good, else a copy of the good.
    probability_outcome::columns good = rows;
    scored_outcomes copy;
    readings<States> read;
    if (rows.weight.empty()) read = read_rows<States>(rows, task.threshold, run);
    if (!rows.weight.empty() || !read.seen.good) {
        copy.update(rows);
        figures.rejected = copy.rejected();
        good = {copy.labels(), copy.scores(), copy.weights()};
        read = read_rows<States>(good, task.threshold, run);
    }
    // One sort for all figures of the scores' order.
    const auto& [labels, scores, weights] = good;
    const measured_curve curve(
        weights.empty() ? score_curve::turns_of(class_order(labels, scores, read.seen, run))
                        : score_curve(labels, scores, weights));
    const bool with_rows = task.thorough || !task.also.bins.empty();
    if (with_rows && !task.margins) {
        if (copy.size() != good.size()) copy.update(good);
        add_figures(figures, task, run, read.states, curve, copy);
    } else {
        add_figures(figures, task, run, read.states, curve);
    }
}

}  // namespace

report evaluate(const binary_task& task, const class_outcome::columns& rows) {
    report::content figures = detail::begin_report("binary", rows.size(), task.confidence);
    confusion_matrix counts(2);
    counts.update(rows);
    figures.rejected = counts.rejected();
    add_figures(figures, task, in_one, counts);
    return report(std::move(figures));
}

report evaluate(const binary_task& task, const probability_outcome::columns& rows) {
    require_threshold("evaluate", task);
    report::content figures = detail::begin_report("binary", rows.size(), task.confidence);
    const detail::side_by_side run(task.threads, rows.size());
    if (task.margins) {
        add_all<detail::margin_states>(figures, task, rows, run);
    } else {
        add_all<detail::binary_states>(figures, task, rows, run);
    }
    return report(std::move(figures));
}

bounded_evaluation<binary_task>::bounded_evaluation(const binary_task& task,
                                                    const log_linear_layout& scores)
    : task_(task), scores_(scores) {
    require_threshold("bounded_evaluation", task_);
    detail::require_nothing_more(task_.also);
    task_.threads = 1;  // of no consequence here, so it keeps nothing from being merged
}

void bounded_evaluation<binary_task>::update(const probability_outcome& row) noexcept {
    if (!rejected_.accepts(row)) return;
    ++rows_;
    states_.update(class_outcome{row.label, row.score >= task_.threshold ? 1 : 0, row.weight});
    if (task_.margins) {
        hinge_.update(row);
    } else {
        states_.update(row);
    }
    scores_.update(row);
}

void bounded_evaluation<binary_task>::update(const probability_outcome::columns& rows) {
    require_lengths(kind, rows);
    // The good rows of a stretch in columns again, since batches are several times as fast.
    constexpr std::size_t most = 1024;
    std::array<std::int32_t, most> label;
    std::array<std::int32_t, most> decided;
    std::array<double, most> score;
    std::array<double, most> weight;
    std::size_t n = 0;
    const auto flush = [&] {
        const auto weights = rows.weight.empty() ? std::span<const double>()
                                                 : std::span<const double>(weight).first(n);
        const auto labels = std::span<const std::int32_t>(label).first(n);
        const probability_outcome::columns good{labels, std::span<const double>(score).first(n),
                                                weights};
        states_.update(class_outcome::columns{
            labels, std::span<const std::int32_t>(decided).first(n), weights});
        if (task_.margins) {
            hinge_.update(good);
        } else {
            states_.update(good);
        }
        scores_.update(good);
        rows_ += n;
        n = 0;
    };
    for (std::size_t row = 0; row < rows.size(); ++row) {
        const probability_outcome one = rows[row];
        if (!rejected_.accepts(one)) continue;
        label[n] = one.label;
        decided[n] = one.score >= task_.threshold ? 1 : 0;
        score[n] = one.score;
        weight[n] = one.weight;
        if (++n == most) flush();
    }
    flush();
}

void bounded_evaluation<binary_task>::update(const class_outcome& row) noexcept {
    if (!rejected_.accepts_weight(row.weight)) return;
    const auto known = [](std::int32_t c) { return c == 0 || c == 1; };
    if (!known(row.label) || !known(row.prediction)) {
        ++rejected_.label;
        return;
    }
    ++rows_;
    ++decided_rows_;
    states_.update(row);
}

void bounded_evaluation<binary_task>::update(const class_outcome::columns& rows) {
    require_lengths(kind, rows);
    for (std::size_t row = 0; row < rows.size(); ++row) update(rows[row]);
}

void bounded_evaluation<binary_task>::merge(const bounded_evaluation& other) {
    detail::require_same_task(task_, other.task_);
    scores_.merge(other.scores_);  // first: it may refuse
    states_.merge(other.states_);
    hinge_.merge(other.hinge_);
    rows_ += other.rows_;
    decided_rows_ += other.decided_rows_;
    rejected_.merge(other.rejected_);
}

void bounded_evaluation<binary_task>::reset() noexcept {
    scores_.reset();
    states_.reset();
    hinge_.reset();
    rows_ = decided_rows_ = 0;
    rejected_ = {};
}

report bounded_evaluation<binary_task>::result(const more_binary_figures& also) const {
    if (!also.bins.empty()) raise("bounded_evaluation: bins need all rows, expected none");
    binary_task task = task_;
    task.also = also;
    report::content figures =
        detail::begin_report("binary", rows_ + rejected_.total(), task_.confidence);
    figures.bounded = true;
    figures.rejected = rejected_;
    const auto& counts = states_.get<confusion_matrix>();
    if (decided_rows_ > 0) {
        add_figures(figures, task, in_one, counts);
        return report(std::move(figures));
    }
    const score_cells cells(scores_);
    if (task.margins) {
        add_figures(figures, task, in_one, counts, hinge_, cells);
    } else {
        add_figures(figures, task, in_one, states_, cells);
    }
    const bool weighted = !detail::of_weight_one(static_cast<double>(rows_), counts.total(),
                                                 counts.sum_of_squared_weights());
    const auto add = [&](const auto& metric) {
        detail::add_in_sample(figures, metric, cells, weighted);
    };
    for_each_metric_of(task, add);
    detail::for_each_more_metric(task.also, task.confidence, add);
    return report(std::move(figures));
}

std::size_t bounded_evaluation<binary_task>::bytes() const noexcept {
    return sizeof *this - sizeof states_ - sizeof scores_ + states_.bytes() + scores_.bytes();
}

std::string bounded_evaluation<binary_task>::defect() const {
    if (!std::isfinite(task_.threshold)) return "bounded_evaluation: the threshold is not finite";
    if (decided_rows_ > rows_) return "bounded_evaluation: more decided rows than rows";
    if (states_.get<confusion_matrix>().classes() != 2 ||
        states_.get<class_losses<loss::logarithmic>>().classes() != 2 ||
        states_.get<class_losses<loss::brier>>().classes() != 2)
        return "bounded_evaluation: a binary task has two classes";
    return {};
}

}  // namespace leeway::inline v0
