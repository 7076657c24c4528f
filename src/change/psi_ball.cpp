#include "change/psi_ball.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <vector>

namespace leeway::inline v0 {
namespace detail {

namespace {

/// s = log r with h(s) = s + 1 - exp(-s) = y. h is increasing and concave, so Newton's steps from a
/// point left of the root stay left of it and rise to it; both starting points are left of it.
double log_ratio(double y) {
    double s = y < 0 ? -std::log1p(-y) : std::max(y / 2, y - 1);
    for (int step = 0; step < 50; ++step) {
        const double e = std::exp(-s);
        const double move = (y - (s + 1 - e)) / (1 + e);
        s += move;
        if (!(move > 1e-15 * (1 + std::abs(s)))) break;
    }
    return s;
}

struct lagrangian {
    std::span<const double> p;
    std::span<const double> phi;
    std::vector<double> log_r = std::vector<double>(p.size());

    /// sum p r - 1, and its derivative in nu.
    double excess(double nu, double mu, double& slope) {
        double sum = -1;
        slope = 0;
        for (std::size_t k = 0; k < p.size(); ++k) {
            const double s = log_r[k] = log_ratio((phi[k] - nu) / mu);
            const double r = std::exp(s);
            sum += p[k] * r;
            slope -= p[k] * r / (mu * (1 + 1 / r));  // ds/dy = 1 / h'(s), y = (phi - nu) / mu
        }
        return sum;
    }

    /// The nu with sum p r = 1, by Newton within the bracket [min phi, max phi].
    double solve_nu(double mu, double nu, double low, double high) {
        for (int step = 0; step < 60; ++step) {
            double slope = 0;
            const double over = excess(nu, mu, slope);
            if (std::abs(over) < 1e-13) break;
            (over > 0 ? low : high) = nu;
            const double next = nu - over / slope;
            const double moved = next > low && next < high ? next : (low + high) / 2;
            if (moved == nu) break;
            nu = moved;
        }
        return nu;
    }

    [[nodiscard]] double index() const {
        double sum = 0;
        for (std::size_t k = 0; k < p.size(); ++k) sum += p[k] * std::expm1(log_r[k]) * log_r[k];
        return sum;
    }

    [[nodiscard]] double dual(double nu, double mu, double leeway) const {
        double sum = nu + mu * leeway;
        for (std::size_t k = 0; k < p.size(); ++k) {
            const double r = std::exp(log_r[k]);
            sum += p[k] * (r * (phi[k] - nu) - mu * std::expm1(log_r[k]) * log_r[k]);
        }
        return sum;
    }
};

}  // namespace

double largest_mean_within_psi(std::span<const double> p, std::span<const double> phi,
                               double leeway) {
    double mean = 0;
    for (std::size_t k = 0; k < p.size(); ++k) mean += p[k] * phi[k];
    double variance = 0;
    for (std::size_t k = 0; k < p.size(); ++k) variance += p[k] * (phi[k] - mean) * (phi[k] - mean);
    const auto [low, high] = std::minmax_element(phi.begin(), phi.end());
    if (!(variance > 0)) return *high;

    lagrangian l{p, phi};
    // For a small leeway r = 1 + (phi - mean) / (2 mu) and the index is variance / (4 mu^2); so
    // log(index) is nearly linear in log(mu), and a secant in logarithms takes few steps.
    double log_mu = std::log(std::sqrt(variance / leeway) / 2);
    double nu = mean;
    double below = -std::numeric_limits<double>::infinity();  // log mu known to be too small
    double above = std::numeric_limits<double>::infinity();
    double slope = -2;
    double last_log_mu = 0;
    double last_gap = 0;
    for (int step = 0; step < 60; ++step) {
        nu = l.solve_nu(std::exp(log_mu), nu, *low, *high);
        const double gap = std::log(l.index() / leeway);
        if (std::abs(gap) < 1e-9) break;  // the dual value is flat here: its error is gap^2
        (gap > 0 ? below : above) = log_mu;
        if (step > 0 && log_mu != last_log_mu) slope = (gap - last_gap) / (log_mu - last_log_mu);
        last_log_mu = log_mu;
        last_gap = gap;
        double next = slope < 0 ? log_mu - gap / slope : below;
        if (!(next > below && next < above)) {
            next = std::isinf(below)   ? above - 1
                   : std::isinf(above) ? below + 1
                                       : (below + above) / 2;
        }
        if (next == log_mu) break;
        log_mu = next;
    }
    return std::min(l.dual(nu, std::exp(log_mu), leeway), *high);
}

double largest_share_within_psi(double p, double leeway) {
    // q - p without cancellation, for the q whose logit is t above p's.
    const auto gained = [&](double t) {
        return p * (1 - p) * std::expm1(t) / (1 + p * std::expm1(t));
    };
    double low = 0;
    double high = 1e-9;
    while (high < 700 && gained(high) * high < leeway) {
        low = high;
        high *= 2;
    }
    if (high >= 700) return 1;
    for (int step = 0; step < 80 && low < high; ++step) {
        const double middle = (low + high) / 2;
        if (middle <= low || middle >= high) break;
        (gained(middle) * middle < leeway ? low : high) = middle;
    }
    return p + gained(high);
}

}  // namespace detail
}  // namespace leeway::inline v0
