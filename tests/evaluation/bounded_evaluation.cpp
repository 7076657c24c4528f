#include "leeway/evaluation/bounded_evaluation.hpp"

#include <string>
#include <vector>

#include "laws/row_samples.hpp"
// After the rows that it is to know.
#include "laws/accumulator.hpp"
#include "leeway/evaluation/evaluate.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/score_cases.hpp"

using namespace leeway;

namespace {

constexpr log_linear_layout small{3, -4, 1, true};

/// Every figure of a report, with its interval.
template <class Evaluation>
std::vector<double> figures(const Evaluation& state) {
    const report all = state.result();
    std::vector<double> numbers{static_cast<double>(all.rows()), all.weight()};
    for (const auto& [key, figure] : all.entries()) laws::append(numbers, figure);
    for (const auto& of_class : all.classes()) {
        for (const auto& [key, figure] : of_class.entries) laws::append(numbers, figure);
    }
    return numbers;
}

/// Those of them that rows seen twice leave as they are.
template <class Evaluation>
std::vector<double> values(const Evaluation& state, const std::vector<std::string>& keys) {
    const report all = state.result();
    std::vector<double> numbers{all.weight()};
    for (const auto& key : keys) numbers.push_back(all.at(key).value());
    return numbers;
}

template <class Evaluation>
laws::promise<Evaluation> promised(std::vector<std::string> keys) {
    return {.tolerance = 1e-9,
            .readings = figures<Evaluation>,
            .frequency_readings = [keys](const Evaluation& state) { return values(state, keys); },
            .held =
                [](const Evaluation& state) {
                    const report all = state.result();
                    return static_cast<double>(all.rows() - state.rejected().total());
                }};
}

/// Figures without a band are the exact ones, and bands hold the exact ones.
void hold(const std::vector<report::entry>& bounded, const std::vector<report::entry>& exact,
          const std::vector<std::string>& left_out, std::size_t& banded, std::size_t& in_sample) {
    std::size_t next = 0;
    for (const auto& [key, figure] : exact) {
        CAPTURE(key);
        if (std::find(left_out.begin(), left_out.end(), key) != left_out.end()) continue;
        REQUIRE(next < bounded.size());
        REQUIRE(bounded[next].key == key);
        const estimate& found = bounded[next++].value;
        if (found && found.confidence() == 1) {
            bands::tally tally;
            bands::hold(figure, found, tally);
            CHECK(tally.violated == 0);
            ++banded;
        } else if (figure.reason() == undefined::not_comparable) {
            CHECK(found.reason() == figure.reason());
        } else {
            std::vector<double> one, other;
            laws::append(one, found);
            laws::append(other, figure);
            CHECK(laws::close(one, other, 1e-9));
        }
    }
    // What is left are intervals for the sample, which hold those of the rows.
    for (; next < bounded.size(); ++next) {
        const std::string& key = bounded[next].key;
        CAPTURE(key);
        REQUIRE(key.starts_with("bounded_"));
        const auto same = std::find_if(exact.begin(), exact.end(), [&](const report::entry& each) {
            return each.key == key.substr(8);
        });
        REQUIRE(same != exact.end());
        const estimate& found = bounded[next].value;
        const estimate& rows = same->value;
        if (!found || !found.has_interval()) continue;
        CHECK(found.confidence() == Approx(0.95));
        if (!rows || !rows.has_interval()) continue;
        const double rounding = 1e-9 * (1 + std::fabs(rows.value()));
        CHECK(found.lower() <= rows.lower() + rounding);
        CHECK(found.upper() >= rows.upper() - rounding);
        ++in_sample;
    }
}

struct held {
    std::size_t banded{0};     ///< figures in a band
    std::size_t in_sample{0};  ///< figures with an interval that holds that of the rows

    held& operator+=(const held& other) {
        banded += other.banded;
        in_sample += other.in_sample;
        return *this;
    }
};

held hold(const report& bounded, const report& exact) {
    std::size_t banded = 0, in_sample = 0;
    CHECK(bounded.bounded());
    CHECK_FALSE(exact.bounded());
    CHECK(bounded.rows() == exact.rows());
    CHECK(bounded.weight() == Approx(exact.weight()).epsilon(1e-12));
    CHECK(bounded.rejected() == exact.rejected());
    CHECK(bounded.infinite_losses() == exact.infinite_losses());
    CHECK(bounded.skipped() == exact.skipped());
    CHECK(exact.left_out().empty());
    hold(bounded.entries(), exact.entries(), bounded.left_out(), banded, in_sample);
    REQUIRE(bounded.classes().size() == exact.classes().size());
    for (std::size_t c = 0; c < exact.classes().size(); ++c)
        hold(bounded.classes()[c].entries, exact.classes()[c].entries, {}, banded, in_sample);
    return {banded, in_sample};
}

}  // namespace

TEST_CASE("bounded evaluations obey the laws of accumulators") {
    using binary = bounded_evaluation<binary_task>;
    using multiclass = bounded_evaluation<multiclass_task>;
    using regression = bounded_evaluation<regression_task>;
    using ranking = bounded_evaluation<ranking_task>;
    static_assert(Bounded<binary> && Bounded<multiclass> && Bounded<regression>);
    static_assert(Bounded<ranking>);
    const log_linear_layout tiny{0, -2, 1, true};
    laws::accumulator([&] { return binary({.threshold = 0.4}, tiny); },
                      laws::probability_rows(150, true),
                      promised<binary>({"accuracy", "roc_auc", "log_loss", "ks_separation"}));
    laws::accumulator([&] { return multiclass({.classes = 3}, tiny); },
                      laws::class_probability_rows(150, 3, true),
                      promised<multiclass>({"accuracy", "roc_auc_macro", "log_loss",
                                            "roc_auc_one_vs_one_weighted", "top_2_accuracy"}));
    laws::accumulator([&] { return regression({}, tiny); }, laws::regression_rows(150, true),
                      promised<regression>({"mean_absolute_error", "median_absolute_error",
                                            "r_squared", "d2_absolute_error_score"}));
    laws::accumulator([&] { return ranking({.cutoffs = {3}}); }, laws::ranked_rows(150, true, true),
                      promised<ranking>({"ndcg", "precision_at_3"}));
}

TEST_CASE("a batch longer than the columns it is cut into is its rows one by one") {
    auto rows = laws::probability_rows(3000, true);
    rows[1500].score = laws::not_a_number;
    rows[2047].label = 2;
    for (const bool weighted : {true, false}) {
        if (!weighted) {
            for (auto& row : rows) row.weight = 1;
        }
        bounded_evaluation<binary_task> singles, batch;
        std::vector<std::int32_t> label;
        std::vector<double> score, weight;
        for (const auto& row : rows) {
            singles.update(row);
            label.push_back(row.label);
            score.push_back(row.score);
            if (weighted) weight.push_back(row.weight);
        }
        batch.update(probability_outcome::columns{label, score, weight});
        CHECK(batch.rows() == 2998);
        CHECK(batch.rejected() == singles.rejected());
        CHECK(laws::close(figures(batch), figures(singles), 1e-9));  // as the laws above
    }
}

TEST_CASE("a file whose parts do not fit one another is refused") {
    // Each part on its own is attacked in the tests of its type.
    const log_linear_layout tiny{0, -1, 0, false};
    const bounded_evaluation binary(binary_task{}, tiny);
    CHECK(from_bytes<bounded_evaluation<binary_task>>(to_bytes(binary)));
    CHECK(laws::refused(binary, "decided_rows", std::uint64_t{1}));
    CHECK(laws::refused(binary, "task", binary_task{.threshold = laws::infinite}));
    CHECK(
        laws::refused(binary, "states",
                      detail::binary_states(confusion_matrix(3), class_losses<loss::logarithmic>(),
                                            class_losses<loss::brier>(), calibration_bins(),
                                            leeway::spiegelhalter_sums())));

    const bounded_evaluation multiclass(multiclass_task{.classes = 3}, tiny);
    CHECK(laws::refused(multiclass, "decided_rows", std::uint64_t{1}));
    CHECK(laws::refused(multiclass, "task", multiclass_task{.classes = 2}));
    CHECK(laws::refused(multiclass, "task", multiclass_task{.classes = 3, .names = {"a"}}));
    CHECK(laws::refused(multiclass, "states", detail::multiclass_states(4)));
    CHECK(laws::refused(multiclass, "scores", class_score_tables(2, true, tiny)));

    const bounded_evaluation ranking(ranking_task{.cutoffs = {2}});
    CHECK(laws::refused(ranking, "task", ranking_task{.cutoffs = {3}}));
    CHECK(laws::refused(ranking, "task", ranking_task{.cutoffs = {0}}));
    CHECK(laws::refused(ranking, "task", ranking_task{.cutoffs = {}}));
    CHECK(laws::refused(ranking, "task",
                        ranking_task{.cutoffs = {2}, .without_relevant = undefined_query::one}));
}

TEST_CASE("bounded binary: bands hold the exact figures, all others are them") {
    random_source random(5);
    held all;
    for (int round = 0; round < 60; ++round) {
        auto rows = bands::random_rows(random, 150);
        const bool weighted = round % 2 == 0;
        if (!weighted) {
            for (auto& row : rows) row.weight = 1;
        }
        const laws::columns columns(rows);
        const binary_task task{.threshold = 0.25};
        bounded_evaluation seen(task, bands::layouts()[1 + random.below(4)]);
        seen.update(columns.view());
        CAPTURE(round);
        all += hold(seen.result(), evaluate(task, columns.view()));
        // Tables have no squares of weights, so weighted rows have bands alone.
        const auto left_out = seen.result().left_out();
        for (const std::string& key : left_out) CHECK(key.starts_with("bounded_"));
        if (!weighted) CHECK(left_out.empty());
        CHECK(seen.result().contains("bounded_ks_separation") == left_out.empty());
    }
    CHECK(all.banded >= 400);
    CHECK(all.in_sample >= 200);
}

TEST_CASE("bounded multiclass: bands hold the exact figures, all others are them") {
    held all;
    for (const std::size_t classes : {2U, 3U, 6U}) {
        for (const bool weighted : {false, true}) {
            auto rows = laws::class_probability_rows(200, classes, weighted);
            // Logits too, with ties: they have an order and are no probabilities.
            const auto logits = laws::score_rows(100, static_cast<std::int32_t>(classes), weighted);
            rows.insert(rows.end(), logits.begin(), logits.end());
            const laws::columns columns(rows);
            const auto view = columns.view();
            const multiclass_task task{.classes = static_cast<std::int32_t>(classes)};
            bounded_evaluation seen(task, small, 3);
            seen.update(view);
            const report exact = evaluate(
                task, multiclass_columns{
                          .label = view.label, .probability = view.scores, .weight = view.weight});
            all += hold(seen.result(), exact);
            // Pairs of classes are told apart up to the number that was asked for; weighted rows
            // have no interval for the sample of the areas that there are.
            const std::size_t areas = classes > 3 ? 3 : 5;
            CHECK(seen.result().left_out().size() ==
                  (classes > 3 ? 2U : 0U) + (weighted ? areas : 0U));
            CHECK(seen.result().contains("roc_auc_one_vs_one_macro") == (classes <= 3));
        }
    }
    CHECK(all.banded >= 40);
    CHECK(all.in_sample >= 20);
}

TEST_CASE("bounded regression: bands hold the exact figures, all others are them") {
    held all;
    for (const double center : {0.0, 10.0, -500.0}) {
        for (const bool weighted : {false, true}) {
            auto rows = laws::regression_rows(300, weighted, center);
            rows.push_back(rows.front());
            rows.push_back({.target = std::nan(""), .prediction = 1});
            const laws::columns columns(rows);
            bounded_evaluation seen(regression_task{});
            seen.update(columns.view());
            all += hold(seen.result(), evaluate(regression_task{}, columns.view()));
            std::vector<std::string> left_out{"spearman_correlation", "kendall_tau"};
            if (weighted) {
                left_out.emplace_back("bounded_median_absolute_error");
                left_out.emplace_back("bounded_d2_absolute_error_score");
            }
            CHECK(seen.result().left_out() == left_out);
        }
    }
    CHECK(all.banded == 12);
    CHECK(all.in_sample == 6);
}

TEST_CASE("bounded regression: what a task asks for, D2 of a level in a band") {
    const regression_task task{
        .powers = {0, 1.5}, .levels = {0.9, 0.5}, .features = 2, .deltas = {2}};
    auto rows = laws::regression_rows(400, false, 50);
    for (auto& row : rows) row = {std::fabs(row.target) + 1, std::fabs(row.prediction) + 1};
    const laws::columns columns(rows);
    bounded_evaluation seen(task), half(task);
    const std::size_t bytes = seen.bytes();
    for (std::size_t i = 0; i < rows.size(); ++i) (i % 2 == 0 ? seen : half).update(rows[i]);
    seen.merge(half);
    CHECK(seen.bytes() == bytes);
    const report bounded = seen.result();
    const held all = hold(bounded, evaluate(task, columns.view()));
    CHECK(all.banded == 4);  // the median, and D2 of the absolute error and of both levels
    CHECK(all.in_sample == 4);
    CHECK(bounded.at("d2_pinball_score_0.9").confidence() == 1);
    CHECK(bounded.at("bounded_d2_pinball_score_0.9").confidence() == Approx(0.95));
    CHECK(bounded.contains("adjusted_r_squared_2"));
    CHECK(bounded.contains("huber_loss_2"));
    CHECK(bounded.contains("mean_tweedie_deviance_1.5"));
    CHECK(bounded.left_out() == std::vector<std::string>{"spearman_correlation", "kendall_tau",
                                                         "d2_tweedie_score_0",
                                                         "d2_tweedie_score_1.5"});
    CHECK_THROWS_AS(seen.merge(bounded_evaluation(regression_task{})), std::invalid_argument);
    const auto back = from_bytes<bounded_evaluation<regression_task>>(to_bytes(seen));
    REQUIRE(back);
    CHECK(*back == seen);
    seen.reset();
    CHECK(seen == bounded_evaluation(task));
    CHECK(laws::refused(seen, "task", regression_task{}));
    CHECK(laws::refused(seen, "task", regression_task{.levels = {0.9, 0.5}, .deltas = {3}}));
}

TEST_CASE("bounded ranking: what a task asks for is the exact figure too") {
    const auto rows = laws::ranked_rows(200, true, true);
    const laws::columns columns(rows);
    const ranking_task task{.cutoffs = {1, 3}, .thorough = true, .exponential_gain = true};
    bounded_evaluation seen(task), half(task);
    for (std::size_t i = 0; i < rows.size(); ++i) (i % 2 == 0 ? seen : half).update(rows[i]);
    seen.merge(half);
    const report bounded = seen.result();
    hold(bounded, evaluate(task, columns.view()));
    CHECK(bounded.contains("mean_average_precision_at_3"));
    const auto back = from_bytes<bounded_evaluation<ranking_task>>(to_bytes(seen));
    REQUIRE(back);
    CHECK(*back == seen);
    CHECK(laws::refused(seen, "task", ranking_task{.cutoffs = {1, 3}}));
}

TEST_CASE("bounded ranking: every figure is the exact one") {
    const auto rows = laws::ranked_rows(200, true, true);
    const laws::columns columns(rows);
    const ranking_task task{.cutoffs = {1, 3}, .without_relevant = undefined_query::zero};
    bounded_evaluation seen(task);
    for (const auto& row : rows) seen.update(row);
    CHECK(hold(seen.result(), evaluate(task, columns.view())).banded == 0);
    CHECK_THROWS_AS(bounded_evaluation(ranking_task{.cutoffs = {0}}), std::invalid_argument);
}

TEST_CASE("a block of rows is what its rows are one by one") {
    const std::vector<std::int32_t> labels{0, 1, 1};
    const std::vector<double> scores{0.2, 0.9, 0.4};
    bounded_evaluation block(binary_task{}), rows(binary_task{});
    block.update({.label = labels, .score = scores});
    for (std::size_t i = 0; i < 3; ++i) rows.update({.label = labels[i], .score = scores[i]});
    CHECK(block == rows);
    const estimate area = block.result()[roc_auc{}];
    CHECK(area.value() == 1);  // no cell is shared
    CHECK(area.confidence() == 1);
}

TEST_CASE("rows of decisions alone leave the figures of scores out") {
    const std::vector<std::int32_t> labels{0, 1, 1, 2}, decisions{0, 1, 0, 5};
    const class_outcome::columns rows{labels, decisions};
    bounded_evaluation two(binary_task{});
    bounded_evaluation three(multiclass_task{.classes = 3});
    CHECK(two.result().contains("roc_auc"));  // nothing is known yet
    two.update(rows);
    three.update(rows);
    hold(two.result(), evaluate(binary_task{}, rows));
    hold(three.result(), evaluate(multiclass_task{.classes = 3}, labels, decisions));
    CHECK_FALSE(two.result().contains("roc_auc"));
    CHECK_FALSE(three.result().contains("roc_auc_macro"));
    two.update({.label = 1, .score = 0.9});
    CHECK_FALSE(two.result().contains("roc_auc"));
    CHECK(two.result()[accuracy{}].value() == 0.75);
}

TEST_CASE("a bounded evaluation's memory does not grow") {
    random_source random(3);
    bounded_evaluation binary(binary_task{}, log_linear_layout::probabilities());
    bounded_evaluation regression(regression_task{});
    const std::size_t bytes = binary.bytes();
    const std::size_t of_regression = regression.bytes();
    for (int i = 0; i < 20'000; ++i) {
        const double score = random.uniform();
        binary.update({.label = random.bernoulli(score) ? 1 : 0, .score = score});
        regression.update({.target = random.normal(), .prediction = score});
    }
    CHECK(binary.bytes() == bytes);
    CHECK(regression.bytes() == of_regression);
    CHECK(bytes < 56 * 1024);
    CHECK(of_regression < 770 * 1024);
    CHECK(bounded_evaluation<binary_task>().bytes() < 1025 * 1024);
    CHECK(bounded_evaluation(multiclass_task{.classes = 10}).bytes() < 2600 * 1024);
    CHECK(bounded_evaluation(multiclass_task{.classes = 11}).bytes() < 600 * 1024);
}

TEST_CASE("bounded evaluations of different tasks refuse to merge") {
    bounded_evaluation at_half(binary_task{});
    CHECK_THROWS_AS(at_half.merge(bounded_evaluation(binary_task{.threshold = 0.4})),
                    std::invalid_argument);
    CHECK_THROWS_AS(at_half.merge(bounded_evaluation(binary_task{}, small)), std::invalid_argument);
    bounded_evaluation three(multiclass_task{.classes = 3});
    CHECK_THROWS_AS(three.merge(bounded_evaluation(multiclass_task{.classes = 4})),
                    std::invalid_argument);
    CHECK_THROWS_AS(bounded_evaluation(multiclass_task{.classes = 1}), std::invalid_argument);
    CHECK_THROWS_AS(bounded_evaluation(multiclass_task{.classes = 2, .names = {"a"}}),
                    std::invalid_argument);
    CHECK_THROWS_AS(bounded_evaluation(binary_task{.threshold = std::nan("")}),
                    std::invalid_argument);
}
