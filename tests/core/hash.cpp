#include "leeway/core/hash.hpp"

#include <cstddef>
#include <string>
#include <vector>

#include "support/catch.hpp"

TEST_CASE("FNV-1a gives its published values") {
    // Test vectors of the IETF draft, 64 bits.
    static_assert(leeway::fnv1a("") == 0xcbf29ce484222325ULL);
    static_assert(leeway::fnv1a("a") == 0xaf63dc4c8601ec8cULL);
    static_assert(leeway::fnv1a("foobar") == 0x85944171f73967e8ULL);
    CHECK(leeway::fnv1a("foobar") == 0x85944171f73967e8ULL);
}

TEST_CASE("bytes and text hash alike, in one go or in pieces") {
    const std::string text = "any text\xff\x80";
    std::vector<std::byte> bytes;
    for (const char c : text) bytes.push_back(static_cast<std::byte>(c));
    CHECK(leeway::fnv1a(std::span<const std::byte>(bytes)) == leeway::fnv1a(text));
    CHECK(leeway::fnv1a("text", leeway::fnv1a("any ")) == leeway::fnv1a("any text"));
}
