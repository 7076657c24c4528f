// How values become bins: frozen by a reference, shared by every state that counts into it.
#pragma once

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/hash.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

enum class feature_kind : std::uint8_t { numeric, categorical };

/// The code under which a category's text enters a row of doubles.
///
/// A whole number below 2^52 in plain decimal form ("0", "17", "-3") is its own code, so a host may
/// pass enumerators directly; any other text hashes (FNV-1a) to a code in [2^52, 2^53), which no
/// such number has. Stateless: every process gives a category the same code. Two texts share a code
/// with probability 2^-52 a pair; reference_builder refuses a training set in which that happened.
[[nodiscard]] constexpr double category_code(std::string_view text) noexcept {
    const bool negative = !text.empty() && text.front() == '-';
    const std::string_view digits = text.substr(negative ? 1 : 0);
    const bool canonical =
        !digits.empty() && digits.size() <= 15 &&
        (digits.front() != '0' || (digits.size() == 1 && !negative)) &&
        std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (canonical) {
        std::int64_t whole = 0;
        for (const char c : digits) whole = whole * 10 + (c - '0');
        return static_cast<double>(negative ? -whole : whole);
    }
    const std::uint64_t low = fnv1a(text) & ((std::uint64_t{1} << 52) - 1);
    return static_cast<double>((std::uint64_t{1} << 52) | low);
}

/// A map from a double to a bin, one of two forms:
///
/// - *intervals*: interior edges e_1 < ... < e_{K-1} make K regular bins; x falls in bin
///   #{i : e_i <= x}, so bin k is [e_k, e_{k+1}) and the outer bins are open to infinity.
/// - *values*: a table of known values, each with its bin; anything else is *unseen*, or, when the
/// table
///   does not list every value the reference saw, the last regular bin ("other").
///
/// Behind the K regular bins stand three of their own: missing (NaN), non-finite, unseen. Together
/// they partition every double, so counts over size() bins lose nothing.
///
/// Immutable after construction, hence safe to share between threads. Lookup is branch-free in the
/// value: log2(K) steps, a few ns for K = 16; no allocation, no throw.
class binning {
  public:
    enum class form : std::uint8_t { intervals, values };

    /// One regular bin for every finite value.
    binning() { prepare(); }

    /// K = interior_edges.size() + 1 bins; edges finite and strictly increasing.
    [[nodiscard]] static binning intervals(std::vector<double> interior_edges) {
        binning made;
        made.points_ = std::move(interior_edges);
        made.regular_ = made.points_.size() + 1;
        made.require();
        return made;
    }

    /// bin_of[i] < regular is the bin of values[i]; values finite and strictly increasing.
    /// `complete`: the table lists every value of the reference, so anything else is unseen.
    [[nodiscard]] static binning values(feature_kind kind, std::vector<double> values,
                                        std::vector<std::uint32_t> bin_of, std::size_t regular,
                                        bool complete) {
        binning made;
        made.form_ = form::values;
        made.kind_ = kind;
        made.points_ = std::move(values);
        made.bin_of_ = std::move(bin_of);
        made.regular_ = regular;
        made.complete_ = complete;
        made.require();
        return made;
    }

    [[nodiscard]] form shape() const noexcept { return form_; }
    [[nodiscard]] feature_kind kind() const noexcept { return kind_; }
    /// Numeric bins have an order, so cumulative counts mean something; categories have none.
    [[nodiscard]] bool ordered() const noexcept { return kind_ == feature_kind::numeric; }
    /// Whether a value outside the table is unseen (else it is counted as "other").
    [[nodiscard]] bool complete() const noexcept { return complete_; }

    [[nodiscard]] std::size_t regular() const noexcept { return regular_; }
    [[nodiscard]] std::size_t missing() const noexcept { return regular_; }
    [[nodiscard]] std::size_t non_finite() const noexcept { return regular_ + 1; }
    [[nodiscard]] std::size_t unseen() const noexcept { return regular_ + 2; }
    /// Regular bins and the three behind them.
    [[nodiscard]] std::size_t size() const noexcept { return regular_ + 3; }

    /// Interior edges (intervals) or known values (values).
    [[nodiscard]] std::span<const double> points() const noexcept { return points_; }
    /// Bin of each known value; empty for intervals.
    [[nodiscard]] std::span<const std::uint32_t> bin_of_points() const noexcept { return bin_of_; }

    /// The bin of x, in 0 .. size() - 1.
    [[nodiscard]] std::size_t operator()(double x) const noexcept {
        if (!std::isfinite(x)) [[unlikely]]
            return std::isnan(x) ? missing() : non_finite();
        const std::size_t at_or_below = rank(x);
        if (form_ == form::intervals) [[likely]]
            return at_or_below;
        if (at_or_below > 0 && points_[at_or_below - 1] == x) return bin_of_[at_or_below - 1];
        return complete_ ? unseen() : regular_ - 1;
    }

    friend bool operator==(const binning&, const binning&) = default;

    [[nodiscard]] std::string defect() const {
        if (regular_ == 0) return "binning: no regular bin";
        for (std::size_t i = 0; i < points_.size(); ++i) {
            if (!std::isfinite(points_[i])) return "binning: a point is not finite";
            if (i > 0 && !(points_[i - 1] < points_[i]))
                return "binning: the points are not strictly increasing";
        }
        if (form_ > form::values) return "binning: unknown form";
        if (kind_ > feature_kind::categorical) return "binning: unknown kind";
        if (form_ == form::intervals) {
            if (regular_ != points_.size() + 1 || !bin_of_.empty())
                return "binning: intervals need one more bin than edges";
            if (kind_ != feature_kind::numeric) return "binning: intervals of categories";
        } else {
            if (bin_of_.size() != points_.size()) return "binning: a known value without a bin";
            if (regular_ > points_.size() + 1) return "binning: a bin without a value";
            for (const auto bin : bin_of_) {
                if (bin >= regular_) return "binning: a known value outside the regular bins";
            }
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("form", self.form_);
        visit("kind", self.kind_);
        visit("complete", self.complete_);
        visit("regular", self.regular_);
        visit("points", self.points_);
        visit("bin_of", self.bin_of_);
        if constexpr (!std::is_const_v<Self>) self.prepare();
    }

  private:
    void require() {
        if (const std::string wrong = defect(); !wrong.empty()) raise(wrong);
        prepare();
    }

    /// Pads the points with infinity to 2^depth - 1, so that the search has no bounds to test.
    void prepare() {
        first_step_ = std::bit_ceil(points_.size() + 1) / 2;
        table_.assign(std::max<std::size_t>(2 * first_step_, 1),
                      std::numeric_limits<double>::infinity());
        std::copy(points_.begin(), points_.end(), table_.begin());
    }

    /// #{points <= x} for finite x.
    [[nodiscard]] std::size_t rank(double x) const noexcept {
        const double* table = table_.data();
        std::size_t below = 0;
        for (std::size_t step = first_step_; step != 0; step /= 2) {
            below = detail::select(table[below + step - 1] <= x, below + step, below);
        }
        return below;
    }

    form form_{form::intervals};
    feature_kind kind_{feature_kind::numeric};
    bool complete_{true};
    std::uint64_t regular_{1};
    std::vector<double> points_;
    std::vector<std::uint32_t> bin_of_;
    std::vector<double> table_;  // derived from points_: not a field
    std::size_t first_step_{0};
};

}  // namespace leeway::inline v0
