// The executable against scikit-learn and SciPy on the same files.
#include <cmath>
#include <map>
#include <string>

#include "look_up.hpp"
#include "run.hpp"
#include "support/catch.hpp"

namespace {

struct figure {
    const char* arguments;
    const char* path;
    double value;
};

const figure figures[] = {
#include "oracle/command_line/expected.inc"
};

}  // namespace

TEST_CASE("evaluate and drift print what scikit-learn and SciPy compute") {
    const support::scratch dir;
    const std::string data = LEEWAY_SOURCE_DIR "/tests/oracle/command_line";
    std::map<std::string, support::json> seen;
    for (const auto& [arguments, path, value] : figures) {
        INFO(arguments << " -> " << path);
        auto found = seen.find(arguments);
        if (found == seen.end()) {
            std::string command = std::string(arguments) + " --format json";
            if (const auto out = command.find("{scratch}"); out != std::string::npos) {
                command.replace(out, 9, dir.path().string());
            }
            const auto run = support::run_leeway_in(data, dir, command);
            REQUIRE(run.err == "");
            REQUIRE(run.code == 0);
            found = seen.emplace(arguments, support::json::parse(run.out)).first;
        }
        const double got = support::look_up(found->second, path).number();
        // Both sum in double, in another order. SciPy's exact Kolmogorov-Smirnov p carries about
        // ten digits.
        const double relative =
            support::contains(path, "kolmogorov_smirnov.p_value") ? 1e-8 : 1e-12;
        CHECK(std::fabs(got - value) <= relative * std::fabs(value));
    }
    CHECK(seen.size() == 28);
}
