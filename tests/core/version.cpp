#include "leeway/core/version.hpp"

#include <algorithm>

#include "support/catch.hpp"

TEST_CASE("the version is three numbers, which the build file reads from the header") {
    CHECK(std::count(leeway::version.begin(), leeway::version.end(), '.') == 2);
    const auto is_digit_or_dot = [](char c) { return c == '.' || (c >= '0' && c <= '9'); };
    CHECK(std::all_of(leeway::version.begin(), leeway::version.end(), is_digit_or_dot));
    CHECK(leeway::version.find("..") == leeway::version.npos);
    CHECK(leeway::version.front() != '.');
    CHECK(leeway::version.back() != '.');
}
