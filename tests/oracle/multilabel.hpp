// The state that the cases of the multilabel table fill.
#pragma once

#include <cstddef>

#include "leeway/accumulators/multilabel_counts.hpp"
#include "oracle/metrics_table.hpp"

namespace oracle {

inline leeway::multilabel_counts label_sets_of(const metric_case& from) {
    leeway::multilabel_counts counts(static_cast<std::size_t>(from.integers("labels").at(0)));
    const auto label = from.integers("label");
    const auto prediction = from.integers("prediction");
    const auto weight = from.numbers("weight");
    counts.update({counts.labels(), label, prediction, weight});
    return counts;
}

}  // namespace oracle
