#include "sizes.hpp"

std::vector<seen_size> plain_sizes() {
    return sizes();
}
