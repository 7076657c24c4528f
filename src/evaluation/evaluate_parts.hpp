// What the evaluations of all tasks share.
#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "leeway/compose/state_set.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::inline v0::detail {

/// A report to be filled; raises when the confidence is none.
[[nodiscard]] report::content begin_report(std::string task, std::size_t rows,
                                           const confidence_level& confidence);

/// Adds the figure of each metric given to it that one of the states has.
template <class... States>
[[nodiscard]] auto figures_from(std::vector<report::entry>& to, const States&... states) {
    return [&](const auto& metric) {
        if constexpr (ReadableFrom<std::remove_cvref_t<decltype(metric)>, States...>) {
            to.push_back({key_of(metric), read_from(metric, states...)});
        }
    };
}

}  // namespace leeway::inline v0::detail
