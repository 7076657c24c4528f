#include "cli/slice_evidence.hpp"

#include <cmath>

#include "evaluation/figure_text.hpp"
#include "leeway/core/distributions.hpp"

namespace leeway::cli {

namespace {

/// P(X <= hits), or of at_most P(X >= hits), of rows that are hits with the limit's probability.
double binomial_tail(const counted_share& seen, bool least, double limit) {
    if (least) {
        if (limit > 1) return 0;
        return limit <= 0 ? 1 : binomial_cdf(seen.hits, seen.rows, limit);
    }
    if (limit < 0) return 0;
    if (limit >= 1 || seen.hits == 0) return 1;
    return beta_cdf(limit, seen.hits, seen.rows - seen.hits + 1);
}

}  // namespace

std::string slice_evidence::text() const {
    if (p_value == 0) return "p 0";
    return below ? "p < 1e-9" : "p " + detail::figure_text(p_value);
}

slice_evidence searched_evidence(const estimate& seen, const gate& condition,
                                 const figure_reader& read) {
    const bool least = condition.direction() == gate::side::at_least;
    const double limit = condition.limit();
    if (!seen) return {};
    if (std::isinf(seen.value())) return {least == (seen.value() < 0) ? 0.0 : 1.0};
    const auto misses = [&](double error) {
        const estimate figure = read(confidence_level::of(1 - 2 * error));
        if (!figure || !figure.has_interval()) return false;
        return least ? figure.upper() < limit : figure.lower() > limit;
    };
    constexpr double largest = 0.499;
    constexpr double smallest = 1e-9;
    if (!misses(largest)) return {};
    if (misses(smallest)) return {smallest, true};
    double no = std::log(smallest);
    double yes = std::log(largest);
    while (yes - no > 0.01) {
        const double middle = (no + yes) / 2;
        (misses(std::exp(middle)) ? yes : no) = middle;
    }
    return {std::exp(yes)};
}

slice_evidence evidence_against(const outcomes& rows, std::uint32_t slice, const figure_name& of,
                                const estimate& figure, const gate& condition,
                                const confidence_level& confidence) {
    if (!figure || std::isinf(figure.value())) return searched_evidence(figure, condition, {});
    if (const auto share = read_slice_share(rows, slice, of, figure, confidence)) {
        const bool least = condition.direction() == gate::side::at_least;
        return {binomial_tail(*share, least, condition.limit())};
    }
    return searched_evidence(figure, condition,
                             read_slice_figure(rows, slice, of, figure, confidence));
}

}  // namespace leeway::cli
