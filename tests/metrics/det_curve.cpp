#include "leeway/metrics/det_curve.hpp"

#include "laws/samples.hpp"
#include "metrics/curve_cases.hpp"

using namespace leeway;

TEST_CASE("the DET curve is scikit-learn's, with the points that 1.2.1 leaves out") {
    std::size_t points = 0;
    std::size_t from_infinity = 0;
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& rows) {
        const auto curve = det_curve(rows);
        points += curve.size();
        // Where the highest score belongs to a negative, scikit-learn begins at the last point
        // that lets no more negatives through than that score.
        const std::size_t listed = from.numbers("det_fpr").size();
        REQUIRE(curve.size() >= listed);
        const std::size_t skip = curve.size() - listed;
        if (skip > 0) {
            ++from_infinity;
            CHECK(std::isinf(curve[0].threshold));
            for (std::size_t i = 1; i < skip; ++i)
                CHECK(curve[i].false_positive_rate == curve[skip].false_positive_rate);
        }
        CHECK(oracle::same_column(from, "det_threshold", curve, &det_point::threshold, skip));
        CHECK(oracle::same_column(from, "det_fpr", curve, &det_point::false_positive_rate, skip));
        CHECK(oracle::same_column(from, "det_fnr", curve, &det_point::false_negative_rate, skip));
        if (curve.empty()) return;
        CHECK(curve.front().false_positive_rate == 0);
        CHECK(curve.back().false_negative_rate == 0);
    });
    CHECK(points >= 1000);
    CHECK(from_infinity >= 50);
}

TEST_CASE("the DET curve of a table") {
    score_table table(log_linear_layout(0, 0, 1, false));
    for (const auto& [label, score] : {std::pair{1, 3.0}, {1, 1.5}, {0, 1.5}, {0, 0.5}})
        table.update({.label = label, .score = score});
    const auto curve = det_curve(table);
    REQUIRE(curve.size() == 2);
    CHECK(curve[0] == det_point{2, 0, 0.5});
    CHECK(curve[1] == det_point{1, 0.5, 0});
}
