// Electricity market of New South Wales: three columns are constant before row 17,424.
#include <map>
#include <string>

#include "cli/look_up.hpp"
#include "cli/run.hpp"
#include "real_data.hpp"

TEST_CASE("elec2: alarms on what changes at row 17,424, and the autocorrelation is named") {
    const auto data = support::real_data("elec2.csv");
    if (!data) return;
    const support::scratch dir;
    const auto made =
        support::run_leeway(dir, "reference '" + *data + "' --rows 0:17000 --out elec2.leeway");
    INFO(made.err);
    REQUIRE(made.code == 0);
    const std::string watch = "watch elec2.leeway '" + *data + "' --rows 17000: ";
    const auto run = support::run_leeway(dir, watch + "--format json --fail-on alarm");
    CHECK(run.code == 1);
    std::map<std::string, double> first_row;
    for (const auto& alarm : support::json::parse_lines(run.out)) {
        first_row.emplace(alarm["feature"].text(), alarm["row"].number());
        // A label that repeats 85 % of the time and half-hourly prices: no guarantee is claimed.
        if (alarm["feature"].text() == "nswprice") CHECK(alarm["guarantee_void"].boolean());
    }
    for (const char* feature : {"vicprice", "vicdemand", "transfer"}) {
        INFO(feature);
        REQUIRE(first_row.count(feature) == 1);
        CHECK(first_row[feature] >= 17'424);
        CHECK(first_row[feature] < 17'524);
    }
    CHECK(support::contains(run.err, "lag-1 correlation"));
    CHECK(support::contains(run.err, "nswdemand"));
    CHECK(support::contains(run.err, "not guaranteed"));
}
