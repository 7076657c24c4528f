#include "leeway/change/shape_e_detector.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <vector>

#include "laws/change_detector.hpp"
#include "leeway/core/distributions.hpp"
#include "support/catch.hpp"

using leeway::binned_counts;
using leeway::binning;
using leeway::detector_status;
using leeway::shape_aspect;
using leeway::shape_e_detector;
using leeway::shape_e_detector_options;

namespace {

constexpr double no_value = std::numeric_limits<double>::quiet_NaN();

/// K bins of equal mass on [0, 1).
binned_counts equal_bins(std::size_t bins, int rows_a_bin) {
    std::vector<double> edges;
    std::vector<double> middles;
    for (std::size_t k = 0; k < bins; ++k) {
        const auto n = static_cast<double>(bins);
        if (k > 0) edges.push_back(static_cast<double>(k) / n);
        middles.push_back((static_cast<double>(k) + 0.5) / n);
    }
    binned_counts counts(binning::intervals(edges));
    for (int row = 0; row < rows_a_bin; ++row) counts.update(middles);
    return counts;
}

/// Known values 0, 1, 2, ... with these numbers of rows.
binned_counts values(leeway::feature_kind kind, const std::vector<int>& rows) {
    std::vector<double> known;
    std::vector<std::uint32_t> bin_of;
    for (std::size_t k = 0; k < rows.size(); ++k) {
        known.push_back(static_cast<double>(k));
        bin_of.push_back(static_cast<std::uint32_t>(k));
    }
    binned_counts counts(binning::values(kind, known, bin_of, rows.size(), true));
    for (std::size_t k = 0; k < rows.size(); ++k) {
        for (int row = 0; row < rows[k]; ++row) counts.update(static_cast<double>(k));
    }
    return counts;
}

binned_counts categories(const std::vector<int>& rows) {
    return values(leeway::feature_kind::categorical, rows);
}

/// Uneven bins, some values missing: what a real feature looks like.
binned_counts uneven() {
    binned_counts counts(binning::intervals({-1.0, -0.2, 0.1, 1.5, 4.0}));
    leeway::random_source random(4);
    for (int row = 0; row < 5'000; ++row)
        counts.update(random.bernoulli(0.03) ? no_value : random.normal());
    return counts;
}

/// The reference's shares as the detector takes them: Jeffreys-smoothed.
std::vector<double> smoothed(const binned_counts& reference) {
    std::vector<double> shares;
    const auto bins = static_cast<double>(reference.counts().size());
    for (const std::uint64_t count : reference.counts()) {
        shares.push_back((static_cast<double>(count) + 0.5) /
                         (static_cast<double>(reference.total()) + bins / 2));
    }
    return shares;
}

double expectation(const shape_e_detector& detector, std::size_t bet,
                   const std::vector<double>& law) {
    double sum = 0;
    for (std::size_t k = 0; k < law.size(); ++k) sum += law[k] * detector.factor(bet, k);
    return sum;
}

double largest_factor(const shape_e_detector& detector, std::size_t bet) {
    double most = 0;
    for (std::size_t k = 0; k < detector.reference().bins().size(); ++k)
        most = std::max(most, detector.factor(bet, k));
    return most;
}

double psi(const std::vector<double>& q, const std::vector<double>& p) {
    double sum = 0;
    for (std::size_t k = 0; k < p.size(); ++k) sum += (q[k] - p[k]) * std::log(q[k] / p[k]);
    return sum;
}

/// Bisection for the root of an increasing function, to 2^-50 of the bracket.
template <class Function>
double root(double low, double high, Function function) {
    for (int step = 0; step < 50; ++step) {
        const double middle = (low + high) / 2;
        (function(middle) < 0 ? low : high) = middle;
    }
    return (low + high) / 2;
}

/// The law within the leeway under which a bet's mean factor is largest, by nothing but bisection
/// on the conditions log r + 1 - 1/r = (g - nu) / mu, sum p r = 1, PSI = leeway. Slow and separate
/// from the detector's own solver.
std::vector<double> worst_law(const std::vector<double>& p, const std::vector<double>& g,
                              double leeway) {
    const auto [least, most] = std::minmax_element(g.begin(), g.end());
    const double spread = *most - *least;
    std::vector<double> q(p.size());
    const auto fill = [&](double nu, double mu) {
        double sum = 0;
        for (std::size_t k = 0; k < p.size(); ++k) {
            const double y = (g[k] - nu) / mu;
            const double s = root(-50, 50, [y](double t) { return t + 1 - std::exp(-t) - y; });
            sum += q[k] = p[k] * std::exp(s);
        }
        return sum;
    };
    const auto at_mu = [&](double log_mu) {
        const double mu = std::exp(log_mu);
        fill(root(*least, *most, [&](double nu) { return 1 - fill(nu, mu); }), mu);
        return psi(q, p);
    };
    const double scale = std::log(spread);
    at_mu(root(scale - 5, scale + 12, [&](double log_mu) { return leeway - at_mu(log_mu); }));
    return q;
}

std::vector<double> normals(std::size_t n, std::uint64_t seed, double mean = 0, double sd = 1) {
    leeway::random_source random(seed);
    std::vector<double> drawn(n);
    for (double& value : drawn) value = mean + sd * random.normal();
    return drawn;
}

std::vector<double> codes(const std::vector<double>& shares, std::size_t n, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<double> drawn(n);
    for (double& code : drawn) {
        double u = random.uniform();
        for (code = 0; code + 1 < static_cast<double>(shares.size()); ++code) {
            u -= shares[static_cast<std::size_t>(code)];
            if (u < 0) break;
        }
    }
    return drawn;
}

std::vector<std::uint64_t> one_value(const shape_e_detector& detector, double value) {
    std::vector<std::uint64_t> counts(detector.reference().bins().size(), 0);
    counts[detector.reference().bins()(value)] = 1;
    return counts;
}

}  // namespace

TEST_CASE("shape_e_detector obeys the laws of a change detector") {
    laws::change_detector<shape_e_detector>({[] { return shape_e_detector(uneven()); },
                                             normals(300, 1), normals(300, 2, 1.5), one_value, 23});
    laws::change_detector<shape_e_detector>(
        {[] {
             return shape_e_detector(
                 uneven(),
                 {.leeway_psi = 0.02, .false_alarm_every = 1e4, .lifetime = true, .panel = 20});
         },
         normals(300, 1), normals(300, 2, 2), one_value, 101});
    laws::change_detector<shape_e_detector>(
        {[] {
             return shape_e_detector(categories({500, 300, 150, 50}));
         },
         codes({0.5, 0.3, 0.15, 0.05}, 300, 1), codes({0.1, 0.3, 0.15, 0.45}, 300, 2), one_value,
         23});
}

TEST_CASE("shape_e_detector: the first polynomial of equal bins is the known line") {
    // Over K equal bins phi_1(k) = (2 k + 1 - K) sqrt(3 / (K^2 - 1)).
    for (const std::size_t bins : {2U, 5U, 16U}) {
        const shape_e_detector detector(equal_bins(bins, 100));
        const auto n = static_cast<double>(bins);
        for (std::size_t k = 0; k < bins; ++k) {
            const double line = (2 * static_cast<double>(k) + 1 - n) * std::sqrt(3 / (n * n - 1));
            CHECK(detector.location(k) == Approx(line).margin(1e-12));
        }
        CHECK(detector.location(bins) == 0);
    }
    // Categories: the centred indicator of the most common.
    const shape_e_detector kinds(categories({100, 300, 50}));
    CHECK(kinds.location(1) - kinds.location(0) == Approx(1));
    CHECK(kinds.location(0) == kinds.location(2));
}

TEST_CASE(
    "shape_e_detector: with an exact reference the bets on polynomials are fair, and orthogonal in "
    "pairs") {
    const auto reference = uneven();
    const shape_e_detector detector(reference, {.reference_confidence = 0});
    const auto p = smoothed(reference);
    // Missing up and down, non-finite up only: the reference has none.
    REQUIRE(detector.bets() == 48 + 10 + 6);
    for (std::size_t bet = 0; bet < 48; ++bet)
        CHECK(expectation(detector, bet, p) == Approx(1).epsilon(1e-12));
    // Factor - 1 is a multiple of phi: different polynomials are uncorrelated, and the six bets of
    // each sign scale as 0.9 0.6^i.
    for (std::size_t a = 0; a < 48; a += 12) {
        for (std::size_t b = 0; b < a; b += 12) {
            double product = 0;
            for (std::size_t k = 0; k < p.size(); ++k)
                product += p[k] * (detector.factor(a, k) - 1) * (detector.factor(b, k) - 1);
            CHECK(product == Approx(0).margin(1e-12));
        }
        double smallest = 2;
        for (std::size_t k = 0; k < p.size(); ++k)
            smallest = std::min(smallest, detector.factor(a, k));
        CHECK(smallest == Approx(0.1).epsilon(1e-12));
        const double first = detector.factor(a, 0) - 1;
        CHECK(detector.factor(a + 3, 0) - 1 == Approx(first * 0.216).epsilon(1e-12));
    }
}

TEST_CASE("shape_e_detector: no bet has an expectation above one under the reference") {
    for (const auto& reference :
         {uneven(), equal_bins(16, 5), equal_bins(2, 1'000), categories({500, 300, 150, 50}),
          categories({1'000'000, 3}), values(leeway::feature_kind::numeric, {900, 90, 9, 1})}) {
        for (const double leeway : {0.0, 0.02, 0.3}) {
            for (const double confidence : {0.0, 0.95}) {
                const shape_e_detector detector(
                    reference, {.leeway_psi = leeway, .reference_confidence = confidence});
                const auto p = smoothed(reference);
                std::vector<double> raw;
                for (const auto count : reference.counts())
                    raw.push_back(static_cast<double>(count) /
                                  static_cast<double>(reference.total()));
                for (std::size_t bet = 0; bet < detector.bets(); ++bet) {
                    // A factor of 1e4 on a share of 1e-4 carries its own rounding.
                    const double rounding = 1e-15 * largest_factor(detector, bet);
                    REQUIRE(expectation(detector, bet, p) <= 1 + 1e-12 + rounding);
                    // With a margin the unsmoothed shares are inside too.
                    if (confidence > 0) {
                        REQUIRE(expectation(detector, bet, raw) <= 1 + 1e-12 + rounding);
                    }
                    for (std::size_t k = 0; k < p.size(); ++k)
                        REQUIRE(detector.factor(bet, k) >= 0.1 - 1e-12);
                }
            }
        }
    }
}

TEST_CASE("shape_e_detector: no bet has an expectation above one anywhere within the leeway") {
    struct setting {
        binned_counts reference;
        double leeway;
    };
    for (const auto& [reference, leeway] :
         {setting{uneven(), 0.02}, setting{categories({500, 300, 150, 50}), 0.001},
          setting{values(leeway::feature_kind::numeric, {9'000, 900, 90, 5}), 0.25}}) {
        const auto p = smoothed(reference);
        // Without margin, so that nothing but the leeway keeps the bets.
        const shape_e_detector detector(reference,
                                        {.leeway_psi = leeway, .reference_confidence = 0});
        REQUIRE(detector.bets() > 0);
        std::vector<double> law;
        std::vector<double> last(p.size(), 0);
        for (std::size_t bet = 0; bet < detector.bets(); ++bet) {
            std::vector<double> g;
            for (std::size_t k = 0; k < p.size(); ++k) g.push_back(detector.factor(bet, k));
            // Bets that differ only in size have the same worst law.
            double along = 0;
            double g_square = 0;
            double last_square = 0;
            for (std::size_t k = 0; k < p.size(); ++k) {
                along += (g[k] - 1) * last[k];
                g_square += (g[k] - 1) * (g[k] - 1);
                last_square += last[k] * last[k];
            }
            if (!(along > (1 - 1e-9) * std::sqrt(g_square * last_square) && along > 0)) {
                law = worst_law(p, g, leeway);
                REQUIRE(psi(law, p) == Approx(leeway).epsilon(1e-9));
                REQUIRE(std::accumulate(law.begin(), law.end(), 0.0) == Approx(1).epsilon(1e-12));
            }
            for (std::size_t k = 0; k < p.size(); ++k) last[k] = g[k] - 1;
            // The detector's bound is an upper one, and it is reached. 1e-9: the law found lies
            // that close to the leeway's edge, on either side.
            const double worst = expectation(detector, bet, law);
            REQUIRE(worst <= 1 + 1e-9);
            REQUIRE(worst >= 1 - 1e-6);
        }
    }
}

TEST_CASE("shape_e_detector: random laws within the leeway do not make a bet win") {
    const auto reference = uneven();
    const auto p = smoothed(reference);
    constexpr double leeway = 0.05;
    const shape_e_detector detector(reference, {.leeway_psi = leeway, .reference_confidence = 0});
    leeway::random_source random(9);
    for (int draw = 0; draw < 500; ++draw) {
        std::vector<double> direction;
        for (std::size_t k = 0; k < p.size(); ++k) direction.push_back(random.normal());
        std::vector<double> q(p.size());
        const auto tilt = [&](double by) {
            double sum = 0;
            for (std::size_t k = 0; k < p.size(); ++k)
                sum += q[k] = p[k] * std::exp(by * direction[k]);
            for (double& share : q) share /= sum;
            return psi(q, p) - leeway;
        };
        tilt(0.999999 * root(0, 20, tilt));
        for (std::size_t bet = 0; bet < detector.bets(); ++bet)
            REQUIRE(expectation(detector, bet, q) <= 1 + 1e-12);
    }
}

TEST_CASE("shape_e_detector: the margin of a finite reference") {
    // 16 bins of 625 rows, 10 directions (4 polynomials both ways, missing, non-finite) in 5 %.
    const auto reference = equal_bins(16, 625);
    const shape_e_detector detector(reference);
    const double z = -leeway::normal_quantile(0.05 / 10);
    // First bet: phi_1 upward, e = 1 + l (phi - eps) with l = 0.9 / (eps - min phi).
    const double phi_top = detector.location(15);
    const double slope = (detector.factor(0, 15) - detector.factor(0, 0)) / (2 * phi_top);
    const double eps = phi_top - (detector.factor(0, 15) - 1) / slope;
    const double h = z * z * phi_top / 2e4;
    CHECK(eps == Approx(h + std::sqrt(z * z / 1e4 + h * h)).epsilon(1e-3));
    CHECK(slope == Approx(0.9 / (eps + phi_top)).epsilon(1e-12));
    // Missing was never seen in 10,000 rows: Clopper-Pearson gives 1 - 0.005^(1/n).
    const double limit = 1 - std::pow(0.05 / 10, 1 / 1e4);
    CHECK(detector.factor(48, 16) == Approx(1 + 0.9 / limit * (1 - limit)).epsilon(1e-9));
    CHECK(detector.factor(48, 0) == Approx(0.1).epsilon(1e-12));
    // A reference with missing values: 11 directions, because their share may also fall.
    const auto some_missing = uneven();
    const auto n = static_cast<double>(some_missing.total());
    const auto seen = static_cast<double>(some_missing.missing());
    const double most = leeway::beta_quantile(1 - 0.05 / 11, seen + 1, n - seen);
    const double least = leeway::beta_quantile(0.05 / 11, seen, n - seen + 1);
    const shape_e_detector both_ways(some_missing);
    const std::size_t missing = some_missing.bins().missing();
    CHECK(both_ways.factor(48, missing) == Approx(1 + 0.9 / most * (1 - most)).epsilon(1e-9));
    CHECK(both_ways.factor(54, missing) == Approx(0.1).epsilon(1e-12));
    CHECK(both_ways.factor(54, 0) == Approx(1 + 0.9 / (1 - least) * least).epsilon(1e-9));
    // A panel shares the confidence, so its bets stand further out.
    const shape_e_detector shared(reference, {.panel = 50});
    CHECK(shared.factor(0, 15) < detector.factor(0, 15));
    CHECK(shared.factor(48, 16) < detector.factor(48, 16));
}

TEST_CASE("shape_e_detector: evidence follows the recursion") {
    const auto reference = uneven();
    shape_e_detector detector(reference, {.false_alarm_every = 500});
    std::vector<double> growth(detector.bets(), 0);
    bool drifted = false;
    for (const double x : normals(400, 5, 0.3)) {
        detector.update(x);
        double sum = 0;
        for (std::size_t b = 0; b < growth.size(); ++b) {
            growth[b] = (growth[b] + 1) * detector.factor(b, reference.bins()(x));
            sum += growth[b];
        }
        const double evidence = sum / static_cast<double>(growth.size());
        drifted = drifted || evidence >= 500;
        // Only the order of additions differs.
        REQUIRE(detector.evidence() == Approx(evidence).epsilon(1e-12));
        REQUIRE((detector.status() == detector_status::drift) == drifted);
    }
    CHECK(drifted);
}

TEST_CASE("shape_e_detector: a batch of counts is (M + n) times the product of its factors") {
    for (const auto& reference : {uneven(), categories({500, 300, 150, 50})}) {
        shape_e_detector detector(reference);
        const std::size_t bins = reference.bins().size();
        std::vector<double> growth(detector.bets(), 0);
        leeway::random_source random(3);
        for (int flush = 0; flush < 5; ++flush) {
            std::vector<std::uint64_t> counts(bins);
            std::uint64_t n = 0;
            for (auto& count : counts) n += count = random.below(9);
            detector.update_counts(counts);
            double sum = 0;
            for (std::size_t b = 0; b < growth.size(); ++b) {
                double product = 1;
                for (std::size_t k = 0; k < bins; ++k)
                    product *= std::pow(detector.factor(b, k), static_cast<double>(counts[k]));
                sum += growth[b] = (growth[b] + static_cast<double>(n)) * product;
            }
            CHECK(detector.evidence() ==
                  Approx(sum / static_cast<double>(growth.size())).epsilon(1e-10));
        }
    }
}

TEST_CASE(
    "shape_e_detector: over all streams, the mean of the evidence after t samples is at most t") {
    // Exact: 3 categories and the 3 bins behind them, 6^5 streams, each with its probability under
    // the shares bet against. Without a leeway the bets are fair, so the mean is t itself.
    const auto reference = categories({600, 300, 100});
    const auto p = smoothed(reference);
    for (const double leeway : {0.0, 0.02}) {
        const shape_e_detector fresh(reference, {.leeway_psi = leeway, .reference_confidence = 0});
        constexpr int t = 5;
        double mean = 0;
        for (int path = 0; path < 7776; ++path) {
            shape_e_detector detector = fresh;
            double probability = 1;
            for (int i = 0, rest = path; i < t; ++i, rest /= 6) {
                const auto bin = static_cast<std::size_t>(rest % 6);
                probability *= p[bin];
                detector.update_bin(bin);
            }
            mean += probability * detector.evidence();
        }
        if (leeway == 0) {
            CHECK(mean == Approx(t).epsilon(1e-10));
        } else {
            CHECK(mean < t);
            CHECK(mean > 1);
        }
    }
}

TEST_CASE("shape_e_detector: the leading bet says what changed") {
    const auto reference = [] {
        std::vector<double> edges;
        for (int k = 1; k < 16; ++k) edges.push_back(leeway::normal_quantile(k / 16.0));
        binned_counts counts(binning::intervals(edges));
        counts.update(normals(20'000, 1));
        return counts;
    }();
    const auto leading_after = [&](const std::vector<double>& stream) {
        shape_e_detector detector(reference);
        detector.update(stream);
        CHECK(detector.status() == detector_status::drift);
        return detector.leading();
    };
    const auto up = leading_after(normals(2'000, 2, 0.4));
    CHECK(up.aspect == shape_aspect::location);
    CHECK(up.up);
    CHECK_FALSE(leading_after(normals(2'000, 3, -0.4)).up);
    const auto wide = leading_after(normals(2'000, 4, 0, 1.5));
    CHECK(wide.aspect == shape_aspect::scale);
    CHECK(wide.up);
    CHECK_FALSE(leading_after(normals(2'000, 5, 0, 0.6)).up);

    auto with_missing = normals(500, 6);
    for (std::size_t i = 0; i < with_missing.size(); i += 10) with_missing[i] = no_value;
    const auto missing = leading_after(with_missing);
    CHECK(missing.aspect == shape_aspect::bin);
    CHECK(missing.bin == reference.bins().missing());
    CHECK(missing.growth > 1e6);

    // A reference in which a fifth is missing, a stream in which nothing is.
    binned_counts gaps(reference.shared_bins());
    gaps.merge(reference);
    gaps.update(std::vector<double>(5'000, no_value));
    shape_e_detector filled(gaps);
    filled.update(normals(500, 7));
    CHECK(filled.status() == detector_status::drift);
    CHECK(filled.leading().bin == reference.bins().missing());
    CHECK_FALSE(filled.leading().up);

    CHECK(to_string(shape_aspect::location) == "location");
    CHECK(to_string(shape_aspect::bin) == "bin");
    CHECK(shape_e_detector().leading().growth == 0);
}

TEST_CASE("shape_e_detector: a few unseen values alarm at once") {
    shape_e_detector detector(categories({6'000, 3'000, 1'000}), {.panel = 20});
    for (int i = 0; i < 2; ++i) detector.update(7.0);
    CHECK(detector.status() != detector_status::drift);
    detector.update(7.0);
    CHECK(detector.status() == detector_status::drift);
    CHECK(detector.leading().bin == detector.reference().bins().unseen());

    // A constant feature: anything else is unseen, and the constant itself is no evidence.
    shape_e_detector constant(values(leeway::feature_kind::numeric, {5'000}));
    constant.update(std::vector<double>(10'000, 0.0));
    CHECK(constant.status() == detector_status::stable);
    constant.update(std::vector<double>(5, 1.0));
    CHECK(constant.status() == detector_status::drift);
}

TEST_CASE("shape_e_detector: a leeway that allows everything leaves no bets") {
    shape_e_detector mute(equal_bins(4, 250), {.leeway_psi = 90});
    for (int i = 0; i < 1'000; ++i) mute.update(0.1);
    CHECK(mute.evidence() < 1e6);
    CHECK(mute.status() != detector_status::drift);
    // A larger leeway never makes a bet stronger.
    const shape_e_detector tight(equal_bins(4, 250), {.leeway_psi = 0.01});
    const shape_e_detector loose(equal_bins(4, 250), {.leeway_psi = 0.1});
    CHECK(loose.factor(0, 3) < tight.factor(0, 3));
}

TEST_CASE("shape_e_detector: growth is cut before it overflows, also in batches") {
    shape_e_detector detector(categories({9'999, 1}), {.false_alarm_every = 1e15});
    const std::size_t bins = detector.reference().bins().size();
    std::vector<std::uint64_t> counts(bins, 0);
    counts[detector.reference().bins().unseen()] = 1'000'000'000;
    for (int i = 0; i < 5; ++i) detector.update_counts(counts);
    CHECK(std::isfinite(detector.evidence()));
    CHECK(detector.evidence() > 1e200);
    for (int i = 0; i < 100; ++i) detector.update(5.0);
    CHECK(std::isfinite(detector.evidence()));
    CHECK(detector.defect().empty());
}

TEST_CASE("shape_e_detector: wrong options and an empty reference are named") {
    const auto message = [](const binned_counts& reference, shape_e_detector_options options) {
        try {
            shape_e_detector made(reference, options);
        } catch (const std::invalid_argument& wrong) {
            return std::string(wrong.what());
        }
        return std::string();
    };
    const auto reference = equal_bins(4, 10);
    CHECK(message(reference, {.leeway_psi = -1}) ==
          "shape_e_detector: leeway_psi is -1, expected 0 to 100");
    CHECK(message(reference, {.false_alarm_every = 0.5}).find("false_alarm_every") !=
          std::string::npos);
    CHECK(message(reference, {.reference_confidence = 1}).find("reference_confidence") !=
          std::string::npos);
    CHECK(message(reference, {.panel = 0}).find("panel") != std::string::npos);
    CHECK(message(equal_bins(4, 0), {}).find("number of rows") != std::string::npos);
    CHECK(message(reference, {}).empty());
}

TEST_CASE("shape_e_detector: a loaded state whose growth is impossible is refused") {
    const auto spoil = [](double with, std::size_t size) {
        return [=](std::string_view name, auto& field) {
            if constexpr (requires { field.assign(size, 0.5); }) {
                if (name == "growth") field.assign(size, with);
            }
        };
    };
    const shape_e_detector detector(uneven());
    for (const double with : {-1.0, no_value, 1e300, std::numeric_limits<double>::infinity()}) {
        shape_e_detector spoiled = detector;
        shape_e_detector::fields(spoiled, spoil(with, detector.bets()));
        CHECK_FALSE(spoiled.defect().empty());
        CHECK_FALSE(leeway::from_bytes<shape_e_detector>(leeway::to_bytes(spoiled)));
    }
    for (const std::size_t size : {std::size_t{0}, detector.bets() + 1}) {
        shape_e_detector spoiled = detector;
        shape_e_detector::fields(spoiled, spoil(0, size));
        CHECK_FALSE(leeway::from_bytes<shape_e_detector>(leeway::to_bytes(spoiled)));
    }
    // The place to load into is itself a legal state.
    const auto empty = leeway::from_bytes<shape_e_detector>(leeway::to_bytes(shape_e_detector()));
    REQUIRE(empty);
    CHECK(*empty == shape_e_detector());
}
