#include "cli/calibrate.hpp"

#include <algorithm>

#include <cmath>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include "cli/calibrators.hpp"
#include "cli/outcomes.hpp"
#include "cli/output_file.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/evaluation/cross_calibrate.hpp"
#include "leeway/evaluation/splits.hpp"

namespace leeway::cli {

namespace {

/// The rows that can be fitted to.
struct calibration_rows {
    std::string file;
    std::uint64_t in_file{0};
    std::vector<std::int32_t> label;
    std::vector<double> target;  ///< the label as a number
    std::vector<double> score;
    std::vector<double> weight;  ///< empty: all 1
    bool probabilities{true};    ///< every score is in [0, 1]
};

struct tried_method {
    const calibration_method* method;
    cross_calibration out_of_fold;
};

constexpr std::pair<std::string_view, calibration_change cross_calibration::*> errors[] = {
    {"log_loss", &cross_calibration::log_loss},
    {"brier_score", &cross_calibration::brier_score},
    {"expected_calibration_error", &cross_calibration::expected_calibration_error},
};

calibration_rows read_rows(const calibrate_options& options) {
    progress shown;
    const outcomes all = read_outcomes(options.rows, shown);
    shown.erase();
    calibration_rows rows;
    rows.file = all.file;
    rows.in_file = all.rows;
    for (std::size_t row = 0; row < all.rows; ++row) {
        const double weight = all.weight.empty() ? 1 : all.weight[row];
        if (!all.known(row) || !std::isfinite(all.score[row]) || !rejections::good_weight(weight)) {
            continue;
        }
        rows.label.push_back(all.label[row]);
        rows.target.push_back(all.label[row]);
        rows.score.push_back(all.score[row]);
        if (!all.weight.empty()) rows.weight.push_back(weight);
        rows.probabilities = rows.probabilities && all.score[row] >= 0 && all.score[row] <= 1;
    }
    if (rows.label.empty()) {
        throw failure(rows.file + ": no row has a label, a finite score and a positive weight");
    }
    return rows;
}

/// The methods asked for; of "all" those that the scores allow.
std::vector<const calibration_method*> methods_for(const calibrate_options& options,
                                                   const calibration_rows& rows) {
    std::vector<const calibration_method*> chosen;
    for (const calibration_method& method : calibration_methods()) {
        const bool possible = rows.probabilities || !method.of_probabilities;
        if (method.name == options.method && !possible) {
            throw failure(rows.file + ": --method " + options.method +
                          " takes probabilities, and a score is outside [0, 1]; use isotonic or "
                          "platt");
        }
        if (method.name == options.method || (options.method == "all" && possible)) {
            chosen.push_back(&method);
        }
    }
    return chosen;
}

cross_calibration out_of_fold(const calibration_method& method, const calibration_rows& rows,
                              std::span<const split> splits) {
    const auto fit = [&](auto scores, auto labels, auto weights) {
        return [calibrator = method.fit(scores, labels, weights)](double score) {
            return calibrated(calibrator, score);
        };
    };
    return cross_calibrate(fit, rows.label, rows.score, splits, rows.weight);
}

/// The lowest log loss out of fold; what is undefined or infinite comes last.
const tried_method& best_of(const std::vector<tried_method>& tried) {
    const auto loss = [](const tried_method& one) {
        const estimate& after = one.out_of_fold.log_loss.after;
        return after ? after.value() : std::numeric_limits<double>::infinity();
    };
    return *std::min_element(
        tried.begin(), tried.end(),
        [&](const tried_method& a, const tried_method& b) { return loss(a) < loss(b); });
}

std::string as_text(const calibrate_options& options, const calibration_rows& rows,
                    const std::vector<tried_method>& tried, const tried_method& best,
                    const any_calibrator& calibrator) {
    using align = detail::text_table::align;
    std::string out = rows.file + ": " + std::to_string(rows.label.size()) + " of " +
                      std::to_string(rows.in_file) + " rows, " + std::to_string(options.folds) +
                      " folds" + (options.seed ? ", shuffled" : ", rows in their order") +
                      "; intervals at 95 % confidence\n\n";
    if (tried.size() > 1) {
        detail::text_table table({{"log loss out of fold", align::left},
                                  {"after", align::left},
                                  {"after - before", align::left}});
        for (const tried_method& one : tried) {
            const calibration_change& change = one.out_of_fold.log_loss;
            table.add({std::string(one.method->name), detail::bracketed_text(change.after, 4),
                       detail::bracketed_text(change.difference, 4)});
        }
        out += table.str() + "\nlowest: " + std::string(best.method->name) + "\n\n";
    }
    detail::text_table table({{std::string(best.method->name) + ", out of fold", align::left},
                              {"before", align::left},
                              {"after", align::left},
                              {"after - before", align::left}});
    for (const auto& [name, member] : errors) {
        const calibration_change& change = best.out_of_fold.*member;
        table.add({std::string(name), detail::bracketed_text(change.before, 3),
                   detail::bracketed_text(change.after, 3),
                   detail::bracketed_text(change.difference, 4)});
    }
    out += table.str() + "\nfitted on all rows (";
    bool first = true;
    for (const auto& [name, value] : parameters_of(calibrator)) {
        out += (std::exchange(first, false) ? "" : ", ") + std::string(name) + " " +
               (name == "points" ? detail::weight_text(value) : detail::figure_text(value));
    }
    if (!converged(calibrator)) out += "; the fit did not converge";
    return out + ") and saved to " + options.out + "\n";
}

void write_errors(detail::json_writer& out, const cross_calibration& found) {
    out.key("metrics").begin_object();
    for (const auto& [name, member] : errors) {
        const calibration_change& change = found.*member;
        out.key(name).begin_object().key("before");
        detail::write_estimate(out, change.before);
        out.key("after");
        detail::write_estimate(out, change.after);
        out.key("difference");
        detail::write_estimate(out, change.difference);
        out.end_object();
    }
    out.end_object();
}

std::string as_json(const calibrate_options& options, const calibration_rows& rows,
                    const std::vector<tried_method>& tried, const tried_method& best,
                    const any_calibrator& calibrator) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.calibrate/1").member("file", rows.file);
    out.member("out", options.out).member("rows", rows.in_file).member("used", rows.label.size());
    out.member("folds", options.folds).member("seed", options.seed);
    out.member("method", best.method->name).member("kind", kind_of(calibrator));
    out.key("parameters").begin_object();
    for (const auto& [name, value] : parameters_of(calibrator)) out.member(name, value);
    out.end_object();
    out.member("converged", converged(calibrator));
    write_errors(out, best.out_of_fold);
    if (tried.size() > 1) {
        out.key("methods").begin_array();
        for (const tried_method& one : tried) {
            out.begin_object().member("name", one.method->name);
            write_errors(out, one.out_of_fold);
            out.end_object();
        }
        out.end_array();
    }
    out.end_object();
    return std::move(out).take() + "\n";
}

}  // namespace

int calibrate(const calibrate_options& options) {
    refuse_overwriting("--out", options.out, {options.rows.file});
    const calibration_rows rows = read_rows(options);
    const bool one_class = std::all_of(rows.label.begin(), rows.label.end(),
                                       [&](auto label) { return label == rows.label.front(); });
    if (one_class) {
        warn(rows.file + ": every row that is used has the label " +
             std::to_string(rows.label.front()) +
             " (1: positive), so the calibrator cannot know the other class and its errors say "
             "nothing; expected rows of both");
    }
    const auto splits = stratified_k_fold(rows.label, options.folds, options.seed);
    std::vector<tried_method> tried;
    for (const calibration_method* method : methods_for(options, rows)) {
        tried.push_back({method, out_of_fold(*method, rows, splits)});
    }
    const tried_method& best = best_of(tried);
    const any_calibrator calibrator = best.method->fit(rows.score, rows.target, rows.weight);
    save_calibrator(calibrator, options.out);
    print(options.format == output_format::json ? as_json(options, rows, tried, best, calibrator)
                                                : as_text(options, rows, tried, best, calibrator));
    return exit_fine;
}

}  // namespace leeway::cli
