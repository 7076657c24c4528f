#include "leeway/evaluation/grid_search.hpp"

namespace leeway::inline v0::detail {

std::optional<std::size_t> best_of(std::span<const cross_validation> table, orientation better) {
    std::optional<std::size_t> best;
    for (std::size_t i = 0; i < table.size(); ++i) {
        const cross_validation& one = table[i];
        if (!one.mean) continue;
        if (best) {
            const cross_validation& leading = table[*best];
            if (one.undefined_folds > leading.undefined_folds) continue;
            const bool ahead = better == orientation::higher_is_better
                                   ? one.mean.value() > leading.mean.value()
                                   : one.mean.value() < leading.mean.value();
            if (one.undefined_folds == leading.undefined_folds && !ahead) continue;
        }
        best = i;
    }
    return best;
}

}  // namespace leeway::inline v0::detail
