// A drift test compares two states of one type; counts over bins and a histogram are not.
//
// expect: no match for call|no matching function for call
#include "leeway/accumulators/binned_counts.hpp"
#include "leeway/accumulators/log_linear_histogram.hpp"
#include "leeway/drift/population_stability_index.hpp"

int main() {
    const leeway::binned_counts reference;
#ifdef LEEWAY_BAD_TWIN
    const leeway::log_linear_histogram current(leeway::log_linear_layout::any());
#else
    const leeway::binned_counts current;
#endif
    (void)leeway::population_stability_index{}(reference, current);
}
