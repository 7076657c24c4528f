#include "leeway/monitor/recorder.hpp"

#include <utility>

#include "monitor_core.hpp"

namespace leeway::inline v0 {

recorder::recorder(std::shared_ptr<detail::monitor_core> core, detail::recorder_slot& slot) noexcept
    : core_(std::move(core)), slot_(&slot) {}

recorder::recorder(recorder&& other) noexcept
    : core_(std::move(other.core_)), slot_(std::exchange(other.slot_, nullptr)) {}

recorder& recorder::operator=(recorder&& other) noexcept {
    std::swap(core_, other.core_);
    std::swap(slot_, other.slot_);
    return *this;
}

recorder::~recorder() {
    if (slot_ != nullptr) slot_->taken.store(false, std::memory_order_release);
}

ticket recorder::record(std::span<const double> features, double score) noexcept {
    const detail::channel_layout& layout = core_->layout();
    monitor_state& pane = slot_->panes.enter();
    const bool fits = features.size() == layout.features();
    if (fits) [[likely]] {
        layout.observe(pane, features.data(), score, slot_->last);
    } else {
        detail::channel_layout::reject_rows(pane, 1);
    }
    slot_->panes.leave();
    return fits ? core_->issue(*slot_, score) : ticket{};
}

void recorder::record(std::span<const double> features, double score, double label) noexcept {
    const detail::channel_layout& layout = core_->layout();
    monitor_state& pane = slot_->panes.enter();
    if (features.size() == layout.features()) [[likely]] {
        layout.observe(pane, features.data(), score, slot_->last);
        layout.settle(pane, label, score, slot_->last);
    } else {
        detail::channel_layout::reject_rows(pane, 1);
    }
    slot_->panes.leave();
}

void recorder::record_batch(const batch_view& rows, std::span<const double> scores,
                            std::span<const double> labels, std::span<ticket> tickets) noexcept {
    const auto optional_length = [&](std::size_t length) {
        return length == 0 || length == rows.rows();
    };
    if (!optional_length(scores.size()) || !optional_length(labels.size()) ||
        !optional_length(tickets.size())) {
        detail::channel_layout::reject_rows(slot_->panes.enter(), rows.rows());
        slot_->panes.leave();
        for (ticket& each : tickets) each = ticket{};
        return;
    }
    // Row by row: a look of the monitor never waits longer than one row takes.
    for (std::size_t i = 0; i < rows.rows(); ++i) {
        const double score = scores.empty() ? std::numeric_limits<double>::quiet_NaN() : scores[i];
        ticket made;
        if (labels.empty()) {
            made = record(rows.row(i), score);
        } else {
            record(rows.row(i), score, labels[i]);
        }
        if (!tickets.empty()) tickets[i] = made;
    }
}

bool recorder::label(ticket prediction, double outcome) noexcept {
    return core_->settle(*slot_, prediction, outcome);
}

std::size_t recorder::bytes() const noexcept {
    return slot_->bytes();
}

}  // namespace leeway::inline v0
