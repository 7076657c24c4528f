#include "leeway/metrics/precision_recall_curve.hpp"

#include "laws/samples.hpp"
#include "metrics/curve_cases.hpp"

using namespace leeway;

TEST_CASE("the precision-recall curve is scikit-learn's without its closing point") {
    std::size_t points = 0;
    oracle::for_each_curve([&](const oracle::metric_case& from, const score_curve& rows) {
        const auto curve = precision_recall_curve(rows);
        using point = precision_recall_point;
        points += curve.size();
        CHECK(oracle::same_column(from, "pr_threshold", curve, &point::threshold));
        CHECK(oracle::same_column(from, "pr_precision", curve, &point::precision));
        CHECK(oracle::same_column(from, "pr_recall", curve, &point::recall));
        if (!curve.empty()) CHECK(curve.back().recall == 1);
    });
    CHECK(points >= 1500);
}

TEST_CASE("the precision-recall curve of a table") {
    score_table table(log_linear_layout(0, 0, 1, false));
    table.update({.label = 1, .score = 2.5});
    table.update({.label = 0, .score = 3.5});
    table.update({.label = 1, .score = 1.5});
    const auto curve = precision_recall_curve(table);
    REQUIRE(curve.size() == 2);
    CHECK(curve[0] == precision_recall_point{2, 0.5, 0.5});
    CHECK(curve[1] == precision_recall_point{1, 1, 2.0 / 3});
    table.reset();
    table.update({.label = 0, .score = 3.5});
    CHECK(precision_recall_curve(table).empty());
}
