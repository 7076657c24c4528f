#include "leeway/evaluation/cross_validate.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <thread>

#include "leeway/accumulators/moments.hpp"
#include "leeway/core/distributions.hpp"

namespace leeway::inline v0 {

namespace detail {

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
    std::vector<std::exception_ptr> thrown(count);
    std::exception_ptr thrown_by_progress;
    std::atomic<std::size_t> next{0};
    std::atomic<bool> stopped{false};
    std::mutex one_at_a_time;
    std::size_t done = 0;
    const auto work = [&] {
        while (!stopped) {
            const std::size_t i = next++;
            if (i >= count) return;
            thrown[i] = attempt(task, i);
            if (thrown[i]) {
                stopped = true;
                return;
            }
            if (!progress) continue;
            const std::lock_guard<std::mutex> lock(one_at_a_time);
            if (thrown_by_progress) return;
            ++done;
            thrown_by_progress = attempt([&](std::size_t) { progress(done, count); }, 0);
            if (thrown_by_progress) stopped = true;
        }
    };
    {
        struct joined {
            std::atomic<bool>& stopped;
            std::vector<std::thread> running;
            ~joined() {
                // By now nothing is left to begin, unless a thread could not be started.
                stopped = true;
                for (std::thread& one : running) one.join();
            }
        } others{stopped, {}};
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
    if (!data.weights.empty() && data.weights.size() != rows) {
        raise_invalid(where, "weights.size()", data.weights.size(),
                      "one a row, " + shown(rows) + ", or none");
    }
    for (const double weight : data.weights) {
        if (!(weight >= 0) || std::isinf(weight))
            raise_invalid(where, "a weight", weight, "a finite number, at least 0");
    }
    if (splits.empty()) raise_invalid(where, "splits.size()", splits.size(), "at least 1");
    std::vector<std::size_t> tested_by(rows, splits.size());
    for (std::size_t i = 0; i < splits.size(); ++i) {
        for (const auto* part : {&splits[i].test, &splits[i].train}) {
            if (part->empty()) raise(std::string(where) + ": a split has an empty part");
            for (const std::size_t row : *part) {
                if (row >= rows) {
                    raise_invalid(where, "a split's row", row,
                                  "below the number of rows, " + shown(rows));
                }
                if (part == &splits[i].test) {
                    tested_by[row] = i;
                } else if (tested_by[row] == i) {
                    raise_invalid(where, "a row in both parts of a split", row,
                                  "each in one of them at most: a model's figures on rows it was "
                                  "fitted to say little");
                }
            }
        }
    }
}

void require_confidence(std::string_view where, confidence_level confidence) {
    if (!(confidence.level > 0 && confidence.level < 1))
        raise_invalid(where, "confidence.level", confidence.level, "in (0, 1)");
}

void require_settings(std::string_view where, const cross_validation_settings& settings) {
    if (settings.threads < 1) raise_invalid(where, "threads", settings.threads, "at least 1");
    require_confidence(where, settings.confidence);
    if (settings.threshold && std::isnan(*settings.threshold))
        raise_invalid(where, "threshold", *settings.threshold, "a number");
}

void summarise(cross_validation& done, std::span<const split> splits, confidence_level confidence,
               const info_card& info) {
    moments figures;
    double weight = 0, infinite = 0, trained = 0, tested = 0;
    std::vector<double> finite;
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
        if (std::isfinite(fold.value())) finite.push_back(fold.value());
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
    const double folds = static_cast<double>(finite.size());
    const estimate variance = figures.variance();
    if (!variance) {  // of one fold, or of figures so far apart that it overflows
        double mean = 0;
        for (const double figure : finite) mean += figure / folds;
        const auto [least, most] = std::minmax_element(finite.begin(), finite.end());
        done.mean = estimate::of(std::min(std::max(mean, *least), *most), weight);
        return;
    }
    const double mean = figures.mean().value();
    const double error = std::sqrt((1 / folds + tested / trained) * variance.value());
    const double half = error * student_t_quantile(0.5 + confidence.level / 2, folds - 1);
    done.mean = estimate::within(mean, std::min(mean, std::max(mean - half, info.lowest)),
                                 std::max(mean, std::min(mean + half, info.highest)),
                                 confidence.level, weight);
}

}  // namespace detail

const cross_validation& cross_validations::at(std::string_view key) const {
    std::string known;
    for (const entry& one : entries) {
        if (one.key == key) return one.value;
        known += (known.empty() ? "" : ", ") + detail::shown(one.key);
    }
    raise("cross_validations: no metric " + detail::shown(key) + ", expected one of " + known);
}

}  // namespace leeway::inline v0
