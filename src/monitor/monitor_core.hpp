// What a monitor and its recorders share.
#pragma once

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "channel_layout.hpp"
#include "leeway/change/mean_e_detector.hpp"
#include "leeway/change/shape_e_detector.hpp"
#include "leeway/monitor/monitor.hpp"
#include "recorder_slot.hpp"

namespace leeway::inline v0::detail {

/// Counts of one watched channel, split at the moment when its evidence last was low. What came
/// before tells whether the stream is autocorrelated (a drift would pass for that); what came since
/// tells how large the drift is.
struct evidence_window {
    struct part {
        std::vector<std::uint64_t> counts;
        double products{0};
        std::uint64_t pairs{0};

        void add(std::span<const std::uint64_t> more, double more_products,
                 std::uint64_t more_pairs) noexcept {
            for (std::size_t i = 0; i < counts.size(); ++i) counts[i] += more[i];
            products += more_products;
            pairs += more_pairs;
        }
        void clear() noexcept {
            std::fill(counts.begin(), counts.end(), std::uint64_t{0});
            products = 0;
            pairs = 0;
        }
    };

    explicit evidence_window(std::size_t bins)
        : before{std::vector<std::uint64_t>(bins)}, since{std::vector<std::uint64_t>(bins)} {}

    /// Ends the window while the evidence is what chance gives: within four times its geometric
    /// mean over the last thousand looks or so (a batch of n rows adds up to n to it).
    void note(double evidence, std::uint64_t batch, std::uint64_t row) noexcept {
        if (!(evidence > 0)) return;
        const double level = std::log(evidence);
        if (looks == 0 || level <= usual + std::log(4.0) ||
            evidence <= 2 * static_cast<double>(batch)) {
            before.add(since.counts, since.products, since.pairs);
            since.clear();
            since_row = row;
        }
        looks = std::min(looks + 1, 1000.0);
        usual += (level - usual) / looks;
    }
    void clear(std::uint64_t row) noexcept {
        before.clear();
        since.clear();
        since_row = row;
        usual = looks = 0;
    }

    part before;
    part since;
    std::uint64_t since_row{0};
    double usual{0};  // mean logarithm of the evidence
    double looks{0};
};

class monitor_core {
  public:
    monitor_core(leeway::reference against, monitor_options options);

    [[nodiscard]] const leeway::reference& reference() const noexcept {
        return layout_.reference();
    }
    [[nodiscard]] const monitor_options& options() const noexcept { return options_; }
    [[nodiscard]] const channel_layout& layout() const noexcept { return layout_; }

    /// Recorders' side: never blocks.
    [[nodiscard]] ticket issue(recorder_slot& slot, double score) const noexcept;
    bool settle(recorder_slot& by, ticket prediction, double outcome) const noexcept;

    /// The host's side: each takes the mutex.
    [[nodiscard]] recorder_slot& take_slot();
    [[nodiscard]] std::vector<alarm> poll(time_point now);
    [[nodiscard]] leeway::snapshot snapshot(time_point now);
    bool label(ticket prediction, double outcome);
    [[nodiscard]] monitor_state state(time_point now);
    void start_period(time_point now);
    void rearm();

  private:
    /// A channel that the panel watches: an index into the features and score, or the error.
    struct watched {
        std::size_t channel;
        channel_kind kind;
        evidence_window window;
    };

    recorder_slot& add_slot(std::size_t pending_labels);
    void look(time_point now);
    void feed();
    void raise_alarm(std::size_t index, double panel, time_point now);
    [[nodiscard]] std::string name_of(const watched& channel) const;
    [[nodiscard]] drift_result effect_of(const watched& channel) const;
    [[nodiscard]] std::string explanation_of(const watched& channel) const;
    [[nodiscard]] estimate lag_one_of(const watched& channel) const;
    [[nodiscard]] estimate reference_lag_one_of(const watched& channel) const;
    [[nodiscard]] bool void_of(const watched& channel) const;
    [[nodiscard]] guard_reading guard_of(std::size_t index) const;

    const monitor_options options_;
    std::vector<shape_e_detector> shapes_;  // one a channel, watched or not
    std::optional<mean_e_detector> errors_;
    const channel_layout layout_;

    // By number; a recorder may look up another's slot while one is being added.
    std::vector<std::unique_ptr<recorder_slot>> slots_;
    std::unique_ptr<std::atomic<recorder_slot*>[]> by_number_;

    std::mutex mutex_;  // guards all that follows, and the monitor's side of every slot
    std::vector<watched> watched_;
    std::vector<double> evidence_;     // by watched channel
    std::vector<std::uint8_t> named_;  // by watched channel: latched by an alarm
    monitor_state delta_;              // of the look that is going on
    monitor_state totals_;             // of the period
    std::uint64_t rows_in_all_{0};
    std::optional<time_point> period_start_;
    std::optional<time_point> last_label_;
    std::uint64_t alarms_in_all_{0};
    std::deque<alarm> alarms_;  // the last 256
    std::vector<alarm> unreported_;
};

}  // namespace leeway::inline v0::detail
