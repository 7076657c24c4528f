// Matchers for Catch2, versions 2 and 3. Opt-in: not part of leeway.hpp. Link leeway::leeway.
//
//     CHECK_THAT(report[leeway::roc_auc{}], leeway::at_least(0.80));
//
// fails with: 0.8120 (95 % CI 0.7910 to 0.8330, n = 4664): its lower bound is not at or above
// 0.8000. What passes and what does not is written at evaluation/gate.hpp.
#pragma once

#if __has_include(<catch2/matchers/catch_matchers.hpp>)
#include <catch2/catch_tostring.hpp>
#include <catch2/matchers/catch_matchers.hpp>
#else
#include <catch2/catch.hpp>
#endif

#include <string>
#include <utility>

#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/gate.hpp"

namespace leeway::inline v0 {

namespace detail {
#if __has_include(<catch2/matchers/catch_matchers.hpp>)
using catch_matcher = Catch::Matchers::MatcherBase<estimate>;
#else
using catch_matcher = Catch::MatcherBase<estimate>;
#endif
}  // namespace detail

/// A gate as a Catch2 matcher; made by at_least() and at_most().
class gate_matcher : public detail::catch_matcher {
  public:
    explicit gate_matcher(gate condition)
        : gate_(condition), why_("is " + condition.description()) {}

    /// As gate::with_least and gate::by_value.
    [[nodiscard]] gate_matcher with_least(double weight) const {
        return gate_matcher(gate_.with_least(weight));
    }
    [[nodiscard]] gate_matcher by_value() const { return gate_matcher(gate_.by_value()); }

    bool match(const estimate& figure) const override {
        const gate_result answer = gate_(figure);
        why_ = answer.why;
        m_cachedToString.clear();  // or a matcher used again would tell of the figure before
        return static_cast<bool>(answer);
    }

  protected:
    /// Catch2 prints the figure's value, a space and this, after match(): together the sentence.
    std::string describe() const override { return why_; }

  private:
    gate gate_;
    mutable std::string why_;
};

/// Passes when the figure's lower bound is at or above the limit.
[[nodiscard]] inline gate_matcher at_least(double limit) {
    return gate_matcher(gate::at_least(limit));
}

/// Passes when the figure's upper bound is at or below the limit: for losses and errors.
[[nodiscard]] inline gate_matcher at_most(double limit) {
    return gate_matcher(gate::at_most(limit));
}

}  // namespace leeway::inline v0

/// "0.8120", or "undefined: one class": what stands before a matcher's sentence.
template <>
struct Catch::StringMaker<leeway::estimate> {
    static std::string convert(const leeway::estimate& figure) {
        return leeway::value_text(figure);
    }
};
