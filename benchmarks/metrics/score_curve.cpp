#include "leeway/metrics/score_curve.hpp"

#include <cmath>
#include <memory>
#include <vector>

#include "leeway/core/radix_sort.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/ks_separation.hpp"
#include "leeway/metrics/partial_roc_auc.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "leeway/metrics/sensitivity_at_specificity.hpp"
#include "leeway/metrics/threshold_at_recall.hpp"
#include "support/bench.hpp"

namespace {

struct outcomes {
    std::vector<std::int32_t> label;
    std::vector<double> score;
};

outcomes make(std::size_t n) {
    leeway::random_source random(11);
    outcomes made{std::vector<std::int32_t>(n), std::vector<double>(n)};
    for (std::size_t i = 0; i < n; ++i) {
        made.label[i] = random.bernoulli(0.1);
        made.score[i] = 1 / (1 + std::exp(-(random.normal() + (made.label[i] != 0 ? 0.5 : -1))));
    }
    return made;
}

/// Every exact figure of one curve, intervals included; the gini coefficient is one of them.
double report(const outcomes& data) {
    using namespace leeway;
    const score_curve curve(data.label, data.score);
    const double area = roc_auc{}(curve).value();
    bench::keep(average_precision{}(curve));
    bench::keep(ks_separation{}(curve));
    bench::keep(equal_error_rate{}(curve));
    bench::keep(partial_roc_auc{}(curve));
    bench::keep(pr_auc_interpolated{}(curve));
    for (const double level : {0.5, 0.8, 0.9}) {
        bench::keep(recall_at_precision{level}(curve));
        bench::keep(precision_at_recall{level}(curve));
        bench::keep(sensitivity_at_specificity{level}(curve));
        bench::keep(threshold_at_recall{level}(curve));
    }
    return area;
}

/// What any form must do: sort the rows with their labels.
void sort_alone(const outcomes& data) {
    struct item {
        double score;
        double label;
    };
    const std::size_t n = data.label.size();
    const auto items = std::make_unique_for_overwrite<item[]>(n);
    const auto scratch = std::make_unique_for_overwrite<item[]>(n);
    for (std::size_t i = 0; i < n; ++i)
        items[i] = {data.score[i], static_cast<double>(data.label[i])};
    leeway::radix_sort(std::span(items.get(), n), std::span(scratch.get(), n),
                       [](const item& one) { return one.score; });
    bench::keep(items[n / 2].score);
}

void curves(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    const outcomes data = make(n);
    double area = 0;
    const auto both = bench::compare([&] { area = report(data); }, [&] { sort_alone(data); });
    const double direct = leeway::placements_of(data.label, data.score).area;
    bench::table::require(std::abs(area - direct) < 1e-12,
                          "the area of the curve differs from that of the placements");
    table.add({.job = "score_curve and 18 exact figures of it",
               .size = table.quick() ? "1e5" : "1e6",
               .nanoseconds = both.ours / static_cast<double>(n) * 1e9,
               .peer = "radix_sort of (score, label) alone",
               .ratio = both.ratio});
}

const bench::registration curve(33, "metrics/score_curve", curves);

}  // namespace
