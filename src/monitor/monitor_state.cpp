#include "leeway/monitor/monitor_state.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

std::string id_text(std::uint64_t id) {
    std::string text = "0x0000000000000000";
    for (std::size_t i = 0; i < 16; ++i, id >>= 4) text[17 - i] = "0123456789abcdef"[id & 15];
    return text;
}

}  // namespace

std::string detail::channel_sums::defect() const {
    // Deviations may have overflowed: make_snapshot reports such a mean as out of range.
    return std::isnan(products) || squares < 0 ? "monitor_state: a channel's sums are impossible"
                                               : "";
}

monitor_state::monitor_state(const leeway::reference& against)
    : reference_id_(against.id()), outcomes_(against) {
    for (const feature_reference& feature : against.features()) {
        bins_.push_back(feature.bins().size());
    }
    if (against.score() != nullptr) bins_.push_back(against.score()->bins().size());
    prepare();
    counts_.assign(first_.back(), 0);
    sums_.assign(bins_.size(), {});
}

/// Where each channel's counts begin. Bytes from outside may describe sums that overflow: defect()
/// refuses them before anything reads the counts.
void monitor_state::prepare() {
    first_.assign(1, 0);
    for (const std::uint64_t bins : bins_) first_.push_back(first_.back() + bins);
}

void monitor_state::merge(const monitor_state& other) {
    if (reference_id_ == 0 && bins_.empty()) {
        *this = other;
        return;
    }
    if (reference_id_ != other.reference_id_) {
        raise("monitor_state: these states were collected against different references (ids " +
              id_text(reference_id_) + " and " + id_text(other.reference_id_) +
              "), so their counts do not add up");
    }
    if (bins_ != other.bins_) {
        raise("monitor_state: the states name one reference (id " + id_text(reference_id_) +
              ") but have different bins");
    }
    outcomes_.merge(other.outcomes_);
    rows_ += other.rows_;
    rejected_rows_ += other.rejected_rows_;
    pairs_ += other.pairs_;
    for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
    for (std::size_t i = 0; i < sums_.size(); ++i) {
        sums_[i].products += other.sums_[i].products;
        sums_[i].deviations += other.sums_[i].deviations;
        sums_[i].squares += other.sums_[i].squares;
        sums_[i].below += other.sums_[i].below;
        sums_[i].above += other.sums_[i].above;
    }
    error_products_ += other.error_products_;
    error_pairs_ += other.error_pairs_;
    expired_ += other.expired_;
    unknown_ += other.unknown_;
    duplicate_ += other.duplicate_;
}

void monitor_state::reset() noexcept {
    rows_ = rejected_rows_ = pairs_ = error_pairs_ = expired_ = unknown_ = duplicate_ = 0;
    error_products_ = 0;
    std::fill(counts_.begin(), counts_.end(), std::uint64_t{0});
    std::fill(sums_.begin(), sums_.end(), detail::channel_sums{});
    outcomes_.reset();
}

label_counts monitor_state::labels() const noexcept {
    label_counts labels;
    labels.rejected = outcomes_.bad_labels();
    labels.score_rejected = outcomes_.bad_scores();
    labels.matched = outcomes_.rows() + labels.rejected + labels.score_rejected;
    labels.expired = expired_;
    labels.unknown = unknown_;
    labels.duplicate = duplicate_;
    return labels;
}

void monitor_state::require_bound_to(const leeway::reference& against) const {
    if (reference_id_ != against.id()) {
        raise("monitor_state: collected against the reference " + id_text(reference_id_) +
              ", not against this one, " + id_text(against.id()));
    }
    const monitor_state expected(against);
    if (bins_ != expected.bins_ || outcomes_.task() != expected.outcomes_.task() ||
        outcomes_.threshold() != expected.outcomes_.threshold() ||
        outcomes_.levels().size() != expected.outcomes_.levels().size()) {
        raise("monitor_state: names the reference " + id_text(reference_id_) +
              " but has other bins than it");
    }
}

std::size_t monitor_state::bytes() const noexcept {
    return sizeof *this - sizeof outcomes_ + outcomes_.bytes() +
           (bins_.size() + counts_.size() + first_.size()) * sizeof(std::uint64_t) +
           sums_.size() * sizeof sums_[0];
}

bool operator==(const monitor_state& a, const monitor_state& b) {
    return a.reference_id_ == b.reference_id_ && a.rows_ == b.rows_ &&
           a.rejected_rows_ == b.rejected_rows_ && a.pairs_ == b.pairs_ && a.bins_ == b.bins_ &&
           a.counts_ == b.counts_ && a.sums_ == b.sums_ && a.error_products_ == b.error_products_ &&
           a.error_pairs_ == b.error_pairs_ && a.expired_ == b.expired_ &&
           a.unknown_ == b.unknown_ && a.duplicate_ == b.duplicate_ && a.outcomes_ == b.outcomes_;
}

std::string monitor_state::defect() const {
    std::uint64_t total_bins = 0;
    for (const std::uint64_t bins : bins_) {
        if (bins < 4 || bins > counts_.size() - total_bins) {
            return "monitor_state: the bins do not fit the counts";
        }
        total_bins += bins;
    }
    if (total_bins != counts_.size()) return "monitor_state: the bins do not fit the counts";
    if (sums_.size() != bins_.size()) return "monitor_state: not one set of sums a channel";
    for (std::size_t channel = 0; channel < bins_.size(); ++channel) {
        std::uint64_t left = rows_;
        for (const std::uint64_t count : counts(channel)) {
            if (count > left) return "monitor_state: a channel has more values than rows";
            left -= count;
        }
        if (left != 0) return "monitor_state: a channel has fewer values than rows";
        if (sums_[channel].below > rows_ || sums_[channel].above > rows_ - sums_[channel].below) {
            return "monitor_state: more values out of range than rows";
        }
    }
    if (pairs_ > rows_ || error_pairs_ > outcomes_.rows()) {
        return "monitor_state: more neighbours than rows";
    }
    if (std::isnan(error_products_)) return "monitor_state: a sum is not a number";
    return {};
}

}  // namespace leeway::inline v0
