#include "leeway/evaluation/delong_test.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <span>
#include <vector>

#include "leeway/core/distributions.hpp"
#include "leeway/core/info.hpp"
#include "leeway/core/numeric.hpp"
#include "leeway/core/radix_sort.hpp"
#include "leeway/metrics/interval.hpp"

namespace leeway::inline v0 {

namespace {

/// The mean of a class's differences of placements and what its variance is made of.
struct class_differences {
    compensated_sum weight;
    compensated_sum squared_weight;
    compensated_sum first;
    compensated_sum second;
    double spread{0};

    void weigh(double w, double squared) {
        weight.add(w);
        squared_weight.add(squared);
    }
    [[nodiscard]] double effective() const {
        return effective_rows(weight.value(), squared_weight.value());
    }
    /// Variance of the mean.
    [[nodiscard]] double variance() const {
        const double rows = effective();
        return rows / (rows - 1) * spread / weight.value() / weight.value();
    }
};

/// Whether the areas exist; says why not otherwise.
bool comparable(const class_differences& positives, const class_differences& negatives,
                delong_result& result) {
    const double all = positives.weight.value() + negatives.weight.value();
    if (positives.weight.value() > 0 && negatives.weight.value() > 0) return true;
    result.difference = all > 0 ? estimate(undefined::one_class, all) : estimate(undefined::empty);
    return false;
}

void conclude(const class_differences& positives, const class_differences& negatives,
              confidence_level confidence, delong_result& result) {
    const double all = positives.weight.value() + negatives.weight.value();
    result.first_area = std::min(positives.first.value() / positives.weight.value(), 1.0);
    result.second_area = std::min(positives.second.value() / positives.weight.value(), 1.0);
    const double difference = result.first_area - result.second_area;
    result.difference = estimate::of(difference, all);
    if (!(positives.effective() > 1 && negatives.effective() > 1)) return;
    result.variance = positives.variance() + negatives.variance();
    const double error = std::sqrt(result.variance);
    if (error > 0) {
        static constexpr info_card range{"delong_test", "1", -1, 1};
        result.difference = normal_interval(difference, error, all, confidence, range);
        result.z = difference / error;
        result.p_value = 2 * normal_survival(std::fabs(*result.z));
    } else if (difference == 0) {
        result.z = 0;
        result.p_value = 1;
    }
}

struct ranked_row {
    double score;
    std::size_t row;
};

/// Each row's placement by one model: the share of the other class on the right side of its score.
std::vector<double> placed(const paired_score_outcome::columns& rows,
                           std::span<const double> scores, std::span<const std::size_t> kept,
                           double positives, double negatives) {
    std::vector<ranked_row> ranked;
    ranked.reserve(kept.size());
    for (const std::size_t row : kept) ranked.push_back({scores[row], row});
    std::vector<ranked_row> scratch(ranked.size());
    radix_sort(std::span(ranked), std::span(scratch), [](const ranked_row& r) { return r.score; });
    std::vector<double> placement(rows.size());
    compensated_sum passed[2];  // weight of each class so far, from the lowest score
    for (std::size_t i = 0; i < ranked.size();) {
        const double before[2] = {passed[0].value(), passed[1].value()};
        std::size_t end = i;
        for (; end < ranked.size() && ranked[end].score == ranked[i].score; ++end) {
            const paired_score_outcome row = rows[ranked[end].row];
            passed[row.label].add(row.weight);
        }
        const double below = (before[0] + passed[0].value()) / 2;
        const double above = positives - (before[1] + passed[1].value()) / 2;
        for (; i < end; ++i) {
            const std::size_t row = ranked[i].row;
            placement[row] = rows.label[row] == 1 ? below / negatives : above / positives;
        }
    }
    return placement;
}

/// One model's side of a table.
struct margin {
    std::vector<double> positives;
    std::vector<double> negatives;
    std::vector<double> placed_positive;
    std::vector<double> placed_negative;
    double tied{0};  ///< share of the pairs of a positive and a negative that share a cell

    explicit margin(std::size_t cells)
        : positives(cells, 0.0),
          negatives(cells, 0.0),
          placed_positive(cells),
          placed_negative(cells) {}

    void place(double p, double n) {
        compensated_sum below;
        compensated_sum above;
        compensated_sum both;
        above.add(p);
        for (std::size_t i = 0; i < positives.size(); ++i) {
            placed_positive[i] = (below.value() + negatives[i] / 2) / n;
            placed_negative[i] = (above.value() - positives[i] / 2) / p;
            below.add(negatives[i]);
            above.add(-positives[i]);
            both.add(positives[i] / p * (negatives[i] / n));
        }
        tied = both.value();
    }
};

}  // namespace

delong_result delong_test(const paired_score_outcome::columns& rows, confidence_level confidence) {
    require_lengths("delong_test", rows);
    delong_result result;
    std::vector<std::size_t> kept;
    kept.reserve(rows.size());
    class_differences classes[2];
    for (std::size_t i = 0; i < rows.size(); ++i) {
        const paired_score_outcome row = rows[i];
        if (!row.accepted(result.rejected)) continue;
        kept.push_back(i);
        classes[row.label].weigh(row.weight, row.weight * row.weight);
    }
    if (!comparable(classes[1], classes[0], result)) return result;
    const double p = classes[1].weight.value();
    const double n = classes[0].weight.value();
    const std::vector<double> first = placed(rows, rows.first, kept, p, n);
    const std::vector<double> second = placed(rows, rows.second, kept, p, n);
    for (const std::size_t i : kept) {
        const paired_score_outcome row = rows[i];
        classes[row.label].first.add(row.weight * first[i]);
        classes[row.label].second.add(row.weight * second[i]);
    }
    for (const std::size_t i : kept) {
        const paired_score_outcome row = rows[i];
        class_differences& own = classes[row.label];
        const double mean = (own.first.value() - own.second.value()) / own.weight.value();
        const double deviation = row.weight * (first[i] - second[i] - mean);
        own.spread += deviation * deviation;
    }
    conclude(classes[1], classes[0], confidence, result);
    return result;
}

delong_result delong_test(const paired_score_table& table, confidence_level confidence) {
    delong_result result;
    result.rejected = table.rejected();
    const std::size_t cells = table.cells();
    class_differences positives;
    class_differences negatives;
    margin first(cells);
    margin second(cells);
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = 0; j < cells; ++j) {
            const auto pair = table.at(i, j);
            positives.weigh(pair.positives, pair.squared_positives);
            negatives.weigh(pair.negatives, pair.squared_negatives);
            first.positives[i] += pair.positives;
            first.negatives[i] += pair.negatives;
            second.positives[j] += pair.positives;
            second.negatives[j] += pair.negatives;
        }
    }
    if (!comparable(positives, negatives, result)) return result;
    first.place(positives.weight.value(), negatives.weight.value());
    second.place(positives.weight.value(), negatives.weight.value());
    for (std::size_t i = 0; i < cells; ++i) {
        positives.first.add(first.positives[i] * first.placed_positive[i]);
        positives.second.add(second.positives[i] * second.placed_positive[i]);
    }
    const double mean =
        (positives.first.value() - positives.second.value()) / positives.weight.value();
    for (std::size_t i = 0; i < cells; ++i) {
        for (std::size_t j = 0; j < cells; ++j) {
            const auto pair = table.at(i, j);
            const double v = first.placed_positive[i] - second.placed_positive[j] - mean;
            const double u = first.placed_negative[i] - second.placed_negative[j] - mean;
            positives.spread += pair.squared_positives * (v * v);
            negatives.spread += pair.squared_negatives * (u * u);
        }
    }
    conclude(positives, negatives, confidence, result);
    result.rounding = (first.tied + second.tied) / 2 + 4 * std::numeric_limits<double>::epsilon();
    return result;
}

}  // namespace leeway::inline v0
