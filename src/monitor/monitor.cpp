#include "leeway/monitor/monitor.hpp"

#include <utility>

#include "monitor_core.hpp"

namespace leeway::inline v0 {

monitor::monitor(leeway::reference against, monitor_options options)
    : core_(std::make_shared<detail::monitor_core>(std::move(against), options)) {}

monitor::~monitor() = default;

recorder monitor::recorder() {
    detail::recorder_slot& slot = core_->take_slot();
    return leeway::recorder(core_, slot);
}

std::vector<alarm> monitor::poll(time_point now) {
    return core_->poll(now);
}

snapshot monitor::snapshot(time_point now) {
    return core_->snapshot(now);
}

bool monitor::label(ticket prediction, double outcome) {
    return core_->label(prediction, outcome);
}

monitor_state monitor::state(time_point now) {
    return core_->state(now);
}

void monitor::start_period(time_point now) {
    core_->start_period(now);
}

void monitor::rearm() {
    core_->rearm();
}

const reference& monitor::reference() const noexcept {
    return core_->reference();
}

const monitor_options& monitor::options() const noexcept {
    return core_->options();
}

}  // namespace leeway::inline v0
