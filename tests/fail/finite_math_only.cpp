// Half of -ffast-math is enough to lose NaN.
//
// expect: -ffast-math and -ffinite-math-only make both wrong
// bad flags: -ffinite-math-only
#include "leeway/accumulators/binned_counts.hpp"

int main() {}
