// A gate against a baseline: is the candidate not worse, with the confidence that was asked for?
// Defined in src: link leeway::leeway.
#pragma once

#include <cstdint>
#include <string>

#include "leeway/core/info.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/comparison.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::inline v0 {

/// Holds the difference of candidate and baseline (candidate's figure less the baseline's) against
/// a margin, on the end of its interval that counts.
///
///     const auto difference = leeway::paired_difference(candidate, baseline, leeway::f_beta{});
///     const auto passed = leeway::baseline_gate::not_worse<leeway::f_beta>(0.01)(difference);
///     if (!passed) std::cerr << passed.sentence() << '\n';
///     // difference -0.0040 (95 % CI -0.0130 to 0.0050, n = 4664): its lower bound is not at or
///     // above -0.0100, which does not rule out that the candidate is worse than the baseline by
///     // more than 0.0100
///
/// not_worse(margin) passes when the candidate is worse by no more than the margin: for a figure of
/// which more is better when the *lower* end of the difference is at or above -margin, else when
/// the *upper* end is at or below margin (a test of non-inferiority). margin 0 asks for at least as
/// good. better_by(margin) passes when the candidate is better by the margin or more. The interval
/// should be a paired one (paired_difference, mcnemar_test, corrected_resampled_t_test): the ends
/// of two intervals of one figure each, subtracted, are far too wide where both saw the same rows.
/// A difference without an interval passes only by_value(). Verdicts, digits and confidence are the
/// gate's; a 95 % interval's one end holds with 97.5 %. With champion_challenger (champion's loss
/// less challenger's: more is better for the challenger) the gate may be asked after every row.
/// Margin finite, >= 0. Thread rule: immutable.
class baseline_gate {
  public:
    /// For a figure of either direction; without one there is no worse, and it raises.
    [[nodiscard]] static baseline_gate not_worse(double margin, orientation better) {
        return baseline_gate(claim::not_worse, margin, better);
    }
    [[nodiscard]] static baseline_gate better_by(double margin, orientation better) {
        return baseline_gate(claim::better, margin, better);
    }
    /// The same in the direction of a metric.
    template <class M>
    [[nodiscard]] static baseline_gate not_worse(double margin) {
        return not_worse(margin, M::info.better);
    }
    template <class M>
    [[nodiscard]] static baseline_gate better_by(double margin) {
        return better_by(margin, M::info.better);
    }

    /// Also asks for that much weight (rows, when unweighted) behind the difference.
    [[nodiscard]] baseline_gate with_least(double weight) const;
    /// Compares the difference itself and ignores its interval.
    [[nodiscard]] baseline_gate by_value() const;

    /// Candidate less baseline.
    [[nodiscard]] gate_result operator()(const estimate& difference) const;
    /// Of a comparison whose first model is the candidate.
    [[nodiscard]] gate_result operator()(const comparison& of) const {
        return (*this)(of.difference);
    }

    [[nodiscard]] double margin() const noexcept { return margin_; }
    /// "not worse than the baseline by more than 0.0100 (lower bound)"
    [[nodiscard]] std::string description() const;

  private:
    enum class claim : std::uint8_t { not_worse, better };

    baseline_gate(claim wanted, double margin, orientation better);

    claim claim_;
    double margin_;
    gate held_;
    bool by_value_{false};
};

}  // namespace leeway::inline v0
