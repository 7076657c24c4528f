#include "leeway/metrics/mean_precision_interval.hpp"

#include <cmath>

#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/pr_auc_trapezoid.hpp"
#include "oracle/metrics_states.hpp"

using namespace leeway;

TEST_CASE("areas under the precision-recall curve share one interval on the logit scale") {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("curves")) {
        const score_curve curve(oracle::scored(from, scored_outcomes()));
        const estimate precision = average_precision{}(curve);
        if (!precision || !precision.has_interval()) continue;
        INFO("case '" << from.name << "'");
        // The variance of average precision, from every pair of rows by NumPy, about its own value.
        const double variance = from.numbers("average_precision_variance").at(0);
        const double a = precision.value();
        const estimate e = mean_precision_interval(curve, a, confidence_95);
        const auto logit = [](double share) { return std::log(share / (1 - share)); };
        CHECK(logit(e.upper()) - logit(a) ==
              Approx(confidence_95.critical * std::sqrt(variance) / (a * (1 - a))).epsilon(1e-7));
        for (const estimate& other : {pr_auc_interpolated{}(curve), pr_auc_trapezoid{}(curve)}) {
            CHECK(other.has_interval() == (other.value() < 1));
            if (!other.has_interval()) continue;
            CHECK(other.lower() < other.value());
            CHECK(other.upper() > other.value());
            CHECK(other.confidence() == 0.95);
        }
        ++compared;
    }
    CHECK(compared >= 50);
}

TEST_CASE("a few positives and a perfect order have no interval of precision") {
    std::vector<std::int32_t> label(30, 0);
    std::vector<double> score(30, 0.0);
    for (std::size_t i = 0; i < 9; ++i) label[i] = 1;
    for (std::size_t i = 0; i < 30; ++i) score[i] = static_cast<double>(i % 7);
    CHECK_FALSE(
        mean_precision_interval(score_curve(label, score), 0.4, confidence_95).has_interval());
    label[9] = label[10] = 1;
    const score_curve enough(label, score);
    CHECK(mean_precision_interval(enough, 0.4, confidence_95).has_interval());
    CHECK_FALSE(mean_precision_interval(enough, 1, confidence_95).has_interval());
}
