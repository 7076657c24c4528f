// Bands that always hold: does any of them ever miss the exact figure? Random cases of every kind
// (ties, logits, many magnitudes, classes of one row in ten thousand, unit, rough and extreme
// weights) in tables of two to 65,000 cells: scores of two classes, of several, and errors.
//
//     certified           100,000 cases of each, about a minute; 1 is returned when a band was
//                         missed
//     certified --short   2,000
#include <cmath>
#include <cstdio>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "../../tests/support/score_cases.hpp"
#include "leeway/accumulators/class_score_tables.hpp"
#include "leeway/accumulators/class_scores.hpp"
#include "leeway/accumulators/error_histograms.hpp"
#include "leeway/accumulators/paired_values.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/d2_absolute_error_score.hpp"
#include "leeway/metrics/d2_pinball_score.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/gain_at.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/ks_separation.hpp"
#include "leeway/metrics/lift_at.hpp"
#include "leeway/metrics/median_absolute_error.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/roc_auc_one_vs_one.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"

namespace {

using namespace leeway;

/// Metrics with how their bands came out.
template <class... Metrics>
class record {
  public:
    explicit record(Metrics... metrics) : metrics_(std::move(metrics)...) {}

    /// Holds each metric's band of `tables` against its figure of `rows`.
    template <class Rows, class Tables>
    void see(const Rows& rows, const Tables& tables) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (bands::hold(std::get<I>(metrics_)(rows), std::get<I>(metrics_)(tables), seen_[I]),
             ...);
        }
        (std::index_sequence_for<Metrics...>());
    }

    /// Prints a line a metric; how many bands were missed.
    [[nodiscard]] std::size_t print(const std::string& what) const {
        std::size_t missed = 0;
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (line(key_of(std::get<I>(metrics_)) + what, seen_[I]), ...);
            ((missed += seen_[I].violated), ...);
        }
        (std::index_sequence_for<Metrics...>());
        return missed;
    }

  private:
    static void line(const std::string& name, const bands::tally& seen) {
        std::printf("%-40s %10zu %10zu %10zu %12.2g\n", name.c_str(), seen.defined, seen.undefined,
                    seen.violated, seen.width / static_cast<double>(seen.defined));
    }

    std::tuple<Metrics...> metrics_;
    bands::tally seen_[sizeof...(Metrics)];
};

/// Scores of two classes.
std::size_t binary(std::size_t cases) {
    record all(roc_auc{}, gini{}, partial_roc_auc{0.1}, average_precision{}, pr_auc_interpolated{},
               ks_separation{}, equal_error_rate{}, sensitivity_at_specificity{0.9},
               recall_at_precision{0.5}, recall_at_precision{0.9}, precision_at_recall{0.9},
               threshold_at_recall{0.9}, gain_at{0.01}, gain_at{0.1}, gain_at{0.5}, lift_at{0.1});
    bands::for_each_case(cases, 20260923, 300,
                         [&](const auto& curve, const auto& cells) { all.see(curve, cells); });
    return all.print("");
}

/// Which layout a case has: that of 65,000 cells costs more than all others together.
const log_linear_layout& layout_of(std::size_t i, random_source& random) {
    return bands::layouts()[i % 50 == 0 ? 0 : 1 + random.below(bands::layouts().size() - 1)];
}

/// Scores of three to five classes, of which one may be rare: one against the rest, and pairs.
std::size_t classes(std::size_t cases) {
    record rest(roc_auc{average::macro}, roc_auc{average::weighted}, roc_auc{average::micro});
    record each(partial_roc_auc{0.1}, partial_roc_auc{0.5});
    record pairs(roc_auc_one_vs_one{average::macro}, roc_auc_one_vs_one{average::weighted});
    random_source random(20260924);
    for (std::size_t i = 0; i < cases; ++i) {
        const std::size_t k = 3 + random.below(3);
        class_scores rows(k);
        class_score_tables tables(k, true, layout_of(i, random));
        const bands::random_weights weights(random);
        const bool tied = random.bernoulli(0.3);
        const bool logits = random.bernoulli(0.3);
        const double rare = random.bernoulli(0.3) ? 0.0001 : 1;
        const std::size_t n = 1 + random.below(rare < 1 && random.below(200) == 0 ? 20'000 : 100);
        std::vector<double> scores(k);
        for (std::size_t row = 0; row < n; ++row) {
            std::size_t label = random.below(k);
            if (label == 0 && !random.bernoulli(rare)) label = 1;
            for (std::size_t c = 0; c < k; ++c) {
                const double logit = random.normal() + (c == label ? 1 : 0);
                scores[c] = logits ? logit : 1 / (1 + std::exp(-logit));
                if (tied) scores[c] = std::round(8 * scores[c]) / 8;
            }
            const probability_row one{static_cast<std::int32_t>(label), scores,
                                      weights.next(random)};
            rows.update(one);
            tables.update(one);
        }
        std::vector<scored_outcomes> exact;
        std::vector<score_table> banded;
        for (std::size_t c = 0; c < k; ++c) {
            exact.push_back(rows.one_vs_rest(c));
            banded.push_back(tables.one_vs_rest(c));
            each.see(score_curve(exact.back()), score_cells(banded.back()));
        }
        rest.see(std::span<const scored_outcomes>(exact), std::span<const score_table>(banded));
        pairs.see(rows, tables);
    }
    const std::size_t missed = rest.print(", one against the rest");
    return missed + each.print(", against the rest") + pairs.print("");
}

/// Targets and predictions, which may be tied, skewed, of many magnitudes or exact.
std::size_t errors(std::size_t cases) {
    record all(median_absolute_error{}, d2_absolute_error_score{}, d2_pinball_score{0.01},
               d2_pinball_score{0.25}, d2_pinball_score{0.5}, d2_pinball_score{0.9});
    random_source random(20260925);
    for (std::size_t i = 0; i < cases; ++i) {
        paired_values rows;
        error_histograms tables(layout_of(i, random));
        const bands::random_weights weights(random);
        const std::size_t n = 1 + random.below(100);
        const std::uint64_t kind = random.below(5);
        const double noise = random.bernoulli(0.1) ? 0 : random.uniform();
        for (std::size_t row = 0; row < n; ++row) {
            double target = random.normal();
            if (kind == 0) target = std::round(2 * target);
            if (kind == 1) target = std::exp(3 * target);
            if (kind == 2) target = target * std::exp2(static_cast<double>(random.below(80)) - 40);
            if (kind == 3) target += 100;
            const double prediction = target + noise * random.normal() * (1 + std::fabs(target));
            const regression_outcome one{target, prediction, weights.next(random)};
            rows.update(one);
            tables.update(one);
        }
        all.see(rows, tables);
    }
    return all.print("");
}

}  // namespace

int main(int count, char** words) {
    const bool brief = count > 1 && std::string_view(words[1]) == "--short";
    const std::size_t cases = brief ? 2'000 : 100'000;
    std::printf("%-40s %10s %10s %10s %12s\n", "figure", "defined", "undefined", "missed",
                "mean width");
    const std::size_t missed = binary(cases) + classes(cases) + errors(cases);
    std::printf("%zu cases of each, %zu bands missed: %s\n", cases, missed,
                missed == 0 ? "kept" : "REFUTED");
    return missed == 0 ? 0 : 1;
}
