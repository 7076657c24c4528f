#include "leeway/evaluation/corrected_resampled_t_test.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/accumulators/moments.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

comparison corrected_resampled_t_test::operator()(std::span<const double> differences,
                                                  double test_to_train) const {
    constexpr std::string_view where = "corrected_resampled_t_test";
    if (!(test_to_train > 0) || std::isinf(test_to_train)) {
        raise_invalid(where, "test_to_train", test_to_train, "a finite number > 0");
    }
    moments seen;
    double low = std::numeric_limits<double>::infinity();
    double high = -low;
    for (const double difference : differences) {
        if (!std::isfinite(difference)) {
            raise_invalid(where, "a difference", difference, "a finite number");
        }
        seen.update(difference);
        low = std::min(low, difference);
        high = std::max(high, difference);
    }
    comparison answer;
    const double folds = static_cast<double>(differences.size());
    answer.rows = folds;
    if (differences.empty()) return answer;
    if (differences.size() == 1) {
        answer.difference = estimate(undefined::too_little_data, folds);
        return answer;
    }
    const double mean = seen.mean().value();
    if (high - low <= 1e-9 * std::max(std::fabs(low), std::fabs(high))) {
        answer.difference = estimate::without_interval(mean, undefined::no_variation, folds);
        return answer;
    }
    const double error = std::sqrt((1 / folds + test_to_train) * seen.variance().value());
    const double half = error * student_t_quantile(0.5 + confidence.level / 2, folds - 1);
    answer.difference = estimate::within(mean, mean - half, mean + half, confidence.level, folds);
    const double statistic = mean / error;
    answer.statistic = statistic;
    answer.p_value = student_t_two_sided(statistic, folds - 1);
    return answer;
}

}  // namespace leeway::inline v0
