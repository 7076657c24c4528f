#include "laws/samples.hpp"

#include <cmath>
#include <deque>
#include <limits>
#include <utility>

namespace laws {

double some_weight(leeway::random_source& random) {
    return static_cast<double>(1 + random.below(8)) / 4;
}

std::vector<leeway::plain_value> plain_rows(std::size_t n, double center, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::plain_value> rows;
    for (std::size_t i = 0; i < n; ++i) rows.emplace_back(center + random.normal());
    return rows;
}

std::vector<leeway::weighted_value> value_rows(std::size_t n, bool with_weights, double center,
                                               std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::weighted_value> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double value = center + random.normal();
        rows.emplace_back(value, with_weights ? some_weight(random) : 1.0);
    }
    return rows;
}

std::vector<leeway::class_outcome> class_rows(std::size_t n, std::int32_t classes,
                                              bool with_weights, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::class_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const auto label =
            static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(classes)));
        const auto other =
            static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(classes)));
        rows.push_back({label, random.bernoulli(0.7) ? label : other,
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::paired_outcome> paired_rows(std::size_t n, std::int32_t classes,
                                                bool with_weights, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::paired_outcome> rows;
    const auto any = [&] {
        return static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(classes)));
    };
    for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t label = any();
        const std::int32_t first = random.bernoulli(0.7) ? label : any();
        const std::int32_t second = random.bernoulli(0.5) ? first : any();
        rows.push_back({label, first, second, with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::probability_outcome> probability_rows(std::size_t n, bool with_weights,
                                                          std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::probability_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double score = 1 / (1 + std::exp(-1.5 * random.normal()));
        rows.push_back(
            {random.bernoulli(score) ? 1 : 0, score, with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::probability_row> score_rows(std::size_t n, std::int32_t classes,
                                                bool with_weights, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::probability_row> rows;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<double> scores;
        for (std::int32_t c = 0; c < classes; ++c) {
            scores.push_back(static_cast<double>(random.below(16)) / 4 - 2);
        }
        const auto label = random.below(static_cast<std::uint64_t>(classes));
        scores[label] += 1;
        rows.push_back({static_cast<std::int32_t>(label), detail::kept(std::move(scores)),
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::label_set> label_set_rows(std::size_t n, std::size_t labels, bool with_weights,
                                              std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::label_set> rows;
    for (std::size_t i = 0; i < n; ++i) {
        std::vector<std::int32_t> label, prediction;
        for (std::size_t l = 0; l < labels; ++l) {
            const double share = static_cast<double>(l + 1) / static_cast<double>(labels + 1);
            label.push_back(random.bernoulli(share) ? 1 : 0);
            prediction.push_back(random.bernoulli(0.8) ? label.back() : 1 - label.back());
        }
        rows.push_back({detail::kept(std::move(label)), detail::kept(std::move(prediction)),
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::regression_outcome> regression_rows(std::size_t n, bool with_weights,
                                                        double center, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::regression_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double target = center + 2 * random.normal();
        rows.push_back(
            {target, target + random.normal(), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::grouped_outcome> grouped_rows(std::size_t n, std::int32_t groups,
                                                  bool with_weights, std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::grouped_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const auto group =
            static_cast<std::int32_t>(random.below(static_cast<std::uint64_t>(groups)));
        const std::int32_t label = random.bernoulli(0.5) ? 1 : 0;
        const double chance = 0.3 + 0.4 * label + 0.3 * group / groups;
        rows.push_back({group, label, random.bernoulli(chance) ? 1 : 0,
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::interval_outcome> interval_rows(std::size_t n, bool with_weights,
                                                    std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::interval_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double center = random.normal();
        rows.push_back({center + random.normal(), center - 2 * random.uniform(),
                        center + 2 * random.uniform(), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::normal_outcome> normal_rows(std::size_t n, bool with_weights,
                                                std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::normal_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        rows.push_back({random.normal(), random.normal(), 0.25 + random.uniform(),
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::grouped_probability> grouped_probability_rows(std::size_t n,
                                                                  std::int32_t groups,
                                                                  bool with_weights) {
    std::vector<leeway::grouped_probability> rows;
    for (const auto& row : probability_rows(n, with_weights)) {
        const auto group = static_cast<std::int32_t>(rows.size()) % groups;
        rows.push_back({group, row.label, row.score, row.weight});
    }
    return rows;
}

std::vector<leeway::ranked_query> ranked_rows(std::size_t n, bool with_weights, bool any,
                                              std::uint64_t seed) {
    static std::deque<std::vector<double>> items;
    leeway::random_source random(seed);
    std::vector<leeway::ranked_query> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const std::size_t length = 2 + random.below(29);
        auto& relevance = items.emplace_back();
        auto& score = items.emplace_back();
        for (std::size_t j = 0; j < length; ++j) {
            relevance.push_back(random.bernoulli(0.7) ? 0 : static_cast<double>(random.below(4)));
            score.push_back(std::floor(4 * (random.normal() + relevance.back())) / 4);
        }
        if (!any) {
            relevance[0] = 1;
            relevance[1] = 0;
        }
        rows.push_back({relevance, score, with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<leeway::survival_outcome> survival_rows(std::size_t n, bool with_weights,
                                                    std::uint64_t seed) {
    leeway::random_source random(seed);
    std::vector<leeway::survival_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double x = random.normal();
        const double event = -std::log(random.uniform() + 1e-12) * std::exp(-x);
        const double censored = -2 * std::log(random.uniform() + 1e-12);
        rows.push_back({std::floor(20 * std::fmin(event, censored)) / 4, event <= censored ? 1 : 0,
                        1 / (1 + std::exp(-std::floor(4 * (x + 0.5 * random.normal())) / 4)),
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

std::vector<bad_row<leeway::plain_value>> bad_rows(leeway::plain_value) {
    using r = leeway::rejections;
    return {{not_a_number, &r::missing}, {infinite, &r::non_finite}, {-infinite, &r::non_finite}};
}

std::vector<bad_row<leeway::weighted_value>> bad_rows(leeway::weighted_value good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::weighted_value>> bad{{{not_a_number, 1}, &r::missing},
                                                     {{infinite, 2}, &r::non_finite},
                                                     {{-infinite, 1}, &r::non_finite},
                                                     {{not_a_number, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::class_outcome>> bad_rows(leeway::class_outcome good) {
    using r = leeway::rejections;
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    std::vector<bad_row<leeway::class_outcome>> bad{{{-1, 0, 1}, &r::label},
                                                    {{0, -1, 1}, &r::label},
                                                    {{least, 1, 1}, &r::label},
                                                    {{1, most, 1}, &r::label},
                                                    {{most, least, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::paired_outcome>> bad_rows(leeway::paired_outcome good) {
    using r = leeway::rejections;
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    std::vector<bad_row<leeway::paired_outcome>> bad{
        {{-1, 0, 0, 1}, &r::label},    {{0, -1, 0, 1}, &r::label},    {{0, 0, -1, 1}, &r::label},
        {{most, 1, 1, 1}, &r::label},  {{1, least, 1, 1}, &r::label}, {{1, 1, most, 1}, &r::label},
        {{most, 0, 0, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::probability_outcome>> bad_rows(leeway::probability_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::probability_outcome>> bad{
        {{1, not_a_number, 1}, &r::missing}, {{0, infinite, 1}, &r::non_finite},
        {{1, -infinite, 1}, &r::non_finite}, {{2, 0.5, 1}, &r::label},
        {{-1, 0.5, 1}, &r::label},           {{7, not_a_number, 1}, &r::missing}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::probability_row>> bad_rows(leeway::probability_row good) {
    using r = leeway::rejections;
    const auto with = [&](double first, double last) {
        std::vector<double> scores(good.scores.begin(), good.scores.end());
        scores.back() = last;
        scores.front() = first;
        return detail::kept(std::move(scores));
    };
    const auto classes = static_cast<std::int32_t>(good.scores.size());
    std::vector<bad_row<leeway::probability_row>> bad{
        {{0, with(not_a_number, 1), 1}, &r::missing},
        {{0, with(0, infinite), 1}, &r::non_finite},
        {{0, with(-infinite, 1), 1}, &r::non_finite},
        {{-1, good.scores, 1}, &r::label},
        {{classes, good.scores, 1}, &r::label},
        {{classes, with(0, not_a_number), 1}, &r::missing}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::label_set>> bad_rows(leeway::label_set good) {
    using r = leeway::rejections;
    const auto with = [&](std::int32_t last) {
        std::vector<std::int32_t> labels(good.label.begin(), good.label.end());
        labels.back() = last;
        return detail::kept(std::move(labels));
    };
    std::vector<bad_row<leeway::label_set>> bad{{{with(2), good.prediction, 1}, &r::label},
                                                {{good.label, with(-1), 1}, &r::label},
                                                {{good.label, with(1 << 30), 1}, &r::label},
                                                {{with(3), good.prediction, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::regression_outcome>> bad_rows(leeway::regression_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::regression_outcome>> bad{{{not_a_number, 1, 1}, &r::missing},
                                                         {{1, not_a_number, 1}, &r::missing},
                                                         {{infinite, not_a_number, 1}, &r::missing},
                                                         {{infinite, 1, 1}, &r::non_finite},
                                                         {{1, -infinite, 1}, &r::non_finite}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::grouped_outcome>> bad_rows(leeway::grouped_outcome good) {
    using r = leeway::rejections;
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    std::vector<bad_row<leeway::grouped_outcome>> bad{
        {{0, 2, 0, 1}, &r::label},     {{0, 0, 2, 1}, &r::label},     {{1, -1, 0, 1}, &r::label},
        {{0, 1, least, 1}, &r::label}, {{-1, most, 1, 1}, &r::label}, {{0, 3, 3, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::interval_outcome>> bad_rows(leeway::interval_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::interval_outcome>> bad{
        {{not_a_number, 0, 1, 1}, &r::missing},
        {{0, infinite, not_a_number, 1}, &r::missing},
        {{infinite, 0, 1, 1}, &r::non_finite},
        {{0, -infinite, 1, 1}, &r::non_finite},
        {{0, 1, 0, 1}, &r::range},
        {{0, -1.5e308, 1.5e308, 1}, &r::non_finite}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::grouped_probability>> bad_rows(leeway::grouped_probability good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::grouped_probability>> bad{{{0, 1, not_a_number, 1}, &r::missing},
                                                          {{1, 0, infinite, 1}, &r::non_finite},
                                                          {{0, 2, 0.5, 1}, &r::label},
                                                          {{-1, -1, 0.5, 1}, &r::label},
                                                          {{0, 1, 1.5, 1}, &r::range},
                                                          {{0, 0, -1e-9, 1}, &r::range}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::normal_outcome>> bad_rows(leeway::normal_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::normal_outcome>> bad{{{not_a_number, 0, 1, 1}, &r::missing},
                                                     {{0, 0, not_a_number, 1}, &r::missing},
                                                     {{0, infinite, 1, 1}, &r::non_finite},
                                                     {{0, 0, infinite, 1}, &r::non_finite},
                                                     {{0, 1, 0, 1}, &r::range},
                                                     {{0, 1, -1, 1}, &r::range}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::ranked_query>> bad_rows(leeway::ranked_query good) {
    using r = leeway::rejections;
    static const double fine[] = {1, 2};
    static const double nan[] = {1, not_a_number};
    static const double huge[] = {infinite, 1};
    static const double deep[] = {1, -infinite};
    static const double both[] = {infinite, not_a_number};
    static const double negative[] = {1, -1};
    std::vector<bad_row<leeway::ranked_query>> bad{
        {{fine, nan, 1}, &r::missing},     {{nan, fine, 1}, &r::missing},
        {{fine, both, 1}, &r::missing},    {{huge, nan, 1}, &r::missing},
        {{fine, deep, 1}, &r::non_finite}, {{huge, fine, 1}, &r::non_finite},
        {{deep, huge, 1}, &r::non_finite}, {{negative, fine, 1}, &r::label},
        {{nan, fine, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

std::vector<bad_row<leeway::survival_outcome>> bad_rows(leeway::survival_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::survival_outcome>> bad{{{not_a_number, 1, 1, 1}, &r::missing},
                                                       {{1, 0, not_a_number, 1}, &r::missing},
                                                       {{infinite, 1, 1, 1}, &r::non_finite},
                                                       {{1, 1, -infinite, 1}, &r::non_finite},
                                                       {{1, 2, 1, 1}, &r::label},
                                                       {{-1, -1, 1, 1}, &r::label},
                                                       {{-1e-300, 1, 1, 1}, &r::range},
                                                       {{-3, 0, 1, 1}, &r::range}};
    detail::add_bad_weights(bad, good);
    return bad;
}

}  // namespace laws
