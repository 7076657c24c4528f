// How a row becomes increments: the hot path of recording, laid out flat.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include "leeway/accumulators/binning.hpp"
#include "leeway/monitor/monitor_state.hpp"
#include "leeway/monitor/reference.hpp"

namespace leeway::inline v0::detail {

/// What one recorder remembers of its last row, for the lag-1 autocorrelation.
struct row_memory {
    std::vector<double> location;  // by channel
    double error{0};
    bool has_row{false};
    bool has_error{false};

    explicit row_memory(std::size_t channels) : location(channels, 0.0) {}

    void forget() noexcept {
        std::fill(location.begin(), location.end(), 0.0);
        error = 0;
        has_row = has_error = false;
    }
};

/// The frozen facts that recording needs, and the only code that writes into a monitor_state.
/// Immutable: shared by all recorders.
class channel_layout {
  public:
    /// locations[c][bin]: the number that stands for a bin in the autocorrelation of channel c.
    channel_layout(leeway::reference against, const std::vector<std::vector<double>>& locations)
        : reference_(std::move(against)), features_(reference_.features().size()) {
        std::size_t channel = 0;
        for (const feature_reference& feature : reference_.features()) {
            add(feature, locations[channel++]);
        }
        if (reference_.score() != nullptr) add(*reference_.score(), locations[channel]);
        // Pointers only now: the vector has stopped growing.
        for (hot_channel& hot : hot_) hot.location = locations_.data() + hot.first;
        if (const error_reference* error = reference_.error()) {
            step_ = 1 / static_cast<double>(error->levels() - 1);
            mean_ = error->mean();
        }
    }
    channel_layout(const channel_layout&) = delete;
    channel_layout& operator=(const channel_layout&) = delete;

    [[nodiscard]] std::size_t features() const noexcept { return features_; }
    [[nodiscard]] std::size_t channels() const noexcept { return hot_.size(); }
    [[nodiscard]] const leeway::reference& reference() const noexcept { return reference_; }
    [[nodiscard]] bool joins_labels() const noexcept { return reference_.error() != nullptr; }

    /// Counts one row of features() values and its score.
    void observe(monitor_state& into, const double* row, double score,
                 row_memory& last) const noexcept {
        std::uint64_t* counts = into.counts_.data();
        channel_sums* sums = into.sums_.data();
        double* location = last.location.data();
        for (std::size_t c = 0; c < features_; ++c) {
            observe(hot_[c], row[c], counts, sums[c], location[c]);
        }
        if (features_ < hot_.size()) {
            observe(hot_[features_], score, counts, sums[features_], location[features_]);
        }
        ++into.rows_;
        into.pairs_ += last.has_row ? 1 : 0;
        last.has_row = true;
    }

    /// Counts the outcome of one prediction.
    void settle(monitor_state& into, double label, double score, row_memory& last) const noexcept {
        const std::size_t level = into.outcomes_.update(label, score);
        if (level == outcome_totals::no_level) return;
        const double here = static_cast<double>(level) * step_ - mean_;
        into.error_products_ += here * last.error;
        into.error_pairs_ += last.has_error ? 1 : 0;
        last.error = here;
        last.has_error = true;
    }

    static void reject_rows(monitor_state& into, std::uint64_t n) noexcept {
        into.rejected_rows_ += n;
    }
    static void count_expired(monitor_state& into) noexcept { ++into.expired_; }
    static void count_unknown(monitor_state& into) noexcept { ++into.unknown_; }
    static void count_duplicate(monitor_state& into) noexcept { ++into.duplicate_; }

  private:
    struct hot_channel {
        const binning* bins;
        const double* location;
        std::size_t first;  // where its counts begin
        bool numeric;
        double shift;
        double low;
        double high;
    };

    void add(const feature_reference& channel, const std::vector<double>& location) {
        constexpr double infinity = std::numeric_limits<double>::infinity();
        hot_.push_back({&channel.bins(), nullptr, locations_.size(),
                        channel.kind() == feature_kind::numeric, channel.mean().value_or(0),
                        channel.minimum().value_or(-infinity),
                        channel.maximum().value_or(infinity)});
        locations_.insert(locations_.end(), location.begin(), location.end());
    }

    static void observe(const hot_channel& channel, double value, std::uint64_t* counts,
                        channel_sums& sums, double& last) noexcept {
        const std::size_t bin = (*channel.bins)(value);
        ++counts[channel.first + bin];
        const double here = channel.location[bin];
        sums.products += here * last;
        last = here;
        if (!channel.numeric) return;
        const bool finite = std::isfinite(value);
        const double deviation = finite ? value - channel.shift : 0.0;
        sums.deviations += deviation;
        sums.squares += deviation * deviation;
        // Seldom true: a predicted branch is cheaper than two more read-modify-writes.
        if ((value < channel.low || value > channel.high) && finite) [[unlikely]] {
            ++(value < channel.low ? sums.below : sums.above);
        }
    }

    leeway::reference reference_;  // keeps the binnings alive
    std::size_t features_;
    std::vector<hot_channel> hot_;
    std::vector<double> locations_;
    double step_{0};  // of the loss from one level to the next
    double mean_{0};
};

}  // namespace leeway::inline v0::detail
