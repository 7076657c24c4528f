#include "leeway/evaluation/running.hpp"

#include <cmath>
#include <cstdint>
#include <type_traits>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/ndcg.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

/// A metric whose state no one can fill.
struct not_a_metric {
    using state_type = int;
};

template <class M>
concept CanRun = requires {
    typename running<M>;
};

}  // namespace

static_assert(CanRun<roc_auc>);
static_assert(!CanRun<not_a_metric>);
static_assert(noexcept(std::declval<running<roc_auc>&>().update(probability_outcome{})));

TEST_CASE("running: a stream of scores, certified") {
    running<roc_auc> auc;
    CHECK(auc.result().reason() == undefined::empty);
    auc.update({.label = 1, .score = 0.93});
    auc.update({.label = 0, .score = 0.12});
    const estimate so_far = auc.result();
    CHECK(so_far.value() == 1);
    CHECK(so_far.confidence() == 1);
    auc.update({.label = 1, .score = std::nan("")});
    CHECK(auc.rejected().missing == 1);
    CHECK(auc.result() == so_far);
}

TEST_CASE("running: two halves merged, or a batch, equal the whole") {
    random_source random(5);
    running<roc_auc> whole;
    running<roc_auc> first;
    running<roc_auc> second;
    std::vector<std::int32_t> label;
    std::vector<double> score;
    for (int i = 0; i < 2000; ++i) {
        score.push_back(static_cast<double>(random() >> 11) * 0x1p-53);
        label.push_back(static_cast<std::int32_t>(random() >> 63));
        whole.update({label.back(), score.back(), 1});
        (i % 3 == 0 ? first : second).update({label.back(), score.back(), 1});
    }
    first.merge(second);
    CHECK(first.result() == whole.result());
    running<roc_auc> batch;
    const std::size_t bytes = batch.bytes();
    batch.update({.label = label, .score = score});
    CHECK(batch.result() == whole.result());
    CHECK(batch.bytes() == bytes);
    batch.reset();
    CHECK(batch.result().reason() == undefined::empty);
}

TEST_CASE("running: a metric with settings, a state with a size") {
    running<mean_squared_error> mse(mean_squared_error{confidence_99});
    mse.update({.target = 1, .prediction = 2});
    mse.update({.target = 1, .prediction = 4});
    CHECK(mse.result().value() == 5);
    CHECK(mse.result().confidence() == 0.99);

    running right(accuracy{}, confusion_matrix(3));
    right.update({.label = 2, .prediction = 2});
    CHECK(right.result().value() == 1);
    CHECK(right.state().classes() == 3);
}

TEST_CASE("running: the state is told what the metric must know") {
    const std::vector<double> relevance{0, 1, 1}, score{3, 2, 1};
    running<ndcg> at_one{ndcg{.k = 1}};
    running<ndcg> all;
    at_one.update({.relevance = relevance, .score = score});
    all.update({.relevance = relevance, .score = score});
    CHECK(at_one.result().value() == 0);
    CHECK(all.result().value() > 0);
}
