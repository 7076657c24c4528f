// Reads the tables that metrics.py wrote, and holds a figure against its case.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "leeway/core/result.hpp"
#include "support/catch.hpp"

namespace oracle {

/// One evaluation: its columns, and what each figure ought to be.
struct metric_case {
    std::string name;
    std::map<std::string, std::string> lines;
    std::set<std::string> decided;  ///< averages from which undefined classes were left out

    [[nodiscard]] bool has(const std::string& key) const;
    [[nodiscard]] const std::string& expected(const std::string& key) const;
    [[nodiscard]] std::vector<double> numbers(const std::string& key) const;
    [[nodiscard]] std::vector<std::int32_t> integers(const std::string& key) const;
    /// The parts of a list "0.5 | undefined zero denominator".
    [[nodiscard]] std::vector<std::string> list(const std::string& key) const;
};

/// The cases of tests/oracle/metrics_`table`.txt.
const std::vector<metric_case>& metric_cases(const std::string& table);

/// How many figures were held against a number of the judge's own: a test asks that there were
/// some.
struct tally {
    std::size_t values{0};
    std::size_t undefined{0};
};

/// Within 1e-12 of the expected value, relatively, which leaves scikit-learn's plain sums their
/// rounding; `absolute` where it computes the figure from a difference of larger numbers.
void check_text(const std::string& expected, const leeway::estimate& figure, tally& seen,
                double absolute);

void check(const metric_case& from, const std::string& key, const leeway::estimate& figure,
           tally& seen, double absolute = 0);
void check(const metric_case& from, const std::string& key,
           const std::vector<leeway::estimate>& figures, tally& seen);

/// The ends of an interval against KEY_lower and KEY_upper, within 1e-9; false when the case has
/// none.
bool check_ends(const metric_case& from, const std::string& key, const leeway::estimate& figure,
                double tolerance = 1e-9);

}  // namespace oracle
