// The law suite of accumulators: one call a state.
//
//     laws::accumulator([] { return leeway::moments(); }, laws::value_rows(3000, true),
//                       {.tolerance = 1e-12, .readings = ...});
//
// The rows given must be good ones; the suite spoils some itself. tolerance 0 asks for equal
// states; any other compares the readings relatively.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "laws/readings.hpp"
#include "laws/samples.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws {

/// What a state promises where it is not exactness.
template <class A>
struct promise {
    /// Relative, of the readings: for merging, batches and doubled weights. 0: equal states.
    double tolerance{0};
    /// What a user reads from the state; by default every number in its fields.
    std::function<std::vector<double>(const A&)> readings{
        [](const A& state) { return numbers(state); }};
    /// Those readings for which weight 2 is the row seen twice; by default all of them.
    std::function<std::vector<double>(const A&)> frequency_readings{};
    /// Rows that the state holds, or their weight when all weights are 1.
    std::function<double(const A&)> held{[](const A& state) { return rows_held(state); }};
};

namespace detail {

template <class A>
using rows_of = std::vector<typename A::sample_type>;

template <class A>
void feed(A& state, const rows_of<A>& rows, std::size_t from, std::size_t to) {
    for (std::size_t i = from; i < to; ++i) state.update(rows[i]);
}

template <class A>
void feed(A& state, const rows_of<A>& rows) {
    feed(state, rows, 0, rows.size());
}

template <class A, class Make>
A filled(const Make& make_empty, const rows_of<A>& rows) {
    A state = make_empty();
    feed(state, rows);
    return state;
}

template <class A>
bool agree(const A& a, const A& b, const promise<A>& promised) {
    if (promised.tolerance == 0) return a == b;
    if constexpr (requires { a.rejected() == b.rejected(); }) {
        if (!(a.rejected() == b.rejected())) return false;
    }
    return close(promised.readings(a), promised.readings(b), promised.tolerance);
}

}  // namespace detail

/// merge: identity, commutativity, associativity; any split of the stream, merged in any order,
/// equals one pass.
template <class A, class Make>
void merging(const Make& make_empty, const detail::rows_of<A>& good, const promise<A>& promised) {
    detail::rows_of<A> rows = good;
    for (const auto& bad : bad_rows(good.front())) {  // what was refused merges too
        rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(rows.size() / 7), bad.row);
        rows.push_back(bad.row);
    }
    const A whole = detail::filled<A>(make_empty, rows);

    A with_empty = whole;
    with_empty.merge(make_empty());
    CHECK(with_empty == whole);
    A from_empty = make_empty();
    from_empty.merge(whole);
    CHECK(detail::agree(from_empty, whole, promised));
    A nothing = make_empty();
    nothing.merge(make_empty());
    CHECK(nothing == make_empty());

    A a = make_empty(), b = make_empty(), c = make_empty();
    const std::size_t third = rows.size() / 3;
    detail::feed(a, rows, 0, third);
    detail::feed(b, rows, third, third + third / 2);
    detail::feed(c, rows, third + third / 2, rows.size());
    A ab = a, ba = b, bc = b;
    ab.merge(b);
    ba.merge(a);
    CHECK(detail::agree(ab, ba, promised));
    A ab_c = ab, a_bc = a;
    ab_c.merge(c);
    bc.merge(c);
    a_bc.merge(bc);
    CHECK(detail::agree(ab_c, a_bc, promised));
    CHECK(detail::agree(ab_c, whole, promised));

    A twice = whole, other_half = whole;
    twice.merge(twice);
    other_half.merge(whole);
    CHECK(twice == other_half);  // merging a state with itself is no special case

    leeway::random_source random(17);
    for (int tree = 0; tree < 20; ++tree) {
        std::vector<A> parts(1 + random.below(12), make_empty());
        for (const auto& row : rows) parts[random.below(parts.size())].update(row);
        while (parts.size() > 1) {
            const std::size_t into = random.below(parts.size() - 1);
            parts[into].merge(parts.back());
            parts.pop_back();
        }
        CAPTURE(tree);
        CHECK(detail::agree(parts.front(), whole, promised));
    }
}

/// A batch equals its rows one by one, whatever its length, with and without a column of weights.
template <class A, class Make>
void batching(const Make& make_empty, const detail::rows_of<A>& good, const promise<A>& promised) {
    using sample = typename A::sample_type;
    // Clean, with bad values alone (no column of weights, so that the fast path meets them), and
    // with every kind of bad row; few of them, so that clean blocks remain.
    detail::rows_of<A> bad_values = good, all_bad = good;
    std::size_t at = 40;
    for (const auto& bad : bad_rows(good.front())) {
        all_bad.insert(all_bad.begin() + static_cast<std::ptrdiff_t>(at), bad.row);
        if constexpr (weighted<sample>) {
            if (bad.row.weight == 1) {
                bad_values.insert(bad_values.begin() + static_cast<std::ptrdiff_t>(at), bad.row);
            }
        }
        at = (at + 997) % good.size();
    }
    for (const detail::rows_of<A>& all : {good, bad_values, all_bad}) {
        const A singles = detail::filled<A>(make_empty, all);
        for (const bool weights : {false, true}) {
            CAPTURE(all.size() - good.size(), weights);
            A batch = make_empty();
            batch.update(columns<sample>(all, weights).view());
            CHECK(detail::agree(batch, singles, promised));

            A pieces = make_empty();
            const std::size_t lengths[] = {0, 1, 2, 7, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025};
            for (std::size_t from = 0, k = 0; from < all.size(); ++k) {
                const std::size_t length = std::min(lengths[k % 13], all.size() - from);
                const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
                const detail::rows_of<A> piece(first, first + static_cast<std::ptrdiff_t>(length));
                pieces.update(columns<sample>(piece, weights).view());
                from += length;
            }
            CHECK(detail::agree(pieces, singles, promised));
        }
    }
    if constexpr (weighted<sample>) {
        A state = make_empty();
        columns<sample> owner(good, true);
        auto torn = owner.view();
        torn.weight = torn.weight.first(torn.weight.size() - 1);
        CHECK_THROWS_AS(state.update(torn), std::invalid_argument);
        CHECK(state == make_empty());
    }
}

/// Weight 2 is the row twice; weight 0 is its absence.
template <class A, class Make>
void weighing(const Make& make_empty, const detail::rows_of<A>& rows, const promise<A>& promised) {
    if constexpr (weighted<typename A::sample_type>) {
        A doubled = make_empty(), twice = make_empty(), with_absent = make_empty();
        const auto bad = bad_rows(rows.front());
        std::size_t next = 0;
        for (auto row : rows) {
            twice.update(row);
            twice.update(row);
            with_absent.update(row);
            auto absent = next % 2 == 0 ? row : bad[next / 2 % bad.size()].row;
            absent.weight = next % 3 == 0 ? -0.0 : 0.0;
            with_absent.update(absent);
            ++next;
            row.weight *= 2;
            doubled.update(row);
        }
        const auto& read =
            promised.frequency_readings ? promised.frequency_readings : promised.readings;
        CHECK(close(read(doubled), read(twice), promised.tolerance));
        CHECK(with_absent == detail::filled<A>(make_empty, rows));
    }
}

/// reset equals new; a copy is equal and independent; loading equals what was saved and goes on
/// alike.
template <class A, class Make>
void living(const Make& make_empty, const detail::rows_of<A>& rows) {
    const A whole = detail::filled<A>(make_empty, rows);
    CHECK_FALSE(whole == make_empty());
    A again = whole;
    CHECK(again == whole);
    again.update(rows.front());
    CHECK_FALSE(again == whole);
    CHECK(whole == detail::filled<A>(make_empty, rows));
    again.reset();
    CHECK(again == make_empty());
    detail::feed(again, rows);
    CHECK(again == whole);

    for (const A& state : {make_empty(), whole}) {
        const auto bytes = leeway::to_bytes(state);
        auto loaded = leeway::from_bytes<A>(bytes);
        REQUIRE(loaded);
        CHECK(*loaded == state);
        CHECK(leeway::to_bytes(*loaded) == bytes);
        CHECK(leeway::defect_of(*loaded).empty());
        A saved = state;
        detail::feed(saved, rows);
        detail::feed(*loaded, rows);
        CHECK(*loaded == saved);
    }
}

/// Bad rows are counted by reason, never thrown, never lost, and leave everything else alone.
template <class A, class Make>
void refusing(const Make& make_empty, const detail::rows_of<A>& rows, const promise<A>& promised) {
    const auto bad = bad_rows(rows.front());
    A spoiled = make_empty();
    double given = 0;
    leeway::rejections expected;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto row = rows[i];
        if constexpr (weighted<typename A::sample_type>) row.weight = 1;
        spoiled.update(row);
        ++given;
        if (i % 10 == 0) {
            const auto& wrong = bad[i / 10 % bad.size()];
            spoiled.update(wrong.row);
            ++(expected.*wrong.reason);
            ++given;
        }
    }
    if constexpr (requires { spoiled.rejected(); }) {
        CHECK(spoiled.rejected() == expected);
        CHECK(promised.held(spoiled) + static_cast<double>(expected.total()) == given);
        A clean = make_empty();
        for (auto row : rows) {
            if constexpr (weighted<typename A::sample_type>) row.weight = 1;
            clean.update(row);
        }
        CHECK(promised.readings(clean).size() == promised.readings(spoiled).size());
        CHECK(promised.held(clean) == promised.held(spoiled));
    } else {
        CHECK(promised.held(spoiled) == given);  // the state has places of its own for them
    }
}

/// Every law. `rows` are good rows, enough of them to fill a batch's blocks (3,000 or so).
template <class Make, class A = std::invoke_result_t<Make>>
void accumulator(const Make& make_empty, const std::vector<typename A::sample_type>& rows,
                 const std::type_identity_t<promise<A>>& promised = {}) {
    static_assert(leeway::Accumulator<A>);
    static_assert(leeway::Savable<A>);
    REQUIRE(rows.size() >= 100);
    CHECK(make_empty() == make_empty());
    merging<A>(make_empty, rows, promised);
    batching<A>(make_empty, rows, promised);
    weighing<A>(make_empty, rows, promised);
    living<A>(make_empty, rows);
    refusing<A>(make_empty, rows, promised);
    if constexpr (leeway::Bounded<A>) {
        const std::size_t before = make_empty().bytes();
        const A whole = detail::filled<A>(make_empty, rows);
        CHECK(whole.bytes() == before);
        A merged = whole;
        merged.merge(whole);
        CHECK(merged.bytes() == before);
    }
}

}  // namespace laws
