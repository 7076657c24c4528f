#include "leeway/compose/replicate_figures.hpp"

#include <cmath>
#include <cstddef>
#include <limits>
#include <utility>
#include <vector>

#include "support/catch.hpp"

using leeway::banded_figure;
using leeway::bootstrap_interval;
using leeway::replicate_figures;
using leeway::undefined;
using leeway::detail::bootstrap_estimate;
using leeway::detail::quantile_of;

namespace {
constexpr double infinite = std::numeric_limits<double>::infinity();

replicate_figures figures_of(const std::vector<double>& values) {
    replicate_figures drawn;
    for (const double value : values) {
        drawn.add(banded_figure::exactly(value));
        drawn.saw(value);
    }
    return drawn;
}

}  // namespace

TEST_CASE("quantiles equal NumPy's") {
    // numpy.quantile([-3.5, -1, 0, 0.25, 0.25, 2, 7.75], [...]), NumPy 1.24.2
    const std::vector<double> values{-3.5, -1, 0, 0.25, 0.25, 2, 7.75};
    const std::pair<double, double> known[] = {{0.0, -3.5},
                                               {0.025, -3.125},
                                               {0.1, -2.0},
                                               {0.3, -0.2},
                                               {0.5, 0.25},
                                               {0.61, 0.25},
                                               {0.7, 0.6000000000000001},
                                               {0.975, 6.887500000000001},
                                               {1.0, 7.75}};
    for (const auto& [probability, expected] : known) {
        CHECK(quantile_of(values, probability) == Approx(expected).epsilon(1e-14));
    }
    CHECK(quantile_of(std::vector<double>{4}, 0.3) == 4);
    CHECK(quantile_of(std::vector<double>{1, infinite, infinite}, 0.75) == infinite);
    CHECK(quantile_of(std::vector<double>{1, infinite}, 0) == 1);
}

TEST_CASE("an interval from replicates, by both methods") {
    std::vector<double> values;
    for (int i = 100; i >= 0; --i) values.push_back(i / 100.0);  // in any order
    const auto drawn = figures_of(values);
    const auto percentile = bootstrap_estimate(banded_figure::exactly(0.4), 50, drawn, 0.9,
                                               bootstrap_interval::percentile, 0, 1);
    CHECK(percentile.lower() == Approx(0.05));
    CHECK(percentile.upper() == Approx(0.95));
    CHECK(percentile.weight() == 50);
    CHECK(percentile.confidence() == 0.9);
    const auto basic = bootstrap_estimate(banded_figure::exactly(0.4), 50, drawn, 0.9,
                                          bootstrap_interval::basic, 0, 1);
    CHECK(basic.lower() == 0);  // 2 * 0.4 - 0.95, clipped to the range
    CHECK(basic.upper() == Approx(0.75));
    // A figure beyond all its replicates is still in its interval.
    const auto of = [&](double figure) {
        return bootstrap_estimate(banded_figure::exactly(figure), 50, drawn, 0.9,
                                  bootstrap_interval::percentile, -1, 2);
    };
    CHECK(of(2).upper() == 2);
    CHECK(of(-1).lower() == -1);
}

TEST_CASE("the ends of bands make the interval of a banded figure") {
    replicate_figures drawn;
    for (int i = 0; i <= 100; ++i) {
        const double at = i / 200.0;
        drawn.add({at + 0.1, at, at + 0.3});
        drawn.saw(at + 0.1);
    }
    const banded_figure figure{0.4, 0.35, 0.5};
    const auto percentile =
        bootstrap_estimate(figure, 50, drawn, 0.9, bootstrap_interval::percentile, 0, 1);
    CHECK(percentile.value() == 0.4);
    CHECK(percentile.lower() == Approx(0.025));  // of the lower ends, 0 to 0.5
    CHECK(percentile.upper() == Approx(0.775));  // of the upper ends, 0.3 to 0.8
    const auto basic = bootstrap_estimate(figure, 50, drawn, 0.9, bootstrap_interval::basic, -9, 9);
    CHECK(basic.lower() == Approx(2 * 0.35 - 0.775));
    CHECK(basic.upper() == Approx(2 * 0.5 - 0.025));
    CHECK((figure - banded_figure{0.3, 0.2, 0.45}).lower == Approx(-0.1));
    CHECK((figure - banded_figure{0.3, 0.2, 0.45}).upper == Approx(0.3));
}

TEST_CASE("no interval where the replicates have none") {
    const auto read = [](const replicate_figures& drawn,
                         bootstrap_interval method = bootstrap_interval::percentile) {
        return bootstrap_estimate(banded_figure::exactly(0.5), 9, drawn, 0.9, method, 0, infinite);
    };
    std::vector<double> few;
    for (int i = 0; i < 19; ++i) few.push_back(i);
    CHECK(read(figures_of(few)).interval_reason() == undefined::too_little_data);
    CHECK(read({}).interval_reason() == undefined::too_little_data);
    few.push_back(19);
    CHECK(read(figures_of(few)).has_interval());
    few.assign(20, infinite);
    few[0] = few[1] = few[2] = 1;  // infinity cannot be mirrored
    CHECK_FALSE(read(figures_of(few), bootstrap_interval::basic).has_interval());
    CHECK(std::isinf(read(figures_of(few)).upper()));
}

TEST_CASE("replicates that do not vary, or are undefined, make no interval") {
    const auto read = [](const replicate_figures& drawn) {
        return bootstrap_estimate(banded_figure::exactly(1), 1000, drawn, 0.95,
                                  bootstrap_interval::percentile, -1, 1);
    };
    auto same = figures_of(std::vector<double>(200, 1.0));
    CHECK(read(same).interval_reason() == undefined::no_variation);
    CHECK(read(same).value() == 1);
    // By rounding alone: 64 ulp of the figures, which may be larger than their difference.
    for (std::size_t i = 0; i < 200; i += 2) same.lower[i] = same.upper[i] = 1 - 5e-15;
    CHECK(read(same).interval_reason() == undefined::no_variation);
    same.size = 0.1;
    CHECK(read(same).has_interval());
    CHECK(read(figures_of(std::vector<double>(200, infinite))).interval_reason() ==
          undefined::no_variation);

    std::vector<double> varied;
    for (int i = 0; i < 198; ++i) varied.push_back(i / 198.0);
    auto drawn = figures_of(varied);
    drawn.undefined = 2;  // 1 in 100 of 200
    CHECK(read(drawn).has_interval());
    drawn.undefined = 3;
    CHECK(read(drawn).interval_reason() == undefined::too_little_data);
}

TEST_CASE("bands that do not vary are an interval where they are the whole range alone") {
    replicate_figures drawn;
    for (int i = 0; i < 200; ++i) drawn.add({0.5, 0, 1});
    drawn.saw(0.5);
    const auto whole =
        bootstrap_estimate({0.5, 0, 1}, 9, drawn, 0.95, bootstrap_interval::percentile, 0, 1);
    CHECK(whole.lower() == 0);
    CHECK(whole.upper() == 1);
    CHECK(bootstrap_estimate({0.5, 0, 1}, 9, drawn, 0.95, bootstrap_interval::percentile, -1, 1)
              .interval_reason() == undefined::no_variation);
}
