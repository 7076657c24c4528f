#include "leeway/compose/bootstrapped.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <vector>

#include "laws/samples.hpp"

namespace laws {

// A key of its own for every row. Declared before the suite, which looks them up.
using keyed_class = leeway::keyed<leeway::class_outcome>;
using keyed_value = leeway::keyed<leeway::plain_value>;

template <class Row>
class columns<leeway::keyed<Row>> {
  public:
    explicit columns(const std::vector<leeway::keyed<Row>>& rows, bool always = false)
        : rows_(plain(rows), always) {
        for (const auto& row : rows) keys_.push_back(row.key);
    }
    [[nodiscard]] typename leeway::keyed<Row>::columns view() const {
        return {keys_, rows_.view()};
    }

  private:
    static std::vector<Row> plain(const std::vector<leeway::keyed<Row>>& rows) {
        std::vector<Row> samples;
        for (const auto& row : rows) samples.push_back(row.sample);
        return samples;
    }
    std::vector<std::uint64_t> keys_;
    columns<Row> rows_;
};

template <class Row>
std::vector<bad_row<leeway::keyed<Row>>> bad_rows(const leeway::keyed<Row>& good) {
    std::vector<bad_row<leeway::keyed<Row>>> bad;
    for (const auto& row : bad_rows(good.sample)) bad.push_back({{99, row.row}, row.reason});
    return bad;
}

template <class Row>
std::vector<leeway::keyed<Row>> with_keys(const std::vector<Row>& rows) {
    std::vector<leeway::keyed<Row>> keyed;
    for (const Row& row : rows) keyed.push_back({keyed.size(), row});
    return keyed;
}

}  // namespace laws

#include "laws/accumulator.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/counts.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/accumulators/regression_moments.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/accuracy.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/mean_squared_error.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/roc_auc.hpp"

using leeway::accuracy;
using leeway::bootstrapped;
using leeway::confusion_matrix;
using leeway::estimate;
using absolute_errors = leeway::mean_loss<leeway::loss::absolute_error>;

namespace {

bootstrapped<confusion_matrix> classes(std::size_t replicates = 20, std::uint64_t seed = 0) {
    return bootstrapped<confusion_matrix>(confusion_matrix(3), replicates, seed);
}

}  // namespace

TEST_CASE("bootstrapped states obey the laws of accumulators") {
    static_assert(leeway::Bounded<bootstrapped<confusion_matrix>>);
    static_assert(leeway::Accumulator<bootstrapped<leeway::scored_outcomes>>);
    static_assert(!leeway::Bounded<bootstrapped<leeway::scored_outcomes>>);
    CHECK(bootstrapped<confusion_matrix>::kind == "bootstrapped_confusion_matrix");
    // Tolerance 0: replicates are equal in every bit, whatever the order and the shards.
    laws::accumulator([] { return classes(); }, laws::with_keys(laws::class_rows(3000, 3, false)),
                      {.held = [](const auto& state) { return state.state().total(); }});
    laws::accumulator([] { return classes(); }, laws::with_keys(laws::class_rows(3000, 3, true)),
                      {.held = [](const auto& state) {
                          return static_cast<double>(state.offered() - state.rejected().total());
                      }});
    laws::accumulator([] { return bootstrapped<leeway::counts>(leeway::counts(), 10, 3); },
                      laws::with_keys(laws::plain_rows(3000)), {.held = [](const auto& state) {
                          return static_cast<double>(state.state().n());
                      }});
}

TEST_CASE("replicates of floating states are equal to rounding") {
    const auto rows = laws::with_keys(laws::regression_rows(3000, true));
    laws::accumulator(
        [] { return bootstrapped<absolute_errors>(absolute_errors(), 5, 1); }, rows,
        {.tolerance = 1e-12,
         .readings =
             [](const bootstrapped<absolute_errors>& state) {
                 std::vector<double> out;
                 for (const auto& replicate : state.replicates()) {
                     out.push_back(replicate.mean());
                     out.push_back(replicate.variance());
                     out.push_back(replicate.weight());
                 }
                 return out;
             },
         .held = [](const auto& state) { return static_cast<double>(state.state().rows()); }});
}

TEST_CASE("bootstrapped states survive hostile bytes") {
    bootstrapped<confusion_matrix> state(confusion_matrix(2), 2, 5);
    state.update(1, {.label = 1, .prediction = 0});
    state.update(2, {.label = 1, .prediction = 1, .weight = 2});
    laws::hostile_bytes(state, 5);
    CHECK(laws::refused(state, "replicates", std::vector<confusion_matrix>{}));
    CHECK(laws::refused(state, "replicates",
                        std::vector<confusion_matrix>{confusion_matrix(2), confusion_matrix(3)}));
}

TEST_CASE("a replicate holds each row as often as its key says") {
    auto state = classes(50, 9);
    std::vector<confusion_matrix> expected(50, confusion_matrix(3));
    const auto rows = laws::class_rows(500, 3, true);
    for (std::size_t i = 0; i < rows.size(); ++i) {
        state.update(i * 7, rows[i]);
        for (std::size_t b = 0; b < 50; ++b) {
            for (unsigned k = leeway::poisson_multiplicity(i * 7, b, 9); k > 0; --k) {
                expected[b].update(rows[i]);
            }
        }
    }
    for (std::size_t b = 0; b < 50; ++b) {
        CHECK(std::equal(expected[b].cells().begin(), expected[b].cells().end(),
                         state.replicates()[b].cells().begin()));
    }
    CHECK(state.offered() == 500);
    // Another seed, other replicates.
    auto other = classes(50, 10);
    for (std::size_t i = 0; i < rows.size(); ++i) other.update(i * 7, rows[i]);
    CHECK(other.state() == state.state());
    CHECK_FALSE(other.replicates()[0] == state.replicates()[0]);
}

TEST_CASE("the interval is the quantiles of the replicates' figures") {
    auto state = classes(200, 1);
    const auto rows = laws::class_rows(400, 3, false);
    for (std::size_t i = 0; i < rows.size(); ++i) state.update(i, rows[i]);
    auto figures = state.figures(accuracy{});
    REQUIRE(figures.values.size() == 200);
    CHECK(figures.undefined == 0);
    std::sort(figures.values.begin(), figures.values.end());
    const estimate percentile = state.interval(accuracy{}, leeway::confidence_90);
    // numpy.quantile(values, [0.05, 0.95]): at 199 * 0.05 = 9.95 and 189.05.
    CHECK(percentile.value() == accuracy{}(state.state()).value());
    CHECK(percentile.lower() ==
          Approx(figures.values[9] + 0.95 * (figures.values[10] - figures.values[9])));
    CHECK(percentile.upper() ==
          Approx(figures.values[189] + 0.05 * (figures.values[190] - figures.values[189])));
    CHECK(percentile.confidence() == 0.9);
    CHECK(percentile.weight() == 400);
    const estimate basic =
        state.interval(accuracy{}, leeway::confidence_90, leeway::bootstrap_interval::basic);
    CHECK(basic.lower() == Approx(2 * percentile.value() - percentile.upper()));
    CHECK(basic.upper() == Approx(2 * percentile.value() - percentile.lower()));
    // Near Wilson's, which knows the law: the half-widths agree within a tenth or so.
    const estimate wilson = accuracy{leeway::confidence_90}(state.state());
    CHECK((percentile.upper() - percentile.lower()) / (wilson.upper() - wilson.lower()) ==
          Approx(1).margin(0.15));
}

TEST_CASE("a row of the largest weight enters as often as any other") {
    // Twice the weight would be more than a state takes.
    const auto weighing = [](double weight) {
        auto counts = classes();
        for (std::uint64_t row = 0; row < 50; ++row)
            counts.update(row,
                          {.label = static_cast<int>(row % 3), .prediction = 1, .weight = weight});
        return counts;
    };
    const auto heavy = weighing(leeway::rejections::largest_weight);
    const auto light = weighing(1);
    CHECK(heavy.state().rejected().total() == 0);
    for (std::size_t b = 0; b < heavy.replicates().size(); ++b) {
        CHECK(heavy.replicates()[b].rejected().total() == 0);
        CHECK(heavy.replicates()[b].total() ==
              leeway::rejections::largest_weight * light.replicates()[b].total());
    }
}

TEST_CASE("undefined replicates are counted and not fatal") {
    // One positive in 60 rows: it is in no replicate with a chance of 1/e.
    bootstrapped<leeway::scored_outcomes> state(leeway::scored_outcomes(), 200, 2);
    CHECK(state.interval(leeway::roc_auc{}).reason() == leeway::undefined::empty);
    for (std::uint64_t i = 0; i < 60; ++i) {
        state.update(i, {.label = i == 30 ? 1 : 0, .score = static_cast<double>(i)});
    }
    const auto figures = state.figures(leeway::roc_auc{});
    CHECK(figures.undefined + figures.values.size() == 200);
    CHECK(figures.undefined == Approx(200 / std::exp(1.0)).margin(35));  // five deviations
    // What is left is too good: it says nothing of samples without the positive.
    const estimate area = state.interval(leeway::roc_auc{});
    CHECK(area.value() == Approx(30.0 / 59));
    CHECK(area.interval_reason() == leeway::undefined::too_little_data);
}

TEST_CASE("too few replicates have no quantile in the tail") {
    const auto with = [](std::size_t replicates) {
        auto state = classes(replicates);
        for (std::uint64_t i = 0; i < 100; ++i) {
            state.update(i, {.label = 0, .prediction = i % 3 == 0 ? 1 : 0});
        }
        return state.interval(accuracy{});
    };
    CHECK_FALSE(with(39).has_interval());
    CHECK(with(39).value() == with(40).value());
    CHECK(with(40).has_interval());
}

TEST_CASE("an infinite replicate makes an infinite end") {
    bootstrapped<leeway::mean_loss<leeway::loss::logarithmic>> state({}, 200, 4);
    for (std::uint64_t i = 0; i < 50; ++i) state.update(i, {1, i == 0 ? 0.0 : 0.9});
    const estimate loss = state.interval(leeway::log_loss{});
    CHECK(std::isinf(loss.value()));
    CHECK(loss.lower() == Approx(-std::log(0.9)));  // without the row, in a third of replicates
    CHECK(std::isinf(loss.upper()));
}

TEST_CASE("two models on the same rows are compared with shared multiplicities") {
    // Rows are easy or hard for both, so their errors go together: the paired interval is narrow.
    leeway::random_source random(3);
    bootstrapped<confusion_matrix> a(confusion_matrix(2), 400, 8), b = a, other_rows = a;
    for (std::uint64_t i = 0; i < 1000; ++i) {
        const bool hard = random.bernoulli(0.3);
        const std::int32_t one = hard ? 0 : 1;
        const std::int32_t other = random.bernoulli(0.02) ? 1 - one : one;
        a.update(i, {.label = 1, .prediction = one});
        b.update(i, {.label = 1, .prediction = other});
        other_rows.update(i + 1, {.label = 1, .prediction = other});
    }
    CHECK(a.pairs_with(b));
    const estimate difference = leeway::paired_difference(a, b, accuracy{});
    CHECK(difference.value() ==
          Approx(accuracy{}(a.state()).value() - accuracy{}(b.state()).value()));
    const estimate alone = a.interval(accuracy{});
    CHECK(difference.upper() - difference.lower() < (alone.upper() - alone.lower()) / 2);
    // sqrt((b + c - (b - c)^2 / n) / n^2), the large-sample error of paired shares.
    const double discordant = 0.02;
    CHECK(difference.upper() - difference.lower() ==
          Approx(2 * 1.96 * std::sqrt(discordant / 1000)).epsilon(0.35));
    // A model against itself: no difference, and no sample that could have shown one.
    CHECK(leeway::paired_difference(a, a, accuracy{}).value() == 0);
    CHECK(leeway::paired_difference(a, a, accuracy{}).interval_reason() ==
          leeway::undefined::no_variation);
    // Rows that are not the same are not compared, whatever their number.
    CHECK(leeway::paired_difference(a, other_rows, accuracy{}).reason() ==
          leeway::undefined::not_comparable);
    const bootstrapped<confusion_matrix> nothing(confusion_matrix(2), 400, 8);
    CHECK(leeway::paired_difference(a, nothing, accuracy{}).reason() == leeway::undefined::empty);
}

TEST_CASE("the bootstrap of a score table covers what its cells leave open") {
    // Every positive above every negative, in one cell: the exact area is 1 in each replicate.
    bootstrapped<leeway::score_table> close(leeway::score_table(), 200);
    for (std::uint64_t i = 0; i < 200; ++i) {
        const std::int32_t label = i % 2 == 1 ? 1 : 0;
        close.update(i, {.label = label, .score = label == 1 ? 0.501 : 0.5009});
    }
    const estimate area = close.interval(leeway::roc_auc{});
    CHECK(area.value() == Approx(0.5));
    CHECK(area.lower() <= 1e-9);
    CHECK(area.upper() >= 1 - 1e-9);

    // Of scores that spread, the exact bootstrap's interval lies inside.
    leeway::random_source random(17);
    bootstrapped<leeway::score_table> table(leeway::score_table(), 200, 2);
    bootstrapped<leeway::scored_outcomes> exact(leeway::scored_outcomes(), 200, 2);
    for (std::uint64_t i = 0; i < 300; ++i) {
        const std::int32_t label = random.bernoulli(0.4) ? 1 : 0;
        const double score = 1 / (1 + std::exp(-random.normal() - label));
        table.update(i, {.label = label, .score = score});
        exact.update(i, {.label = label, .score = score});
    }
    const estimate banded = table.interval(leeway::roc_auc{});
    const estimate sharp = exact.interval(leeway::roc_auc{});
    CHECK(banded.confidence() == 0.95);
    CHECK(banded.lower() <= sharp.lower());
    CHECK(banded.upper() >= sharp.upper());
    CHECK(banded.upper() - banded.lower() < sharp.upper() - sharp.lower() + 0.02);
}

TEST_CASE("a figure that no replicate varies has no bootstrap interval") {
    auto state = classes(200);
    for (std::uint64_t i = 0; i < 50; ++i) state.update(i, {.label = 1, .prediction = 1});
    CHECK(state.interval(accuracy{}).value() == 1);
    CHECK(state.interval(accuracy{}).interval_reason() == leeway::undefined::no_variation);
}

TEST_CASE("which bootstrapped states are equal in every bit, whatever the order and shards") {
    // Multiples of 1/8 add up exactly; tenths do not.
    leeway::random_source random(23);
    std::vector<leeway::probability_outcome> exact, rounded;
    for (int i = 0; i < 2000; ++i) {
        const std::int32_t label = random.bernoulli(0.3) ? 1 : 0;
        const double weight = 1 + static_cast<double>(random.below(16));
        const double score = random.uniform();
        exact.push_back({label, score, weight / 8});
        rounded.push_back({label, score, weight / 10});
    }
    const auto both_ways = [](const auto& rows, const auto& empty, const auto& sample) {
        using state = std::decay_t<decltype(empty)>;
        bootstrapped<state> forward(empty, 40, 3), backward = forward, odd = forward;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            const std::size_t back = rows.size() - 1 - i;
            forward.update(i, sample(rows[i]));
            (back % 3 == 0 ? odd : backward).update(back, sample(rows[back]));
        }
        backward.merge(odd);
        CHECK(forward.pairs_with(backward));  // the multiplicities, in any case
        return std::pair(forward, backward);
    };
    const auto scored = [](const auto& row) { return row; };
    const auto decided = [](const auto& row) {
        return leeway::class_outcome{row.label, row.score > 0.5, row.weight};
    };
    const auto table = both_ways(exact, leeway::score_table(), scored);
    CHECK(table.first == table.second);
    const auto matrix = both_ways(exact, confusion_matrix(2), decided);
    CHECK(matrix.first == matrix.second);

    // The rest agree to rounding: 2,000 sums of positive terms, 1e-12 is 4,500 ulp.
    const auto near = [](const auto& pair, const auto& metric) {
        for (std::size_t b = 0; b < 40; ++b) {
            const double one = metric(pair.first.replicates()[b]).value();
            CHECK(metric(pair.second.replicates()[b]).value() == Approx(one).epsilon(1e-12));
        }
    };
    near(both_ways(rounded, confusion_matrix(2), decided), accuracy{});
    near(both_ways(rounded, leeway::score_table(), scored), leeway::roc_auc{});
    near(both_ways(rounded, leeway::log_loss::state_type(), scored), leeway::log_loss{});
    const auto errors = [](const auto& row) {
        return leeway::regression_outcome{static_cast<double>(row.label), row.score, row.weight};
    };
    near(both_ways(rounded, leeway::mean_squared_error::state_type(), errors),
         leeway::mean_squared_error{});
    near(both_ways(rounded, leeway::regression_moments(), errors), leeway::r_squared{});
}

TEST_CASE("rows of a cluster enter together, and the interval says so") {
    // Ten rows a user, all right or all wrong: a tenth of the rows' information.
    leeway::random_source random(12);
    auto by_row = classes(400), by_user = classes(400);
    for (std::uint64_t user = 0; user < 200; ++user) {
        const std::int32_t prediction = random.bernoulli(0.7) ? 0 : 1;
        for (std::uint64_t i = 0; i < 10; ++i) {
            by_row.update(user * 10 + i, {.label = 0, .prediction = prediction});
            by_user.update(user, {.label = 0, .prediction = prediction});
        }
    }
    const estimate rows = by_row.interval(accuracy{}), users = by_user.interval(accuracy{});
    CHECK(rows.value() == users.value());
    CHECK((users.upper() - users.lower()) / (rows.upper() - rows.lower()) ==
          Approx(std::sqrt(10.0)).epsilon(0.2));
}

TEST_CASE("intervals cover as often as they say", "[simulation]") {
    // Mean absolute error of 80 exponential errors, and F1 of 150 rows; 400 data sets each. The
    // count is binomial: deviation 4.4 at 0.95. The percentile interval of a skewed mean covers a
    // little less than its level at this size.
    leeway::random_source random(21);
    int mean_held = 0, f1_held = 0;
    constexpr int runs = 400;
    const double true_f1 = 2 * 0.4 / (2 * 0.4 + 0.1 + 0.1);
    for (int run = 0; run < runs; ++run) {
        const auto seed = static_cast<std::uint64_t>(run);
        bootstrapped<absolute_errors> errors(absolute_errors(), 200, seed);
        for (std::uint64_t i = 0; i < 80; ++i) {
            errors.update(i, {0, -std::log(1 - random.uniform())});
        }
        const estimate mean = errors.interval(leeway::mean_absolute_error{});
        mean_held += mean.lower() <= 1 && 1 <= mean.upper();

        bootstrapped<confusion_matrix> counts(confusion_matrix(2), 200, seed);
        for (std::uint64_t i = 0; i < 150; ++i) {
            const double u = random.uniform();
            counts.update(i, {.label = u < 0.5, .prediction = u >= 0.1 && u < 0.6});
        }
        const estimate f1 = counts.interval(leeway::f_beta{});
        f1_held += f1.lower() <= true_f1 && true_f1 <= f1.upper();
    }
    INFO("mean " << mean_held << ", F1 " << f1_held << " of " << runs);
    CHECK(mean_held >= 360);
    CHECK(mean_held <= 395);
    CHECK(f1_held >= 362);
    CHECK(f1_held <= 397);
}

TEST_CASE("bootstrapped refuses what cannot be") {
    CHECK_THROWS_AS(classes(0), std::invalid_argument);
    CHECK_THROWS_AS(classes(100'001), std::invalid_argument);
    confusion_matrix filled(2);
    filled.update({.label = 1, .prediction = 1});
    CHECK_THROWS_AS(bootstrapped<confusion_matrix>(filled), std::invalid_argument);
    auto a = classes(10, 1);
    CHECK_THROWS_AS(a.merge(classes(10, 2)), std::invalid_argument);
    CHECK_THROWS_AS(a.merge(classes(11, 1)), std::invalid_argument);
    CHECK_THROWS_AS(a.merge(bootstrapped<confusion_matrix>(confusion_matrix(2), 10, 1)),
                    std::invalid_argument);
    CHECK(a == classes(10, 1));
    const std::vector<std::uint64_t> keys{1, 2};
    const std::vector<std::int32_t> three{0, 1, 1};
    CHECK_THROWS_AS(a.update({keys, {.label = three, .prediction = three}}), std::invalid_argument);
    CHECK(a == classes(10, 1));
    CHECK(bootstrapped<confusion_matrix>().replicates().size() == 200);
}
