#include "leeway/evaluation/cross_validate.hpp"

#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "leeway/accumulators/moments.hpp"
#include "leeway/core/distributions.hpp"

namespace leeway::inline v0::detail {

namespace {

/// Runs a task; what it throws is kept.
std::exception_ptr attempt(const std::function<void(std::size_t)>& task, std::size_t i) {
#if defined(__cpp_exceptions)
    try {
        task(i);
    } catch (...) {
        return std::current_exception();
    }
#else
    task(i);
#endif
    return nullptr;
}

}  // namespace

void run_tasks(std::size_t count, std::size_t threads, const std::function<void(std::size_t)>& task,
               const std::function<void(std::size_t, std::size_t)>& progress) {
    if (threads < 1) raise_invalid("cross_validate", "threads", threads, "at least 1");
    std::vector<std::exception_ptr> thrown(count);
    std::exception_ptr thrown_by_progress;
    std::atomic<std::size_t> next{0};
    std::mutex one_at_a_time;
    std::size_t done = 0;
    const auto work = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            thrown[i] = attempt(task, i);
            if (!progress) continue;
            const std::lock_guard<std::mutex> lock(one_at_a_time);
            ++done;
            auto problem = attempt([&](std::size_t) { progress(done, count); }, 0);
            if (!thrown_by_progress) thrown_by_progress = problem;
        }
    };
    {
        struct joined {
            std::vector<std::thread> running;
            ~joined() {
                for (std::thread& one : running) one.join();
            }
        } others;
        for (std::size_t i = 1; i < std::min(threads, count); ++i)
            others.running.emplace_back(work);
        work();
    }
    thrown.push_back(thrown_by_progress);
    for (const std::exception_ptr& problem : thrown) {
        if (problem) std::rethrow_exception(problem);
    }
}

void require_splits(std::string_view where, const labelled_rows& data,
                    std::span<const split> splits) {
    const std::size_t rows = data.rows.rows();
    if (data.targets.size() != rows) {
        raise_invalid(where, "targets.size()", data.targets.size(), "one a row, " + shown(rows));
    }
    if (splits.empty()) raise_invalid(where, "splits.size()", splits.size(), "at least 1");
    for (const split& one : splits) {
        for (const auto* part : {&one.train, &one.test}) {
            if (part->empty()) raise(std::string(where) + ": a split has an empty part");
            for (const std::size_t row : *part) {
                if (row >= rows) {
                    raise_invalid(where, "a split's row", row,
                                  "below the number of rows, " + shown(rows));
                }
            }
        }
    }
}

gathered::gathered(const labelled_rows& data, std::span<const std::size_t> part)
    : rows(part.size()), columns(data.rows.columns()) {
    values.reserve(rows * columns);
    targets.reserve(rows);
    for (const std::size_t row : part) {
        const auto features = data.rows.row(row);
        values.insert(values.end(), features.begin(), features.end());
        targets.push_back(data.targets[row]);
    }
}

std::int32_t label_of(double target) noexcept {
    if (!(target >= 0 && target < 2147483648.0)) return -1;
    const auto label = static_cast<std::int32_t>(target);
    return static_cast<double>(label) == target ? label : -1;
}

void summarise(cross_validation& done, std::span<const split> splits, confidence_level confidence,
               const info_card& info) {
    moments figures;
    double weight = 0, infinite = 0, trained = 0, tested = 0;
    for (std::size_t i = 0; i < splits.size(); ++i) {
        const estimate& fold = done.folds[i];
        if (!fold || std::isnan(fold.value())) {
            ++done.undefined_folds;
            continue;
        }
        weight += fold.weight();
        trained += static_cast<double>(splits[i].train.size());
        tested += static_cast<double>(splits[i].test.size());
        if (std::isinf(fold.value())) infinite += fold.value();
        figures.update(fold.value());  // an infinite one is not taken
    }
    if (done.undefined_folds == splits.size()) {
        done.mean = estimate(done.folds.front().reason().value_or(undefined::out_of_range));
        return;
    }
    if (infinite != 0) {
        done.mean = std::isnan(infinite) ? estimate(undefined::out_of_range, weight)
                                         : estimate::of(infinite, weight);
        return;
    }
    const double mean = figures.mean().value();
    const double folds = static_cast<double>(figures.rows());
    if (folds < 2) {
        done.mean = estimate::of(mean, weight);
        return;
    }
    const double error = std::sqrt((1 / folds + tested / trained) * figures.variance().value());
    const double half = error * student_t_quantile(0.5 + confidence.level / 2, folds - 1);
    done.mean = estimate::within(mean, std::min(mean, std::max(mean - half, info.lowest)),
                                 std::max(mean, std::min(mean + half, info.highest)),
                                 confidence.level, weight);
}

}  // namespace leeway::inline v0::detail
