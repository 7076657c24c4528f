#include "laws/hostile_bytes.hpp"

#include <algorithm>
#include <limits>
#include <span>
#include <utility>

#include "leeway/core/hash.hpp"

namespace laws {

void reseal(std::vector<std::byte>& bytes) {
    if (bytes.size() < 8) return;
    const std::size_t body = bytes.size() - 8;
    const std::uint64_t sum = leeway::fnv1a(std::span<const std::byte>(bytes).first(body));
    for (std::size_t i = 0; i < 8; ++i) bytes[body + i] = static_cast<std::byte>(sum >> (8 * i));
}

namespace detail {

namespace {

/// Sets `width` bytes, the lowest first.
void put(std::vector<std::byte>& bytes, std::size_t at, std::size_t width, std::uint64_t value) {
    for (std::size_t i = 0; i < width; ++i)
        bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
}

constexpr std::uint64_t breaking[] = {0,
                                      1,
                                      (1ULL << 31) - 1,
                                      1ULL << 31,
                                      (1ULL << 32) - 1,
                                      1ULL << 61,
                                      1ULL << 63,
                                      std::numeric_limits<std::uint64_t>::max(),
                                      0x7ff0000000000000ULL,
                                      0x7ff8000000000000ULL};
constexpr std::size_t bits = 8, extremes = 4, widths = 3;
constexpr std::size_t changes = bits + extremes + widths * std::size(breaking);

/// Change number `which` of the byte at `at`.
std::vector<std::byte> changed(std::vector<std::byte> bytes, std::size_t at, std::size_t which) {
    if (which < bits) {
        bytes[at] ^= static_cast<std::byte>(1U << which);
        return bytes;
    }
    which -= bits;
    if (which < extremes) {
        constexpr std::uint64_t values[] = {0x00, 0x7f, 0x80, 0xff};
        put(bytes, at, 1, values[which]);
        return bytes;
    }
    which -= extremes;
    const std::size_t width = std::size_t{2} << which / std::size(breaking);
    if (at + width <= bytes.size()) put(bytes, at, width, breaking[which % std::size(breaking)]);
    return bytes;
}

}  // namespace

void hostile_bytes(any_attacker& attack, std::size_t stride) {
    const std::vector<std::byte> good = attack.good();
    REQUIRE(good.size() < 8192);
    REQUIRE(attack.survives(good));
    REQUIRE(attack.accepted() == 1);

    std::size_t attempts = 0;
    std::size_t failed = 0;
    std::size_t undetected = 0;
    const auto attempt = [&](std::vector<std::byte> bytes) {
        if (bytes == good) return;
        const std::size_t before = attack.accepted();
        if (!attack.survives(bytes)) ++failed;
        if (attack.accepted() != before) ++undetected;
        reseal(bytes);
        if (!attack.survives(bytes)) ++failed;
        ++attempts;
    };

    // Of every `thin` changes one is made, another at the next byte.
    const std::size_t thin = std::clamp<std::size_t>(good.size() / 48, 1, changes);
    for (std::size_t length = 0; length < good.size(); length += 1 + thin / 8) {
        attempt({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)});
    }
    for (const std::size_t more : {1U, 8U, 100U}) {
        std::vector<std::byte> longer = good;
        longer.resize(good.size() + more);
        attempt(longer);
    }
    CHECK(attack.accepted() == 1);  // no other length is a state

    for (std::size_t at = 0, turn = 0; at < good.size(); at += stride, ++turn) {
        for (std::size_t which = turn % thin; which < changes; which += thin) {
            attempt(changed(good, at, which));
        }
    }
    CHECK(failed == 0);
    CHECK(undetected == 0);  // without a forged checksum, damage is always seen
    CHECK(attempts > good.size() / stride / 2);
}

}  // namespace detail

}  // namespace laws
