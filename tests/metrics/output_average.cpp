#include "leeway/metrics/output_average.hpp"

#include <limits>

#include "leeway/accumulators/comoments.hpp"
#include "leeway/metrics/explained_variance.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "leeway/metrics/pearson_correlation.hpp"
#include "leeway/metrics/r_squared.hpp"
#include "leeway/metrics/root_mean_squared_error.hpp"
#include "oracle/metrics_table.hpp"

using namespace leeway;

namespace {

template <class State>
multi_output<State> filled(const oracle::metric_case& from) {
    multi_output<State> rows(static_cast<std::size_t>(from.integers("outputs").at(0)));
    const auto target = from.numbers("target");
    const auto prediction = from.numbers("prediction");
    const auto weight = from.numbers("weight");
    rows.update({.target = target, .prediction = prediction, .weight = weight});
    return rows;
}

template <class M>
void check_loss(const oracle::metric_case& from, oracle::tally& seen) {
    const auto figures = each_output(M{}, filled<typename M::state_type>(from));
    const auto raw = from.numbers(std::string(M::info.name) + "_raw_values");
    REQUIRE(raw.size() == figures.size());
    for (std::size_t k = 0; k < raw.size(); ++k) {
        CHECK(figures[k].value() == Approx(raw[k]).epsilon(1e-12).scale(0));
    }
    oracle::check(from, std::string(M::info.name) + "_uniform_average", uniform_average(figures),
                  seen);
}

template <class M>
void check_score(const oracle::metric_case& from, oracle::tally& seen) {
    const auto rows = filled<regression_moments>(from);
    oracle::check(from, std::string(M::info.name) + "_uniform_average",
                  uniform_average(each_output(M{}, rows)), seen, 1e-12);
    oracle::check(from, std::string(M::info.name) + "_variance_weighted",
                  variance_weighted(M{}, rows), seen, 1e-12);
}

}  // namespace

TEST_CASE("aggregates of several outputs equal scikit-learn's") {
    oracle::tally losses, scores;
    for (const auto& from : oracle::metric_cases("regression_outputs")) {
        check_loss<mean_squared_error>(from, losses);
        check_loss<root_mean_squared_error>(from, losses);
        check_loss<mean_absolute_error>(from, losses);
        check_score<r_squared>(from, scores);
        check_score<explained_variance>(from, scores);
    }
    CHECK(losses.values == 930);
    CHECK(scores.values >= 1150);
    CHECK(scores.undefined >= 20);
}

TEST_CASE("an average has an interval where every output has one") {
    const std::vector<estimate> figures{estimate::within(1, 0.5, 2, 0.95, 10),
                                        estimate(undefined::constant_target, 12),
                                        estimate::within(3, 2, 5, 0.95, 11)};
    const estimate mean = uniform_average(figures);
    CHECK(mean.value() == 2);
    CHECK(mean.lower() == 1.25);
    CHECK(mean.upper() == 3.5);
    CHECK(mean.confidence() == 0.95);
    CHECK(mean.weight() == 12);
    const std::vector<double> shares{1, 7, 3};
    CHECK(weighted_average(figures, shares).value() == 2.5);
    const std::vector<estimate> bare{figures[0], estimate::of(3, 5)};
    CHECK(uniform_average(bare).value() == 2);
    CHECK_FALSE(uniform_average(bare).has_interval());
}

TEST_CASE("an average without a defined output has a reason") {
    CHECK(uniform_average({}).reason() == undefined::empty);
    const std::vector<estimate> none{estimate(undefined::constant_target, 3), undefined::empty};
    CHECK(uniform_average(none).reason() == undefined::constant_target);
    CHECK(uniform_average(none).weight() == 3);
    const std::vector<estimate> one{estimate::of(1, 1), undefined::empty};
    const std::vector<double> zero{0, 1}, bad{1, -1}, few{1};
    CHECK(weighted_average(one, zero).reason() == undefined::zero_denominator);
    CHECK_THROWS_AS(weighted_average(one, bad), std::invalid_argument);
    CHECK_THROWS_AS(weighted_average(one, few), std::invalid_argument);
}

TEST_CASE("correlations are weighted by the targets' variance too") {
    const auto& from = oracle::metric_cases("regression_outputs").front();
    const auto rows = filled<comoments>(from);
    double value = 0, total = 0;
    for (const auto& state : rows.states()) {
        value += state.target_squares() * pearson_correlation{}(state).value();
        total += state.target_squares();
    }
    CHECK(variance_weighted(pearson_correlation{}, rows).value() == Approx(value / total));
}
