#include "leeway/accumulators/binned_counts.hpp"

#include <memory>
#include <string>
#include <vector>

#include "laws/accumulator.hpp"

using leeway::binned_counts;
using leeway::binning;

namespace {

binning categories(bool complete) {
    return binning::values(leeway::feature_kind::categorical, {0, 1, 2, 5}, {0, 1, 1, 2}, 4,
                           complete);
}

}  // namespace

TEST_CASE("binned counts obey the laws of accumulators") {
    static_assert(leeway::Bounded<binned_counts>);
    const auto bins = std::make_shared<const binning>(binning::intervals({-1, 0, 0.5, 2}));
    laws::accumulator([&] { return binned_counts(bins); }, laws::plain_rows(3000));
    // Equal bins that are not the same object.
    laws::accumulator(
        [] {
            return binned_counts(binning::intervals({-1, 0, 0.5, 2}));
        },
        laws::plain_rows(3000));
    auto rows = laws::plain_rows(3000);
    for (auto& row : rows) row = std::floor(3 * row.value);
    laws::accumulator([] { return binned_counts(categories(true)); }, rows);
    laws::accumulator([] { return binned_counts(categories(false)); }, rows);
}

TEST_CASE("binned counts survive hostile bytes") {
    binned_counts state(binning::intervals({0, 1}));
    for (const double x : {0.5, -1.0, laws::not_a_number, laws::infinite}) state.update(x);
    laws::hostile_bytes(state, 2);
    laws::hostile_bytes(binned_counts(categories(false)), 2);
}

TEST_CASE("no value is lost") {
    binned_counts counts(categories(true));
    counts.update({std::vector<double>{0, 1, 2, 5, 5, 7, -1, laws::not_a_number, laws::infinite,
                                       -laws::infinite}});
    CHECK(std::vector<std::uint64_t>(counts.counts().begin(), counts.counts().end()) ==
          std::vector<std::uint64_t>{1, 2, 2, 0, 1, 2, 2});
    CHECK(counts.regular().size() == 4);
    CHECK(counts.missing() == 1);
    CHECK(counts[6] == 2);
    CHECK(counts.total() == 10);
}

TEST_CASE("counts over different bins refuse to merge") {
    binned_counts a(binning::intervals({0, 1})), b(binning::intervals({0, 2}));
    a.update(0.5);
    const binned_counts before = a;
    CHECK_THROWS_AS(a.merge(b), std::invalid_argument);
    CHECK(a == before);
    CHECK_THROWS_AS(binned_counts(std::shared_ptr<const binning>()), std::invalid_argument);
}

TEST_CASE("copies share their bins and count apart") {
    const binned_counts a(binning::intervals({0, 1}));
    binned_counts b = a;
    CHECK(a.shared_bins() == b.shared_bins());
    b.update(0.5);
    CHECK(a.total() == 0);
    b.add(2, 5);
    CHECK(b.total() == 6);
    CHECK(b[2] == 5);
}

TEST_CASE("saved counts over bins that they do not fit are refused") {
    binned_counts state(binning::intervals({0, 1}));
    using numbers = std::vector<std::uint64_t>;
    CHECK_FALSE(laws::refused(state, "counts", numbers{1, 2, 3, 4, 5, 6}));
    CHECK(laws::refused(state, "counts", numbers{1, 2, 3, 4, 5}));
    CHECK(laws::refused(state, "counts", numbers{1, 2, 3, 4, 5, 6, 7}));
    CHECK(laws::refused(state, "bins", binning::intervals({0, 1, 2})));
}
