#include "leeway/metrics/spiegelhalter_z.hpp"

#include <algorithm>
#include <cmath>

#include "leeway/core/distributions.hpp"

namespace leeway::inline v0 {

std::optional<double> spiegelhalter_z::p_value(const spiegelhalter_sums& state) const {
    const estimate z = (*this)(state);
    if (!z) return std::nullopt;
    return std::min(1.0, 2 * normal_survival(std::fabs(z.value())));
}

}  // namespace leeway::inline v0
