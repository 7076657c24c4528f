#include "leeway/metrics/mean_of_loss.hpp"

#include "leeway/accumulators/losses.hpp"
#include "leeway/metrics/brier_score.hpp"
#include "leeway/metrics/log_loss.hpp"
#include "leeway/metrics/mean_absolute_error.hpp"
#include "support/catch.hpp"
#include "support/implied_t.hpp"

using namespace leeway;

namespace {

/// Losses of a newcomer's metric: 1 where the sign is wrong.
struct wrong_sign {
    using sample_type = regression_outcome;
    static constexpr std::string_view name = "wrong_sign";
    double operator()(const regression_outcome& row) const noexcept {
        return row.target * row.prediction < 0 ? 1 : 0;
    }
    static bool accepts(const regression_outcome& row, rejections& rejected) noexcept {
        return rejected.accepts(row);
    }
};
constexpr info_card share{"wrong_sign", "1", 0, 1, orientation::lower_is_better, ""};

}  // namespace

TEST_CASE("a mean of losses has an interval inside its metric's range") {
    mean_loss<wrong_sign> losses;
    CHECK(mean_of_loss(losses, confidence_95, share).reason() == undefined::empty);
    losses.update({.target = 1, .prediction = -1});
    const estimate one = mean_of_loss(losses, confidence_95, share);
    CHECK(one.value() == 1);
    CHECK(!one.has_interval());
    for (int i = 0; i < 3; ++i) losses.update({.target = 1, .prediction = 1});
    const estimate four = mean_of_loss(losses, confidence_95, share);
    CHECK(four.value() == 0.25);
    CHECK(four.lower() > 0);  // 0.25 - 1.96 * 0.25 is not
    leeway_tests::check_ends(four, 0.25, student_critical(confidence_95.critical, 3), share);
}

TEST_CASE("weights widen the interval by Kish's effective rows") {
    mean_loss<wrong_sign> equal;
    mean_loss<wrong_sign> uneven;
    for (int i = 0; i < 40; ++i) {
        const regression_outcome row{1, i % 4 == 0 ? -1.0 : 1.0, 5};
        equal.update(row);
        uneven.update({row.target, row.prediction, i % 8 < 4 ? 1.0 : 3.0});
    }
    const estimate one = mean_of_loss(equal, confidence_95, share);
    const estimate other = mean_of_loss(uneven, confidence_95, share);
    CHECK(one.value() == other.value());
    // 20 rows of weight 1 and 20 of 3: 80^2 / 200 = 32 effective rows against 40; the variance's
    // own divisors are 39 / 40 and 31 / 32 of them.
    const double z = confidence_95.critical;
    leeway_tests::check_ends(one, std::sqrt(0.1875 / 39), student_critical(z, 39), share);
    leeway_tests::check_ends(other, std::sqrt(0.1875 / 31), student_critical(z, 31), share);
}

TEST_CASE("a mean of losses that do not vary claims no certainty") {
    // On a range with two ends Wilson's interval of the share that the mean is of it: three rows
    // without loss leave z^2 / (3 + z^2) = 0.5615, as three rows right do of the accuracy.
    const double z2 = 1.959963984540054 * 1.959963984540054;
    leeway::brier_score::state_type perfect;
    for (int i = 0; i < 3; ++i) perfect.update({.label = 1, .score = 1});
    const auto brier = leeway::brier_score{}(perfect);
    CHECK(brier.value() == 0);
    CHECK(brier.lower() == 0);
    CHECK(brier.upper() == Approx(z2 / (3 + z2)).epsilon(1e-14));
    // Where losses have no largest one, the next row may cost anything.
    leeway::log_loss::state_type sure;
    leeway::mean_absolute_error::state_type equal, apart;
    for (int i = 0; i < 3; ++i) {
        sure.update({.label = 1, .score = 1});
        equal.update({.target = 1, .prediction = 1});
        apart.update({.target = 0.2 + 0.1 * i, .prediction = 0.3 + 0.1 * i});  // 0.1 to rounding
    }
    CHECK(leeway::log_loss{}(sure).interval_reason() == leeway::undefined::no_variation);
    CHECK(leeway::mean_absolute_error{}(equal).interval_reason() ==
          leeway::undefined::no_variation);
    const auto constant = leeway::mean_absolute_error{}(apart);
    CHECK(constant.value() == Approx(0.1));
    CHECK(constant.interval_reason() == leeway::undefined::no_variation);
    CHECK(root_of(constant).interval_reason() == leeway::undefined::no_variation);
}
