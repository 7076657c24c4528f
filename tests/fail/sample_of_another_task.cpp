// A class and a score are both numbers; the sample types keep them apart.
//
// expect: no matching function for call|no matching member function for call
#include "leeway/accumulators/confusion_matrix.hpp"

int main() {
    leeway::confusion_matrix counts(2);
#ifdef LEEWAY_BAD_TWIN
    counts.update(leeway::probability_outcome{.label = 1, .score = 0.9});
#else
    counts.update(leeway::class_outcome{.label = 1, .prediction = 1});
#endif
}
