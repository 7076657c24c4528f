// What a read-out is, for reports, exporters and the catalogue.
#pragma once

#include <limits>
#include <string_view>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

enum class orientation { higher_is_better, lower_is_better, neither };

/// Every metric and drift test carries one as `static constexpr info_card info`.
struct info_card {
    std::string_view name;  ///< the catalogue's name: the type's name, and the key in JSON
    std::string_view unit;  ///< "1" for a pure number, "nats", "target", "target^2"
    double lowest{-std::numeric_limits<double>::infinity()};
    double highest{std::numeric_limits<double>::infinity()};
    orientation better{orientation::neither};
    std::string_view undefined_when{};  ///< a short clause; empty: always defined on data
};

}  // namespace leeway::inline v0
