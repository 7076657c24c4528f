// Runs of one detector over one stream: until the alarm, or until the run is given up.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/change/lag_one_correlation.hpp"
#include "leeway/change/mean_e_detector.hpp"
#include "leeway/change/panel_evidence.hpp"
#include "leeway/change/shape_e_detector.hpp"
#include "run_length.hpp"
#include "streams.hpp"

namespace validity {

/// A stream that follows `before` for the first `in_control` samples and `after` then.
struct change_point {
    double in_control{0};
    double horizon{0};  ///< the run is given up here
    std::size_t batch{1};
};

/// Feeds bins, one by one or as counts, until the detector's evidence reaches the threshold.
template <class Detector>
run watch_bins(Detector& detector, leeway::random_source& random, const discrete_law& before,
               const discrete_law& after, std::size_t bins, const change_point& at,
               double threshold) {
    double t = 0;
    if constexpr (requires { detector.update_bin(std::size_t{}); }) {
        if (at.batch == 1) {
            while (t < at.horizon) {
                detector.update_bin(t < at.in_control ? before(random) : after(random));
                ++t;
                if (detector.evidence() >= threshold) return {t, true, 0};
            }
            return {t, false, 0};
        }
    }
    std::vector<std::uint64_t> counts(bins);
    while (t < at.horizon) {
        std::fill(counts.begin(), counts.end(), std::uint64_t{0});
        for (std::size_t i = 0; i < at.batch; ++i, ++t)
            ++counts[t < at.in_control ? before(random) : after(random)];
        detector.update_counts(counts);
        if (detector.evidence() >= threshold) return {t, true, 0};
    }
    return {t, false, 0};
}

/// Error flags. n_reference = 0: the mean is known; else it is estimated from that many rows, anew
/// in each run.
struct flag_setting {
    double rate{0.2};
    double rate_after{0.2};
    std::size_t n_reference{0};
    double confidence{0.95};
    leeway::bet_direction direction{leeway::bet_direction::both};
    double tolerance{0};
    bool lifetime{false};
};

inline run watch_flags(leeway::random_source random, const flag_setting& s, const change_point& at,
                       double threshold) {
    leeway::mean_e_detector_options options{.reference_mean = s.rate,
                                            .tolerance = s.tolerance,
                                            .direction = s.direction,
                                            .false_alarm_every = threshold,
                                            .lifetime = s.lifetime,
                                            .reference_confidence = s.confidence,
                                            .levels = {0, 1}};
    if (s.n_reference > 0) {
        double errors = 0;
        for (std::size_t i = 0; i < s.n_reference; ++i) errors += random.bernoulli(s.rate) ? 1 : 0;
        options.n_reference = static_cast<double>(s.n_reference);
        options.reference_mean = errors / options.n_reference;
    }
    leeway::mean_e_detector detector(options);
    double t = 0;
    while (t < at.horizon) {
        if (at.batch == 1) {
            detector.update(random.bernoulli(t < at.in_control ? s.rate : s.rate_after) ? 1.0
                                                                                        : 0.0);
            ++t;
        } else {
            std::array<std::uint64_t, 2> counts{};
            for (std::size_t i = 0; i < at.batch; ++i, ++t)
                ++counts[random.bernoulli(t < at.in_control ? s.rate : s.rate_after) ? 1 : 0];
            detector.update_counts(counts);
        }
        if (detector.status() == leeway::detector_status::drift) return {t, true, 0};
    }
    return {t, false, 0};
}

/// A numeric feature, standard normal before the change. n_reference = 0: the reference is known.
struct numeric_setting {
    numeric_law before{};
    numeric_law after{};
    std::size_t n_reference{0};
    double confidence{0.95};
    double leeway_psi{0};
};

inline run watch_numeric(leeway::random_source random, const numeric_setting& s,
                         const change_point& at, double threshold) {
    const auto reference = s.n_reference == 0 ? known_normal_reference()
                                              : drawn_normal_reference(random, s.n_reference);
    leeway::shape_e_detector detector(
        reference, {.leeway_psi = s.leeway_psi,
                    .false_alarm_every = threshold,
                    .reference_confidence = s.n_reference == 0 ? 0 : s.confidence});
    const discrete_law before(s.before.over(reference.bins()));
    const discrete_law after(s.after.over(reference.bins()));
    return watch_bins(detector, random, before, after, reference.bins().size(), at, threshold);
}

/// Many features with references of their own; the alarm is the panel's. After the change the
/// first `changed` of them follow `after`. With correlation, features share a normal factor.
struct panel_setting {
    std::size_t features{50};
    std::size_t changed{0};
    numeric_law after{};
    std::size_t n_reference{10'000};
    double correlation{0};
    double confidence{0.95};
    double leeway_psi{0};
};

inline run watch_panel(leeway::random_source random, const panel_setting& s, const change_point& at,
                       double threshold) {
    std::vector<leeway::shape_e_detector> detectors;
    std::vector<discrete_law> before;
    std::vector<discrete_law> after;
    std::vector<leeway::binned_counts> counts;
    for (std::size_t f = 0; f < s.features; ++f) {
        const auto reference = drawn_normal_reference(random, s.n_reference);
        detectors.emplace_back(
            reference, leeway::shape_e_detector_options{.leeway_psi = s.leeway_psi,
                                                        .false_alarm_every = threshold,
                                                        .reference_confidence = s.confidence,
                                                        .panel = s.features});
        before.emplace_back(numeric_law{}.over(reference.bins()));
        after.emplace_back(s.after.over(reference.bins()));
        counts.emplace_back(reference.shared_bins());
    }
    std::vector<double> evidence(s.features, 0.0);
    std::vector<std::uint64_t> drawn;
    double t = 0;
    while (t < at.horizon) {
        if (s.correlation > 0) {
            for (auto& c : counts) c.reset();
            for (std::size_t i = 0; i < at.batch; ++i) {
                const double shared = std::sqrt(s.correlation) * random.normal();
                for (auto& c : counts)
                    c.update(shared + std::sqrt(1 - s.correlation) * random.normal());
            }
        }
        for (std::size_t f = 0; f < s.features; ++f) {
            if (s.correlation > 0) {
                detectors[f].update_counts(counts[f].counts());
            } else {
                const bool drifted = t >= at.in_control && f < s.changed;
                const discrete_law& law = drifted ? after[f] : before[f];
                drawn.assign(counts[f].bins().size(), 0);
                for (std::size_t i = 0; i < at.batch; ++i) ++drawn[law(random)];
                detectors[f].update_counts(drawn);
            }
            evidence[f] = detectors[f].evidence();
        }
        t += static_cast<double>(at.batch);
        if (leeway::panel_evidence(evidence) >= threshold) return {t, true, 0};
    }
    return {t, false, 0};
}

/// Categories. n_reference = 0: the reference is known.
struct category_setting {
    std::vector<double> before;
    std::vector<double> after;
    std::size_t n_reference{0};
};

inline leeway::binned_counts reference_of(const category_setting& s,
                                          leeway::random_source& random) {
    return category_reference(random, s.before, s.n_reference);
}

inline run watch_categories(leeway::random_source random, const category_setting& s,
                            const change_point& at, double threshold) {
    const auto reference = reference_of(s, random);
    leeway::shape_e_detector detector(
        reference,
        {.false_alarm_every = threshold, .reference_confidence = s.n_reference == 0 ? 0.0 : 0.95});
    return watch_bins(detector, random, discrete_law(s.before), discrete_law(s.after),
                      reference.bins().size(), at, threshold);
}

/// An AR(1) feature with N(0, 1) margin against a known reference. flag: 1 when
/// lag_one_correlation had called the guarantee void by the alarm (or the end).
inline run watch_autocorrelated(leeway::random_source random, double phi, const change_point& at,
                                double threshold) {
    const auto reference = known_normal_reference();
    leeway::shape_e_detector detector(reference,
                                      {.false_alarm_every = threshold, .reference_confidence = 0});
    leeway::lag_one_correlation correlation;
    double x = random.normal();
    double t = 0;
    bool is_void = false;
    while (t < at.horizon) {
        const std::size_t bin = reference.bins()(x);
        correlation.update(detector.location(bin));
        detector.update_bin(bin);
        ++t;
        const bool alarm = detector.evidence() >= threshold;
        const bool look = alarm || static_cast<std::uint64_t>(t) % 64 == 0;
        is_void = is_void || (look && correlation.void_above());
        if (alarm) return {t, true, is_void ? 1.0 : 0.0};
        x = phi * x + std::sqrt(1 - phi * phi) * random.normal();
    }
    return {t, false, is_void ? 1.0 : 0.0};
}

}  // namespace validity
