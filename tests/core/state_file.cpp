#include "leeway/core/state_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "laws/hostile_bytes.hpp"
#include "support/catch.hpp"

namespace {

struct tagged {
    static constexpr std::string_view kind = "tagged";
    std::uint64_t id{0};
    double value{0};
    [[nodiscard]] std::uint64_t reference_id() const { return id; }
    friend bool operator==(const tagged&, const tagged&) = default;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("id", self.id);
        visit("value", self.value);
    }
};

struct other_kind : tagged {
    static constexpr std::string_view kind = "other";
};

struct large {
    static constexpr std::string_view kind = "large";
    std::vector<double> values;
    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("values", self.values);
    }
};

std::vector<std::byte> good() {
    return leeway::to_bytes(tagged{77, 0.5});
}

std::string message_of(const std::vector<std::byte>& bytes) {
    const auto read = leeway::from_bytes<tagged>(bytes);
    return read ? "read" : read.error().message();
}

bool says(const std::vector<std::byte>& bytes, std::string_view words) {
    INFO(message_of(bytes));
    const bool found = message_of(bytes).find(words) != std::string::npos;
    CHECK(found);
    return found;
}

/// A directory of this test's own, removed afterwards.
struct scratch {
    std::filesystem::path path = std::filesystem::temp_directory_path() /
                                 ("leeway_state_file_" + std::to_string(::getpid()));
    scratch() { std::filesystem::create_directories(path); }
    scratch(const scratch&) = delete;
    scratch& operator=(const scratch&) = delete;
    ~scratch() {
        std::error_code ignored;
        std::filesystem::remove_all(path, ignored);
    }
};

}  // namespace

TEST_CASE("the layout is the one that the header documents") {
    const auto bytes = good();
    const std::string_view magic = "\x89LEEWAY\n";
    for (std::size_t i = 0; i < 8; ++i) {
        CHECK(bytes[i] == static_cast<std::byte>(static_cast<unsigned char>(magic[i])));
    }
    CHECK(bytes[8] == std::byte{1});   // format version 1
    CHECK(bytes[12] == std::byte{6});  // length of "tagged"
    CHECK(bytes[16] == std::byte{'t'});
    CHECK(bytes[22] == std::byte{77});  // reference id
    // id: 2 + 2 + 1 + 8 + 8, value: 2 + 5 + 1 + 8 + 8.
    CHECK(bytes[30] == std::byte{45});
    CHECK(bytes.size() == 38 + 45 + 8);
}

TEST_CASE("a state file survives hostile bytes") {
    laws::hostile_bytes(tagged{77, 0.5});
}

TEST_CASE("each thing that is wrong with a header has its sentence") {
    says({}, "does not begin with the magic bytes");
    says(std::vector<std::byte>(100, std::byte{0}), "does not begin with the magic bytes");
    auto bytes = good();
    bytes.resize(4);
    says(bytes, "magic bytes");

    bytes = good();
    bytes[8] = std::byte{2};
    laws::reseal(bytes);
    says(bytes, "format version 2, expected 1");

    says(leeway::to_bytes(other_kind{}), "holds a 'other', expected a 'tagged'");

    bytes = good();
    bytes.pop_back();
    says(bytes, "truncated or extended");
    bytes = good();
    bytes.push_back(std::byte{0});
    says(bytes, "truncated or extended");

    bytes = good();
    bytes[45] ^= std::byte{1};
    says(bytes, "damaged: the checksum does not match");

    bytes = good();
    bytes[22] = std::byte{78};
    laws::reseal(bytes);
    says(bytes, "reference id differs");
}

TEST_CASE("a state is saved to a file and loaded from it") {
    const scratch directory;
    const auto path = directory.path / "a.leeway";
    leeway::save(tagged{7, 1.5}, path);
    leeway::save(tagged{77, 0.5}, path);  // replaces
    const auto read = leeway::load<tagged>(path);
    REQUIRE(read);
    CHECK(*read == tagged{77, 0.5});
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path), {}) == 1);
    CHECK(std::filesystem::file_size(path) == good().size());
}

TEST_CASE("errors of files name the file") {
    const scratch directory;
    const auto missing = leeway::load<tagged>(directory.path / "none.leeway");
    REQUIRE_FALSE(missing);
    CHECK(missing.error().message().find("none.leeway") != std::string::npos);
    CHECK(missing.error().message().find("cannot be read") != std::string::npos);

    const auto folder = leeway::load<tagged>(directory.path);
    CHECK_FALSE(folder);

    const auto path = directory.path / "damaged.leeway";
    auto bytes = good();
    bytes[45] ^= std::byte{1};
    std::ofstream(path, std::ios::binary)
        .write(reinterpret_cast<const char*>(bytes.data()),
               static_cast<std::streamsize>(bytes.size()));
    const auto damaged = leeway::load<tagged>(path);
    REQUIRE_FALSE(damaged);
    CHECK(damaged.error().message().find("damaged.leeway") != std::string::npos);
    CHECK(damaged.error().message().find("checksum") != std::string::npos);
    CHECK(damaged.error().offset > 0);

    std::string said;
    try {
        leeway::save(tagged{}, directory.path / "no" / "such" / "folder" / "x");
    } catch (const std::invalid_argument& problem) {
        said = problem.what();
    }
    CHECK(said.find("cannot write") != std::string::npos);
    CHECK(said.find("folder") != std::string::npos);
}

TEST_CASE("a file that cannot be replaced keeps its content and leaves no part behind") {
    const scratch directory;
    const auto target = directory.path / "occupied";
    std::filesystem::create_directories(target / "inside");  // a folder is in the way of rename
    CHECK_THROWS_AS(leeway::save(tagged{}, target), std::invalid_argument);
    CHECK(std::filesystem::is_directory(target / "inside"));
    CHECK(std::distance(std::filesystem::directory_iterator(directory.path), {}) == 1);
}

TEST_CASE("a large file is read whole") {
    const scratch directory;
    large saved;
    for (int i = 0; i < 100'000; ++i) saved.values.push_back(i);
    leeway::save(saved, directory.path / "large");
    const auto read = leeway::load<large>(directory.path / "large");
    REQUIRE(read);
    CHECK(read->values == saved.values);
}

TEST_CASE("a file is replaced, a pipe is written to and stays one") {
    const scratch directory;
    const std::vector<std::byte> bytes(5, std::byte{42});
    const auto pipe = directory.path / "pipe";
    REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
    const int reader = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK);
    REQUIRE(reader >= 0);
    leeway::detail::write_whole_file(pipe, bytes);
    std::byte read[8];
    CHECK(::read(reader, read, sizeof read) == 5);
    ::close(reader);
    CHECK(std::filesystem::is_fifo(pipe));

    const auto file = directory.path / "file";
    for (int i = 0; i < 2; ++i) leeway::detail::write_whole_file(file, bytes);
    CHECK(std::filesystem::file_size(file) == 5);
    CHECK_THROWS(leeway::detail::write_whole_file(directory.path, bytes));
    CHECK(std::filesystem::is_directory(directory.path));
}
