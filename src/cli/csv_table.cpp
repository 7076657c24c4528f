#include <algorithm>
#include <bit>
#include <cmath>
#include <functional>

#include "cli/csv.hpp"

namespace leeway::csv {

namespace {

/// Text to index, in order of first appearance. Open addressing over the texts themselves: a column
/// of a million categories costs one allocation a text and twelve bytes.
class dictionary {
  public:
    explicit dictionary(std::vector<std::string>& texts) : texts_(texts), slots_(64, empty) {}

    std::uint32_t index(std::string_view text) {
        const std::size_t hash = std::hash<std::string_view>{}(text);
        for (std::size_t at = hash & (slots_.size() - 1);; at = (at + 1) & (slots_.size() - 1)) {
            if (slots_[at] == empty) {
                slots_[at] = static_cast<std::uint32_t>(texts_.size());
                texts_.emplace_back(text);
                if (2 * texts_.size() > slots_.size()) grow();
                return static_cast<std::uint32_t>(texts_.size() - 1);
            }
            if (texts_[slots_[at]] == text) return slots_[at];
        }
    }

  private:
    static constexpr std::uint32_t empty = column::no_category;

    void grow() {
        slots_.assign(2 * slots_.size(), empty);
        for (std::size_t i = 0; i < texts_.size(); ++i) {
            std::size_t at = std::hash<std::string_view>{}(texts_[i]) & (slots_.size() - 1);
            while (slots_[at] != empty) at = (at + 1) & (slots_.size() - 1);
            slots_[at] = static_cast<std::uint32_t>(i);
        }
    }

    std::vector<std::string>& texts_;
    std::vector<std::uint32_t> slots_;
};

void to_text(column& target, dictionary& known) {
    target.codes.reserve(target.numbers.capacity());
    // Neighbouring rows repeat: remembering the last number spares most conversions to text.
    double last = 0;
    std::uint32_t code = column::no_category;
    for (const double number : target.numbers) {
        if (std::isnan(number)) {
            target.codes.push_back(column::no_category);
            continue;
        }
        if (code == column::no_category || number != last) {
            code = known.index(category_text(number));
            last = number;
        }
        target.codes.push_back(code);
    }
    target.text = true;
    target.non_finite = 0;
    target.numbers = {};
}

/// Fills one column, field by field.
class column_builder {
  public:
    explicit column_builder(column& target) : target_(target), known_(target.categories) {}

    void add(std::string_view field, std::uint64_t row) {
        if (target_.text) return add_text(field);
        const cell seen = read_cell(field);
        if (seen.kind == cell_kind::text) [[unlikely]] {
            target_.text_row = row;
            target_.text_cell = field;
            to_text(target_, known_);
            return add_text(field);
        }
        if (seen.kind == cell_kind::missing) {
            ++target_.missing;
        } else if (std::isinf(seen.number)) {
            ++target_.non_finite;
        }
        target_.numbers.push_back(seen.number);
    }

    void reserve(std::size_t rows) { target_.numbers.reserve(rows); }

  private:
    void add_text(std::string_view field) {
        const cell seen = read_cell(field);
        if (seen.kind == cell_kind::missing) {
            ++target_.missing;
            target_.codes.push_back(column::no_category);
        } else if (seen.kind == cell_kind::number) {
            target_.codes.push_back(known_.index(category_text(seen.number)));
        } else {
            target_.codes.push_back(known_.index(field));
        }
    }

    column& target_;
    dictionary known_;
};

}  // namespace

void column::make_text() {
    if (text) return;
    dictionary known(categories);
    to_text(*this, known);
}

result<table> table::read(const std::string& path, const read_options& options) {
    auto opened = reader::open(path);
    if (!opened) return opened.error();
    return read(*std::move(opened), options);
}

result<table> table::read(reader file, const read_options& options) {
    const row_range rows = options.rows;
    table made;
    made.name_ = file.name();
    for (std::size_t i = 0; i < file.header().size(); ++i) {
        if (!options.wanted.empty() && !options.wanted[i]) continue;
        column kept;
        kept.name = file.header()[i];
        kept.place = i;
        made.columns_.push_back(std::move(kept));
    }
    std::vector<column_builder> builders;
    builders.reserve(made.columns_.size());
    for (auto& kept : made.columns_) builders.emplace_back(kept);
    std::uint64_t expected_line = 0;
    while (file.row_count() < rows.last && file.next()) {
        if (options.progress && file.row() % 4096 == 0) {
            options.progress(file.bytes_read(), file.bytes_total());
        }
        if (file.row() < rows.first) continue;
        if (file.line() != expected_line) made.lines_.emplace_back(made.rows_, file.line());
        expected_line = file.line() + 1;
        const auto fields = file.fields();
        for (std::size_t i = 0; i < builders.size(); ++i) {
            builders[i].add(fields[made.columns_[i].place], made.rows_);
        }
        ++made.rows_;
        // The first thousand rows tell how many the file will hold, near enough to spare the
        // columns their growth.
        if (made.rows_ == 1000 && file.bytes_total() > 0) {
            const double files_left =
                static_cast<double>(file.bytes_total()) / static_cast<double>(file.bytes_read());
            const auto guess =
                std::min(static_cast<std::uint64_t>(files_left * 1010), rows.last - rows.first);
            for (auto& builder : builders) builder.reserve(static_cast<std::size_t>(guess));
        }
    }
    if (file.problem()) return *file.problem();
    if (made.rows_ == 0) {
        const std::string seen = std::to_string(file.row_count());
        return error{file.row_count() == 0
                         ? "has a header but no rows"
                         : "has " + seen + " rows, expected more than " +
                               std::to_string(rows.first) + " to begin at that one",
                     made.name_, file.line()};
    }
    return made;
}

const column* table::find(std::string_view name) const noexcept {
    for (const auto& candidate : columns_) {
        if (candidate.name == name) return &candidate;
    }
    return nullptr;
}

column* table::find(std::string_view name) noexcept {
    for (auto& candidate : columns_) {
        if (candidate.name == name) return &candidate;
    }
    return nullptr;
}

std::uint64_t table::line_of(std::uint64_t row) const noexcept {
    const auto after = std::upper_bound(
        lines_.begin(), lines_.end(), row,
        [](std::uint64_t wanted, const auto& jump) { return wanted < jump.first; });
    if (after == lines_.begin()) return 0;
    const auto& jump = *(after - 1);
    return jump.second + (row - jump.first);
}

error table::at(std::uint64_t row, const column& where, std::string what) const {
    const std::uint64_t line = line_of(row);
    return error{std::move(what),
                 name_ + ":" + std::to_string(line) + ":" + std::to_string(where.place + 1) +
                     " (column '" + where.name + "')",
                 line};
}

}  // namespace leeway::csv
