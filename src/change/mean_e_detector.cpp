#include "leeway/change/mean_e_detector.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <utility>

#include "change/bet_growth.hpp"
#include "change/reference_margin.hpp"

namespace leeway::inline v0 {

namespace {
constexpr std::string_view name = "mean_e_detector";
/// A mean of exactly 0 would need an infinite bet; the bet against this one is valid for it too.
constexpr double least_mean = 1e-12;
}  // namespace

mean_e_detector::mean_e_detector(mean_e_detector_options options) : options_(std::move(options)) {
    if (const std::string wrong = options_defect(); !wrong.empty()) raise(wrong);
    prepare();
    reset();
}

std::string mean_e_detector::options_defect() const {
    using detail::wrong;
    const auto& o = options_;
    if (!(o.reference_mean >= 0 && o.reference_mean <= 1))
        return wrong(name, "reference_mean", o.reference_mean, "0 to 1");
    if (!(o.n_reference >= 1)) return wrong(name, "n_reference", o.n_reference, "at least 1");
    if (o.reference_sd && !(*o.reference_sd >= 0 && *o.reference_sd <= 1))
        return wrong(name, "reference_sd", *o.reference_sd, "0 to 1");
    if (!(o.tolerance >= 0 && o.tolerance <= 1))
        return wrong(name, "tolerance", o.tolerance, "0 to 1");
    if (o.direction > bet_direction::both)
        return wrong(name, "direction", static_cast<double>(o.direction), "up, down or both");
    for (const double level : o.levels) {
        if (!(level >= 0 && level <= 1)) return wrong(name, "a level", level, "0 to 1");
    }
    return detail::shared_options_defect(name, o.false_alarm_every, o.reference_confidence,
                                         o.panel);
}

void mean_e_detector::prepare() {
    const auto& o = options_;
    const double m = o.reference_mean;
    const std::size_t directions = o.direction == bet_direction::both ? 2 : 1;
    const double z = o.reference_confidence > 0 ? detail::critical_value(detail::share_of_error(
                                                      o.reference_confidence, o.panel, directions))
                                                : 0;
    const double sd = o.reference_sd.value_or(std::sqrt(m * (1 - m)));
    upper_mean_ =
        std::clamp(m + detail::margin(z, o.n_reference, sd, 1 - m) + o.tolerance, least_mean, 1.0);
    lower_mean_ =
        std::clamp(m - detail::margin(z, o.n_reference, sd, m) - o.tolerance, 0.0, 1 - least_mean);

    bets_ = 0;
    base_.fill(0);
    slope_.fill(0);
    const auto bet = [this](double reach) {  // 1 + f / reach (x - reach) = (1 - f) + f / reach x
        double size = 0.9;
        for (std::size_t k = 0; k < bets_per_direction; ++k, size *= 0.75, ++bets_) {
            base_[bets_] = 1 - size;
            slope_[bets_] = size / reach;
        }
    };
    if (o.direction != bet_direction::down && upper_mean_ < 1) bet(upper_mean_);
    upward_ = bets_;
    if (o.direction != bet_direction::up && lower_mean_ > 0) bet(1 - lower_mean_);

    logs_.assign(o.levels.size() * bets_, 0);
    for (std::size_t i = 0; i < o.levels.size(); ++i) {
        for (std::size_t b = 0; b < bets_; ++b)
            logs_[i * bets_ + b] = std::log(factor(b, o.levels[i]));
    }
    start_ = detail::start_of(o.lifetime);
}

void mean_e_detector::restore() {
    bets_ = upward_ = 0;
    if (options_defect().empty()) prepare();  // else defect() will say so
}

std::string mean_e_detector::defect() const {
    if (std::string wrong = options_defect(); !wrong.empty()) return wrong;
    const std::span growth(growth_);
    const auto unused = growth.subspan(bets_);
    if (std::any_of(unused.begin(), unused.end(), [](double g) { return g != 0; }))
        return "mean_e_detector: growth without a bet";
    return detail::growth_defect(name, growth.first(bets_), evidence_);
}

void mean_e_detector::update(plain_value sample) noexcept {
    const double x = sample.value;
    if (!(x >= 0 && x <= 1)) [[unlikely]] {
        if (!rejected_.counts(x)) ++rejected_.range;
        return;
    }
    // A direction has twelve bets or none; a constant lets the compiler unroll.
    const auto advance = [this](std::size_t from, double y) {
        const double* base = base_.data() + from;
        const double* slope = slope_.data() + from;
        return detail::grow(growth_.data() + from, bets_per_direction, start_,
                            [=](std::size_t b) { return base[b] + slope[b] * y; });
    };
    double sum = 0;
    if (upward_ > 0) sum += advance(0, x);
    if (bets_ > upward_) sum += advance(upward_, 1 - x);
    settle(sum);
}

void mean_e_detector::settle(double sum) noexcept {
    if (!(sum <= detail::most_growth)) [[unlikely]]
        sum = detail::cut(std::span(growth_).first(bets_));
    evidence_ = bets_ == 0 ? 0 : sum / static_cast<double>(bets_);
    drifted_ |= evidence_ >= options_.false_alarm_every;
}

void mean_e_detector::update_counts(std::span<const std::uint64_t> counts) {
    if (counts.size() != options_.levels.size())
        raise_invalid(name, "counts.size()", counts.size(),
                      "one count a level, " + detail::shown(options_.levels.size()));
    const std::uint64_t n = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    if (n == 0) return;
    if (n == 1) {  // so that a batch of one is its sample, to the last bit
        const auto one = std::find(counts.begin(), counts.end(), std::uint64_t{1});
        return update(options_.levels[static_cast<std::size_t>(one - counts.begin())]);
    }
    std::array<double, 2 * bets_per_direction> log_factor{};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        if (counts[i] == 0) continue;
        const auto count = static_cast<double>(counts[i]);
        for (std::size_t b = 0; b < bets_; ++b) log_factor[b] += count * logs_[i * bets_ + b];
    }
    settle(detail::grow(growth_.data(), bets_, start_ * static_cast<double>(n),
                        [&](std::size_t b) { return detail::factor_of(log_factor[b]); }));
}

bet_direction mean_e_detector::leading() const noexcept {
    if (bets_ == 0) return bet_direction::both;
    const auto end = growth_.begin() + static_cast<std::ptrdiff_t>(bets_);
    const auto most =
        static_cast<std::size_t>(std::max_element(growth_.begin(), end) - growth_.begin());
    return most < upward_ ? bet_direction::up : bet_direction::down;
}

void mean_e_detector::reset() noexcept {
    growth_.fill(0);
    if (options_.lifetime) std::fill_n(growth_.begin(), static_cast<std::ptrdiff_t>(bets_), 1.0);
    evidence_ = options_.lifetime && bets_ > 0 ? 1 : 0;
    drifted_ = false;
    rejected_ = {};
}

}  // namespace leeway::inline v0
