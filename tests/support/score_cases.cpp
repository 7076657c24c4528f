#include "support/score_cases.hpp"

#include <algorithm>
#include <cmath>

namespace bands {

const std::vector<leeway::log_linear_layout>& layouts() {
    static const std::vector<leeway::log_linear_layout> all{
        leeway::log_linear_layout::any(), leeway::log_linear_layout::probabilities(),
        leeway::log_linear_layout(0, 0, 0, true), leeway::log_linear_layout(2, -3, 3, true),
        leeway::log_linear_layout(4, -10, 4, true)};
    return all;
}

void hold(const leeway::estimate& exact, const leeway::estimate& band, tally& seen) {
    if (!exact) {
        ++seen.undefined;
        const bool begins_at_zero =
            exact.reason() == leeway::undefined::not_comparable && band && band.lower() == 0;
        if (band.reason() != exact.reason() && !begins_at_zero) ++seen.violated;
        return;
    }
    ++seen.defined;
    const bool sound = band && band.confidence() == 1 && band.lower() <= exact.value() &&
                       exact.value() <= band.upper() && band.lower() <= band.value() &&
                       band.value() <= band.upper();
    if (!sound) {
        ++seen.violated;
        return;
    }
    const double width = band.upper() - band.lower();
    if (std::isfinite(width)) seen.width += width;
}

namespace {

/// Any power of two from 2^-190 to 2^190: near the ends of the weights that states take.
double any_power(leeway::random_source& random) {
    return std::exp2(static_cast<double>(random.below(381)) - 190);
}

}  // namespace

random_weights::random_weights(leeway::random_source& random)
    : kind_(random.below(7)), unit_(any_power(random)) {}

double random_weights::next(leeway::random_source& random) const {
    switch (kind_) {
        case 0:
            return static_cast<double>(1 + random.below(4));
        case 1:
            return 0.01 + random.uniform();
        case 2:
            return std::exp(4 * random.normal());
        case 3:
            return unit_ * (0.01 + random.uniform());
        case 4:
            return any_power(random);
        default:
            return 1;
    }
}

std::vector<leeway::probability_outcome> random_rows(leeway::random_source& random,
                                                     std::size_t most) {
    const double rates[] = {0.0001, 0.0025, 0.02, 0.2, 0.5, 0.9, 0.9999};
    const double rate = rates[random.below(7)];
    // A class of one row in ten thousand needs as many to be seen.
    const bool rare = std::min(rate, 1 - rate) < 0.01 && random.below(50) == 0;
    const std::size_t n = rare ? 20'000 : 1 + random.below(most);
    const double apart = 3 * random.uniform();
    const std::uint64_t kind = random.below(6);
    const random_weights weights(random);
    const double steps = std::exp2(static_cast<double>(1 + random.below(9)));
    std::vector<leeway::probability_outcome> rows;
    for (std::size_t i = 0; i < n; ++i) {
        leeway::probability_outcome row;
        row.label = i == 0 ? (random.bernoulli(0.5) ? 1 : 0) : (random.bernoulli(rate) ? 1 : 0);
        const double logit = random.normal() + (row.label == 1 ? apart : 0);
        const double share = 1 / (1 + std::exp(-logit));
        switch (kind) {
            case 0:
                row.score = logit;
                break;
            case 1:
                row.score = share;
                break;
            case 2:
                row.score = std::round(share * steps) / steps;
                break;  // ties, 0 and 1
            case 3:
                row.score = std::round(logit * 2) / 2;
                break;
            case 4:
                row.score = std::exp(8 * logit - 20);
                break;  // many magnitudes
            default:
                row.score = static_cast<double>(static_cast<float>(share));
                break;
        }
        row.weight = weights.next(random);
        rows.push_back(row);
    }
    return rows;
}

}  // namespace bands
