// With -ffast-math isnan() folds to false and compensated sums are optimised away: refused.
//
// expect: -ffast-math and -ffinite-math-only make both wrong
// bad flags: -ffast-math
#include "leeway/core/numeric.hpp"

int main() {}
