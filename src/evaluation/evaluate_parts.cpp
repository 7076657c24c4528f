#include "evaluation/evaluate_parts.hpp"

#include <utility>

#include "leeway/core/error.hpp"

namespace leeway::inline v0::detail {

report::content begin_report(std::string task, std::size_t rows,
                             const confidence_level& confidence) {
    if (!(confidence.level > 0 && confidence.level < 1 && confidence.critical > 0)) {
        raise_invalid("evaluate", "confidence level", confidence.level,
                      "between 0 and 1; see confidence_level::of");
    }
    report::content figures;
    figures.task = std::move(task);
    figures.rows = rows;
    figures.confidence = confidence;
    return figures;
}

void keep_confusion(report::content& figures, const confusion_matrix& counts,
                    const std::vector<std::string>& names) {
    if (counts.classes() > report::most_confusion_classes) return;
    figures.confusion.classes = names;
    for (std::size_t c = names.size(); c < counts.classes(); ++c) {
        figures.confusion.classes.push_back(shown(c));
    }
    figures.confusion.cells.assign(counts.cells().begin(), counts.cells().end());
}

void add_costs(report::content& figures, const confusion_matrix& counts,
               const std::vector<expected_cost>& costs) {
    for (expected_cost metric : costs) {
        metric.confidence = figures.confidence;
        figures.entries.push_back({key_of(metric), metric(counts)});
    }
}

}  // namespace leeway::inline v0::detail
