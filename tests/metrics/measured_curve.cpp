#include "leeway/metrics/measured_curve.hpp"

#include <cstdint>
#include <thread>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/metrics/average_precision.hpp"
#include "leeway/metrics/equal_error_rate.hpp"
#include "leeway/metrics/gini.hpp"
#include "leeway/metrics/pr_auc_interpolated.hpp"
#include "leeway/metrics/roc_auc.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

struct rows {
    std::vector<std::int32_t> label;
    std::vector<double> score;
};

rows drawn(std::size_t n, std::size_t values) {
    random_source random(17);
    rows made;
    for (std::size_t i = 0; i < n; ++i) {
        made.label.push_back(random.bernoulli(0.3) ? 1 : 0);
        made.score.push_back(static_cast<double>(random.below(values)) + made.label.back());
    }
    return made;
}

void check_same(const estimate& shared, const estimate& alone) {
    CHECK(shared.value() == alone.value());
    CHECK(shared.lower() == Approx(alone.lower()).epsilon(1e-12));
    CHECK(shared.upper() == Approx(alone.upper()).epsilon(1e-12));
    CHECK(shared.weight() == alone.weight());
}

}  // namespace

TEST_CASE("figures of a measured curve are those of the curve") {
    for (const std::size_t n : {std::size_t{40}, std::size_t{4000}}) {
        const rows made = drawn(n, n / 3);
        const score_curve curve(made.label, made.score);
        const measured_curve measured(score_curve(made.label, made.score));
        check_same(roc_auc{}(measured), roc_auc{}(curve));
        check_same(gini{}(measured), gini{}(curve));
        check_same(average_precision{}(measured), average_precision{}(curve));
        check_same(pr_auc_interpolated{}(measured), pr_auc_interpolated{}(curve));
        check_same(equal_error_rate{}(measured), equal_error_rate{}(curve));
    }
}

TEST_CASE("a measured curve of one class or none says why there is no figure") {
    const std::vector<std::int32_t> negative(30, 0);
    const std::vector<double> score(30, 0.5);
    const measured_curve negatives(score_curve(negative, score));
    CHECK(roc_auc{}(negatives).reason() == undefined::one_class);
    CHECK(gini{}(negatives).reason() == undefined::one_class);
    CHECK(average_precision{}(negatives).reason() == undefined::one_class);
    CHECK(pr_auc_interpolated{}(negatives).reason() == undefined::one_class);
    const measured_curve none(score_curve(std::vector<std::int32_t>{}, std::vector<double>{}));
    CHECK(average_precision{}(none).reason() == undefined::empty);
}

TEST_CASE("threads may ask a measured curve at once") {
    const rows made = drawn(20'000, 5000);
    const score_curve curve(made.label, made.score);
    const estimate alone = pr_auc_interpolated{}(curve);
    for (int turn = 0; turn < 20; ++turn) {
        const measured_curve measured(score_curve(made.label, made.score));
        std::vector<estimate> found(4, undefined::empty);
        {
            std::vector<std::thread> asking;
            for (estimate& one : found)
                asking.emplace_back([&] { one = pr_auc_interpolated{}(measured); });
            for (std::thread& one : asking) one.join();
        }
        for (const estimate& one : found) {
            CHECK(one.value() == alone.value());
            CHECK(one.lower() == found[0].lower());
        }
    }
}
