#include "export/time_text.hpp"

#include <chrono>

#include "support/catch.hpp"

using leeway::time_point;
using leeway::detail::time_text;

TEST_CASE("time_text: RFC 3339 in UTC, with the decimals there are") {
    using std::chrono::milliseconds;
    using std::chrono::nanoseconds;
    using std::chrono::seconds;
    CHECK(time_text(time_point{}) == "1970-01-01T00:00:00Z");
    CHECK(time_text(time_point(seconds(951'827'696))) == "2000-02-29T12:34:56Z");
    CHECK(time_text(time_point(milliseconds(5))) == "1970-01-01T00:00:00.005Z");
    CHECK(time_text(time_point(nanoseconds(1))) == "1970-01-01T00:00:00.000000001Z");
    CHECK(time_text(time_point(nanoseconds(120'000'000))) == "1970-01-01T00:00:00.12Z");
    CHECK(time_text(time_point(seconds(-1))) == "1969-12-31T23:59:59Z");
    CHECK(time_text(time_point(milliseconds(-1))) == "1969-12-31T23:59:59.999Z");
}

TEST_CASE("time_text: seconds and ids") {
    CHECK(leeway::detail::unix_seconds(time_point(std::chrono::milliseconds(1500))) == 1.5);
    CHECK(leeway::detail::id_text(0) == "0000000000000000");
    CHECK(leeway::detail::id_text(0xABCULL) == "0000000000000abc");
}
