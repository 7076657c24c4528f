#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

TEST_CASE("binned counts survive a state file") {
    leeway::binned_counts counts(leeway::binning::intervals({0.0, 1.0}));
    counts.update(0.5);
    counts.update(std::vector<double>{-1.0, 2.0, 1.0});
    const auto back = leeway::from_bytes<leeway::binned_counts>(leeway::to_bytes(counts));
    REQUIRE(back);
    CHECK(*back == counts);
}
