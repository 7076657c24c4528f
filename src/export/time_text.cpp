#include "export/time_text.hpp"

#include <fmt/format.h>

#include <chrono>

namespace leeway::inline v0::detail {

std::string time_text(time_point when) {
    const auto day = std::chrono::floor<std::chrono::days>(when);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss time(when - day);
    std::string text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()),
                    static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
                    time.hours().count(), time.minutes().count(), time.seconds().count());
    if (const auto fraction = time.subseconds().count(); fraction != 0) {
        text += fmt::format(".{:09}", fraction);
        text.erase(text.find_last_not_of('0') + 1);
    }
    return text + 'Z';
}

double unix_seconds(time_point when) {
    return std::chrono::duration<double>(when.time_since_epoch()).count();
}

std::string id_text(std::uint64_t id) {
    return fmt::format("{:016x}", id);
}

}  // namespace leeway::inline v0::detail
