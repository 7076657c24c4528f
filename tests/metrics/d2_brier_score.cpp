#include "leeway/metrics/d2_brier_score.hpp"

#include "leeway/core/concepts.hpp"
#include "metrics/probability_skill_cases.hpp"

using leeway::d2_brier_score;
using row_loss = leeway::loss::row_brier;

static_assert(leeway::Metric<d2_brier_score>);

TEST_CASE("D2 of the Brier score equals the oracle's") {
    probability_skill::equals_the_oracle<d2_brier_score, row_loss>();
}

TEST_CASE("two classes as rows have the binary D2 of the Brier score") {
    probability_skill::of_two_classes_is_the_binary_one<d2_brier_score, row_loss>();
}

TEST_CASE("the interval of D2 of the Brier score covers the truth as often as it says",
          "[simulation]") {
    // The losses of the model and of even odds are known.
    probability_skill::covers<d2_brier_score>(1 - (1.0 / 6) / 0.25);
}

TEST_CASE("D2 of the Brier score is undefined for one class") {
    probability_skill::needs_two_classes<d2_brier_score>();
}

TEST_CASE("D2 of the Brier score keeps the laws of a metric") {
    probability_skill::keeps_the_laws<d2_brier_score>();
}
