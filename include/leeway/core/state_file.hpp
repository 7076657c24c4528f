// State files: little-endian, self-describing, checksummed, and read as if every byte were hostile.
//
//     89 4C 45 45 57 41 59 0A   magic ("\x89LEEWAY\n")
//     u32 format version        1
//     u32 n, n bytes            kind, the state's `kind` ("moments")
//     u64 reference id          0: bound to no reference
//     u64 n, n bytes            fields
//     u64 checksum              FNV-1a of everything before it
//
// A field is: u16 n, n bytes of name; u8 type; u64 n, n bytes of content. Types: 1 u64, 2 i64, 3
// f64, 4 text, 5 state (fields), 6 list (u64 count, then that many contents, each with its own u64
// length when it is a text or a state). docs/formats.md has the grammar. Reading checks every
// length against what is left before it allocates, so memory is bounded by the size of the input; a
// problem is returned with the field's path and the byte offset. Defined in src: link
// leeway::leeway.
#pragma once

#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

inline constexpr std::uint32_t state_format_version = 1;

/// A state that can be saved: it lists its fields, names its kind and can be made empty.
template <class S>
concept Savable = HasFields<S> && std::default_initializable<S> && requires {
    { S::kind } -> std::convertible_to<std::string_view>;
};

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
        if constexpr (type == wire::u64) {
            u64(static_cast<std::uint64_t>(value));
        } else if constexpr (type == wire::i64) {
            u64(static_cast<std::uint64_t>(static_cast<std::int64_t>(value)));
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
            value = static_cast<T>(std::bit_cast<double>(word));
        } else if constexpr (std::same_as<T, bool>) {
            if (word > 1) return fail("value " + shown(word) + ", expected 0 or 1");
            value = word == 1;
        } else if constexpr (std::is_enum_v<T>) {
            using base = std::underlying_type_t<T>;
            if (word > static_cast<std::uint64_t>(static_cast<base>(-1) > base{0}
                                                      ? static_cast<base>(-1)
                                                      : std::uint64_t{0x7f})) {
                return fail("value " + shown(word) + " does not fit an enumeration");
            }
            value = static_cast<T>(word);
        } else {
            value = static_cast<T>(
                static_cast<
                    std::conditional_t<std::signed_integral<T>, std::int64_t, std::uint64_t>>(
                    word));
            const auto back = static_cast<std::uint64_t>(
                static_cast<
                    std::conditional_t<std::signed_integral<T>, std::int64_t, std::uint64_t>>(
                    value));
            if (back != word) fail("value " + shown(word) + " does not fit the field");
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
        if constexpr (requires { values.resize(std::size_t{}); }) {
            values.resize(static_cast<std::size_t>(count));
        } else if (count != values.size()) {
            return fail("count " + shown(count) + ", expected " + shown(values.size()));
        }
        for (std::size_t i = 0; ok() && i < values.size(); ++i) {
            if constexpr (inner == wire::text || inner == wire::state) {
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

void begin_file(byte_writer& out, std::string_view kind, std::uint64_t reference_id);
[[nodiscard]] std::vector<std::byte> end_file(byte_writer&& out);
/// Checks magic, version, kind, checksum and lengths; on success the reader stands at the first
/// field and ends behind the last. reference_id receives what the file says.
[[nodiscard]] byte_reader open_file(std::span<const std::byte> bytes, std::string_view kind,
                                    std::uint64_t& reference_id);
void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes);
[[nodiscard]] result<std::vector<std::byte>> read_whole_file(const std::filesystem::path& path);

template <class S>
std::uint64_t reference_id_of(const S& state) {
    if constexpr (requires {
                      { state.reference_id() } -> std::convertible_to<std::uint64_t>;
                  }) {
        return state.reference_id();
    } else {
        return 0;
    }
}

}  // namespace detail

/// The state as the bytes of a state file.
template <Savable S>
[[nodiscard]] std::vector<std::byte> to_bytes(const S& state) {
    detail::byte_writer out;
    detail::begin_file(out, S::kind, detail::reference_id_of(state));
    S::fields(state, out);
    return detail::end_file(std::move(out));
}

/// The state that the bytes describe, or what is wrong with them and where.
template <Savable S>
[[nodiscard]] result<S> from_bytes(std::span<const std::byte> bytes) {
    std::uint64_t reference_id = 0;
    detail::byte_reader in = detail::open_file(bytes, S::kind, reference_id);
    S state;
    if (in.ok()) in.content(state);
    if (in.ok() && detail::reference_id_of(state) != reference_id) {
        in.fail("the header's reference id differs from the content's");
    }
    if (!in.ok()) return in.problem();
    return state;
}

/// Writes the state to a file: first to `path` + ".part", then renamed, so that a reader never sees
/// a half-written file. Raises std::invalid_argument, naming the path, when it cannot be written.
template <Savable S>
void save(const S& state, const std::filesystem::path& path) {
    detail::write_whole_file(path, to_bytes(state));
}

/// Reads a state file.
template <Savable S>
[[nodiscard]] result<S> load(const std::filesystem::path& path) {
    const auto bytes = detail::read_whole_file(path);
    if (!bytes) return bytes.error();
    auto state = from_bytes<S>(*bytes);
    if (state) return state;
    error problem = state.error();
    problem.where = path.string() + (problem.where.empty() ? "" : ": " + problem.where);
    return problem;
}

}  // namespace leeway::inline v0
