#include "cli/evaluate_bounded.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <utility>

#include "cli/calibrators.hpp"
#include "cli/columns.hpp"
#include "cli/costs.hpp"
#include "cli/csv.hpp"
#include "cli/outcomes.hpp"
#include "cli/streamed_evaluations.hpp"
#include "cli/streamed_labels.hpp"
#include "cli/streamed_queries.hpp"
#include "cli/streamed_rows.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"

namespace leeway::cli {

namespace {

constexpr std::size_t block_rows = 4096;

/// Whether the row has a score that is no probability.
bool beyond_probabilities(const probability_outcome& row) {
    return row.score < 0 || row.score > 1;
}
bool beyond_probabilities(const probability_row& row) {
    return std::any_of(row.scores.begin(), row.scores.end(),
                       [](double score) { return score < 0 || score > 1; });
}
template <class Sample>
bool beyond_probabilities(const Sample&) {
    return false;
}

/// Reads all rows in blocks. parse(row of the block) reads the current one; begin(layout) is called
/// once, with the layout that the scores of the first block ask for.
template <class Sample, class Task, class Parse, class Begin>
void read_blocks(input& file, evaluations<Task>& into, Parse parse, Begin begin) {
    std::vector<parsed<Sample>> block;
    block.reserve(block_rows);
    const auto flush = [&] {
        if (!into.begun()) {
            const bool beyond = std::any_of(block.begin(), block.end(), [](const auto& row) {
                return beyond_probabilities(row.sample);
            });
            begin(beyond ? log_linear_layout::any() : log_linear_layout::probabilities());
        }
        for (const auto& row : block) into.give(row);
        block.clear();
    };
    while (file.next()) {
        block.push_back(parse(block.size()));
        block.back().slice = into.slice();
        if (block.size() == block_rows) flush();
    }
    flush();
}

std::vector<std::string> one_score(const evaluate_options& options, const input& file,
                                   const std::string& task) {
    auto scores = split_names(options.scores, file.file().header());
    if (options.prediction.empty()) require_one_score(scores, task);
    return scores;
}

std::vector<expected_cost> costs_of(const evaluate_options& options,
                                    const std::vector<std::string>& classes) {
    if (options.more.costs.empty()) return {};
    return {read_costs(options.more.costs, classes)};
}

evaluated binary(const evaluate_options& options, input& file) {
    const auto scores = one_score(options, file, "binary: the positive class's");
    const std::size_t label = file.place(options.label);
    const weights weight(file, options.weight);
    evaluations<binary_task> into(file, options.slice);
    binary_labels labels(file, options);
    std::vector<expected_cost> costs;
    const auto begin = [&](const log_linear_layout& layout) {
        costs = costs_of(options, labels.names());
        const binary_task task{.threshold = options.threshold,
                               .margins = options.more.margins,
                               .thorough = options.more.thorough,
                               .costs = costs};
        const bounded_evaluation empty(task, layout);
        into.begin(empty, empty, options.more.also);
    };
    std::optional<any_calibrator> calibrator;
    if (!options.more.calibrator.empty()) calibrator = load_calibrator(options.more.calibrator);
    if (!options.prediction.empty()) {
        const std::size_t prediction = file.place(options.prediction);
        const auto parse = [&](std::size_t) {
            parsed<class_outcome> row;
            row.sample = {labels.at(label), labels.at(prediction), weight()};
            row.known = row.sample.label >= 0 && row.sample.prediction >= 0;
            return row;
        };
        read_blocks<class_outcome>(file, into, parse, begin);
    } else {
        const std::size_t score = file.place(scores[0]);
        const auto parse = [&](std::size_t) {
            parsed<probability_outcome> row;
            row.sample = {labels.at(label), file.number(score, "--score"), weight()};
            if (calibrator) row.sample.score = calibrated(*calibrator, row.sample.score);
            row.known = row.sample.label >= 0;
            return row;
        };
        read_blocks<probability_outcome>(file, into, parse, begin);
    }
    evaluated found = into.finish(labels.names(), {});
    found.costs = std::move(costs);
    if (calibrator) found.calibrator = kind_of(*calibrator);
    return found;
}

evaluated multiclass(const evaluate_options& options, input& file) {
    const std::size_t label = file.place(options.label);
    const weights weight(file, options.weight);
    evaluations<multiclass_task> into(file, options.slice);
    multiclass_labels labels(file, options, split_names(options.scores, file.file().header()));
    const std::size_t classes = labels.names().size();
    std::vector<expected_cost> costs;
    const auto begin = [&](const log_linear_layout& layout) {
        costs = costs_of(options, labels.names());
        const multiclass_task task{.classes = static_cast<std::int32_t>(classes),
                                   .margins = options.more.margins,
                                   .top = options.more.top,
                                   .costs = costs};
        // A slice has no room for a table of each pair of classes.
        into.begin(
            bounded_evaluation(task, layout), bounded_evaluation(task, layout, std::size_t{0}),
            {.thorough = options.more.thorough, .betas = options.more.also.betas, .bins = {}});
    };
    if (!options.prediction.empty()) {
        const std::size_t prediction = file.place(options.prediction);
        const auto parse = [&](std::size_t) {
            parsed<class_outcome> row;
            row.sample = {labels.at(label), labels.at(prediction), weight()};
            row.known = row.sample.label >= 0 && row.sample.prediction >= 0;
            return row;
        };
        read_blocks<class_outcome>(file, into, parse, begin);
    } else {
        std::vector<std::size_t> places;
        for (const std::string& column : labels.columns()) places.push_back(file.place(column));
        std::vector<double> scores(block_rows * classes);
        const auto parse = [&](std::size_t at) {
            const std::span own = std::span(scores).subspan(at * classes, classes);
            for (std::size_t c = 0; c < classes; ++c) own[c] = file.number(places[c], "--score");
            parsed<probability_row> row;
            row.sample = {labels.at(label), own, weight()};
            row.known = row.sample.label >= 0;
            return row;
        };
        read_blocks<probability_row>(file, into, parse, begin);
    }
    evaluated found = into.finish(labels.names(), labels.columns());
    found.costs = std::move(costs);
    return found;
}

evaluated regression(const evaluate_options& options, input& file) {
    const auto scores = one_score(options, file, "regression");
    const bool decided = !options.prediction.empty();
    const std::size_t target = file.place(options.label);
    const std::size_t prediction = file.place(decided ? options.prediction : scores[0]);
    const std::string_view option = decided ? "--prediction of a regression" : "--score";
    const weights weight(file, options.weight);
    evaluations<regression_task> into(file, options.slice);
    const auto parse = [&](std::size_t) {
        parsed<regression_outcome> row;
        row.sample = {file.number(target, "--label of a regression"),
                      file.number(prediction, option), weight()};
        return row;
    };
    const auto begin = [&](const log_linear_layout&) {
        regression_task task{.powers = options.regression.tweedie,
                             .levels = options.regression.pinball,
                             .deltas = options.regression.huber};
        if (options.regression.features_given) task.features = options.regression.features;
        const bounded_evaluation empty(task);
        into.begin(empty, empty, {});
    };
    read_blocks<regression_outcome>(file, into, parse, begin);
    return into.finish({}, {});
}

evaluated ranking(const evaluate_options& options, input& file) {
    const auto scores = one_score(options, file, "ranking");
    const std::size_t relevance = file.place(options.label);
    const std::size_t score = file.place(scores[0]);
    const std::size_t query = file.place(options.query);
    evaluations<ranking_task> into(file, options.slice);
    const bounded_evaluation empty(ranking_task{.cutoffs = options.cutoffs,
                                                .without_relevant = options.without_relevant,
                                                .thorough = options.more.thorough,
                                                .exponential_gain = options.more.exponential_gain});
    into.begin(empty, empty, {});
    const weights weight(file, options.weight);
    past_queries past;
    open_query open(into);
    std::string current;
    bool first = true;
    while (file.next()) {
        const std::string_view field = file.field(query);
        if (csv::read_cell(field).kind == csv::cell_kind::missing)
            file.refuse(query, "is missing, expected a query in each row");
        std::string name = csv::category_text(field);
        if (first || name != current) {
            open.close();
            if (!past.add(name)) {
                file.refuse(query, "query " + in_quotes(name) +
                                       " comes back after others; with --bounded the rows of a "
                                       "query must stand together (sort the file by its column)");
            }
            current = std::move(name);
            first = false;
            open.weigh(weight());
        } else if (const double own = weight(); !open.weighs(own)) {
            file.refuse(file.place(options.weight),
                        "the row's weight is " + detail::shown(own) + " in a query of weight " +
                            detail::shown(open.weight()) + ", expected one --weight a query");
        }
        open.add(file.number(relevance, "--label of a ranking (the relevance)"),
                 file.number(score, "--score"), into.slice());
    }
    open.close();
    return into.finish({}, {});
}

}  // namespace

evaluated evaluate_bounded(const evaluate_options& options, progress& shown) {
    input file(options.file, shown);
    switch (options.task) {
        case evaluation_task::binary:
            return binary(options, file);
        case evaluation_task::multiclass:
            return multiclass(options, file);
        case evaluation_task::regression:
            return regression(options, file);
        case evaluation_task::ranking:
            return ranking(options, file);
        default:  // the command line refuses the others
            break;
    }
    throw failure("--bounded does not go with this --task");
}

}  // namespace leeway::cli
