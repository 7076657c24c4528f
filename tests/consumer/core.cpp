// Header-only leeway: a metric and a drift distance, with and without exceptions.
#include <cmath>
#include <cstdio>
#include <vector>

#include "leeway/leeway.hpp"

namespace {

int failures = 0;

void check(bool condition, const char* what) {
    if (condition) return;
    std::printf("failed: %s\n", what);
    ++failures;
}

}  // namespace

int main() {
    leeway::confusion_matrix outcomes(2);
    for (int row = 0; row < 10; ++row) outcomes.update({.label = row % 2, .prediction = row < 6});
    check(outcomes.total() == 10, "ten outcomes were counted");

    const auto accuracy = leeway::accuracy{}(outcomes);
    check(accuracy.defined() && accuracy.value() == 0.5, "accuracy is 5 / 10");
    check(!leeway::accuracy{}(leeway::confusion_matrix(2)).defined(), "no rows, no accuracy");

    leeway::binned_counts reference(leeway::binning::intervals({0.25, 0.5, 0.75}));
    leeway::binned_counts current(reference.shared_bins());
    for (int i = 0; i < 1000; ++i) {
        const double uniform = (i + 0.5) / 1000;
        reference.update(uniform);
        current.update(uniform * uniform);
    }
    const auto same = leeway::population_stability_index::distance(reference, reference);
    const auto moved = leeway::population_stability_index::distance(reference, current);
    check(same.defined() && same.value() == 0, "a state against itself shows no drift");
    check(moved.defined() && moved.value() > 0.1 && moved.value() < 1,
          "a squared uniform has drifted");
    return failures;
}
