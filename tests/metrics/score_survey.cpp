#include "leeway/metrics/score_survey.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

#include "leeway/core/random.hpp"
#include "support/catch.hpp"

using leeway::score_survey;
using leeway::survey_of;

namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

struct rows {
    std::vector<std::int32_t> label;
    std::vector<double> score;
};

rows drawn(std::size_t n) {
    leeway::random_source random(31);
    rows made;
    for (std::size_t i = 0; i < n; ++i) {
        made.label.push_back(random.bernoulli(0.3) ? 1 : 0);
        made.score.push_back(5 * random.normal());
    }
    return made;
}

}  // namespace

TEST_CASE("a survey counts positives and finds the range, in blocks and beyond") {
    for (const std::size_t n :
         {std::size_t{1}, std::size_t{1023}, std::size_t{1024}, std::size_t{2500}}) {
        const rows made = drawn(n);
        score_survey expected;
        for (std::size_t i = 0; i < n; ++i) {
            expected.positives += made.label[i] == 1 ? 1U : 0U;
            expected.low = std::fmin(expected.low, made.score[i]);
            expected.high = std::fmax(expected.high, made.score[i]);
        }
        CAPTURE(n);
        CHECK(survey_of(made.label, made.score) == expected);
    }
    CHECK(survey_of({}, {}) == score_survey());
}

TEST_CASE("no bad row goes unseen, wherever it is") {
    for (std::size_t at = 0; at < 1100; ++at) {
        const auto is_good = [&](std::int32_t label, double score) {
            rows made = drawn(1100);
            made.label[at] = label;
            made.score[at] = score;
            return survey_of(made.label, made.score).good;
        };
        CAPTURE(at);
        CHECK_FALSE(is_good(2, 0));
        CHECK_FALSE(is_good(-1, 0));
        CHECK_FALSE(is_good(0, std::nan("")));
        CHECK_FALSE(is_good(1, infinity));
        CHECK_FALSE(is_good(1, -infinity));
        if (at % 100 == 0) CHECK(is_good(1, std::numeric_limits<double>::max()));
    }
}

TEST_CASE("surveys of parts make that of the whole") {
    rows made = drawn(3000);
    const score_survey whole = survey_of(made.label, made.score);
    const auto part = [&](std::size_t first, std::size_t n) {
        return survey_of(std::span(made.label).subspan(first, n),
                         std::span(made.score).subspan(first, n));
    };
    score_survey merged = part(0, 1700);
    merged.merge(part(1700, 1300));
    CHECK(merged == whole);
    made.label[2000] = 5;
    merged.merge(part(1700, 1300));
    CHECK_FALSE(merged.good);
}
