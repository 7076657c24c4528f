// What a monitor has counted: the totals that processes merge and files keep.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/version.hpp"
#include "leeway/monitor/outcome_totals.hpp"
#include "leeway/monitor/reference.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace leeway::inline v0 {

namespace detail {

/// Sums of one channel beside its counts.
struct channel_sums {
    double products{0};      // of the locations of neighbouring rows
    double deviations{0};    // of the finite values from the reference's mean
    double squares{0};       // and their squares
    std::uint64_t below{0};  // finite values under the reference's minimum
    std::uint64_t above{0};  // and over its maximum

    friend bool operator==(const channel_sums&, const channel_sums&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("products", self.products);
        visit("deviations", self.deviations);
        visit("squares", self.squares);
        visit("below", self.below);
        visit("above", self.above);
    }
};

class channel_layout;
class state_reader;

}  // namespace detail

/// The totals of one monitor over one period: bin counts of every channel (the features, then the
/// score), sums for mean, spread and lag-1 autocorrelation, the outcomes of labelled predictions,
/// and what was rejected.
///
/// Bound to a reference by its id. Merging adds everything up, so two processes that watched halves
/// of a stream and one that watched it all have equal counts (exactly) and sums (to about 1e-15
/// relative); only the pair of rows at each seam is missing from the autocorrelation. Merging
/// states of two references raises std::invalid_argument. Saved and loaded as a state file of kind
/// "monitor_state". make_snapshot reads it.
///
/// Memory: bytes(), 8 bytes a bin and 40 a channel, and the outcomes' 50 KiB. Thread rule: one
/// writer.
class monitor_state {
  public:
    static constexpr std::string_view kind = "monitor_state";

    /// Bound to no reference: merges with the first state it meets.
    monitor_state() = default;
    explicit monitor_state(const leeway::reference& against);

    void merge(const monitor_state& other);
    void reset() noexcept;

    [[nodiscard]] std::uint64_t reference_id() const noexcept { return reference_id_; }
    /// Rows recorded.
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    /// Rows of the wrong width: not recorded.
    [[nodiscard]] std::uint64_t rejected_rows() const noexcept { return rejected_rows_; }
    [[nodiscard]] label_counts labels() const noexcept;
    [[nodiscard]] const outcome_totals& outcomes() const noexcept { return outcomes_; }

    /// The features in the reference's order, then the score where there is one.
    [[nodiscard]] std::size_t channels() const noexcept { return bins_.size(); }
    /// Counts over the channel's bins; channel < channels().
    [[nodiscard]] std::span<const std::uint64_t> counts(std::size_t channel) const noexcept {
        return std::span(counts_).subspan(first_[channel], bins_[channel]);
    }

    /// Raises unless this was collected against that reference.
    void require_bound_to(const leeway::reference& against) const;

    [[nodiscard]] std::size_t bytes() const noexcept;

    friend bool operator==(const monitor_state& a, const monitor_state& b);

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("reference_id", self.reference_id_);
        visit("rows", self.rows_);
        visit("rejected_rows", self.rejected_rows_);
        visit("pairs", self.pairs_);
        visit("bins", self.bins_);
        visit("counts", self.counts_);
        visit("sums", self.sums_);
        visit("error_products", self.error_products_);
        visit("error_pairs", self.error_pairs_);
        visit("expired", self.expired_);
        visit("unknown", self.unknown_);
        visit("duplicate", self.duplicate_);
        visit("outcomes", self.outcomes_);
        if constexpr (!std::is_const_v<Self>) self.prepare();
    }

  private:
    friend class detail::channel_layout;
    friend class detail::state_reader;

    void prepare();

    std::uint64_t reference_id_{0};
    std::uint64_t rows_{0};
    std::uint64_t rejected_rows_{0};
    std::uint64_t pairs_{0};             // neighbouring rows behind the products
    std::vector<std::uint64_t> bins_;    // by channel: how many bins
    std::vector<std::uint64_t> counts_;  // of all channels, one behind another
    std::vector<std::uint64_t> first_;   // by channel: where its counts begin; derived from bins_
    std::vector<detail::channel_sums> sums_;
    double error_products_{0};
    std::uint64_t error_pairs_{0};
    std::uint64_t expired_{0};
    std::uint64_t unknown_{0};
    std::uint64_t duplicate_{0};
    outcome_totals outcomes_;
};

}  // namespace leeway::inline v0
