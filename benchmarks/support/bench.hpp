// A benchmark is a job with an answer. The answer is checked before a time is printed; leeway's
// form and the peer's run in turn (A B A B ...), so that a change of the machine's speed hits both;
// the median of the paired ratios is reported.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace bench {

/// Keeps a result alive without costing an instruction worth speaking of.
template <class T>
void keep(const T& value) {
    asm volatile("" : : "r,m"(value) : "memory");
}

[[nodiscard]] double seconds_of(const std::function<void()>& work);

struct comparison {
    double ours{0};    ///< seconds, median
    double theirs{0};  ///< seconds, median
    double ratio{0};   ///< median of theirs / ours, pair by pair
};

/// Runs both in turn, one uncounted pair first.
[[nodiscard]] comparison compare(const std::function<void()>& ours,
                                 const std::function<void()>& theirs, int pairs = 7);

/// One line of the table.
struct line {
    std::string job;
    std::string size;                     ///< "1e6"
    double nanoseconds{0};                ///< leeway, per item
    std::string peer;                     ///< what it is compared with
    std::optional<double> ratio{};        ///< peer's time / leeway's
    std::optional<double> limit_share{};  ///< share of the machine's read bandwidth
    std::string bar{};                    ///< the bar it is held to, e.g. ">= 15", or empty
    bool met{true};                       ///< whether the bar was met
};

/// What a benchmark sees: the sizes asked for and the table it adds to.
class table {
  public:
    explicit table(bool quick) : quick_(quick) {}

    [[nodiscard]] bool quick() const { return quick_; }
    void add(line row);
    [[nodiscard]] const std::vector<line>& lines() const { return lines_; }

    /// Stops the program with a sentence when a job's answer is wrong: a fast wrong answer is
    /// worthless.
    static void require(bool right, const std::string& what);

  private:
    bool quick_;
    std::vector<line> lines_;
};

/// A file of benchmarks registers itself; `order` sorts the table.
struct registration {
    registration(int order, std::string name, std::function<void(table&)> run);
};

struct entry {
    int order;
    std::string name;
    std::function<void(table&)> run;
};
[[nodiscard]] std::vector<entry> all();

/// Seconds to read these bytes once and do nothing else: the machine's own limit, over the same
/// arrays.
[[nodiscard]] double read_seconds(std::span<const std::byte> bytes, int repeats = 5);

template <class T>
[[nodiscard]] std::span<const std::byte> bytes_of(const std::vector<T>& values) {
    return std::as_bytes(std::span(values));
}

}  // namespace bench
