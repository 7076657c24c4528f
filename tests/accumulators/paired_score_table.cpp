#include "leeway/accumulators/paired_score_table.hpp"

#include <algorithm>
#include <map>
#include <utility>

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
using leeway::paired_weights;

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
    const auto add = [&](const paired_weights& weights) {
        read.push_back(weights.negatives);
        read.push_back(weights.positives);
    };
    for (const auto& cell : table.first()) add(cell);
    for (const auto& cell : table.second()) add(cell);
    table.for_each_pair([&](std::size_t i, std::size_t j, const paired_weights& weights) {
        read.push_back(static_cast<double>(i));
        read.push_back(static_cast<double>(j));
        add(weights);
    });
    return read;
}

paired_weights weights_at(const paired_score_table& table, std::size_t i, std::size_t j) {
    paired_weights found;
    table.for_each_pair([&](std::size_t first, std::size_t second, const paired_weights& weights) {
        if (first == i && second == j) found = weights;
    });
    return found;
}

}  // namespace

TEST_CASE("paired score tables obey the laws of accumulators") {
    static_assert(leeway::Bounded<paired_score_table>);
    static_assert(leeway::Decayable<paired_score_table>);
    const laws::promise<paired_score_table> exact{.frequency_readings = weights_only};
    // Room for every pair, for hardly any of them, and for one.
    for (const std::size_t room : {256U, 20U, 1U}) {
        CAPTURE(room);
        const auto make = [room] {
            return paired_score_table(log_linear_layout(1, -4, 0, false), room);
        };
        laws::accumulator(make, pairs(2500, false), exact);
        laws::accumulator(make, pairs(2500, true), exact);
    }
}

TEST_CASE("paired score tables survive hostile bytes") {
    paired_score_table state(log_linear_layout(0, 0, 0, false), 3);
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
    const std::size_t low = layout.index(0.3);
    const std::size_t high = layout.index(0.6);
    CHECK(weights_at(table, low, high) == paired_weights{1, 1, 3, 9});
    CHECK(weights_at(table, high, low) == paired_weights{0, 0, 1, 1});
    CHECK(table.first()[low] == paired_weights{1, 1, 3, 9});
    CHECK(table.second()[low] == paired_weights{0, 0, 1, 1});
    CHECK(table.used() == 2);
    CHECK(table.level() == 0);
    CHECK(table.total() == 5);
    table.decay(0.5);
    CHECK(weights_at(table, low, high).squared_positives == 2.25);
    CHECK(table.total() == 2.5);
    table.decay(0);
    CHECK(table == paired_score_table(layout));
}

TEST_CASE("blocks double until the pairs fit, and nothing is lost") {
    const auto rows = pairs(5000, false);
    const log_linear_layout layout(4, -6, 0, false);
    paired_score_table roomy(layout, 1 << 14);
    paired_score_table narrow(layout, 100);
    for (const auto& row : rows) {
        roomy.update(row);
        narrow.update(row);
    }
    CHECK(roomy.level() == 0);
    CHECK(roomy.used() > 2000);
    CHECK(narrow.level() > 0);
    CHECK(narrow.used() <= 100);
    CHECK(std::equal(roomy.first().begin(), roomy.first().end(), narrow.first().begin()));
    // Each block's pair is the sum of the pairs of cells in it; one level less would not have fit.
    std::map<std::pair<std::size_t, std::size_t>, paired_weights> blocks, finer;
    roomy.for_each_pair([&](std::size_t i, std::size_t j, const paired_weights& weights) {
        blocks[{i >> narrow.level(), j >> narrow.level()}].add(weights);
        finer[{i >> (narrow.level() - 1), j >> (narrow.level() - 1)}].add(weights);
    });
    CHECK(finer.size() > 100);
    CHECK(blocks.size() == narrow.used());
    narrow.for_each_pair([&](std::size_t i, std::size_t j, const paired_weights& weights) {
        CHECK(blocks.at({i, j}) == weights);
    });
}

TEST_CASE("the size of a paired score table") {
    CHECK(paired_score_table().cells() == 3203);
    CHECK(paired_score_table().room() == 4096);
    CHECK(paired_score_table().bytes() < 362 * 1024);
    CHECK(paired_score_table(log_linear_layout::any()).cells() == 65027);
    CHECK_THROWS_AS(paired_score_table(log_linear_layout(9, -100, 100, false)),
                    std::invalid_argument);
    CHECK_THROWS_AS(paired_score_table(log_linear_layout::probabilities(), 0),
                    std::invalid_argument);
    paired_score_table a;
    CHECK_THROWS_AS(a.merge(paired_score_table(log_linear_layout(1, -2, 0, false))),
                    std::invalid_argument);
    CHECK_THROWS_AS(a.merge(paired_score_table(log_linear_layout::probabilities(), 64)),
                    std::invalid_argument);
    CHECK_THROWS_AS(a.decay(2), std::invalid_argument);
}
