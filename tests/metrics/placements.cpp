#include "leeway/metrics/placements.hpp"

#include "laws/samples.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "oracle/metrics_states.hpp"

using namespace leeway;

namespace {

placements of(const scored_outcomes& rows) {
    return placements_of(rows.labels(), rows.scores(), rows.weights());
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
