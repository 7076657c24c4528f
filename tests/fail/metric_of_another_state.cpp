// The area under the ROC curve is not a function of a confusion matrix.
//
// expect: no match for call|no matching function for call
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/score_table.hpp"
#include "leeway/metrics/roc_auc.hpp"

int main() {
#ifdef LEEWAY_BAD_TWIN
    const leeway::confusion_matrix state(2);
#else
    const leeway::score_table state;
#endif
    (void)leeway::roc_auc{}(state);
}
