// Files that a command writes beside its output.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace leeway::cli {

/// A failure where `path`, which `option` names, is a file that the command also reads (or writes
/// elsewhere): the data would be lost. Links and other spellings of a path count as the file they
/// lead to; "-" is standard input. Empty paths are no files.
void refuse_overwriting(std::string_view option, const std::string& path,
                        std::initializer_list<std::string> others);

}  // namespace leeway::cli
