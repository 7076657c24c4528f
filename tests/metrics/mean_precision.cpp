#include "leeway/metrics/mean_precision.hpp"

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::mean_precision;

TEST_CASE("the mean precision of a stretch is its integral") {
    leeway::random_source random(5);
    for (int i = 0; i < 2000; ++i) {
        const double n = std::pow(10, 4 * random.uniform() - 2);
        const double t = n * random.uniform();
        const double dn = n * std::pow(10, 6 * random.uniform() - 4);
        const double dt = dn * random.uniform();
        // Gauss-Legendre of order 10 on 64 stretches of equal ratio.
        const double node[] = {0.1488743389816312, 0.4333953941292472, 0.6794095682990244,
                               0.8650633666889845, 0.9739065285171717};
        const double share[] = {0.2955242247147529, 0.2692667193099963, 0.2190863625159820,
                                0.1494513491505806, 0.0666713443086881};
        double expected = 0;
        double from = 0;
        for (int k = 1; k <= 64; ++k) {
            const double to = n / dn * std::expm1(std::log1p(dn / n) * k / 64);
            for (int g = 0; g < 5; ++g) {
                for (const double side : {-1.0, 1.0}) {
                    const double u = (from + to) / 2 + side * node[g] * (to - from) / 2;
                    expected += share[g] * (to - from) / 2 * (t + u * dt) / (n + u * dn);
                }
            }
            from = to;
        }
        INFO(t << " of " << n << ", " << dt << " of " << dn);
        CHECK(mean_precision(t, n, dt, dn) == Approx(expected).epsilon(1e-12));
    }
}

TEST_CASE("the mean precision has no seam where its series begins, and knows its limits") {
    for (const double below : {0.04 - 1e-15, 0.0399, 1e-9, 1e-300}) {
        const double expected = below > 0.03 ? mean_precision(3, 10, 4, 10 * 0.04) : 0.3;
        CHECK(mean_precision(3, 10, below > 0.03 ? 4.0 : 0.0, 10 * below) ==
              Approx(expected).epsilon(below == 0.0399 ? 1e-3 : 1e-9));
    }
    CHECK(mean_precision(0, 0, 3, 4) == 0.75);
    CHECK(mean_precision(1, 2, 0, 0) == 0.5);
    CHECK(mean_precision(1e-310, 1e-309, 3, 4) == Approx(0.75).epsilon(1e-12));
    CHECK(mean_precision(2, 2, 5, 5) == Approx(1).epsilon(1e-15));
}
