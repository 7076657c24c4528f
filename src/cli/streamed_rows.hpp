// A file that is read once: its rows as they come, what is wrong with a cell said with its place.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"

namespace leeway::cli {

/// Categories, found by any of their spellings ("1", "01" and "1.0" are one).
class categories {
  public:
    static constexpr std::int32_t missing = -1;
    static constexpr std::int32_t unknown = -2;

    categories() = default;
    explicit categories(std::vector<std::string> names) : names_(std::move(names)) {}

    [[nodiscard]] std::int32_t find(std::string_view field) {
        if (const auto known = spellings_.find(field); known != spellings_.end())
            return known->second;
        const csv::cell seen = csv::read_cell(field);
        if (seen.kind == csv::cell_kind::missing) return missing;
        const auto at = std::find(names_.begin(), names_.end(), csv::category_text(field));
        if (at == names_.end()) return unknown;
        const auto found = static_cast<std::int32_t>(at - names_.begin());
        if (spellings_.size() < most_spellings) spellings_.emplace(field, found);
        return found;
    }
    [[nodiscard]] std::int32_t add(std::string_view field) {
        names_.push_back(csv::category_text(field));
        return static_cast<std::int32_t>(names_.size() - 1);
    }
    [[nodiscard]] const std::vector<std::string>& names() const noexcept { return names_; }

  private:
    static constexpr std::size_t most_spellings = 4096;
    struct text_hash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
    };

    std::vector<std::string> names_;
    std::unordered_map<std::string, std::int32_t, text_hash, std::equal_to<>> spellings_;
};

/// The file, row by row; what is wrong with a cell is said with its place.
class input {
  public:
    input(const std::string& path, progress& shown)
        : file_(take(csv::reader::open(path))), progress_(shown.of("reading " + file_.name())) {}

    [[nodiscard]] const csv::reader& file() const noexcept { return file_; }
    [[nodiscard]] const std::string& name() const noexcept { return file_.name(); }

    [[nodiscard]] std::size_t place(std::string_view column) const {
        return require_column(file_.name(), file_.header(), column);
    }
    [[nodiscard]] std::optional<std::size_t> place_if(const std::string& column) const {
        return column.empty() ? std::nullopt : std::optional(place(column));
    }

    [[nodiscard]] bool next() {
        if (progress_ && file_.row_count() % rows_a_report == 0)
            progress_(file_.bytes_read(), file_.bytes_total());
        if (file_.next()) return true;
        if (file_.problem()) throw failure(*file_.problem());
        if (file_.row_count() == 0)
            throw failure(error{"has a header but no rows", file_.name(), file_.line()});
        return false;
    }

    [[nodiscard]] std::string_view field(std::size_t place) const { return file_.fields()[place]; }
    [[noreturn]] void refuse(std::size_t place, std::string what) const {
        throw failure(file_.at(place, std::move(what)));
    }
    /// NaN where missing.
    [[nodiscard]] double number(std::size_t place, std::string_view option) const {
        const csv::cell seen = csv::read_cell(field(place));
        if (seen.kind == csv::cell_kind::text) [[unlikely]] {
            refuse(place, in_quotes(field(place)) + " is not a number, which " +
                              std::string(option) + " needs");
        }
        return seen.number;
    }

  private:
    static constexpr std::uint64_t rows_a_report = 4096;

    csv::reader file_;
    std::function<void(std::uint64_t, std::uint64_t)> progress_;
};

/// The weight of the current row.
class weights {
  public:
    weights(const input& file, const std::string& column)
        : file_(file), place_(file.place_if(column)) {}
    [[nodiscard]] double operator()() const {
        return place_ ? file_.number(*place_, "--weight") : 1.0;
    }

  private:
    const input& file_;
    std::optional<std::size_t> place_;
};

}  // namespace leeway::cli
