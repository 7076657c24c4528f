// What a read-out returns: a number with its uncertainty, or the reason why there is none.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Why a read-out has no value. Undefined is never 0 and never a silent NaN.
enum class undefined : std::uint8_t {
    empty,             ///< nothing was observed (or all weights were zero)
    one_class,         ///< only one of the classes it compares was observed
    zero_denominator,  ///< the ratio's denominator is zero
    too_little_data,   ///< observed, but fewer than the definition needs
    constant_target,   ///< the target does not vary, so nothing can be explained
    out_of_range,      ///< an observation lies outside the range on which it is defined
    not_comparable,    ///< the two sides have nothing in common to compare
    no_variation       ///< nothing varies, so nothing says how sure a figure is
};

/// "one class": the words used in every report and export.
[[nodiscard]] constexpr std::string_view to_string(undefined reason) noexcept {
    switch (reason) {
        case undefined::empty:
            return "empty";
        case undefined::one_class:
            return "one class";
        case undefined::zero_denominator:
            return "zero denominator";
        case undefined::too_little_data:
            return "too little data";
        case undefined::constant_target:
            return "constant target";
        case undefined::out_of_range:
            return "out of range";
        case undefined::not_comparable:
            return "not comparable";
        case undefined::no_variation:
            return "no variation";
    }
    return "unknown";
}

/// A confidence level with its two-sided normal critical value, so that header-only code can make
/// intervals without a quantile function. Other levels come from confidence_level::of (compiled).
struct confidence_level {
    double level{0.95};                  ///< in (0, 1)
    double critical{1.959963984540054};  ///< z with P(|Z| <= z) = level

    [[nodiscard]] static confidence_level of(double level);

    friend constexpr bool operator==(const confidence_level&, const confidence_level&) = default;

    template <class Self, class Visitor>
    static constexpr void fields(Self& self, Visitor&& visit) {
        visit("level", self.level);
        visit("critical", self.critical);
    }
};

inline constexpr confidence_level confidence_90{0.90, 1.6448536269514722};
inline constexpr confidence_level confidence_95{0.95, 1.959963984540054};
inline constexpr confidence_level confidence_99{0.99, 2.5758293035489004};

/// A metric's value with its interval, or undefined with a reason.
///
/// `lower` and `upper` are the ends of a confidence interval (confidence < 1) or of a band that
/// always holds (confidence == 1, a certified bound). Where a metric has no interval both are
/// absent; interval_reason() says why, where these rows are to blame and not the metric.
class estimate {
  public:
    /// A value without an interval.
    [[nodiscard]] static constexpr estimate of(double value, double weight) noexcept {
        return estimate{value, weight};
    }

    /// A value that has no interval because of the rows: too few of them, or they do not vary.
    [[nodiscard]] static constexpr estimate without_interval(double value, undefined why,
                                                             double weight) noexcept {
        estimate e{value, weight};
        e.interval_reason_ = why;
        return e;
    }

    /// A value with an interval at `confidence`.
    [[nodiscard]] static constexpr estimate within(double value, double lower, double upper,
                                                   double confidence, double weight) noexcept {
        estimate e{value, weight};
        e.lower_ = lower;
        e.upper_ = upper;
        e.confidence_ = confidence;
        return e;
    }

    /// Undefined, with the weight that was observed.
    constexpr estimate(undefined reason, double weight = 0) noexcept
        : weight_(weight), reason_(reason) {}

    [[nodiscard]] constexpr bool defined() const noexcept { return !reason_.has_value(); }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return defined(); }

    /// The value; raises, naming the reason, when undefined.
    [[nodiscard]] double value() const {
        require(defined());
        return value_;
    }
    [[nodiscard]] constexpr double value_or(double other) const noexcept {
        return defined() ? value_ : other;
    }

    [[nodiscard]] constexpr bool has_interval() const noexcept { return confidence_ > 0; }
    /// The interval's ends; raise when there is none.
    [[nodiscard]] double lower() const {
        require(has_interval());
        return lower_;
    }
    [[nodiscard]] double upper() const {
        require(has_interval());
        return upper_;
    }
    /// In (0, 1): a confidence interval; 1: a bound that always holds; 0: no interval.
    [[nodiscard]] constexpr double confidence() const noexcept { return confidence_; }
    /// Why a figure that could have an interval has none here.
    [[nodiscard]] constexpr std::optional<undefined> interval_reason() const noexcept {
        return interval_reason_;
    }

    /// Sum of the weights behind the value (the number of rows when unweighted).
    [[nodiscard]] constexpr double weight() const noexcept { return weight_; }

    /// Why it is undefined; only when it is.
    [[nodiscard]] constexpr std::optional<undefined> reason() const noexcept { return reason_; }

    friend constexpr bool operator==(const estimate&, const estimate&) = default;

  private:
    constexpr estimate(double value, double weight) noexcept : value_(value), weight_(weight) {}

    void require(bool condition) const {
        if (condition) return;
        raise(reason_ ? "estimate: undefined (" + std::string(to_string(*reason_)) +
                            "); ask defined() first"
                      : std::string("estimate: has no interval; ask has_interval() first"));
    }

    double value_{0};
    double lower_{0};
    double upper_{0};
    double confidence_{0};
    double weight_{0};
    std::optional<undefined> reason_{};
    std::optional<undefined> interval_reason_{};
};

/// How far two states are apart, and how sure that is. The decision is not here: see alert_rule.
struct drift_result {
    double statistic{0};              ///< the effect, in the test's unit
    std::optional<double> lower{};    ///< a band that always contains the exact statistic,
    std::optional<double> upper{};    ///< where the statistic is read from binned counts
    std::optional<double> p_value{};  ///< P(statistic at least this large without drift)
    std::optional<double> e_value{};  ///< evidence against no drift, valid at any look
    std::optional<double> expected_without_drift{};  ///< the statistic's mean without drift
    std::optional<double> standard_error{};          ///< of the statistic, where known
    double n_reference{0};
    double n_current{0};
    std::optional<undefined> reason{};  ///< set: the statistic is undefined, and why

    [[nodiscard]] constexpr bool defined() const noexcept { return !reason.has_value(); }
    [[nodiscard]] constexpr explicit operator bool() const noexcept { return defined(); }

    friend constexpr bool operator==(const drift_result&, const drift_result&) = default;
};

}  // namespace leeway::inline v0
