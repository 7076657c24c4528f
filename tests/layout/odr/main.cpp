#include <cstdio>

#include "sizes.hpp"

int main() {
    const auto plain = plain_sizes();
    const auto other = other_sizes();
    int different = 0;
    for (std::size_t i = 0; i < plain.size(); ++i) {
        if (plain[i].bytes == other[i].bytes) continue;
        std::printf("%s differs in size or alignment under other flags\n", plain[i].type);
        ++different;
    }
    return different;
}
