// A strict reader of the Prometheus text format, for tests: it refuses what a server or a linter
// would (and duplicate series, which promtool lets pass), by throwing std::runtime_error.
#pragma once

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <limits>
#include <map>
#include <set>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace support {

class prometheus_page {
  public:
    using labels = std::map<std::string, std::string>;
    struct sample {
        std::string name;
        labels label;
        double value{0};
    };
    struct family {
        std::string name;
        std::string type;
        std::string help;
        std::vector<sample> samples;
    };

    static prometheus_page parse(std::string_view text) {
        prometheus_page page;
        while (!text.empty()) {
            const std::size_t end = text.find('\n');
            if (end == text.npos) fail("the last line has no end", text);
            page.take_line(text.substr(0, end));
            text.remove_prefix(end + 1);
        }
        for (const family& each : page.families) page.check(each);
        return page;
    }

    const family* find(std::string_view name) const {
        for (const family& each : families) {
            if (each.name == name) return &each;
        }
        return nullptr;
    }

    /// The value of the one series with this name that has all these labels (and maybe more).
    double value(std::string_view name, const labels& wanted = {}) const {
        const sample* found = nullptr;
        for (const family& each : families) {
            for (const sample& one : each.samples) {
                const bool fits = one.name == name &&
                                  std::all_of(wanted.begin(), wanted.end(), [&](const auto& label) {
                                      const auto at = one.label.find(label.first);
                                      return at != one.label.end() && at->second == label.second;
                                  });
                if (!fits) continue;
                if (found) fail("more than one series fits", name);
                found = &one;
            }
        }
        if (!found) fail("no such series", name);
        return found->value;
    }

    std::size_t series() const {
        std::size_t n = 0;
        for (const family& each : families) n += each.samples.size();
        return n;
    }

    std::vector<family> families;

  private:
    [[noreturn]] static void fail(const std::string& what, std::string_view where) {
        throw std::runtime_error("prometheus: " + what + ": " + std::string(where));
    }

    static bool snake_case(std::string_view name) {
        return !name.empty() && name.front() >= 'a' && name.front() <= 'z' &&
               std::all_of(name.begin(), name.end(), [](char c) {
                   return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
               });
    }

    void take_line(std::string_view line) {
        if (line.substr(0, 7) == "# HELP ") {
            const std::size_t space = line.find(' ', 7);
            if (space == line.npos || space + 1 == line.size()) fail("no help text", line);
            const std::string name(line.substr(7, space - 7));
            if (find(name)) fail("a family twice", line);
            families.push_back({name, "", std::string(line.substr(space + 1)), {}});
        } else if (line.substr(0, 7) == "# TYPE ") {
            const std::size_t space = line.find(' ', 7);
            if (space == line.npos || families.empty() ||
                line.substr(7, space - 7) != families.back().name ||
                !families.back().type.empty()) {
                fail("a type that does not follow its help", line);
            }
            families.back().type = line.substr(space + 1);
        } else {
            take_sample(line);
        }
    }

    void take_sample(std::string_view line) {
        std::size_t at = line.find_first_of("{ ");
        if (at == line.npos) fail("no value", line);
        sample one{std::string(line.substr(0, at)), {}, 0};
        if (line[at] == '{') {
            ++at;
            while (line.at(at) != '}') take_label(line, at, one.label);
            ++at;
        }
        if (line.at(at) != ' ') fail("no space before the value", line);
        const std::string_view number = line.substr(at + 1);
        const auto done = std::from_chars(number.data(), number.data() + number.size(), one.value);
        if (done.ec != std::errc{} || done.ptr != number.data() + number.size() ||
            !std::isfinite(one.value)) {
            fail("not a finite number", line);
        }
        if (families.empty() || families.back().type.empty()) fail("no family", line);
        if (!seen_.insert(std::string(line.substr(0, at))).second) fail("series twice", line);
        families.back().samples.push_back(one);
    }

    static void take_label(std::string_view line, std::size_t& at, labels& into) {
        const std::size_t equals = line.find("=\"", at);
        if (equals == line.npos) fail("no label value", line);
        const std::string name(line.substr(at, equals - at));
        if (!snake_case(name)) fail("a label name that is not snake_case", line);
        std::string value;
        for (at = equals + 2; line.at(at) != '"'; ++at) {
            if (line[at] == '\\') {
                const char kind = line.at(++at);
                if (kind != '\\' && kind != '"' && kind != 'n') fail("unknown escape", line);
                value += kind == 'n' ? '\n' : kind;
            } else {
                value += line[at];
            }
        }
        ++at;
        if (line.at(at) == ',') ++at;
        if (!into.emplace(name, value).second) fail("a label twice", line);
    }

    void check(const family& each) const {
        if (each.type.empty()) fail("no type", each.name);
        if (each.samples.empty()) fail("no series", each.name);
        if (!snake_case(each.name)) fail("not snake_case", each.name);
        const bool total = each.name.ends_with("_total");
        if (total != (each.type == "counter"))
            fail("_total is for counters, all of them", each.name);
        if (each.type == "histogram") {
            check_histogram(each);
            return;
        }
        if (each.type != "counter" && each.type != "gauge") fail("unknown type", each.name);
        for (const sample& one : each.samples) {
            if (one.name != each.name) fail("a series in another family", one.name);
            if (each.type == "counter" && one.value < 0) fail("a negative counter", one.name);
        }
    }

    static void check_histogram(const family& each) {
        double below = -std::numeric_limits<double>::infinity();
        double cumulative = 0;
        double count = -1;
        bool summed = false;
        bool closed = false;
        for (const sample& one : each.samples) {
            if (one.name == each.name + "_sum") {
                summed = true;
            } else if (one.name == each.name + "_count") {
                count = one.value;
            } else if (one.name == each.name + "_bucket") {
                const std::string& edge = one.label.at("le");
                double upper = std::numeric_limits<double>::infinity();
                if (edge == "+Inf") {
                    closed = true;
                } else {
                    std::from_chars(edge.data(), edge.data() + edge.size(), upper);
                }
                if (!(upper > below) || one.value < cumulative) fail("buckets out of order", edge);
                below = upper;
                cumulative = one.value;
            } else {
                fail("a series in another family", one.name);
            }
        }
        if (!summed || !closed || count != cumulative) fail("an incomplete histogram", each.name);
    }

    std::set<std::string> seen_;
};

}  // namespace support
