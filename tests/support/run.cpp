#include "cli/run.hpp"

#include <sys/wait.h>

#include <cstdlib>
#include <fstream>
#include <iterator>

#include "support/catch.hpp"

namespace support {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

outcome run_leeway_in(const std::string& directory, const scratch& where,
                      const std::string& arguments, const std::string& input, std::string output) {
    if (output.empty()) output = (where.path() / "run.stdout").string();
    const auto err = where.path() / "run.stderr";
    const std::string command = "cd '" + directory +
                                "' && '" LEEWAY_BINARY_DIR "/src/cli/leeway' " + arguments + " <'" +
                                input + "' >'" + output + "' 2>'" + err.string() + "'";
    const int status = std::system(command.c_str());
    const int code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    return {code, std::filesystem::is_regular_file(output) ? read_all(output) : "", read_all(err)};
}

outcome run_leeway(const scratch& where, const std::string& arguments, const std::string& input) {
    return run_leeway_in(where.path().string(), where, arguments, input);
}

bool contains(std::string_view text, std::string_view part) {
    return text.find(part) != std::string_view::npos;
}

json answer_of(const scratch& where, const std::string& arguments, const std::string& input) {
    const outcome run = run_leeway(where, arguments, input);
    INFO(arguments << ": " << run.err);
    REQUIRE(run.code == 0);
    REQUIRE(run.err == "");
    return json::parse(run.out);
}

std::string refusal_of(const scratch& where, const std::string& arguments) {
    const outcome run = run_leeway(where, arguments);
    INFO(arguments << ": " << run.out << run.err);
    CHECK(run.code == 2);
    CHECK(run.out == "");
    return run.err;
}

}  // namespace support
