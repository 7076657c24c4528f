#include "cli/output_file.hpp"

#include <filesystem>
#include <system_error>

#include "cli/commands.hpp"

namespace leeway::cli {

namespace {

bool same_file(const std::filesystem::path& one, const std::filesystem::path& other) {
    std::error_code problem;
    if (std::filesystem::exists(one, problem)) {
        // A terminal or /dev/null may be written to twice.
        return std::filesystem::is_regular_file(one, problem) &&
               std::filesystem::equivalent(one, other, problem);
    }
    // Neither is there yet, but both may become one.
    const auto whole = [&](const std::filesystem::path& path) {
        return std::filesystem::weakly_canonical(std::filesystem::absolute(path, problem), problem);
    };
    return whole(one) == whole(other) && !problem;
}

}  // namespace

void refuse_overwriting(std::string_view option, const std::string& path,
                        std::initializer_list<std::string> others) {
    if (path.empty()) return;
    for (const std::string& other : others) {
        if (other.empty() || !same_file(path, other == "-" ? "/dev/stdin" : other)) continue;
        throw failure(std::string(option) + " " + path + " is " +
                      (other == "-" ? "standard input" : other) +
                      ", which would be lost: expected another file");
    }
}

}  // namespace leeway::cli
