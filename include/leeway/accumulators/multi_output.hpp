// One state for each output of a model that predicts several numbers a row.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows of several targets and predictions as the host holds them: row by row.
struct output_rows {
    std::span<const double> target;      ///< rows times outputs numbers
    std::span<const double> prediction;  ///< as many
    std::span<const double> weight{};    ///< one a row; empty: every weight is 1
};

/// A state for each output, filled from row-major columns. Not a state itself: states() are, and
/// are read, saved and merged one by one; metrics/output_average.hpp averages what they say.
///
/// A number that is NaN or infinite is refused by the state of its own output and counts there; the
/// row's other outputs are taken. Columns that do not fit the number of outputs raise, as does
/// merging another number of outputs. Cost and memory: those of the states, and 4 KiB of the stack
/// in a batch. Thread rule: one writer.
template <Accumulator State>
class multi_output {
  public:
    using state_type = State;

    explicit multi_output(std::size_t outputs, const State& empty = State())
        : states_(outputs, empty) {
        if (outputs == 0) raise_invalid("multi_output", "outputs", outputs, "at least 1");
    }

    void update(const output_rows& batch) {
        const std::size_t outputs = states_.size();
        const std::size_t rows = batch.target.size() / outputs;
        if (batch.target.size() % outputs != 0) {
            raise_invalid("multi_output", "target.size()", batch.target.size(),
                          "a multiple of the number of outputs, " + detail::shown(outputs));
        }
        require_length("multi_output", "prediction", batch.prediction.size(), batch.target.size());
        if (!batch.weight.empty() && batch.weight.size() != rows) {
            raise_invalid("multi_output", "weight.size()", batch.weight.size(),
                          "one a row, " + detail::shown(rows) + ", or no column");
        }
        // A block of one output's column at a time, so that the states' batches apply.
        constexpr std::size_t block = 256;
        double target[block];
        double prediction[block];
        for (std::size_t from = 0; from < rows; from += block) {
            const std::size_t count = rows - from < block ? rows - from : block;
            for (std::size_t k = 0; k < outputs; ++k) {
                for (std::size_t i = 0; i < count; ++i) {
                    target[i] = batch.target[(from + i) * outputs + k];
                    prediction[i] = batch.prediction[(from + i) * outputs + k];
                }
                states_[k].update(regression_outcome::columns{
                    .target = std::span<const double>(target, count),
                    .prediction = std::span<const double>(prediction, count),
                    .weight =
                        batch.weight.empty() ? batch.weight : batch.weight.subspan(from, count)});
            }
        }
    }

    void merge(const multi_output& other) {
        if (other.outputs() != outputs()) {
            raise_invalid("multi_output::merge", "outputs", other.outputs(),
                          "as many as here, " + detail::shown(outputs()));
        }
        for (std::size_t k = 0; k < states_.size(); ++k) states_[k].merge(other.states_[k]);
    }

    void reset() noexcept {
        for (State& state : states_) state.reset();
    }

    [[nodiscard]] std::size_t outputs() const noexcept { return states_.size(); }
    [[nodiscard]] std::span<const State> states() const noexcept { return states_; }
    [[nodiscard]] const State& operator[](std::size_t output) const noexcept {
        return states_[output];
    }

    friend bool operator==(const multi_output&, const multi_output&) = default;

  private:
    std::vector<State> states_;
};

}  // namespace leeway::inline v0
