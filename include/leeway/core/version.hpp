// Library version, and the one compile-time condition that every header relies on.
#pragma once

#include <string_view>

#if defined(__FAST_MATH__) || (defined(__FINITE_MATH_ONLY__) && __FINITE_MATH_ONLY__)
#error \
    "leeway counts NaN and infinity and uses compensated sums: -ffast-math and -ffinite-math-only make both wrong. Compile this file without them."
#endif

namespace leeway::inline v0 {

inline constexpr std::string_view version = "0.1.0";

}  // namespace leeway::inline v0
