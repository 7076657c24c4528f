// What most sources include of the standard library, compiled once. A source still includes what it
// uses: embedded in another project, or with CMAKE_DISABLE_PRECOMPILE_HEADERS, it compiles as well.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>
