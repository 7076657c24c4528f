#include "leeway/accumulators/error_histograms.hpp"

#include "laws/accumulator.hpp"

using leeway::error_histograms;
using leeway::log_linear_layout;

namespace {

constexpr log_linear_layout small{2, -4, 4, true};

/// The counts of rows tell weight 2 from the row twice, and are meant to.
std::vector<double> weights_of(const error_histograms& state) {
    std::vector<double> all{state.absolute_errors().cells().begin(),
                            state.absolute_errors().cells().end()};
    all.insert(all.end(), state.targets().cells().begin(), state.targets().cells().end());
    all.push_back(state.sum_of_positive_errors());
    all.push_back(state.sum_of_negative_errors());
    return all;
}

const laws::promise<error_histograms> promised{
    .tolerance = 1e-12, .readings = weights_of, .held = [](const error_histograms& state) {
        return state.targets().total();
    }};

}  // namespace

TEST_CASE("error histograms obey the laws of accumulators") {
    static_assert(leeway::Bounded<error_histograms>);
    const auto make = [] { return error_histograms(small); };
    laws::accumulator(make, laws::regression_rows(3000, false), promised);
    laws::accumulator(make, laws::regression_rows(3000, true), promised);
}

TEST_CASE("error histograms survive hostile bytes") {
    error_histograms state(log_linear_layout{0, -1, 0, true});
    laws::hostile_bytes(state, 100);
    state.update({1, 0.4});
    state.update({-0.5, 2.0, 3});
    laws::hostile_bytes(state, 100);
}

TEST_CASE("errors are counted by size, targets by value") {
    error_histograms state(small);
    state.update({.target = 3, .prediction = 1, .weight = 2});
    state.update({.target = -1, .prediction = 1});
    const auto& errors = state.absolute_errors();
    CHECK(errors.cells()[errors.layout().index(2)] == 3);
    CHECK_FALSE(errors.layout().negative());
    CHECK(state.targets().cells()[small.index(3)] == 2);
    CHECK(state.targets().cells()[small.index(-1)] == 1);
    CHECK(state.sum_of_absolute_errors() == 6);
    CHECK(state.range().minimum().value() == -1);
    CHECK(state.range().maximum().value() == 3);
    CHECK_THROWS_AS(state.merge(error_histograms()), std::invalid_argument);
    CHECK(error_histograms().bytes() < 768 * 1024);
}

TEST_CASE("an error that overflows is the largest, and in no sum") {
    error_histograms state;
    state.update({.target = 1.7e308, .prediction = -1.7e308});
    CHECK(state.infinite() == 1);
    CHECK(state.sum_of_absolute_errors() == 0);
    CHECK(state.absolute_errors().cells().back() == 1);
    CHECK(state.rejected().total() == 0);
}
