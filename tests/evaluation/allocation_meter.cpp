#include "laws/allocation_meter.inc"

#include <vector>

#include "support/catch.hpp"

#if !LAWS_THREAD_SANITIZER
TEST_CASE("the allocation meter measures") {
    const laws::allocation_span span;
    std::vector<double> values(1000);
    CHECK(span.bytes() >= 8000);
    CHECK(span.calls() >= 1);
}
#endif
