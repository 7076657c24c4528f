// What most tests include: Catch2, the standard library, the laws and the oracles' tables. A test
// still includes what it uses: without precompiled headers (CMAKE_DISABLE_PRECOMPILE_HEADERS) it
// compiles as well. That public headers do so is what ./dev lint checks.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

#include "laws/metric.hpp"
#include "oracle/metrics_table.hpp"
#include "support/catch.hpp"
