#include "leeway/evaluation/gate.hpp"

#include <cmath>

#include "evaluation/figure_text.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

constexpr int usual_decimals = 4;

/// Enough decimals that two different numbers are printed differently.
int decimals_to_tell(double one, double other) {
    int decimals = usual_decimals;
    while (decimals < 17 && one != other &&
           detail::figure_text(one, decimals) == detail::figure_text(other, decimals)) {
        ++decimals;
    }
    return decimals;
}

}  // namespace

std::string value_text(const estimate& figure) {
    return detail::value_text(figure, usual_decimals);
}

std::string_view to_string(gate_verdict verdict) noexcept {
    switch (verdict) {
        case gate_verdict::pass:
            return "pass";
        case gate_verdict::fail:
            return "fail";
        case gate_verdict::not_enough_data:
            return "not enough data";
    }
    return "unknown";
}

gate::gate(side direction, double limit) : side_(direction), limit_(limit) {
    if (!std::isfinite(limit)) raise_invalid("gate", "limit", limit, "a finite number");
}

gate gate::with_least(double weight) const {
    if (!(weight >= 0)) raise_invalid("gate", "least weight", weight, "a number >= 0");
    gate stricter = *this;
    stricter.least_weight_ = weight;
    return stricter;
}

gate gate::by_value() const {
    gate looser = *this;
    looser.by_value_ = true;
    return looser;
}

std::string gate::description() const {
    const bool least = side_ == side::at_least;
    const std::string_view end = by_value_ ? "value" : least ? "lower bound" : "upper bound";
    std::string text = (least ? "at least " : "at most ") + detail::figure_text(limit_);
    return text.append(" (").append(end).append(")");
}

gate_result gate::operator()(const estimate& figure) const {
    const bool least = side_ == side::at_least;
    const std::string_view wanted = least ? "at or above " : "at or below ";
    gate_result answer;
    answer.value = value_text(figure);

    const auto unanswered = [&](const std::string& why) {
        answer.verdict = gate_verdict::not_enough_data;
        answer.why = "(" + detail::support_text(figure) + "): " + why;
        return answer;
    };
    const auto limit_text = [&] { return std::string(wanted) + detail::figure_text(limit_); };
    if (!figure) return unanswered("it is not shown to be " + limit_text());
    // An infinite log loss is what the rows say and not a matter of luck: it has no interval, and
    // needs none.
    const bool bare = by_value_ || std::isinf(figure.value());
    if (!bare && !figure.has_interval()) {
        return unanswered("without an interval nothing says how sure it is to be " + limit_text() +
                          "; by_value() compares the bare value");
    }
    if (!bare && figure.confidence() >= 1) {
        return unanswered(
            "the band bounds what the table leaves open and not the luck of the "
            "sample, so nothing says how sure it is to be " +
            limit_text() + "; by_value() compares the bare value");
    }
    if (figure.weight() < least_weight_) {
        return unanswered("fewer than the " + detail::weight_text(least_weight_) +
                          " asked for, so it is not held against " + detail::figure_text(limit_));
    }

    const double held = bare ? figure.value() : least ? figure.lower() : figure.upper();
    const bool passed = least ? held >= limit_ : held <= limit_;  // false for NaN
    const int decimals = decimals_to_tell(held, limit_);
    answer.verdict = passed ? gate_verdict::pass : gate_verdict::fail;
    answer.value = detail::value_text(figure, bare ? decimals : usual_decimals);
    answer.why = "(" + detail::support_text(figure, decimals) + "): its ";
    answer.why.append(bare ? "value" : least ? "lower bound" : "upper bound");
    answer.why.append(passed ? " is " : " is not ").append(wanted);
    answer.why += detail::figure_text(limit_, decimals);
    return answer;
}

}  // namespace leeway::inline v0
