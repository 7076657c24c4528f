// Which bets a shape_e_detector places against its reference.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numeric>
#include <span>
#include <utility>
#include <vector>

#include "change/psi_ball.hpp"
#include "change/reference_margin.hpp"
#include "leeway/change/shape_e_detector.hpp"

namespace leeway::inline v0 {

namespace {

constexpr std::array<double, 6> polynomial_sizes{0.9, 0.54, 0.324, 0.1944, 0.11664, 0.069984};
/// A bet of size f wins most against a share that rose by about f: rare bins need small bets.
constexpr std::array<double, 6> rise_sizes{0.9, 0.3, 0.1, 0.03, 0.01, 0.003};
constexpr std::array<double, 4> fall_sizes{0.9, 0.45, 0.225, 0.1125};

/// phi_1, phi_2, ... at the regular bins: orthonormal under the shares, a polynomial of degree j in
/// the middle rank. As many as most, or as the bins carry.
std::vector<std::vector<double>> orthonormal_polynomials(std::span<const double> shares,
                                                         std::size_t most) {
    const std::size_t bins = shares.size();
    std::vector<double> rank(bins);
    double below = 0;
    for (std::size_t k = 0; k < bins; ++k) {
        rank[k] = below + shares[k] / 2 - 0.5;
        below += shares[k];
    }
    const auto product = [&](const std::vector<double>& a, const std::vector<double>& b) {
        double sum = 0;
        for (std::size_t k = 0; k < bins; ++k) sum += shares[k] * a[k] * b[k];
        return sum;
    };
    std::vector<std::vector<double>> basis{std::vector<double>(bins, 1.0)};
    while (basis.size() <= most && basis.size() < bins) {
        std::vector<double> next(bins);
        for (std::size_t k = 0; k < bins; ++k) next[k] = basis.back()[k] * rank[k];
        const double before = std::sqrt(product(next, next));
        for (int pass = 0; pass < 2; ++pass) {  // twice is enough against cancellation
            for (const auto& earlier : basis) {
                const double along = product(next, earlier);
                for (std::size_t k = 0; k < bins; ++k) next[k] -= along * earlier[k];
            }
        }
        const double norm = std::sqrt(product(next, next));
        if (!(norm > 1e-6 * before)) break;  // what is left is rounding
        for (double& value : next) value /= norm;
        basis.push_back(std::move(next));
    }
    basis.erase(basis.begin());
    return basis;
}

}  // namespace

shape_e_detector::bet_table shape_e_detector::no_bets(const binning& bins) {
    bet_table table;
    table.first.assign(bins.size() + 1, 0);
    table.location.assign(bins.size(), 0);
    return table;
}

/// What every bet is placed against: the reference's shares, and how far the stream may be from
/// them.
struct shape_e_detector::odds {
    std::vector<double> share;  // of each bin, Jeffreys-smoothed as in population_stability_index
    double in_regular{0};       // of the regular bins together
    double n{0};                // rows
    bool estimated{true};
    double error{0};  // probability left to each one-sided limit
    double z{0};      // and its critical value
    double leeway{0};

    odds(const binned_counts& reference, const shape_e_detector_options& options)
        : n(static_cast<double>(reference.total())),
          estimated(options.reference_confidence > 0),
          leeway(options.leeway_psi) {
        const std::size_t bins = reference.bins().size();
        for (const std::uint64_t count : reference.counts()) {
            share.push_back((static_cast<double>(count) + 0.5) /
                            (n + 0.5 * static_cast<double>(bins)));
        }
        const std::size_t regular = reference.bins().regular();
        in_regular = std::accumulate(share.begin(),
                                     share.begin() + static_cast<std::ptrdiff_t>(regular), 0.0);
    }

    void split(const shape_e_detector_options& options, std::size_t directions) {
        if (!estimated) return;
        error = detail::share_of_error(options.reference_confidence, options.panel, directions);
        z = detail::critical_value(error);
    }

    /// The largest mean of phi that is not to alarm.
    [[nodiscard]] double largest_mean(std::span<const double> phi) const {
        const double reach = *std::max_element(phi.begin(), phi.end());
        const double margin = detail::margin(z, n, std::sqrt(in_regular), reach);
        return leeway > 0 ? std::max(margin, detail::largest_mean_within_psi(share, phi, leeway))
                          : margin;
    }
    /// The largest and the least share of a bin that are not to alarm.
    [[nodiscard]] double largest_share(std::size_t bin, std::uint64_t count) const {
        const double high = estimated
                                ? detail::upper_probability(static_cast<double>(count), n, error)
                                : share[bin];
        return leeway > 0 ? std::max(high, detail::largest_share_within_psi(share[bin], leeway))
                          : high;
    }
    [[nodiscard]] double least_share(std::size_t bin, std::uint64_t count) const {
        const double low = estimated
                               ? detail::lower_probability(static_cast<double>(count), n, error)
                               : share[bin];
        return leeway > 0
                   ? std::min(low, 1 - detail::largest_share_within_psi(1 - share[bin], leeway))
                   : low;
    }
};

void shape_e_detector::bet_table::bet_on_polynomials(
    const std::vector<std::vector<double>>& polynomials, std::size_t bins, const odds& against) {
    struct bet {
        double slope, eps;
        std::vector<double> phi;
    };
    std::vector<bet> bets;
    for (std::size_t j = 0; j < polynomials.size(); ++j) {
        for (const double sign : {1.0, -1.0}) {
            std::vector<double> phi(bins, 0.0);
            std::transform(polynomials[j].begin(), polynomials[j].end(), phi.begin(),
                           [sign](double value) { return sign * value; });
            const auto [least, most] = std::minmax_element(phi.begin(), phi.end());
            const double eps = against.largest_mean(phi);
            if (eps >= *most) continue;
            for (const double size : polynomial_sizes) {
                bets.push_back({size / (eps - *least), eps, phi});
                meaning.push_back({static_cast<shape_aspect>(j), sign > 0, 0, 0});
            }
        }
    }
    dense = bets.size();
    const std::size_t rows = polynomials.empty() ? 1 : polynomials[0].size() + 1;
    factors.assign(rows * dense, 0);
    for (std::size_t row = 0; row < rows; ++row) {
        for (std::size_t b = 0; b < dense; ++b) {
            // The row after the regular bins stands for all others, where phi is 0.
            factors[row * dense + b] = 1 + bets[b].slope * (bets[b].phi[row] - bets[b].eps);
        }
    }
}

void shape_e_detector::bet_table::bet_on_bin(std::size_t bin, std::uint64_t count,
                                             const odds& against) {
    const auto add = [&](bool up, double in, double out) {
        inside.push_back(in);
        outside.push_back(out);
        meaning.push_back({shape_aspect::bin, up, bin, 0});
    };
    // phi = 1 in the bin and 0 elsewhere: l = f / high.
    const double high = against.largest_share(bin, count);
    if (high < 1) {
        for (const double f : rise_sizes) add(true, 1 + f / high * (1 - high), 1 - f);
    }
    // phi = -1 in the bin, eps = -low: l = f / (1 - low).
    const double low = count > 0 ? against.least_share(bin, count) : 0;
    if (low > 0) {
        for (const double f : fall_sizes) add(false, 1 - f, 1 + f / (1 - low) * low);
    }
}

shape_e_detector::bet_table shape_e_detector::make_table(const binned_counts& reference,
                                                         const shape_e_detector_options& options) {
    const binning& bins = reference.bins();
    const auto regular = static_cast<std::ptrdiff_t>(bins.regular());
    odds against(reference, options);

    std::vector<std::vector<double>> polynomials;
    if (bins.ordered()) {
        std::vector<double> within(against.share.begin(), against.share.begin() + regular);
        for (double& share : within) share /= against.in_regular;
        polynomials = orthonormal_polynomials(within, most_polynomials);
    }
    std::vector<bool> single(bins.size(), !bins.ordered());
    single[bins.missing()] = single[bins.non_finite()] = true;
    // Intervals and tables with an "other" bin have a place for every finite value.
    single[bins.unseen()] = bins.shape() == binning::form::values && bins.complete();

    std::size_t directions = 2 * polynomials.size();
    for (std::size_t k = 0; k < bins.size(); ++k) {
        if (single[k]) directions += reference[k] > 0 ? std::size_t{2} : std::size_t{1};
    }
    against.split(options, directions);

    bet_table table;
    table.bet_on_polynomials(polynomials, bins.size(), against);
    for (std::size_t k = 0; k < bins.size(); ++k) {
        table.first.push_back(table.inside.size());
        if (single[k]) table.bet_on_bin(k, reference[k], against);
    }
    table.first.push_back(table.inside.size());

    const auto logs = [](const std::vector<double>& factors) {
        std::vector<double> out(factors.size());
        std::transform(factors.begin(), factors.end(), out.begin(),
                       [](double factor) { return std::log(factor); });
        return out;
    };
    table.logs = logs(table.factors);
    table.log_inside = logs(table.inside);
    table.log_outside = logs(table.outside);

    table.location.assign(bins.size(), 0);
    if (!polynomials.empty()) {
        std::copy(polynomials[0].begin(), polynomials[0].end(), table.location.begin());
    } else if (!bins.ordered()) {
        const auto common =
            std::max_element(against.share.begin(), against.share.begin() + regular);
        std::fill(table.location.begin(), table.location.end(), -*common);
        table.location[static_cast<std::size_t>(common - against.share.begin())] = 1 - *common;
    }
    return table;
}

}  // namespace leeway::inline v0
