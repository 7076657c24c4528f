// CSV from outside: a streaming reader in bounded memory, and a whole file as columns.
//
// The dialect is RFC 4180 (commas, double quotes, doubled quotes inside, line breaks inside quotes)
// with a header line. Also accepted: a UTF-8 byte-order mark, LF, CR LF or CR line ends, a quote in
// the middle of an unquoted field (taken literally), blank lines (skipped). Refused, with file,
// line and column: rows whose number of fields differs from the header's, text behind a closing
// quote, an unclosed quote, NUL bytes, UTF-16, a repeated column name.
//
// Missing, quoted or not: empty, NA, N/A, n/a, #N/A, #NA, <NA>, NaN, nan, NAN, -nan, -NaN, +nan,
// null, Null, NULL, None, ?, and the same between blanks. "inf" and "infinity" in any case, and
// numbers too large for a double, are infinite: present, but not finite. A number may have a sign,
// a point and an exponent; blanks around it are ignored.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"

namespace leeway::csv {

enum class cell_kind : std::uint8_t { missing, number, text };

struct cell {
    cell_kind kind{cell_kind::missing};
    double number{std::numeric_limits<double>::quiet_NaN()};  ///< NaN unless kind is number
};

/// What a field says. A number may be infinite, never NaN.
[[nodiscard]] cell read_cell(std::string_view field) noexcept;

/// The text under which a category is known: a number's shortest form ("1.0", "01" and "1" are all
/// "1"), any other text as it stands. So a category survives a tool that writes integers as floats.
[[nodiscard]] std::string category_text(std::string_view field);
[[nodiscard]] std::string category_text(double number);

/// "12,345" -> nothing; "10:20", ":20", "10:", "": half-open, counted from 0 at the first row below
/// the header.
struct row_range {
    std::uint64_t first{0};
    std::uint64_t last{std::numeric_limits<std::uint64_t>::max()};  ///< one past the last

    [[nodiscard]] static std::optional<row_range> parse(std::string_view text);
    [[nodiscard]] bool contains(std::uint64_t row) const noexcept {
        return row >= first && row < last;
    }
};

/// One record at a time, from a file or standard input ("-"), in memory bounded by the longest
/// record (at most 64 MiB) plus a block. Rows are handed out as soon as they have arrived.
///
/// next() returns false at the end and on a problem; problem() tells which.
class reader {
  public:
    /// Opens the file and reads its header.
    [[nodiscard]] static result<reader> open(const std::string& path);

    reader(reader&& other) noexcept;
    reader& operator=(reader&& other) noexcept;
    reader(const reader&) = delete;
    reader& operator=(const reader&) = delete;
    ~reader();

    [[nodiscard]] bool next();

    /// The fields of the current record, as many as the header has; valid until the next next().
    [[nodiscard]] std::span<const std::string_view> fields() const noexcept { return fields_; }
    /// 0-based row of the current record below the header.
    [[nodiscard]] std::uint64_t row() const noexcept { return rows_ - 1; }
    /// Records read so far.
    [[nodiscard]] std::uint64_t row_count() const noexcept { return rows_; }
    /// 1-based line on which the current record begins.
    [[nodiscard]] std::uint64_t line() const noexcept { return line_; }
    /// Bytes consumed so far, and the file's size (0 when unknown: a pipe).
    [[nodiscard]] std::uint64_t bytes_read() const noexcept { return consumed_ + at_; }
    [[nodiscard]] std::uint64_t bytes_total() const noexcept { return size_; }

    [[nodiscard]] const std::vector<std::string>& header() const noexcept { return header_; }
    [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const noexcept;
    /// The path, or "standard input".
    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    [[nodiscard]] const std::optional<error>& problem() const noexcept { return problem_; }

    /// An error at a field of the current record: "file:line:field (column 'name')".
    [[nodiscard]] error at(std::size_t field, std::string what) const;

  private:
    enum class scan { record, blank, more, failed };

    reader(int descriptor, std::string name, std::uint64_t size);
    [[nodiscard]] bool record();
    [[nodiscard]] scan tokenize();
    [[nodiscard]] bool refill();
    [[nodiscard]] bool read_header();
    void fail(std::uint64_t line, std::size_t field, std::string what);
    void unescape();

    std::string name_;
    int descriptor_{-1};
    std::uint64_t size_{0};
    std::vector<char> buffer_;
    std::size_t at_{0};      // first byte not yet handed out
    std::size_t filled_{0};  // bytes in the buffer; one sentinel NUL stands behind them
    bool ended_{false};
    std::uint64_t consumed_{0};
    std::uint64_t line_{0};       // of the current record
    std::uint64_t next_line_{1};  // of the next one
    std::uint64_t rows_{0};
    std::vector<std::string> header_;
    std::vector<std::string_view> fields_;
    std::vector<std::size_t> escaped_;  // fields that hold doubled quotes
    std::optional<error> problem_;
};

/// A column of a table: numbers while every present cell is a number, else text by dictionary.
struct column {
    static constexpr std::uint32_t no_category = std::numeric_limits<std::uint32_t>::max();

    std::string name;
    std::size_t place{0};  ///< 0-based among the file's columns
    bool text{false};
    std::vector<double> numbers;       ///< numeric: one a row, NaN where missing
    std::vector<std::uint32_t> codes;  ///< text: index into categories, no_category where missing
    std::vector<std::string> categories;  ///< text: category_text, in order of appearance
    std::uint64_t missing{0};
    std::uint64_t non_finite{0};  ///< numeric: present but infinite
    std::uint64_t text_row{0};    ///< text: the first row that held no number, and what it held
    std::string text_cell;

    [[nodiscard]] std::uint64_t rows() const noexcept {
        return text ? codes.size() : numbers.size();
    }
    [[nodiscard]] std::uint64_t present() const noexcept { return rows() - missing; }

    /// The column as categories, whatever it holds (numbers by value).
    void make_text();
};

struct read_options {
    row_range rows{};
    std::vector<bool> wanted{};  ///< by place in the header: which columns to hold; empty: all
    /// Called now and then with the bytes read and the file's size (0: unknown).
    std::function<void(std::uint64_t, std::uint64_t)> progress{};
};

/// A whole file in columns.
class table {
  public:
    /// Reads the rows in range; refuses a file that has no row in it.
    [[nodiscard]] static result<table> read(reader file, const read_options& options = {});
    [[nodiscard]] static result<table> read(const std::string& path,
                                            const read_options& options = {});

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] std::uint64_t rows() const noexcept { return rows_; }
    [[nodiscard]] std::vector<column>& columns() noexcept { return columns_; }
    [[nodiscard]] const std::vector<column>& columns() const noexcept { return columns_; }
    [[nodiscard]] const column* find(std::string_view name) const noexcept;
    [[nodiscard]] column* find(std::string_view name) noexcept;

    /// The line in the file on which a row of the table begins.
    [[nodiscard]] std::uint64_t line_of(std::uint64_t row) const noexcept;
    /// An error at a row of a column.
    [[nodiscard]] error at(std::uint64_t row, const column& where, std::string what) const;

  private:
    std::string name_;
    std::uint64_t rows_{0};
    std::vector<column> columns_;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> lines_;  // (row, line) at each jump
};

}  // namespace leeway::csv
