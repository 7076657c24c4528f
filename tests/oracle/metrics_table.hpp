// Reads the tables that metrics.py wrote, and holds a figure against its case.
#pragma once

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/result.hpp"
#include "support/catch.hpp"

namespace oracle {

/// One evaluation: its columns, and what each figure ought to be.
struct metric_case {
    std::string name;
    std::map<std::string, std::string> lines;
    std::set<std::string> decided;  ///< averages from which undefined classes were left out

    [[nodiscard]] bool has(const std::string& key) const { return lines.count(key) != 0; }
    [[nodiscard]] const std::string& expected(const std::string& key) const {
        const auto found = lines.find(key);
        if (found == lines.end()) throw std::runtime_error(name + ": no " + key);
        return found->second;
    }
    [[nodiscard]] std::vector<double> numbers(const std::string& key) const {
        std::vector<double> column;
        if (!has(key)) return column;
        std::istringstream in(expected(key));
        for (std::string word; in >> word;) column.push_back(std::strtod(word.c_str(), nullptr));
        return column;
    }
    [[nodiscard]] std::vector<std::int32_t> integers(const std::string& key) const {
        std::vector<std::int32_t> column;
        for (const double value : numbers(key)) column.push_back(static_cast<std::int32_t>(value));
        return column;
    }
    /// The parts of a list "0.5 | undefined zero denominator".
    [[nodiscard]] std::vector<std::string> list(const std::string& key) const {
        std::vector<std::string> parts;
        const std::string& text = expected(key);
        for (std::size_t from = 0; from <= text.size();) {
            const std::size_t to = std::min(text.find(" | ", from), text.size());
            parts.push_back(text.substr(from, to - from));
            from = to + 3;
        }
        return parts;
    }
};

/// The cases of tests/oracle/metrics_`table`.txt.
inline const std::vector<metric_case>& metric_cases(const std::string& table) {
    static std::map<std::string, std::vector<metric_case>> read;
    auto& cases = read[table];
    if (!cases.empty()) return cases;
    const std::string path =
        std::string(LEEWAY_SOURCE_DIR) + "/tests/oracle/metrics_" + table + ".txt";
    std::ifstream in(path);
    if (!in) throw std::runtime_error("cannot read " + path);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const std::size_t space = std::min(line.find(' '), line.size());
        std::string key = line.substr(0, space);
        const std::string rest = space < line.size() ? line.substr(space + 1) : "";
        if (key == "case") {
            cases.push_back({rest, {}, {}});
            continue;
        }
        if (key.back() == '*') {
            key.pop_back();
            cases.back().decided.insert(key);
        }
        cases.back().lines[key] = rest;
    }
    return cases;
}

/// How many figures were held against a number of the judge's own: a test asks that there were
/// some.
struct tally {
    std::size_t values{0};
    std::size_t undefined{0};
};

/// Within 1e-12 of the expected value, relatively, which leaves scikit-learn's plain sums their
/// rounding; `absolute` where it computes the figure from a difference of larger numbers.
inline void check_text(const std::string& expected, const leeway::estimate& figure, tally& seen,
                       double absolute) {
    constexpr std::string_view word = "undefined ";
    if (expected.compare(0, word.size(), word) == 0) {
        ++seen.undefined;
        REQUIRE(!figure.defined());
        CHECK(std::string(leeway::to_string(*figure.reason())) == expected.substr(word.size()));
        return;
    }
    ++seen.values;
    REQUIRE(figure.defined());
    const double value = std::strtod(expected.c_str(), nullptr);
    if (std::isinf(value)) {
        CHECK(figure.value() == value);
        return;
    }
    CHECK(std::fabs(figure.value() - value) <= 1e-12 * std::fabs(value) + absolute);
    if (figure.has_interval()) {
        CHECK(figure.lower() <= figure.value());
        CHECK(figure.value() <= figure.upper());
    }
}

inline void check(const metric_case& from, const std::string& key, const leeway::estimate& figure,
                  tally& seen, double absolute = 0) {
    INFO("case '" << from.name << "', " << key << " expected " << from.expected(key));
    check_text(from.expected(key), figure, seen, absolute);
}

/// The ends of an interval against KEY_lower and KEY_upper, within 1e-9; false when the case has
/// none.
inline bool check_ends(const metric_case& from, const std::string& key,
                       const leeway::estimate& figure, double tolerance = 1e-9) {
    if (!from.has(key + "_lower")) return false;
    INFO("case '" << from.name << "', " << key << ", from " << from.expected(key + "_lower")
                  << " to " << from.expected(key + "_upper"));
    REQUIRE(figure.has_interval());
    CHECK(figure.lower() ==
          Approx(from.numbers(key + "_lower").at(0)).epsilon(tolerance).margin(tolerance));
    CHECK(figure.upper() ==
          Approx(from.numbers(key + "_upper").at(0)).epsilon(tolerance).margin(tolerance));
    return true;
}

inline void check(const metric_case& from, const std::string& key,
                  const std::vector<leeway::estimate>& figures, tally& seen) {
    INFO("case '" << from.name << "', " << key << " expected " << from.expected(key));
    const auto parts = from.list(key);
    REQUIRE(parts.size() == figures.size());
    for (std::size_t c = 0; c < parts.size(); ++c) check_text(parts[c], figures[c], seen, 0);
}

}  // namespace oracle
