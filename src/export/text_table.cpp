#include "export/text_table.hpp"

#include <algorithm>
#include <set>

#include "export/utf8.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0::detail {

std::string short_name(std::string_view text, std::size_t most) {
    std::vector<std::string_view> characters;
    for_each_utf8(text, [&](std::string_view character) {
        const auto byte = static_cast<unsigned char>(character.front());
        const bool control = character.size() == 1 && (byte < 0x20 || byte == 0x7f);
        characters.push_back(control ? std::string_view("?") : character);
    });
    std::string name;
    const std::size_t kept = characters.size() <= most ? characters.size() : most - 2;
    const std::size_t front = characters.size() <= most ? kept : kept - kept / 3;
    for (std::size_t i = 0; i < front; ++i) name += characters[i];
    if (kept < characters.size()) name += "..";
    for (std::size_t i = characters.size() - (kept - front); i < characters.size(); ++i) {
        name += characters[i];
    }
    return name;
}

std::vector<std::string> short_names(const std::vector<std::string>& names, std::size_t most) {
    std::vector<std::string> all;
    all.reserve(names.size());
    for (const std::string& name : names) all.push_back(short_name(name, most));
    if (std::set<std::string_view>(all.begin(), all.end()).size() == all.size()) return all;
    const std::size_t room = std::to_string(names.size()).size() + 1;
    for (std::size_t i = 0; i < names.size(); ++i)
        all[i] =
            std::to_string(i + 1) + " " + short_name(names[i], std::max(most, room + 8) - room);
    return all;
}

text_table::text_table(std::vector<column> columns) : columns_(std::move(columns)) {}

void text_table::add(std::vector<std::string> cells, std::string note) {
    if (cells.size() + (note.empty() ? 0 : 1) > columns_.size()) {
        raise_invalid("text_table", "cells", cells.size(), "at most one a column");
    }
    rows_.push_back({std::move(cells), std::move(note)});
}

void text_table::append_line(std::string& out, const std::vector<std::size_t>& widths,
                             const row& content) const {
    const std::size_t start = out.size();
    for (std::size_t i = 0; i < content.cells.size(); ++i) {
        const std::string& cell = content.cells[i];
        const std::size_t padding = widths[i] - width_of(cell);
        if (i > 0) out += "  ";
        if (columns_[i].side == align::right) out.append(padding, ' ');
        out += cell;
        if (columns_[i].side == align::left) out.append(padding, ' ');
    }
    if (!content.note.empty()) out += "  " + content.note;
    out.erase(std::max(out.find_last_not_of(' ') + 1, start));
    out += '\n';
}

std::string text_table::str() const {
    std::vector<std::size_t> widths;
    row head;
    for (const column& each : columns_) {
        head.cells.push_back(each.head);
        widths.push_back(width_of(each.head));
    }
    for (const row& content : rows_) {
        for (std::size_t i = 0; i < content.cells.size(); ++i) {
            widths[i] = std::max(widths[i], width_of(content.cells[i]));
        }
    }
    row rule;
    for (const std::size_t width : widths) rule.cells.emplace_back(width, '-');
    std::string out;
    append_line(out, widths, head);
    append_line(out, widths, rule);
    for (const row& content : rows_) append_line(out, widths, content);
    return out;
}

}  // namespace leeway::inline v0::detail
