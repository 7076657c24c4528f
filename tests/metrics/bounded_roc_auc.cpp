#include "leeway/metrics/bounded_roc_auc.hpp"

#include <cmath>

#include "laws/metric.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/evaluation/gate.hpp"
#include "leeway/evaluation/running.hpp"

using leeway::bounded_roc_auc;
using leeway::roc_auc;

static_assert(leeway::Metric<bounded_roc_auc>);

namespace {

struct both {
    leeway::score_table table;
    leeway::scored_outcomes exact;

    explicit both(leeway::log_linear_layout layout) : table(layout) {}
    void update(std::int32_t label, double score) {
        table.update({.label = label, .score = score});
        exact.update({.label = label, .score = score});
    }
};

}  // namespace

TEST_CASE("the interval of a table holds that of every score") {
    // Against roc_auc of the same rows (DeLong's and Newcombe's, held against pROC there), for
    // coarse and for fine cells, classes close and apart, rare and common.
    leeway::random_source random(77);
    double wider = 0;
    for (int round = 0; round < 400; ++round) {
        const bool fine = round % 2 == 0;
        both rows(fine ? leeway::log_linear_layout::probabilities()
                       : leeway::log_linear_layout(2, -6, 0, false));
        const int n = 4 + static_cast<int>(random.below(300));
        const double shift = static_cast<double>(random.below(5));
        const double rate = round % 3 == 0 ? 0.1 : 0.5;
        for (int i = 0; i < n; ++i) {
            const std::int32_t label = random.bernoulli(rate) ? 1 : 0;
            rows.update(label, 1 / (1 + std::exp(-random.normal() - shift * (label - 0.5))));
        }
        const auto exact = roc_auc{}(rows.exact);
        const auto banded = bounded_roc_auc{}(rows.table);
        const auto band = roc_auc{}(rows.table);
        REQUIRE(banded.defined() == exact.defined());
        if (!exact) continue;
        INFO("round " << round << ", " << n << " rows, area " << exact.value());
        CHECK(banded.value() == band.value());
        CHECK(banded.confidence() == 0.95);
        CHECK(banded.lower() <= band.lower());
        CHECK(banded.upper() >= band.upper());
        CHECK(banded.lower() <= exact.lower() + 1e-9);
        CHECK(banded.upper() >= exact.upper() - 1e-9);
        if (fine && n >= 50) {
            wider = std::max(wider,
                             (banded.upper() - banded.lower()) - (exact.upper() - exact.lower()));
        }
    }
    CHECK(wider < 0.1);
}

TEST_CASE("a large stream's interval is hardly wider than that of every score") {
    leeway::random_source random(78);
    both rows(leeway::log_linear_layout::any());
    for (int i = 0; i < 5000; ++i) {
        const std::int32_t label = random.bernoulli(0.2) ? 1 : 0;
        rows.update(label, random.normal() + label);
    }
    const auto exact = roc_auc{}(rows.exact);
    const auto banded = bounded_roc_auc{}(rows.table);
    CHECK((banded.upper() - banded.lower()) / (exact.upper() - exact.lower()) ==
          Approx(1).margin(0.05));
}

TEST_CASE("two rows in a table pass no gate") {
    leeway::running<bounded_roc_auc> two;
    two.update({.label = 1, .score = 0.9});
    CHECK(two.result().reason() == leeway::undefined::one_class);
    two.update({.label = 0, .score = 0.1});
    CHECK(two.result().value() == Approx(1));
    CHECK(leeway::gate::at_least(0.99)(two.result()).verdict == leeway::gate_verdict::fail);
    // Newcombe's interval of one pair, as roc_auc has it of every score.
    leeway::scored_outcomes exact;
    exact.update({.label = 1, .score = 0.9});
    exact.update({.label = 0, .score = 0.1});
    CHECK(two.result().lower() == Approx(roc_auc{}(exact).lower()).epsilon(1e-9));
}
