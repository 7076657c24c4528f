// Runs the built executable in a directory of its own.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>

#include "support/json.hpp"

namespace support {

std::string read_all(const std::filesystem::path& path);

/// A temporary directory, removed with the object.
class scratch {
  public:
    scratch() {
        std::string pattern = (std::filesystem::temp_directory_path() / "leeway_XXXXXX").string();
        if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no scratch directory");
        path_ = pattern;
    }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }
    std::string file(const std::string& name, std::string_view content) const {
        std::ofstream out(path_ / name, std::ios::binary);
        out << content;
        return (path_ / name).string();
    }

  private:
    std::filesystem::path path_;
};

struct outcome {
    int code;         ///< exit code; 128 + the signal when it was killed by one
    std::string out;  ///< standard output
    std::string err;  ///< standard error
};

/// Runs `leeway arguments` through the shell in a directory. What it prints goes to files in the
/// scratch and comes back, unless `output` names another place.
outcome run_leeway_in(const std::string& directory, const scratch& where,
                      const std::string& arguments, const std::string& input = "/dev/null",
                      std::string output = "");

/// The same inside the scratch directory, so that its files are named without a path.
outcome run_leeway(const scratch& where, const std::string& arguments,
                   const std::string& input = "/dev/null");

bool contains(std::string_view text, std::string_view part);

/// What a run prints that must succeed, in JSON and without a word on standard error.
json answer_of(const scratch& where, const std::string& arguments,
               const std::string& input = "/dev/null");
/// The sentence on standard error of a run that must be refused, and prints nothing else.
std::string refusal_of(const scratch& where, const std::string& arguments);

}  // namespace support
