#include "cli/figure_reader.hpp"

#include <algorithm>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/compose/state_set.hpp"
#include "leeway/metrics/class_ratio.hpp"
#include "leeway/metrics/interval.hpp"
#include "leeway/metrics/task_metrics.hpp"

namespace leeway::cli {

namespace {

/// The rows of a slice in the columns that its states take.
class slice_states {
  public:
    slice_states(const outcomes& all, std::uint32_t slice)
        : all_(all),
          rows_(rows_of_slice(all, slice)),
          weight_(gathered(all.weight, rows_)),
          label_(gathered(all.label, rows_)),
          target_(gathered(all.target, rows_)),
          score_(gathered(all.score, rows_, width())) {}

    [[nodiscard]] confusion_matrix counts() const {
        const bool binary = all_.task == evaluation_task::binary;
        confusion_matrix made(binary ? 2 : all_.classes.size());
        auto decided = gathered(all_.prediction, rows_);
        if (decided.empty()) {
            for (std::size_t row = 0; row < rows_.size(); ++row) decided.push_back(decision(row));
        }
        made.update({.label = label_, .prediction = decided, .weight = weight_});
        return made;
    }

    template <class State>
    [[nodiscard]] State filled(State state) const {
        if constexpr (std::same_as<typename State::sample_type, regression_outcome>) {
            state.update({.target = target_, .prediction = score_, .weight = weight_});
        } else {
            state.update({.label = label_, .score = score_, .weight = weight_});
        }
        return state;
    }

  private:
    [[nodiscard]] std::size_t width() const {
        return all_.task == evaluation_task::multiclass && all_.prediction.empty()
                   ? all_.classes.size()
                   : 1;
    }

    /// -1, which no matrix takes, where a score is not finite.
    [[nodiscard]] std::int32_t decision(std::size_t row) const {
        const auto scores = std::span(score_).subspan(row * width(), width());
        if (!std::all_of(scores.begin(), scores.end(), [](double s) { return std::isfinite(s); }))
            return -1;
        if (all_.task == evaluation_task::binary) return scores[0] >= all_.threshold ? 1 : 0;
        return static_cast<std::int32_t>(std::max_element(scores.begin(), scores.end()) -
                                         scores.begin());
    }

    const outcomes& all_;
    std::vector<std::size_t> rows_;
    std::vector<double> weight_;
    std::vector<std::int32_t> label_;
    std::vector<double> target_;
    std::vector<double> score_;
};

template <class State, class Sample>
concept FilledWith = std::same_as<typename State::sample_type, Sample>;

template <class M, class State>
figure_reader reader_of(M metric, State state) {
    return [metric, kept = std::make_shared<const State>(std::move(state))](
               const confidence_level& confidence) {
        M asked = metric;
        if constexpr (requires { asked.confidence; }) asked.confidence = confidence;
        return asked(*kept);
    };
}

/// The metric's own state of rows of type Sample; an empty function where it has another.
template <class Sample, class M>
figure_reader from_own_state(const M& metric, const slice_states& slice) {
    using state = typename M::state_type;
    if constexpr (requires { requires FilledWith<state, Sample>; }) {
        if constexpr (requires { metric.empty_state(); }) {
            return reader_of(metric, slice.filled(metric.empty_state()));
        } else if constexpr (std::default_initializable<state>) {
            return reader_of(metric, slice.filled(state()));
        }
    }
    return {};
}

/// The figure of that key from one state; an empty function where it is not that simple.
figure_reader from_one_state(const outcomes& all, const std::string& key,
                             const slice_states& slice) {
    figure_reader found;
    const auto see = [&](auto metric) {
        using M = decltype(metric);
        if (found) return;
        if constexpr (ClassRatioMetric<M>) {
            if (all.task == evaluation_task::multiclass) {
                for (const average over : {average::micro, average::macro, average::weighted}) {
                    metric.over = over;
                    if (key_of(metric) == key) found = reader_of(metric, slice.counts());
                }
                return;
            }
        }
        if (key_of(metric) != key) return;
        if constexpr (Reads<M, confusion_matrix>) {
            found = reader_of(metric, slice.counts());
        } else if constexpr (requires { typename M::state_type::sample_type; }) {
            if (all.task == evaluation_task::regression) {
                found = from_own_state<regression_outcome>(metric, slice);
            } else if (all.task == evaluation_task::binary && all.prediction.empty()) {
                found = from_own_state<probability_outcome>(metric, slice);
            }
        }
    };
    switch (all.task) {
        case evaluation_task::binary:
            for_each_binary_metric(confidence_95, see);
            break;
        case evaluation_task::multiclass:
            for_each_multiclass_metric(confidence_95, see);
            break;
        case evaluation_task::regression:
            for_each_regression_metric(confidence_95, see);
            break;
        default:
            break;
    }
    return found;
}

/// Numerator and denominator of a figure of one class that is a share of rows.
std::optional<counted_share> share_of_class(const std::string& key, const confusion_matrix& counts,
                                            std::size_t which) {
    std::optional<counted_share> found;
    for_each_binary_metric(confidence_95, [&](const auto& metric) {
        using M = std::remove_cvref_t<decltype(metric)>;
        if constexpr (CountRatioMetric<M>) {
            if (key_of(metric) != key || !metric.ratio().is_share()) return;
            const binary_counts of = counts.one_vs_rest(which);
            found = counted_share{leeway::detail::dot(metric.ratio().numerator, of),
                                  leeway::detail::dot(metric.ratio().denominator, of)};
        }
    });
    return found;
}

/// hits of all the figure's rows, where its interval is Wilson's for them.
std::optional<counted_share> share_of_rows(const estimate& seen,
                                           const confidence_level& confidence) {
    const double rows = seen.weight();
    const double hits = std::round(seen.value() * rows);
    if (rows != std::floor(rows) || !(hits >= 0) || !(hits <= rows)) return {};
    const estimate wilson = wilson_interval(hits / rows, rows, rows, confidence);
    const auto equal = [](double a, double b) { return std::abs(a - b) <= 1e-12; };  // of rounding
    if (!equal(wilson.value(), seen.value()) || !equal(wilson.lower(), seen.lower()) ||
        !equal(wilson.upper(), seen.upper())) {
        return {};
    }
    return counted_share{hits, rows};
}

}  // namespace

const estimate* find_figure(const report& figures, const figure_name& of) {
    if (of.of_class.empty()) return figures.contains(of.key) ? &figures.at(of.key) : nullptr;
    for (const report::class_figures& one : figures.classes()) {
        if (one.name != of.of_class) continue;
        for (const report::entry& entry : one.entries) {
            if (entry.key == of.key) return &entry.value;
        }
    }
    return nullptr;
}

std::optional<counted_share> read_slice_share(const outcomes& rows, std::uint32_t slice,
                                              const figure_name& of, const estimate& seen,
                                              const confidence_level& confidence) {
    if (!rows.weight.empty() || !seen || !seen.has_interval()) return {};
    const bool one_class = rows.task == evaluation_task::multiclass && !of.of_class.empty();
    if (rows.task == evaluation_task::binary || one_class) {
        const auto place = std::find(rows.classes.begin(), rows.classes.end(), of.of_class);
        const std::size_t which =
            one_class ? static_cast<std::size_t>(place - rows.classes.begin()) : 1;
        const auto found = share_of_class(of.key, slice_states(rows, slice).counts(), which);
        if (found && found->rows > 0 && found->hits / found->rows == seen.value()) return found;
    }
    return share_of_rows(seen, confidence);
}

figure_reader read_slice_figure(const outcomes& rows, std::uint32_t slice, const figure_name& of,
                                const estimate& seen, const confidence_level& confidence) {
    if (of.of_class.empty()) {
        const figure_reader read = from_one_state(rows, of.key, slice_states(rows, slice));
        if (read && read(confidence) == seen) return read;
    }
    return [&rows, slice, of](const confidence_level& level) {
        return *find_figure(evaluate_slice(rows, slice, level), of);
    };
}

}  // namespace leeway::cli
