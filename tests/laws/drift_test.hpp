// The law suite of drift tests on count states: one call a test and pair of samples.
//
//     laws::drift_test(leeway::chi_squared{}, leeway::binned_counts(bins), before, now);
//
// Both samples must hold values, and drift between them.
#pragma once

#include <functional>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/result.hpp"

namespace laws {

namespace detail {

/// A drift test, whatever its type.
struct any_drift_test {
    const leeway::info_card& info;
    std::function<leeway::drift_result(const leeway::binned_counts&, const leeway::binned_counts&)>
        test;
    leeway::estimate (*distance)(const leeway::binned_counts&, const leeway::binned_counts&);
};

void drift_test_laws(const any_drift_test& given, const leeway::binned_counts& empty,
                     const std::vector<double>& before, const std::vector<double>& now);

}  // namespace detail

template <leeway::DriftTest T>
void drift_test(const T& test, const leeway::binned_counts& empty,
                const std::vector<double>& before, const std::vector<double>& now) {
    detail::drift_test_laws(
        {T::info, test,
         [](const leeway::binned_counts& reference, const leeway::binned_counts& current) {
             return leeway::estimate(T::distance(reference, current));
         }},
        empty, before, now);
}

}  // namespace laws
