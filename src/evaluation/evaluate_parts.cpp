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

}  // namespace leeway::inline v0::detail
