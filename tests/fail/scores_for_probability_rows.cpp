// One score a row is not a probability for every class.
//
// expect: a metric's state takes nothing that can be made of the model's answers
#include <array>
#include <span>
#include <vector>

#include "leeway/accumulators/class_scores.hpp"
#include "leeway/evaluation/cross_validate.hpp"
#include "leeway/metrics/roc_auc_one_vs_one.hpp"

int main() {
    const std::vector<double> values(10, 1.0), targets(10, 0.0);
    const auto fit = [](const leeway::batch_view&, std::span<const double>) {
#ifdef LEEWAY_BAD_TWIN
        return [](std::span<const double>) { return 0.5; };
#else
        return [](std::span<const double>) { return std::array<double, 2>{0.5, 0.5}; };
#endif
    };
    (void)leeway::cross_validate(fit, {leeway::batch_view(values, 1), targets}, {},
                                 leeway::roc_auc_one_vs_one{}, {}, leeway::class_scores(2));
}
