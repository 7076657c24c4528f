#include "leeway/metrics/top_k_accuracy.hpp"

#include <stdexcept>

#include "laws/metric.hpp"
#include "oracle/metrics_states.hpp"

using leeway::label_ranks;
using leeway::top_k_accuracy;

static_assert(leeway::Metric<top_k_accuracy>);

TEST_CASE("top-k accuracy equals scikit-learn's where no scores are tied") {
    oracle::tally seen;
    for (const auto& from : oracle::metric_cases("class_scores")) {
        label_ranks ranks(static_cast<std::size_t>(from.integers("classes").at(0)));
        oracle::for_each_row(from, [&](const auto& row) { ranks.update(row); });
        for (std::size_t k = 1; k <= std::min<std::size_t>(5, ranks.classes()); ++k) {
            const top_k_accuracy metric{k};
            oracle::check(from, metric.key(), metric(ranks), seen);
        }
    }
    CHECK(seen.values >= 900);
    CHECK(seen.undefined >= 4);
}

TEST_CASE("a tie at the k-th place is won by the lowest class") {
    label_ranks ranks(3);
    const double tied[] = {1, 1, 1};
    ranks.update({0, tied, 1});
    ranks.update({1, tied, 2});
    ranks.update({2, tied, 5});
    CHECK(top_k_accuracy{1}(ranks).value() == Approx(1.0 / 8));
    CHECK(top_k_accuracy{2}(ranks).value() == Approx(3.0 / 8));
    CHECK(top_k_accuracy{3}(ranks).value() == 1);
}

TEST_CASE("top-k accuracy has Wilson's interval and its own key") {
    label_ranks ranks(4);
    const double scores[] = {4, 3, 2, 1};
    for (int i = 0; i < 20; ++i) ranks.update({i < 3 ? 3 : 1, scores, 1});
    const leeway::estimate e = top_k_accuracy{2}(ranks);
    CHECK(e == leeway::wilson_interval(0.85, 20, 20, leeway::confidence_95));
    CHECK(top_k_accuracy{3}.key() == "top_3_accuracy");
}

TEST_CASE("top-k accuracy refuses a k that there is not") {
    CHECK_THROWS_AS(top_k_accuracy{0}(label_ranks(3)), std::invalid_argument);
    CHECK_THROWS_AS(top_k_accuracy{4}(label_ranks(3)), std::invalid_argument);
    CHECK(top_k_accuracy{3}(label_ranks(3)).reason() == leeway::undefined::empty);
}

TEST_CASE("top-k accuracy keeps the laws of a metric") {
    for (const bool weighted : {false, true}) {
        for (const std::size_t k : {1U, 3U}) {
            laws::metric(
                top_k_accuracy{k}, [] { return label_ranks(6); },
                laws::score_rows(300, 6, weighted));
        }
    }
}
