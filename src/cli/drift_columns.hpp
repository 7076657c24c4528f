// One column of a reference against the same column of what came later.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/progress.hpp"
#include "leeway/monitor/alert_rule.hpp"
#include "leeway/monitor/reference.hpp"

namespace leeway::cli {

/// A CSV file or a saved reference.
struct drift_side {
    std::string name;
    std::vector<std::string> header;  ///< every column it has, the excluded ones too
    std::optional<csv::table> table;  ///< a CSV's columns, the excluded ones left out
    std::optional<leeway::reference> saved;

    [[nodiscard]] std::vector<std::string> columns() const;
    [[nodiscard]] std::uint64_t rows() const;
};

struct column_drift {
    std::string name;
    feature_kind kind{feature_kind::numeric};
    /// Values present and finite (numeric), or present (categorical).
    std::uint64_t n_reference{0};
    std::uint64_t n_current{0};
    std::uint64_t missing_reference{0};
    std::uint64_t missing_current{0};
    std::uint64_t non_finite_reference{0};
    std::uint64_t non_finite_current{0};
    std::vector<std::pair<std::string_view, drift_result>> tests;
    leeway::verdict verdict{leeway::verdict::not_enough_data};  ///< of the stability index

    [[nodiscard]] const drift_result& test(std::string_view name) const;
};

/// Both sides hold the column. A failure when one says numbers and the other text.
///
/// Two CSV files: Kolmogorov-Smirnov on the values and, for categories, chi-squared on the full
/// table. With a saved reference on a side: both on its frozen bins, Kolmogorov-Smirnov as a band.
[[nodiscard]] column_drift compare_column(drift_side& reference, drift_side& current,
                                          const std::string& name, bool told_categorical,
                                          const alert_rule& rule);

}  // namespace leeway::cli
