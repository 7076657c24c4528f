// scikit-learn and SciPy on the same arrays, in the same run, when a Python that has them is
// installed.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

namespace bench {

struct peer_answer {
    double seconds{0};
    std::vector<double> values;
};

struct named_array {
    std::string file;  ///< as compare/peers.py names it, e.g. "score.f64"
    std::span<const std::byte> bytes;
};

/// Runs the jobs of compare/peers.py; empty when no Python with scikit-learn and SciPy is found.
/// What is missing is said once, on standard error.
[[nodiscard]] std::map<std::string, peer_answer> python_peers(
    const std::vector<named_array>& arrays, const std::vector<std::string>& jobs);

}  // namespace bench
