// The evaluations of a file that is read once: one of all rows and one of each slice.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "cli/evaluate_bounded.hpp"
#include "cli/outcomes.hpp"
#include "cli/streamed_rows.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"

namespace leeway::cli {

inline constexpr std::size_t most_slice_bytes = std::size_t{1} << 30;

/// A row as it was read.
template <class Sample>
struct parsed {
    Sample sample{};
    bool known{true};  ///< it has a label, and a decision where one is asked for
    std::int32_t slice{categories::missing};
};

/// What is asked of its result().
struct nothing_more {};
template <class Task>
using more_of = std::conditional_t<std::is_same_v<Task, binary_task>, more_binary_figures,
                                   std::conditional_t<std::is_same_v<Task, multiclass_task>,
                                                      more_multiclass_figures, nothing_more>>;

/// One evaluation of all rows and one of each slice, with the rows that never reached them.
template <class Task>
class evaluations {
  public:
    evaluations(const input& file, const std::string& slice_column)
        : file_(file), slice_column_(slice_column), slice_place_(file.place_if(slice_column)) {}

    [[nodiscard]] bool begun() const noexcept { return all_.has_value(); }
    void begin(bounded_evaluation<Task> all, bounded_evaluation<Task> of_slice,
               const more_of<Task>& more) {
        all_.emplace(part{std::move(all), more});
        of_slice_.emplace(part{std::move(of_slice), more});
    }

    /// Of the current row.
    [[nodiscard]] std::int32_t slice() {
        if (!slice_place_) return categories::missing;
        const std::string_view field = file_.field(*slice_place_);
        const std::int32_t known = slices_.find(field);
        if (known != categories::unknown) return known;
        if (slices_.names().size() == most_slices) {
            file_.refuse(*slice_place_, in_quotes(field) + " is one more distinct value than the " +
                                            std::to_string(most_slices) +
                                            " that --slice takes at most");
        }
        return slices_.add(field);
    }

    template <class Sample>
    void give(const parsed<Sample>& row) {
        all_->give(row);
        if (slice_place_) part_of(row.slice).give(row);
    }
    template <class Sample>
    void give_all(const Sample& sample) {
        all_->give(parsed<Sample>{sample});
    }
    template <class Sample>
    void give_slice(const Sample& sample, std::int32_t slice) {
        part_of(slice).give(parsed<Sample>{sample});
    }
    [[nodiscard]] bool sliced() const noexcept { return slice_place_.has_value(); }

    [[nodiscard]] evaluated finish(std::vector<std::string> classes,
                                   std::vector<std::string> score_columns) const {
        report all = all_->figures(classes);
        evaluated found{
            file_.name(), std::move(classes), std::move(score_columns), std::move(all), {}};
        if (!slice_place_) return found;
        for (const std::string& value : in_order(slices_.names())) {
            const auto at = std::find(slices_.names().begin(), slices_.names().end(), value) -
                            slices_.names().begin();
            found.slices.push_back(
                {value, parts_[static_cast<std::size_t>(at)].figures(found.classes)});
        }
        if (without_slice_)
            found.slices.push_back({std::nullopt, without_slice_->figures(found.classes)});
        return found;
    }

  private:
    struct part {
        bounded_evaluation<Task> state;
        more_of<Task> more;
        std::uint64_t rows{0};
        std::uint64_t missing{0};

        template <class Sample>
        void give(const parsed<Sample>& row) {
            ++rows;
            if (row.known) {
                state.update(row.sample);
            } else {
                ++missing;
            }
        }
        [[nodiscard]] report figures(const std::vector<std::string>& classes) const {
            report::content content = result().contents();
            content.rows = rows;
            content.rejected.missing += missing;
            for (std::size_t c = 0; c < content.classes.size() && c < classes.size(); ++c)
                content.classes[c].name = classes[c];
            return report(std::move(content));
        }
        [[nodiscard]] report result() const {
            if constexpr (std::is_same_v<more_of<Task>, nothing_more>) {
                return state.result();
            } else {
                return state.result(more);
            }
        }
    };

    [[nodiscard]] part& part_of(std::int32_t slice) {
        if (slice == categories::missing) {
            if (!without_slice_) without_slice_ = of_slice_;
            return *without_slice_;
        }
        const auto at = static_cast<std::size_t>(slice);
        while (parts_.size() <= at) {
            const std::size_t one = of_slice_->state.bytes();
            if ((parts_.size() + 1) * one > most_slice_bytes) {
                throw failure(file_.name() + ": " + std::to_string(parts_.size() + 1) +
                              " slices of column " + in_quotes(slice_column_) + " need " +
                              std::to_string(one >> 10) +
                              " KiB each, more than 1 GiB; evaluate without --bounded");
            }
            parts_.push_back(*of_slice_);
        }
        return parts_[at];
    }

    const input& file_;
    const std::string& slice_column_;
    std::optional<std::size_t> slice_place_;
    categories slices_;
    std::optional<part> all_;
    std::optional<part> of_slice_;  // empty
    std::vector<part> parts_;
    std::optional<part> without_slice_;
};

}  // namespace leeway::cli
