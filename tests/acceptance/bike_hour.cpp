// Hourly bike rentals of 2011 and 2012: demand grows, a model of the first half year falls behind.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <numeric>
#include <string>
#include <vector>

#include "cli/csv.hpp"
#include "cli/look_up.hpp"
#include "cli/run.hpp"
#include "leeway/core/random.hpp"
#include "leeway/model/linear_model.hpp"
#include "real_data.hpp"

namespace {

struct hours {
    std::size_t rows{0};
    std::vector<int> quarter;  ///< 0: first of 2011 .. 7: last of 2012
    std::vector<bool> first_half;
    std::vector<double> count;
    std::vector<double> hour, working, temperature, humidity, wind, weather;
    std::vector<double> prediction;
};

hours read(const std::string& path) {
    auto table = leeway::csv::table::read(path);
    REQUIRE(table);
    hours made;
    made.rows = table->rows();
    const auto numbers = [&](const char* name) { return table->find(name)->numbers; };
    const auto year = numbers("yr");
    const auto month = numbers("mnth");
    for (std::size_t i = 0; i < made.rows; ++i) {
        made.quarter.push_back(static_cast<int>(year[i]) * 4 +
                               (static_cast<int>(month[i]) - 1) / 3);
        made.first_half.push_back(made.quarter.back() < 2);
    }
    made.count = numbers("cnt");
    made.hour = numbers("hr");
    made.working = numbers("workingday");
    made.temperature = numbers("temp");
    made.humidity = numbers("hum");
    made.wind = numbers("windspeed");
    made.weather = numbers("weathersit");
    return made;
}

constexpr std::size_t width = 2 * 48 + 3;

/// A profile of the day for working and free days, each with its slope in the temperature.
std::array<double, width> design(const hours& data, std::size_t row) {
    std::array<double, width> x{};
    const auto slot = static_cast<std::size_t>(data.hour[row] + 24 * data.working[row]);
    x[slot] = 1;
    x[48 + slot] = data.temperature[row];
    x[96] = data.humidity[row];
    x[97] = data.wind[row];
    x[98] = data.weather[row];
    return x;
}

std::string text(double value) {
    char buffer[32];
    return {buffer, std::to_chars(buffer, buffer + sizeof buffer, value).ptr};
}

std::string as_csv(const hours& data, const std::vector<std::size_t>& rows) {
    std::string out = "hr,workingday,temp,hum,windspeed,weathersit,cnt,prediction,quarter\n";
    for (const std::size_t row : rows) {
        for (const auto* column : {&data.hour, &data.working, &data.temperature, &data.humidity,
                                   &data.wind, &data.weather, &data.count, &data.prediction}) {
            out += text((*column)[row]) + ",";
        }
        out += std::to_string(2011 + data.quarter[row] / 4) + " Q" +
               std::to_string(data.quarter[row] % 4 + 1) + "\n";
    }
    return out;
}

double mean_absolute_error(const hours& data, const std::vector<std::size_t>& rows) {
    double sum = 0;
    for (const std::size_t row : rows) sum += std::fabs(data.count[row] - data.prediction[row]);
    return sum / static_cast<double>(rows.size());
}

}  // namespace

TEST_CASE("bike_hour: silent on held-out hours, an alarm on the error, and the report shows why") {
    const auto path = support::real_data("bike_hour.csv");
    if (!path) return;
    hours data = read(*path);
    REQUIRE(data.rows == 17'379);

    std::vector<std::size_t> known;
    std::vector<std::size_t> later;
    for (std::size_t i = 0; i < data.rows; ++i) (data.first_half[i] ? known : later).push_back(i);
    leeway::random_source random(2011);
    for (std::size_t i = known.size(); i > 1; --i) std::swap(known[i - 1], known[random.below(i)]);
    const auto cut = static_cast<std::ptrdiff_t>(known.size() * 4 / 5);
    const std::vector<std::size_t> train(known.begin(), known.begin() + cut);
    const std::vector<std::size_t> held(known.begin() + cut, known.end());

    std::vector<double> rows;
    std::vector<double> targets;
    for (const std::size_t row : train) {
        const auto x = design(data, row);
        rows.insert(rows.end(), x.begin(), x.end());
        targets.push_back(data.count[row]);
    }
    const auto model = leeway::linear_model::fit(leeway::batch_view(rows, width), targets, 1e-3);
    for (std::size_t i = 0; i < data.rows; ++i) {
        data.prediction.push_back(std::max(model(design(data, i)), 0.0));
    }

    const support::scratch dir;
    dir.file("train.csv", as_csv(data, train));
    dir.file("held.csv", as_csv(data, held));
    dir.file("later.csv", as_csv(data, later));
    const std::string outcome = " --label cnt --score prediction";
    REQUIRE(support::run_leeway(dir,
                                "reference train.csv --out bike.leeway --exclude quarter" + outcome)
                .code == 0);

    const auto quiet = support::run_leeway(
        dir, "watch bike.leeway held.csv --format json --fail-on alarm" + outcome);
    CHECK(quiet.code == 0);
    CHECK(quiet.out == "");

    const auto loud =
        support::run_leeway(dir, "watch bike.leeway later.csv --format json" + outcome);
    REQUIRE(loud.code == 0);
    const auto last_wanted = static_cast<double>(
        std::count_if(later.begin(), later.end(), [&](auto i) { return data.quarter[i] <= 4; }));
    double alarm_row = 1e9;
    for (const auto& alarm : support::json::parse_lines(loud.out)) {
        if (alarm["feature"].text() != "error") continue;
        alarm_row = alarm["row"].number();
        CHECK(alarm["detector"].text() == "mean_e_detector");
        CHECK(alarm["effect"].number() > 0);
    }
    CHECK(alarm_row < last_wanted);

    const auto report = support::run_leeway(
        dir,
        "evaluate later.csv --task regression --slice quarter --format json --label cnt "
        "--prediction prediction");
    REQUIRE(report.code == 0);
    const auto found = support::json::parse(report.out);
    REQUIRE(found["slices"].size() == 6);
    const double before = mean_absolute_error(data, held);
    CHECK(before < 32);  // the data README's forest has 39 in its last quarter of training time
    std::vector<double> by_quarter;
    for (int quarter = 2; quarter < 8; ++quarter) {
        std::vector<std::size_t> of_it;
        for (const std::size_t i : later) {
            if (data.quarter[i] == quarter) of_it.push_back(i);
        }
        const auto& slice = found["slices"][static_cast<std::size_t>(quarter - 2)];
        INFO(slice["value"].text());
        CHECK(slice["rows"].number() == static_cast<double>(of_it.size()));
        const double seen = support::look_up(slice, "metrics.mean_absolute_error.value").number();
        CHECK(seen == Approx(mean_absolute_error(data, of_it)).epsilon(1e-12));
        by_quarter.push_back(seen);
    }
    // 43, 47 in 2011; 71, 104, 104, 115 in 2012 (NumPy, the same design and another shuffle).
    for (const int quarter : {0, 1})
        CHECK(by_quarter[static_cast<std::size_t>(quarter)] < 2 * before);
    CHECK(by_quarter[2] > 1.4 * by_quarter[1]);
    for (const int quarter : {3, 4, 5}) {
        CHECK(by_quarter[static_cast<std::size_t>(quarter)] > 3 * before);
    }
}
