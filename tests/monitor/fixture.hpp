// One small world for the monitor's tests: two numeric features, one categorical, a model, and
// labels.
#pragma once

#include <array>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <vector>

#include "leeway/core/random.hpp"
#include "leeway/monitor/reference_builder.hpp"
#include "leeway/monitor/snapshot.hpp"

namespace fixture {

leeway::time_point at(std::int64_t seconds);

struct row {
    std::array<double, 3> features;
    double score;
    double label;
};

double probability(double logit);

/// Independent rows: amount N(shift, 1), age uniform on 20 .. 80, country one of four.
class world {
  public:
    explicit world(std::uint64_t seed) : random_(seed) {}

    double shift{0};         ///< of amount, after which score and label follow
    double error_shift{0};   ///< of the label's logit only: the model becomes wrong
    double missing_rate{0};  ///< of age
    bool regression{false};  ///< label = score + N(0, 1) * noise
    double noise{1};

    row operator()() {
        row made{};
        made.features = {random_.normal() + shift, 20 + 60 * random_.uniform(),
                         static_cast<double>(random_.below(4))};
        if (random_.bernoulli(missing_rate)) made.features[1] = std::nan("");
        const double logit = made.features[0] + (made.features[2] == 0 ? 0.5 : 0.0);
        if (regression) {
            made.score = 10 * logit;
            made.label = made.score + noise * random_.normal();
        } else {
            made.score = probability(logit);
            made.label = random_.bernoulli(probability(logit + error_shift)) ? 1 : 0;
        }
        return made;
    }

    std::vector<row> rows(std::size_t n) {
        std::vector<row> made;
        for (std::size_t i = 0; i < n; ++i) made.push_back((*this)());
        return made;
    }

  private:
    leeway::random_source random_;
};

leeway::schema columns();

leeway::reference reference_of(const std::vector<row>& rows, bool labels = true,
                               leeway::reference_options options = {});

leeway::reference reference(std::size_t n = 10000, std::uint64_t seed = 1, bool labels = true);

}  // namespace fixture
