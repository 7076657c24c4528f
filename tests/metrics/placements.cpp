#include "leeway/metrics/placements.hpp"

#include <bit>
#include <functional>
#include <limits>

#include "laws/samples.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "oracle/metrics_states.hpp"

using namespace leeway;

namespace {

placements of(const scored_outcomes& rows) {
    return placements_of(rows.labels(), rows.scores(), rows.weights());
}

/// The same figures from sorted rows, group by group: the sums are integers, so every other way of
/// adding them up must give the same bits.
placements by_sorting(const std::vector<std::int32_t>& label, const std::vector<double>& score) {
    using detail::wide;
    std::vector<std::pair<double, std::int32_t>> rows(label.size());
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = {score[i] + 0.0, label[i]};
    std::sort(rows.begin(), rows.end());
    wide p = 0;
    for (const auto& row : rows) p += row.second != 0 ? 1 : 0;
    const wide n = rows.size() - p;
    wide below = 0, above = p;
    wide pairs = 0, positive_squares = 0, negative_squares = 0;
    for (std::size_t i = 0; i < rows.size();) {
        wide tied_p = 0, tied_n = 0;
        for (const double at = rows[i].first; i < rows.size() && rows[i].first == at; ++i) {
            (rows[i].second != 0 ? tied_p : tied_n) += 1;
        }
        above -= tied_p;
        const wide v = 2 * below + tied_n;
        const wide u = 2 * above + tied_p;
        pairs += tied_p * v;
        positive_squares += tied_p * v * v;
        negative_squares += tied_n * u * u;
        below += tied_n;
    }
    placements found;
    const double dp = found.positives = static_cast<double>(p);
    const double dn = found.negatives = static_cast<double>(n);
    if (p == 0 || n == 0) return found;
    found.effective_positives = dp;
    found.effective_negatives = dn;
    found.area = static_cast<double>(pairs) / (2 * dp * dn);
    if (p == 1 || n == 1) return found;
    const auto each = static_cast<std::uint64_t>(p);
    const auto other = static_cast<std::uint64_t>(n);
    found.variance = detail::sample_variance(pairs, positive_squares, each) / (4 * dn * dn) / dp +
                     detail::sample_variance(pairs, negative_squares, other) / (4 * dp * dp) / dn;
    return found;
}

bool same_bits(double a, double b) {
    return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
}

void check_same(const std::vector<std::int32_t>& label, const std::vector<double>& score) {
    const placements found = placements_of(label, score);
    const placements expected = by_sorting(label, score);
    CHECK(found.positives == expected.positives);
    CHECK(found.negatives == expected.negatives);
    CHECK(found.effective_positives == expected.effective_positives);
    CHECK(found.effective_negatives == expected.effective_negatives);
    CHECK(same_bits(found.area, expected.area));
    CHECK(same_bits(found.variance, expected.variance));
}

using draw = std::function<double(random_source&, bool)>;

/// How scores come: spread, tied, crowded near a point, over all magnitudes, apart by class.
const std::vector<std::pair<const char*, draw>>& kinds_of_scores() {
    static constexpr double largest = std::numeric_limits<double>::max();
    static const std::vector<std::pair<const char*, draw>> kinds{
        {"uniform", [](random_source& r, bool) { return r.uniform(); }},
        {"normal", [](random_source& r, bool positive) { return r.normal() + positive; }},
        {"three values", [](random_source& r, bool) { return static_cast<double>(r.below(3)); }},
        {"a hundred values",
         [](random_source& r, bool positive) {
             return static_cast<double>(r.below(positive ? 100 : 80)) / 100;
         }},
        {"constant", [](random_source&, bool) { return 0.25; }},
        {"zeros of both signs",
         [](random_source& r, bool) { return r.bernoulli(0.5) ? -0.0 : 0.0; }},
        {"crowded with outliers",
         [](random_source& r, bool positive) {
             return r.bernoulli(0.01) ? r.uniform() : 1e-6 * (r.normal() + positive);
         }},
        {"crowded and tied",
         [](random_source& r, bool) {
             return r.bernoulli(0.01) ? r.uniform() : 1e-6 * static_cast<double>(r.below(40));
         }},
        {"all magnitudes",
         [](random_source& r, bool positive) {
             return (r.normal() + positive) * std::exp(200 * r.normal());
         }},
        {"the ends of the range",
         [](random_source& r, bool) {
             const std::uint64_t which = r.below(4);
             return which == 0 ? largest : which == 1 ? -largest : r.normal();
         }},
        {"subnormal",
         [](random_source& r, bool) {
             return static_cast<double>(r.below(2000)) * std::numeric_limits<double>::denorm_min();
         }},
        {"neighbours",
         [](random_source& r, bool) {
             return 1 + static_cast<double>(r.below(500)) * std::numeric_limits<double>::epsilon();
         }},
        {"apart", [](random_source& r, bool positive) { return r.uniform() + positive; }},
        {"apart, wrong way round",
         [](random_source& r, bool positive) { return r.uniform() - positive; }},
    };
    return kinds;
}

}  // namespace

TEST_CASE("DeLong's variance equals that of all pairs") {
    std::size_t compared = 0;
    std::size_t undefined = 0;
    for (const auto& from : oracle::metric_cases("scores")) {
        if (!from.has("delong")) continue;
        const placements found = of(oracle::scored(from, scored_outcomes()));
        const double expected = from.numbers("delong").at(0);
        INFO("case '" << from.name << "' expected " << expected);
        if (std::isnan(expected)) {
            ++undefined;
            // Weights of 1e12 to 1 leave effective rows that are 1 but for rounding.
            CHECK((std::isnan(found.variance) ||
                   std::min(found.effective_positives, found.effective_negatives) < 1 + 1e-8));
            continue;
        }
        ++compared;
        // ep / (ep - 1) loses the digits of a class of barely more than one effective row.
        const double rows = std::min(found.effective_positives, found.effective_negatives) - 1;
        CHECK(found.variance == Approx(expected).epsilon(1e-11 + 1e-14 / rows).margin(1e-17));
    }
    CHECK(compared >= 200);
    CHECK(undefined >= 10);
}

TEST_CASE("the textbook example of a variance") {
    // Positives 3, 5, 7 and negatives 1, 4, 6, 6.5: V = 1/4, 2/4, 4/4; U = 3/3, 2/3, 1/3, 1/3.
    const std::vector<std::int32_t> label{1, 0, 1, 0, 1, 0, 0};
    const std::vector<double> score{3, 1, 5, 4, 7, 6, 6.5};
    const placements found = placements_of(label, score);
    CHECK(found.area == 7.0 / 12);
    const double v =
        (std::pow(0.25 - 7.0 / 12, 2) + std::pow(0.5 - 7.0 / 12, 2) + std::pow(1 - 7.0 / 12, 2)) /
        2;
    const double u = (std::pow(1 - 7.0 / 12, 2) + std::pow(2.0 / 3 - 7.0 / 12, 2) +
                      2 * std::pow(1.0 / 3 - 7.0 / 12, 2)) /
                     3;
    CHECK(found.variance == Approx(v / 3 + u / 4).epsilon(1e-14));
}

TEST_CASE("equal weights of any size give the unweighted figures") {
    scored_outcomes plain;
    scored_outcomes weighted;
    for (auto row : laws::probability_rows(500, false)) {
        row.score = std::round(row.score * 50) / 50;  // ties
        plain.update(row);
        row.weight = 0.3;
        weighted.update(row);
    }
    const placements a = of(plain);
    const placements b = of(weighted);
    CHECK(b.area == Approx(a.area).epsilon(1e-14));
    CHECK(b.variance == Approx(a.variance).epsilon(1e-12));
    CHECK(b.effective_positives == Approx(a.positives).epsilon(1e-13));
}

TEST_CASE("a class that is missing leaves the area undefined and the weight known") {
    const placements none = placements_of(std::vector<std::int32_t>{}, {});
    CHECK(none.positives + none.negatives == 0);
    CHECK(std::isnan(none.area));
    const std::vector<double> score{0.1, 0.2, 0.4};
    const std::vector<double> weight{1, 2, 4};
    const placements positive = placements_of(std::vector<std::int32_t>{1, 1, 1}, score, weight);
    CHECK(positive.positives == 7);
    CHECK(positive.negatives == 0);
    CHECK(std::isnan(positive.area));
}

TEST_CASE("the area is exact where doubles would round") {
    // 2^17 positives against 2^17 negatives, all pairs right but one tie: 1 - 2^-35 exactly, and
    // one less in the numerator would show.
    const std::size_t each = std::size_t{1} << 17;
    std::vector<std::int32_t> label(2 * each, 0);
    std::vector<double> score(2 * each);
    for (std::size_t i = 0; i < 2 * each; ++i) {
        label[i] = i < each ? 0 : 1;
        score[i] = static_cast<double>(i);
    }
    score[each] = static_cast<double>(each - 1);  // the lowest positive ties the highest negative
    CHECK(placements_of(label, score).area == 1 - std::ldexp(1.0, -35));
}

TEST_CASE("unweighted figures equal those of sorted rows bit for bit") {
    random_source random(20);
    for (const auto& [name, score_of] : kinds_of_scores()) {
        const auto compare = [&](std::size_t rows, double share, bool sorted) {
            INFO(name << ", " << rows << " rows, share " << share << (sorted ? ", sorted" : ""));
            std::vector<std::int32_t> label(rows);
            std::vector<double> score(rows);
            for (std::size_t i = 0; i < rows; ++i) {
                label[i] = random.bernoulli(share);
                score[i] = score_of(random, label[i] != 0);
            }
            if (sorted) std::sort(score.begin(), score.end());
            check_same(label, score);
        };
        for (const double share : {0.0, 0.02, 0.1, 0.5, 0.9, 1.0}) {
            for (const std::size_t rows : {1U, 2U, 3U, 10U, 64U, 129U, 500U})
                compare(rows, share, false);
        }
        for (int round = 0; round < 12; ++round) {
            compare(1 + random.below(5000), random.uniform(), round % 4 == 0);
        }
        compare(100'000, 0.1, false);
    }
}

TEST_CASE("a sample variance of integers keeps its digits at any offset") {
    using detail::wide;
    const std::uint64_t offset = std::uint64_t{1} << 40;
    wide sum = 0;
    wide squares = 0;
    for (const std::uint64_t d : {0U, 1U, 1U, 4U}) {
        sum += offset + d;
        squares += wide(offset + d) * (offset + d);
    }
    CHECK(detail::sample_variance(sum, squares, 4) == 3);  // mean 1.5, squares 2.25 + .5 + 6.25
}
