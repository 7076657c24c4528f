// How fields become bytes and back, within bounds: the encoder and decoder behind state files.
//
// core/state_file.hpp describes the layout. Reading checks every length against what is left before
// it allocates, so memory is bounded by the size of the input; the first problem is kept with the
// field's path and the byte offset. Defined in src: link leeway::leeway.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

namespace detail {

enum class wire : std::uint8_t { u64 = 1, i64 = 2, f64 = 3, text = 4, state = 5, list = 6 };

template <class T>
consteval wire wire_of() {
    if constexpr (std::is_enum_v<T> || std::unsigned_integral<T>) {  // bool is unsigned
        return wire::u64;
    } else if constexpr (std::signed_integral<T>) {
        return wire::i64;
    } else if constexpr (std::floating_point<T>) {
        return wire::f64;
    } else if constexpr (std::same_as<T, std::string>) {
        return wire::text;
    } else if constexpr (HasFields<T>) {
        return wire::state;
    } else {
        return wire::list;
    }
}

/// The integer type that holds a T: its own, or that under an enumeration.
template <class T>
struct integer_of {
    using type = T;
};
template <class T>
requires std::is_enum_v<T>
struct integer_of<T> {
    using type = std::underlying_type_t<T>;
};

/// A number as the eight bytes that stand for it: sign-extended where its type has a sign.
template <std::integral Number>
[[nodiscard]] constexpr std::uint64_t extended(Number value) noexcept {
    if constexpr (std::signed_integral<Number>) {
        return static_cast<std::uint64_t>(static_cast<std::int64_t>(value));
    } else {
        return static_cast<std::uint64_t>(value);
    }
}

/// Appends; the only failure is memory.
class byte_writer {
  public:
    void u8(std::uint8_t value);
    void u16(std::uint16_t value);
    void u32(std::uint32_t value);
    void u64(std::uint64_t value);
    void raw(std::string_view text);
    [[nodiscard]] std::size_t size() const noexcept { return bytes_.size(); }
    /// Writes a u64 over eight bytes that were written before (a length known only afterwards).
    void patch_u64(std::size_t at, std::uint64_t value);
    [[nodiscard]] const std::vector<std::byte>& bytes() const noexcept { return bytes_; }
    [[nodiscard]] std::vector<std::byte> take() && { return std::move(bytes_); }

    template <class T>
    void content(const T& value) {
        constexpr wire type = wire_of<T>();
        if constexpr (type == wire::u64 || type == wire::i64) {
            u64(extended(static_cast<typename integer_of<T>::type>(value)));
        } else if constexpr (type == wire::f64) {
            u64(std::bit_cast<std::uint64_t>(static_cast<double>(value)));
        } else if constexpr (type == wire::text) {
            raw(value);
        } else if constexpr (type == wire::state) {
            T::fields(value, *this);
        } else {
            u64(value.size());
            for (const auto& item : value) {
                using item_type = std::remove_cvref_t<decltype(item)>;
                constexpr wire inner = wire_of<item_type>();
                static_assert(inner != wire::list, "a list of lists is not part of the format");
                if constexpr (inner == wire::text || inner == wire::state) {
                    sized([&] { content(item); });
                } else {
                    content(item);
                }
            }
        }
    }

    template <class T>
    void operator()(std::string_view name, const T& value) {
        u16(static_cast<std::uint16_t>(name.size()));
        raw(name);
        u8(static_cast<std::uint8_t>(wire_of<T>()));
        sized([&] { content(value); });
    }

  private:
    template <class Write>
    void sized(Write write) {
        const std::size_t at = size();
        u64(0);
        write();
        patch_u64(at, size() - at - 8);
    }

    std::vector<std::byte> bytes_;
};

/// Reads within bounds; after the first problem every read is a no-op and problem() says what it
/// was.
class byte_reader {
  public:
    explicit byte_reader(std::span<const std::byte> bytes) : bytes_(bytes), end_(bytes.size()) {}

    [[nodiscard]] bool ok() const noexcept { return !problem_; }
    [[nodiscard]] const error& problem() const { return *problem_; }
    [[nodiscard]] std::size_t offset() const noexcept { return at_; }
    [[nodiscard]] std::size_t left() const noexcept { return end_ - at_; }

    /// Records the first problem, at the current offset and field path.
    void fail(std::string what);

    [[nodiscard]] std::uint8_t u8();
    [[nodiscard]] std::uint16_t u16();
    [[nodiscard]] std::uint32_t u32();
    [[nodiscard]] std::uint64_t u64();
    [[nodiscard]] std::string raw(std::uint64_t length);

    /// Reads what byte_writer::content wrote for T, using exactly the bytes up to the current end.
    template <class T>
    void content(T& value) {
        constexpr wire type = wire_of<T>();
        if constexpr (type == wire::u64 || type == wire::i64 || type == wire::f64) {
            scalar(value);
        } else if constexpr (type == wire::text) {
            value = raw(left());
        } else if constexpr (type == wire::state) {
            T::fields(value, *this);
            if (ok()) {
                if (const std::string defect = defect_of(value); !defect.empty()) fail(defect);
            }
        } else {
            list(value);
        }
        if (ok() && left() != 0) fail("expected the content to end here, found more bytes");
    }

    template <class T>
    void operator()(std::string_view name, T& value) {
        if (!begin_field(name, wire_of<T>())) return;
        within(u64(), [&] { content(value); });
        if (ok()) end_field();
    }

  private:
    template <class Word>
    [[nodiscard]] Word word();

    /// Checks the field's name and type against what the state expects.
    [[nodiscard]] bool begin_field(std::string_view name, wire type);
    void end_field();

    /// Runs read on the next `length` bytes only.
    template <class Read>
    void within(std::uint64_t length, Read read) {
        if (!ok()) return;
        if (length > left()) {
            fail("length " + shown(length) + ", expected at most the " + shown(left()) +
                 " bytes that are left");
            return;
        }
        const std::size_t outer = end_;
        end_ = at_ + static_cast<std::size_t>(length);
        read();
        end_ = outer;
    }

    template <class T>
    void scalar(T& value) {
        const std::uint64_t word = u64();
        if (!ok()) return;
        if constexpr (std::floating_point<T>) {
            static_assert(std::same_as<T, double>, "a fraction is saved as a double");
            value = std::bit_cast<double>(word);
        } else if constexpr (std::same_as<T, bool>) {
            if (word > 1) return fail("value " + shown(word) + ", expected 0 or 1");
            value = word == 1;
        } else {
            // The word is the value, sign-extended where the type has a sign: whatever does not
            // come back the same did not fit. Whether an enumerator exists is for defect() to say.
            using number = typename integer_of<T>::type;
            const auto narrow = static_cast<number>(word);
            if (extended(narrow) != word) {
                return fail("value " + shown(word) + " does not fit the field");
            }
            value = static_cast<T>(narrow);
        }
    }

    template <class List>
    void list(List& values) {
        using item_type = std::remove_cvref_t<decltype(values[0])>;
        constexpr wire inner = wire_of<item_type>();
        const std::uint64_t count = u64();
        // Scalars take eight bytes each, texts and states at least their length's eight.
        if (ok() && count > left() / 8) {
            fail("count " + shown(count) + ", expected at most the " + shown(left() / 8) +
                 " items that the bytes left can hold");
        }
        if (!ok()) return;
        constexpr bool sized = inner == wire::text || inner == wire::state;
        constexpr bool growing = requires {
            values.resize(std::size_t{});
        };
        if constexpr (growing) {
            // Items that may be much larger than their bytes are made one at a time, so that a
            // list that is false from its first item on costs one item.
            values.resize(sized ? 0 : static_cast<std::size_t>(count));
        } else if (count != values.size()) {
            return fail("count " + shown(count) + ", expected " + shown(values.size()));
        }
        for (std::size_t i = 0; ok() && i < count; ++i) {
            if constexpr (sized && growing) values.emplace_back();
            if constexpr (sized) {
                within(u64(), [&] { content(values[i]); });
            } else {
                scalar(values[i]);
            }
        }
    }

    std::span<const std::byte> bytes_;
    std::size_t at_{0};
    std::size_t end_{0};
    std::vector<std::string> path_;
    std::optional<error> problem_;
};

}  // namespace detail

}  // namespace leeway::inline v0
