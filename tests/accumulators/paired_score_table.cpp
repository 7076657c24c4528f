#include "leeway/accumulators/paired_score_table.hpp"

#include "laws/samples.hpp"

namespace laws {

template <>
class columns<leeway::paired_score_outcome> {
  public:
    explicit columns(const std::vector<leeway::paired_score_outcome>& rows, bool always = false)
        : label_(detail::column(rows, &leeway::paired_score_outcome::label)),
          first_(detail::column(rows, &leeway::paired_score_outcome::first)),
          second_(detail::column(rows, &leeway::paired_score_outcome::second)),
          weight_(detail::weights(rows, always)) {}
    [[nodiscard]] leeway::paired_score_outcome::columns view() const {
        return {label_, first_, second_, weight_};
    }

  private:
    std::vector<std::int32_t> label_;
    std::vector<double> first_;
    std::vector<double> second_;
    std::vector<double> weight_;
};

inline std::vector<bad_row<leeway::paired_score_outcome>> bad_rows(
    leeway::paired_score_outcome good) {
    using r = leeway::rejections;
    std::vector<bad_row<leeway::paired_score_outcome>> bad{
        {{1, not_a_number, 1, 1}, &r::missing}, {{0, 1, not_a_number, 1}, &r::missing},
        {{0, infinite, 1, 1}, &r::non_finite},  {{1, 1, -infinite, 1}, &r::non_finite},
        {{2, 0.5, 0.5, 1}, &r::label},          {{-1, 0.5, 0.5, 1}, &r::label}};
    detail::add_bad_weights(bad, good);
    return bad;
}

}  // namespace laws

// After the rows that it is to know.
#include "laws/accumulator.hpp"

using leeway::log_linear_layout;
using leeway::paired_score_outcome;
using leeway::paired_score_table;

namespace {

std::vector<paired_score_outcome> pairs(std::size_t n, bool weighted) {
    leeway::random_source random(15);
    std::vector<paired_score_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        rows.push_back({random.bernoulli(0.4) ? 1 : 0, random.uniform(), random.uniform(),
                        weighted ? laws::some_weight(random) : 1.0});
    }
    return rows;
}

/// A row of weight 2 has another square than two rows.
std::vector<double> weights_only(const paired_score_table& table) {
    std::vector<double> read;
    for (std::size_t i = 0; i < table.cells(); ++i) {
        for (std::size_t j = 0; j < table.cells(); ++j) {
            read.push_back(table.at(i, j).negatives);
            read.push_back(table.at(i, j).positives);
        }
    }
    return read;
}

}  // namespace

TEST_CASE("paired score tables obey the laws of accumulators") {
    static_assert(leeway::Bounded<paired_score_table>);
    static_assert(leeway::Decayable<paired_score_table>);
    const auto make = [] { return paired_score_table(log_linear_layout(1, -2, 0, false)); };
    const laws::promise<paired_score_table> exact{.frequency_readings = weights_only};
    laws::accumulator(make, pairs(2500, false), exact);
    laws::accumulator(make, pairs(2500, true), exact);
}

TEST_CASE("paired score tables survive hostile bytes") {
    paired_score_table state(log_linear_layout(0, 0, 0, false));
    state.update({1, 0.25, 1.5});
    state.update({0, 0.75, 0.5, 2.5});
    laws::hostile_bytes(state, 7);
}

TEST_CASE("a paired score table keeps pairs of cells and classes apart") {
    const log_linear_layout layout(2, -4, 0, false);
    paired_score_table table(layout);
    table.update({.label = 1, .first = 0.3, .second = 0.6, .weight = 3});
    table.update({.label = 0, .first = 0.3, .second = 0.6});
    table.update({.label = 1, .first = 0.6, .second = 0.3});
    const auto pair = table.at(layout.index(0.3), layout.index(0.6));
    CHECK(pair.positives == 3);
    CHECK(pair.squared_positives == 9);
    CHECK(pair.negatives == 1);
    CHECK(table.at(layout.index(0.6), layout.index(0.3)).positives == 1);
    CHECK(table.total() == 5);
    table.decay(0.5);
    CHECK(table.at(layout.index(0.3), layout.index(0.6)).squared_positives == 2.25);
    CHECK(table.total() == 2.5);
}

TEST_CASE("the size of a paired score table") {
    CHECK(paired_score_table().cells() == 47);
    CHECK(paired_score_table().bytes() < 70 * 1024);
    CHECK_THROWS_AS(paired_score_table(log_linear_layout::probabilities()), std::invalid_argument);
    paired_score_table a;
    CHECK_THROWS_AS(a.merge(paired_score_table(log_linear_layout(1, -2, 0, false))),
                    std::invalid_argument);
    CHECK_THROWS_AS(a.decay(2), std::invalid_argument);
}
