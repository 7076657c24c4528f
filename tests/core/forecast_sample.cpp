#include "leeway/core/forecast_sample.hpp"

#include <cstdint>
#include <stdexcept>
#include <string>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("a row of forecasts is a view of its columns") {
    const std::vector<std::int32_t> labels{1, 0};
    const std::vector<double> a{0.25, 0.5}, b{3, 4}, weights{2, 0.5};

    const leeway::survival_outcome::columns survived{.time = a, .event = labels, .risk = b};
    CHECK(survived.size() == 2);
    CHECK(survived[1].time == 0.5);
    CHECK(survived[1].event == labels[1]);
    CHECK(survived[1].risk == 4);
    CHECK(survived[1].weight == 1);

    const leeway::interval_outcome::columns intervals{.target = a, .lower = a, .upper = b};
    CHECK(intervals[1].lower == 0.5);
    CHECK(intervals[1].upper == 4);
    CHECK(intervals[1].weight == 1);

    const leeway::normal_outcome::columns normals{a, b, a, weights};
    CHECK(normals[1].mean == 4);
    CHECK(normals[1].deviation == 0.5);
    CHECK(normals[1].weight == 0.5);

    const std::vector<double> six{1, 2, 3, 4, 5, 6}, levels{0.25, 0.5, 0.75};
    const leeway::ensemble_outcome::columns ensembles{.target = a, .members = six};
    CHECK(ensembles.ensemble() == 3);
    REQUIRE(ensembles[1].members.size() == 3);
    CHECK(ensembles[1].members[0] == 4);
    CHECK(leeway::ensemble_outcome::columns{}.ensemble() == 0);

    const leeway::quantile_outcome::columns quantiles{
        .target = a, .levels = levels, .quantiles = six};
    CHECK(quantiles[1].target == 0.5);
    CHECK(quantiles[1].levels[2] == 0.75);
    REQUIRE(quantiles[1].quantiles.size() == 3);
    CHECK(quantiles[1].quantiles[2] == 6);
}

TEST_CASE("columns of forecasts of unequal length are named") {
    const std::vector<double> values{0.25, 0.5}, long_values{1, 2, 3};
    const auto refuses = [](const auto& batch) {
        try {
            leeway::require_lengths("here", batch);
        } catch (const std::invalid_argument& problem) {
            return std::string(problem.what());
        }
        return std::string();
    };
    using leeway::ensemble_outcome;
    using leeway::interval_outcome;
    using leeway::normal_outcome;
    using leeway::quantile_outcome;
    CHECK(refuses(interval_outcome::columns{values, values, values}).empty());
    CHECK(refuses(interval_outcome::columns{values, {}, values}).find("lower") !=
          std::string::npos);
    CHECK(refuses(interval_outcome::columns{values, values, long_values}).find("upper") !=
          std::string::npos);
    CHECK(refuses(normal_outcome::columns{values, long_values, values}).find("mean") !=
          std::string::npos);
    CHECK(refuses(normal_outcome::columns{values, values, {}}).find("deviation") !=
          std::string::npos);
    CHECK(refuses(ensemble_outcome::columns{values, values}).empty());
    CHECK(refuses(ensemble_outcome::columns{values, long_values}).find("members") !=
          std::string::npos);
    CHECK(refuses(quantile_outcome::columns{values, values, {}}).find("quantiles") !=
          std::string::npos);
    CHECK(refuses(quantile_outcome::columns{values, values, long_values}) ==
          "here: quantiles.size() is 3, expected one a row and level, 4");
}
