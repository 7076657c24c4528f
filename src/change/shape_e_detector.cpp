#include "leeway/change/shape_e_detector.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "change/bet_growth.hpp"
#include "change/reference_margin.hpp"

namespace leeway::inline v0 {

namespace {

constexpr std::string_view name = "shape_e_detector";

}  // namespace

std::string_view to_string(shape_aspect aspect) noexcept {
    switch (aspect) {
        case shape_aspect::location:
            return "location";
        case shape_aspect::scale:
            return "scale";
        case shape_aspect::skew:
            return "skew";
        case shape_aspect::tails:
            return "tails";
        case shape_aspect::bin:
            return "bin";
    }
    return "unknown";
}

shape_e_detector::shape_e_detector() {
    table_ = std::make_shared<const bet_table>(no_bets(reference_.bins()));
}

shape_e_detector::shape_e_detector(const binned_counts& reference, shape_e_detector_options options)
    : reference_(reference), options_(options) {
    if (const std::string wrong = inputs_defect(); !wrong.empty()) raise(wrong);
    table_ = std::make_shared<const bet_table>(make_table(reference_, options_));
    growth_.resize(table_->meaning.size());
    reset();
}

std::string shape_e_detector::inputs_defect() const {
    const auto& o = options_;
    if (!(o.leeway_psi >= 0 && o.leeway_psi <= 100))
        return detail::wrong(name, "leeway_psi", o.leeway_psi, "0 to 100");
    if (std::string wrong = detail::shared_options_defect(name, o.false_alarm_every,
                                                          o.reference_confidence, o.panel);
        !wrong.empty())
        return wrong;
    double rows = 0;
    for (const std::uint64_t count : reference_.counts()) rows += static_cast<double>(count);
    if (!(rows >= 1 && rows < 0x1p53))
        return detail::wrong(name, "the reference's number of rows", rows, "1 to 2^53");
    return {};
}

void shape_e_detector::restore() {
    start_ = detail::start_of(options_.lifetime);
    bet_table table;
    if (reference_.bins().defect().empty() && reference_.defect().empty()) {
        if (inputs_defect().empty()) {
            table = make_table(reference_, options_);
        } else {  // a place to load into, or options that defect() will refuse
            table = no_bets(reference_.bins());
        }
    }
    table_ = std::make_shared<const bet_table>(std::move(table));
}

std::string shape_e_detector::defect() const {
    // The empty detector, as it was made for loading into, is a legal state.
    if (reference_.total() == 0 && growth_.empty() && evidence_ == 0) return {};
    if (std::string wrong = inputs_defect(); !wrong.empty()) return wrong;
    if (growth_.size() != table_->meaning.size()) return "shape_e_detector: not one growth a bet";
    return detail::growth_defect(name, growth_, evidence_);
}

void shape_e_detector::update_bin(std::size_t bin) noexcept {
    const bet_table& table = *table_;
    double* sparse = growth_.data() + table.dense;
    const std::size_t first = table.first[bin];
    const std::size_t last = table.first[bin + 1];
    const auto advance = [start = start_](double* growth, const double* factors, std::size_t bets) {
        return detail::grow(growth, bets, start, [factors](std::size_t b) { return factors[b]; });
    };
    const double* outside = table.outside.data();
    settle(advance(growth_.data(), table.factors.data() + row(bin) * table.dense, table.dense) +
           advance(sparse, outside, first) +
           advance(sparse + first, table.inside.data() + first, last - first) +
           advance(sparse + last, outside + last, table.outside.size() - last));
}

void shape_e_detector::settle(double sum) noexcept {
    if (!(sum <= detail::most_growth)) [[unlikely]]
        sum = detail::cut(growth_);
    evidence_ = growth_.empty() ? 0 : sum / static_cast<double>(growth_.size());
    drifted_ |= evidence_ >= options_.false_alarm_every;
}

void shape_e_detector::update_counts(std::span<const std::uint64_t> counts) {
    const bet_table& table = *table_;
    const std::size_t bins = reference_.bins().size();
    if (counts.size() != bins)
        raise_invalid(name, "counts.size()", counts.size(),
                      "one count a bin, " + detail::shown(bins));
    const std::uint64_t n = std::accumulate(counts.begin(), counts.end(), std::uint64_t{0});
    if (n == 0) return;
    if (n == 1) {  // so that a batch of one is its sample, to the last bit
        const auto one = std::find(counts.begin(), counts.end(), std::uint64_t{1});
        return update_bin(static_cast<std::size_t>(one - counts.begin()));
    }
    const double all = static_cast<double>(n);
    const double start = start_ * all;
    std::array<double, most_polynomials * bets_per_polynomial> log_factor{};
    for (std::size_t k = 0; k < bins; ++k) {
        if (counts[k] == 0) continue;
        const auto count = static_cast<double>(counts[k]);
        const double* logs = table.logs.data() + row(k) * table.dense;
        for (std::size_t b = 0; b < table.dense; ++b) log_factor[b] += count * logs[b];
    }
    double sum = detail::grow(growth_.data(), table.dense, start,
                              [&](std::size_t b) { return detail::factor_of(log_factor[b]); });
    for (std::size_t k = 0; k < bins; ++k) {
        const auto count = static_cast<double>(counts[k]);
        const std::size_t first = table.first[k];
        sum +=
            detail::grow(growth_.data() + table.dense + first, table.first[k + 1] - first, start,
                         [&](std::size_t b) {
                             return detail::factor_of(count * table.log_inside[first + b] +
                                                      (all - count) * table.log_outside[first + b]);
                         });
    }
    settle(sum);
}

double shape_e_detector::factor(std::size_t bet, std::size_t bin) const noexcept {
    const bet_table& table = *table_;
    if (bet < table.dense) return table.factors[row(bin) * table.dense + bet];
    const std::size_t i = bet - table.dense;
    return i >= table.first[bin] && i < table.first[bin + 1] ? table.inside[i] : table.outside[i];
}

leading_bet shape_e_detector::leading() const noexcept {
    if (growth_.empty()) return {};
    const auto most = static_cast<std::size_t>(std::max_element(growth_.begin(), growth_.end()) -
                                               growth_.begin());
    leading_bet bet = table_->meaning[most];
    bet.growth = growth_[most];
    return bet;
}

void shape_e_detector::reset() noexcept {
    start_ = detail::start_of(options_.lifetime);
    std::fill(growth_.begin(), growth_.end(), options_.lifetime ? 1.0 : 0.0);
    evidence_ = options_.lifetime && !growth_.empty() ? 1 : 0;
    drifted_ = false;
}

}  // namespace leeway::inline v0
