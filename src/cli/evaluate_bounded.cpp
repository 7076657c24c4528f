#include "cli/evaluate_bounded.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <unordered_set>
#include <utility>

#include "cli/calibrators.hpp"
#include "cli/columns.hpp"
#include "cli/costs.hpp"
#include "cli/csv.hpp"
#include "cli/outcomes.hpp"
#include "cli/streamed_labels.hpp"
#include "cli/streamed_rows.hpp"
#include "evaluation/ranking_parameters.hpp"
#include "evaluation/regression_parameters.hpp"
#include "leeway/core/hash.hpp"
#include "leeway/evaluation/bounded_evaluation.hpp"

namespace leeway::cli {

namespace {

constexpr std::size_t block_rows = 4096;
constexpr std::size_t most_slice_bytes = std::size_t{1} << 30;
/// Queries that are remembered, so that one that comes back is noticed: at least as many.
constexpr std::size_t most_queries = std::size_t{1} << 19;

/// A row as it was read.
template <class Sample>
struct parsed {
    Sample sample{};
    bool known{true};  ///< it has a label, and a decision where one is asked for
    std::int32_t slice{categories::missing};
};

/// What a task is asked for beyond its bounded_evaluation, read from sums of its own.
struct nothing_asked {
    template <class Sample>
    void update(const Sample&) {}
    void add_to(report::content&) const {}
};
template <class Task>
using asked_of = std::conditional_t<
    std::is_same_v<Task, regression_task>, detail::asked_regression,
    std::conditional_t<std::is_same_v<Task, ranking_task>, detail::asked_ranking, nothing_asked>>;

/// What is asked of its result().
struct nothing_more {};
template <class Task>
using more_of = std::conditional_t<std::is_same_v<Task, binary_task>, more_binary_figures,
                                   std::conditional_t<std::is_same_v<Task, multiclass_task>,
                                                      more_multiclass_figures, nothing_more>>;

/// One evaluation of all rows and one of each slice, with the rows that never reached them.
template <class Task>
class evaluations {
  public:
    evaluations(const input& file, const std::string& slice_column)
        : file_(file), slice_column_(slice_column), slice_place_(file.place_if(slice_column)) {}

    [[nodiscard]] bool begun() const noexcept { return all_.has_value(); }
    void begin(bounded_evaluation<Task> all, bounded_evaluation<Task> of_slice,
               const asked_of<Task>& asked, const more_of<Task>& more) {
        all_.emplace(part{std::move(all), asked, more});
        of_slice_.emplace(part{std::move(of_slice), asked, more});
    }

    /// Of the current row.
    [[nodiscard]] std::int32_t slice() {
        if (!slice_place_) return categories::missing;
        const std::string_view field = file_.field(*slice_place_);
        const std::int32_t known = slices_.find(field);
        if (known != categories::unknown) return known;
        if (slices_.names().size() == most_slices) {
            file_.refuse(*slice_place_, in_quotes(field) + " is one more distinct value than the " +
                                            std::to_string(most_slices) +
                                            " that --slice takes at most");
        }
        return slices_.add(field);
    }

    template <class Sample>
    void give(const parsed<Sample>& row) {
        all_->give(row);
        if (slice_place_) part_of(row.slice).give(row);
    }
    template <class Sample>
    void give_all(const Sample& sample) {
        all_->give(parsed<Sample>{sample});
    }
    template <class Sample>
    void give_slice(const Sample& sample, std::int32_t slice) {
        part_of(slice).give(parsed<Sample>{sample});
    }
    [[nodiscard]] bool sliced() const noexcept { return slice_place_.has_value(); }

    [[nodiscard]] evaluated finish(std::vector<std::string> classes,
                                   std::vector<std::string> score_columns) const {
        report all = all_->figures(classes);
        evaluated found{
            file_.name(), std::move(classes), std::move(score_columns), std::move(all), {}};
        if (!slice_place_) return found;
        for (const std::string& value : in_order(slices_.names())) {
            const auto at = std::find(slices_.names().begin(), slices_.names().end(), value) -
                            slices_.names().begin();
            found.slices.push_back(
                {value, parts_[static_cast<std::size_t>(at)].figures(found.classes)});
        }
        if (without_slice_)
            found.slices.push_back({std::nullopt, without_slice_->figures(found.classes)});
        return found;
    }

  private:
    struct part {
        bounded_evaluation<Task> state;
        asked_of<Task> asked;
        more_of<Task> more;
        std::uint64_t rows{0};
        std::uint64_t missing{0};

        template <class Sample>
        void give(const parsed<Sample>& row) {
            ++rows;
            if (row.known) {
                state.update(row.sample);
                asked.update(row.sample);
            } else {
                ++missing;
            }
        }
        [[nodiscard]] report figures(const std::vector<std::string>& classes) const {
            report::content content = result().contents();
            asked.add_to(content);
            content.rows = rows;
            content.rejected.missing += missing;
            for (std::size_t c = 0; c < content.classes.size() && c < classes.size(); ++c)
                content.classes[c].name = classes[c];
            return report(std::move(content));
        }
        [[nodiscard]] report result() const {
            if constexpr (std::is_same_v<more_of<Task>, nothing_more>) {
                return state.result();
            } else {
                return state.result(more);
            }
        }
    };

    [[nodiscard]] part& part_of(std::int32_t slice) {
        if (slice == categories::missing) {
            if (!without_slice_) without_slice_ = of_slice_;
            return *without_slice_;
        }
        const auto at = static_cast<std::size_t>(slice);
        while (parts_.size() <= at) {
            const std::size_t one = of_slice_->state.bytes();
            if ((parts_.size() + 1) * one > most_slice_bytes) {
                throw failure(file_.name() + ": " + std::to_string(parts_.size() + 1) +
                              " slices of column " + in_quotes(slice_column_) + " need " +
                              std::to_string(one >> 10) +
                              " KiB each, more than 1 GiB; evaluate without --bounded");
            }
            parts_.push_back(*of_slice_);
        }
        return parts_[at];
    }

    const input& file_;
    const std::string& slice_column_;
    std::optional<std::size_t> slice_place_;
    categories slices_;
    std::optional<part> all_;
    std::optional<part> of_slice_;  // empty
    std::vector<part> parts_;
    std::optional<part> without_slice_;
};

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
        into.begin(empty, empty, {}, options.more.also);
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
            bounded_evaluation(task, layout), bounded_evaluation(task, layout, std::size_t{0}), {},
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
        const bounded_evaluation empty(regression_task{});
        regression_task task{.powers = options.regression.tweedie,
                             .levels = options.regression.pinball,
                             .deltas = options.regression.huber};
        if (options.regression.features_given) task.features = options.regression.features;
        into.begin(empty, empty, detail::asked_regression(task), {});
    };
    read_blocks<regression_outcome>(file, into, parse, begin);
    return into.finish({}, {});
}

/// Queries that have ended: the last `most_queries` of them, and up to as many before.
class past_queries {
  public:
    /// Whether this one is new among them.
    [[nodiscard]] bool add(std::string_view query) {
        const std::uint64_t hash = fnv1a(query);
        if (earlier_.count(hash) != 0 || !recent_.insert(hash).second) return false;
        if (recent_.size() == most_queries) {
            earlier_.swap(recent_);
            recent_.clear();
        }
        return true;
    }

  private:
    std::unordered_set<std::uint64_t> recent_, earlier_;
};

/// A query's rows, held while they come.
class open_query {
  public:
    explicit open_query(evaluations<ranking_task>& into) : into_(into) {}

    void weigh(double weight) { weight_ = weight; }
    [[nodiscard]] double weight() const { return weight_; }
    [[nodiscard]] bool weighs(double weight) const {
        return weight == weight_ || (std::isnan(weight) && std::isnan(weight_));
    }

    void add(double relevance, double score, std::int32_t slice) {
        relevance_.push_back(relevance);
        score_.push_back(score);
        slice_.push_back(slice);
    }
    /// Hands it over: whole, and its rows of each slice.
    void close() {
        if (score_.empty()) return;
        into_.give_all(ranked_query{relevance_, score_, weight_});
        if (into_.sliced()) {
            std::vector<std::int32_t> seen = slice_;
            std::sort(seen.begin(), seen.end());
            seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
            for (const std::int32_t slice : seen) close_slice(slice);
        }
        relevance_.clear();
        score_.clear();
        slice_.clear();
    }

  private:
    void close_slice(std::int32_t slice) {
        std::vector<double> relevance, score;
        for (std::size_t i = 0; i < slice_.size(); ++i) {
            if (slice_[i] != slice) continue;
            relevance.push_back(relevance_[i]);
            score.push_back(score_[i]);
        }
        into_.give_slice(ranked_query{relevance, score, weight_}, slice);
    }

    evaluations<ranking_task>& into_;
    std::vector<double> relevance_, score_;
    std::vector<std::int32_t> slice_;
    double weight_{1};
};

evaluated ranking(const evaluate_options& options, input& file) {
    const auto scores = one_score(options, file, "ranking");
    const std::size_t relevance = file.place(options.label);
    const std::size_t score = file.place(scores[0]);
    const std::size_t query = file.place(options.query);
    evaluations<ranking_task> into(file, options.slice);
    ranking_task task{.cutoffs = options.cutoffs, .without_relevant = options.without_relevant};
    const bounded_evaluation empty(task);
    task.thorough = options.more.thorough;
    task.exponential_gain = options.more.exponential_gain;
    into.begin(empty, empty, detail::asked_ranking(task), {});
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
