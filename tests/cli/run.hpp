// Runs the built executable in a directory of its own.
#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>

namespace support {

inline std::string read_all(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

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
inline outcome run_leeway_in(const std::string& directory, const scratch& where,
                             const std::string& arguments, const std::string& input = "/dev/null",
                             std::string output = "") {
    if (output.empty()) output = (where.path() / "run.stdout").string();
    const auto err = where.path() / "run.stderr";
    const std::string command = "cd '" + directory +
                                "' && '" LEEWAY_BINARY_DIR "/src/cli/leeway' " + arguments + " <'" +
                                input + "' >'" + output + "' 2>'" + err.string() + "'";
    const int status = std::system(command.c_str());
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, std::filesystem::is_regular_file(output) ? read_all(output) : "", read_all(err)};
}

/// The same inside the scratch directory, so that its files are named without a path.
inline outcome run_leeway(const scratch& where, const std::string& arguments,
                          const std::string& input = "/dev/null") {
    return run_leeway_in(where.path().string(), where, arguments, input);
}

inline bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

}  // namespace support
