// A table that is printed as it is filled, for a terminal or as Markdown.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <vector>

namespace validity {

class table {
  public:
    table(const char* title, std::vector<std::string> heads, bool markdown)
        : heads_(std::move(heads)), markdown_(markdown) {
        std::printf(markdown_ ? "\n**%s**\n\n" : "\n%s\n", title);
        print(heads_);
        if (markdown_) print(std::vector<std::string>(heads_.size(), "---"));
    }

    void row(const std::vector<std::string>& cells) const { print(cells); }

  private:
    void print(const std::vector<std::string>& cells) const {
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (markdown_) {
                std::printf("| %s ", cells[i].c_str());
            } else {
                std::printf(i == 0 ? "  %-44s" : " %14s", cells[i].c_str());
            }
        }
        std::printf(markdown_ ? "|\n" : "\n");
        std::fflush(stdout);
    }

    std::vector<std::string> heads_;
    bool markdown_;
};

/// 12345.6 -> "12,346"; a figure below ten keeps digits.
inline std::string figure(double value) {
    char text[64];
    std::snprintf(text, sizeof text, value < 1 ? "%.3f" : value < 10 ? "%.2f" : "%.0f", value);
    const std::string digits = text;
    if (value < 1'000) return digits;
    std::string grouped;
    for (std::size_t i = 0; i < digits.size(); ++i) {
        if (i > 0 && (digits.size() - i) % 3 == 0) grouped += ',';
        grouped += digits[i];
    }
    return grouped;
}

/// A number of runs or alarms.
inline std::string whole(double value) {
    return value < 10 ? std::to_string(static_cast<int>(value)) : figure(value);
}

}  // namespace validity
