#include "leeway/drift/chi_squared.hpp"

#include <algorithm>
#include <cmath>
#include <vector>

#include "leeway/core/distributions.hpp"
#include "leeway/core/radix_sort.hpp"

namespace leeway::inline v0 {

namespace {

drift_result tested(const detail::two_row_table& table) {
    drift_result drift;
    drift.n_reference = static_cast<double>(table.n);
    drift.n_current = static_cast<double>(table.m);
    if (table.n == 0 || table.m == 0) {
        drift.reason = undefined::empty;
        return drift;
    }
    const double degrees = table.degrees();
    drift.statistic = table.statistic();
    drift.expected_without_drift = degrees;
    drift.p_value = degrees > 0 ? chi_squared_survival(drift.statistic, degrees) : 1.0;
    return drift;
}

using code_counts = std::vector<chi_squared::code_count>;

/// Distinct finite codes in ascending order, each with its count.
code_counts merged(code_counts pairs) {
    std::sort(pairs.begin(), pairs.end(),
              [](const auto& a, const auto& b) { return a.first < b.first; });
    std::size_t kept = 0;
    for (const auto& pair : pairs) {
        if (kept > 0 && pairs[kept - 1].first == pair.first) {
            pairs[kept - 1].second += pair.second;
        } else {
            pairs[kept++] = pair;
        }
    }
    pairs.resize(kept);
    return pairs;
}

code_counts counted(std::span<const chi_squared::code_count> pairs) {
    code_counts finite;
    for (const auto& pair : pairs) {
        if (std::isfinite(pair.first) && pair.second > 0) finite.push_back(pair);
    }
    return merged(std::move(finite));
}

code_counts counted(std::span<const double> codes) {
    std::vector<double> sorted;
    sorted.reserve(codes.size());
    for (const double code : codes) {
        if (std::isfinite(code)) sorted.push_back(code);
    }
    std::vector<double> scratch(sorted.size());
    radix_sort(sorted, scratch);
    code_counts counts;
    for (const double code : sorted) {
        if (counts.empty() || counts.back().first != code) counts.emplace_back(code, 0);
        ++counts.back().second;
    }
    return counts;
}

drift_result compared(const code_counts& reference, const code_counts& current) {
    detail::two_row_table table;
    for (const auto& [code, count] : reference) table.n += count;
    for (const auto& [code, count] : current) table.m += count;
    auto r = reference.begin();
    auto c = current.begin();
    while (r != reference.end() || c != current.end()) {
        if (c == current.end() || (r != reference.end() && r->first < c->first)) {
            table.add((r++)->second, 0);
        } else if (r == reference.end() || c->first < r->first) {
            table.add(0, (c++)->second);
        } else {
            table.add((r++)->second, (c++)->second);
        }
    }
    return tested(table);
}

}  // namespace

drift_result chi_squared::operator()(const binned_counts& reference,
                                     const binned_counts& current) const {
    return tested(tabulate(reference, current));
}

drift_result chi_squared::operator()(std::span<const double> reference,
                                     std::span<const double> current) const {
    return compared(counted(reference), counted(current));
}

drift_result chi_squared::operator()(std::span<const code_count> reference,
                                     std::span<const code_count> current) const {
    return compared(counted(reference), counted(current));
}

}  // namespace leeway::inline v0
