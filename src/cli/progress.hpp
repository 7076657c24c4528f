// "reading current.csv  45 %" on standard error, when that is a terminal.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>

namespace leeway::cli {

/// One line, rewritten at most ten times a second and erased at the end. Any thread may report;
/// nothing is ever written to a file or a pipe.
class progress {
  public:
    progress();
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;
    ~progress();

    /// done of total (0: unknown) bytes.
    void report(const std::string& what, std::uint64_t done, std::uint64_t total);
    /// The callback that csv::table::read wants.
    [[nodiscard]] std::function<void(std::uint64_t, std::uint64_t)> of(const std::string& what);
    /// Takes the line away, before something else is printed.
    void erase();

  private:
    bool terminal_;
    bool shown_{false};
    std::mutex mutex_;
    std::chrono::steady_clock::time_point last_{};
};

}  // namespace leeway::cli
