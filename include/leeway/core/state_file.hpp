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

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/fields.hpp"
#include "leeway/core/state_bytes.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

inline constexpr std::uint32_t state_format_version = 1;

/// A state that can be saved: it lists its fields, names its kind and can be made empty.
template <class S>
concept Savable = HasFields<S> && std::default_initializable<S> && requires {
    { S::kind } -> std::convertible_to<std::string_view>;
};

namespace detail {

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
    if (!in.ok()) return in.problem();
    S state;
    in.content(state);
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
