#include "cli/calibrators.hpp"

#include <cstddef>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "leeway/core/state_file.hpp"

namespace leeway::cli {

namespace {

template <class Calibrator>
any_calibrator fitted(std::span<const double> scores, std::span<const double> labels,
                      std::span<const double> weights) {
    return Calibrator::fit(scores, labels, weights);
}

any_calibrator of_logits(std::span<const double> scores, std::span<const double> labels,
                         std::span<const double> weights) {
    return platt_calibrator::fit(scores, labels, weights, score_kind::probability);
}

constexpr calibration_method methods[] = {
    {"isotonic", false, fitted<isotonic_calibrator>},
    {"platt", false, fitted<platt_calibrator>},
    {"platt_logit", true, of_logits},
    {"temperature", true, fitted<temperature_scaling>},
    {"beta", true, fitted<beta_calibrator>},
};

/// The kind that a state file names; empty when it names none.
std::string kind_in(const std::string& path) {
    const auto bytes = detail::read_whole_file(path);
    if (!bytes || !looks_saved(path)) return {};
    detail::byte_reader file(*bytes);
    (void)file.raw(8);  // the magic
    (void)file.u32();   // the version
    const std::string kind = file.raw(file.u32());
    return file.ok() ? kind : "";
}

template <class Calibrator, class... Others>
any_calibrator load_kind(const std::string& path, std::string_view kind) {
    if constexpr (sizeof...(Others) > 0) {
        if (kind != Calibrator::kind) return load_kind<Others...>(path, kind);
    }
    return take(load<Calibrator>(path));
}

}  // namespace

std::span<const calibration_method> calibration_methods() {
    return methods;
}

double calibrated(const any_calibrator& by, double score) {
    return std::visit([&](const auto& calibrator) { return calibrator(score); }, by);
}

std::string_view kind_of(const any_calibrator& calibrator) {
    return std::visit([](const auto& one) { return one.kind; }, calibrator);
}

bool converged(const any_calibrator& calibrator) {
    return std::visit(
        [](const auto& one) {
            if constexpr (requires { one.converged(); }) {
                return one.converged();
            } else {
                return true;
            }
        },
        calibrator);
}

std::vector<std::pair<std::string_view, double>> parameters_of(const any_calibrator& calibrator) {
    if (const auto* isotonic = std::get_if<isotonic_calibrator>(&calibrator)) {
        return {{"points", static_cast<double>(isotonic->scores().size())}};
    }
    if (const auto* platt = std::get_if<platt_calibrator>(&calibrator)) {
        return {{"slope", platt->slope()}, {"intercept", platt->intercept()}};
    }
    if (const auto* temperature = std::get_if<temperature_scaling>(&calibrator)) {
        return {{"temperature", temperature->temperature()}};
    }
    const auto& beta = std::get<beta_calibrator>(calibrator);
    return {{"a", beta.a()}, {"b", beta.b()}, {"c", beta.c()}};
}

void save_calibrator(const any_calibrator& calibrator, const std::string& path) {
    std::visit([&](const auto& one) { save(one, path); }, calibrator);
}

any_calibrator load_calibrator(const std::string& path) {
    const std::string kind = kind_in(path);
    const bool known = kind.empty() || kind == isotonic_calibrator::kind ||
                       kind == platt_calibrator::kind || kind == temperature_scaling::kind ||
                       kind == beta_calibrator::kind;
    if (!known) {
        throw failure(path + ": holds a '" + kind.substr(0, 40) +
                      "', expected a calibrator (leeway calibrate)");
    }
    // Of a file that is none the last says what is wrong with it.
    return load_kind<isotonic_calibrator, platt_calibrator, temperature_scaling, beta_calibrator>(
        path, kind);
}

void apply_calibrator(const std::string& path, outcomes& rows) {
    const any_calibrator calibrator = load_calibrator(path);
    for (double& score : rows.score) score = calibrated(calibrator, score);
    rows.calibrator = std::string(kind_of(calibrator));
}

}  // namespace leeway::cli
