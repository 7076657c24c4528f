#include "leeway/metrics/always_valid_rate.hpp"

#include <algorithm>
#include <cmath>

#include "leeway/core/distributions.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

void require_counts(double successes, double rows) {
    if (!(rows >= 0) || std::isinf(rows)) {
        raise_invalid("always_valid_rate", "rows", rows, "a finite number >= 0");
    }
    if (!(successes >= 0 && successes <= rows)) {
        raise_invalid("always_valid_rate", "successes", successes,
                      "0 to rows, " + detail::shown(rows));
    }
}

/// count * log(share), 0 where nothing was counted.
double log_likelihood(double count, double share) {
    return count > 0 ? count * std::log(share) : 0;
}

/// log of the mixed likelihood.
double log_mixture(double successes, double rows) {
    return log_beta(0.5 + successes, 0.5 + rows - successes) - log_beta(0.5, 0.5);
}

double log_ratio(double mixture, double successes, double rows, double p) {
    const double failures = rows - successes;
    const double other = failures > 0 ? failures * std::log1p(-p) : 0;
    return mixture - log_likelihood(successes, p) - other;
}

}  // namespace

double log_e_value_of_rate(double successes, double rows, double p) {
    require_counts(successes, rows);
    if (!(p >= 0 && p <= 1)) raise_invalid("log_e_value_of_rate", "p", p, "in [0, 1]");
    return log_ratio(log_mixture(successes, rows), successes, rows, p);
}

estimate always_valid_rate::of(double successes, double rows) const {
    require_counts(successes, rows);
    if (rows == 0) return undefined::empty;
    const double share = successes / rows;
    const double mixture = log_mixture(successes, rows);
    const double threshold = -std::log1p(-confidence.level);
    // The ratio rises on both sides of the share; the end is taken from outside.
    const auto end = [&](double outside) {
        if (!(log_ratio(mixture, successes, rows, outside) >= threshold)) return outside;
        double inside = share;
        for (int step = 0; step < 1100; ++step) {
            const double middle = outside + (inside - outside) / 2;
            if (middle == outside || middle == inside) break;
            (log_ratio(mixture, successes, rows, middle) >= threshold ? outside : inside) = middle;
        }
        return outside;
    };
    return estimate::within(share, end(0), end(1), confidence.level, rows);
}

estimate always_valid_rate::operator()(const bounded_mean& state) const {
    const double rows = static_cast<double>(state.rows());
    if (rows == 0) return undefined::empty;
    // x and x^2 are the same for 0 and 1 alone, so their sums are for such values alone.
    if (state.low() != 0 || state.high() != 1 || state.unit_sum() != state.unit_squares()) {
        return estimate(undefined::out_of_range, rows);
    }
    return of(std::min(state.unit_sum(), rows), rows);
}

}  // namespace leeway::inline v0
