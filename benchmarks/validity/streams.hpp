// Laws over bins, drawn from quickly; references drawn from a law.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/accumulators/make_binning.hpp"
#include "leeway/core/distributions.hpp"
#include "leeway/core/random.hpp"

namespace validity {

/// Draws 0 .. K - 1 with given probabilities: one random word and one comparison a draw. Source: A.
/// Walker, "An efficient method for generating discrete random variables with general
/// distributions", ACM TOMS 3 (1977).
class discrete_law {
  public:
    explicit discrete_law(std::span<const double> probabilities)
        : keep_(probabilities.size(), 1.0), other_(probabilities.size(), 0) {
        const auto n = static_cast<double>(probabilities.size());
        std::vector<double> mass(probabilities.begin(), probabilities.end());
        double total = 0;
        for (const double m : mass) total += m;
        std::vector<std::size_t> small;
        std::vector<std::size_t> large;
        for (std::size_t k = 0; k < mass.size(); ++k) {
            mass[k] *= n / total;
            (mass[k] < 1 ? small : large).push_back(k);
        }
        while (!small.empty() && !large.empty()) {
            const std::size_t s = small.back();
            const std::size_t l = large.back();
            small.pop_back();
            keep_[s] = mass[s];
            other_[s] = l;
            mass[l] -= 1 - mass[s];
            if (mass[l] < 1) {
                large.pop_back();
                small.push_back(l);
            }
        }
    }

    std::size_t operator()(leeway::random_source& random) const {
        const double u = random.uniform() * static_cast<double>(keep_.size());
        const auto k = static_cast<std::size_t>(u);
        return u - static_cast<double>(k) < keep_[k] ? k : other_[k];
    }

  private:
    std::vector<double> keep_;
    std::vector<std::size_t> other_;
};

/// A law of a numeric feature by its distribution function: mixtures of normals, or Laplace.
struct numeric_law {
    double mean{0};
    double sd{1};
    double contamination{0};  ///< share at N(3, 1)
    bool laplace{false};      ///< of variance 1, about 0

    [[nodiscard]] double cdf(double x) const {
        if (laplace) {
            const double tail = 0.5 * std::exp(-std::sqrt(2.0) * std::abs(x));
            return x < 0 ? tail : 1 - tail;
        }
        return (1 - contamination) * leeway::normal_cdf((x - mean) / sd) +
               contamination * leeway::normal_cdf(x - 3);
    }

    /// The law over the intervals' bins, with nothing missing.
    [[nodiscard]] std::vector<double> over(const leeway::binning& bins) const {
        std::vector<double> shares(bins.size(), 0.0);
        double below = 0;
        for (std::size_t k = 0; k + 1 < bins.regular(); ++k) {
            const double at = cdf(bins.points()[k]);
            shares[k] = at - below;
            below = at;
        }
        shares[bins.regular() - 1] = 1 - below;
        return shares;
    }
};

/// Edges at the standard normal's own quantiles, equal counts: stands for a known reference.
inline leeway::binned_counts known_normal_reference(std::size_t bins = 16) {
    std::vector<double> edges;
    std::vector<double> middles;
    const auto n = static_cast<double>(bins);
    for (std::size_t k = 0; k < bins; ++k) {
        if (k > 0) edges.push_back(leeway::normal_quantile(static_cast<double>(k) / n));
        middles.push_back(leeway::normal_quantile((static_cast<double>(k) + 0.5) / n));
    }
    leeway::binned_counts counts(leeway::binning::intervals(edges));
    for (int row = 0; row < 1000; ++row) counts.update(middles);
    return counts;
}

/// n rows of N(0, 1), binned as a reference is.
inline leeway::binned_counts drawn_normal_reference(leeway::random_source& random, std::size_t n) {
    // Ranks carry all that matters, so uniform ones are binned and only the edges are mapped.
    std::vector<double> rank(n);
    for (double& value : rank) value = random.uniform();
    leeway::binned_counts on_ranks(leeway::numeric_binning(rank));
    on_ranks.update(rank);
    std::vector<double> edges;
    for (const double edge : on_ranks.bins().points())
        edges.push_back(leeway::normal_quantile(edge));
    leeway::binned_counts counts(leeway::binning::intervals(edges));
    for (std::size_t k = 0; k <= edges.size(); ++k) {
        const double inside = k == 0 ? edges[0] - 1 : edges[k - 1];
        for (std::uint64_t c = 0; c < on_ranks[k]; ++c) counts.update(inside);
    }
    return counts;
}

/// Categories 0 .. K - 1.
inline leeway::binned_counts categories(std::size_t k) {
    std::vector<double> values;
    std::vector<std::uint32_t> bin_of;
    for (std::size_t i = 0; i < k; ++i) {
        values.push_back(static_cast<double>(i));
        bin_of.push_back(static_cast<std::uint32_t>(i));
    }
    return leeway::binned_counts(
        leeway::binning::values(leeway::feature_kind::categorical, values, bin_of, k, true));
}

/// n draws of a category; n = 0 stands for a known reference.
inline leeway::binned_counts category_reference(leeway::random_source& random,
                                                std::span<const double> shares, std::size_t n) {
    auto counts = categories(shares.size());
    if (n == 0) {
        for (std::size_t k = 0; k < shares.size(); ++k) {
            for (int c = 0; c < static_cast<int>(std::lround(100'000 * shares[k])); ++c)
                counts.update(static_cast<double>(k));
        }
        return counts;
    }
    const discrete_law law(shares);
    for (std::size_t i = 0; i < n; ++i) counts.update(static_cast<double>(law(random)));
    return counts;
}

}  // namespace validity
