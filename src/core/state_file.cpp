#include "leeway/core/state_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "leeway/core/hash.hpp"

namespace leeway::inline v0::detail {

namespace {

constexpr std::string_view magic = "\x89LEEWAY\n";

template <class Word>
void append(std::vector<std::byte>& bytes, Word value) {
    for (std::size_t i = 0; i < sizeof(Word); ++i) {
        bytes.push_back(static_cast<std::byte>(static_cast<std::uint64_t>(value) >> (8 * i)));
    }
}

struct file_closer {
    void operator()(std::FILE* file) const { std::fclose(file); }
};
using file_handle = std::unique_ptr<std::FILE, file_closer>;

std::string why() {
    return std::generic_category().message(errno);
}

}  // namespace

void byte_writer::u8(std::uint8_t value) {
    append(bytes_, value);
}
void byte_writer::u16(std::uint16_t value) {
    append(bytes_, value);
}
void byte_writer::u32(std::uint32_t value) {
    append(bytes_, value);
}
void byte_writer::u64(std::uint64_t value) {
    append(bytes_, value);
}

void byte_writer::raw(std::string_view text) {
    const auto* first = reinterpret_cast<const std::byte*>(text.data());
    bytes_.insert(bytes_.end(), first, first + text.size());
}

void byte_writer::patch_u64(std::size_t at, std::uint64_t value) {
    for (std::size_t i = 0; i < 8; ++i) bytes_[at + i] = static_cast<std::byte>(value >> (8 * i));
}

void byte_reader::fail(std::string what) {
    if (problem_) return;
    std::string where;
    for (const auto& name : path_) where += (where.empty() ? "field '" : ".") + name;
    if (!where.empty()) where += "' ";
    where += "at byte " + shown(at_);
    problem_ = error{std::move(what), std::move(where), at_};
}

namespace {

template <class Word>
Word little_endian(std::span<const std::byte> bytes) {
    std::uint64_t value = 0;
    for (std::size_t i = 0; i < sizeof(Word); ++i) {
        value |= std::to_integer<std::uint64_t>(bytes[i]) << (8 * i);
    }
    return static_cast<Word>(value);
}

}  // namespace

template <class Word>
Word byte_reader::word() {
    if (!ok()) return 0;
    if (left() < sizeof(Word)) {
        fail("truncated: expected " + shown(sizeof(Word)) + " more bytes, found " + shown(left()));
        return 0;
    }
    const auto value = little_endian<Word>(bytes_.subspan(at_, sizeof(Word)));
    at_ += sizeof(Word);
    return value;
}

std::uint8_t byte_reader::u8() {
    return word<std::uint8_t>();
}
std::uint16_t byte_reader::u16() {
    return word<std::uint16_t>();
}
std::uint32_t byte_reader::u32() {
    return word<std::uint32_t>();
}
std::uint64_t byte_reader::u64() {
    return word<std::uint64_t>();
}

std::string byte_reader::raw(std::uint64_t length) {
    if (!ok()) return {};
    if (length > left()) {
        fail("truncated: expected " + shown(length) + " more bytes, found " + shown(left()));
        return {};
    }
    const auto* first = reinterpret_cast<const char*>(bytes_.data() + at_);
    at_ += static_cast<std::size_t>(length);
    return std::string(first, static_cast<std::size_t>(length));
}

bool byte_reader::begin_field(std::string_view name, wire type) {
    if (!ok()) return false;
    path_.emplace_back(name);
    const std::string seen = raw(u16());
    if (ok() && seen != name) {
        fail("found a field named " + shown(std::string_view(seen).substr(0, 40)) + ", expected " +
             shown(name));
    }
    const std::uint8_t found = u8();
    if (ok() && found != static_cast<std::uint8_t>(type)) {
        fail("type " + shown(static_cast<unsigned>(found)) + ", expected " +
             shown(static_cast<unsigned>(type)));
    }
    return ok();
}

void byte_reader::end_field() {
    path_.pop_back();
}

void begin_file(byte_writer& out, std::string_view kind, std::uint64_t reference_id) {
    out.raw(magic);
    out.u32(state_format_version);
    out.u32(static_cast<std::uint32_t>(kind.size()));
    out.raw(kind);
    out.u64(reference_id);
    out.u64(0);  // length of the fields, patched by end_file
}

std::vector<std::byte> end_file(byte_writer&& out) {
    const auto& bytes = out.bytes();
    const auto kind_size =
        little_endian<std::uint32_t>(std::span(bytes).subspan(magic.size() + 4, 4));
    const std::size_t length_at = magic.size() + 8 + kind_size + 8;
    out.patch_u64(length_at, bytes.size() - length_at - 8);
    out.u64(fnv1a(std::span<const std::byte>(out.bytes())));
    return std::move(out).take();
}

byte_reader open_file(std::span<const std::byte> bytes, std::string_view kind,
                      std::uint64_t& reference_id) {
    byte_reader header(bytes);
    if (header.raw(std::min<std::uint64_t>(magic.size(), bytes.size())) != magic) {
        byte_reader bad(bytes);
        bad.fail("not a leeway state file: it does not begin with the magic bytes");
        return bad;
    }
    const std::uint32_t version = header.u32();
    if (header.ok() && version != state_format_version) {
        header.fail("format version " + shown(version) + ", expected " +
                    shown(state_format_version) + " (written by another version of leeway?)");
    }
    const std::string seen = header.raw(header.u32());
    if (header.ok() && seen != kind) {
        header.fail("holds a " + shown(std::string_view(seen).substr(0, 40)) + ", expected a " +
                    shown(kind));
    }
    reference_id = header.u64();
    const std::uint64_t length = header.u64();
    if (header.ok() && (header.left() < 8 || length != header.left() - 8)) {
        header.fail("truncated or extended: the header says " + shown(length) +
                    " bytes of fields and 8 of checksum, found " + shown(header.left()));
    }
    if (!header.ok()) return header;
    const auto body = bytes.first(bytes.size() - 8);
    if (little_endian<std::uint64_t>(bytes.last(8)) != fnv1a(body)) {
        header.fail("damaged: the checksum does not match the content");
        return header;
    }
    byte_reader fields(body);
    (void)fields.raw(header.offset());
    return fields;
}

void write_whole_file(const std::filesystem::path& path, std::span<const std::byte> bytes) {
    std::error_code unknown;
    const auto there = std::filesystem::status(path, unknown);
    // A file is replaced as a whole or not at all; a device or a pipe is written to.
    const bool replaces =
        !std::filesystem::exists(there) || std::filesystem::is_regular_file(there);
    const std::string part = path.string() + (replaces ? ".part" : "");
    file_handle file(std::fopen(part.c_str(), "wb"));
    if (!file) raise("cannot write " + shown(std::string_view(part)) + ": " + why());
    const bool written = std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
                         std::fflush(file.get()) == 0;
    const std::string reason = why();
    file.reset();
    if (!written || (replaces && std::rename(part.c_str(), path.c_str()) != 0)) {
        const std::string last = written ? why() : reason;
        if (replaces) std::remove(part.c_str());
        raise("cannot write " + shown(std::string_view(path.string())) + ": " + last);
    }
}

result<std::vector<std::byte>> read_whole_file(const std::filesystem::path& path) {
    file_handle file(std::fopen(path.c_str(), "rb"));
    if (!file) return error{"cannot be read: " + why(), path.string(), 0};
    std::vector<std::byte> bytes;
    std::byte block[65536];
    while (const std::size_t n = std::fread(block, 1, sizeof block, file.get())) {
        bytes.insert(bytes.end(), block, block + n);
    }
    if (std::ferror(file.get())) return error{"cannot be read: " + why(), path.string(), 0};
    return bytes;
}

}  // namespace leeway::inline v0::detail
