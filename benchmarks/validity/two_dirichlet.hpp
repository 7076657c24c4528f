// The two-Dirichlet e-process in Shiryaev-Roberts form, to compare with shape_e_detector's own bets
// on categories.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace validity {

/// With reference counts r (sum m), q = (r + 1/2) / (m + B/2) and counts c since a start,
///     log E = log DM(c; concentration * q) - log DM(c; r + 1/2),
///     DM(c; a) = Gamma(a.) / Gamma(a. + n) prod Gamma(a_k + c_k) / Gamma(a_k);
/// evidence = sum over starts of (samples that the start stands for) * E. Sixteen starts are kept,
/// their ages nearly geometric; dropping the others only lowers the evidence.
/// Source: M. Lindon, A. Malek, "Anytime-valid inference for multinomial count data", NeurIPS
/// (2022), for the known reference.
class two_dirichlet {
  public:
    two_dirichlet(std::span<const std::uint64_t> reference, double concentration = 100)
        : bins_(reference.size()) {
        double m = 0;
        for (const auto r : reference) m += static_cast<double>(r);
        const double smoothed = m + 0.5 * static_cast<double>(bins_);
        for (const auto r : reference) {
            posterior_.push_back(static_cast<double>(r) + 0.5);
            near_.push_back(concentration * posterior_.back() / smoothed);
        }
    }

    void update_counts(std::span<const std::uint64_t> counts) {
        double n = 0;
        for (const auto c : counts) n += static_cast<double>(c);
        if (n == 0) return;
        starts_.push_back({0, n, std::vector<double>(bins_, 0.0)});
        double evidence = 0;
        for (start& s : starts_) {
            s.age += n;
            for (std::size_t k = 0; k < bins_; ++k) s.counts[k] += static_cast<double>(counts[k]);
            evidence +=
                s.weight * std::exp(std::min(600.0, sequence(s, near_) - sequence(s, posterior_)));
        }
        evidence_ = evidence;
        if (starts_.size() > most_starts) thin();
    }

    [[nodiscard]] double evidence() const { return evidence_; }

  private:
    struct start {
        double age;
        double weight;
        std::vector<double> counts;
    };
    static constexpr std::size_t most_starts = 16;

    static double log_gamma(double x) {
        int sign = 0;
        return ::lgamma_r(x, &sign);  // std::lgamma writes a global that threads share
    }

    double sequence(const start& s, const std::vector<double>& a) const {
        double total = 0;
        double sum = 0;
        for (std::size_t k = 0; k < bins_; ++k) {
            total += a[k];
            if (s.counts[k] > 0) sum += log_gamma(a[k] + s.counts[k]) - log_gamma(a[k]);
        }
        return sum + log_gamma(total) - log_gamma(total + s.age);
    }

    /// Drops the start between the two neighbours whose ages are closest in ratio.
    void thin() {
        std::size_t drop = 1;
        double closest = 0;
        for (std::size_t i = 1; i + 1 < starts_.size(); ++i) {
            const double ratio = starts_[i + 1].age / starts_[i - 1].age;
            if (ratio > closest) {
                closest = ratio;
                drop = i;
            }
        }
        starts_.erase(starts_.begin() + static_cast<std::ptrdiff_t>(drop));
    }

    std::size_t bins_;
    std::vector<double> posterior_;
    std::vector<double> near_;
    std::vector<start> starts_;
    double evidence_{0};
};

}  // namespace validity
