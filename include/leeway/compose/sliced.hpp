// One state for each slice of a stream: a region, a model version, a customer.
#pragma once

#include <algorithm>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/joined_text.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/slice_key.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

inline constexpr std::string_view sliced_prefix = "sliced_";

/// A state that can tell its size says so.
template <class State>
concept SizedState = requires(const State& state) {
    { state.bytes() } -> std::convertible_to<std::size_t>;
};

}  // namespace detail

/// The same state for each slice of a stream, for at most `capacity` slices; the rows of all others
/// are together in other().
///
/// Which slices are kept: each key has a fixed pseudo-random rank, and the `capacity` lowest ranks
/// of all keys seen are kept. So, whatever the order of rows, however they were cut and merged:
///  - the kept slices are the same;
///  - a kept slice holds every row of its key since the last reset, none is missing;
///  - other() holds exactly the rest, and the children add up: total() is all rows.
/// Merging therefore equals one stream as exactly as the state's own merge does. It is a fair draw
/// of slices, not the most frequent ones: a capacity above the number of keys keeps them all.
///
/// Memory is fixed at construction: capacity + 2 states. Rows are counted per slice, refused ones
/// included; merging another capacity raises. Cost: a binary search of the keys (log2(capacity)
/// steps) and the state's update; a new slice moves up to capacity states. Thread rule: one writer.
/// Source of the rule: E. Cohen, H. Kaplan, "Summarizing Data using Bottom-k Sketches", PODC
/// (2007).
template <Accumulator State>
class sliced {
  public:
    using state_type = State;
    using sample_type = sliced_sample<typename State::sample_type>;
    static constexpr std::string_view kind =
        detail::joined_text<detail::sliced_prefix, State::kind>::value;
    static constexpr std::size_t most_slices = 1U << 20;

    /// A slice that is kept.
    struct slice {
        slice_key key;
        std::uint64_t rows{0};
        const State* state{nullptr};
    };

    /// 64 slices.
    sliced() requires std::default_initializable<State> : sliced(64) {}
    explicit sliced(std::size_t capacity) requires std::default_initializable<State>
        : sliced(capacity, State()) {}
    /// Slices begin as copies of `empty`, which must not have seen a row.
    sliced(std::size_t capacity, const State& empty) : empty_(empty), other_(empty) {
        if (capacity < 1 || capacity > most_slices)
            raise_invalid("sliced", "capacity", capacity, "1 to 1048576");
        State fresh = empty;
        fresh.reset();
        if (!(fresh == empty)) raise("sliced: the state to begin with has seen rows");
        keys_.assign(capacity, 0);
        rows_.assign(capacity, 0);
        states_.assign(capacity, empty);
    }

    void update(slice_key key, const typename State::sample_type& sample) noexcept(Bounded<State>) {
        const std::size_t at = place_for(key);
        if (at == capacity()) {
            ++other_rows_;
            other_.update(sample);
        } else {
            ++rows_[at];
            states_[at].update(sample);
        }
    }
    void update(const sample_type& row) noexcept(Bounded<State>) { update(row.key, row.sample); }

    void update(const columns_of<sample_type>& batch) {
        require_length(kind, "keys", batch.keys.size(), batch.samples.size());
        require_lengths(kind, batch.samples);
        for (std::size_t row = 0; row < batch.size(); ++row) update(batch[row]);
    }

    void merge(const sliced& other) {
        if (capacity() != other.capacity()) {
            raise(std::string(kind) + ": merging a capacity of " + detail::shown(other.capacity()) +
                  " into " + detail::shown(capacity()));
        }
        if (!(empty_ == other.empty_)) {
            raise(std::string(kind) + ": merging slices of states of another configuration");
        }
        if (this == &other) {
            const sliced copy = other;
            merge(copy);
            return;
        }
        for (std::size_t i = 0; i < other.used_; ++i) {
            const std::size_t at = place_for(slice_key(other.keys_[i]));
            if (at == capacity()) {
                other_rows_ += other.rows_[i];
                other_.merge(other.states_[i]);
            } else {
                rows_[at] += other.rows_[i];
                states_[at].merge(other.states_[i]);
            }
        }
        other_rows_ += other.other_rows_;
        other_.merge(other.other_);
    }

    void reset() noexcept {
        for (std::size_t i = 0; i < used_; ++i) clear(i);
        used_ = 0;
        other_rows_ = 0;
        other_.reset();
    }

    [[nodiscard]] std::size_t capacity() const noexcept { return states_.size(); }
    /// Number of slices that are kept.
    [[nodiscard]] std::size_t size() const noexcept { return static_cast<std::size_t>(used_); }
    /// The slices that are kept and have at least that many rows, in the order of their rank.
    [[nodiscard]] std::vector<slice> slices(std::uint64_t least_rows = 0) const {
        std::vector<slice> some;
        for (std::size_t i = 0; i < used_; ++i) {
            if (rows_[i] >= least_rows)
                some.push_back({slice_key(keys_[i]), rows_[i], &states_[i]});
        }
        return some;
    }
    /// The state of a slice; null when it is not kept.
    [[nodiscard]] const State* find(slice_key key) const noexcept {
        const std::size_t at = lower_bound(key);
        return at < used_ && keys_[at] == key.bits ? &states_[at] : nullptr;
    }
    /// A metric of each kept slice, in the order of slices(); too little data, with the rows as its
    /// weight, below the least support.
    template <Metric M>
    requires Reads<M, State>
    [[nodiscard]] std::vector<std::pair<slice_key, estimate>> read(
        const M& metric, std::uint64_t least_rows = 1) const {
        std::vector<std::pair<slice_key, estimate>> figures;
        for (std::size_t i = 0; i < used_; ++i) {
            figures.emplace_back(slice_key(keys_[i]),
                                 rows_[i] >= least_rows ? metric(states_[i])
                                                        : estimate(undefined::too_little_data,
                                                                   static_cast<double>(rows_[i])));
        }
        return figures;
    }

    /// The rows of all slices that are not kept.
    [[nodiscard]] const State& other() const noexcept { return other_; }
    [[nodiscard]] std::uint64_t other_rows() const noexcept { return other_rows_; }
    /// Rows seen, whatever became of them.
    [[nodiscard]] std::uint64_t rows() const noexcept {
        std::uint64_t sum = other_rows_;
        for (std::size_t i = 0; i < used_; ++i) sum += rows_[i];
        return sum;
    }
    /// All slices and other() merged: the state of the whole stream.
    [[nodiscard]] State total() const {
        State all = other_;
        for (std::size_t i = 0; i < used_; ++i) all.merge(states_[i]);
        return all;
    }
    [[nodiscard]] rejections rejected() const noexcept requires requires(const State& state) {
        { state.rejected() } -> std::convertible_to<const rejections&>;
    }
    {
        rejections all = other_.rejected();
        for (std::size_t i = 0; i < used_; ++i) all.merge(states_[i].rejected());
        return all;
    }
    [[nodiscard]] std::size_t bytes() const noexcept requires detail::SizedState<State> {
        std::size_t sum = sizeof *this + 16 * capacity() + empty_.bytes() + other_.bytes();
        for (const State& state : states_) sum += state.bytes();
        return sum;
    }

    friend bool operator==(const sliced&, const sliced&) = default;

    [[nodiscard]] std::string defect() const {
        const std::size_t slots = states_.size();
        if (slots < 1 || slots > most_slices || keys_.size() != slots || rows_.size() != slots ||
            used_ > slots)
            return "sliced: not one key and state a slice";
        State fresh = empty_;
        fresh.reset();
        if (!(fresh == empty_)) return "sliced: the state to begin with has seen rows";
        const auto began_empty = [&](State state) {
            state.reset();
            return state == empty_;
        };
        if (!began_empty(other_)) return "sliced: other rows are in a state of another kind";
        for (std::size_t i = 0; i < slots; ++i) {
            if (!began_empty(states_[i])) return "sliced: slices hold states of different kinds";
            if (i >= used_ && (keys_[i] != 0 || rows_[i] != 0 || !(states_[i] == empty_)))
                return "sliced: an unused slice is not empty";
            if (i > 0 && i < used_ && !(rank_at(i - 1) < rank_at(i)))
                return "sliced: the slices are not in order";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("empty", self.empty_);
        visit("used", self.used_);
        visit("keys", self.keys_);
        visit("rows", self.rows_);
        visit("states", self.states_);
        visit("other_rows", self.other_rows_);
        visit("other", self.other_);
    }

  private:
    [[nodiscard]] std::uint64_t rank_at(std::size_t at) const noexcept {
        return detail::slice_rank(slice_key(keys_[at]));
    }

    /// The first kept slice whose rank is not below the key's.
    [[nodiscard]] std::size_t lower_bound(slice_key key) const noexcept {
        const std::uint64_t rank = detail::slice_rank(key);
        std::size_t first = 0;
        for (std::size_t n = size(); n > 0;) {
            const std::size_t half = n / 2;
            if (rank_at(first + half) < rank) {
                first += half + 1;
                n -= half + 1;
            } else {
                n = half;
            }
        }
        return first;
    }

    /// The key's slice, made when it is to be kept; capacity() when it is not.
    [[nodiscard]] std::size_t place_for(slice_key key) {
        const std::size_t at = lower_bound(key);
        if (at < used_ && keys_[at] == key.bits) [[likely]]
            return at;
        if (at == capacity()) return at;
        std::size_t last = size();
        if (last == capacity()) {
            // The highest rank makes room. Its key never comes back: there will always be
            // `capacity` lower ones.
            --last;
            other_rows_ += rows_[last];
            other_.merge(states_[last]);
            clear(last);
        } else {
            ++used_;
        }
        const auto move_to_place = [&](auto& column) {
            const auto begin = column.begin();
            std::rotate(begin + static_cast<std::ptrdiff_t>(at),
                        begin + static_cast<std::ptrdiff_t>(last),
                        begin + static_cast<std::ptrdiff_t>(last + 1));
        };
        move_to_place(keys_);
        move_to_place(rows_);
        move_to_place(states_);
        keys_[at] = key.bits;
        return at;
    }

    void clear(std::size_t at) noexcept {
        keys_[at] = 0;
        rows_[at] = 0;
        states_[at].reset();
    }

    State empty_{};
    std::uint64_t used_{0};
    std::vector<std::uint64_t> keys_;
    std::vector<std::uint64_t> rows_;
    std::vector<State> states_;  // in the order of their keys' ranks; the unused ones behind
    std::uint64_t other_rows_{0};
    State other_{};
};

}  // namespace leeway::inline v0
