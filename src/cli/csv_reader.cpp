#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <system_error>
#include <unordered_set>

#include "cli/csv.hpp"

namespace leeway::csv {

namespace {

constexpr std::size_t block = std::size_t{1} << 20;
constexpr std::size_t longest_record = std::size_t{64} << 20;

constexpr std::array<bool, 256> make_stops() {
    std::array<bool, 256> stops{};
    for (const char c : {',', '\n', '\r', '\0'}) stops[static_cast<unsigned char>(c)] = true;
    return stops;
}
constexpr auto stops = make_stops();

bool blank(char c) {
    return c == ' ' || c == '\t';
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

std::string shortened(std::string_view text) {
    constexpr std::size_t most = 40;
    std::string out(text.substr(0, most));
    for (char& c : out) {
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
    }
    return text.size() > most ? out + "..." : out;
}

}  // namespace

result<reader> reader::open(const std::string& path) {
    std::string name = path;
    int descriptor = STDIN_FILENO;
    std::uint64_t size = 0;
    if (path == "-") {
        name = "standard input";
    } else {
        descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
        if (descriptor < 0) {
            return error{"cannot be read: " + std::generic_category().message(errno), path, 0};
        }
    }
    struct stat status {};
    if (::fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode)) {
        size = static_cast<std::uint64_t>(status.st_size);
    }
    reader made(descriptor, std::move(name), size);
    if (!made.read_header()) return *made.problem_;
    return made;
}

reader::reader(int descriptor, std::string name, std::uint64_t size)
    : name_(std::move(name)), descriptor_(descriptor), size_(size), buffer_(block + 1) {}

reader::reader(reader&& other) noexcept {
    *this = std::move(other);
}

reader& reader::operator=(reader&& other) noexcept {
    if (this == &other) return *this;
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
    name_ = std::move(other.name_);
    descriptor_ = std::exchange(other.descriptor_, -1);
    size_ = other.size_;
    buffer_ = std::move(other.buffer_);  // moving keeps the address: fields_ stay valid
    at_ = other.at_;
    filled_ = other.filled_;
    ended_ = other.ended_;
    consumed_ = other.consumed_;
    line_ = other.line_;
    next_line_ = other.next_line_;
    rows_ = other.rows_;
    header_ = std::move(other.header_);
    fields_ = std::move(other.fields_);
    escaped_ = std::move(other.escaped_);
    problem_ = std::move(other.problem_);
    return *this;
}

reader::~reader() {
    if (descriptor_ > STDIN_FILENO) ::close(descriptor_);
}

void reader::fail(std::uint64_t line, std::size_t field, std::string what) {
    std::string where = name_ + ":" + std::to_string(line) + ":" + std::to_string(field + 1);
    if (field < header_.size()) where += " (column '" + header_[field] + "')";
    problem_ = error{std::move(what), std::move(where), line};
}

error reader::at(std::size_t field, std::string what) const {
    std::string where = name_ + ":" + std::to_string(line_) + ":" + std::to_string(field + 1);
    if (field < header_.size()) where += " (column '" + header_[field] + "')";
    return error{std::move(what), std::move(where), line_};
}

bool reader::refill() {
    if (at_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + at_, filled_ - at_);
        consumed_ += at_;
        filled_ -= at_;
        at_ = 0;
    }
    if (filled_ + 1 == buffer_.size()) {
        if (filled_ >= longest_record) {
            fail(next_line_, 0,
                 "a record longer than 64 MiB begins here, expected a shorter one (a quote that is "
                 "never closed?)");
            return false;
        }
        buffer_.resize(2 * filled_ + 1);
    }
    const std::size_t space = buffer_.size() - 1 - filled_;
    ::ssize_t got = 0;
    do {
        got = ::read(descriptor_, buffer_.data() + filled_, space);
    } while (got < 0 && errno == EINTR);
    if (got < 0) {
        problem_ = error{"cannot be read: " + std::generic_category().message(errno), name_, 0};
        return false;
    }
    ended_ = got == 0;
    filled_ += static_cast<std::size_t>(got);
    buffer_[filled_] = '\0';
    return true;
}

// Splits the record at at_. Nothing is consumed unless it is complete, so that a record cut by the
// end of the buffer is split again after a refill.
reader::scan reader::tokenize() {
    const char* const start = buffer_.data() + at_;
    const char* const end = buffer_.data() + filled_;
    const char* p = start;
    std::uint64_t lines = 1;
    fields_.clear();
    escaped_.clear();
    for (;;) {
        std::string_view field;
        if (*p == '"' && p != end) {
            const char* const opening = p++;
            bool escaped = false;
            const char* closing = nullptr;
            for (const char* from = p;;) {
                closing = static_cast<const char*>(
                    std::memchr(from, '"', static_cast<std::size_t>(end - from)));
                if (closing == nullptr || (closing + 1 == end && !ended_)) {
                    if (!ended_) return scan::more;
                    fail(next_line_ + static_cast<std::uint64_t>(std::count(start, opening, '\n')),
                         fields_.size(), "a quote opens here and is never closed");
                    return scan::failed;
                }
                if (closing[1] != '"' || closing + 1 == end) break;
                escaped = true;
                from = closing + 2;
            }
            field = std::string_view(p, static_cast<std::size_t>(closing - p));
            if (std::memchr(p, '\0', field.size()) != nullptr) {
                fail(next_line_ + lines - 1, fields_.size(), "a NUL byte, expected text");
                return scan::failed;
            }
            if (escaped) escaped_.push_back(fields_.size());
            lines += static_cast<std::uint64_t>(std::count(field.begin(), field.end(), '\n'));
            p = closing + 1;
            if (!stops[static_cast<unsigned char>(*p)]) {
                fail(
                    next_line_ + lines - 1, fields_.size(),
                    "text behind a closing quote, expected a comma or the end of the line (a quote "
                    "inside a quoted field is written twice)");
                return scan::failed;
            }
        } else {
            const char* const first = p;
            while (!stops[static_cast<unsigned char>(*p)]) ++p;
            field = std::string_view(first, static_cast<std::size_t>(p - first));
        }
        fields_.push_back(field);
        if (*p == ',') {
            ++p;
            continue;
        }
        if (*p == '\0') {
            if (p != end) {
                fail(next_line_ + lines - 1, fields_.size() - 1,
                     "a NUL byte, expected text (is this a CSV file in UTF-8?)");
                return scan::failed;
            }
            if (!ended_) return scan::more;
        } else if (*p == '\r') {
            if (p + 1 == end && !ended_) return scan::more;
            p += p + 1 != end && p[1] == '\n' ? 2 : 1;
        } else {
            ++p;
        }
        break;
    }
    const bool empty = fields_.size() == 1 && fields_[0].empty() && *start != '"';
    at_ = static_cast<std::size_t>(p - buffer_.data());
    line_ = next_line_;
    next_line_ += lines;
    return empty ? scan::blank : scan::record;
}

void reader::unescape() {
    for (const std::size_t i : escaped_) {
        char* out = buffer_.data() + (fields_[i].data() - buffer_.data());
        char* const first = out;
        for (std::size_t k = 0; k < fields_[i].size(); ++k) {
            *out++ = fields_[i][k];
            if (fields_[i][k] == '"') ++k;
        }
        fields_[i] = std::string_view(first, static_cast<std::size_t>(out - first));
    }
}

bool reader::record() {
    for (;;) {
        if (problem_) return false;
        if (at_ == filled_) {
            if (ended_ || !refill()) return false;
            continue;
        }
        switch (tokenize()) {
            case scan::record:
                if (!escaped_.empty()) unescape();
                return true;
            case scan::blank:
                break;
            case scan::more:
                if (!refill()) return false;
                break;
            case scan::failed:
                return false;
        }
    }
}

bool reader::next() {
    if (!record()) return false;
    if (fields_.size() != header_.size()) [[unlikely]] {
        fail(line_, std::min(fields_.size(), header_.size()),
             "the row has " + std::to_string(fields_.size()) +
                 (fields_.size() == 1 ? " field" : " fields") + ", expected " +
                 std::to_string(header_.size()) + " as in the header");
        fields_.clear();
        return false;
    }
    ++rows_;
    return true;
}

bool reader::read_header() {
    // Enough bytes to see a byte-order mark; a pipe may deliver them one by one.
    while (filled_ < 3 && !ended_) {
        if (!refill()) return false;
    }
    const std::string_view head(buffer_.data(), filled_);
    if (head.starts_with("\xEF\xBB\xBF")) at_ = 3;
    if (head.starts_with("\xFF\xFE") || head.starts_with("\xFE\xFF")) {
        fail(1, 0, "the file is in UTF-16, expected UTF-8 (convert it, for example with iconv)");
        return false;
    }
    if (!record()) {
        if (!problem_) problem_ = error{"is empty, expected a header line", name_, 1};
        return false;
    }
    std::unordered_set<std::string> seen;
    std::vector<std::string> names;
    for (std::size_t i = 0; i < fields_.size(); ++i) {
        std::string name(trimmed(fields_[i]));
        if (name.empty()) name = "column_" + std::to_string(i + 1);
        if (!seen.insert(name).second) {
            fail(line_, i,
                 "a second column named '" + shortened(name) + "', expected names that differ");
            return false;
        }
        names.push_back(std::move(name));
    }
    header_ = std::move(names);
    return true;
}

std::optional<std::size_t> reader::find(std::string_view name) const noexcept {
    for (std::size_t i = 0; i < header_.size(); ++i) {
        if (header_[i] == name) return i;
    }
    return std::nullopt;
}

}  // namespace leeway::csv
