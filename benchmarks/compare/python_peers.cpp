#include "compare/python_peers.hpp"

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace bench {

namespace {

/// The system's Python comes first: that is where Debian's python3-sklearn lives.
std::string python_with_peers() {
    for (const std::string candidate : {"/usr/bin/python3", "python3"}) {
        const std::string probe = candidate + " -c 'import sklearn, scipy' >/dev/null 2>&1";
        if (std::system(probe.c_str()) == 0) return candidate;
    }
    std::fprintf(stderr,
                 "no Python with scikit-learn and SciPy found: their rows are left out "
                 "(Debian: apt-get install python3-sklearn python3-scipy)\n");
    return {};
}

}  // namespace

std::map<std::string, peer_answer> python_peers(const std::vector<named_array>& arrays,
                                                const std::vector<std::string>& jobs) {
    static const std::string python = python_with_peers();
    std::map<std::string, peer_answer> answers;
    if (python.empty()) return answers;

    std::string pattern = (std::filesystem::temp_directory_path() / "leeway_bench_XXXXXX").string();
    if (mkdtemp(pattern.data()) == nullptr) return answers;
    const std::filesystem::path folder = pattern;
    for (const auto& array : arrays) {
        std::ofstream file(folder / array.file, std::ios::binary);
        file.write(reinterpret_cast<const char*>(array.bytes.data()),
                   static_cast<std::streamsize>(array.bytes.size()));
    }
    std::string command = python + " '" LEEWAY_PEERS_SCRIPT "' '" + folder.string() + "'";
    for (const auto& job : jobs) command += " " + job;
    if (std::FILE* pipe = popen(command.c_str(), "r")) {
        char text[512];
        while (std::fgets(text, sizeof text, pipe) != nullptr) {
            std::istringstream in(text);
            std::string name;
            peer_answer answer;
            in >> name >> answer.seconds;
            for (double value = 0; in >> value;) answer.values.push_back(value);
            answers[name] = answer;
        }
        if (pclose(pipe) != 0) std::fprintf(stderr, "a Python peer failed: its row is left out\n");
    }
    std::filesystem::remove_all(folder);
    return answers;
}

}  // namespace bench
