// US census rows of two years: the control that must stay quiet in effect although, with 69,000
// rows, several columns differ significantly. Expected figures: scikit-learn 1.2.1 and SciPy 1.10
// on the same files (chi2_contingency with correction=False).
#include <string>

#include "cli/look_up.hpp"
#include "cli/run.hpp"
#include "real_data.hpp"

using support::json;
using support::look_up;

TEST_CASE("employment: the model is as good in 2016 as in 2015") {
    const struct {
        const char* file;
        double roc_auc, brier, log_loss, accuracy, f1, matthews;
    } years[] = {{"employment_2015.csv", 0.903360969060035, 0.122893066581153, 0.380327128078809,
                  0.827157083666497, 0.8328529854208551, 0.6568982499743861},
                 {"employment_2016.csv", 0.902026439437185, 0.123686498075273, 0.382524387290588,
                  0.825333449064028, 0.8316320838911201, 0.652247860922047}};
    for (const auto& year : years) {
        const auto data = support::real_data(year.file);
        if (!data) return;
        const support::scratch dir;
        const auto run = support::run_leeway(
            dir,
            "evaluate '" + *data +
                "' --task binary --label employed --score predicted_probability --format json");
        REQUIRE(run.code == 0);
        const json found = json::parse(run.out);
        const auto value = [&](const std::string& key) {
            return look_up(found, "metrics." + key + ".value").number();
        };
        // The expected figures are written to 15 digits.
        CHECK(value("roc_auc") == Approx(year.roc_auc).epsilon(1e-12));
        CHECK(value("brier_score") == Approx(year.brier).epsilon(1e-12));
        CHECK(value("log_loss") == Approx(year.log_loss).epsilon(1e-12));
        CHECK(value("accuracy") == Approx(year.accuracy).epsilon(1e-12));
        CHECK(value("f1") == Approx(year.f1).epsilon(1e-12));
        CHECK(value("matthews_correlation") == Approx(year.matthews).epsilon(1e-12));
    }
}

TEST_CASE("employment: chi-squared flags columns, the verdict stays quiet") {
    const auto before = support::real_data("employment_2015.csv");
    const auto after = support::real_data("employment_2016.csv");
    if (!before || !after) return;
    const support::scratch dir;
    const auto run = support::run_leeway(
        dir,
        "drift '" + *before + "' '" + *after +
            "' --exclude id,year --leeway 0.02 --categorical SCHL,MAR,RELP,DIS,ESP,CIT,MIG,MIL,"
            "ANC,NATIVITY,DEAR,DEYE,DREM,SEX,RAC1P --fail-on alarm --format json");
    CHECK(run.code == 0);
    const json found = json::parse(run.out);
    CHECK(found["columns"].size() == 19);
    for (const auto& column : found["columns"].items()) {
        INFO(column["name"].text());
        CHECK(column["verdict"].text() == "within");
        CHECK(look_up(column, "tests.population_stability_index.statistic").number() < 0.006);
    }
    const struct {
        const char* column;
        double statistic, p;
    } tables[] = {{"ANC", 168.450195119255, 2.74938979074434e-36},
                  {"RELP", 43.4098324154795, 0.000418231898530718},
                  {"ESP", 27.2392556219732, 0.000642770567045465},
                  {"DEYE", 8.307479196887547, 0.003948215099826879},
                  {"RAC1P", 19.7838168837473, 0.0111856292613981},
                  {"MIG", 8.4875730669051, 0.0369398539062346},
                  {"SCHL", 29.7038568761296, 0.194761618785131},
                  {"SEX", 0.16285066894302935, 0.6865454218499938}};
    for (const auto& table : tables) {
        INFO(table.column);
        const json& test =
            look_up(found, "columns." + std::string(table.column) + ".tests.chi_squared");
        CHECK(test["statistic"].number() == Approx(table.statistic).epsilon(1e-12));
        CHECK(test["p_value"].number() == Approx(table.p).epsilon(1e-12));
    }
    // SciPy's asymptotic p-values differ from ours by its plain limiting law, at the 1e-3 level.
    const json& age = look_up(found, "columns.AGEP.tests.kolmogorov_smirnov");
    CHECK(age["statistic"].number() == Approx(0.006410994242696533).epsilon(1e-12));
    CHECK(age["p_value"].number() == Approx(0.11701129).epsilon(0.01));
}
