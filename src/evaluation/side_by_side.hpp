// The rows of one evaluation, shared between threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0::detail {

/// Runs the parts of a job at once, each in a thread of its own: what radix_sort.hpp calls `run`.
/// The threads stay for the next job, since an evaluation is a handful of short ones.
class side_by_side {
  public:
    /// Raises when there are to be no threads. Few rows are not worth one.
    side_by_side(std::size_t threads, std::size_t rows)
        : parts_(std::clamp(rows / 16384, std::size_t{1}, std::max(threads, std::size_t{1}))) {
        if (threads < 1) raise_invalid("evaluate", "binary_task.threads", threads, "at least 1");
        try {
            for (std::size_t i = 1; i < parts_; ++i) others_.emplace_back([this] { serve(); });
        } catch (...) {
            stop();
            throw;
        }
    }
    side_by_side(const side_by_side&) = delete;
    side_by_side& operator=(const side_by_side&) = delete;
    ~side_by_side() { stop(); }

    [[nodiscard]] std::size_t parts() const noexcept { return parts_; }
    /// task(0) ... task(parts() - 1). What one of them throws is thrown when all have ended.
    template <class Task>
    void operator()(const Task& task) const {
        if (parts_ == 1) {
            task(std::size_t{0});
            return;
        }
        task_ = std::cref(task);
        next_ = 0;
        busy_ = parts_ - 1;
        ++jobs_;
        jobs_.notify_all();
        work();
        wait_a_little([&] { return busy_ == 0; });
        for (std::size_t left = busy_; left > 0; left = busy_) busy_.wait(left);
        if (thrown_) std::rethrow_exception(std::exchange(thrown_, nullptr));
    }

  private:
    /// A millisecond at most: the next job is seldom further off, and to be woken from sleep may
    /// take a tenth of that. Not by yielding, which lets the processor go to sleep as well.
    template <class Ready>
    static void wait_a_little(const Ready& ready) noexcept {
        using clock = std::chrono::steady_clock;
        for (const auto end = clock::now() + std::chrono::milliseconds(1);
             !ready() && clock::now() < end;) {
        }
    }

    void work() const noexcept {
        for (std::size_t i = next_++; i < parts_; i = next_++) {
            try {
                task_(i);
            } catch (...) {
                const std::lock_guard<std::mutex> lock(one_at_a_time_);
                if (!thrown_) thrown_ = std::current_exception();
            }
        }
    }
    /// In each of the other threads.
    void serve() const noexcept {
        for (std::uint32_t seen = 0;;) {
            wait_a_little([&] { return jobs_ != seen; });
            jobs_.wait(seen);
            seen = jobs_;
            if (stopped_) return;
            work();
            --busy_;
            busy_.notify_one();
        }
    }
    void stop() noexcept {
        stopped_ = true;
        ++jobs_;
        jobs_.notify_all();
        for (std::thread& one : others_) one.join();
    }

    std::size_t parts_;
    mutable std::function<void(std::size_t)> task_;  // of the job at hand
    mutable std::atomic<std::size_t> next_{0};       // part
    mutable std::atomic<std::size_t> busy_{0};       // other threads
    mutable std::atomic<std::uint32_t> jobs_{0};     // so far
    mutable std::mutex one_at_a_time_;
    mutable std::exception_ptr thrown_;
    std::atomic<bool> stopped_{false};
    std::vector<std::thread> others_;
};

}  // namespace leeway::inline v0::detail
