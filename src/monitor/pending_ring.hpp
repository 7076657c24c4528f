// Predictions that wait for their label, in a ring that forgets the oldest.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

enum class claim_result { joined, expired, unknown, duplicate };

/// One thread issues, any thread claims; no locks, no allocation after construction.
///
/// A slot's key is 0 (never used), 1 (being rewritten) or 2 s + c for sequence number s >= 1, c = 1
/// once claimed. The writer marks the slot, stores the score (release), then the new key (release).
/// A claimer reads key and score (acquire), then swaps the key from 2 s to 2 s + 1: had the score
/// been of a later prediction, the mark or the later key would stand there and the swap would fail.
/// The swap also makes sure that one prediction takes one label.
class pending_ring {
  public:
    /// capacity: a power of two, or 0 for a ring that holds nothing.
    explicit pending_ring(std::size_t capacity)
        : mask_(capacity - 1), slots_(capacity == 0 ? nullptr : new slot[capacity]()) {}

    [[nodiscard]] bool holds_any() const noexcept { return slots_ != nullptr; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return slots_ ? (mask_ + 1) * sizeof(slot) : 0;
    }

    /// sequence: 1, 2, 3, ...
    void issue(std::uint64_t sequence, double score) noexcept {
        slot& at = slots_[sequence & mask_];
        at.key.store(1, std::memory_order_relaxed);
        at.score.store(score, std::memory_order_release);
        at.key.store(2 * sequence, std::memory_order_release);
    }

    [[nodiscard]] claim_result claim(std::uint64_t sequence, double& score) noexcept {
        if (!slots_) return claim_result::unknown;
        slot& at = slots_[sequence & mask_];
        std::uint64_t key = at.key.load(std::memory_order_acquire);
        if (key == 2 * sequence) {
            const double found = at.score.load(std::memory_order_acquire);
            if (at.key.compare_exchange_strong(key, key | 1, std::memory_order_acq_rel)) {
                score = found;
                return claim_result::joined;
            }
        }
        if (key == 2 * sequence + 1) return claim_result::duplicate;
        return key == 1 || key > 2 * sequence ? claim_result::expired : claim_result::unknown;
    }

  private:
    struct slot {
        std::atomic<std::uint64_t> key{0};
        std::atomic<double> score{0};
    };

    std::size_t mask_;
    std::unique_ptr<slot[]> slots_;
};

}  // namespace leeway::inline v0::detail
