// Which rows of a file stand behind the figures, and why others do not.
#pragma once

#include <cstdint>
#include <string>

#include "export/json_writer.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::cli {

struct row_counts {
    std::uint64_t rows{0};  ///< of the file; queries of a ranking
    rejections rejected{};  ///< as report::rejected(): `range` leaves no row out of every figure

    row_counts() = default;
    explicit row_counts(const report& of) : rows(of.rows()), rejected(of.rejected()) {}

    /// Rows that some figure took.
    [[nodiscard]] std::uint64_t used() const { return rows - (rejected.total() - rejected.range); }
    /// "626 rows, 122 used; left out: 500 value missing, 4 value infinite".
    [[nodiscard]] std::string text() const;
    /// Members "rows", "used" and "rejected" of an open object.
    void write_members(detail::json_writer& out) const;
};

}  // namespace leeway::cli
