// The law suite of metrics: one call a metric and state.
//
//     laws::metric(leeway::accuracy{}, [] { return leeway::confusion_matrix(3); },
//                  laws::class_rows(400, 3, true));
//
// The rows must be good ones, of weights that are multiples of 1/4 up to 2, with a defined value.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "laws/samples.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/result.hpp"
#include "support/catch.hpp"

namespace laws {

namespace detail {

template <class State, class Rows>
State state_of(State empty, const Rows& rows) {
    for (const auto& row : rows) empty.update(row);
    return empty;
}

/// Equal but for the rounding of sums added in another order.
inline bool same_figure(const leeway::estimate& a, const leeway::estimate& b, double tolerance,
                        bool with_interval) {
    const auto near = [&](double x, double y) {
        return x == y ||
               std::fabs(x - y) <= tolerance * std::max({1.0, std::fabs(x), std::fabs(y)});
    };
    if (a.reason() != b.reason()) return false;
    if (!a) return true;
    if (!near(a.value(), b.value())) return false;
    if (!with_interval) return true;
    if (a.confidence() != b.confidence()) return false;
    return !a.has_interval() || (near(a.lower(), b.lower()) && near(a.upper(), b.upper()));
}

inline void interval_is_sound(const leeway::estimate& e, const leeway::info_card& info) {
    if (!e.has_interval()) return;
    CHECK(e.lower() <= e.value());
    CHECK(e.value() <= e.upper());
    CHECK(e.lower() >= info.lowest);
    CHECK(e.upper() <= info.highest);
    CHECK(e.confidence() > 0);
    CHECK(e.confidence() <= 1);
}

}  // namespace detail

/// `make_empty` makes the state; `tolerance` is for sums in another order. `copies_count` is false
/// for a figure that asks how many rows there were (a bias correction, a test statistic): there
/// weight k is not k copies, since a common factor in all weights still says nothing.
template <class M, class Make, class Row>
void metric(const M& metric, const Make& make_empty, const std::vector<Row>& rows,
            double tolerance = 1e-12, bool copies_count = true) {
    using namespace detail;
    const auto of = [&](const std::vector<Row>& some) {
        return metric(state_of(make_empty(), some));
    };
    const auto full = state_of(make_empty(), rows);
    const leeway::estimate figure = metric(full);
    INFO("metric " << leeway::key_of(metric));
    REQUIRE(figure.defined());

    // It has a name, and its key starts with it or with a short form of it.
    CHECK(!M::info.name.empty());
    CHECK(!leeway::key_of(metric).empty());
    CHECK(M::info.lowest < M::info.highest);

    // A pure function: it depends on the state alone, and leaves it as it was.
    const auto copy = full;
    CHECK(metric(copy) == figure);
    CHECK(metric(full) == figure);
    CHECK(copy == full);

    interval_is_sound(figure, M::info);
    double weight = 0;
    for (const Row& row : rows) weight += row.weight;
    CHECK(figure.weight() == Approx(weight).epsilon(1e-12));

    // Nothing seen: undefined, and it says why.
    const leeway::estimate nothing = metric(make_empty());
    CHECK(!nothing);
    CHECK(nothing.reason() == leeway::undefined::empty);
    CHECK(nothing.weight() == 0);

    // The order of rows does not matter, nor where they were cut and merged.
    leeway::random_source random(99);
    std::vector<Row> shuffled = rows;
    for (std::size_t i = shuffled.size(); i > 1; --i) {
        std::swap(shuffled[i - 1], shuffled[random.below(i)]);
    }
    CHECK(same_figure(of(shuffled), figure, tolerance, true));
    const auto cut = shuffled.begin() + static_cast<std::ptrdiff_t>(rows.size() / 3);
    auto merged = state_of(make_empty(), std::vector<Row>(shuffled.begin(), cut));
    merged.merge(state_of(make_empty(), std::vector<Row>(cut, shuffled.end())));
    CHECK(same_figure(metric(merged), figure, tolerance, true));

    // Weight zero is absence.
    std::vector<Row> with_absent;
    for (const Row& row : shuffled) {
        with_absent.push_back(row);
        Row absent = rows[random.below(rows.size())];
        absent.weight = 0;
        with_absent.push_back(absent);
    }
    CHECK(metric(state_of(make_empty(), with_absent)) == of(shuffled));

    // Weight k is k copies, for the value; an interval also asks how many rows there were.
    std::vector<Row> copies;
    for (const Row& row : rows) {
        Row single = row;
        single.weight = 0.25;
        for (int k = 0; k < static_cast<int>(row.weight * 4); ++k) copies.push_back(single);
    }
    if (copies_count) CHECK(same_figure(of(copies), figure, tolerance, false));

    // A common factor in all weights says nothing. 8 is exact, so only sums of other things round.
    std::vector<Row> scaled = rows;
    for (Row& row : scaled) row.weight *= 8;
    CHECK(same_figure(of(scaled), figure, tolerance, true));

    // More confidence, a wider interval about the same value.
    if constexpr (requires(M m) { m.confidence = leeway::confidence_90; }) {
        M sure = metric;
        M surer = metric;
        sure.confidence = leeway::confidence_90;
        surer.confidence = leeway::confidence_99;
        const leeway::estimate narrow = sure(full);
        const leeway::estimate wide = surer(full);
        CHECK(narrow.value() == wide.value());
        REQUIRE(narrow.has_interval() == wide.has_interval());
        if (figure.has_interval() && figure.confidence() < 1) {
            CHECK(narrow.confidence() == 0.90);
            CHECK(wide.confidence() == 0.99);
            interval_is_sound(narrow, M::info);
            interval_is_sound(wide, M::info);
            CHECK(wide.lower() <= narrow.lower());
            CHECK(narrow.upper() <= wide.upper());
            CHECK(wide.upper() - wide.lower() > narrow.upper() - narrow.lower());
        }
    }
}

/// A metric that treats all classes alike does not care how they are numbered.
template <class M>
void class_renaming(const M& metric, std::size_t classes,
                    const std::vector<leeway::class_outcome>& rows) {
    INFO("metric " << leeway::key_of(metric));
    const leeway::estimate figure =
        metric(detail::state_of(leeway::confusion_matrix(classes), rows));
    for (std::size_t shift = 1; shift < classes; ++shift) {
        std::vector<leeway::class_outcome> renamed = rows;
        for (auto& row : renamed) {
            const auto rename = [&](std::int32_t c) {
                return static_cast<std::int32_t>((static_cast<std::size_t>(c) + shift) % classes);
            };
            row.label = rename(row.label);
            row.prediction = rename(row.prediction);
        }
        const leeway::estimate other =
            metric(detail::state_of(leeway::confusion_matrix(classes), renamed));
        CHECK(detail::same_figure(other, figure, 1e-12, true));
    }
    // More classes on offer, none of them met: nothing changes.
    CHECK(metric(detail::state_of(leeway::confusion_matrix(classes + 5), rows)) == figure);
}

}  // namespace laws
