// Random scored rows, score tables with few or many cells, and the check that a certified band
// holds the exact figure: for the tests and for benchmarks/validity/certified.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "leeway/accumulators/score_table.hpp"
#include "leeway/accumulators/scored_outcomes.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/result.hpp"
#include "leeway/metrics/score_cells.hpp"
#include "leeway/metrics/score_curve.hpp"

namespace bands {

/// The ready-made layouts, and some with so few cells that hardly anything is known.
const std::vector<leeway::log_linear_layout>& layouts();

/// How bands came out.
struct tally {
    std::size_t defined{0};
    std::size_t undefined{0};
    std::size_t violated{0};
    double width{0};  ///< sum over the defined

    void merge(const tally& other) {
        defined += other.defined;
        undefined += other.undefined;
        violated += other.violated;
        width += other.width;
    }
};

/// Holds the band against the exact figure. A figure that only a threshold above all others could
/// have (recall at a precision that is never reached) may be undefined while the band, which does
/// not know that, begins at 0.
void hold(const leeway::estimate& exact, const leeway::estimate& band, tally& seen);

/// Weights of some random kind: 1, whole, rough, of one magnitude between 2^-190 and 2^190 or of
/// all of them.
class random_weights {
  public:
    explicit random_weights(leeway::random_source& random);
    [[nodiscard]] double next(leeway::random_source& random) const;

  private:
    std::uint64_t kind_;
    double unit_;
};

/// Rows of some random kind: scores with or without ties, probabilities or logits, a class that
/// may be rare, random_weights.
std::vector<leeway::probability_outcome> random_rows(leeway::random_source& random,
                                                     std::size_t most);

/// see(curve of all rows, cells of a table that they filled) for `cases` random cases.
template <class See>
void for_each_case(std::size_t cases, std::uint64_t seed, std::size_t most_rows, See see) {
    leeway::random_source random(seed);
    for (std::size_t i = 0; i < cases; ++i) {
        // The table of 65,000 cells costs more than all others together.
        const std::size_t which = i % 50 == 0 ? 0 : 1 + random.below(layouts().size() - 1);
        leeway::scored_outcomes rows;
        leeway::score_table table(layouts()[which]);
        for (const auto& row : random_rows(random, most_rows)) {
            rows.update(row);
            table.update(row);
        }
        see(leeway::score_curve(rows), leeway::score_cells(table));
    }
}

}  // namespace bands
