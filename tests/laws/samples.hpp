// Rows for the laws: a batch that owns its columns, seeded rows of every sample type, and the rows
// that a state must refuse.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/slice_key.hpp"

namespace laws {

inline constexpr double not_a_number = std::numeric_limits<double>::quiet_NaN();
inline constexpr double infinite = std::numeric_limits<double>::infinity();

/// Whether the rows carry a weight.
template <class Sample>
inline constexpr bool weighted = requires(Sample row) {
    row.weight;
};

/// Owns the columns of some rows. Weights are left out when all are 1, unless asked for.
template <class Sample>
class columns;
template <class Sample>
columns(const std::vector<Sample>&) -> columns<Sample>;

namespace detail {

template <class Sample>
bool needs_weights(const std::vector<Sample>& rows) {
    for (const Sample& row : rows) {
        if (row.weight != 1) return true;
    }
    return false;
}

template <class T, class Sample>
std::vector<T> column(const std::vector<Sample>& rows, T Sample::*member) {
    std::vector<T> values;
    for (const Sample& row : rows) values.push_back(row.*member);
    return values;
}

template <class Sample>
std::vector<double> weights(const std::vector<Sample>& rows, bool always) {
    if (!always && !needs_weights(rows)) return {};
    return column(rows, &Sample::weight);
}

}  // namespace detail

template <>
class columns<leeway::plain_value> {
  public:
    explicit columns(const std::vector<leeway::plain_value>& rows, bool = false)
        : value_(detail::column(rows, &leeway::plain_value::value)) {}
    [[nodiscard]] leeway::plain_value::columns view() const { return {value_}; }

  private:
    std::vector<double> value_;
};

template <>
class columns<leeway::weighted_value> {
  public:
    explicit columns(const std::vector<leeway::weighted_value>& rows, bool always = false)
        : value_(detail::column(rows, &leeway::weighted_value::value)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::weighted_value::columns view() const { return {value_, weight_}; }

  private:
    std::vector<double> value_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::class_outcome> {
  public:
    explicit columns(const std::vector<leeway::class_outcome>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::class_outcome::label)),
          prediction_(detail::column(rows, &leeway::class_outcome::prediction)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::class_outcome::columns view() const {
        return {label_, prediction_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<std::int32_t> prediction_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::paired_outcome> {
  public:
    explicit columns(const std::vector<leeway::paired_outcome>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::paired_outcome::label)),
          first_(detail::column(rows, &leeway::paired_outcome::first)),
          second_(detail::column(rows, &leeway::paired_outcome::second)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::paired_outcome::columns view() const {
        return {label_, first_, second_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<std::int32_t> first_;
    std::vector<std::int32_t> second_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::probability_outcome> {
  public:
    explicit columns(const std::vector<leeway::probability_outcome>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::probability_outcome::label)),
          score_(detail::column(rows, &leeway::probability_outcome::score)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::probability_outcome::columns view() const {
        return {label_, score_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<double> score_;
    std::vector<double> weight_;
};

/// The rows must have one number of scores.
template <>
class columns<leeway::probability_row> {
  public:
    explicit columns(const std::vector<leeway::probability_row>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::probability_row::label)),
          weight_(detail::weights(rows, always)) {
        for (const auto& row : rows)
            scores_.insert(scores_.end(), row.scores.begin(), row.scores.end());
    }
    [[nodiscard]] leeway::probability_row::columns view() const {
        return {label_, scores_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<double> scores_;
    std::vector<double> weight_;
};

/// The rows must have one number of labels.
template <>
class columns<leeway::label_set> {
  public:
    explicit columns(const std::vector<leeway::label_set>& rows, bool always = false)
        : labels_(rows.empty() ? 1 : rows.front().label.size()),
          weight_(detail::weights(rows, always)) {
        for (const auto& row : rows) {
            label_.insert(label_.end(), row.label.begin(), row.label.end());
            prediction_.insert(prediction_.end(), row.prediction.begin(), row.prediction.end());
        }
    }
    [[nodiscard]] leeway::label_set::columns view() const {
        return {labels_, label_, prediction_, weight_};
    }

  private:
    std::size_t labels_;
    std::vector<std::int32_t> label_;
    std::vector<std::int32_t> prediction_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::grouped_outcome> {
  public:
    explicit columns(const std::vector<leeway::grouped_outcome>& rows, bool always = false)
        : group_(detail::column(rows, &leeway::grouped_outcome::group)),
          label_(detail::column(rows, &leeway::grouped_outcome::label)),
          prediction_(detail::column(rows, &leeway::grouped_outcome::prediction)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::grouped_outcome::columns view() const {
        return {group_, label_, prediction_, weight_};
    }

  private:
    std::vector<std::int32_t> group_;
    std::vector<std::int32_t> label_;
    std::vector<std::int32_t> prediction_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::grouped_probability> {
  public:
    explicit columns(const std::vector<leeway::grouped_probability>& rows, bool always = false)
        : group_(detail::column(rows, &leeway::grouped_probability::group)),
          label_(detail::column(rows, &leeway::grouped_probability::label)),
          score_(detail::column(rows, &leeway::grouped_probability::score)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::grouped_probability::columns view() const {
        return {group_, label_, score_, weight_};
    }

  private:
    std::vector<std::int32_t> group_;
    std::vector<std::int32_t> label_;
    std::vector<double> score_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::ranked_query> {
  public:
    explicit columns(const std::vector<leeway::ranked_query>& rows, bool always = false)
        : weight_(detail::weights(rows, always)) {
        for (const auto& query : rows) {
            relevances_.insert(relevances_.end(), query.relevance.begin(), query.relevance.end());
            scores_.insert(scores_.end(), query.score.begin(), query.score.end());
            offsets_.push_back(scores_.size());
        }
    }
    [[nodiscard]] leeway::ranked_query::columns view() const {
        return {relevances_, scores_, offsets_, weight_};
    }

  private:
    std::vector<double> relevances_;
    std::vector<double> scores_;
    std::vector<std::size_t> offsets_{0};
    std::vector<double> weight_;
};

template <>
class columns<leeway::regression_outcome> {
  public:
    explicit columns(const std::vector<leeway::regression_outcome>& rows, bool always = false)
        : target_(detail::column(rows, &leeway::regression_outcome::target)),
          prediction_(detail::column(rows, &leeway::regression_outcome::prediction)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::regression_outcome::columns view() const {
        return {target_, prediction_, weight_};
    }

  private:
    std::vector<double> target_;
    std::vector<double> prediction_;
    std::vector<double> weight_;
};

template <class Sample>
class columns<leeway::sliced_sample<Sample>> {
  public:
    explicit columns(const std::vector<leeway::sliced_sample<Sample>>& rows, bool always = false)
        : keys_(keys_of(rows)), samples_(samples_of(rows), always) {}
    [[nodiscard]] typename leeway::sliced_sample<Sample>::columns view() const {
        return {keys_, samples_.view()};
    }

  private:
    static std::vector<leeway::slice_key> keys_of(
        const std::vector<leeway::sliced_sample<Sample>>& rows) {
        std::vector<leeway::slice_key> keys;
        for (const auto& row : rows) keys.push_back(row.key);
        return keys;
    }
    static std::vector<Sample> samples_of(const std::vector<leeway::sliced_sample<Sample>>& rows) {
        std::vector<Sample> samples;
        for (const auto& row : rows) samples.push_back(row.sample);
        return samples;
    }

    std::vector<leeway::slice_key> keys_;
    columns<Sample> samples_;
};

template <>
class columns<leeway::interval_outcome> {
  public:
    explicit columns(const std::vector<leeway::interval_outcome>& rows, bool always = false)
        : target_(detail::column(rows, &leeway::interval_outcome::target)),
          lower_(detail::column(rows, &leeway::interval_outcome::lower)),
          upper_(detail::column(rows, &leeway::interval_outcome::upper)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::interval_outcome::columns view() const {
        return {target_, lower_, upper_, weight_};
    }

  private:
    std::vector<double> target_;
    std::vector<double> lower_;
    std::vector<double> upper_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::normal_outcome> {
  public:
    explicit columns(const std::vector<leeway::normal_outcome>& rows, bool always = false)
        : target_(detail::column(rows, &leeway::normal_outcome::target)),
          mean_(detail::column(rows, &leeway::normal_outcome::mean)),
          deviation_(detail::column(rows, &leeway::normal_outcome::deviation)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::normal_outcome::columns view() const {
        return {target_, mean_, deviation_, weight_};
    }

  private:
    std::vector<double> target_;
    std::vector<double> mean_;
    std::vector<double> deviation_;
    std::vector<double> weight_;
};

template <>
class columns<leeway::survival_outcome> {
  public:
    explicit columns(const std::vector<leeway::survival_outcome>& rows, bool always = false)
        : time_(detail::column(rows, &leeway::survival_outcome::time)),
          event_(detail::column(rows, &leeway::survival_outcome::event)),
          risk_(detail::column(rows, &leeway::survival_outcome::risk)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::survival_outcome::columns view() const {
        return {time_, event_, risk_, weight_};
    }

  private:
    std::vector<double> time_;
    std::vector<std::int32_t> event_;
    std::vector<double> risk_;
    std::vector<double> weight_;
};

/// Weights that are exact in binary and so are their sums: 1/4 to 2.
inline double some_weight(leeway::random_source& random) {
    return static_cast<double>(1 + random.below(8)) / 4;
}

/// Normal values about `center`.
inline std::vector<leeway::plain_value> plain_rows(std::size_t n, double center = 0,
                                                   std::uint64_t seed = 1) {
    leeway::random_source random(seed);
    std::vector<leeway::plain_value> rows;
    for (std::size_t i = 0; i < n; ++i) rows.emplace_back(center + random.normal());
    return rows;
}

inline std::vector<leeway::weighted_value> value_rows(std::size_t n, bool with_weights,
                                                      double center = 0, std::uint64_t seed = 2) {
    leeway::random_source random(seed);
    std::vector<leeway::weighted_value> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double value = center + random.normal();
        rows.emplace_back(value, with_weights ? some_weight(random) : 1.0);
    }
    return rows;
}

inline std::vector<leeway::class_outcome> class_rows(std::size_t n, std::int32_t classes,
                                                     bool with_weights, std::uint64_t seed = 3) {
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

/// Decisions of two models that are right more often than not, and agree more than by chance.
inline std::vector<leeway::paired_outcome> paired_rows(std::size_t n, std::int32_t classes,
                                                       bool with_weights, std::uint64_t seed = 7) {
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

/// Scores in (0, 1), informative of the label.
inline std::vector<leeway::probability_outcome> probability_rows(std::size_t n, bool with_weights,
                                                                 std::uint64_t seed = 4) {
    leeway::random_source random(seed);
    std::vector<leeway::probability_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double score = 1 / (1 + std::exp(-1.5 * random.normal()));
        rows.push_back(
            {random.bernoulli(score) ? 1 : 0, score, with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

namespace detail {

/// Keeps the numbers that rows of spans look at, to the end of the program.
template <class T>
std::span<const T> kept(std::vector<T> values) {
    static std::deque<std::vector<T>> all;
    all.push_back(std::move(values));
    return all.back();
}

}  // namespace detail

/// Scores for every class, some of them tied, the label's larger than others.
inline std::vector<leeway::probability_row> score_rows(std::size_t n, std::int32_t classes,
                                                       bool with_weights, std::uint64_t seed = 8) {
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

/// Labels of different frequency, predicted right more often than not.
inline std::vector<leeway::label_set> label_set_rows(std::size_t n, std::size_t labels,
                                                     bool with_weights, std::uint64_t seed = 9) {
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

inline std::vector<leeway::regression_outcome> regression_rows(std::size_t n, bool with_weights,
                                                               double center = 10,
                                                               std::uint64_t seed = 5) {
    leeway::random_source random(seed);
    std::vector<leeway::regression_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double target = center + 2 * random.normal();
        rows.push_back(
            {target, target + random.normal(), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

/// Decisions on members of groups that differ in their rates.
inline std::vector<leeway::grouped_outcome> grouped_rows(std::size_t n, std::int32_t groups,
                                                         bool with_weights,
                                                         std::uint64_t seed = 8) {
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

/// Intervals of random width that miss now and then.
inline std::vector<leeway::interval_outcome> interval_rows(std::size_t n, bool with_weights,
                                                           std::uint64_t seed = 7) {
    leeway::random_source random(seed);
    std::vector<leeway::interval_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const double center = random.normal();
        rows.push_back({center + random.normal(), center - 2 * random.uniform(),
                        center + 2 * random.uniform(), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

inline std::vector<leeway::normal_outcome> normal_rows(std::size_t n, bool with_weights,
                                                       std::uint64_t seed = 8) {
    leeway::random_source random(seed);
    std::vector<leeway::normal_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        rows.push_back({random.normal(), random.normal(), 0.25 + random.uniform(),
                        with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

/// The rows of probability_rows, in groups.
inline std::vector<leeway::grouped_probability> grouped_probability_rows(std::size_t n,
                                                                         std::int32_t groups,
                                                                         bool with_weights) {
    std::vector<leeway::grouped_probability> rows;
    for (const auto& row : probability_rows(n, with_weights)) {
        const auto group = static_cast<std::int32_t>(rows.size()) % groups;
        rows.push_back({group, row.label, row.score, row.weight});
    }
    return rows;
}

/// Queries of 2 to 30 items with relevances 0 to 3 and tied scores; each has a relevant item and
/// one that is not, unless `any` is asked for. The items live as long as the program.
inline std::vector<leeway::ranked_query> ranked_rows(std::size_t n, bool with_weights,
                                                     bool any = false, std::uint64_t seed = 7) {
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

/// Exponential times, a third of them censored, with ties; the risk, in (0, 1), is informative.
inline std::vector<leeway::survival_outcome> survival_rows(std::size_t n, bool with_weights,
                                                           std::uint64_t seed = 7) {
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

/// Whole-number weights keep sums exact; these do not.
template <class Sample>
std::vector<Sample> with_rough_weights(std::vector<Sample> rows, std::uint64_t seed = 6) {
    leeway::random_source random(seed);
    for (Sample& row : rows) row.weight = 0.1 + random.uniform();
    return rows;
}

/// A row that must be refused, and the counter it belongs to.
template <class Sample>
struct bad_row {
    Sample row;
    std::uint64_t leeway::rejections::*reason;
};

/// The bad forms of a good row: those that every state of this sample type refuses.
inline std::vector<bad_row<leeway::plain_value>> bad_rows(leeway::plain_value) {
    using r = leeway::rejections;
    return {{not_a_number, &r::missing}, {infinite, &r::non_finite}, {-infinite, &r::non_finite}};
}

namespace detail {

/// Each bad weight; a row that is bad in another way too is counted under the first reason.
template <class Sample>
void add_bad_weights(std::vector<bad_row<Sample>>& bad, Sample good) {
    for (const double weight : {-1.0, -1e-300, not_a_number, infinite, -infinite}) {
        good.weight = weight;
        bad.push_back({good, &leeway::rejections::weight});
    }
}

}  // namespace detail

inline std::vector<bad_row<leeway::weighted_value>> bad_rows(leeway::weighted_value good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::weighted_value>> bad{{{not_a_number, 1}, &r::missing},
                                                     {{infinite, 2}, &r::non_finite},
                                                     {{-infinite, 1}, &r::non_finite},
                                                     {{not_a_number, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

inline std::vector<bad_row<leeway::class_outcome>> bad_rows(leeway::class_outcome good) {
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

inline std::vector<bad_row<leeway::paired_outcome>> bad_rows(leeway::paired_outcome good) {
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

inline std::vector<bad_row<leeway::probability_outcome>> bad_rows(
    leeway::probability_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::probability_outcome>> bad{
        {{1, not_a_number, 1}, &r::missing}, {{0, infinite, 1}, &r::non_finite},
        {{1, -infinite, 1}, &r::non_finite}, {{2, 0.5, 1}, &r::label},
        {{-1, 0.5, 1}, &r::label},           {{7, not_a_number, 1}, &r::missing}};
    detail::add_bad_weights(bad, good);
    return bad;
}

/// As many scores as the good row has.
inline std::vector<bad_row<leeway::probability_row>> bad_rows(leeway::probability_row good) {
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

/// As many labels as the good row has.
inline std::vector<bad_row<leeway::label_set>> bad_rows(leeway::label_set good) {
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

inline std::vector<bad_row<leeway::regression_outcome>> bad_rows(leeway::regression_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::regression_outcome>> bad{{{not_a_number, 1, 1}, &r::missing},
                                                         {{1, not_a_number, 1}, &r::missing},
                                                         {{infinite, not_a_number, 1}, &r::missing},
                                                         {{infinite, 1, 1}, &r::non_finite},
                                                         {{1, -infinite, 1}, &r::non_finite}};
    detail::add_bad_weights(bad, good);
    return bad;
}

inline std::vector<bad_row<leeway::grouped_outcome>> bad_rows(leeway::grouped_outcome good) {
    using r = leeway::rejections;
    constexpr auto least = std::numeric_limits<std::int32_t>::min();
    constexpr auto most = std::numeric_limits<std::int32_t>::max();
    std::vector<bad_row<leeway::grouped_outcome>> bad{
        {{0, 2, 0, 1}, &r::label},     {{0, 0, 2, 1}, &r::label},     {{1, -1, 0, 1}, &r::label},
        {{0, 1, least, 1}, &r::label}, {{-1, most, 1, 1}, &r::label}, {{0, 3, 3, -1}, &r::weight}};
    detail::add_bad_weights(bad, good);
    return bad;
}

inline std::vector<bad_row<leeway::interval_outcome>> bad_rows(leeway::interval_outcome good) {
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

inline std::vector<bad_row<leeway::grouped_probability>> bad_rows(
    leeway::grouped_probability good) {
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

inline std::vector<bad_row<leeway::normal_outcome>> bad_rows(leeway::normal_outcome good) {
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

inline std::vector<bad_row<leeway::ranked_query>> bad_rows(leeway::ranked_query good) {
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

/// Some slices are met often, others seldom.
template <class Sample>
std::vector<leeway::sliced_sample<Sample>> sliced_rows(const std::vector<Sample>& samples,
                                                       std::uint64_t slices,
                                                       std::uint64_t seed = 9) {
    leeway::random_source random(seed);
    std::vector<leeway::sliced_sample<Sample>> rows;
    for (const Sample& sample : samples) {
        rows.push_back({leeway::slice_key(random.below(1 + random.below(slices))), sample});
    }
    return rows;
}

template <class Sample>
std::vector<bad_row<leeway::sliced_sample<Sample>>> bad_rows(
    const leeway::sliced_sample<Sample>& good) {
    std::vector<bad_row<leeway::sliced_sample<Sample>>> bad;
    std::uint64_t key = 0;
    for (const auto& row : bad_rows(good.sample)) {
        bad.push_back({{leeway::slice_key(key++ % 5), row.row}, row.reason});
    }
    return bad;
}

inline std::vector<bad_row<leeway::survival_outcome>> bad_rows(leeway::survival_outcome good) {
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
