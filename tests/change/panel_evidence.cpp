#include "leeway/change/panel_evidence.hpp"

#include <vector>

#include "support/catch.hpp"

TEST_CASE("panel evidence is the mean, named detectors counting as nothing") {
    const std::vector<double> evidence{1, 2, 9};
    CHECK(leeway::panel_evidence(evidence) == 4);
    CHECK(leeway::panel_evidence(evidence, std::vector<std::uint8_t>{0, 0, 1}) == 1);
    CHECK(leeway::panel_evidence({}) == 0);
}

TEST_CASE("the panel names the largest until what is left would not have alarmed") {
    const std::vector<double> evidence{10, 500, 90, 400};
    std::vector<std::uint8_t> named(4, 0);
    std::vector<std::size_t> reported;
    const auto report = [&](std::size_t index) { reported.push_back(index); };
    leeway::name_alarms(evidence, named, 101, report);  // means: 250, 125, 25
    CHECK(reported == std::vector<std::size_t>{1, 3});
    CHECK(named == std::vector<std::uint8_t>{0, 1, 0, 1});

    leeway::name_alarms(evidence, named, 101, report);  // latched: nothing new
    CHECK(reported.size() == 2);

    leeway::name_alarms(evidence, named, 0, report);  // ends when all are named
    CHECK(reported == std::vector<std::size_t>{1, 3, 2, 0});

    std::vector<std::uint8_t> quiet(4, 0);
    leeway::name_alarms(evidence, quiet, 251, report);
    CHECK(reported.size() == 4);
}
