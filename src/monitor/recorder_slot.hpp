// Where one recorder counts, and how the monitor takes what it counted.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <thread>

#include "channel_layout.hpp"
#include "leeway/monitor/monitor_state.hpp"
#include "pending_ring.hpp"

namespace leeway::inline v0::detail {

/// Two panes, one in use by the recorder and one at rest.
///
/// The recorder announces the pane it enters (an exchange), then looks again which one is in use:
/// if the monitor has swapped in between, it moves on. The monitor swaps, then waits until the old
/// pane is not announced. Both orders are sequentially consistent, so either the recorder sees the
/// swap or the monitor sees the announcement: never both in one pane. The recorder waits for
/// nothing; the monitor for the some 100 ns that a row takes.
class pane_pair {
  public:
    explicit pane_pair(const leeway::reference& against)
        : panes_{monitor_state(against), monitor_state(against)} {}

    /// Recorder's side: the pane to write into until leave().
    [[nodiscard]] monitor_state& enter() noexcept {
        std::uint32_t pane = in_use_.load(std::memory_order_relaxed);
        for (;;) {
            announced_.exchange(pane + 1, std::memory_order_seq_cst);
            const std::uint32_t now = in_use_.load(std::memory_order_seq_cst);
            if (now == pane) [[likely]]
                return panes_[pane];
            pane = now;
        }
    }
    void leave() noexcept { announced_.store(0, std::memory_order_release); }

    /// Monitor's side (one thread at a time): hands the pane that was in use to take, then resets
    /// it.
    template <class Take>
    void drain(Take take) {
        const std::uint32_t old = in_use_.load(std::memory_order_relaxed);
        in_use_.store(1 - old, std::memory_order_seq_cst);
        while (announced_.load(std::memory_order_seq_cst) == old + 1) std::this_thread::yield();
        take(static_cast<const monitor_state&>(panes_[old]));
        panes_[old].reset();
    }

    [[nodiscard]] std::size_t bytes() const noexcept {
        return panes_[0].bytes() + panes_[1].bytes();
    }

  private:
    // Apart, so that a look at one recorder does not slow another, nor the flag the counts.
    alignas(64) std::atomic<std::uint32_t> announced_{0};  // 0: outside; pane + 1: inside it
    alignas(64) std::atomic<std::uint32_t> in_use_{0};
    alignas(64) monitor_state panes_[2];
};

/// One recorder's memory. Owned by the monitor's core and reused after the recorder is gone.
struct alignas(64) recorder_slot {
    recorder_slot(const channel_layout& layout, std::uint64_t number_, std::size_t pending_labels)
        : number(number_),
          panes(layout.reference()),
          last(layout.channels()),
          pending(layout.joins_labels() ? pending_labels : 0) {}

    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this - 2 * sizeof(monitor_state) + panes.bytes() + pending.bytes() +
               last.location.size() * sizeof(double);
    }

    const std::uint64_t number;  // 1, 2, ...: the upper bits of its tickets
    std::atomic<bool> taken{false};
    pane_pair panes;
    row_memory last;
    std::uint64_t sequence{0};  // of the last prediction issued
    pending_ring pending;
};

}  // namespace leeway::inline v0::detail
