// A quality gate: is a figure good enough, with the confidence that was asked for? Free of any test
// framework; the headers in testing/ make assertions of it. Defined in src: link leeway::leeway.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

enum class gate_verdict : std::uint8_t { pass, fail, not_enough_data };

/// "pass", "fail", "not enough data".
[[nodiscard]] std::string_view to_string(gate_verdict verdict) noexcept;

/// "0.8120", or "undefined: one class": four decimals, or as many digits where those say little.
[[nodiscard]] std::string value_text(const estimate& figure);

/// What a gate decided and why, in words.
struct gate_result {
    gate_verdict verdict{gate_verdict::fail};
    std::string value;  ///< "0.8120", "undefined: one class"
    std::string why;    ///< "(95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not ..."

    /// Passed.
    [[nodiscard]] explicit operator bool() const noexcept { return verdict == gate_verdict::pass; }
    /// One line for a log or a test's output: value and why.
    [[nodiscard]] std::string sentence() const { return value + ' ' + why; }
};

/// Holds a figure against a limit, on the side of the interval that counts: at_least(x) passes when
/// the *lower* end is at or above x, at_most(x) when the *upper* end is at or below x. So a pass
/// means "good enough, at the interval's confidence", and too small a test set fails instead of
/// passing by luck.
///
///     const auto passed = leeway::gate::at_least(0.80)(report[leeway::roc_auc{}]);
///     if (!passed) std::cerr << passed.sentence() << '\n';
///     // 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or above 0.8000
///
/// The ends count as they are, not as printed: the sentence shows as many digits as it takes to see
/// the difference. An undefined figure never passes; its reason is in the sentence. A figure
/// without an interval does not pass either, because nothing says how sure it is, unless
/// by_value() asks for the bare value; an infinite one (a log loss) is compared as it is. Nor does
/// a certified band (confidence 1): it bounds the error of a bounded state and not the luck of the
/// sample, and of two rows it may have no width at all. The confidence is two-sided: a 95 %
/// interval's one end holds with 97.5 %.
///
/// Verdicts: pass; fail, where data and figure are there but the limit is not met; not_enough_data,
/// where the figure is undefined, has no interval or only a certified band, or has less weight than
/// with_least() asks for.
/// Thread rule: immutable.
class gate {
  public:
    enum class side : std::uint8_t { at_least, at_most };

    /// The limit must be finite.
    [[nodiscard]] static gate at_least(double limit) { return gate(side::at_least, limit); }
    [[nodiscard]] static gate at_most(double limit) { return gate(side::at_most, limit); }

    /// Also asks for that much weight (rows, when unweighted) behind the figure.
    [[nodiscard]] gate with_least(double weight) const;
    /// Compares the value itself and ignores the interval.
    [[nodiscard]] gate by_value() const;

    [[nodiscard]] gate_result operator()(const estimate& figure) const;

    [[nodiscard]] side direction() const noexcept { return side_; }
    [[nodiscard]] double limit() const noexcept { return limit_; }
    /// "at least 0.8000 (lower bound)"
    [[nodiscard]] std::string description() const;

  private:
    gate(side direction, double limit);

    side side_;
    double limit_;
    double least_weight_{0};
    bool by_value_{false};
};

}  // namespace leeway::inline v0
