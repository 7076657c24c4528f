// A read-out is pure: calling one and dropping the answer is a mistake.
//
// expect: nodiscard
#include "leeway/core/result.hpp"

int main() {
    const auto auc = leeway::estimate::of(0.9, 100);
#ifdef LEEWAY_BAD_TWIN
    auc.value_or(0.5);
#else
    return auc.value_or(0.5) < 0.8;
#endif
}
