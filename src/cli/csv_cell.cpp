#include <array>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>

#include "cli/csv.hpp"

namespace leeway::csv {

namespace {

bool blank(char c) noexcept {
    return c == ' ' || c == '\t';
}

bool says_missing(std::string_view text) noexcept {
    if (text.empty()) return true;
    if (text.size() > 4) return false;
    constexpr std::array<std::string_view, 18> signs{
        "NA", "N/A",  "n/a",  "#N/A", "#NA",  "<NA>", "NaN",  "nan",  "NAN",
        "?",  "-nan", "-NaN", "+nan", "+NaN", "null", "Null", "NULL", "None"};
    for (const auto sign : signs) {
        if (text == sign) return true;
    }
    return false;
}

bool starts_number(char c) noexcept {
    return (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '+' || c == 'i' || c == 'I';
}

}  // namespace

cell read_cell(std::string_view field) noexcept {
    while (!field.empty() && blank(field.front())) field.remove_prefix(1);
    while (!field.empty() && blank(field.back())) field.remove_suffix(1);
    if (field.empty()) return {};
    const char first = field.front();
    const cell text{cell_kind::text, std::numeric_limits<double>::quiet_NaN()};
    if (starts_number(first)) [[likely]] {
        const char* const end = field.data() + field.size();
        const char* from = field.data();
        if (first == '+') {
            ++from;
            if (from != end && (*from == '-' || *from == '+')) return text;
        }
        double number = 0;
        const auto [stop, problem] = std::from_chars(from, end, number);
        if (stop == end) {
            if (problem == std::errc::result_out_of_range) {
                // Too large is infinite and too small is zero; from_chars does not say which. The
                // copy ends in NUL, which strtod needs.
                char copy[512];
                const std::size_t size = field.size();
                if (size >= sizeof copy) return text;
                field.copy(copy, size);
                copy[size] = '\0';
                number = std::strtod(copy, nullptr);
                return {cell_kind::number, number};
            }
            if (problem == std::errc{} && !std::isnan(number)) return {cell_kind::number, number};
        }
    }
    return says_missing(field) ? cell{} : text;
}

std::string category_text(double number) {
    if (number == 0) return "0";  // -0 is 0
    char buffer[40];
    const auto end =
        std::fabs(number) < 1e15 && number == std::trunc(number)
            ? std::to_chars(buffer, buffer + sizeof buffer, number, std::chars_format::fixed)
            : std::to_chars(buffer, buffer + sizeof buffer, number);
    return std::string(buffer, end.ptr);
}

std::string category_text(std::string_view field) {
    if (!field.empty() && (starts_number(field.front()) || blank(field.front()))) {
        const cell seen = read_cell(field);
        if (seen.kind == cell_kind::number) return category_text(seen.number);
    }
    return std::string(field);
}

std::optional<row_range> row_range::parse(std::string_view text) {
    const auto colon = text.find(':');
    if (colon == std::string_view::npos) return std::nullopt;
    row_range range;
    const auto whole = [](std::string_view digits, std::uint64_t& value) {
        if (digits.empty()) return true;
        const char* const end = digits.data() + digits.size();
        const auto [stop, problem] = std::from_chars(digits.data(), end, value);
        return problem == std::errc{} && stop == end;
    };
    if (!whole(text.substr(0, colon), range.first)) return std::nullopt;
    if (!whole(text.substr(colon + 1), range.last)) return std::nullopt;
    if (range.first >= range.last) return std::nullopt;
    return range;
}

}  // namespace leeway::csv
