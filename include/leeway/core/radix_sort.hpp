// Sorting doubles, for the exact read-outs that need every value in order.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// The integer whose unsigned order is the order of doubles: the bits of a non-negative number with
/// the sign bit set, those of a negative one inverted. -0.0 and 0.0 share a key.
[[nodiscard]] constexpr std::uint64_t ordered_key(double value) noexcept {
    const auto bits = std::bit_cast<std::int64_t>(value + 0.0);  // -0.0 + 0.0 is 0.0
    constexpr std::int64_t sign = std::numeric_limits<std::int64_t>::min();
    return static_cast<std::uint64_t>(bits ^ ((bits >> 63) | sign));
}

namespace detail {

inline constexpr int radix_bits = 11;
inline constexpr std::size_t radix_buckets = std::size_t{1} << radix_bits;
using radix_counts = std::array<std::size_t, radix_buckets>;

/// Scatters items to their places by digit `d` of code(item); offsets holds the digit's counts.
template <class Item, class Code>
void scatter(const Item* from, Item* to, std::size_t n, Code code, int d, radix_counts& offsets) {
    std::size_t start = 0;
    for (std::size_t& offset : offsets) start += std::exchange(offset, start);
    const int shift = d * radix_bits;
    for (std::size_t i = 0; i < n; ++i) {
        to[offsets[(code(from[i]) >> shift) % radix_buckets]++] = from[i];
    }
}

/// Insertion sort of what is nearly in order. Gives up, with the items permuted but complete, when
/// it has moved more than a few items a place: then the order was not near.
template <class Item, class Value>
[[nodiscard]] bool mend(std::span<Item> items, Value value) {
    std::size_t moves_left = 4 * items.size();
    for (std::size_t i = 1; i < items.size(); ++i) {
        if (!(value(items[i]) < value(items[i - 1]))) [[likely]]
            continue;
        const Item item = items[i];
        std::size_t at = i;
        do {
            items[at] = items[at - 1];
            --at;
        } while (at > 0 && value(item) < value(items[at - 1]));
        items[at] = item;
        if (i - at > moves_left) return false;
        moves_left -= i - at;
    }
    return true;
}

/// The least and the largest of value_at(begin) ... value_at(end - 1); there is one or more.
template <class ValueAt>
[[nodiscard]] std::pair<double, double> range_between(std::size_t begin, std::size_t end,
                                                      ValueAt value_at) {
    // Four chains, because a minimum waits for the one before it.
    double low[4];
    double high[4];
    std::fill_n(low, 4, value_at(begin));
    std::fill_n(high, 4, value_at(begin));
    const auto see = [&](std::size_t chain, double x) {
        low[chain] = x < low[chain] ? x : low[chain];
        high[chain] = x > high[chain] ? x : high[chain];
    };
    std::size_t i = begin;
    for (; i + 4 <= end; i += 4) {
        for (std::size_t chain = 0; chain < 4; ++chain) see(chain, value_at(i + chain));
    }
    for (; i < end; ++i) see(0, value_at(i));
    return {std::min({low[0], low[1], low[2], low[3]}),
            std::max({high[0], high[1], high[2], high[3]})};
}

template <class Item, class Value>
[[nodiscard]] std::pair<double, double> range_of(std::span<Item> items, Value value) {
    return range_between(0, items.size(), [&](std::size_t i) { return value(items[i]); });
}

/// By the highest 22 or 33 bits in which the keys differ. Each level of recursion (through mend)
/// uses up that many of the 64, so there are at most three whatever the values are.
template <class Item, class Value>
void radix_sort_by_key(std::span<Item> items, Item* scratch, Value value) {
    const std::size_t n = items.size();
    const auto [low, high] = range_of(items, value);
    const std::uint64_t least = ordered_key(low);
    const int bits = static_cast<int>(std::bit_width(ordered_key(high) - least));
    if (bits == 0) return;
    if (n <= 512) {  // clearing the counters would cost more
        std::sort(items.begin(), items.end(),
                  [&](const Item& a, const Item& b) { return value(a) < value(b); });
        return;
    }
    const int digits = n < (std::size_t{1} << 14) ? 2 : 3;
    const int shift = std::max(0, bits - digits * radix_bits);
    const auto code = [&](const Item& item) { return (ordered_key(value(item)) - least) >> shift; };

    std::array<radix_counts, 3> counts{};
    for (const Item& item : items) {
        const std::uint64_t c = code(item);
        ++counts[0][c % radix_buckets];
        ++counts[1][(c >> radix_bits) % radix_buckets];
        ++counts[2][(c >> (2 * radix_bits)) % radix_buckets];
    }
    Item* from = items.data();
    Item* to = scratch;
    for (int d = 0; d < digits; ++d) {
        radix_counts& count = counts[static_cast<std::size_t>(d)];
        if (count[(code(*from) >> (d * radix_bits)) % radix_buckets] == n) continue;
        scatter(from, to, n, code, d, count);
        std::swap(from, to);
    }
    if (from != items.data()) std::copy_n(from, n, items.data());
    if (shift == 0 || mend(items, value)) return;
    for (std::size_t begin = 0; begin < n;) {
        std::size_t end = begin + 1;
        while (end < n && code(items[end]) == code(items[begin])) ++end;
        radix_sort_by_key(items.subspan(begin, end - begin), scratch, value);
        begin = end;
    }
}

/// Cells of equal width from low to high > low. There are none when the range overflows (scale 0),
/// or is so small that its inverse does.
class equal_cells {
  public:
    equal_cells(double low, double high, std::size_t cells)
        : low_(low), scale_(static_cast<double>(cells - 1) / (high - low)) {}

    [[nodiscard]] bool exist() const noexcept {
        return scale_ > 0 && scale_ <= std::numeric_limits<double>::max();
    }
    /// Subtraction, product and truncation are each monotone, rounding included.
    [[nodiscard]] std::uint32_t operator()(double value) const noexcept {
        return static_cast<std::uint32_t>(static_cast<std::int32_t>((value - low_) * scale_));
    }

  private:
    double low_;
    double scale_;
};

/// Runs the parts of a job: here there is one. A form with threads has several parts() and runs
/// them side by side.
struct in_turn {
    [[nodiscard]] static constexpr std::size_t parts() noexcept { return 1; }
    template <class Task>
    void operator()(const Task& task) const {
        task(std::size_t{0});
    }
};

inline constexpr std::size_t most_in_cache = std::size_t{1} << 15;
using fine_counts = std::array<std::uint32_t, most_in_cache / 2>;
/// How often a stretch too long for the cache is split before its keys are sorted.
inline constexpr int most_stretch_splits = 2;

template <bool in_place, class Item, class Make, class Value, class Run>
void sort_by_cells(std::size_t n, Make make, std::pair<double, double> range, Item* to,
                   Item* scratch, Value value, const Run& run, int splits_left);

/// Sorts n items from one array to another; what `from` holds is lost.
template <class Item, class Value>
void sort_stretch(Item* from, Item* to, std::size_t n, Value value, fine_counts& counts,
                  int splits_left) {
    if (n <= 16) {
        for (std::size_t i = 0; i < n; ++i) {
            std::size_t at = i;
            for (; at > 0 && value(from[i]) < value(to[at - 1]); --at) to[at] = to[at - 1];
            to[at] = from[i];
        }
        return;
    }
    const auto range = range_of(std::span(from, n), value);
    const std::size_t cells = std::min(2 * std::bit_ceil(n), counts.size());
    const equal_cells cell(range.first, range.second, cells);
    if (range.first == range.second) {
        std::copy_n(from, n, to);
    } else if (!cell.exist() || (n > most_in_cache && splits_left == 0)) {
        radix_sort_by_key(std::span(from, n), to, value);
        std::copy_n(from, n, to);
    } else if (n > most_in_cache) {
        const auto same = [from](std::size_t i) { return from[i]; };
        sort_by_cells<false>(n, same, range, from, to, value, in_turn{}, splits_left - 1);
        std::copy_n(from, n, to);
    } else {
        std::fill_n(counts.begin(), cells, 0U);
        for (std::size_t i = 0; i < n; ++i) ++counts[cell(value(from[i]))];
        std::uint32_t start = 0;
        for (std::size_t c = 0; c < cells; ++c) start += std::exchange(counts[c], start);
        for (std::size_t i = 0; i < n; ++i) to[counts[cell(value(from[i]))]++] = from[i];
        if (!mend(std::span(to, n), value)) radix_sort_by_key(std::span(to, n), from, value);
    }
}

/// Sorts make(0) ... make(n - 1), whose values are in `range`, to `to`: all at once into stretches
/// of some hundred items in scratch, then each of these in the cache. make may read `to`, which is
/// not written before all has been read. In place, where make reads neither, `to` is scratch: half
/// the memory, and half the pages to wait for. The parts of `run` share the work.
template <bool in_place, class Item, class Make, class Value, class Run>
void sort_by_cells(std::size_t n, Make make, std::pair<double, double> range, Item* to,
                   Item* scratch, Value value, const Run& run, int splits_left) {
    const std::size_t cells = std::clamp(std::bit_ceil(n / 1024), std::size_t{16}, radix_buckets);
    const equal_cells cell(range.first, range.second, cells);
    if (n < 4096 || !cell.exist()) {
        for (std::size_t i = 0; i < n; ++i) to[i] = make(i);
        if constexpr (in_place) {
            const auto other = std::make_unique_for_overwrite<Item[]>(n);
            radix_sort_by_key(std::span(to, n), other.get(), value);
        } else {
            radix_sort_by_key(std::span(to, n), scratch, value);
        }
        return;
    }
    const std::size_t parts = run.parts();
    // By value throughout: what a loop writes might be what it refers to, as far as a compiler
    // knows.
    const auto for_each_of = [n, parts, make, value, cell](std::size_t part, auto see) {
        const std::size_t end = n * (part + 1) / parts;
        for (std::size_t i = n * part / parts; i < end; ++i) {
            const Item item = make(i);
            see(item, cell(value(item)));
        }
    };
    std::vector<radix_counts> offsets(parts);
    run([&](std::size_t part) {
        std::size_t* count = offsets[part].data();
        for_each_of(part, [count](const Item&, std::uint32_t c) { ++count[c]; });
    });
    std::size_t start = 0;
    for (std::size_t c = 0; c < cells; ++c) {
        for (radix_counts& of_part : offsets) start += std::exchange(of_part[c], start);
    }
    run([&](std::size_t part) {
        std::size_t* offset = offsets[part].data();
        for_each_of(part, [offset, scratch](const Item& item, std::uint32_t c) {
            scratch[offset[c]++] = item;
        });
    });
    const radix_counts& ends = offsets.back();  // by now
    run([&](std::size_t part) {
        const auto counts = std::make_unique_for_overwrite<fine_counts>();
        std::vector<Item> sorted;  // a stretch on its way back, when in place
        std::size_t begin = 0;
        for (std::size_t c = 0; c < cells; begin = ends[c++]) {
            const std::size_t size = ends[c] - begin;
            if (size == 0 || begin * parts / n != part) continue;
            if constexpr (in_place) {
                if (sorted.size() < size) sorted.resize(size);
                sort_stretch(scratch + begin, sorted.data(), size, value, *counts, splits_left);
                std::copy_n(sorted.data(), size, to + begin);
            } else {
                sort_stretch(scratch + begin, to + begin, size, value, *counts, splits_left);
            }
        }
    });
}

}  // namespace detail

/// Sorts items ascending by value(item), a double that is never NaN; equal values keep no order.
///
/// Cells of equal width spread them into stretches of some hundred items, and each of these, in the
/// cache, over cells of its own, which leaves about one item a cell; insertion mends the rest. A
/// stretch that crowds is spread once more; what then still crowds, or has a range that overflows,
/// goes by the leading bits of ordered_key(), so no input is slower than a few such sorts.
///
/// `scratch` must be at least as long as `items`; its content is lost. Cost for 1e6 doubles: about
/// 11 ns an item for spread values, 16 to 30 otherwise, against 80 for std::sort. Allocates 80 KiB
/// of counters, none below 4096 items; 48 KiB of them on the stack.
template <class Item, class Value>
void radix_sort(std::span<Item> items, std::span<Item> scratch, Value value) {
    const std::size_t n = items.size();
    if (scratch.size() < n) {
        raise_invalid("radix_sort", "scratch.size()", scratch.size(),
                      "at least the number of items, " + detail::shown(n));
    }
    if (n < 2) return;
    detail::sort_by_cells<false>(
        n, [items](std::size_t i) { return items[i]; }, detail::range_of(items, value),
        items.data(), scratch.data(), value, detail::in_turn{}, detail::most_stretch_splits);
}

/// Sorts values ascending. No value may be NaN. See the general form for scratch and cost.
inline void radix_sort(std::span<double> values, std::span<double> scratch) {
    radix_sort(values, scratch, [](double value) { return value; });
}

}  // namespace leeway::inline v0
