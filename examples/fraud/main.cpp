// A generated stream of card payments whose change points are known: silence before, the alarm
// after.
//
// 40,000 payments train a reference. Then 60,000 more arrive as before; at payment 60,000 the
// amounts grow by a tenth of their spread, and at payment 80,000 fraud takes another form, so that
// the model's errors rise. The example exits with 1 unless nothing alarms before the first change,
// the amount is named after it, and the error is named after the second.
#include <cmath>
#include <cstdio>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/model/logistic_model.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/reference_builder.hpp"

namespace {

constexpr std::uint64_t first_change = 60'000;
constexpr std::uint64_t second_change = 80'000;
constexpr std::uint64_t payments = 100'000;

enum country : int { domestic, neighbour, overseas };

struct payment {
    std::vector<double> features;  ///< log amount, hour of day, payments in the last day, country
    double fraud;
};

payment arrive(leeway::random_source& random, bool larger_amounts, bool new_fraud) {
    const double amount = 3.5 + random.normal() + (larger_amounts ? 0.1 : 0.0);
    const double hour = std::floor(24 * random.uniform());
    const double recent = std::floor(-2 * std::log(1 - random.uniform()));
    const country where = random.bernoulli(0.9)   ? domestic
                          : random.bernoulli(0.7) ? neighbour
                                                  : overseas;
    // Fraud used to be large payments from overseas; the new kind is many small ones from home.
    const double risk =
        new_fraud ? -1.5 - 1.2 * (amount - 3.5) + 0.35 * recent
                  : -4.0 + 1.2 * (amount - 3.5) + 0.2 * recent + (where == overseas ? 1.5 : 0.0);
    const double fraud = random.bernoulli(1 / (1 + std::exp(-risk)));
    return {{amount, hour, recent, static_cast<double>(where)}, fraud};
}

}  // namespace

int main() {
    leeway::random_source random(20260101);

    // Training: a logistic regression, and the reference that production is held against.
    std::vector<double> rows;
    std::vector<double> labels;
    std::vector<payment> training;
    for (int i = 0; i < 40'000; ++i) {
        training.push_back(arrive(random, false, false));
        rows.insert(rows.end(), training.back().features.begin(), training.back().features.end());
        labels.push_back(training.back().fraud);
    }
    const auto model = leeway::logistic_model::fit(leeway::batch_view(rows, 4), labels);
    leeway::reference_builder build(leeway::schema{}
                                        .numeric("log_amount")
                                        .numeric("hour")
                                        .numeric("recent")
                                        .categorical("country"),
                                    {.task = leeway::prediction_task::binary, .threshold = 0.2});
    for (const auto& one : training) {
        build.update(one.features, {.label = one.fraud, .score = model(one.features)});
    }

    // Production: on average at most one false alarm in 100,000 payments.
    leeway::monitor monitor(build.finish(), {.false_alarm_every = 100'000});
    auto recorder = monitor.recorder();
    std::printf("promise: without drift, on average 100,000 payments or more to the first alarm\n");
    bool early = false;
    bool amount_named = false;
    bool error_named = false;
    for (std::uint64_t row = 0; row < payments; ++row) {
        if (row == first_change) std::printf("%8llu  amounts grow by 0.1 sd\n", 0ULL + row);
        if (row == second_change) std::printf("%8llu  fraud takes another form\n", 0ULL + row);
        const payment one = arrive(random, row >= first_change, row >= second_change);
        recorder.record(one.features, model(one.features), one.fraud);
        if ((row + 1) % 100 != 0) continue;  // look once in a hundred payments
        const leeway::time_point now{std::chrono::seconds(row)};
        for (const auto& alarm : monitor.poll(now)) {
            std::printf("%8llu  ALARM %s: %s, evidence %.3g\n", 0ULL + alarm.row,
                        alarm.channel.c_str(), alarm.explanation.c_str(), alarm.evidence);
            early = early || alarm.row < first_change;
            amount_named =
                amount_named || (alarm.channel == "log_amount" && alarm.row < second_change);
            error_named = error_named || (alarm.channel == "error" && alarm.row >= second_change);
        }
    }
    const bool as_expected = !early && amount_named && error_named;
    std::printf("%s\n", as_expected ? "as expected: silence before each change, an alarm after it"
                                    : "NOT as expected");
    return as_expected ? 0 : 1;
}
