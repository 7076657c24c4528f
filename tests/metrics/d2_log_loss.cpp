#include "leeway/metrics/d2_log_loss.hpp"

#include <cmath>
#include <limits>

#include "leeway/core/concepts.hpp"
#include "metrics/probability_skill_cases.hpp"

using leeway::d2_log_loss;
using row_loss = leeway::loss::row_logarithmic;

static_assert(leeway::Metric<d2_log_loss>);

TEST_CASE("D2 of the log loss equals the oracle's") {
    probability_skill::equals_the_oracle<d2_log_loss, row_loss>();
}

TEST_CASE("two classes as rows have the binary D2 of the log loss") {
    probability_skill::of_two_classes_is_the_binary_one<d2_log_loss, row_loss>();
}

TEST_CASE("the interval of D2 of the log loss covers the truth as often as it says",
          "[simulation]") {
    // The losses of the model and of even odds are known.
    probability_skill::covers<d2_log_loss>(1 - 0.5 / std::log(2.0));
}

TEST_CASE("D2 of the log loss is undefined for one class") {
    probability_skill::needs_two_classes<d2_log_loss>();
}

TEST_CASE("certainty in the wrong class is infinitely worse than the frequencies") {
    d2_log_loss::state_type losses;
    losses.update({.label = 1, .score = 0.5});
    losses.update({.label = 0, .score = 1});
    const auto e = d2_log_loss{}(losses);
    CHECK(e.value() == -std::numeric_limits<double>::infinity());
    CHECK(!e.has_interval());
}

TEST_CASE("D2 of the log loss keeps the laws of a metric") {
    probability_skill::keeps_the_laws<d2_log_loss>();
}
