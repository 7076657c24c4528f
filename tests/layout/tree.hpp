// The source tree as the layout tests see it.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

namespace layout {

/// The tree under test: this one, or a copy of it that a test has changed.
inline std::filesystem::path root() {
    const char* other = std::getenv("LEEWAY_LAYOUT_ROOT");
    return other != nullptr ? other : LEEWAY_SOURCE_DIR;
}

inline std::string read(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
}

inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = text.find('\n');
        lines.emplace_back(text.substr(0, end));
        if (!lines.back().empty() && lines.back().back() == '\r') lines.back().pop_back();
        text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    }
    return lines;
}

struct source_file {
    std::string path;  ///< from the root, with forward slashes: "include/leeway/core/error.hpp"
    std::string text;

    [[nodiscard]] std::string stem() const { return std::filesystem::path(path).stem().string(); }
    /// The folder behind `top`: "core" for include/leeway/core/error.hpp and top include/leeway.
    [[nodiscard]] std::string folder(std::string_view top) const {
        const std::string rest = path.substr(top.size() + 1);
        const auto slash = rest.find('/');
        return slash == std::string::npos ? std::string() : rest.substr(0, slash);
    }
};

/// Every file under `top` (from the root) that ends in one of `endings`, sorted by path.
inline std::vector<source_file> files(const std::string& top,
                                      const std::vector<std::string>& endings) {
    namespace fs = std::filesystem;
    std::vector<source_file> found;
    if (!fs::exists(root() / top)) return found;
    for (const auto& entry : fs::recursive_directory_iterator(root() / top)) {
        const std::string ending = entry.path().extension().string();
        if (!entry.is_regular_file() ||
            std::find(endings.begin(), endings.end(), ending) == endings.end()) {
            continue;
        }
        found.push_back({fs::relative(entry.path(), root()).generic_string(), read(entry.path())});
    }
    std::sort(found.begin(), found.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
    return found;
}

inline std::vector<source_file> public_headers() {
    return files("include/leeway", {".hpp"});
}

/// What is wrong, one sentence each.
using complaints = std::vector<std::string>;

/// True when there are none; else prints them whole, which Catch2 would break at column 80.
inline bool none(const complaints& list) {
    for (const auto& complaint : list) std::cout << complaint << '\n';
    return list.empty();
}

}  // namespace layout
