// How many bytes a piece of code asks the heap for.
//
// allocation_meter.inc replaces operator new; the test executable that includes it in one of its
// sources measures, any other reads zero.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

#if defined(__SANITIZE_THREAD__)
#define LAWS_THREAD_SANITIZER 1
#elif defined(__has_feature)
#define LAWS_THREAD_SANITIZER __has_feature(thread_sanitizer)
#else
#define LAWS_THREAD_SANITIZER 0
#endif

namespace laws {

/// Bytes and calls asked for since the program began.
inline std::atomic<std::uint64_t> bytes_asked_for{0};
inline std::atomic<std::uint64_t> allocations{0};

/// Counts from its construction on.
class allocation_span {
  public:
    [[nodiscard]] std::uint64_t bytes() const { return bytes_asked_for.load() - bytes_before_; }
    [[nodiscard]] std::uint64_t calls() const { return allocations.load() - calls_before_; }

  private:
    std::uint64_t bytes_before_{bytes_asked_for.load()};
    std::uint64_t calls_before_{allocations.load()};
};

}  // namespace laws
