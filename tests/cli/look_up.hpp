// "columns.amount.tests.chi_squared.p_value": a value inside a JSON text.
#pragma once

#include <string_view>

#include "support/json.hpp"

namespace support {

/// Members by key, elements by index or by the text of their "name".
const json& look_up(const json& root, std::string_view path);

}  // namespace support
