// Columns by name: found, or refused with the nearest name.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "cli/csv.hpp"
#include "cli/progress.hpp"

namespace leeway::cli {

/// The place of a column; a failure that suggests the nearest name when there is none.
[[nodiscard]] std::size_t require_column(std::string_view file, std::span<const std::string> header,
                                         std::string_view name);

/// Comma-separated lists as names. A name that is a column as it stands is not split, so a column
/// whose name holds a comma can be asked for.
[[nodiscard]] std::vector<std::string> split_names(const std::vector<std::string>& lists,
                                                   std::span<const std::string> header);

/// "; did you mean 'recall'? There are: precision, recall": for the end of a sentence that says
/// that there is no such name.
[[nodiscard]] std::string there_are(std::string_view name, std::span<const std::string> known);

/// The numbers of a column; a failure naming the first cell that holds text, and the option that
/// asked for numbers.
[[nodiscard]] const std::vector<double>& require_numbers(const csv::table& rows,
                                                         const csv::column& column,
                                                         std::string_view option);

/// The numbers of several columns, row by row.
[[nodiscard]] std::vector<double> row_by_row(const csv::table& rows,
                                             const std::vector<std::string>& columns,
                                             std::string_view option);

/// A failure unless --score names one column. `task` is what follows --task in the sentence:
/// "survival: the risk".
void require_one_score(const std::vector<std::string>& columns, const std::string& task);

/// The named columns of a file; a failure when one is not there.
[[nodiscard]] csv::table read_columns(csv::reader file, std::span<const std::string> names,
                                      progress& shown);

/// Whether the file is a state file, sound or damaged, and not a CSV. Never true of "-".
[[nodiscard]] bool looks_saved(const std::string& path);

}  // namespace leeway::cli
