// Repeating an experiment with its own seed each time, and reading run lengths and delays from it.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <vector>

#include "leeway/core/distributions.hpp"
#include "leeway/core/random.hpp"

namespace validity {

/// One run: how many samples until the alarm, or until it was given up.
struct run {
    double length{0};
    bool alarmed{false};
    double flag{0};  ///< a second figure that some experiments collect
};

struct plan {
    std::size_t runs{1000};
    unsigned threads{2};
};

/// Calls experiment(random_source) -> run once a run. The seed depends on the experiment's number
/// and the run's, so the result does not depend on the number of threads.
template <class Experiment>
std::vector<run> repeat(const plan& p, std::uint64_t number, Experiment experiment) {
    std::vector<run> results(p.runs);
    std::vector<std::thread> workers;
    for (unsigned t = 0; t < p.threads; ++t) {
        workers.emplace_back([&, t] {
            for (std::size_t r = t; r < p.runs; r += p.threads)
                results[r] = experiment(leeway::random_source(number * 1'000'003 + r));
        });
    }
    for (auto& worker : workers) worker.join();
    return results;
}

/// Average run length with censored runs: exposure / alarms, the maximum likelihood estimate when
/// the time to an alarm is exponential.
struct run_length {
    double exposure{0};
    double alarms{0};

    explicit run_length(const std::vector<run>& runs) {
        for (const run& r : runs) {
            exposure += r.length;
            alarms += r.alarmed ? 1 : 0;
        }
    }

    [[nodiscard]] bool seen() const { return alarms > 0; }
    /// A lower bound (one alarm assumed) when none was seen.
    [[nodiscard]] double mean() const { return exposure / (alarms > 0 ? alarms : 1); }

    /// P(at least this many alarms in this exposure) if they came exactly once in `promised`
    /// samples: a small value refutes the promise. P(Poisson(x) >= k) = P(chi2_2k <= 2 x).
    [[nodiscard]] double p_value(double promised) const {
        return alarms > 0 ? 1 - leeway::chi_squared_survival(2 * exposure / promised, 2 * alarms)
                          : 1;
    }
};

/// What a change point experiment found: `in_control` samples first, then the change.
struct delays {
    double early{0};   ///< share of runs that alarmed before the change
    double missed{0};  ///< share of the others that did not alarm before the end
    double mean{0};    ///< mean delay of those that did
    double mean_flag{0};

    delays(const std::vector<run>& runs, double in_control) {
        double found = 0;
        double late = 0;
        for (const run& r : runs) {
            mean_flag += r.flag / static_cast<double>(runs.size());
            if (r.alarmed && r.length <= in_control) {
                ++early;
                continue;
            }
            ++late;
            if (!r.alarmed) {
                ++missed;
                continue;
            }
            ++found;
            mean += r.length - in_control;
        }
        if (found > 0) mean /= found;
        if (late > 0) missed /= late;
        early /= static_cast<double>(runs.size());
    }
};

}  // namespace validity
