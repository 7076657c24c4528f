// Watches one model in production against its reference.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "leeway/change/mean_e_detector.hpp"
#include "leeway/core/version.hpp"
#include "leeway/monitor/alert_rule.hpp"
#include "leeway/monitor/monitor_state.hpp"
#include "leeway/monitor/recorder.hpp"
#include "leeway/monitor/reference.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

struct monitor_options {
    /// A: without drift, the mean number of predictions to the first alarm of the whole panel is at
    /// least this.
    double false_alarm_every{1e6};
    /// Drift of a feature or the score up to this population stability index raises no alarm, and
    /// is within in the snapshot's verdicts.
    psi leeway{0.0};
    /// A change of the mean loss up to this raises no alarm; in the loss's [0, 1] scale
    /// (error_reference), so for a binary task 0.02 is two more errors in a hundred.
    double error_leeway{0.0};
    /// Which change of the mean loss raises an alarm: by default only a rise.
    bet_direction error_direction{bet_direction::up};
    /// Confidence of the margin that a finite reference needs; 0: treat the reference as exact.
    double reference_confidence{0.95};
    /// Confidence of the verdicts in the snapshot, and the rows below which there is none.
    double verdict_confidence{0.99};
    double verdict_least_n{100};
    /// At most this many recorders at one time.
    std::size_t recorders{64};
    /// Predictions that each recorder remembers for their labels; a power of two. 16 bytes each.
    std::size_t pending_labels{65536};
    /// Lag-1 autocorrelation above which a channel's guarantee is marked void.
    double autocorrelation_limit{0.1};
    /// What the panel watches.
    bool watch_features{true};
    bool watch_score{true};
    bool watch_error{true};
};

/// Watches a model's features, score and errors against a reference, and raises an alarm when the
/// evidence of drift is such that without drift it would come once in false_alarm_every predictions
/// or more, on average.
///
/// Every feature and the score has a shape_e_detector, the error (when the reference has labels) a
/// mean_e_detector. The panel alarms when the *mean* of their evidences reaches A: a mean of
/// e-detectors is one, whatever the dependence between features, so A holds for the panel as a
/// whole. The alarm names the channel with the most evidence, then the next, until what is left
/// would not have raised it; named channels stay latched, counting as 0 in the mean, until rearm().
///
/// What the guarantee assumes: rows that are exchangeable (a channel whose lag-1 autocorrelation
/// exceeds the limit is marked void), a reference chosen before the stream was seen, and looks
/// (poll, snapshot) timed by the clock or the row count, not by the values. It speaks of the first
/// alarm after construction or rearm(). With labels that arrive late it holds for the feature
/// channels and for the error channel each; for the panel, where an alarm may be decided between a
/// row and its label, it is no longer a theorem. Source: J. Shin, A. Ramdas, A. Rinaldo,
/// "E-detectors: a nonparametric framework for sequential change detection", NEJSDS 2 (2024); R.
/// Wang, A. Ramdas, "False discovery rate control with e-values", JRSS B 84 (2022).
///
/// Cost: nothing but the recorders' on the serving threads; a look costs about 2 us a channel and
/// 5 us a recorder. It starts no thread, reads no clock, does no I/O.
/// Thread rule: every member may be called from any thread; they exclude one another by a mutex
/// that no recorder takes.
class monitor {
  public:
    explicit monitor(leeway::reference against, monitor_options options = {});
    monitor(monitor&&) noexcept = default;
    monitor& operator=(monitor&&) noexcept = default;
    ~monitor();

    /// A recorder for one serving thread; returned to the monitor when it is destroyed. Raises when
    /// options.recorders are in use.
    [[nodiscard]] leeway::recorder recorder();

    /// Looks, and returns the alarms that no poll has returned yet, oldest first.
    std::vector<alarm> poll(time_point now);

    /// Looks, and returns everything known as plain data. An alarm that this look raises is in the
    /// snapshot and will also be returned by the next poll.
    [[nodiscard]] leeway::snapshot snapshot(time_point now);

    /// The outcome of an earlier prediction, from a thread that has no recorder; takes the mutex.
    bool label(ticket prediction, double outcome);

    /// The totals of the current period, to save or to merge with those of other processes.
    [[nodiscard]] monitor_state state(time_point now);

    /// Begins a new period: snapshot and state cover the rows from here on. Detectors go on.
    void start_period(time_point now);

    /// Forgets all evidence and every named channel: the run length starts anew.
    void rearm();

    [[nodiscard]] const leeway::reference& reference() const noexcept;
    [[nodiscard]] const monitor_options& options() const noexcept;

  private:
    std::shared_ptr<detail::monitor_core> core_;
};

}  // namespace leeway::inline v0
