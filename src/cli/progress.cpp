#include "cli/progress.hpp"

#include <unistd.h>

#include <cstdio>

namespace leeway::cli {

progress::progress() : terminal_(::isatty(STDERR_FILENO) == 1) {}

progress::~progress() {
    erase();
}

void progress::report(const std::string& what, std::uint64_t done, std::uint64_t total) {
    if (!terminal_) return;
    const std::unique_lock lock(mutex_, std::try_to_lock);
    const auto now = std::chrono::steady_clock::now();
    if (!lock || now - last_ < std::chrono::milliseconds(100)) return;
    last_ = now;
    shown_ = true;
    if (total > 0) {
        std::fprintf(stderr, "\r\033[K%s  %.0f %%", what.c_str(),
                     100.0 * static_cast<double>(done) / static_cast<double>(total));
    } else {
        std::fprintf(stderr, "\r\033[K%s  %.1f MB", what.c_str(), static_cast<double>(done) / 1e6);
    }
    std::fflush(stderr);
}

std::function<void(std::uint64_t, std::uint64_t)> progress::of(const std::string& what) {
    if (!terminal_) return {};
    return [this, what](std::uint64_t done, std::uint64_t total) { report(what, done, total); };
}

void progress::erase() {
    const std::scoped_lock lock(mutex_);
    if (!shown_) return;
    shown_ = false;
    std::fputs("\r\033[K", stderr);
    std::fflush(stderr);
}

}  // namespace leeway::cli
