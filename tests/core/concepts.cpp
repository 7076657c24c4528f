#include "leeway/core/concepts.hpp"

#include <cstddef>
#include <string>
#include <string_view>

#include "support/catch.hpp"

namespace {

/// The least that is a bounded accumulator; the variants below each lack one thing.
struct least {
    using sample_type = leeway::plain_value;
    double sum{0};
    void update(leeway::plain_value sample) noexcept { sum += sample.value; }
    void update(const leeway::plain_value::columns& batch) {
        for (const double value : batch.value) sum += value;
    }
    void merge(const least& other) { sum += other.sum; }
    void reset() noexcept { sum = 0; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }
    friend bool operator==(const least&, const least&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("sum", self.sum);
    }
};

struct throwing : least {
    using least::update;
    void update(leeway::plain_value sample) { sum += sample.value; }
    friend bool operator==(const throwing&, const throwing&) = default;
};

struct detector {
    using sample_type = leeway::plain_value;
    double sum{0};
    void update(leeway::plain_value sample) noexcept { sum += sample.value; }
    void reset() noexcept { sum = 0; }
    [[nodiscard]] leeway::detector_status status() const noexcept {
        return leeway::detector_status::stable;
    }
    friend bool operator==(const detector&, const detector&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("sum", self.sum);
    }
};

struct mean {
    using state_type = least;
    static constexpr leeway::info_card info{.name = "mean", .unit = "1"};
    leeway::estimate operator()(const least& state) const {
        return leeway::estimate::of(state.sum, 1);
    }
};

struct named_mean : mean {
    [[nodiscard]] std::string key() const { return "mean_of_something"; }
};

}  // namespace

TEST_CASE("the concepts tell states, detectors and metrics apart") {
    static_assert(leeway::Updatable<least>);
    static_assert(leeway::Accumulator<least>);
    static_assert(leeway::Bounded<least>);
    static_assert(!leeway::Decayable<least>);
    static_assert(!leeway::Bounded<throwing>);
    static_assert(!leeway::ChangeDetector<least>);
    static_assert(leeway::ChangeDetector<detector>);
    static_assert(!leeway::Accumulator<detector>);
    static_assert(leeway::Metric<mean>);
    static_assert(!leeway::Metric<least>);
    static_assert(!leeway::DriftTest<mean>);
    CHECK(least{} == least{});
    CHECK(throwing{} == throwing{});
    CHECK(detector{} == detector{});
    CHECK(leeway::key_of(mean{}) == "mean");
    CHECK(leeway::key_of(named_mean{}) == "mean_of_something");
}
