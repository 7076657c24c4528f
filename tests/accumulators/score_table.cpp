#include "leeway/accumulators/score_table.hpp"

#include "laws/accumulator.hpp"

using leeway::log_linear_layout;
using leeway::score_table;

namespace {

constexpr log_linear_layout small{2, -4, -1, false};

laws::promise<score_table> promised(double tolerance) {
    return {.tolerance = tolerance, .held = [](const score_table& table) {
                return table.negatives().total() + table.positives().total();
            }};
}

}  // namespace

TEST_CASE("score tables obey the laws of accumulators") {
    static_assert(leeway::Bounded<score_table>);
    static_assert(leeway::Decayable<score_table>);
    const auto make = [] { return score_table(small); };
    laws::accumulator(make, laws::probability_rows(3000, false), promised(0));
    laws::accumulator(make, laws::probability_rows(3000, true), promised(0));
    // Cells are plain sums: some hundred roundings of half an ulp each.
    laws::accumulator(make, laws::with_rough_weights(laws::probability_rows(3000, false)),
                      promised(1e-12));
}

TEST_CASE("score tables survive hostile bytes") {
    score_table state(log_linear_layout{0, -1, 0, false});
    state.update({1, 0.25});
    state.update({0, 0.75, 2.5});
    state.update({2, 0.75});
    laws::hostile_bytes(state, 5);
}

TEST_CASE("a score table keeps each class's scores apart") {
    score_table table(small);
    table.update({.label = 1, .score = 0.3});
    table.update({.label = 0, .score = 0.3, .weight = 2});
    table.update({.label = 1, .score = 1.0});
    table.update({.label = 1, .score = 17.0});  // no range is assumed
    CHECK(table.positives().cells()[small.index(0.3)] == 1);
    CHECK(table.negatives().cells()[small.index(0.3)] == 2);
    CHECK(table.positives().cells()[small.cells() - 1] == 2);
    CHECK(table.positives().total() == 3);
    CHECK(table.negatives().total() == 2);
    CHECK(table.layout() == small);
    CHECK(table.rejected().total() == 0);
}

TEST_CASE("the sizes of the two ready-made tables") {
    CHECK(score_table().bytes() < (1 << 20) + 200);
    CHECK(score_table(log_linear_layout::probabilities()).bytes() < (1 << 16));
}

TEST_CASE("score tables of different layouts refuse to merge") {
    score_table a(small), b(log_linear_layout{3, -4, -1, false});
    CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
    CHECK(a == score_table(small));
}

TEST_CASE("a saved table whose classes differ in layout is refused") {
    // Built field by field: each half is sound, the whole is not.
    struct forged {
        leeway::log_linear_histogram negatives{small};
        leeway::log_linear_histogram positives{log_linear_layout{3, -4, -1, false}};
        leeway::rejections rejected;
        static void fields(const forged& self, leeway::detail::byte_writer& visit) {
            visit("negatives", self.negatives);
            visit("positives", self.positives);
            visit("rejected", self.rejected);
        }
    };
    leeway::detail::byte_writer out;
    leeway::detail::begin_file(out, score_table::kind, 0);
    forged::fields(forged{}, out);
    const auto read = leeway::from_bytes<score_table>(leeway::detail::end_file(std::move(out)));
    REQUIRE_FALSE(read);
    CHECK(read.error().what.find("different layouts") != std::string::npos);
}

TEST_CASE("decay scales a score table") {
    score_table state(small), scaled(small);
    for (auto row : laws::probability_rows(200, true)) {
        state.update(row);
        row.weight *= 0.5;
        scaled.update(row);
    }
    state.decay(0.5);
    CHECK(state == scaled);
}

TEST_CASE("a score table of counted scores is the one that counted them") {
    score_table counted(small);
    for (const auto& row : laws::probability_rows(100, true)) counted.update(row);
    CHECK(score_table(counted.negatives(), counted.positives()) == counted);
    CHECK_THROWS_AS(score_table(counted.negatives(), leeway::log_linear_histogram()),
                    std::invalid_argument);
}
