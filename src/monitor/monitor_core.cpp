#include "monitor_core.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <span>

#include "lag_one.hpp"
#include "leeway/change/panel_evidence.hpp"
#include "leeway/core/error.hpp"
#include "leeway/drift/population_stability_index.hpp"
#include "leeway/monitor/make_snapshot.hpp"

namespace leeway::inline v0::detail {

namespace {

constexpr std::size_t most_recorders = 65535;  // 16 bits of a ticket
constexpr int sequence_bits = 48;
constexpr std::uint64_t sequence_mask = (std::uint64_t{1} << sequence_bits) - 1;
constexpr std::size_t alarms_kept = 256;
constexpr std::uint64_t enough_pairs = 200;  // for an autocorrelation with an error of 0.07

monitor_options checked(monitor_options options) {
    constexpr std::string_view where = "monitor_options";
    if (!(options.false_alarm_every >= 1) || !std::isfinite(options.false_alarm_every)) {
        raise_invalid(where, "false_alarm_every", options.false_alarm_every,
                      "a finite number of predictions, at least 1");
    }
    if (!(options.error_leeway >= 0 && options.error_leeway < 1)) {
        raise_invalid(where, "error_leeway", options.error_leeway, "in [0, 1)");
    }
    if (!(options.reference_confidence >= 0 && options.reference_confidence < 1)) {
        raise_invalid(where, "reference_confidence", options.reference_confidence, "in [0, 1)");
    }
    if (options.recorders < 1 || options.recorders >= most_recorders) {
        raise_invalid(where, "recorders", options.recorders, "1 to 65534");
    }
    if (!std::has_single_bit(options.pending_labels)) {
        raise_invalid(where, "pending_labels", options.pending_labels, "a power of two");
    }
    if (!(options.autocorrelation_limit >= 0)) {
        raise_invalid(where, "autocorrelation_limit", options.autocorrelation_limit, "at least 0");
    }
    alert_rule{options.leeway.value, options.verdict_confidence, options.verdict_least_n}
        .require_valid();
    return options;
}

std::size_t panel_size(const leeway::reference& against, const monitor_options& options) {
    std::size_t channels = 0;
    if (options.watch_features) channels += against.features().size();
    if (options.watch_score && against.score() != nullptr) ++channels;
    if (options.watch_error && against.error() != nullptr) ++channels;
    return channels;
}

const feature_reference& channel_of(const leeway::reference& against, std::size_t channel) {
    return channel < against.features().size() ? against.features()[channel] : *against.score();
}

std::vector<shape_e_detector> make_detectors(const leeway::reference& against,
                                             const monitor_options& options) {
    if (against.rows() == 0) raise("monitor: the reference is empty");
    shape_e_detector_options settings;
    settings.leeway_psi = options.leeway.value;
    settings.false_alarm_every = options.false_alarm_every;
    settings.reference_confidence = options.reference_confidence;
    settings.panel = std::max<std::size_t>(panel_size(against, options), 1);
    std::vector<shape_e_detector> made;
    for (const feature_reference& feature : against.features()) {
        made.emplace_back(feature.counts(), settings);
    }
    if (against.score() != nullptr) made.emplace_back(against.score()->counts(), settings);
    return made;
}

std::optional<mean_e_detector> make_error_detector(const leeway::reference& against,
                                                   const monitor_options& options) {
    const error_reference* error = against.error();
    if (error == nullptr || !options.watch_error) return std::nullopt;
    mean_e_detector_options settings;
    settings.reference_mean = error->mean();
    settings.n_reference = static_cast<double>(error->rows());
    settings.reference_sd = error->standard_deviation();
    settings.tolerance = options.error_leeway;
    settings.direction = options.error_direction;
    settings.false_alarm_every = options.false_alarm_every;
    settings.reference_confidence = options.reference_confidence;
    settings.panel = panel_size(against, options);
    for (std::size_t i = 0; i < error->levels(); ++i) settings.levels.push_back(error->value(i));
    return mean_e_detector(settings);
}

std::vector<std::vector<double>> locations_of(const std::vector<shape_e_detector>& detectors) {
    std::vector<std::vector<double>> made;
    for (const shape_e_detector& detector : detectors) {
        std::vector<double>& location = made.emplace_back();
        const std::size_t bins = detector.reference().bins().size();
        for (std::size_t bin = 0; bin < bins; ++bin) location.push_back(detector.location(bin));
    }
    return made;
}

binned_counts with_counts(const binned_counts& like, std::span<const std::uint64_t> counts) {
    binned_counts made(like.shared_bins());
    for (std::size_t bin = 0; bin < counts.size(); ++bin) made.add(bin, counts[bin]);
    return made;
}

}  // namespace

monitor_core::monitor_core(leeway::reference against, monitor_options options)
    : options_(checked(options)),
      shapes_(make_detectors(against, options_)),
      errors_(make_error_detector(against, options_)),
      layout_(against, locations_of(shapes_)),
      by_number_(new std::atomic<recorder_slot*>[options_.recorders + 1]()),
      delta_(against),
      totals_(against) {
    slots_.reserve(options_.recorders + 1);
    const auto watch = [&](std::size_t channel, channel_kind kind, std::size_t bins) {
        watched_.push_back({channel, kind, evidence_window(bins)});
    };
    const auto features = against.features();
    if (options_.watch_features) {
        for (std::size_t i = 0; i < features.size(); ++i) {
            const bool numeric = features[i].kind() == feature_kind::numeric;
            watch(i, numeric ? channel_kind::numeric : channel_kind::categorical,
                  features[i].bins().size());
        }
    }
    if (options_.watch_score && against.score() != nullptr) {
        watch(features.size(), channel_kind::score, against.score()->bins().size());
    }
    if (errors_) watch(0, channel_kind::error, against.error()->levels());
    evidence_.assign(watched_.size(), 0);
    named_.assign(watched_.size(), 0);
    (void)add_slot(0);  // the monitor's own, for label(): it issues no ticket
}

ticket monitor_core::issue(recorder_slot& slot, double score) const noexcept {
    if (!slot.pending.holds_any()) return {};
    const std::uint64_t sequence = ++slot.sequence & sequence_mask;
    slot.pending.issue(sequence, score);
    return {slot.number << sequence_bits | sequence};
}

bool monitor_core::settle(recorder_slot& by, ticket prediction, double outcome) const noexcept {
    const std::uint64_t number = prediction.value >> sequence_bits;
    const std::uint64_t sequence = prediction.value & sequence_mask;
    claim_result claimed = claim_result::unknown;
    double score = 0;
    if (number != 0 && number <= options_.recorders + 1 && sequence != 0) {
        recorder_slot* issuer = by_number_[number - 1].load(std::memory_order_acquire);
        if (issuer != nullptr) claimed = issuer->pending.claim(sequence, score);
    }
    monitor_state& pane = by.panes.enter();
    switch (claimed) {
        case claim_result::joined:
            layout_.settle(pane, outcome, score, by.last);
            break;
        case claim_result::expired:
            channel_layout::count_expired(pane);
            break;
        case claim_result::unknown:
            channel_layout::count_unknown(pane);
            break;
        case claim_result::duplicate:
            channel_layout::count_duplicate(pane);
            break;
    }
    by.panes.leave();
    return claimed == claim_result::joined;
}

recorder_slot& monitor_core::take_slot() {
    const std::lock_guard lock(mutex_);
    for (const auto& slot : slots_) {
        if (!slot->taken.exchange(true, std::memory_order_acquire)) {
            slot->last.forget();
            return *slot;
        }
    }
    if (slots_.size() > options_.recorders) {
        raise("monitor: all " + shown(options_.recorders) +
              " recorders are in use; raise monitor_options.recorders");
    }
    return add_slot(options_.pending_labels);
}

recorder_slot& monitor_core::add_slot(std::size_t pending_labels) {
    slots_.push_back(std::make_unique<recorder_slot>(layout_, slots_.size() + 1, pending_labels));
    recorder_slot& made = *slots_.back();
    made.taken.store(true, std::memory_order_relaxed);
    by_number_[made.number - 1].store(&made, std::memory_order_release);
    return made;
}

std::vector<alarm> monitor_core::poll(time_point now) {
    const std::lock_guard lock(mutex_);
    look(now);
    return std::exchange(unreported_, {});
}

bool monitor_core::label(ticket prediction, double outcome) {
    const std::lock_guard lock(mutex_);
    return settle(*slots_.front(), prediction, outcome);
}

monitor_state monitor_core::state(time_point now) {
    const std::lock_guard lock(mutex_);
    look(now);
    return totals_;
}

void monitor_core::start_period(time_point now) {
    const std::lock_guard lock(mutex_);
    look(now);
    totals_.reset();
    period_start_ = now;
}

void monitor_core::rearm() {
    const std::lock_guard lock(mutex_);
    for (shape_e_detector& detector : shapes_) detector.reset();
    if (errors_) errors_->reset();
    for (watched& channel : watched_) channel.window.clear(rows_in_all_);
    std::fill(evidence_.begin(), evidence_.end(), 0.0);
    std::fill(named_.begin(), named_.end(), std::uint8_t{0});
}

/// Takes what the recorders counted since the last look, feeds it to the detectors as one batch and
/// raises what there is to raise.
void monitor_core::look(time_point now) {
    delta_.reset();
    for (const auto& slot : slots_) {
        slot->panes.drain([this](const monitor_state& pane) { delta_.merge(pane); });
    }
    totals_.merge(delta_);
    rows_in_all_ += delta_.rows();
    if (delta_.labels().matched > 0) last_label_ = now;
    if (watched_.empty()) return;
    feed();
    const double panel = panel_evidence(evidence_, named_);
    name_alarms(std::span<const double>(evidence_), std::span<std::uint8_t>(named_),
                options_.false_alarm_every,
                [&](std::size_t index) { raise_alarm(index, panel, now); });
    for (std::size_t i = 0; i < watched_.size(); ++i) {
        // A look that brought nothing says nothing of what is usual.
        const std::uint64_t fresh =
            watched_[i].kind == channel_kind::error ? delta_.outcomes().rows() : delta_.rows();
        if (named_[i] == 0 && fresh > 0) {
            watched_[i].window.note(evidence_[i], fresh, rows_in_all_);
        }
    }
}

void monitor_core::feed() {
    const std::span<const std::uint64_t> levels(delta_.outcomes().levels());
    for (std::size_t i = 0; i < watched_.size(); ++i) {
        watched& channel = watched_[i];
        if (channel.kind == channel_kind::error) {
            if (delta_.outcomes().rows() == 0) continue;
            errors_->update_counts(levels);
            evidence_[i] = errors_->evidence();
            channel.window.since.add(levels, state_reader::error_products(delta_),
                                     state_reader::error_pairs(delta_));
        } else {
            if (delta_.rows() == 0) continue;
            const auto counts = delta_.counts(channel.channel);
            shapes_[channel.channel].update_counts(counts);
            evidence_[i] = shapes_[channel.channel].evidence();
            channel.window.since.add(counts, state_reader::sums(delta_, channel.channel).products,
                                     state_reader::pairs(delta_));
        }
    }
}

void monitor_core::raise_alarm(std::size_t index, double panel, time_point now) {
    const watched& channel = watched_[index];
    const bool error = channel.kind == channel_kind::error;
    alarm raised;
    raised.number = ++alarms_in_all_;
    raised.when = now;
    raised.row = rows_in_all_;
    raised.since_row = channel.window.since_row;
    raised.channel = name_of(channel);
    raised.kind = channel.kind;
    raised.detector = error ? mean_e_detector::kind : shape_e_detector::kind;
    raised.evidence = evidence_[index];
    raised.panel_evidence = panel;
    raised.threshold = options_.false_alarm_every;
    raised.effect = effect_of(channel);
    raised.effect_name = error ? "mean_difference" : population_stability_index::info.name;
    raised.explanation = explanation_of(channel);
    raised.guarantee_void = void_of(channel);
    if (alarms_.size() == alarms_kept) alarms_.pop_front();
    alarms_.push_back(raised);
    unreported_.push_back(std::move(raised));
}

std::string monitor_core::name_of(const watched& channel) const {
    if (channel.kind == channel_kind::error) return "error";
    return channel_of(reference(), channel.channel).name();
}

drift_result monitor_core::effect_of(const watched& channel) const {
    const auto& since = channel.window.since.counts;
    if (channel.kind != channel_kind::error) {
        const binned_counts& frozen = channel_of(reference(), channel.channel).counts();
        return population_stability_index{}(frozen, with_counts(frozen, since));
    }
    const error_reference& frozen = *reference().error();
    error_reference current = frozen;
    current.counts = since;
    drift_result effect;
    effect.n_reference = static_cast<double>(frozen.rows());
    effect.n_current = static_cast<double>(current.rows());
    effect.statistic = current.mean() - frozen.mean();
    effect.expected_without_drift = 0;
    const double sd = frozen.standard_deviation();
    const double sd_now = current.standard_deviation();
    effect.standard_error =
        std::sqrt(sd * sd / effect.n_reference + sd_now * sd_now / effect.n_current);
    return effect;
}

std::string monitor_core::explanation_of(const watched& channel) const {
    if (channel.kind == channel_kind::error) {
        switch (errors_->leading()) {
            case bet_direction::up:
                return "higher loss";
            case bet_direction::down:
                return "lower loss";
            case bet_direction::both:
                return "";
        }
        return "";
    }
    const leading_bet bet = shapes_[channel.channel].leading();
    if (!(bet.growth > 0)) return "";
    switch (bet.aspect) {
        case shape_aspect::location:
            return bet.up ? "higher values" : "lower values";
        case shape_aspect::scale:
            return bet.up ? "more values at both ends" : "more values in the middle";
        case shape_aspect::skew:
            return bet.up ? "another skew, to the right" : "another skew, to the left";
        case shape_aspect::tails:
            return bet.up ? "heavier tails" : "lighter tails";
        case shape_aspect::bin:
            return std::string(bet.up ? "more of " : "less of ")
                .append(shown(
                    std::string_view(channel_of(reference(), channel.channel).label(bet.bin))));
    }
    return "";
}

/// Of the rows before the evidence began to rise, where there are enough of them: a drift of the
/// mean looks like autocorrelation when rows from both of its sides are mixed.
estimate monitor_core::lag_one_of(const watched& channel) const {
    evidence_window::part rows = channel.window.before;
    if (rows.pairs < enough_pairs) {
        const evidence_window::part& since = channel.window.since;
        rows.add(since.counts, since.products, since.pairs);
    }
    if (channel.kind == channel_kind::error) {
        const error_reference& frozen = *reference().error();
        const double centre = frozen.mean();
        return lag_one(rows.counts, rows.products, rows.pairs,
                       [&](std::size_t level) { return frozen.value(level) - centre; });
    }
    const shape_e_detector& detector = shapes_[channel.channel];
    return lag_one(rows.counts, rows.products, rows.pairs,
                   [&](std::size_t bin) { return detector.location(bin); });
}

estimate monitor_core::reference_lag_one_of(const watched& channel) const {
    if (channel.kind != channel_kind::error) {
        return channel_of(reference(), channel.channel).lag_one();
    }
    const error_reference& frozen = *reference().error();
    const auto n = static_cast<double>(frozen.rows());
    return frozen.lag_one_known ? estimate::of(frozen.lag_one, n)
                                : estimate{undefined::too_little_data, n};
}

/// The stream decides; where it cannot, too short or stuck at one value, the reference does.
bool monitor_core::void_of(const watched& channel) const {
    const estimate current = lag_one_of(channel);
    const estimate used =
        current && current.weight() >= enough_pairs ? current : reference_lag_one_of(channel);
    if (!used) return false;
    return used.value() - 3 / std::sqrt(used.weight()) > options_.autocorrelation_limit;
}

guard_reading monitor_core::guard_of(std::size_t index) const {
    const watched& channel = watched_[index];
    guard_reading guard;
    guard.detector =
        channel.kind == channel_kind::error ? mean_e_detector::kind : shape_e_detector::kind;
    guard.evidence = evidence_[index];
    guard.threshold = options_.false_alarm_every * static_cast<double>(watched_.size());
    // A channel whose own evidence reaches A would have alarmed alone, outside a panel.
    guard.status = named_[index] != 0                               ? detector_status::drift
                   : evidence_[index] >= options_.false_alarm_every ? detector_status::warning
                                                                    : detector_status::stable;
    guard.explanation = explanation_of(channel);
    guard.lag_one = lag_one_of(channel);
    guard.lag_one_reference = reference_lag_one_of(channel);
    guard.guarantee_void = void_of(channel);
    return guard;
}

leeway::snapshot monitor_core::snapshot(time_point now) {
    const std::lock_guard lock(mutex_);
    look(now);
    leeway::snapshot made = make_snapshot(
        reference(), totals_, now,
        {options_.leeway.value, options_.verdict_confidence, options_.verdict_least_n});
    made.period_start = period_start_;
    made.last_label = last_label_;
    made.rows_in_all = rows_in_all_;
    made.panel.channels = watched_.size();
    made.panel.evidence = panel_evidence(evidence_, named_);
    made.panel.false_alarm_every = options_.false_alarm_every;
    made.panel.leeway_psi = options_.leeway.value;
    made.panel.reference_confidence = options_.reference_confidence;
    for (std::size_t i = 0; i < watched_.size(); ++i) {
        guard_reading guard = guard_of(i);
        made.panel.guarantee_void |= guard.guarantee_void;
        made.panel.status = std::max(made.panel.status, guard.status);
        const watched& channel = watched_[i];
        if (channel.kind == channel_kind::error) {
            made.error->guard = std::move(guard);
        } else if (channel.kind == channel_kind::score) {
            made.score->guard = std::move(guard);
        } else {
            made.features[channel.channel].guard = std::move(guard);
        }
    }
    made.alarms.assign(alarms_.begin(), alarms_.end());
    made.alarms_in_all = alarms_in_all_;
    return made;
}

}  // namespace leeway::inline v0::detail
