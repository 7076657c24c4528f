#include "leeway/metrics/task_metrics.hpp"

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "support/catch.hpp"

namespace {

/// Keys and confidence levels in the order of a list.
struct listed {
    std::vector<std::string> keys;
    std::set<double> levels;

    template <class M>
    void operator()(const M& metric) {
        keys.push_back(leeway::key_of(metric));
        if constexpr (requires { metric.confidence.level; }) levels.insert(metric.confidence.level);
    }
};

template <class Walk>
listed all_of(Walk walk) {
    listed seen;
    walk([&](const auto& metric) { seen(metric); });
    return seen;
}

void is_a_list(const listed& seen, std::size_t least) {
    CHECK(seen.keys.size() >= least);
    const std::set<std::string> distinct(seen.keys.begin(), seen.keys.end());
    CHECK(distinct.size() == seen.keys.size());
    // Every metric that has a confidence was told the one that was asked for.
    CHECK(seen.levels == std::set<double>{0.99});
}

}  // namespace

TEST_CASE("task_metrics: each list names a metric once, at the confidence asked for") {
    const auto level = leeway::confidence_99;
    const auto binary = all_of([&](auto see) { leeway::for_each_binary_metric(level, see); });
    const auto multiclass =
        all_of([&](auto see) { leeway::for_each_multiclass_metric(level, see); });
    const auto regression =
        all_of([&](auto see) { leeway::for_each_regression_metric(level, see); });
    is_a_list(all_of([&](auto see) { leeway::for_each_group_metric(level, see); }), 11);
    is_a_list(all_of([&](auto see) { leeway::for_each_multilabel_metric(level, see); }), 17);
    is_a_list(binary, 45);
    const auto costly =
        all_of([&](auto see) { leeway::for_each_costly_binary_metric(level, see); });
    is_a_list(costly, 8);
    for (const auto& key : costly.keys) {
        CAPTURE(key);
        CHECK(std::find(binary.keys.begin(), binary.keys.end(), key) == binary.keys.end());
    }
    is_a_list(multiclass, 25);
    is_a_list(regression, 20);

    // A report begins with what everybody asks for.
    const auto headline = all_of([&](auto see) { leeway::for_each_binary_headline(level, see); });
    CHECK(headline.keys == std::vector<std::string>{"accuracy", "precision", "recall", "f1",
                                                    "specificity", "balanced_accuracy",
                                                    "matthews_correlation", "roc_auc", "log_loss",
                                                    "brier_score", "expected_calibration_error"});
    REQUIRE(binary.keys.size() > headline.keys.size());
    CHECK(std::equal(headline.keys.begin(), headline.keys.end(), binary.keys.begin()));
    const auto errors = all_of([&](auto see) { leeway::for_each_regression_headline(level, see); });
    CHECK(errors.keys == std::vector<std::string>{"mean_squared_error", "root_mean_squared_error",
                                                  "mean_absolute_error", "r_squared"});
    CHECK(std::equal(errors.keys.begin(), errors.keys.end(), regression.keys.begin()));
}
