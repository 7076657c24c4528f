// The size of every public type that one library may hand to another, as one translation unit sees
// it.
#pragma once

#include <cstddef>
#include <vector>

#include "leeway/leeway.hpp"

struct seen_size {
    const char* type;
    std::size_t bytes;  ///< size and alignment
};

std::vector<seen_size> plain_sizes();
std::vector<seen_size> other_sizes();

namespace {

template <class T>
seen_size size_of(const char* type) {
    return {type, sizeof(T) * 1024 + alignof(T)};
}

[[maybe_unused]] std::vector<seen_size> sizes() {
    return {size_of<leeway::estimate>("estimate"),
            size_of<leeway::drift_result>("drift_result"),
            size_of<leeway::rejections>("rejections"),
            size_of<leeway::binning>("binning"),
            size_of<leeway::binned_counts>("binned_counts"),
            size_of<leeway::moments>("moments"),
            size_of<leeway::log_linear_histogram>("log_linear_histogram"),
            size_of<leeway::confusion_matrix>("confusion_matrix"),
            size_of<leeway::score_table>("score_table"),
            size_of<leeway::scored_outcomes>("scored_outcomes")};
}

}  // namespace
