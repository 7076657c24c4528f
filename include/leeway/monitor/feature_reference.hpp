// One channel of a reference: a feature, or the score.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A category's code with the text it stands for, as the builder was told it.
struct known_category {
    double code{0};
    std::string text;

    friend bool operator==(const known_category&, const known_category&) = default;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("code", self.code);
        visit("text", self.text);
    }
};

/// What the training rows looked like in one column: frozen bins with their counts, mean and
/// spread of the finite values, extremes, lag-1 autocorrelation, and the categories' texts.
///
/// Converts to its binned_counts, so that a drift test reads test(reference["amount"], current).
/// Immutable once made by a reference_builder; safe to read from any thread.
class feature_reference {
  public:
    feature_reference() = default;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }
    [[nodiscard]] feature_kind kind() const noexcept { return counts_.bins().kind(); }
    [[nodiscard]] const binned_counts& counts() const noexcept { return counts_; }
    operator const binned_counts&() const noexcept { return counts_; }
    [[nodiscard]] const binning& bins() const noexcept { return counts_.bins(); }

    /// Rows seen, missing ones included.
    [[nodiscard]] std::uint64_t rows() const noexcept { return counts_.total(); }
    [[nodiscard]] std::uint64_t missing() const noexcept { return counts_.missing(); }
    /// Share of rows in which the value was missing; 0 for no rows.
    [[nodiscard]] double missing_rate() const noexcept;

    /// Of the finite values; undefined when there were none, and for categories.
    [[nodiscard]] estimate mean() const;
    [[nodiscard]] estimate standard_deviation() const;
    [[nodiscard]] estimate minimum() const;
    [[nodiscard]] estimate maximum() const;
    /// Autocorrelation of neighbouring rows, in the order in which they were given.
    [[nodiscard]] estimate lag_one() const;

    /// Texts of the categories, by ascending code; those without a text are whole numbers.
    [[nodiscard]] std::span<const known_category> categories() const noexcept {
        return categories_;
    }
    /// What a bin holds, for people: "[1.5, 3)", "4", "DE", "other", "missing", "non-finite",
    /// "unseen".
    [[nodiscard]] std::string label(std::size_t bin) const;
    /// Numeric: the upper end of a regular bin (an interval does not hold it; of a bin of values it
    /// is the largest). Absent for the open last interval, for categories and behind the regular
    /// bins.
    [[nodiscard]] std::optional<double> upper(std::size_t bin) const noexcept;

    friend bool operator==(const feature_reference&, const feature_reference&) = default;

    [[nodiscard]] std::string defect() const;

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("name", self.name_);
        visit("counts", self.counts_);
        visit("finite", self.finite_);
        visit("mean", self.mean_);
        visit("standard_deviation", self.standard_deviation_);
        visit("minimum", self.minimum_);
        visit("maximum", self.maximum_);
        visit("lag_one_known", self.lag_one_known_);
        visit("lag_one", self.lag_one_);
        visit("categories", self.categories_);
    }

  private:
    friend class reference_builder;

    [[nodiscard]] bool summarised() const noexcept {
        return kind() == feature_kind::numeric && finite_ > 0;
    }

    std::string name_;
    binned_counts counts_;
    std::uint64_t finite_{0};  // values behind mean_ .. maximum_
    double mean_{0};
    double standard_deviation_{0};
    double minimum_{0};
    double maximum_{0};
    bool lag_one_known_{false};
    double lag_one_{0};
    std::vector<known_category> categories_;
};

}  // namespace leeway::inline v0
