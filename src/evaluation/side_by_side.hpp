// The rows of one evaluation, shared between threads.
#pragma once

#include <algorithm>
#include <cstddef>

#include "leeway/core/error.hpp"
#include "leeway/core/version.hpp"
#include "leeway/evaluation/cross_validate.hpp"

namespace leeway::inline v0::detail {

/// Runs the parts of a job at once, each in a thread of its own: what radix_sort.hpp calls `run`.
class side_by_side {
  public:
    /// Raises when there are to be no threads. Few rows are not worth one.
    side_by_side(std::size_t threads, std::size_t rows)
        : parts_(std::clamp(rows / 16384, std::size_t{1}, std::max(threads, std::size_t{1}))) {
        if (threads < 1) raise_invalid("evaluate", "binary_task.threads", threads, "at least 1");
    }

    [[nodiscard]] std::size_t parts() const noexcept { return parts_; }
    template <class Task>
    void operator()(const Task& task) const {
        if (parts_ == 1) {
            task(std::size_t{0});
        } else {
            run_tasks(parts_, parts_, task, {});
        }
    }

  private:
    std::size_t parts_;
};

}  // namespace leeway::inline v0::detail
