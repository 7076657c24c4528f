// How target and prediction go together, to fourth order.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "leeway/core/block_sums.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"
#include "leeway/core/weight_sum.hpp"

namespace leeway::inline v0 {

/// Means, squared deviations and their product for target y and prediction m, from which Pearson's
/// and Lin's correlation are read, and the mixed third and fourth moments, which say how much the
/// correlations would vary between samples whatever the law of the rows.
///
/// Held: compensated sums of w d^i f^j, 1 <= i + j <= 4, with d = y - K and f = m - L about the
/// first row (K, L). Fourth powers leave the range of a double at 1e77, where the moments of second
/// order are still there.
/// Predictions have sums of their own because those that hardly vary would drown in a difference of
/// the sums of targets and errors, which regression_moments holds.
///
/// Rows with NaN or infinities and bad weights are counted in rejected(). Error: that of moments.
/// Cost: about 20 ns a row, 2 ns in a batch; 328 bytes. Thread rule: one writer.
class comoments {
  public:
    using sample_type = regression_outcome;
    static constexpr std::string_view kind = "comoments";

    void update(const regression_outcome& sample) noexcept {
        if (!rejected_.accepts(sample)) return;
        if (rows() == 0) [[unlikely]] {
            target_shift_ = sample.target;
            prediction_shift_ = sample.prediction;
        }
        weight_.add(sample.weight);
        const double d = sample.target - target_shift_;
        const double f = sample.prediction - prediction_shift_;
        auto row = terms(d, f, sample.weight * d, sample.weight * f);
        row[place(2, 0)] = detail::noticed_square(d, row[place(2, 0)]);
        row[place(0, 2)] = detail::noticed_square(f, row[place(0, 2)]);
        for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k].add(row[k]);
    }

    void update(const regression_outcome::columns& batch) {
        require_lengths(kind, batch);
        update_by_blocks(*this, batch, [this](const auto& rows) { return add_block(rows); });
    }

    void merge(const comoments& other) {
        rejected_.merge(other.rejected_);
        if (other.rows() == 0) return;
        comoments moved = other;
        // The heavier side keeps its shifts: moving adds rounding in proportion to the weight.
        if (other.weight() > weight()) {
            rebase(other.target_shift_, other.prediction_shift_);
        } else {
            moved.rebase(target_shift_, prediction_shift_);
        }
        weight_.merge(moved.weight_);
        for (std::size_t k = 0; k < sums_.size(); ++k) sums_[k].merge(moved.sums_[k]);
    }

    void reset() noexcept { *this = comoments(); }

    [[nodiscard]] std::uint64_t rows() const noexcept { return weight_.rows(); }
    [[nodiscard]] double weight() const noexcept { return weight_.value(); }
    [[nodiscard]] double sum_of_squared_weights() const noexcept { return weight_.squares(); }

    /// sum w (y - mean y)^2. Zero when it is below the rounding error of the sums it is taken from;
    /// NaN when they are too small, below 2^-900, to have all their digits.
    [[nodiscard]] double target_squares() const noexcept {
        return second(of(1, 0), of(1, 0), of(2, 0), true);
    }
    /// sum w (m - mean m)^2, in the same way.
    [[nodiscard]] double prediction_squares() const noexcept {
        return second(of(0, 1), of(0, 1), of(0, 2), true);
    }
    /// sum w (y - mean y) (m - mean m).
    [[nodiscard]] double products() const noexcept {
        return second(of(1, 0), of(0, 1), of(1, 1), false);
    }
    /// mean y - mean m.
    [[nodiscard]] double mean_error() const noexcept {
        const auto shifts = detail::two_sum(target_shift_, -prediction_shift_);
        return (shifts + (of(1, 0) - of(0, 1)) / weight_.parts()).high;
    }

    /// sum w (y - mean y)^i (m - mean m)^j, 2 <= i + j <= 4. Not finite where powers left the range
    /// of a double.
    [[nodiscard]] double central(std::size_t i, std::size_t j) const noexcept {
        const wide w = weight_.parts();
        return about(i, j, -(of(1, 0) / w), -(of(0, 1) / w)).high;
    }

    [[nodiscard]] const rejections& rejected() const noexcept { return rejected_; }
    [[nodiscard]] std::size_t bytes() const noexcept { return sizeof *this; }

    friend bool operator==(const comoments&, const comoments&) = default;

    [[nodiscard]] std::string defect() const {
        if (!std::isfinite(target_shift_) || !std::isfinite(prediction_shift_))
            return "comoments: a shift is not finite";
        for (const std::size_t even :
             {place(2, 0), place(0, 2), place(4, 0), place(2, 2), place(0, 4)}) {
            if (sums_[even].value() < 0) return "comoments: a sum of squares is negative";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("target_shift", self.target_shift_);
        visit("prediction_shift", self.prediction_shift_);
        visit("weight", self.weight_);
        visit("sums", self.sums_);
        visit("rejected", self.rejected_);
    }

  private:
    using wide = detail::double_double;
    static constexpr std::size_t order = 4;
    static constexpr std::size_t count = 14;

    /// Where the sum of d^i f^j is: d, f, d^2, d f, f^2, d^3, ...
    [[nodiscard]] static constexpr std::size_t place(std::size_t i, std::size_t j) noexcept {
        const std::size_t n = i + j;
        return n * (n + 1) / 2 + j - 1;
    }

    /// The terms of a row in that order; of numbers or of lanes.
    template <class Number>
    [[nodiscard]] static std::array<Number, count> terms(Number d, Number f, Number wd,
                                                         Number wf) noexcept {
        const Number dd = wd * d, df = wd * f, ff = wf * f;
        const Number ddd = dd * d, ddf = dd * f, dff = ff * d, fff = ff * f;
        return {wd,  wf,  dd,      df,      ff,      ddd,     ddf,
                dff, fff, ddd * d, ddd * f, ddf * f, fff * d, fff * f};
    }

    /// False, with nothing added, when a row is refused or one of its terms is not finite.
    bool add_block(const regression_outcome::columns& rows) noexcept {
        const double* target = rows.target.data();
        const double* prediction = rows.prediction.data();
        const double k = target_shift_;
        const double l = prediction_shift_;
        const auto sums =
            rows.weight.empty()
                ? block_sums([&](auto y, auto m) { return terms(y - k, m - l, y - k, m - l); },
                             target, prediction)
                : block_sums([&](auto y, auto m,
                                 auto w) { return terms(y - k, m - l, w * (y - k), w * (m - l)); },
                             target, prediction, rows.weight.data());
        // Squares that may have vanished are looked at one by one, unless nothing varies.
        const auto may_vanish = [](double squares, const double* values, double shift) {
            return !(squares >= detail::least_square_sum) &&
                   std::any_of(values, values + block_rows,
                               [shift](double x) { return x != shift; });
        };
        if (may_vanish(sums[place(2, 0)], target, k) ||
            may_vanish(sums[place(0, 2)], prediction, l)) {
            return false;
        }
        if (!all_finite(sums) || !weight_.add_block(rows.weight)) return false;
        for (std::size_t n = 0; n < count; ++n) sums_[n].add(sums[n]);
        return true;
    }

    [[nodiscard]] wide of(std::size_t i, std::size_t j) const noexcept {
        return i + j == 0 ? weight_.parts() : sums_[place(i, j)].parts();
    }

    /// Of second order, from the sums of first order.
    [[nodiscard]] double second(const wide& a, const wide& b, const wide& ab,
                                bool is_square) const noexcept {
        if (rows() == 0) return 0;
        if (is_square && detail::lost_digits(ab.high))
            return std::numeric_limits<double>::quiet_NaN();
        const double left = (ab - a * b / weight_.parts()).high;
        const double noise = 2 * std::numeric_limits<double>::epsilon() * ab.high;
        return is_square && left <= noise ? 0.0 : left;
    }

    /// sum w (d + c)^i (f + g)^j, by the binomial expansion.
    [[nodiscard]] wide about(std::size_t i, std::size_t j, wide c, wide g) const noexcept {
        constexpr double choose[order + 1][order + 1] = {
            {1, 0, 0, 0, 0}, {1, 1, 0, 0, 0}, {1, 2, 1, 0, 0}, {1, 3, 3, 1, 0}, {1, 4, 6, 4, 1}};
        wide sum{};
        wide of_c{1, 0};
        for (std::size_t a = i + 1; a-- > 0; of_c = of_c * c) {
            wide power = of_c * wide{choose[i][a], 0};
            for (std::size_t b = j + 1; b-- > 0; power = power * g) {
                sum = sum + power * wide{choose[j][b], 0} * of(a, b);
            }
        }
        return sum;
    }

    /// About K - c and L - g.
    void rebase(double target_shift, double prediction_shift) noexcept {
        const wide c = detail::two_sum(target_shift_, -target_shift);
        const wide g = detail::two_sum(prediction_shift_, -prediction_shift);
        target_shift_ = target_shift;
        prediction_shift_ = prediction_shift;
        if ((c.high == 0 && g.high == 0) || rows() == 0) return;
        auto about_new = sums_;
        for (std::size_t n = 1; n <= order; ++n) {
            for (std::size_t j = 0; j <= n; ++j) {
                about_new[place(n - j, j)] = compensated_sum(about(n - j, j, c, g));
            }
        }
        sums_ = about_new;
    }

    double target_shift_{0};
    double prediction_shift_{0};
    weight_sum weight_;
    std::array<compensated_sum, count> sums_{};
    rejections rejected_;
};

}  // namespace leeway::inline v0
