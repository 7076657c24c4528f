// The classes of labels that are read once, as they become known.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/streamed_rows.hpp"

namespace leeway::cli {

/// Labels 0 and 1 of a file whose classes become known on the way.
class binary_labels {
  public:
    binary_labels(const input& file, const evaluate_options& options)
        : file_(file),
          given_(options.positive_given),
          classes_(given_ ? std::vector<std::string>{csv::category_text(options.positive)}
                          : std::vector<std::string>{"1", "0"}) {}

    /// -1 where missing.
    [[nodiscard]] std::int32_t at(std::size_t place) {
        std::int32_t found = classes_.find(file_.field(place));
        if (found == categories::missing) return found;
        if (found == categories::unknown) found = admit(place);
        return 1 - found;  // the positive class was named first
    }
    /// Negative, positive.
    [[nodiscard]] std::vector<std::string> names() const {
        const std::string& positive = classes_.names()[0];
        if (classes_.names().size() > 1) return {classes_.names()[1], positive};
        return {positive == "0" ? "1" : "0", positive};
    }

  private:
    [[nodiscard]] std::int32_t admit(std::size_t place);

    const input& file_;
    bool given_;
    categories classes_;
};

/// The classes of a multiclass file: named before the first row, or by the columns of their scores.
class multiclass_labels {
  public:
    multiclass_labels(const input& file, const evaluate_options& options,
                      const std::vector<std::string>& scores);

    /// -1 where missing.
    [[nodiscard]] std::int32_t at(std::size_t place) {
        const std::string_view field = file_.field(place);
        const std::int32_t found = classes_.find(field);
        if (found == categories::missing) return found;
        if (!by_column_) {
            if (found >= 0) return found;
            file_.refuse(place, in_quotes(field) + " is not one of the classes of --classes, " +
                                    listed(names_));
        }
        // Labels in the order in which they came; each has its column.
        if (found >= 0) return column_of_[static_cast<std::size_t>(found)];
        return admit(place);
    }

    /// Those of columns that no label has named so far are class_of_column's.
    [[nodiscard]] std::vector<std::string> names() const;
    [[nodiscard]] const std::vector<std::string>& columns() const noexcept { return columns_; }

  private:
    [[nodiscard]] std::int32_t admit(std::size_t place);

    const input& file_;
    bool by_column_;
    std::vector<std::string> names_;
    std::vector<std::string> columns_;
    categories classes_;
    std::vector<std::int32_t> column_of_;  // by_column_: of each of classes_
};

}  // namespace leeway::cli
