// Gates that hold a model against another one's column of the same file.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "cli/gate_report.hpp"
#include "cli/gate_slices.hpp"
#include "cli/gates_file.hpp"
#include "cli/model_comparison.hpp"
#include "cli/model_pair.hpp"
#include "cli/row_counts.hpp"

namespace leeway::cli {

class baseline_judge {
  public:
    /// Reads and compares what the gates of the file name; it must outlive this.
    baseline_judge(const gates_file& file, const std::string& data);

    /// One gate against the baseline: over all rows, or a verdict a slice.
    [[nodiscard]] std::vector<judged> operator()(const gate_spec& spec) const;
    /// Rows that both models have; none where no gate is against a baseline.
    [[nodiscard]] const std::optional<row_counts>& counts() const noexcept { return counts_; }

  private:
    /// Of all gates of one column of slices (empty: all rows).
    void read(const std::string& column, const std::string& data);
    /// Of all rows, or of a slice, and at the same time of all gates: the bootstrap's replicates
    /// are many, and are held for one slice only.
    void compare(const model_pair& models, const std::string& column, const std::string& slice,
                 const pairing& how);

    const gates_file& file_;
    bool same_predictions_{false};
    std::optional<row_counts> counts_{};
    std::map<const gate_spec*, std::vector<sliced_figure>> found_{};
};

}  // namespace leeway::cli
