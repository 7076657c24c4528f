// The laws of a change detector, for any that passes one line:
//
//     laws::change_detector<leeway::mean_e_detector>({make, quiet, loud, counts});
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "laws/allocation_meter.hpp"
#include "laws/hostile_bytes.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws {

/// Values of which every part may be missing, infinite, denormal or far outside any range.
inline std::vector<double> extreme_values(std::size_t n, std::uint64_t seed) {
    using limits = std::numeric_limits<double>;
    const std::vector<double> extremes{limits::quiet_NaN(),
                                       limits::infinity(),
                                       -limits::infinity(),
                                       limits::max(),
                                       limits::lowest(),
                                       limits::denorm_min(),
                                       limits::min(),
                                       -0.0,
                                       0.0,
                                       1.0,
                                       1.0 + limits::epsilon(),
                                       -1e-300,
                                       0x1p53};
    leeway::random_source random(seed);
    std::vector<double> values(n);
    for (double& value : values) value = extremes[random.below(extremes.size())];
    return values;
}

template <class D>
struct change_detector_case {
    std::function<D()> make;    ///< the same fresh detector each time
    std::vector<double> quiet;  ///< a stream on which it stays stable
    std::vector<double> loud;   ///< one on which it finds drift
    /// The batch that holds this one value; empty where the detector takes no batches of counts.
    std::function<std::vector<std::uint64_t>(const D&, double)> counts_of_one;
    /// See hostile_bytes: above 1 where a detector is slow to make.
    std::size_t byte_stride{1};
};

namespace detail {

template <class D>
double evidence_of(const D& detector) {
    if constexpr (requires { detector.evidence(); }) {
        return detector.evidence();
    } else {
        return 0;
    }
}

/// Status and evidence after each value.
template <class D>
std::vector<std::pair<leeway::detector_status, double>> trace(D& detector,
                                                              const std::vector<double>& stream) {
    std::vector<std::pair<leeway::detector_status, double>> seen;
    for (const double value : stream) {
        detector.update(value);
        seen.emplace_back(detector.status(), evidence_of(detector));
    }
    return seen;
}

template <class D>
D fed(D detector, const std::vector<double>& stream) {
    for (const double value : stream) detector.update(value);
    return detector;
}

}  // namespace detail

template <class D>
void change_detector(const change_detector_case<D>& given) {
    static_assert(leeway::ChangeDetector<D>, "no merge, noexcept update, status and reset");
    static_assert(!leeway::Accumulator<D>, "sharding an ordered detector must not compile");
    static_assert(leeway::Updatable<D>);
    using leeway::detector_status;
    const D fresh = given.make();

    {
        INFO("law: it finds drift in one stream and none in the other");
        CHECK(detail::fed(fresh, given.quiet).status() != detector_status::drift);
        CHECK(detail::fed(fresh, given.loud).status() == detector_status::drift);
    }
    {
        INFO("law: same stream, same alarms");
        D a = given.make();
        D b = given.make();
        CHECK(detail::trace(a, given.loud) == detail::trace(b, given.loud));
        CHECK(a == b);
    }
    {
        INFO("law: reset equals new");
        D used = detail::fed(detail::fed(fresh, given.loud), extreme_values(50, 1));
        CHECK_FALSE(used == fresh);
        used.reset();
        CHECK(used == fresh);
        D other = given.make();
        CHECK(detail::trace(used, given.loud) == detail::trace(other, given.loud));
    }
    {
        INFO("law: seeing values allocates nothing");
        D busy = given.make();
        std::vector<std::uint64_t> counts;
        if (given.counts_of_one) {
            counts = given.counts_of_one(busy, given.loud.front());
            counts.front() += 5;
        }
        const allocation_span span;
        for (const double value : given.loud) busy.update(value);
        for (const double value : {std::nan(""), std::numeric_limits<double>::max()})
            busy.update(value);
        if constexpr (requires { busy.update_counts(counts); }) {
            if (given.counts_of_one) busy.update_counts(counts);
        }
        (void)busy.status();
        busy.reset();
        const std::uint64_t calls = span.calls();
        CHECK(calls == 0);
    }
    {
        INFO("law: a batch equals its samples one by one");
        D batch = given.make();
        batch.update(given.loud);
        CHECK(batch == detail::fed(fresh, given.loud));
    }
    {
        INFO("law: a saved detector goes on where it was");
        D kept = detail::fed(fresh, given.quiet);
        auto loaded = leeway::from_bytes<D>(leeway::to_bytes(kept));
        REQUIRE(loaded);
        CHECK(*loaded == kept);
        CHECK(detail::evidence_of(*loaded) == detail::evidence_of(kept));
        CHECK(detail::trace(*loaded, given.loud) == detail::trace(kept, given.loud));
        CHECK(*loaded == kept);
    }
    {
        INFO("law: bytes from outside give an error or a sound detector");
        hostile_bytes(detail::fed(fresh, given.quiet), given.byte_stride);
    }
    {
        INFO("law: two detectors share nothing");
        D a = given.make();
        D b = a;
        detail::fed(D(a), given.loud);
        a.update(given.loud);
        CHECK(b == fresh);
        b.update(given.loud);
        CHECK(a == b);
    }
    {
        INFO("law: drift stays until reset");
        D a = detail::fed(fresh, given.loud);
        a.update(given.quiet);
        CHECK(a.status() == detector_status::drift);
        a.reset();
        CHECK(a.status() == detector_status::stable);
    }
    {
        INFO("law: nothing is lost, and no value breaks it");
        D a = given.make();
        for (const double value : extreme_values(100'000, 2)) {
            a.update(value);
            const double evidence = detail::evidence_of(a);
            if (!(evidence >= 0 && std::isfinite(evidence))) FAIL("evidence " << evidence);
        }
        // Below: the state can still be saved, so no part of it left its range.
        CHECK(leeway::from_bytes<D>(leeway::to_bytes(a)));
        if constexpr (requires { a.rejected(); }) {
            D b = given.make();
            b.update(std::numeric_limits<double>::quiet_NaN());
            b.update(std::numeric_limits<double>::infinity());
            CHECK(b.rejected().missing == 1);
            CHECK(b.rejected().non_finite == 1);
            CHECK(detail::evidence_of(b) == detail::evidence_of(fresh));
        } else {
            D b = given.make();
            b.update(std::numeric_limits<double>::quiet_NaN());
            CHECK_FALSE(b == fresh);
        }
    }
    if (given.counts_of_one) {
        INFO("law: a batch of one equals its sample");
        D singles = given.make();
        D batches = given.make();
        for (const double value : given.loud) {
            singles.update(value);
            batches.update_counts(given.counts_of_one(batches, value));
        }
        CHECK(singles == batches);
        INFO("law: an empty batch is nothing");
        auto none = given.counts_of_one(batches, given.loud.front());
        std::fill(none.begin(), none.end(), std::uint64_t{0});
        batches.update_counts(none);
        CHECK(singles == batches);
        INFO("law: a batch with the wrong number of counts is refused");
        none.push_back(1);
        CHECK_THROWS_AS(batches.update_counts(none), std::invalid_argument);
    }
}

}  // namespace laws
