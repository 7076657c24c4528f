#include "leeway/evaluation/baseline_gate.hpp"

#include <cmath>

#include "evaluation/figure_text.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

/// The gate of the difference: worse is downwards where more is better.
gate gate_for(bool better, double margin, orientation direction) {
    if (!(margin >= 0) || std::isinf(margin)) {
        raise_invalid("baseline_gate", "margin", margin, "a finite number >= 0");
    }
    if (direction == orientation::neither) {
        raise("baseline_gate: the figure has no better direction, expected one to be worse in");
    }
    const double worse = better ? margin : margin == 0 ? 0.0 : -margin;  // never -0
    return direction == orientation::higher_is_better ? gate::at_least(worse)
                                                      : gate::at_most(worse == 0 ? 0.0 : -worse);
}

}  // namespace

baseline_gate::baseline_gate(claim wanted, double margin, orientation better)
    : claim_(wanted), margin_(margin), held_(gate_for(wanted == claim::better, margin, better)) {}

baseline_gate baseline_gate::with_least(double weight) const {
    baseline_gate stricter = *this;
    stricter.held_ = held_.with_least(weight);
    return stricter;
}

baseline_gate baseline_gate::by_value() const {
    baseline_gate looser = *this;
    looser.held_ = held_.by_value();
    looser.by_value_ = true;
    return looser;
}

std::string baseline_gate::description() const {
    const bool least = held_.direction() == gate::side::at_least;
    std::string text = claim_ == claim::better ? "better than the baseline by at least "
                                               : "not worse than the baseline by more than ";
    text += detail::figure_text(margin_);
    return text + (by_value_ ? " (value)" : least ? " (lower bound)" : " (upper bound)");
}

gate_result baseline_gate::operator()(const estimate& difference) const {
    gate_result answer = held_(difference);
    answer.value = "difference " + answer.value;
    if (answer.verdict == gate_verdict::not_enough_data) return answer;
    const std::string margin = detail::figure_text(margin_);
    if (claim_ == claim::better) {
        answer.why += answer ? ", so the candidate is better than the baseline by at least "
                             : ", which does not show the candidate better than the baseline by ";
        answer.why += margin;
        return answer;
    }
    if (answer) {
        answer.why += ", so the candidate is not worse than the baseline by more than " + margin;
        return answer;
    }
    // A failure is a finding where the whole interval lies beyond the margin.
    const bool least = held_.direction() == gate::side::at_least;
    const bool bare = by_value_ || !difference.has_interval();
    const double best = bare ? difference.value() : least ? difference.upper() : difference.lower();
    const bool beyond = least ? best < held_.limit() : best > held_.limit();
    answer.why += beyond ? ", so the candidate is worse than the baseline by more than "
                         : ", which does not rule out that the candidate is worse than the "
                           "baseline by more than ";
    answer.why += margin;
    return answer;
}

}  // namespace leeway::inline v0
