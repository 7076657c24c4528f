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
double some_weight(leeway::random_source& random);

/// Normal values about `center`.
std::vector<leeway::plain_value> plain_rows(std::size_t n, double center = 0,
                                            std::uint64_t seed = 1);

std::vector<leeway::weighted_value> value_rows(std::size_t n, bool with_weights, double center = 0,
                                               std::uint64_t seed = 2);

std::vector<leeway::class_outcome> class_rows(std::size_t n, std::int32_t classes,
                                              bool with_weights, std::uint64_t seed = 3);

/// Decisions of two models that are right more often than not, and agree more than by chance.
std::vector<leeway::paired_outcome> paired_rows(std::size_t n, std::int32_t classes,
                                                bool with_weights, std::uint64_t seed = 7);

/// Scores in (0, 1), informative of the label.
std::vector<leeway::probability_outcome> probability_rows(std::size_t n, bool with_weights,
                                                          std::uint64_t seed = 4);

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
std::vector<leeway::probability_row> score_rows(std::size_t n, std::int32_t classes,
                                                bool with_weights, std::uint64_t seed = 8);

/// Labels of different frequency, predicted right more often than not.
std::vector<leeway::label_set> label_set_rows(std::size_t n, std::size_t labels, bool with_weights,
                                              std::uint64_t seed = 9);

std::vector<leeway::regression_outcome> regression_rows(std::size_t n, bool with_weights,
                                                        double center = 10, std::uint64_t seed = 5);

/// Decisions on members of groups that differ in their rates.
std::vector<leeway::grouped_outcome> grouped_rows(std::size_t n, std::int32_t groups,
                                                  bool with_weights, std::uint64_t seed = 8);

/// Intervals of random width that miss now and then.
std::vector<leeway::interval_outcome> interval_rows(std::size_t n, bool with_weights,
                                                    std::uint64_t seed = 7);

std::vector<leeway::normal_outcome> normal_rows(std::size_t n, bool with_weights,
                                                std::uint64_t seed = 8);

/// The rows of probability_rows, in groups.
std::vector<leeway::grouped_probability> grouped_probability_rows(std::size_t n,
                                                                  std::int32_t groups,
                                                                  bool with_weights);

/// Queries of 2 to 30 items with relevances 0 to 3 and tied scores; each has a relevant item and
/// one that is not, unless `any` is asked for. The items live as long as the program.
std::vector<leeway::ranked_query> ranked_rows(std::size_t n, bool with_weights, bool any = false,
                                              std::uint64_t seed = 7);

/// Exponential times, a third of them censored, with ties; the risk, in (0, 1), is informative.
std::vector<leeway::survival_outcome> survival_rows(std::size_t n, bool with_weights,
                                                    std::uint64_t seed = 7);

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
std::vector<bad_row<leeway::plain_value>> bad_rows(leeway::plain_value);

namespace detail {

/// Each bad weight; a row that is bad in another way too is counted under the first reason.
template <class Sample>
void add_bad_weights(std::vector<bad_row<Sample>>& bad, Sample good) {
    for (const double weight : {-1.0, -1e-300, 1e-300, 1e300, not_a_number, infinite, -infinite}) {
        good.weight = weight;
        bad.push_back({good, &leeway::rejections::weight});
    }
}

}  // namespace detail

std::vector<bad_row<leeway::weighted_value>> bad_rows(leeway::weighted_value good);

std::vector<bad_row<leeway::class_outcome>> bad_rows(leeway::class_outcome good);

std::vector<bad_row<leeway::paired_outcome>> bad_rows(leeway::paired_outcome good);

std::vector<bad_row<leeway::probability_outcome>> bad_rows(leeway::probability_outcome good);

/// As many scores as the good row has.
std::vector<bad_row<leeway::probability_row>> bad_rows(leeway::probability_row good);

/// As many labels as the good row has.
std::vector<bad_row<leeway::label_set>> bad_rows(leeway::label_set good);

std::vector<bad_row<leeway::regression_outcome>> bad_rows(leeway::regression_outcome good);

std::vector<bad_row<leeway::grouped_outcome>> bad_rows(leeway::grouped_outcome good);

std::vector<bad_row<leeway::interval_outcome>> bad_rows(leeway::interval_outcome good);

std::vector<bad_row<leeway::grouped_probability>> bad_rows(leeway::grouped_probability good);

std::vector<bad_row<leeway::normal_outcome>> bad_rows(leeway::normal_outcome good);

std::vector<bad_row<leeway::ranked_query>> bad_rows(leeway::ranked_query good);

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

std::vector<bad_row<leeway::survival_outcome>> bad_rows(leeway::survival_outcome good);

}  // namespace laws
