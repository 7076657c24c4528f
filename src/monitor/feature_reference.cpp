#include "leeway/monitor/feature_reference.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>

#include "leeway/core/error.hpp"

namespace leeway::inline v0 {

namespace {

std::string six_digits(double value) {
    char buffer[40];
    const auto end =
        std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::general, 6);
    return std::string(buffer, end.ptr);
}

/// Six digits, or as many as it takes to differ from the neighbouring points.
std::string point_text(std::span<const double> points, std::size_t i) {
    const std::string brief = six_digits(points[i]);
    const bool like_left = i > 0 && six_digits(points[i - 1]) == brief;
    const bool like_right = i + 1 < points.size() && six_digits(points[i + 1]) == brief;
    return like_left || like_right ? detail::shown(points[i]) : brief;
}

}  // namespace

double feature_reference::missing_rate() const noexcept {
    const std::uint64_t n = rows();
    return n == 0 ? 0 : static_cast<double>(missing()) / static_cast<double>(n);
}

namespace {
estimate known_if(bool known, double value, std::uint64_t n) {
    const auto weight = static_cast<double>(n);
    return known ? estimate::of(value, weight) : estimate{undefined::empty, weight};
}
}  // namespace

estimate feature_reference::mean() const {
    return known_if(summarised(), mean_, finite_);
}
estimate feature_reference::standard_deviation() const {
    if (summarised() && finite_ < 2) return {undefined::too_little_data, 1};
    if (summarised() && !std::isfinite(standard_deviation_)) {
        return {undefined::out_of_range, static_cast<double>(finite_)};
    }
    return known_if(summarised(), standard_deviation_, finite_);
}
estimate feature_reference::minimum() const {
    return known_if(summarised(), minimum_, finite_);
}
estimate feature_reference::maximum() const {
    return known_if(summarised(), maximum_, finite_);
}
estimate feature_reference::lag_one() const {
    const auto n = static_cast<double>(rows());
    return lag_one_known_ ? estimate::of(lag_one_, n) : estimate{undefined::too_little_data, n};
}

std::string feature_reference::label(std::size_t bin) const {
    const binning& bins = counts_.bins();
    if (bin >= bins.size()) {
        raise_invalid("feature_reference", "bin", bin, "below " + detail::shown(bins.size()));
    }
    if (bin == bins.missing()) return "missing";
    if (bin == bins.non_finite()) return "non-finite";
    if (bin == bins.unseen()) return "unseen";
    const auto points = bins.points();
    if (bins.shape() == binning::form::intervals) {
        if (points.empty()) return "any";
        if (bin == 0) return std::string("< ").append(point_text(points, 0));
        if (bin == points.size()) return std::string(">= ").append(point_text(points, bin - 1));
        return std::string("[")
            .append(point_text(points, bin - 1))
            .append(", ")
            .append(point_text(points, bin))
            .append(")");
    }
    const auto bin_of = bins.bin_of_points();
    const auto first =
        static_cast<std::size_t>(std::find(bin_of.begin(), bin_of.end(), bin) - bin_of.begin());
    const auto held = std::count(bin_of.begin(), bin_of.end(), bin);
    if (held == 0) return bins.complete() ? "none" : "other";
    if (kind() == feature_kind::numeric) {
        if (held == 1) return point_text(points, first);
        return point_text(points, first) + " to " +
               point_text(points, first + static_cast<std::size_t>(held) - 1);
    }
    if (held > 1 || (bin + 1 == bins.regular() && !bins.complete())) return "other";
    const double code = points[first];
    const auto known =
        std::lower_bound(categories_.begin(), categories_.end(), code,
                         [](const known_category& c, double wanted) { return c.code < wanted; });
    if (known != categories_.end() && known->code == code) return known->text;
    return detail::shown(code);
}

std::optional<double> feature_reference::upper(std::size_t bin) const noexcept {
    const binning& bins = counts_.bins();
    const auto points = bins.points();
    if (kind() != feature_kind::numeric || bin >= bins.regular()) return std::nullopt;
    if (bins.shape() == binning::form::intervals) {
        return bin < points.size() ? std::optional<double>(points[bin]) : std::nullopt;
    }
    std::optional<double> largest;
    const auto bin_of = bins.bin_of_points();
    for (std::size_t i = 0; i < points.size(); ++i) {
        if (bin_of[i] == bin) largest = points[i];
    }
    return largest;
}

std::string feature_reference::defect() const {
    if (name_.empty()) return "feature_reference: the name is empty";
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts_.counts()) {
        if (count > std::numeric_limits<std::uint64_t>::max() - total) {
            return "feature_reference: the counts overflow";
        }
        total += count;
    }
    const binning& bins = counts_.bins();
    if (counts_[bins.unseen()] != 0) return "feature_reference: the reference did not see itself";
    if (finite_ != total - counts_[bins.missing()] - counts_[bins.non_finite()]) {
        return "feature_reference: the regular bins do not hold the finite values";
    }
    if (summarised()) {
        if (!std::isfinite(mean_) || !std::isfinite(minimum_) || !std::isfinite(maximum_) ||
            !(minimum_ <= maximum_)) {
            return "feature_reference: the minimum, mean and maximum are not in order";
        }
        if (!(standard_deviation_ >= 0)) {
            return "feature_reference: the standard deviation is negative";
        }
    }
    if (lag_one_known_ && !(std::abs(lag_one_) <= 1.5)) {
        return "feature_reference: the lag-1 autocorrelation is not in [-1, 1]";
    }
    for (std::size_t i = 0; i < categories_.size(); ++i) {
        if (!std::isfinite(categories_[i].code) ||
            (i > 0 && !(categories_[i - 1].code < categories_[i].code))) {
            return "feature_reference: the categories are not in order";
        }
    }
    return {};
}

}  // namespace leeway::inline v0
