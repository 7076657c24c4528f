#include "oracle/metrics_table.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string_view>

namespace oracle {

bool metric_case::has(const std::string& key) const {
    return lines.count(key) != 0;
}

const std::string& metric_case::expected(const std::string& key) const {
    const auto found = lines.find(key);
    if (found == lines.end()) throw std::runtime_error(name + ": no " + key);
    return found->second;
}

std::vector<double> metric_case::numbers(const std::string& key) const {
    std::vector<double> column;
    if (!has(key)) return column;
    std::istringstream in(expected(key));
    for (std::string word; in >> word;) column.push_back(std::strtod(word.c_str(), nullptr));
    return column;
}

std::vector<std::int32_t> metric_case::integers(const std::string& key) const {
    std::vector<std::int32_t> column;
    for (const double value : numbers(key)) column.push_back(static_cast<std::int32_t>(value));
    return column;
}

std::vector<std::string> metric_case::list(const std::string& key) const {
    std::vector<std::string> parts;
    const std::string& text = expected(key);
    for (std::size_t from = 0; from <= text.size();) {
        const std::size_t to = std::min(text.find(" | ", from), text.size());
        parts.push_back(text.substr(from, to - from));
        from = to + 3;
    }
    return parts;
}

const std::vector<metric_case>& metric_cases(const std::string& table) {
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

void check_text(const std::string& expected, const leeway::estimate& figure, tally& seen,
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

void check(const metric_case& from, const std::string& key, const leeway::estimate& figure,
           tally& seen, double absolute) {
    INFO("case '" << from.name << "', " << key << " expected " << from.expected(key));
    check_text(from.expected(key), figure, seen, absolute);
}

bool check_ends(const metric_case& from, const std::string& key, const leeway::estimate& figure,
                double tolerance) {
    if (!from.has(key + "_lower")) return false;
    INFO("case '" << from.name << "', " << key << ", from " << from.expected(key + "_lower")
                  << " to " << from.expected(key + "_upper"));
    if (std::isnan(from.numbers(key + "_lower").at(0))) {
        CHECK_FALSE(figure.has_interval());
        return true;
    }
    REQUIRE(figure.has_interval());
    CHECK(figure.lower() ==
          Approx(from.numbers(key + "_lower").at(0)).epsilon(tolerance).margin(tolerance));
    CHECK(figure.upper() ==
          Approx(from.numbers(key + "_upper").at(0)).epsilon(tolerance).margin(tolerance));
    return true;
}

void check(const metric_case& from, const std::string& key,
           const std::vector<leeway::estimate>& figures, tally& seen) {
    INFO("case '" << from.name << "', " << key << " expected " << from.expected(key));
    const auto parts = from.list(key);
    REQUIRE(parts.size() == figures.size());
    for (std::size_t c = 0; c < parts.size(); ++c) check_text(parts[c], figures[c], seen, 0);
}

}  // namespace oracle
