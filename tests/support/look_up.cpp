#include "cli/look_up.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace support {

const json& look_up(const json& root, std::string_view path) {
    const json* at = &root;
    while (!path.empty()) {
        std::size_t dot = std::min(path.find('.'), path.size());
        // A key may hold dots itself (f_beta_0.5).
        while (at->is_object() && dot < path.size() && !at->contains(path.substr(0, dot)))
            dot = std::min(path.find('.', dot + 1), path.size());
        const std::string_view step = path.substr(0, dot);
        path.remove_prefix(std::min(dot + 1, path.size()));
        if (at->is_object()) {
            at = &(*at)[step];
            continue;
        }
        const json* found = nullptr;
        std::size_t index = 0;
        const auto [end, problem] = std::from_chars(step.data(), step.data() + step.size(), index);
        if (problem == std::errc{} && end == step.data() + step.size()) {
            found = &(*at)[index];
        } else {
            for (const json& item : at->items()) {
                if (item["name"].text() == step) found = &item;
            }
        }
        if (found == nullptr) throw std::runtime_error("no '" + std::string(step) + "'");
        at = found;
    }
    return *at;
}

}  // namespace support
