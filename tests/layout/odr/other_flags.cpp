#include "sizes.hpp"

std::vector<seen_size> other_sizes() {
    return sizes();
}
