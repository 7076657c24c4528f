#include "leeway/evaluation/delong_test.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
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
    double open{0};  ///< how much larger the root of `spread` may be

    void weigh(double w, double squared) {
        weight.add(w);
        squared_weight.add(squared);
    }
    [[nodiscard]] double effective() const {
        return effective_rows(weight.value(), squared_weight.value());
    }
    /// Variance of the mean, and the most that it may be.
    [[nodiscard]] double variance() const { return of(spread); }
    [[nodiscard]] double most_variance() const {
        const double most = std::sqrt(spread) + open;
        return open > 0 ? of(most * most) : of(spread);
    }

  private:
    [[nodiscard]] double of(double squares) const {
        const double rows = effective();
        return rows / (rows - 1) * squares / weight.value() / weight.value();
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
    result.error_rounding = std::sqrt(positives.most_variance() + negatives.most_variance()) -
                            std::sqrt(result.variance);
    const double error = std::sqrt(result.variance) + result.error_rounding;
    if (error > 0) {
        static constexpr info_card range{"delong_test", "1", -1, 1};
        // critical x (error + rounding / critical): the rounding on top of the interval.
        result.difference = normal_interval(
            difference, error + result.rounding / confidence.critical, all, confidence, range);
        const double beyond = std::max(std::fabs(difference) - result.rounding, 0.0);
        result.z = std::copysign(beyond / error, difference);
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

/// Placements of one class by one model of a table.
struct placed_class {
    std::vector<double> block;  ///< mean over a block's rows, by their squared weights
    double off{0};  ///< root of the sum of the squared weights x (most distance from it)^2
};

/// One model's side of a table.
struct margin {
    double area{0};
    double tied{0};  ///< share of the pairs of a positive and a negative that share a cell
    placed_class positives;
    placed_class negatives;

    margin(std::span<const paired_weights> cells, std::size_t level, double p, double n) {
        std::vector<double> of_positives(cells.size());
        std::vector<double> of_negatives(cells.size());
        compensated_sum below, above, right, both;
        above.add(p);
        for (std::size_t i = 0; i < cells.size(); ++i) {
            const paired_weights& here = cells[i];
            of_positives[i] = (below.value() + here.negatives / 2) / n;
            of_negatives[i] = (above.value() - here.positives / 2) / p;
            below.add(here.negatives);
            above.add(-here.positives);
            right.add(here.positives / p * of_positives[i]);
            both.add(here.positives / p * (here.negatives / n));
        }
        area = right.value();
        tied = both.value();
        positives = placed(of_positives, level, [&](std::size_t i) {
            return square_and_reach{cells[i].squared_positives, cells[i].negatives / n / 2};
        });
        negatives = placed(of_negatives, level, [&](std::size_t i) {
            return square_and_reach{cells[i].squared_negatives, cells[i].positives / p / 2};
        });
    }

  private:
    /// Squared weights in a cell, and how far its rows can be from the cell's placement.
    struct square_and_reach {
        double square;
        double reach;
    };

    template <class At>
    [[nodiscard]] static placed_class placed(const std::vector<double>& cell, std::size_t level,
                                             At at) {
        placed_class made;
        const std::size_t size = std::size_t{1} << level;
        double squares = 0;
        for (std::size_t begin = 0; begin < cell.size(); begin += size) {
            const std::size_t end = std::min(begin + size, cell.size());
            double weight = 0;
            double sum = 0;
            for (std::size_t i = begin; i < end; ++i) {
                weight += at(i).square;
                sum += at(i).square * cell[i];
            }
            const double mean = weight > 0 ? sum / weight : 0;
            made.block.push_back(mean);
            for (std::size_t i = begin; i < end; ++i) {
                const auto [square, reach] = at(i);
                if (!(square > 0)) continue;
                const double most = std::fabs(cell[i] - mean) + reach;
                squares += square * (most * most);
            }
        }
        made.off = std::sqrt(squares);
        return made;
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
    class_differences positives;
    class_differences negatives;
    for (const paired_weights& cell : table.first()) {
        positives.weigh(cell.positives, cell.squared_positives);
        negatives.weigh(cell.negatives, cell.squared_negatives);
    }
    if (!comparable(positives, negatives, result)) return result;
    const double p = positives.weight.value();
    const double n = negatives.weight.value();
    const margin first(table.first(), table.level(), p, n);
    const margin second(table.second(), table.level(), p, n);
    // Half of the pairs that share a cell, and what rounding does to sums of weights.
    result.rounding = (first.tied + second.tied) / 2 + 1e-12;
    positives.first.add(first.area * p);
    positives.second.add(second.area * p);
    const double mean = first.area - second.area;
    table.for_each_pair([&](std::size_t i, std::size_t j, const paired_weights& pair) {
        const double v = first.positives.block[i] - second.positives.block[j] - mean;
        const double u = first.negatives.block[i] - second.negatives.block[j] - mean;
        positives.spread += pair.squared_positives * (v * v);
        negatives.spread += pair.squared_negatives * (u * u);
    });
    // With |.| the root of the sum over a class of squared weight x number^2, d the differences of
    // placements as they are, e those of the blocks and m, k their means: |d - m| is at most
    // |e - k| + |d - e| + |m - k|, where |d - e| is no more than the models' parts together and
    // m - k no more than the rounding.
    const auto open = [&](const class_differences& own, const placed_class& a,
                          const placed_class& b) {
        return a.off + b.off + result.rounding * std::sqrt(own.squared_weight.value());
    };
    positives.open = open(positives, first.positives, second.positives);
    negatives.open = open(negatives, first.negatives, second.negatives);
    conclude(positives, negatives, confidence, result);
    return result;
}

}  // namespace leeway::inline v0
