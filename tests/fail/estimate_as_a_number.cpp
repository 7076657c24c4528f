// An estimate may be undefined, so it is not a number until its value is asked for. Comparing it
// with a number would compare "is defined" with it.
//
// expect: no match for .operator<|invalid operands to binary expression
#include "leeway/core/result.hpp"

int main() {
    const auto auc = leeway::estimate::of(0.9, 100);
#ifdef LEEWAY_BAD_TWIN
    return auc < 0.8;
#else
    return auc.value() < 0.8;
#endif
}
