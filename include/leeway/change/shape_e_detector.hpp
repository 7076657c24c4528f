// Alarms on any change of a feature's distribution over a reference's bins, with a guaranteed run
// length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

struct shape_e_detector_options {
    /// Tolerated distance: no alarm is promised for any distribution whose population stability
    /// index against the reference is at most this.
    double leeway_psi{0};
    double false_alarm_every{1e6};  ///< A, in samples; in lifetime mode P(ever) <= 1/A
    bool lifetime{false};
    /// Confidence over the draw of the reference, shared by the whole panel; 0: no margin (the
    /// reference's shares are taken as exact).
    double reference_confidence{0.95};
    std::uint64_t panel{1};  ///< how many detectors share that confidence

    friend bool operator==(const shape_e_detector_options&,
                           const shape_e_detector_options&) = default;
};

/// What a bet of a shape_e_detector watches.
enum class shape_aspect : std::uint8_t {
    location,  ///< values moved up or down
    scale,     ///< up: more in both ends; down: more in the middle
    skew,
    tails,
    bin  ///< the share of one bin: a category, missing, non-finite, unseen
};

/// "location", "scale", "skew", "tails", "bin".
[[nodiscard]] std::string_view to_string(shape_aspect aspect) noexcept;

/// The bet that has won most, for an alarm's text.
struct leading_bet {
    shape_aspect aspect{shape_aspect::bin};
    bool up{true};
    std::size_t bin{0};  ///< only for shape_aspect::bin
    double growth{0};    ///< its M; 0: nothing has been bet on
};

/// Alarms when a feature's distribution leaves its reference, at most once in A samples on average
/// while it does not.
///
/// *Ordered bins*: with p the reference's share of each bin (Jeffreys-smoothed), phi_1 .. phi_4 are
/// the polynomials in the bin's middle rank, orthonormal under p over the regular bins and 0
/// elsewhere (location, scale, skew, tails). For phi = +phi_j and -phi_j and f_i = 0.9 0.6^i, i = 0
/// .. 5:
///     e_b = 1 + l_b (phi(bin) - eps),   l_b = f_i / (eps - min phi)
///     M_b = (M_b + 1) e_b;              evidence = mean of the M_b
///     drift when evidence >= A   =>  E[samples until a false alarm] >= A
/// e_b is at least 0.1 and its expectation is at most 1 while E[phi] <= eps.
/// *Categories*: the same with phi the indicator of one category, f = 0.9 .. 0.003 upward and 0.9
/// .. 0.11 downward. Missing, non-finite and unseen values are single bins of every feature: bets
/// up, and down where the reference has some.
///
/// eps is the largest mean of phi that is not to alarm: the larger of
/// - the margin for the reference's finite size: as in mean_e_detector for the polynomials, the
///   Clopper-Pearson limit for single bins, at a confidence split over panel and directions;
/// - the leeway: the supremum of E_q[phi] over every q with PSI(q, p) <= leeway_psi, a convex
///   problem whose dual value is taken, so that it is an upper bound whatever the solver's error.
/// A bet that no value can win (eps >= max phi) is left out; without any, evidence stays 0.
///
/// What is a theorem and what holds with confidence over the reference: docs/guarantees.md.
/// *Autocorrelated* input voids the guarantee; see lag_one_correlation, fed with location().
///
/// Every double has a bin, so no value is refused. Status: drift stays until reset(); warning while
/// evidence >= A / 10 (at most once in A / 10). Lifetime mode as in mean_e_detector.
/// Cost: numeric: 60 multiply-adds (about 21 ns) a value, 0.6 us a flush of counts, 13 kB of tables
/// shared by copies, 0.6 kB of state; with 65 categories 670 bets, 0.5 us a value, 3 us a flush.
/// Construction: 10 us, with a leeway 0.2 ms, with 65 categories and a leeway 1 ms. No allocation
/// after it. Thread rule: one writer. Order matters, so there is no merge;
/// merge the counts and flush them here.
/// Source: as mean_e_detector; polynomials on the probability integral transform: J. Neyman,
/// "Smooth test for goodness of fit", Skandinavisk Aktuarietidskrift 20 (1937).
class shape_e_detector {
  public:
    using sample_type = plain_value;
    static constexpr std::string_view kind = "shape_e_detector";
    static constexpr std::size_t most_polynomials = 4;
    static constexpr std::size_t bets_per_polynomial = 12;  // six sizes, up and down

    /// No reference, no bets: a place to load into.
    shape_e_detector();
    /// Raises on an empty reference and on options outside their range.
    explicit shape_e_detector(const binned_counts& reference,
                              shape_e_detector_options options = {});

    void update(plain_value sample) noexcept { update_bin(reference_.bins()(sample.value)); }

    void update(const plain_value::columns& batch) {
        for (const double value : batch.value) update(value);
    }

    /// A value whose bin is known; bin < reference().bins().size().
    void update_bin(std::size_t bin) noexcept;

    /// A batch as counts over the reference's bins: M_b = (M_b + n) exp(sum count log e_b), n the
    /// number of values. The same guarantee in samples, at the price of looking only here. Where a
    /// batch ends must not depend on its values. Raises unless there is one count a bin.
    void update_counts(std::span<const std::uint64_t> counts);

    /// Mean over the bets; compare with threshold(), or average over a panel (panel_evidence).
    [[nodiscard]] double evidence() const noexcept { return evidence_; }
    [[nodiscard]] double threshold() const noexcept { return options_.false_alarm_every; }
    [[nodiscard]] detector_status status() const noexcept {
        if (drifted_) return detector_status::drift;
        return evidence_ >= threshold() / 10 ? detector_status::warning : detector_status::stable;
    }
    [[nodiscard]] leading_bet leading() const noexcept;

    void reset() noexcept;

    [[nodiscard]] const binned_counts& reference() const noexcept { return reference_; }
    [[nodiscard]] const shape_e_detector_options& options() const noexcept { return options_; }

    /// A bounded number for a bin that follows the feature's order: the first polynomial, or for
    /// categories the centred indicator of the most common one. Feed it to lag_one_correlation.
    [[nodiscard]] double location(std::size_t bin) const noexcept { return table_->location[bin]; }

    [[nodiscard]] std::size_t bets() const noexcept { return growth_.size(); }
    /// e_b of one value in this bin: what the bet multiplies by. bet < bets(), bin < bins().size().
    [[nodiscard]] double factor(std::size_t bet, std::size_t bin) const noexcept;

    /// The state's own memory: the tables are shared by copies.
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + growth_.size() * sizeof(double);
    }

    friend bool operator==(const shape_e_detector& a, const shape_e_detector& b) {
        return a.options_ == b.options_ && a.growth_ == b.growth_ && a.drifted_ == b.drifted_ &&
               a.reference_ == b.reference_;
    }

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("reference", self.reference_);
        visit("leeway_psi", self.options_.leeway_psi);
        visit("false_alarm_every", self.options_.false_alarm_every);
        visit("lifetime", self.options_.lifetime);
        visit("reference_confidence", self.options_.reference_confidence);
        visit("panel", self.options_.panel);
        visit("growth", self.growth_);
        visit("evidence", self.evidence_);
        visit("drifted", self.drifted_);
        if constexpr (!std::is_const_v<Self>) self.restore();
    }

  private:
    struct odds;
    /// Everything derived from reference and options. Bets on polynomials come first ("dense": each
    /// bin has its own factor), then bets on single bins, grouped by bin ("sparse": one factor
    /// inside the bin, one outside).
    struct bet_table {
        std::size_t dense{0};
        std::vector<double> factors;  // [row][dense bet]; rows: the regular bins, then all others
        std::vector<double> logs;     // log of factors
        std::vector<double> inside, outside, log_inside, log_outside;  // [sparse bet]
        std::vector<std::size_t> first;    // [bin]: its first sparse bet; one more at the end
        std::vector<leading_bet> meaning;  // [bet]
        std::vector<double> location;      // [bin]

        void bet_on_polynomials(const std::vector<std::vector<double>>& polynomials,
                                std::size_t bins, const odds& against);
        void bet_on_bin(std::size_t bin, std::uint64_t count, const odds& against);
    };

    [[nodiscard]] std::size_t row(std::size_t bin) const noexcept {
        return bin < reference_.bins().regular() ? bin : reference_.bins().regular();
    }
    void settle(double sum) noexcept;
    [[nodiscard]] std::string inputs_defect() const;
    [[nodiscard]] static bet_table no_bets(const binning& bins);
    [[nodiscard]] static bet_table make_table(const binned_counts& reference,
                                              const shape_e_detector_options& options);
    void restore();

    binned_counts reference_;
    shape_e_detector_options options_;
    std::shared_ptr<const bet_table> table_;
    std::vector<double> growth_;  // the M_b
    double start_{1};
    double evidence_{0};
    bool drifted_{false};
};

}  // namespace leeway::inline v0
