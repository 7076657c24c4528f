#include "leeway/monitor/schema.hpp"

#include <algorithm>
#include <cmath>

#include "core/nearest_name.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/radix_sort.hpp"

namespace leeway::inline v0 {

namespace detail {

void raise_unknown_name(std::string_view where, std::string_view what, std::string_view name,
                        std::span<const std::string> known) {
    std::string message(where);
    message.append(": there is no ").append(what).append(" named ").append(shown(name));
    const std::string hint = suggestion(name, known);
    if (!hint.empty()) {
        message.append(hint);
    } else if (known.empty()) {
        message.append("; there is none at all");
    } else {
        message.append("; there are ");
        constexpr std::size_t most = 20;
        for (std::size_t i = 0; i < known.size() && i < most; ++i) {
            message.append(i == 0 ? "" : ", ").append(known[i]);
        }
        if (known.size() > most)
            message.append(" and ").append(shown(known.size() - most) + " more");
    }
    raise(message);
}

}  // namespace detail

schema& schema::add(std::string name, std::optional<feature_kind> kind) {
    if (name.empty()) {
        raise("schema: the name of feature " + detail::shown(columns_.size() + 1) + " is empty");
    }
    for (const schema_column& column : columns_) {
        if (column.name == name) {
            raise("schema: two features are named " + detail::shown(std::string_view(name)));
        }
    }
    columns_.push_back({std::move(name), kind});
    return *this;
}

std::size_t schema::index(std::string_view name) const {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        if (columns_[i].name == name) return i;
        known.push_back(columns_[i].name);
    }
    detail::raise_unknown_name("schema", "feature", name, known);
}

kind_suggestion suggest_kind(std::span<const double> values) {
    constexpr double first_text_code = 0x1p52;
    constexpr double past_text_codes = 0x1p53;
    std::vector<double> finite;
    finite.reserve(values.size());
    std::size_t texts = 0;
    std::size_t whole = 0;
    for (const double value : values) {
        if (!std::isfinite(value)) continue;
        finite.push_back(value + 0.0);
        const bool integral = value == std::floor(value);
        whole += integral ? 1 : 0;
        texts += integral && value >= first_text_code && value < past_text_codes ? 1 : 0;
    }
    if (finite.empty()) return {feature_kind::numeric, "no value at all"};
    if (texts > 0) return {feature_kind::categorical, "values are codes of texts"};
    std::vector<double> scratch(finite.size());
    radix_sort(finite, scratch);
    const auto distinct = static_cast<std::size_t>(
        std::distance(finite.begin(), std::unique(finite.begin(), finite.end())));
    constexpr std::size_t few = 16;
    if (whole == finite.size() && distinct <= few && distinct < finite.size() / 2) {
        return {feature_kind::numeric,
                detail::shown(distinct) +
                    (distinct == 1 ? " distinct whole number" : " distinct whole numbers") +
                    ": call it categorical if they are codes"};
    }
    return {feature_kind::numeric, "numbers"};
}

}  // namespace leeway::inline v0
