#include "days.hpp"

#include <cstdio>

#include "cli/csv.hpp"

namespace ridership {

namespace {

bool parse_date(std::string_view text, std::chrono::sys_days& date) {
    int year = 0;
    unsigned month = 0;
    unsigned day = 0;
    if (std::sscanf(std::string(text).c_str(), "%4d-%2u-%2u", &year, &month, &day) != 3)
        return false;
    const std::chrono::year_month_day parsed{std::chrono::year{year}, std::chrono::month{month},
                                             std::chrono::day{day}};
    date = parsed;
    return parsed.ok();
}

}  // namespace

leeway::result<history> read_days(const std::string& path) {
    auto opened = leeway::csv::reader::open(path);
    if (!opened) return opened.error();
    leeway::csv::reader& rows = *opened;
    const auto target = rows.find("ridership");
    const auto date = rows.find("date");
    if (!target || !date)
        return leeway::error{"expected the columns 'ridership' and 'date'", path, 1};

    history read;
    for (std::size_t i = 0; i < rows.header().size(); ++i) {
        if (i != *target && i != *date) read.columns.numeric(rows.header()[i]);
    }
    read.columns.categorical("weekday");
    while (rows.next()) {
        day one{};
        for (std::size_t i = 0; i < rows.fields().size(); ++i) {
            if (i == *date) {
                if (!parse_date(rows.fields()[i], one.date))
                    return rows.at(i, "expected a date, year-month-day");
                continue;
            }
            const auto cell = leeway::csv::read_cell(rows.fields()[i]);
            if (cell.kind == leeway::csv::cell_kind::text) return rows.at(i, "expected a number");
            (i == *target ? one.riders : one.features.emplace_back()) = cell.number;
        }
        const std::chrono::weekday weekday{one.date};
        one.features.push_back(static_cast<double>(weekday.iso_encoding() - 1));
        read.days.push_back(std::move(one));
    }
    if (rows.problem()) return *rows.problem();
    return read;
}

std::string to_string(std::chrono::sys_days date) {
    const std::chrono::year_month_day parts{date};
    char text[40];
    std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()),
                  static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
    return text;
}

}  // namespace ridership
