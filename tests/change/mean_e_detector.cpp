#include "leeway/change/mean_e_detector.hpp"

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "laws/change_detector.hpp"
#include "support/catch.hpp"

using leeway::bet_direction;
using leeway::detector_status;
using leeway::mean_e_detector;
using leeway::mean_e_detector_options;

namespace {

std::vector<double> flags(double rate, std::size_t n, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<double> values(n);
    for (double& value : values) value = random.bernoulli(rate) ? 1 : 0;
    return values;
}

std::vector<std::uint64_t> one_flag(const mean_e_detector&, double value) {
    return value == 1 ? std::vector<std::uint64_t>{0, 1} : std::vector<std::uint64_t>{1, 0};
}

/// The definition, line by line, in long double: f_k = 0.9 0.75^k, l = f / m up and f / (1 - m)
/// down, M = (M + 1) e.
std::vector<double> evidence_by_definition(const std::vector<double>& stream, long double m,
                                           bool lifetime = false) {
    std::vector<long double> growth(24, lifetime ? 1 : 0);
    std::vector<double> seen;
    for (const double x : stream) {
        long double sum = 0;
        for (std::size_t k = 0; k < 12; ++k) {
            const long double f = 0.9L * std::pow(0.75L, static_cast<long double>(k));
            const long double up = 1 + f / m * (static_cast<long double>(x) - m);
            const long double down = 1 - f / (1 - m) * (static_cast<long double>(x) - m);
            const long double start = lifetime ? 0 : 1;
            sum += growth[k] = (growth[k] + start) * up;
            sum += growth[12 + k] = (growth[12 + k] + start) * down;
        }
        seen.push_back(static_cast<double>(sum / 24));
    }
    return seen;
}

}  // namespace

TEST_CASE("mean_e_detector obeys the laws of a change detector") {
    for (const auto direction : {bet_direction::both, bet_direction::up}) {
        laws::change_detector<mean_e_detector>({[=] {
                                                    return mean_e_detector({.reference_mean = 0.2,
                                                                            .n_reference = 1e4,
                                                                            .direction = direction,
                                                                            .levels = {0, 1}});
                                                },
                                                flags(0.2, 300, 1), flags(0.6, 300, 2), one_flag,
                                                7});
    }
    laws::change_detector<mean_e_detector>({[] {
                                                return mean_e_detector({.reference_mean = 0.5,
                                                                        .reference_sd = 0.3,
                                                                        .tolerance = 0.01,
                                                                        .false_alarm_every = 1e4,
                                                                        .lifetime = true,
                                                                        .levels = {0, 1}});
                                            },
                                            flags(0.5, 300, 1), flags(0.1, 300, 2), one_flag, 7});
}

TEST_CASE("mean_e_detector: evidence follows the definition") {
    // 1e-12: at most 200 roundings of 1e-16 each way in a product of 200 factors.
    for (const bool lifetime : {false, true}) {
        const auto stream = flags(0.3, 200, 3);
        const auto expected = evidence_by_definition(stream, 0.2L, lifetime);
        mean_e_detector detector({.reference_mean = 0.2, .lifetime = lifetime});
        REQUIRE(detector.bets() == 24);
        for (std::size_t i = 0; i < stream.size(); ++i) {
            detector.update(stream[i]);
            REQUIRE(detector.evidence() == Approx(expected[i]).epsilon(1e-12));
        }
    }
}

TEST_CASE("mean_e_detector: a batch of counts is (M + n) times the product of its factors") {
    mean_e_detector batch({.reference_mean = 0.3, .levels = {0, 0.25, 1}});
    batch.update_counts(std::vector<std::uint64_t>{3, 2, 1});
    batch.update_counts(std::vector<std::uint64_t>{0, 7, 4});
    double sum = 0;
    for (std::size_t b = 0; b < batch.bets(); ++b) {
        const double none = batch.factor(b, 0);
        const double quarter = batch.factor(b, 0.25);
        const double whole = batch.factor(b, 1);
        const double first = 6 * std::pow(none, 3) * std::pow(quarter, 2) * whole;
        sum += (first + 11) * std::pow(quarter, 7) * std::pow(whole, 4);
    }
    CHECK(batch.evidence() == Approx(sum / 24).epsilon(1e-12));
}

TEST_CASE(
    "mean_e_detector: no bet has an expectation above one while the mean is within margin and "
    "tolerance") {
    for (const double m : {0.0, 0.001, 0.2, 0.5, 0.97, 1.0}) {
        for (const double n : {50.0, 1e4, std::numeric_limits<double>::infinity()}) {
            for (const double tolerance : {0.0, 0.05}) {
                const mean_e_detector detector(
                    {.reference_mean = m, .n_reference = n, .tolerance = tolerance});
                CHECK(detector.lower_mean() <= m);
                CHECK(detector.upper_mean() >= m);
                // e is linear in x, so the law with the extreme mean on {0, 1} is the worst one.
                for (std::size_t b = 0; b < detector.bets(); ++b) {
                    const double none = detector.factor(b, 0);
                    const double whole = detector.factor(b, 1);
                    REQUIRE(std::min(none, whole) >= 0.1 - 1e-12);
                    for (const double mean : {detector.lower_mean(), m, detector.upper_mean()}) {
                        // Relative to the larger factor, whose rounding the product carries.
                        const double rounding = 1e-15 * (1 + mean * whole);
                        REQUIRE((1 - mean) * none + mean * whole <= 1 + 1e-12 + rounding);
                    }
                }
            }
        }
    }
}

TEST_CASE("mean_e_detector: over all streams, the mean of the evidence after t samples is t") {
    // Exact: each of the 2^10 streams with its probability under the reference mean. Equality holds
    // because each bet is fair there; the theorem needs no more than "at most".
    constexpr int t = 10;
    constexpr double m = 0.3;
    double mean = 0;
    double mean_lifetime = 0;
    for (unsigned path = 0; path < (1U << t); ++path) {
        mean_e_detector detector({.reference_mean = m});
        mean_e_detector once({.reference_mean = m, .lifetime = true});
        double probability = 1;
        for (int i = 0; i < t; ++i) {
            const bool hit = (path >> i & 1U) != 0;
            probability *= hit ? m : 1 - m;
            detector.update(hit ? 1.0 : 0.0);
            once.update(hit ? 1.0 : 0.0);
        }
        mean += probability * detector.evidence();
        mean_lifetime += probability * once.evidence();
    }
    CHECK(mean == Approx(t).epsilon(1e-12));
    CHECK(mean_lifetime == Approx(1).epsilon(1e-12));
}

TEST_CASE(
    "mean_e_detector: the margin is the normal limit, with a second-order term for rare events") {
    // z = 1.6449 for one direction at 95 %; h = z^2 r / (2 n).
    constexpr double z = 1.6448536269514722;
    const mean_e_detector up(
        {.reference_mean = 0.2, .n_reference = 500, .direction = bet_direction::up});
    const double h = z * z * 0.8 / 1000;
    CHECK(up.upper_mean() ==
          Approx(0.2 + h + std::sqrt(z * z * 0.16 / 500 + h * h)).epsilon(1e-12));
    CHECK(up.upper_mean() == Approx(0.2 + z * std::sqrt(0.16 / 500)).epsilon(0.02));

    const mean_e_detector never_seen(
        {.reference_mean = 0, .n_reference = 1000, .direction = bet_direction::up});
    CHECK(never_seen.upper_mean() == Approx(z * z / 1000).epsilon(1e-12));

    // Both directions and a panel of 10 share the 5 %: z of 0.0025.
    const mean_e_detector shared({.reference_mean = 0.5,
                                  .n_reference = 1e6,
                                  .reference_sd = 0.1,
                                  .tolerance = 0.01,
                                  .panel = 10});
    CHECK(shared.upper_mean() - 0.51 == Approx(2.807033768343811 * 0.1 / 1e3).epsilon(0.02));
    CHECK(shared.upper_mean() - 0.5 == Approx(0.5 - shared.lower_mean()).epsilon(1e-9));

    const mean_e_detector plug_in(
        {.reference_mean = 0.2, .n_reference = 500, .reference_confidence = 0});
    CHECK(plug_in.upper_mean() == 0.2);
}

TEST_CASE("mean_e_detector: a direction that cannot win has no bets") {
    CHECK(mean_e_detector({.reference_mean = 1}).bets() == 12);
    CHECK(mean_e_detector({.reference_mean = 0}).bets() == 12);
    CHECK(mean_e_detector({.reference_mean = 0.5, .tolerance = 0.6}).bets() == 0);
    mean_e_detector mute({.reference_mean = 0.5, .tolerance = 0.6});
    mute.update(std::vector<double>(100, 1.0));
    CHECK(mute.evidence() == 0);
    CHECK(mute.leading() == bet_direction::both);

    mean_e_detector impossible({.reference_mean = 0});
    impossible.update(1.0);  // a known rate of 0: one event is proof
    CHECK(impossible.status() == detector_status::drift);
}

TEST_CASE("mean_e_detector: the winning direction is named, and warning comes before drift") {
    mean_e_detector detector({.reference_mean = 0.5, .false_alarm_every = 1e4});
    bool warned = false;
    while (detector.status() != detector_status::drift) {
        detector.update(0.0);
        warned = warned || detector.status() == detector_status::warning;
    }
    CHECK(warned);
    CHECK(detector.leading() == bet_direction::down);
    CHECK(detector.evidence() >= detector.threshold());
}

TEST_CASE("mean_e_detector: growth is cut before it overflows, also in batches") {
    mean_e_detector detector({.reference_mean = 0, .levels = {0, 1}});
    detector.update(std::vector<double>(1000, 1.0));
    CHECK(std::isfinite(detector.evidence()));
    for (int i = 0; i < 10; ++i)
        detector.update_counts(std::vector<std::uint64_t>{0, 1'000'000'000});
    CHECK(std::isfinite(detector.evidence()));
    CHECK(detector.evidence() > 1e200);
    for (int i = 0; i < 10; ++i)
        detector.update_counts(std::vector<std::uint64_t>{1'000'000'000'000, 0});
    CHECK(detector.evidence() >= 0);
    CHECK(detector.evidence() < 1e200);

    mean_e_detector once({.reference_mean = 0.5, .lifetime = true, .levels = {0, 1}});
    once.update_counts(std::vector<std::uint64_t>{500'000'000, 500'000'000});
    CHECK(once.evidence() < 1e-200);  // no bet wins on the reference mean itself
    for (int i = 0; i < 5'000; ++i) once.update(1.0);
    CHECK(once.evidence() > 1e6);  // a bet that had lost everything can still win
}

TEST_CASE("mean_e_detector: values outside the unit interval are counted and not bet on") {
    mean_e_detector detector({.reference_mean = 0.2});
    for (const double value : {-0.1, 1.5, std::numeric_limits<double>::quiet_NaN()})
        detector.update(value);
    CHECK(detector.rejected().range == 2);
    CHECK(detector.rejected().missing == 1);
    CHECK(detector.evidence() == 0);
}

TEST_CASE("mean_e_detector: wrong options are named") {
    const auto message = [](mean_e_detector_options options) {
        try {
            mean_e_detector made(std::move(options));
        } catch (const std::invalid_argument& wrong) {
            return std::string(wrong.what());
        }
        return std::string();
    };
    CHECK(message({.reference_mean = 1.5}) ==
          "mean_e_detector: reference_mean is 1.5, expected 0 to 1");
    CHECK(message({.reference_mean = std::nan("")}).find("reference_mean") != std::string::npos);
    CHECK(message({.n_reference = 0}).find("n_reference") != std::string::npos);
    CHECK(message({.reference_sd = -1}).find("reference_sd") != std::string::npos);
    CHECK(message({.tolerance = -0.1}).find("tolerance") != std::string::npos);
    CHECK(message({.false_alarm_every = 0}).find("false_alarm_every") != std::string::npos);
    CHECK(message({.reference_confidence = 1}).find("reference_confidence") != std::string::npos);
    CHECK(message({.panel = 0}).find("panel") != std::string::npos);
    CHECK(message({.levels = {0, 2}}).find("level") != std::string::npos);
    CHECK(message({}).empty());
}

TEST_CASE("mean_e_detector: a loaded state whose growth is impossible is refused") {
    mean_e_detector detector({.reference_mean = 0.2});
    const auto spoil = [](double with) {
        return [with](std::string_view, auto& field) {
            if constexpr (requires { field.fill(0.0); }) field.front() = with;
        };
    };
    for (const double with : {-1.0, std::nan(""), 1e300, std::numeric_limits<double>::infinity()}) {
        mean_e_detector spoiled = detector;
        mean_e_detector::fields(spoiled, spoil(with));
        CHECK_FALSE(spoiled.defect().empty());
        CHECK_FALSE(leeway::from_bytes<mean_e_detector>(leeway::to_bytes(spoiled)));
    }
    CHECK(detector.defect().empty());

    // Evidence is saved beside the growths it is the mean of; the two must agree.
    mean_e_detector boasting = detector;
    boasting.update(1.0);
    mean_e_detector::fields(boasting, [](std::string_view name, auto& field) {
        if constexpr (std::is_same_v<decltype(field), double&>) {
            if (name == "evidence") field = 1e5;
        }
    });
    CHECK_FALSE(leeway::from_bytes<mean_e_detector>(leeway::to_bytes(boasting)));
}
