// Compiled leeway: a tail probability, a state file in memory, a report.
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/accumulators/moments.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/export/text.hpp"
#include "leeway/metrics/roc_auc.hpp"

namespace {

int failures = 0;

void check(bool condition, const char* what) {
    if (condition) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

}  // namespace

int main() {
    check(std::abs(leeway::chi_squared_survival(3.841458820694124, 1) - 0.05) < 1e-12,
          "the 95 % point of chi-squared with one degree of freedom");

    leeway::binned_counts counts(leeway::binning::intervals({0.0}));
    counts.update(1.5);
    const auto back = leeway::from_bytes<leeway::binned_counts>(leeway::to_bytes(counts));
    check(back && *back == counts, "a state survives its file");
    check(!leeway::from_bytes<leeway::moments>(leeway::to_bytes(counts)),
          "of another kind: refused");

    const std::vector<std::int32_t> labels{0, 1, 0, 1, 1, 0};
    const std::vector<double> scores{0.1, 0.9, 0.4, 0.35, 0.8, 0.2};
    const auto report = leeway::evaluate(leeway::binary_task{.threshold = 0.5}, labels, scores);
    check(report[leeway::roc_auc{}].defined(), "the report has a ROC AUC");
    check(leeway::to_text(report).find("roc_auc") != std::string::npos, "the text names it");
    return failures;
}
