// Rows with a score for each class, for the laws. Include it before the suites.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <vector>

#include "laws/samples.hpp"

namespace laws {

template <>
class columns<leeway::probability_row> {
  public:
    explicit columns(const std::vector<leeway::probability_row>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::probability_row::label)),
          weight_(detail::weights(rows, always)) {
        for (const auto& row : rows) {
            score_.insert(score_.end(), row.scores.begin(), row.scores.end());
        }
    }
    [[nodiscard]] leeway::probability_row::columns view() const {
        return {label_, score_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<double> score_;
    std::vector<double> weight_;
};

namespace detail {

/// Scores that outlive every test: a row is a view.
inline std::span<const double> kept(std::vector<double> scores) {
    static std::deque<std::vector<double>> all;
    all.push_back(std::move(scores));
    return all.back();
}

}  // namespace detail

inline std::vector<bad_row<leeway::probability_row>> bad_rows(leeway::probability_row good) {
    using r = leeway::rejections;
    const auto with = [&](double score) {
        std::vector<double> scores(good.scores.begin(), good.scores.end());
        scores.back() = score;
        return leeway::probability_row{good.label, detail::kept(scores)};
    };
    const auto classes = static_cast<std::int32_t>(good.scores.size());
    std::vector<bad_row<leeway::probability_row>> bad{{with(not_a_number), &r::missing},
                                                      {with(infinite), &r::non_finite},
                                                      {with(-infinite), &r::non_finite},
                                                      {{-1, good.scores}, &r::label},
                                                      {{classes, good.scores}, &r::label}};
    detail::add_bad_weights(bad, good);
    return bad;
}

/// Probabilities of `classes` classes, informative of the label.
inline std::vector<leeway::probability_row> class_probability_rows(std::size_t n,
                                                                   std::size_t classes,
                                                                   bool with_weights,
                                                                   std::uint64_t seed = 7) {
    leeway::random_source random(seed);
    std::vector<leeway::probability_row> rows;
    for (std::size_t i = 0; i < n; ++i) {
        const auto label = static_cast<std::int32_t>(random.below(classes));
        std::vector<double> scores;
        double sum = 0;
        for (std::size_t c = 0; c < classes; ++c) {
            const double own = static_cast<std::size_t>(label) == c ? 1 : 0;
            sum += scores.emplace_back(std::exp(random.normal() + own));
        }
        for (double& score : scores) score /= sum;
        rows.push_back({label, detail::kept(scores), with_weights ? some_weight(random) : 1.0});
    }
    return rows;
}

}  // namespace laws
