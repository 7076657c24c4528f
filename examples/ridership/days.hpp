// The data of the ridership example: one row a day, read from examples/data/chicago.csv.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/monitor/schema.hpp"

namespace ridership {

/// A day's features are what the model reads before the day ends: 48 numbers from the file and the
/// weekday (0: Monday), which stands in the last column.
struct day {
    std::chrono::sys_days date;
    std::vector<double> features;
    double riders;  ///< thousands: the target, known one day later
};

struct history {
    leeway::schema columns;
    std::vector<day> days;  ///< oldest first
};

[[nodiscard]] leeway::result<history> read_days(const std::string& path);

/// "2005-11-23".
[[nodiscard]] std::string to_string(std::chrono::sys_days date);

}  // namespace ridership
