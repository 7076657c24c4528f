#include "leeway/metrics/precision_bounds.hpp"

#include <cmath>
#include <cstdint>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/metrics/precision_at_recall.hpp"
#include "leeway/metrics/recall_at_precision.hpp"
#include "support/catch.hpp"

using namespace leeway;

TEST_CASE("bounds of precision and recall by hand") {
    // 200 positives, half of them at the higher of two scores, with 60 of 600 negatives.
    std::vector<std::int32_t> label;
    std::vector<double> score;
    const auto add = [&](int rows, std::int32_t of, double at) {
        for (int i = 0; i < rows; ++i) label.push_back(of), score.push_back(at);
    };
    add(100, 1, 0.9);
    add(100, 1, 0.1);
    add(60, 0, 0.9);
    add(540, 0, 0.1);
    const score_curve curve(label, score);
    const precision_bounds bounds(curve, confidence_95);
    // Margins sqrt(log(6 / 0.05) / (2 n)) for n = 200, 600 and all 800 rows.
    const double e = std::sqrt(std::log(120.0) / 400);
    const double f = std::sqrt(std::log(120.0) / 1200);
    const double s = std::sqrt(std::log(120.0) / 1600);
    const score_point at = curve.points()[1];
    CHECK(bounds.least_recall(at) == Approx(0.5 - e).epsilon(1e-14));
    CHECK(bounds.most_recall(at) == Approx(0.5 + e).epsilon(1e-14));
    const auto precision = [](double share, double found, double wrong) {
        return share * found / (share * found + (1 - share) * wrong);
    };
    CHECK(bounds.least_precision(at) ==
          Approx(precision(0.25 - s, 0.5 - e, 0.1 + f)).epsilon(1e-14));
    CHECK(bounds.most_precision(at) ==
          Approx(precision(0.25 + s, 0.5 + e, 0.1 - f)).epsilon(1e-14));
    // Above every score nothing is known of the precision.
    CHECK(bounds.least_precision(curve.points()[0]) == 0);
    CHECK(bounds.most_precision(curve.points()[0]) == 1);

    const estimate best = precision_at_recall{0.3}(curve);
    CHECK(best.value() == Approx(100.0 / 160).epsilon(1e-15));
    CHECK(best.lower() == Approx(bounds.least_precision(at)).epsilon(1e-15));
    CHECK(best.upper() == Approx(bounds.most_precision(at)).epsilon(1e-15));
    // The precision there is above 0.35 for sure, and that of all rows below it.
    const estimate most = recall_at_precision{0.35}(curve);
    CHECK(most.value() == 0.5);
    CHECK(most.lower() == Approx(0.5 - e).epsilon(1e-14));
    CHECK(most.upper() == Approx(0.5 + e).epsilon(1e-14));
    CHECK(recall_at_precision{0.6}(curve).lower() == 0);
}

TEST_CASE("positives alone leave the precision open below") {
    const std::vector<std::int32_t> label(40, 1);
    std::vector<double> score(40);
    for (std::size_t i = 0; i < 40; ++i) score[i] = static_cast<double>(i);
    const estimate e = precision_at_recall{0.5}(score_curve(label, score));
    CHECK(e.value() == 1);
    CHECK(e.upper() == 1);
    CHECK(e.lower() < 0.9);
    CHECK(e.lower() > 0);
}

TEST_CASE("the bounds hold in samples far more often than they say") {
    // A uniform score, label 1 with that probability: above t are the shares 1 - t^2 of the
    // positives and (1 - t)^2 of the negatives, so the precision is (1 + t) / 2.
    random_source random(9);
    int missed = 0;
    for (int sample = 0; sample < 200; ++sample) {
        std::vector<std::int32_t> label(300);
        std::vector<double> score(300);
        for (std::size_t i = 0; i < 300; ++i) {
            score[i] = random.uniform();
            label[i] = random.bernoulli(score[i]) ? 1 : 0;
        }
        const score_curve curve(label, score);
        const estimate precision = precision_at_recall{0.75}(curve);  // at t = 1/2
        const estimate recall = recall_at_precision{0.75}(curve);     // the same threshold
        missed += precision.lower() > 0.75 || precision.upper() < 0.75 ? 1 : 0;
        missed += recall && (recall.lower() > 0.75 || recall.upper() < 0.75) ? 1 : 0;
    }
    CHECK(missed <= 4);  // 5 % of 400 would be 20
}
