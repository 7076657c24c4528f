#include "leeway/monitor/reference.hpp"

#include <cstddef>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "laws/allocation_meter.inc"
#include "laws/hostile_bytes.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/monitor/monitor.hpp"
#include "monitor/fixture.hpp"
#include "support/catch.hpp"

using leeway::reference;

namespace {

/// Small, with every kind of content: texts, pooled bins, missing values, metrics.
reference small(bool regression) {
    leeway::reference_builder build(
        leeway::schema{}.numeric("a").categorical("c"),
        {.binning = {.bins = 3, .least = 2, .few_distinct = 2}, .loss_levels = 4});
    for (int i = 0; i < 24; ++i) {
        const double a = i % 7 == 0 ? std::nan("") : i * 0.5;
        const double score = (i % 10) / 10.0;
        build.update(std::vector<double>{a, build.code("c", i % 3 == 0 ? "DE" : "FR")},
                     {.label = regression ? i * 0.75 : i % 2, .score = score});
    }
    return build.finish();
}

/// What a reader of a forged reference may do with it without harm.
void use(const reference& read) {
    for (const auto& feature : read.features()) {
        for (std::size_t bin = 0; bin < feature.bins().size(); ++bin) (void)feature.label(bin);
        (void)feature.mean();
        (void)read[feature.name()].missing_rate();
    }
    leeway::monitor watch(read, {.pending_labels = 16});
    auto recorder = watch.recorder();
    const std::vector<double> row(read.features().size(), 1.0);
    recorder.label(recorder.record(row, 0.5), 1);
    recorder.record(row, 0.25, 0);
    (void)watch.snapshot(fixture::at(1));
}

}  // namespace

TEST_CASE("a reference's id is its content") {
    const reference one = fixture::reference(500);
    CHECK(one.id() == fixture::reference(500).id());
    CHECK(one == fixture::reference(500));
    CHECK(one.id() != fixture::reference(501).id());
    CHECK(one.id() != 0);
    auto rows = fixture::world(1).rows(500);
    CHECK(fixture::reference_of(rows).id() == one.id());
    rows[250].features[1] += 1;  // one value of one row
    CHECK(fixture::reference_of(rows).id() != one.id());
    const reference copy = one;
    CHECK(copy.id() == one.id());
    CHECK(&copy["amount"] == &one["amount"]);  // shared, not copied
}

TEST_CASE("features are found by name") {
    const reference made = fixture::reference(500);
    CHECK(made["age"].name() == "age");
    CHECK(made.index("country") == 2);
    CHECK_THROWS_WITH(made["contry"],
                      "reference: there is no feature named 'contry'; did you mean 'country'?");
}

TEST_CASE("a reference survives a file") {
    for (const bool regression : {false, true}) {
        const reference made = small(regression);
        const auto path = std::filesystem::temp_directory_path() /
                          ("leeway_reference_" + std::to_string(made.id()) + ".leeway");
        leeway::save(made, path);
        const auto back = leeway::load<reference>(path);
        std::filesystem::remove(path);
        REQUIRE(back);
        CHECK(*back == made);
        CHECK(back->id() == made.id());
        CHECK(back->metrics().size() == made.metrics().size());
        for (const auto& metric : made.metrics()) CHECK(back->metric(metric.key) == metric.value);
        CHECK((*back)["c"].label(0) == "FR");
    }
}

TEST_CASE("an empty reference is no reference") {
    const auto back = leeway::from_bytes<reference>(leeway::to_bytes(reference()));
    REQUIRE(!back);
    CHECK(back.error().what == "reference: no feature and no score");
}

TEST_CASE("hostile bytes for a reference") {
    laws::hostile_bytes(small(false), 29);
    laws::hostile_bytes(small(true), 31);
}

TEST_CASE("what survives a forged checksum can be used") {
    const auto good = leeway::to_bytes(small(false));
    leeway::random_source random(17);
    std::size_t accepted = 0;
    for (int attempt = 0; attempt < 4000; ++attempt) {
        auto bytes = good;
        const std::uint64_t changes = 1 + random.below(3);
        for (std::uint64_t i = 0; i < changes; ++i) {
            bytes[random.below(bytes.size())] = static_cast<std::byte>(random.below(256));
        }
        laws::reseal(bytes);
        const auto read = leeway::from_bytes<reference>(bytes);
        if (!read) continue;
        ++accepted;
        use(*read);
    }
    // Names, texts and digits of means may change unnoticed: the run must have met some of those.
    CHECK(accepted > 5);
}

TEST_CASE("an error reference knows its levels") {
    leeway::error_reference error;
    error.counts = {6, 0, 3, 1};
    CHECK(error.levels() == 4);
    CHECK(error.rows() == 10);
    CHECK(error.value(0) == 0);
    CHECK(error.value(3) == 1);
    CHECK(error.mean() == Approx((3 * 2.0 / 3 + 1) / 10));
    CHECK(error.standard_deviation() == Approx(std::sqrt((3 * 4.0 / 9 + 1) / 10 - 0.09)));
    CHECK(error.defect().empty());
    error.scale = 0;
    CHECK(!error.defect().empty());
}
