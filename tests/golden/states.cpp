// Yesterday's files: one of each kind, written when the kind was new and never again. A kind whose
// fields change needs a new kind or format version (docs/formats.md); the old file stays.
#include "golden/states.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>

#include "layout/tree.hpp"
#include "leeway/monitor/monitor.hpp"
#include "leeway/monitor/monitor_state.hpp"
#include "leeway/monitor/reference.hpp"
#include "leeway/monitor/reference_builder.hpp"
#include "support/catch.hpp"

using namespace leeway;

namespace {

std::filesystem::path file_of(const std::string& kind) {
    return layout::root() / "tests/golden/v1" / (kind + ".state");
}

reference trained() {
    reference_builder build(schema{}.numeric("x").categorical("c"),
                            {.binning = {.bins = 2}, .task = prediction_task::none});
    for (int i = 0; i < 8; ++i) build.update(std::vector<double>{i * 0.5, i % 2 * 1.0}, {});
    return build.finish();
}

monitor_state watched(const reference& against) {
    monitor watch(against);
    auto recorder = watch.recorder();
    for (int i = 0; i < 4; ++i) recorder.record(std::vector<double>{i * 0.75, 1});
    return watch.state(time_point{});
}

std::vector<golden::entry> all() {
    auto entries = golden::accumulators();
    for (auto& entry : golden::others()) entries.push_back(std::move(entry));
    entries.push_back(golden::of(trained));
    entries.push_back(golden::of([] { return watched(trained()); }));
    return entries;
}

}  // namespace

TEST_CASE("today's library reads the state files of every kind") {
    for (const auto& entry : all()) {
        INFO(file_of(entry.kind) << " (a new kind's file is written by: test_golden [.write])");
        const auto bytes = detail::read_whole_file(file_of(entry.kind));
        REQUIRE(bytes);
        CHECK(bytes->size() < 12000);
        CHECK(entry.problem(*bytes) == "");
    }
}

TEST_CASE("every kind of state has a golden file") {
    const auto entries = all();
    layout::complaints found;
    for (const auto& header : layout::public_headers()) {
        static const std::regex kind("string_view kind =");
        if (!std::regex_search(header.text, kind)) continue;
        // A template's kind is its name and what it is made of.
        const std::string stem = header.stem();
        const bool listed = std::any_of(entries.begin(), entries.end(), [&](const auto& entry) {
            return entry.kind == stem || entry.kind.compare(0, stem.size() + 1, stem + "_") == 0;
        });
        if (!listed) found.push_back(header.path + ": tests/golden lists no state of this kind");
    }
    CHECK(layout::none(found));
}

TEST_CASE("a file of another format is seen") {
    const auto entries = golden::accumulators();
    const auto moments = std::find_if(entries.begin(), entries.end(),
                                      [](const auto& entry) { return entry.kind == "moments"; });
    REQUIRE(moments != entries.end());
    auto bytes = moments->bytes();
    CHECK(moments->problem(bytes) == "");
    CHECK(moments->problem(entries.front().bytes()) != "");
    bytes[30] ^= std::byte{1};
    CHECK(moments->problem(bytes) != "");
}

// Not run with the others. It writes what is missing and leaves what is there.
TEST_CASE("write the golden files of new kinds", "[.write]") {
    for (const auto& entry : all()) {
        if (std::filesystem::exists(file_of(entry.kind))) continue;
        detail::write_whole_file(file_of(entry.kind), entry.bytes());
        WARN("written: " << file_of(entry.kind));
    }
}
