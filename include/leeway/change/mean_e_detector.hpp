// Alarms on a bounded mean, with a guaranteed run length.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

enum class bet_direction : std::uint8_t { up, down, both };

struct mean_e_detector_options {
    double reference_mean{0.5};  ///< in [0, 1]
    /// Rows behind the mean; infinity: the mean is known.
    double n_reference{std::numeric_limits<double>::infinity()};
    /// Of one value in the reference; none: sqrt(m (1 - m)), the largest that [0, 1] allows.
    std::optional<double> reference_sd{};
    double tolerance{0};  ///< the leeway, in the mean's unit: no alarm on a mean this close
    bet_direction direction{bet_direction::both};
    double false_alarm_every{1e6};  ///< A, in samples; in lifetime mode P(ever) <= 1/A
    bool lifetime{false};
    /// Confidence over the draw of the reference, shared by the whole panel; 0: no margin
    /// (plug-in).
    double reference_confidence{0.95};
    std::uint64_t panel{1};  ///< how many detectors share that confidence
    /// The values that update_counts counts, each in [0, 1].
    std::vector<double> levels{};

    friend bool operator==(const mean_e_detector_options&,
                           const mean_e_detector_options&) = default;
};

/// Alarms when the mean of values in [0, 1] (error flags, missing flags, bounded losses, scores)
/// leaves a reference mean m, at most once in A samples on average while it does not.
///
/// Bets: l_k = f_k / m, f_k = 0.9 0.75^k, k = 0 .. 11, upward; f_k / (1 - m) downward.
///     e_k = 1 + l_k (x - m)      non-negative; conditional expectation <= 1 while the mean is <= m
///     M_k = (M_k + 1) e_k        Shiryaev-Roberts form;  evidence = mean of the M_k
///     drift when evidence >= A   =>  E[samples until a false alarm] >= A
/// because evidence - t is a supermartingale. Nothing is assumed but the bound on the conditional
/// mean of each value given the past: neither independence nor a distribution. *Autocorrelated*
/// input violates that bound (docs/guarantees.md); see lag_one_correlation.
///
/// Lifetime mode drops the "+ 1" and starts at M_k = 1: P(ever a false alarm) <= 1/A (Ville).
///
/// Finite reference: the bets are placed at m + margin + tolerance (upward) and m - margin -
/// tolerance (downward), so the guarantee holds with confidence `reference_confidence` over the
/// draw of the reference. margin = h + sqrt(z^2 sd^2 / n + h^2), h = z^2 r / (2 n), r = 1 - m or m:
/// the normal limit with a second-order term that carries it through rare events (a mean of 0 gets
/// z^2 / n); z splits the confidence over panel and directions. A direction that cannot win (upward
/// from a mean that reaches 1) has no bets.
///
/// A value that is NaN, infinite or outside [0, 1] is counted in rejected() and not bet on.
/// Status: drift stays until reset(); warning while evidence >= A / 10 (at most once in A / 10).
/// Cost: 24 multiply-adds (about 11 ns), 12 bets a direction; update_counts costs one logarithm
/// table row a level and one exponential a bet. No allocation after construction, 0.8 kB.
/// Thread rule: one writer. Order matters, so there is no merge; merge counts and flush them here.
/// Source: J. Shin, A. Ramdas, A. Rinaldo, "E-detectors: a nonparametric framework for sequential
/// change detection", New England J. Stat. Data Sci. 2 (2024); bets as in I. Waudby-Smith, A.
/// Ramdas, "Estimating means of bounded random variables by betting", JRSS B 86 (2024).
class mean_e_detector {
  public:
    using sample_type = plain_value;
    static constexpr std::string_view kind = "mean_e_detector";
    static constexpr std::size_t bets_per_direction = 12;

    /// A known mean of 0.5, both directions.
    mean_e_detector() : mean_e_detector(mean_e_detector_options{}) {}
    explicit mean_e_detector(mean_e_detector_options options);

    void update(plain_value sample) noexcept;

    void update(const plain_value::columns& batch) {
        for (const double value : batch.value) update(value);
    }

    /// A batch as counts over options().levels: M_k = (M_k + n) exp(sum count log e_k), n the
    /// number of values. The same guarantee in samples, at the price of looking only here. Where a
    /// batch ends must not depend on its values. Raises unless there is one count a level.
    void update_counts(std::span<const std::uint64_t> counts);

    /// Mean over the bets; compare with threshold(), or average over a panel (panel_evidence).
    [[nodiscard]] double evidence() const noexcept { return evidence_; }
    [[nodiscard]] double threshold() const noexcept { return options_.false_alarm_every; }
    [[nodiscard]] detector_status status() const noexcept {
        if (drifted_) return detector_status::drift;
        return evidence_ >= threshold() / 10 ? detector_status::warning : detector_status::stable;
    }
    /// The direction of the bet that has won most; both when there is none.
    [[nodiscard]] bet_direction leading() const noexcept;

    void reset() noexcept;

    [[nodiscard]] const mean_e_detector_options& options() const noexcept { return options_; }
    /// The means against which the bets stand: reference_mean -/+ margin and tolerance, in [0, 1].
    [[nodiscard]] double lower_mean() const noexcept { return lower_mean_; }
    [[nodiscard]] double upper_mean() const noexcept { return upper_mean_; }
    [[nodiscard]] std::size_t bets() const noexcept { return bets_; }
    /// e_k of a value x in [0, 1]: what the bet multiplies by. bet < bets().
    [[nodiscard]] double factor(std::size_t bet, double x) const noexcept {
        return base_[bet] + slope_[bet] * (bet < upward_ ? x : 1 - x);
    }
    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept {
        return sizeof *this + (options_.levels.size() + logs_.size()) * sizeof(double);
    }

    friend bool operator==(const mean_e_detector& a, const mean_e_detector& b) {
        return a.options_ == b.options_ && a.growth_ == b.growth_ && a.drifted_ == b.drifted_ &&
               a.rejected_ == b.rejected_;
    }

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        auto& options = self.options_;
        // An absent standard deviation is a list of none.
        std::vector<double> sd;
        if (options.reference_sd) sd.push_back(*options.reference_sd);
        visit("reference_mean", options.reference_mean);
        visit("n_reference", options.n_reference);
        visit("reference_sd", sd);
        visit("tolerance", options.tolerance);
        visit("direction", options.direction);
        visit("false_alarm_every", options.false_alarm_every);
        visit("lifetime", options.lifetime);
        visit("reference_confidence", options.reference_confidence);
        visit("panel", options.panel);
        visit("levels", options.levels);
        visit("growth", self.growth_);
        visit("evidence", self.evidence_);
        visit("drifted", self.drifted_);
        visit("rejected", self.rejected_);
        if constexpr (!std::is_const_v<Self>) {
            options.reference_sd = sd.empty() ? std::nullopt : std::optional<double>(sd.front());
            self.restore();
        }
    }

  private:
    void settle(double sum) noexcept;
    [[nodiscard]] std::string options_defect() const;
    void prepare();
    void restore();

    mean_e_detector_options options_;
    std::array<double, 2 * bets_per_direction> growth_{};  // the M_k
    // e_k = base_k + slope_k x upward, base_k + slope_k (1 - x) downward: sums of positive terms,
    // so that bets against a mean next to 0 or 1 keep their digits.
    std::array<double, 2 * bets_per_direction> base_{};
    std::array<double, 2 * bets_per_direction> slope_{};
    std::vector<double> logs_;  // log e_k at each level: [level][bet]
    std::size_t bets_{0};
    std::size_t upward_{0};  // how many of them, first in order, bet upward
    double lower_mean_{0};
    double upper_mean_{1};
    double start_{1};
    double evidence_{0};
    bool drifted_{false};
    rejections rejected_;
};

}  // namespace leeway::inline v0
