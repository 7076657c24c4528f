// Which columns a model reads, in the order in which rows carry them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/binning.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A feature's name and, where it was told, its kind.
struct schema_column {
    std::string name;
    std::optional<feature_kind> kind{};  ///< absent: suggest_kind decides from the training values

    friend bool operator==(const schema_column&, const schema_column&) = default;
};

/// The features of a row, in order: schema{}.numeric("amount").categorical("country").
///
/// An empty or repeated name raises std::invalid_argument. A categorical feature travels in a row
/// of doubles as category_code(text), or as the host's own small whole numbers.
/// Thread rule: a value; build it before it is shared.
class schema {
  public:
    schema& numeric(std::string name) { return add(std::move(name), feature_kind::numeric); }
    schema& categorical(std::string name) {
        return add(std::move(name), feature_kind::categorical);
    }
    /// Kind not told: suggested from the data when the reference is built.
    schema& feature(std::string name) { return add(std::move(name), std::nullopt); }

    [[nodiscard]] std::size_t size() const noexcept { return columns_.size(); }
    [[nodiscard]] std::span<const schema_column> columns() const noexcept { return columns_; }
    [[nodiscard]] const schema_column& operator[](std::size_t i) const { return columns_[i]; }

    /// Position of a name; an unknown one raises a sentence that suggests the nearest.
    [[nodiscard]] std::size_t index(std::string_view name) const;

    friend bool operator==(const schema&, const schema&) = default;

  private:
    schema& add(std::string name, std::optional<feature_kind> kind);

    std::vector<schema_column> columns_;
};

/// A kind for a column whose kind was not told, and why.
struct kind_suggestion {
    feature_kind kind{feature_kind::numeric};
    std::string reason;  ///< "7 distinct whole numbers: call it categorical if they are codes"
};

/// Categorical when the values are text codes (category_code of something that is not a number),
/// numeric otherwise. Numbers are never guessed to be codes: the reason says when they may be.
/// Cost: O(n log n).
[[nodiscard]] kind_suggestion suggest_kind(std::span<const double> values);

namespace detail {
/// Raises "where: there is no <what> named 'x' (did you mean 'y'?)". Nearest by edit distance.
[[noreturn]] void raise_unknown_name(std::string_view where, std::string_view what,
                                     std::string_view name, std::span<const std::string> known);
}  // namespace detail

}  // namespace leeway::inline v0
