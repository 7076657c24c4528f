// Which rows of a file stand behind the figures, and why others do not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "export/json_writer.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::cli {

struct row_counts {
    std::uint64_t rows{0};  ///< of the file
    rejections rejected{};  ///< as report::rejected(): `range` leaves no row out of every figure
    std::string task{};
    std::string_view counted{"rows"};        ///< "queries" of a ranking
    std::optional<std::uint64_t> skipped{};  ///< of a task that may skip some, report::skipped()

    row_counts() = default;
    explicit row_counts(const report& of);

    /// Rows that some figure took, those of weight 0 included.
    [[nodiscard]] std::uint64_t used() const { return rows - (rejected.total() - rejected.range); }
    /// "626 rows, 122 used; left out: 500 value missing, 4 value infinite".
    [[nodiscard]] std::string text() const;
    /// Members "rows", "used", "rejected" and, where rows may be skipped, "skipped" of an open
    /// object.
    void write_members(detail::json_writer& out) const;
};

}  // namespace leeway::cli
