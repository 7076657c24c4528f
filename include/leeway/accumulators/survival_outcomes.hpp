// Every time, event and risk of a test set, for the metrics of survival.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/forecast_sample.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// All (time, event, risk, weight) rows in order of arrival: concordance and Brier scores of
/// survival are read from it.
///
/// It grows: 20 bytes a row, 28 once a weight other than 1 was seen. Right for a test set, wrong in
/// a service, so it is not Bounded; update may throw std::bad_alloc, and then nothing was added.
/// Rows with NaN or infinities, a bad weight, an event other than 0 and 1 or a negative time are
/// counted in rejected() and not kept. Merging appends. Cost: a few ns a row in a batch. Thread
/// rule: one writer.
class survival_outcomes {
  public:
    using sample_type = survival_outcome;
    static constexpr std::string_view kind = "survival_outcomes";

    void update(const survival_outcome& sample) {
        if (!rejected_.accepts(sample)) return;
        make_room(1, sample.weight != 1);
        append(sample);
    }

    void update(const survival_outcome::columns& batch) {
        require_lengths(kind, batch);
        const bool weighted = std::any_of(batch.weight.begin(), batch.weight.end(),
                                          [](double weight) { return weight != 1; });
        make_room(batch.size(), weighted);
        for (std::size_t row = 0; row < batch.size(); ++row) {
            const survival_outcome sample = batch[row];
            if (rejected_.accepts(sample)) append(sample);
        }
    }

    void merge(const survival_outcomes& other) {
        const std::size_t added = other.size();  // other may be this very object
        make_room(added, !other.weights_.empty());
        for (std::size_t row = 0; row < added; ++row) {
            append(other[row]);
        }
        const rejections refused = other.rejected_;
        rejected_.merge(refused);
    }

    void reset() noexcept {
        times_.clear();
        events_.clear();
        risks_.clear();
        weights_.clear();
        rejected_ = {};
    }

    [[nodiscard]] std::size_t size() const noexcept { return times_.size(); }
    [[nodiscard]] survival_outcome operator[](std::size_t row) const noexcept {
        return {times_[row], events_[row], risks_[row], weights_.empty() ? 1.0 : weights_[row]};
    }
    [[nodiscard]] std::span<const double> times() const noexcept { return times_; }
    /// 0 or 1.
    [[nodiscard]] std::span<const std::int32_t> events() const noexcept { return events_; }
    [[nodiscard]] std::span<const double> risks() const noexcept { return risks_; }
    /// Empty while every weight is 1.
    [[nodiscard]] std::span<const double> weights() const noexcept { return weights_; }
    /// Rows, their weight and its squares; O(rows).
    [[nodiscard]] weight_sum total_weight() const noexcept {
        weight_sum sum;
        if (weights_.empty()) sum.add_rows(size());
        for (const double weight : weights_) sum.add(weight);
        return sum;
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }

    friend bool operator==(const survival_outcomes&, const survival_outcomes&) = default;

    [[nodiscard]] std::string defect() const {
        if (events_.size() != times_.size() || risks_.size() != times_.size() ||
            (!weights_.empty() && weights_.size() != times_.size())) {
            return "survival_outcomes: columns of different lengths";
        }
        rejections refused;
        for (std::size_t row = 0; row < size(); ++row) {
            if (!refused.accepts((*this)[row]))
                return "survival_outcomes: row " + detail::shown(row) + " is not a valid row";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("times", self.times_);
        visit("events", self.events_);
        visit("risks", self.risks_);
        visit("weights", self.weights_);
        visit("rejected", self.rejected_);
    }

  private:
    /// Everything that can throw: afterwards `rows` rows can be appended without allocating.
    void make_room(std::size_t rows, bool weighted) {
        reserve(times_, size() + rows);
        reserve(events_, size() + rows);
        reserve(risks_, size() + rows);
        if (weighted || !weights_.empty()) reserve(weights_, size() + rows);
    }

    template <class T>
    static void reserve(std::vector<T>& column, std::size_t needed) {
        if (needed > column.capacity()) column.reserve(std::max(needed, 2 * column.capacity()));
    }

    void append(const survival_outcome& sample) noexcept {
        if (weights_.empty() && sample.weight != 1) weights_.resize(size(), 1.0);
        if (!weights_.empty() || sample.weight != 1) weights_.push_back(sample.weight);
        times_.push_back(sample.time);
        events_.push_back(sample.event);
        risks_.push_back(sample.risk);
    }

    std::vector<double> times_;
    std::vector<std::int32_t> events_;
    std::vector<double> risks_;
    std::vector<double> weights_;
    rejections rejected_;
};

}  // namespace leeway::inline v0
