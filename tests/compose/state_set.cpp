#include "leeway/compose/state_set.hpp"

#include "laws/samples.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

namespace {

using leeway::accuracy;
using leeway::brier_score;
using leeway::class_outcome;
using leeway::confusion_matrix;
using leeway::mean_loss;
using leeway::probability_outcome;
using leeway::roc_auc;
namespace loss = leeway::loss;

using binary_states = leeway::state_set<confusion_matrix, mean_loss<loss::brier>>;

static_assert(leeway::HasFields<binary_states>);
static_assert(leeway::ReadableFrom<accuracy, mean_loss<loss::brier>, confusion_matrix>);
static_assert(!leeway::ReadableFrom<roc_auc, mean_loss<loss::brier>, confusion_matrix>);
static_assert(binary_states::reads<brier_score> && !binary_states::reads<roc_auc>);
static_assert(noexcept(std::declval<binary_states&>().update(class_outcome{})));
// A state that grows may throw, and so may a set that holds it.
static_assert(!noexcept(
    std::declval<leeway::state_set<leeway::scored_outcomes>&>().update(probability_outcome{})));

binary_states empty() {
    return binary_states(confusion_matrix(2), {});
}

void see(binary_states& states, std::int32_t label, double score, double weight = 1) {
    states.update(class_outcome{label, score >= 0.5 ? 1 : 0, weight});
    states.update(probability_outcome{label, score, weight});
}

}  // namespace

TEST_CASE("state_set: every state sees the samples that it takes") {
    auto states = empty();
    see(states, 1, 0.75);
    see(states, 0, 0.5);
    CHECK(states.get<confusion_matrix>().total() == 2);
    CHECK(states.get<mean_loss<loss::brier>>().rows() == 2);
    CHECK(states.read(accuracy{}).value() == 0.5);
    CHECK(states.read(brier_score{}).value() == (0.0625 + 0.25) / 2);

    // Columns go to the same states.
    const std::vector<std::int32_t> label{1, 0};
    const std::vector<double> score{0.75, 0.5};
    const std::vector<std::int32_t> decided{1, 1};
    auto batch = empty();
    batch.update(class_outcome::columns{.label = label, .prediction = decided});
    batch.update(probability_outcome::columns{.label = label, .score = score});
    CHECK(batch == states);
}

TEST_CASE("state_set: a long batch goes to every state, in parts or whole") {
    const auto rows = laws::probability_rows(10'000, true);
    const laws::columns columns(rows);
    leeway::state_set<mean_loss<loss::brier>, leeway::scored_outcomes> states;
    mean_loss<loss::brier> brier;
    leeway::scored_outcomes outcomes;
    states.update(columns.view());
    brier.update(columns.view());
    outcomes.update(columns.view());
    CHECK(states.get<mean_loss<loss::brier>>().rows() == brier.rows());
    CHECK(states.get<mean_loss<loss::brier>>().mean() == Approx(brier.mean()).epsilon(1e-15));
    CHECK(states.get<leeway::scored_outcomes>() == outcomes);

    auto torn = columns.view();
    torn.weight = torn.weight.first(9'000);
    const auto before = states;
    CHECK_THROWS_AS(states.update(torn), std::invalid_argument);
    CHECK(states == before);
}

TEST_CASE("state_set: merge, reset and save go through every state") {
    auto left = empty();
    auto right = empty();
    auto whole = empty();
    for (int i = 0; i < 20; ++i) {
        const double score = 0.05 * i;
        see(i % 3 == 0 ? left : right, i % 2, score, 0.5);
        see(whole, i % 2, score, 0.5);
    }
    left.merge(right);
    CHECK(left.get<confusion_matrix>() == whole.get<confusion_matrix>());
    CHECK(left.read(brier_score{}).value() ==
          Approx(whole.read(brier_score{}).value()).epsilon(1e-15));

    CHECK(left.bytes() ==
          sizeof left + left.get<confusion_matrix>().bytes() - sizeof(confusion_matrix) +
              left.get<mean_loss<loss::brier>>().bytes() - sizeof(mean_loss<loss::brier>));
    CHECK(leeway::to_debug_string(left).find("mean_loss_brier: {") != std::string::npos);

    left.reset();
    CHECK(left == empty());
    CHECK_FALSE(left == whole);
}
