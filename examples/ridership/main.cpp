// Thirteen years of a model drifting off its course, on real data.
//
// A ridge regression learns the daily ridership of a Chicago station from two years of days. Then
// thirteen more years are replayed as they happened: score today, learn yesterday's outcome, look
// once a day.
//
//     example_ridership [--data FILE] [--out FOLDER] [--fast]
//
// In a terminal the replay is paced so that it can be watched; --fast, or no terminal, runs it
// through. Exits with 1 when what it saw is not what examples/data/README.md says of the data.
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "days.hpp"
#include "leeway/accumulators/losses.hpp"
#include "leeway/accumulators/mean_loss.hpp"
#include "leeway/export/json.hpp"
#include "leeway/export/prometheus.hpp"
#include "leeway/model/linear_model.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/reference_builder.hpp"

namespace {

constexpr std::size_t training_days = 730;  // two years
constexpr std::size_t numbers = 48;         // features but the weekday
constexpr double ridge_penalty = 10.0 / training_days;
constexpr double false_alarm_every = 10'000;  // days: once in 27 years
constexpr double leeway_psi = 0.1;

struct arguments {
    std::string data{LEEWAY_EXAMPLE_DATA "/chicago.csv"};
    std::string out{"."};
    bool fast{false};
};

/// What the model sees: the numbers, and the weekday as seven indicators.
std::vector<double> model_row(std::span<const double> features) {
    std::vector<double> row(features.begin(), features.begin() + numbers);
    row.resize(numbers + 7, 0.0);
    row[numbers + static_cast<std::size_t>(features[numbers])] = 1;
    return row;
}

/// One line that redraws itself; silent where there is no terminal.
class progress_line {
  public:
    explicit progress_line(bool on) : on_(on) {}
    void show(const std::string& text) const {
        if (!on_) return;
        std::printf("\r\033[K%s", text.c_str());
        std::fflush(stdout);
    }
    void clear() const { show(""); }

  private:
    bool on_;
};

std::string percent(double ratio) {
    char text[32];
    std::snprintf(text, sizeof text, "%+.0f %%", 100 * (ratio - 1));
    return text;
}

/// The features beyond the leeway, furthest first.
std::vector<const leeway::channel_snapshot*> beyond(const leeway::snapshot& seen) {
    std::vector<const leeway::channel_snapshot*> out;
    for (const auto& feature : seen.features) {
        if (feature.verdict == leeway::verdict::beyond) out.push_back(&feature);
    }
    const auto distance = [](const leeway::channel_snapshot* f) {
        return f->tests.empty() ? 0.0 : f->tests.front().result.statistic;
    };
    std::sort(out.begin(), out.end(),
              [&](const auto* a, const auto* b) { return distance(a) > distance(b); });
    return out;
}

const leeway::metric_reading& mae_of(const leeway::snapshot& seen) {
    return *std::find_if(seen.metrics.begin(), seen.metrics.end(),
                         [](const auto& metric) { return metric.key == "mean_absolute_error"; });
}

void print_year(int year, const leeway::snapshot& seen) {
    const auto& mae = mae_of(seen);
    const auto moved = beyond(seen);
    std::string names;
    for (std::size_t i = 0; i < moved.size() && i < 3; ++i) {
        char shown[96];
        std::snprintf(shown, sizeof shown, "%s%s %.2f", i == 0 ? ": " : ", ",
                      moved[i]->name.c_str(), moved[i]->tests.front().result.statistic);
        names += shown;
    }
    if (moved.size() > 3) names += ", ...";
    std::printf("%d  %4llu  %5.2f  [%5.2f, %5.2f]  %7s   %2zu of %zu%s\n", year,
                static_cast<unsigned long long>(seen.rows), mae.current.value(),
                mae.current.lower(), mae.current.upper(),
                percent(mae.current.value() / mae.reference.value()).c_str(), moved.size(),
                seen.features.size(), names.c_str());
}

/// The mean absolute error of each 620 days after training, as examples/data/README.md gives it.
bool as_documented(const std::vector<double>& blocks) {
    const std::vector<double> documented{0.87, 1.3, 2.2, 3.5, 3.3, 4.2, 4.3, 5.2};
    if (blocks.size() < documented.size()) return false;
    for (std::size_t i = 0; i < documented.size(); ++i) {
        if (std::abs(blocks[i] - documented[i]) > 0.06) return false;  // documented to two digits
    }
    return true;
}

int run(const arguments& options) {
    const auto read = ridership::read_days(options.data);
    if (!read) {
        std::fprintf(stderr, "example_ridership: %s\n", read.error().message().c_str());
        return 2;
    }
    const auto& days = read->days;
    const bool terminal = isatty(STDOUT_FILENO) != 0;
    const progress_line progress(terminal);

    std::vector<double> rows;
    std::vector<double> targets;
    for (std::size_t i = 0; i < training_days; ++i) {
        const auto row = model_row(days[i].features);
        rows.insert(rows.end(), row.begin(), row.end());
        targets.push_back(days[i].riders);
    }
    const auto ridge =
        leeway::linear_model::fit(leeway::batch_view(rows, numbers + 7), targets, ridge_penalty);
    const auto model = [&](std::span<const double> features) { return ridge(model_row(features)); };

    leeway::reference_builder build(read->columns);
    for (std::size_t i = 0; i < training_days; ++i) {
        build.update(days[i].features, {.label = days[i].riders, .score = model(days[i].features)});
    }
    const leeway::reference reference = build.finish();
    // The error's leeway: its clipped squared error may rise by a quarter.
    leeway::monitor monitor(reference, {.false_alarm_every = false_alarm_every,
                                        .leeway = leeway::psi(leeway_psi),
                                        .error_leeway = 0.25 * reference.error()->mean(),
                                        .watch_features = false});
    auto recorder = monitor.recorder();

    const std::size_t channels = monitor.snapshot({}).panel.channels;
    std::printf(
        "Daily ridership in Chicago. A ridge regression, trained on %s to %s, watched to %s.\n",
        ridership::to_string(days.front().date).c_str(),
        ridership::to_string(days[training_days - 1].date).c_str(),
        ridership::to_string(days.back().date).c_str());
    std::printf(
        "Promise: while nothing leaves its leeway (PSI %.2g an input, a quarter of the error), the "
        "%zu charts "
        "together\nraise their first alarm after %.0f days or more on average. It assumes days "
        "that do not "
        "depend on each other;\ncharts whose days do (lag-1 correlation above %.1f) are marked "
        "*.\n\n",
        leeway_psi, channels, false_alarm_every, monitor.options().autocorrelation_limit);
    std::printf(
        "year  days    MAE  95 %% interval    change   inputs beyond leeway, with their PSI\n");

    leeway::mean_loss<leeway::loss::absolute_error> block;
    std::vector<double> blocks;
    std::vector<leeway::alarm> alarms;
    leeway::ticket yesterday;
    leeway::snapshot last;
    const auto year_of = [](std::chrono::sys_days date) {
        return static_cast<int>(std::chrono::year_month_day{date}.year());
    };
    monitor.start_period(days[training_days].date);
    for (std::size_t i = training_days; i < days.size(); ++i) {
        const ridership::day& today = days[i];
        const double score = model(today.features);
        const leeway::ticket ticket = recorder.record(today.features, score);
        if (yesterday) recorder.label(yesterday, days[i - 1].riders);  // one day late
        yesterday = ticket;

        block.update({.target = today.riders, .prediction = score});
        if (block.weight() == 620) {
            blocks.push_back(block.mean());
            block.reset();
        }
        for (auto& alarm : monitor.poll(today.date)) {
            progress.clear();
            std::printf("%s  alarm: %s%s: %s\n", ridership::to_string(today.date).c_str(),
                        alarm.channel.c_str(), alarm.guarantee_void ? "*" : "",
                        alarm.explanation.c_str());
            alarms.push_back(std::move(alarm));
        }
        const bool year_ends =
            i + 1 == days.size() || year_of(days[i + 1].date) != year_of(today.date);
        if (year_ends) {
            if (i + 1 == days.size()) recorder.label(yesterday, today.riders);
            last = monitor.snapshot(today.date);
            progress.clear();
            print_year(year_of(today.date), last);
            if (i + 1 < days.size()) monitor.start_period(days[i + 1].date);
        }
        if (terminal) {
            const std::size_t done = 100 * (i + 1 - training_days) / (days.size() - training_days);
            progress.show(ridership::to_string(today.date) + "  [" + std::string(done / 4, '#') +
                          std::string(25 - done / 4, '.') + "] " + std::to_string(done) + " %");
            if (!options.fast) std::this_thread::sleep_for(std::chrono::milliseconds(3));
        }
    }
    progress.clear();

    const auto write = [&](const std::string& name, const std::string& text) {
        const std::string path = options.out + "/" + name;
        std::ofstream file(path, std::ios::binary);
        file << text;
        if (!file.flush()) leeway::raise("cannot write " + path);
        std::printf("wrote %s\n", path.c_str());
    };
    std::printf("\n");
    write("ridership.snapshot.json", leeway::to_json(last) + "\n");
    write("ridership.prom", leeway::to_prometheus(last));

    const auto error = std::find_if(alarms.begin(), alarms.end(),
                                    [](const auto& alarm) { return alarm.channel == "error"; });
    const bool found = error != alarms.end();
    const bool documented = as_documented(blocks);
    const auto& mae = mae_of(last);
    const auto moved = beyond(last);
    std::printf("\n");
    if (found) {
        const auto day = std::chrono::floor<std::chrono::days>(error->when);
        std::printf(
            "The model's error left its leeway on %s, %lld days after training; its mean absolute "
            "error went "
            "from\n%.2f thousand riders a day to %.2f in %d.",
            ridership::to_string(day).c_str(),
            static_cast<long long>((day - days[training_days - 1].date).count()),
            mae.reference.value(), mae.current.value(), year_of(days.back().date));
    }
    if (!moved.empty()) {
        std::printf(" The input that moved furthest is %s (PSI %.2f, leeway %.2g).",
                    moved[0]->name.c_str(), moved[0]->tests.front().result.statistic, leeway_psi);
    }
    std::printf("\nChecked: the error by blocks of 620 days is%s what the data's README says.\n",
                documented ? "" : " NOT");
    return found && documented ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    arguments options;
    for (int i = 1; i < argc; ++i) {
        const std::string argument = argv[i];
        if (argument == "--fast") {
            options.fast = true;
        } else if (argument == "--data" && i + 1 < argc) {
            options.data = argv[++i];
        } else if (argument == "--out" && i + 1 < argc) {
            options.out = argv[++i];
        } else {
            std::fprintf(stderr,
                         "example_ridership: unknown argument '%s'; "
                         "usage: example_ridership [--data FILE] [--out FOLDER] [--fast]\n",
                         argv[i]);
            return 2;
        }
    }
    try {
        return run(options);
    } catch (const std::exception& problem) {
        std::fprintf(stderr, "example_ridership: %s\n", problem.what());
        return 2;
    }
}
