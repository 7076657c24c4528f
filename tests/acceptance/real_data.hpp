// The data sets that may not be copied into the project.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>

#include "support/catch.hpp"

namespace support {

/// The file in $LEEWAY_DATA, or in ../shared/data beside the checkout. Where it is absent the test
/// is reported as skipped, by name: ctest reads the line (SKIP_REGULAR_EXPRESSION).
inline std::optional<std::string> real_data(const std::string& name) {
    const char* told = std::getenv("LEEWAY_DATA");
    const std::filesystem::path folder =
        told != nullptr ? std::filesystem::path(told)
                        : std::filesystem::path(LEEWAY_SOURCE_DIR) / ".." / "shared" / "data";
    const auto path = folder / name;
    if (std::filesystem::exists(path)) return std::filesystem::canonical(path).string();
    WARN("test skipped: " << name << " is not in " << folder.string());
    return std::nullopt;
}

}  // namespace support
