#include "export/exposition.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "export/utf8.hpp"
#include "leeway/core/error.hpp"

namespace leeway::inline v0::detail {

namespace {

constexpr std::string_view own_labels[] = {
    "actual", "bin",  "feature",   "kind",   "le",           "library_version",
    "method", "name", "predicted", "reason", "reference_id", "state"};

bool valid_label_name(std::string_view name) {
    const auto letter = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    return !name.empty() && letter(name.front()) && name.substr(0, 2) != "__" &&
           std::all_of(name.begin(), name.end(),
                       [&](char c) { return letter(c) || (c >= '0' && c <= '9'); });
}

void append_label(std::string& out, std::string_view name, std::string_view value) {
    if (!out.empty()) out += ',';
    out.append(name).append("=\"");
    for_each_utf8(value, [&](std::string_view character) {
        if (character == "\n") {
            out += "\\n";
        } else {
            if (character == "\"" || character == "\\") out += '\\';
            out += character;
        }
    });
    out += '"';
}

std::string shortest(double value) {
    char buffer[32];
    const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
    return std::string(buffer, end.ptr);
}

std::string_view word_of(exposition::type kind) {
    return kind == exposition::type::counter ? "counter"
           : kind == exposition::type::gauge ? "gauge"
                                             : "histogram";
}

}  // namespace

exposition::exposition(const std::vector<std::pair<std::string, std::string>>& constant) {
    for (std::size_t i = 0; i < constant.size(); ++i) {
        const std::string& name = constant[i].first;
        if (!valid_label_name(name)) {
            raise_invalid("to_prometheus", "label name", name,
                          "letters, digits and '_', not a digit or '__' first");
        }
        const bool taken =
            std::find(std::begin(own_labels), std::end(own_labels), name) != std::end(own_labels);
        const bool twice = std::any_of(constant.begin(), constant.begin() + static_cast<long>(i),
                                       [&](const auto& other) { return other.first == name; });
        if (taken || twice) {
            raise_invalid(
                "to_prometheus", "label name", name,
                taken ? "a name that the exporter does not use itself" : "each name once");
        }
        append_label(constant_, name, constant[i].second);
    }
}

exposition::family exposition::add_family(std::string_view name, type kind, std::string_view help) {
    families_.push_back({std::string(name), kind, std::string(help), {}});
    return families_.size() - 1;
}

void exposition::add(family to, const label_list& labels, double value) {
    if (std::isfinite(value)) add_line(to, {}, labels, shortest(value));
}

void exposition::add_part(family to, std::string_view suffix, const label_list& labels,
                          double value) {
    if (std::isfinite(value)) add_line(to, suffix, labels, shortest(value));
}

void exposition::add_line(family to, std::string_view suffix, const label_list& labels,
                          const std::string& value) {
    std::string inside = constant_;
    for (const auto& [name, content] : labels) append_label(inside, name, content);
    std::string line = families_[to].name;
    line += suffix;
    if (!inside.empty()) line += '{' + inside + '}';
    if (!seen_.insert(line).second) {
        ++duplicates_;
        return;
    }
    line += ' ' + value + '\n';
    families_[to].samples.push_back({std::move(line), groups_});
}

std::string exposition::page(std::size_t most_series, family dropped) {
    std::vector<std::size_t> sizes(groups_ + 1);
    std::size_t total = 0;
    for (const metric_family& each : families_) {
        for (const sample& line : each.samples) ++sizes[line.group];
        total += each.samples.size();
    }
    std::size_t kept = 0;
    std::size_t kept_groups = 0;
    // One series is set aside for the count of those that were dropped.
    while (kept_groups < sizes.size() && kept + sizes[kept_groups] + 1 <= most_series) {
        kept += sizes[kept_groups++];
    }
    groups_ = 0;
    add(dropped, {}, total - kept + duplicates_);
    families_[dropped].samples.back().group = 0;

    std::string out;
    for (const metric_family& each : families_) {
        const bool own = &each == &families_[dropped];
        bool first = true;
        for (const sample& line : each.samples) {
            if (line.group >= kept_groups && !own) continue;
            if (first) {
                out.append("# HELP ").append(each.name).append(" ").append(each.help);
                out.append("\n# TYPE ").append(each.name).append(" ");
                out.append(word_of(each.kind)).append("\n");
                first = false;
            }
            out += line.line;
        }
    }
    return out;
}

}  // namespace leeway::inline v0::detail
