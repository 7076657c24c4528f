#include "monitor/fixture.hpp"

#include <cmath>

namespace fixture {

leeway::time_point at(std::int64_t seconds) {
    return leeway::time_point(std::chrono::seconds(seconds));
}

double probability(double logit) {
    return 1 / (1 + std::exp(-logit));
}

leeway::schema columns() {
    leeway::schema made;
    made.numeric("amount").numeric("age").categorical("country");
    return made;
}

leeway::reference reference_of(const std::vector<row>& rows, bool labels,
                               leeway::reference_options options) {
    leeway::reference_builder build(columns(), options);
    for (const row& each : rows) {
        leeway::training_outcome outcome;
        outcome.score = each.score;
        if (labels) outcome.label = each.label;
        build.update(each.features, outcome);
    }
    return build.finish();
}

leeway::reference reference(std::size_t n, std::uint64_t seed, bool labels) {
    return reference_of(world(seed).rows(n), labels);
}

}  // namespace fixture
