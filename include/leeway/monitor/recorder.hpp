// What a serving thread holds: it records, and never waits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>

#include "leeway/core/version.hpp"
#include "leeway/model/batch_view.hpp"

namespace leeway::inline v0 {

/// Names one recorded prediction, so that its label can be joined when it comes. A host may keep
/// `value` beside its own request id. Unique within one monitor; 0 names nothing.
struct ticket {
    std::uint64_t value{0};

    [[nodiscard]] constexpr explicit operator bool() const noexcept { return value != 0; }
    friend constexpr bool operator==(const ticket&, const ticket&) = default;
};

namespace detail {
class monitor_core;
struct recorder_slot;
}  // namespace detail

/// Counts rows, scores and labels into one of two panes; the monitor swaps the panes when it looks
/// and adds up the one that is at rest.
///
/// record, record_batch and label never lock, allocate, throw or make a system call, and no look of
/// the monitor makes them wait: a look at the very moment of a swap costs one more try. Totals are
/// exact. What cannot be recorded is counted (snapshot.rejected_rows, .labels, missing and unseen
/// bins) and never thrown.
///
/// Cost: about one binned_counts update a feature plus some 50 ns a row; see docs/performance.md.
/// Bytes: bytes(), fixed when the monitor makes it.
/// Thread rule: one thread at a time. It may outlive the monitor: what it records then is lost.
/// Source of the hand-over: Dekker's mutual exclusion, one side of it waiting (E. W. Dijkstra,
/// "Over de sequentialiteit van procesbeschrijvingen", EWD 35, about 1962).
class recorder {
  public:
    recorder(recorder&& other) noexcept;
    recorder& operator=(recorder&& other) noexcept;
    ~recorder();

    /// One prediction. A missing feature is NaN. A row of the wrong width is counted and not
    /// recorded. The ticket is empty when nothing can be joined: the row was not recorded, or the
    /// reference knows no task.
    ticket record(std::span<const double> features,
                  double score = std::numeric_limits<double>::quiet_NaN()) noexcept;

    /// One prediction whose outcome is known already (binary: 0 or 1; regression: the target).
    void record(std::span<const double> features, double score, double label) noexcept;

    /// One prediction a row. scores and labels are empty or hold one value a row; tickets, when not
    /// empty, receives one a row. Lengths that do not fit: every row is counted as rejected.
    void record_batch(const batch_view& rows, std::span<const double> scores,
                      std::span<const double> labels = {}, std::span<ticket> tickets = {}) noexcept;

    /// The outcome of an earlier prediction, of this or any other recorder of the same monitor.
    /// False when it joined nothing: the prediction had left the ring of pending ones, has a label
    /// already, or never was. Each is counted in snapshot.labels.
    bool label(ticket prediction, double outcome) noexcept;

    /// Memory behind this recorder, in bytes; constant.
    [[nodiscard]] std::size_t bytes() const noexcept;

  private:
    friend class monitor;
    friend class detail::monitor_core;
    recorder(std::shared_ptr<detail::monitor_core> core, detail::recorder_slot& slot) noexcept;

    std::shared_ptr<detail::monitor_core> core_;
    detail::recorder_slot* slot_;
};

}  // namespace leeway::inline v0
