// A measured figure in README.md stands beside the command that prints it.
//
// The rule: a table row, list item or paragraph of README.md that has a number with a unit of
// measurement ("3.1 ns", "15 times", "70 %") also has, in backticks, the command to run: one that
// begins with ./dev, ctest, cmake, leeway or a path under build/. Code blocks are not read.
#include <regex>

#include "support/catch.hpp"
#include "tree.hpp"

namespace {

using layout::complaints;

/// The parts of a Markdown text in which a figure and its command belong together.
std::vector<std::string> parts_of(const std::string& markdown) {
    std::vector<std::string> parts(1);
    bool in_code = false;
    for (const auto& line : layout::lines_of(markdown)) {
        if (line.rfind("```", 0) == 0) in_code = !in_code;
        const bool starts_part = line.empty() || line.front() == '|' || line.front() == '#' ||
                                 line.rfind("- ", 0) == 0 || line.rfind("* ", 0) == 0;
        if (starts_part || in_code) parts.emplace_back();
        if (!in_code && line.rfind("```", 0) != 0) parts.back() += line + " ";
    }
    return parts;
}

complaints figures_without_command(const std::string& markdown) {
    static const std::regex code("`[^`]*`");
    static const std::regex command("`(\\./dev |ctest |cmake |leeway |build/)[^`]*`");
    static const std::regex measured(
        "[0-9][0-9.,]*\\s*(ns|us|µs|ms|s|seconds|%|times|x|×|[KMG]i?B|[KMG]B/s|rows/s|bytes)"
        "(?![A-Za-z0-9])");
    static const std::regex confidence("9[059] %");  // a level, not a measurement
    complaints found;
    for (const auto& part : parts_of(markdown)) {
        const std::string prose = std::regex_replace(part, code, "");
        if (std::regex_search(part, command)) continue;
        for (auto it = std::sregex_iterator(prose.begin(), prose.end(), measured);
             it != std::sregex_iterator(); ++it) {
            if (std::regex_match(it->str(), confidence)) continue;
            found.push_back("README.md: '" + it->str() +
                            "' has no command beside it: " + part.substr(0, 100));
        }
    }
    return found;
}

/// Commands that README.md tells the reader to run, and that ./dev does not know.
complaints unknown_commands(const std::string& markdown, const std::string& script) {
    static const std::regex use("\\./dev ([a-z]+)");
    complaints found;
    for (auto it = std::sregex_iterator(markdown.begin(), markdown.end(), use);
         it != std::sregex_iterator(); ++it) {
        const std::string name = (*it)[1];
        if (!std::regex_search(script, std::regex("\\n" + name + "( \\|[^)]*)?\\) "))) {
            found.push_back("README.md: ./dev has no command '" + name + "'");
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every figure in README.md has the command that prints it") {
    const std::string readme = layout::read(layout::root() / "README.md");
    REQUIRE_FALSE(readme.empty());
    const auto found = figures_without_command(readme);
    CHECK(layout::none(found));
}

TEST_CASE("README.md names commands that exist") {
    const auto found = unknown_commands(layout::read(layout::root() / "README.md"),
                                        layout::read(layout::root() / "dev"));
    CHECK(layout::none(found));
}

TEST_CASE("a figure without a command is seen") {
    CHECK(figures_without_command("| one update | 2.1 ns |\n").size() == 1);
    CHECK(figures_without_command("| one update | 2.1 ns | `./dev bench` |\n").empty());
    CHECK(figures_without_command("It is 15 times\nas fast.\n").size() == 1);
    CHECK(figures_without_command("It is 15 times as fast\n(`./dev bench`).\n").empty());
    CHECK(figures_without_command("| a | 3 % |\n| b | `./dev bench` |\n").size() == 1);
    CHECK(figures_without_command("with its 95 % interval\n").empty());
    CHECK(figures_without_command("C++20, g++ 12, version 0.1.0, 9 features\n").empty());
    CHECK(figures_without_command("```\n0.8120 (95 % CI 0.7910 to 0.8330)\n```\n").empty());
    CHECK(unknown_commands("run ./dev tset", "\ntest) run_tests ;;").size() == 1);
    CHECK(unknown_commands("run ./dev test", "\ntest) run_tests ;;").empty());
}
