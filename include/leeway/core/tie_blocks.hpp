// The items of one ranked list, best first, in blocks of equal score.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// What is known of the order in which items come.
enum class item_order : std::uint8_t { any, best_first };

/// Items that share a score. What a ranking measure needs to know of them does not depend on the
/// order in which they arrived.
struct tie_block {
    std::size_t before{0};    ///< items with a higher score
    std::size_t size{0};      ///< items in the block, at least 1
    std::size_t relevant{0};  ///< of them, those with a relevance above 0
    double gain{0};           ///< sum of their gains
};

namespace detail {

struct ranked_item {
    double key;
    double relevance;
};

/// Sorts by key, the largest first. Up to 32 items each one's place is counted: as many steps as
/// an insertion sort, but none of them a branch, and branches on scores are mispredicted.
inline void sort_best_first(ranked_item* items, std::size_t n) noexcept {
    constexpr std::size_t few = 32;
    if (n > few) {
        std::sort(items, items + n,
                  [](const ranked_item& a, const ranked_item& b) { return a.key > b.key; });
        return;
    }
    ranked_item before[few];
    std::uint32_t place[few];
    for (std::size_t i = 0; i < n; ++i) {
        before[i] = items[i];
        std::uint32_t above = 0;
        for (std::size_t j = 0; j < i; ++j) {
            const std::uint32_t first = before[j].key >= before[i].key ? 1 : 0;
            above += first;
            place[j] += 1 - first;
        }
        place[i] = above;
    }
    for (std::size_t i = 0; i < n; ++i) items[place[i]] = before[i];
}

/// Shows the blocks of sorted items one after the other and counts what came before.
template <class Gain, class See>
class block_walk {
  public:
    block_walk(Gain gain, See& see) : gain_(gain), see_(see) {}

    /// item(i) is the one at place i of n in order.
    template <class Item>
    void sorted(std::size_t n, Item item) noexcept {
        for (std::size_t i = 0; i < n && !enough_;) {
            tie_block block{before_, 0, 0, 0};
            for (const double key = item(i).key; i < n && item(i).key == key; ++i) {
                add(block, item(i).relevance);
            }
            show(block);
        }
    }
    void items(const ranked_item* list, std::size_t n) noexcept {
        sorted(n, [list](std::size_t i) { return list[i]; });
    }

    /// The block of all items with this key, wherever they are.
    void equal_to(double key, std::span<const double> keys,
                  std::span<const double> relevance) noexcept {
        tie_block block{before_, 0, 0, 0};
        for (std::size_t i = 0; i < keys.size(); ++i) {
            if (keys[i] == key) add(block, relevance[i]);
        }
        show(block);
    }

    [[nodiscard]] std::size_t before() const noexcept { return before_; }
    [[nodiscard]] bool enough() const noexcept { return enough_; }

  private:
    void add(tie_block& block, double relevance) const noexcept {
        ++block.size;
        block.relevant += relevance > 0 ? 1U : 0U;
        block.gain += gain_(relevance);
    }
    void show(const tie_block& block) noexcept {
        enough_ = !see_(block);
        before_ += block.size;
    }

    Gain gain_;
    See& see_;
    std::size_t before_{0};
    bool enough_{false};
};

/// Keeps the `room` items with the largest keys of those it is offered, somewhere in `items`,
/// which has 2 * room places.
class best_items {
  public:
    best_items(ranked_item* items, std::size_t room) noexcept : items_(items), room_(room) {}

    void offer(ranked_item item) noexcept {
        if (full_ && !(item.key > least_)) return;
        items_[size_++] = item;
        if (size_ == 2 * room_) drop();
    }

    /// The items, sorted; the number of them, at most `room`.
    [[nodiscard]] std::size_t sorted() noexcept {
        if (size_ > room_) drop();
        sort_best_first(items_, size_);
        return size_;
    }
    /// Whether items were left out, all of them with a key not above the least that is kept.
    [[nodiscard]] bool left_out() const noexcept { return full_; }

  private:
    void drop() noexcept {
        std::nth_element(items_, items_ + (room_ - 1), items_ + size_,
                         [](const ranked_item& a, const ranked_item& b) { return a.key > b.key; });
        size_ = room_;
        least_ = items_[room_ - 1].key;
        full_ = true;
    }

    ranked_item* items_;
    std::size_t room_;
    std::size_t size_{0};
    double least_{0};
    bool full_{false};
};

}  // namespace detail

/// see(block) for each block of equal keys, the largest key first, until it returns false. Blocks
/// that begin at or beyond `depth` (0: none) may be left out. `gain` maps a relevance to what
/// tie_block::gain adds up. The two columns are of one length; keys are finite.
///
/// Nothing is allocated: 16 KiB of stack. Cost: up to 1,024 items one sort; longer lists, and short
/// depths, O(n) for every 512 ranks that are asked for. Where the keys descend already, say so
/// (item_order::best_first): then nothing is sorted. Thread rule: a pure function.
template <item_order Order = item_order::any, class Gain, class See>
void for_each_tie_block(std::span<const double> key, std::span<const double> relevance,
                        std::size_t depth, Gain gain, See see) noexcept {
    constexpr std::size_t most = 512;
    const std::size_t n = key.size();
    if constexpr (Order == item_order::best_first) {
        detail::block_walk<Gain, See>(gain, see).sorted(n, [&](std::size_t i) {
            return detail::ranked_item{key[i], relevance[i]};
        });
        return;
    }
    const std::size_t wanted = depth == 0 ? n : std::min(depth, n);
    detail::ranked_item items[2 * most];
    detail::block_walk<Gain, See> walk(gain, see);
    if (n <= 64 || (n <= 2 * most && n / 4 <= wanted)) {
        for (std::size_t i = 0; i < n; ++i) items[i] = {key[i], relevance[i]};
        detail::sort_best_first(items, n);
        walk.items(items, n);
        return;
    }
    // Rounds: each takes the best of what is below the last block shown. The last block of a round
    // may have been cut, so it is added up from the list itself.
    const std::size_t room = std::clamp<std::size_t>(wanted, 32, most);
    double below = std::numeric_limits<double>::infinity();
    while (walk.before() < wanted && !walk.enough()) {
        detail::best_items best(items, room);
        for (std::size_t i = 0; i < n; ++i) {
            if (key[i] < below) best.offer({key[i], relevance[i]});
        }
        const std::size_t kept = best.sorted();
        if (!best.left_out()) {
            walk.items(items, kept);
            return;
        }
        below = items[kept - 1].key;
        std::size_t whole = kept;
        while (whole > 0 && items[whole - 1].key == below) --whole;
        walk.items(items, whole);
        if (!walk.enough()) walk.equal_to(below, key, relevance);
    }
}

}  // namespace leeway::inline v0
