#include "leeway/metrics/roc_curve.hpp"

#include "laws/samples.hpp"
#include "metrics/curve_cases.hpp"

using namespace leeway;

TEST_CASE("the ROC curve is scikit-learn's, from threshold infinity on") {
    std::size_t points = 0;
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& rows) {
        const auto curve = roc_curve(rows);
        points += curve.size();
        CHECK(oracle::same_column(from, "roc_threshold", curve, &roc_point::threshold));
        CHECK(oracle::same_column(from, "roc_fpr", curve, &roc_point::false_positive_rate));
        CHECK(oracle::same_column(from, "roc_tpr", curve, &roc_point::true_positive_rate));
        if (curve.empty()) return;
        CHECK(curve.front() == roc_point{laws::infinite, 0, 0});
        CHECK(curve.back().false_positive_rate == 1);
        CHECK(curve.back().true_positive_rate == 1);
    });
    CHECK(points >= 1500);
}

TEST_CASE("the ROC curve of a table goes through points of the exact one") {
    score_table table(log_linear_layout(0, 0, 1, false));
    scored_outcomes rows;
    for (const double score : {0.5, 1.2, 1.5, 1.9, 2.5, 3.5}) {
        const probability_outcome row{score > 1.3 && score < 3 ? 1 : 0, score};
        table.update(row);
        rows.update(row);
    }
    const auto coarse = roc_curve(table);
    REQUIRE(coarse.size() == 4);
    CHECK(coarse[1] == roc_point{2, 1.0 / 3, 1.0 / 3});
    CHECK(coarse[2] == roc_point{1, 2.0 / 3, 1});
    const auto exact = roc_curve(rows);
    CHECK(exact[2] == roc_point{2.5, 1.0 / 3, 1.0 / 3});
    CHECK(exact[5] == roc_point{1.2, 2.0 / 3, 1});
    CHECK(roc_curve(scored_outcomes()).empty());
}
