// The rows and answers of tests/oracle/calibrators.py.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include "oracle/metrics_table.hpp"

namespace calibrators {

/// Fits a calibrator to every case that has `key` and holds its answers against it; how many there
/// were. `skip` answers come first that are not of `at`.
template <class Fit>
std::size_t compare(const std::string& key, Fit fit, double tolerance, std::size_t skip = 0) {
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("calibrators")) {
        if (!from.has(key)) continue;
        std::vector<double> labels = from.numbers("label");
        const auto calibrator = fit(from.numbers("score"), labels, from.numbers("weight"));
        const auto at = from.numbers("at");
        const auto expected = from.numbers(key);
        REQUIRE(expected.size() == at.size() + skip);
        for (std::size_t i = 0; i < at.size(); ++i) {
            INFO("case '" << from.name << "', " << key << " of " << at[i]);
            CHECK(calibrator(at[i]) ==
                  Approx(expected[i + skip]).epsilon(tolerance).margin(tolerance));
        }
        ++compared;
    }
    return compared;
}

/// What every calibrator refuses, and that it does not fall.
template <class Calibrator>
void refuses_what_it_must() {
    const std::vector<double> scores{0.2, 0.4, 0.6}, labels{0, 1, 1}, two{1, 1};
    CHECK_THROWS_AS(Calibrator::fit(scores, two), std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit(scores, labels, two), std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit(scores, std::vector<double>{0, 1, 2}), std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit(scores, labels, std::vector<double>{1, 1, -1}),
                    std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit(scores, labels, std::vector<double>{1, 1, HUGE_VAL}),
                    std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit({}, {}), std::invalid_argument);
    CHECK_THROWS_AS(Calibrator::fit(scores, labels, std::vector<double>{0, 0, 0}),
                    std::invalid_argument);
    const std::vector<double> bad{std::nan(""), HUGE_VAL, 0.5};
    CHECK(Calibrator::fit(bad, labels).rows_used() == 1);
    CHECK(std::isnan(Calibrator::fit(scores, labels)(std::nan(""))));
    // Weights of 1 beside ones that are nothing to them: a probability, and a file that loads.
    for (const double little : {1e-200, 1e-320}) {
        const auto beside =
            Calibrator::fit(std::vector<double>{0.2, 0.4, 0.6, 0.3},
                            std::vector<double>{0, 1, 1, 0}, std::vector<double>{1, 1, little, 1});
        CHECK(beside.defect() == "");
        CHECK(beside(0.3) >= 0);
        CHECK(beside(0.3) <= 1);
    }
    const auto one_class_light =
        Calibrator::fit(scores, labels, std::vector<double>{1, 1e-200, 1e-200});
    CHECK(one_class_light.defect() == "");
    CHECK(one_class_light(0.3) >= 0);
    // Weight zero is absence.
    const std::vector<double> more{0.2, 0.4, 0.6, 0.1}, more_labels{0, 1, 1, 1};
    CHECK(Calibrator::fit(more, more_labels, std::vector<double>{1, 1, 1, 0})(0.3) ==
          Calibrator::fit(scores, labels)(0.3));
}

/// A common factor in all weights changes nothing, nor does the order of rows.
template <class Calibrator>
void knows_no_order_and_no_scale() {
    const std::vector<double> scores{0.2, 0.4, 0.6, 0.3, 0.8, 0.5}, labels{0, 1, 0, 1, 1, 0},
        weights{1, 2, 0.5, 1, 3, 1.5};
    std::vector<double> eight = weights, s(scores.rbegin(), scores.rend()),
                        y(labels.rbegin(), labels.rend()), w(weights.rbegin(), weights.rend());
    for (double& weight : eight) weight *= 8;
    const auto made = Calibrator::fit(scores, labels, weights);
    for (const double at : {0.1, 0.3, 0.45, 0.7, 0.95}) {
        CHECK(Calibrator::fit(scores, labels, eight)(at) == Approx(made(at)).epsilon(1e-10));
        CHECK(Calibrator::fit(s, y, w)(at) == Approx(made(at)).epsilon(1e-10));
    }
    // A power of two to the bit; any other factor, however far, but for the weights' rounding.
    for (const double factor : {0x1p-960, 0x1p+1000, 1e200, 1e-200, 5e307, 1e-290}) {
        std::vector<double> far = weights;
        for (double& weight : far) weight *= factor;
        const auto same = Calibrator::fit(scores, labels, far);
        INFO("weights times " << factor);
        CHECK(same.rows_used() == made.rows_used());
        for (const double at : {0.1, 0.3, 0.45, 0.7, 0.95}) {
            CHECK(same(at) == Approx(made(at)).epsilon(1e-10));
        }
        CHECK(same.defect() == "");
        if (factor == 0x1p-960 || factor == 0x1p+1000) CHECK(same == made);
    }
    double last = 0;
    for (double at = 0; at <= 1; at += 1.0 / 64) {
        CHECK(made(at) >= last);
        CHECK(made(at) <= 1);
        last = made(at);
    }
}

}  // namespace calibrators
