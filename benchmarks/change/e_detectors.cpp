#include <cmath>

#include "leeway/change/mean_e_detector.hpp"
#include "leeway/change/shape_e_detector.hpp"
#include "leeway/core/random.hpp"
#include "support/bench.hpp"

namespace {

void detectors(bench::table& table) {
    const std::size_t n = table.quick() ? 100'000 : 1'000'000;
    leeway::random_source random(10);
    std::vector<double> values(n);
    std::vector<double> flags(n);
    for (auto& value : values) value = random.normal();
    for (auto& flag : flags) flag = random.bernoulli(0.2);

    std::vector<double> edges;
    for (int k = 1; k < 16; ++k) {
        edges.push_back(std::tan(1.5 * (k - 8) / 8.0));
    }
    leeway::binned_counts reference(leeway::binning::intervals(edges));
    for (const double value : values) reference.update(value);

    leeway::mean_e_detector mean({.reference_mean = 0.2, .false_alarm_every = 1e12});
    leeway::shape_e_detector shape(reference, {.false_alarm_every = 1e12});
    const auto add = [&](const char* job, const char* items, double seconds, double count) {
        table.add({.job = job,
                   .size = items,
                   .nanoseconds = seconds / count * 1e9,
                   .peer = "(a stated run length, no peer)"});
    };
    const char* size = table.quick() ? "1e5" : "1e6";
    double seconds = bench::seconds_of([&] {
        for (const double flag : flags) mean.update(flag);
    });
    add("mean_e_detector, one value", size, seconds, static_cast<double>(n));
    seconds = bench::seconds_of([&] {
        for (const double value : values) shape.update(value);
    });
    add("shape_e_detector, one value", size, seconds, static_cast<double>(n));
    // The reference's own counts are a stream without drift.
    seconds = bench::seconds_of([&] {
        for (int look = 0; look < 1000; ++look) shape.update_counts(reference.counts());
    });
    add("shape_e_detector, one look at counts", "1e3", seconds, 1000);
    bench::table::require(mean.status() != leeway::detector_status::drift &&
                              shape.status() != leeway::detector_status::drift,
                          "an e-detector alarmed without drift");
}

const bench::registration registered(60, "change/e_detectors", detectors);

}  // namespace
