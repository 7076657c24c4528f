// What bytes from outside may do to a reader: give an error or a sound state, and use little
// memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

#include "laws/allocation_meter.hpp"
#include "laws/readings.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/state_file.hpp"
#include "support/catch.hpp"

namespace laws {

/// Makes the checksum right again, as someone who forges a file would.
void reseal(std::vector<std::byte>& bytes);

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

/// Reads the bytes, and says whether the reader and what came out of it behaved.
class any_attacker {
  public:
    any_attacker() = default;
    any_attacker(const any_attacker&) = delete;
    any_attacker& operator=(const any_attacker&) = delete;
    virtual ~any_attacker() = default;

    [[nodiscard]] virtual const std::vector<std::byte>& good() const = 0;
    [[nodiscard]] virtual bool survives(const std::vector<std::byte>& bytes) = 0;
    [[nodiscard]] std::size_t accepted() const { return accepted_; }

  protected:
    std::size_t accepted_{0};
};

/// A state that comes out must bear being read, merged, updated and saved again.
template <class S>
class attacker final : public any_attacker {
  public:
    explicit attacker(const S& original) : original_(original), good_(leeway::to_bytes(original)) {
        const allocation_span default_state;
        [[maybe_unused]] const S fresh;
        allowance_ = default_state.bytes() + 4096;
    }

    const std::vector<std::byte>& good() const override { return good_; }

    bool survives(const std::vector<std::byte>& bytes) override {
        const allocation_span span;
        auto read = leeway::from_bytes<S>(bytes);
        // Bytes asked for in all, growth by doubling and error texts included.
        if (span.bytes() > allowance_ + 32 * bytes.size()) return false;
        if (!read) return !read.error().what.empty();
        ++accepted_;
        return sound(*read);
    }

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
};

void hostile_bytes(any_attacker& attack, std::size_t stride);

}  // namespace detail

/// Every truncation, every single-bit flip, every byte at its extremes and every two, four and
/// eight bytes set to the values that break length fields, each as it is and with a checksum that
/// fits. All of that for a state of less than 96 bytes; of a larger one a sample, or the time would
/// grow with the square of the size: every byte is changed, though not in every way, and every
/// change is made somewhere. `stride` above 1 changes only every stride-th byte: for a state made
/// of parts that are tested on their own, or slow to make.
template <class S>
void hostile_bytes(const S& state, std::size_t stride = 1) {
    detail::attacker<S> attack(state);
    detail::hostile_bytes(attack, stride);
}

}  // namespace laws
