#include "leeway/metrics/mean_of_loss.hpp"

#include "leeway/accumulators/losses.hpp"
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
