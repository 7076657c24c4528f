// What evaluate may be asked for beyond the task's own figures.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "leeway/evaluation/task.hpp"

namespace leeway::cli {

struct evaluate_more {
    std::string group;                      ///< column of groups to be compared
    bool thorough{false};                   ///< the costly figures, and variants, too
    more_binary_figures also{};             ///< figures with a parameter
    bool exponential_gain{false};           ///< ranking: gains 2^g - 1 too
    std::size_t threads{1};                 ///< binary, with scores
    bool margins{false};                    ///< scores are signed distances or logits
    std::vector<std::size_t> top{2, 3, 5};  ///< multiclass: k of top_k_accuracy
    std::string costs;                      ///< "a,b;c,d", or a CSV file with names
    std::string calibrator;                 ///< state file, applied to the scores
    std::string best_threshold;             ///< f1, youden, mcc, cost:FP:FN
    std::string curve;  ///< roc, pr, det, gain or capture, lift, counts or reliability
    std::string curve_out;
};

}  // namespace leeway::cli
