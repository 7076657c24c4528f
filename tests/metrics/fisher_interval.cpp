#include "leeway/metrics/fisher_interval.hpp"

#include <limits>

#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("Fisher's interval of a correlation of 0.6") {
    // r = 0.6 of 28 rows: z = 0.693147, standard error 0.2; the ends in 14 digits from mpmath.
    const estimate e = fisher_interval(0.6, 1.0 / 25, 28, confidence_95);
    CHECK(e.lower() == Approx(0.29236867599057).epsilon(1e-12));
    CHECK(e.upper() == Approx(0.79509742536638).epsilon(1e-12));
    CHECK(e.confidence() == 0.95);
    CHECK(e.weight() == 28);
}

TEST_CASE("there is no interval where it would claim too much or nothing is known") {
    CHECK_FALSE(fisher_interval(1, 0.1, 5, confidence_95).has_interval());
    CHECK_FALSE(fisher_interval(-1, 0.1, 5, confidence_95).has_interval());
    CHECK_FALSE(fisher_interval(0.5, -1, 2, confidence_95).has_interval());
    CHECK_FALSE(fisher_interval(0.5, 0, 2, confidence_95).has_interval());
    const double infinity = std::numeric_limits<double>::infinity();
    CHECK_FALSE(fisher_interval(0.5, infinity, 3, confidence_95).has_interval());
}
