// What bytes from outside may do to a reader: give an error or a sound state, and use little
// memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <span>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "laws/allocation_meter.hpp"
#include "laws/readings.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/hash.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws {

/// Makes the checksum right again, as someone who forges a file would.
inline void reseal(std::vector<std::byte>& bytes) {
    if (bytes.size() < 8) return;
    const std::size_t body = bytes.size() - 8;
    const std::uint64_t sum = leeway::fnv1a(std::span<const std::byte>(bytes).first(body));
    for (std::size_t i = 0; i < 8; ++i) bytes[body + i] = static_cast<std::byte>(sum >> (8 * i));
}

namespace detail {

template <class Value>
struct replacing_visitor {
    leeway::detail::byte_writer& out;
    std::string_view name;
    const Value& value;
    std::size_t replaced{0};

    template <class T>
    void operator()(std::string_view field, const T& kept) {
        if (field == name) {
            out(field, value);
            ++replaced;
        } else {
            out(field, kept);
        }
    }
};

}  // namespace detail

/// A well-formed file of the state in which one of its own fields holds another value.
template <class S, class Value>
std::vector<std::byte> forged(const S& state, std::string_view field, const Value& value) {
    leeway::detail::byte_writer out;
    leeway::detail::begin_file(out, S::kind, leeway::detail::reference_id_of(state));
    detail::replacing_visitor<Value> visitor{out, field, value};
    S::fields(state, visitor);
    REQUIRE(visitor.replaced == 1);
    return leeway::detail::end_file(std::move(out));
}

/// Whether such a file is refused, by a sentence.
template <class S, class Value>
bool refused(const S& state, std::string_view field, const Value& value) {
    const auto read = leeway::from_bytes<S>(forged(state, field, value));
    return !read && !read.error().what.empty();
}

namespace detail {

/// Reads the bytes; a state that comes out must bear being read, merged, updated and saved again.
template <class S>
class attacker {
  public:
    explicit attacker(const S& original) : original_(original), good_(leeway::to_bytes(original)) {
        const allocation_span default_state;
        [[maybe_unused]] const S fresh;
        allowance_ = default_state.bytes() + 4096;
    }

    [[nodiscard]] const std::vector<std::byte>& good() const { return good_; }

    /// Whether the reader behaved.
    bool survives(const std::vector<std::byte>& bytes) {
        ++attempts_;
        const allocation_span span;
        auto read = leeway::from_bytes<S>(bytes);
        // Bytes asked for in all, growth by doubling and error texts included.
        if (span.bytes() > allowance_ + 32 * bytes.size()) return false;
        if (!read) return !read.error().what.empty();
        ++accepted_;
        return sound(*read);
    }

    [[nodiscard]] std::size_t attempts() const { return attempts_; }
    [[nodiscard]] std::size_t accepted() const { return accepted_; }

  private:
    bool sound(S& state) const {
        const auto saved = leeway::to_bytes(state);
        const auto back = leeway::from_bytes<S>(saved);
        if (!back || leeway::to_bytes(*back) != saved) return false;
        (void)numbers(state);
        (void)leeway::to_debug_string(state);
        if constexpr (leeway::Accumulator<S>) {
            S other = original_;
            try {
                other.merge(state);
                state.merge(original_);
            } catch (const std::invalid_argument&) {  // another configuration: refused in words
            }
            state.update(typename S::sample_type{});
        }
        return true;
    }

    S original_;
    std::vector<std::byte> good_;
    std::size_t allowance_{0};
    std::size_t attempts_{0};
    std::size_t accepted_{0};
};

}  // namespace detail

/// Every truncation, every single-bit flip, every byte at its extremes and every two, four and
/// eight bytes set to the values that break length fields, each as it is and with a checksum that
/// fits. Meant for a state of a few hundred bytes. `stride` above 1 changes only every stride-th
/// byte: for a state made of parts that are tested on their own, or slow to make.
template <class S>
void hostile_bytes(const S& state, std::size_t stride = 1) {
    detail::attacker<S> attack(state);
    const std::vector<std::byte> good = attack.good();
    REQUIRE(good.size() < 8192);  // the time is quadratic in the size
    REQUIRE(attack.survives(good));
    REQUIRE(attack.accepted() == 1);

    std::size_t failed = 0;
    std::size_t undetected = 0;
    const auto attempt = [&](std::vector<std::byte> bytes) {
        if (bytes == good) return;
        const std::size_t before = attack.accepted();
        if (!attack.survives(bytes)) ++failed;
        if (attack.accepted() != before) ++undetected;
        reseal(bytes);
        if (!attack.survives(bytes)) ++failed;
    };

    for (std::size_t length = 0; length < good.size(); ++length) {
        attempt({good.begin(), good.begin() + static_cast<std::ptrdiff_t>(length)});
    }
    for (const std::size_t more : {1U, 8U, 100U}) {
        std::vector<std::byte> longer = good;
        longer.resize(good.size() + more);
        attempt(longer);
    }
    CHECK(attack.accepted() == 1);  // no other length is a state

    for (std::size_t at = 0; at < good.size(); at += stride) {
        for (int bit = 0; bit < 8; ++bit) {
            std::vector<std::byte> bytes = good;
            bytes[at] ^= static_cast<std::byte>(1 << bit);
            attempt(std::move(bytes));
        }
        for (const int value : {0x00, 0x7f, 0x80, 0xff}) {
            std::vector<std::byte> bytes = good;
            bytes[at] = static_cast<std::byte>(value);
            attempt(std::move(bytes));
        }
        constexpr std::uint64_t values[] = {0,
                                            1,
                                            (1ULL << 31) - 1,
                                            1ULL << 31,
                                            (1ULL << 32) - 1,
                                            1ULL << 61,
                                            1ULL << 63,
                                            std::numeric_limits<std::uint64_t>::max(),
                                            0x7ff0000000000000ULL,
                                            0x7ff8000000000000ULL};
        for (const std::size_t width : {2U, 4U, 8U}) {
            if (at + width > good.size()) continue;
            for (const std::uint64_t value : values) {
                std::vector<std::byte> bytes = good;
                for (std::size_t i = 0; i < width; ++i) {
                    bytes[at + i] = static_cast<std::byte>(value >> (8 * i));
                }
                attempt(std::move(bytes));
            }
        }
    }
    CHECK(failed == 0);
    CHECK(undetected == 0);  // without a forged checksum, damage is always seen
    CHECK(attack.attempts() > 50 * (good.size() / stride));
}

}  // namespace laws
