// Names that ctest can carry to a test program and back.
#include <regex>

#include "support/catch.hpp"
#include "tree.hpp"

namespace {

using layout::complaints;

/// Names of test cases with a character that is a list or a wildcard to CMake or Catch2: an opening
/// bracket, for one, makes CMake read this test and all behind it as one, which then runs nothing.
complaints unfit_names(const layout::source_file& file) {
    static const std::regex test("TEST_CASE\\(\\s*((\"([^\"\\\\]|\\\\.)*\"\\s*)+)");
    complaints found;
    for (auto it = std::sregex_iterator(file.text.begin(), file.text.end(), test);
         it != std::sregex_iterator(); ++it) {
        const std::string name = (*it)[1];
        if (name.find_first_of("[];\\*~") != std::string::npos) {
            found.push_back(file.path + ": a test's name has one of [ ] ; \\ * ~ in it: " + name);
        }
    }
    return found;
}

}  // namespace

TEST_CASE("every test can be selected by its name") {
    complaints found;
    for (const auto& file : layout::files("tests", {".cpp"})) {
        if (file.path == "tests/layout/test_names.cpp") continue;
        for (auto& complaint : unfit_names(file)) found.push_back(std::move(complaint));
    }
    CHECK(layout::none(found));
}

TEST_CASE("an unfit name is seen") {
    CHECK(unfit_names({"x.cpp", "TEST_CASE(\"numbers in [0, 1) are uniform\") {}"}).size() == 1);
    CHECK(unfit_names({"x.cpp", "TEST_CASE(\n    \"a name on \"\n    \"two; lines\") {}"}).size() ==
          1);
    CHECK(unfit_names({"x.cpp", "TEST_CASE(\"numbers, from 0 to 1\", \"[tag]\") {}"}).empty());
}
