// Aligned tables for a terminal: plain ASCII frame, as wide as its cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

/// A name fit for one line: control characters become '?', invalid UTF-8 U+FFFD, and a text longer
/// than `most` characters loses its middle ("first_part..last"), so that names which share a prefix
/// stay apart.
[[nodiscard]] std::string short_name(std::string_view text, std::size_t most = 32);

/// The short names of several, which are told apart: where two would look the same, each has its
/// place, from 1, in front.
[[nodiscard]] std::vector<std::string> short_names(const std::vector<std::string>& names,
                                                   std::size_t most = 32);

/// Rows of cells under a head; two spaces between columns, a rule under the head, no spaces at the
/// ends of lines.
class text_table {
  public:
    enum class align { left, right };
    struct column {
        std::string head;
        align side{align::right};
    };

    explicit text_table(std::vector<column> columns);

    /// At most as many cells as columns; the columns that are left stay empty.
    void add(std::vector<std::string> cells) { add(std::move(cells), {}); }
    /// The same, then a note in the place of the columns that are left.
    void add(std::vector<std::string> cells, std::string note);

    [[nodiscard]] std::string str() const;

  private:
    struct row {
        std::vector<std::string> cells;
        std::string note;
    };

    void append_line(std::string& out, const std::vector<std::size_t>& widths,
                     const row& content) const;

    std::vector<column> columns_;
    std::vector<row> rows_;
};

}  // namespace leeway::inline v0::detail
