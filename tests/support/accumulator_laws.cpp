#include <algorithm>
#include <cstddef>
#include <stdexcept>
#include <string>

#include "laws/accumulator.hpp"
#include "leeway/core/random.hpp"

namespace laws::detail {

namespace {

using state = value_of<any_accumulator>;

state filled(const accumulator_case& given, const picks& rows) {
    state one(given.empty);
    one.feed(rows);
    return one;
}

/// Equal, or equal in what is read where the promise is no more than that.
bool agree(const state& a, const state& b, const accumulator_case& given) {
    if (given.tolerance == 0) return a == b;
    if (a->rejected() != b->rejected()) return false;
    return close(a->readings(), b->readings(), given.tolerance);
}

void insert(picks& rows, std::size_t at, const pick& row) {
    rows.insert(rows.begin() + static_cast<std::ptrdiff_t>(at), row);
}

/// Identity, commutativity, associativity; any split of the stream, merged in any order, equals one
/// pass.
void merging(const accumulator_case& given) {
    picks rows = given.good;
    for (const auto& bad : given.bad) {  // what was refused merges too
        insert(rows, rows.size() / 7, bad.row);
        rows.push_back(bad.row);
    }
    const state empty(given.empty);
    const state whole = filled(given, rows);
    {
        INFO("law: merging with an empty state changes nothing");
        state with_empty = whole;
        with_empty.merge(empty);
        CHECK(with_empty == whole);
        state from_empty = empty;
        from_empty.merge(whole);
        CHECK(agree(from_empty, whole, given));
        state nothing = empty;
        nothing.merge(empty);
        CHECK(nothing == empty);
    }
    {
        INFO("law: merging is commutative and associative, and equals one pass");
        state a = empty, b = empty, c = empty;
        const std::size_t third = rows.size() / 3;
        a.feed(rows, 0, third);
        b.feed(rows, third, third + third / 2);
        c.feed(rows, third + third / 2, rows.size());
        state ab = a, ba = b, bc = b;
        ab.merge(b);
        ba.merge(a);
        CHECK(agree(ab, ba, given));
        state ab_c = ab, a_bc = a;
        ab_c.merge(c);
        bc.merge(c);
        a_bc.merge(bc);
        CHECK(agree(ab_c, a_bc, given));
        CHECK(agree(ab_c, whole, given));
    }
    {
        INFO("law: merging a state with itself is no special case");
        state twice = whole, other_half = whole;
        twice.merge(twice);
        other_half.merge(whole);
        CHECK(twice == other_half);
    }
    INFO("law: any split of the stream, merged in any order, equals one pass");
    leeway::random_source random(17);
    for (int tree = 0; tree < 20; ++tree) {
        std::vector<state> parts(1 + random.below(12), empty);
        for (const pick& row : rows) parts[random.below(parts.size())]->update(row);
        while (parts.size() > 1) {
            const std::size_t into = random.below(parts.size() - 1);
            parts[into].merge(parts.back());
            parts.pop_back();
        }
        CAPTURE(tree);
        CHECK(agree(parts.front(), whole, given));
    }
}

/// With and without a column of weights, whatever the batch's length.
void batching(const accumulator_case& given) {
    INFO("law: a batch equals its rows one by one");
    // Clean, with bad values alone (no column of weights, so that the fast path meets them), and
    // with every kind of bad row; few of them, so that clean blocks remain.
    picks bad_values = given.good, all_bad = given.good;
    std::size_t at = 40;
    for (const auto& bad : given.bad) {
        insert(all_bad, at, bad.row);
        if (given.weighted && bad.row.weight == 1) insert(bad_values, at, bad.row);
        at = (at + 997) % given.good.size();
    }
    for (const picks& all : {given.good, bad_values, all_bad}) {
        const state singles = filled(given, all);
        for (const bool weights : {false, true}) {
            CAPTURE(all.size() - given.good.size(), weights);
            state batch(given.empty);
            batch->update_batch(all, weights);
            CHECK(agree(batch, singles, given));

            state pieces(given.empty);
            const std::size_t lengths[] = {0, 1, 2, 7, 63, 64, 65, 255, 256, 257, 1023, 1024, 1025};
            for (std::size_t from = 0, k = 0; from < all.size(); ++k) {
                const std::size_t length = std::min(lengths[k % 13], all.size() - from);
                const auto first = all.begin() + static_cast<std::ptrdiff_t>(from);
                pieces->update_batch(picks(first, first + static_cast<std::ptrdiff_t>(length)),
                                     weights);
                from += length;
            }
            CHECK(agree(pieces, singles, given));
        }
    }
    if (given.weighted) {
        INFO("law: columns of unequal length are refused before a row is counted");
        state one(given.empty);
        CHECK_THROWS_AS(one->update_torn(given.good), std::invalid_argument);
        CHECK(one == state(given.empty));
    }
}

void weighing(const accumulator_case& given) {
    if (!given.weighted) return;
    state doubled(given.empty), twice(given.empty), with_absent(given.empty);
    std::size_t next = 0;
    for (pick row : given.good) {
        twice->update(row);
        twice->update(row);
        with_absent->update(row);
        pick absent = next % 2 == 0 ? row : given.bad[next / 2 % given.bad.size()].row;
        absent.weight = next % 3 == 0 ? -0.0 : 0.0;
        with_absent->update(absent);
        ++next;
        row.weight *= 2;
        doubled->update(row);
    }
    {
        INFO("law: weight 2 is the row twice");
        CHECK(close(doubled->frequency_readings(), twice->frequency_readings(), given.tolerance));
    }
    INFO("law: weight 0 is absence, whatever else is wrong with the row");
    CHECK(with_absent == filled(given, given.good));
}

void living(const accumulator_case& given) {
    const state empty(given.empty);
    const state whole = filled(given, given.good);
    {
        INFO("law: a copy is equal and independent, and reset equals new");
        CHECK_FALSE(whole == empty);
        state again = whole;
        CHECK(again == whole);
        again->update(given.good.front());
        CHECK_FALSE(again == whole);
        CHECK(whole == filled(given, given.good));
        again->reset();
        CHECK(again == empty);
        again.feed(given.good);
        CHECK(again == whole);
    }
    INFO("law: a loaded state equals what was saved, and goes on alike");
    for (const state& one : {empty, whole}) {
        const auto bytes = one->saved();
        auto read = one->loaded(bytes);
        REQUIRE(read != nullptr);
        state loaded(std::move(read));
        CHECK(loaded == one);
        CHECK(loaded->saved() == bytes);
        CHECK_FALSE(loaded->has_defect());
        state kept = one;
        kept.feed(given.good);
        loaded.feed(given.good);
        CHECK(loaded == kept);
    }
}

void refusing(const accumulator_case& given) {
    INFO("law: bad rows are counted by reason and change nothing else");
    state spoiled(given.empty), clean(given.empty);
    double rows = 0;
    leeway::rejections expected;
    for (std::size_t i = 0; i < given.good.size(); ++i) {
        const pick row{given.good[i].row, 1};
        spoiled->update(row);
        clean->update(row);
        ++rows;
        if (i % 10 == 0) {
            const auto& wrong = given.bad[i / 10 % given.bad.size()];
            spoiled->update(wrong.row);
            ++(expected.*wrong.reason);
            ++rows;
        }
    }
    if (const auto rejected = spoiled->rejected()) {
        CHECK(*rejected == expected);
        CHECK(spoiled->held() + static_cast<double>(expected.total()) == rows);
        CHECK(clean->readings().size() == spoiled->readings().size());
        CHECK(clean->held() == spoiled->held());
    } else {
        CHECK(spoiled->held() == rows);  // the state has places of its own for them
    }
}

void keeping_its_size(const accumulator_case& given) {
    const auto before = given.empty.bytes();
    if (!before) return;
    INFO("law: a bounded state keeps its size");
    const state whole = filled(given, given.good);
    CHECK(whole->bytes() == before);
    state merged = whole;
    merged.merge(whole);
    CHECK(merged->bytes() == before);
}

}  // namespace

void accumulator_laws(const accumulator_case& given) {
    INFO("state " << std::string(given.empty.kind()));
    REQUIRE(given.good.size() >= 100);
    merging(given);
    batching(given);
    weighing(given);
    living(given);
    refusing(given);
    keeping_its_size(given);
}

}  // namespace laws::detail
