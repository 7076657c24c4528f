// Bands that always hold: does any of them ever miss the exact figure? Random cases of every kind
// (ties, logits, many magnitudes, rough weights, classes of one row in ten thousand) in score
// tables of two to 65,000 cells.
//
//     certified           100,000 cases, about ten seconds; 1 is returned when a band was missed
//     certified --short   2,000
#include <cstdio>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>

#include "../../tests/support/score_cases.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/ks_separation.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"

int main(int count, char** words) {
    using namespace leeway;
    const bool brief = count > 1 && std::string_view(words[1]) == "--short";
    const std::size_t cases = brief ? 2'000 : 100'000;
    const std::tuple metrics{roc_auc{},
                             gini{},
                             partial_roc_auc{0.1},
                             average_precision{},
                             pr_auc_interpolated{},
                             ks_separation{},
                             equal_error_rate{},
                             sensitivity_at_specificity{0.9},
                             recall_at_precision{0.5},
                             recall_at_precision{0.9},
                             precision_at_recall{0.9},
                             threshold_at_recall{0.9}};
    constexpr std::size_t figures = std::tuple_size_v<decltype(metrics)>;
    bands::tally seen[figures];
    bands::for_each_case(cases, 20260923, 300, [&](const auto& curve, const auto& cells) {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (bands::hold(std::get<I>(metrics)(curve), std::get<I>(metrics)(cells), seen[I]), ...);
        }
        (std::make_index_sequence<figures>());
    });

    std::printf("%-32s %10s %10s %10s %12s\n", "figure", "defined", "undefined", "missed",
                "mean width");
    std::size_t missed = 0;
    [&]<std::size_t... I>(std::index_sequence<I...>) {
        (std::printf("%-32s %10zu %10zu %10zu %12.2g\n", key_of(std::get<I>(metrics)).c_str(),
                     seen[I].defined, seen[I].undefined, seen[I].violated,
                     seen[I].width / static_cast<double>(seen[I].defined)),
         ...);
        ((missed += seen[I].violated), ...);
    }
    (std::make_index_sequence<figures>());
    std::printf("%zu cases, %zu bands missed: %s\n", cases, missed,
                missed == 0 ? "kept" : "REFUTED");
    return missed == 0 ? 0 : 1;
}
