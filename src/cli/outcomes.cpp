#include "cli/outcomes.hpp"

#include <algorithm>
#include <limits>

#include "cli/columns.hpp"
#include "cli/costs.hpp"

namespace leeway::cli {

std::string in_quotes(std::string_view text) {
    std::string out = "'";
    return out.append(text.substr(0, 40)).append("'");
}

std::string listed(const std::vector<std::string>& texts) {
    constexpr std::size_t most = 6;
    std::string out;
    for (std::size_t i = 0; i < texts.size() && i < most; ++i) {
        if (i > 0) out += i + 1 == texts.size() ? " and " : ", ";
        out += in_quotes(texts[i]);
    }
    if (texts.size() > most) out += ", ... (" + std::to_string(texts.size()) + " in all)";
    return out;
}

namespace {

std::int32_t position(const std::vector<std::string>& classes, const std::string& name) {
    const auto found = std::find(classes.begin(), classes.end(), name);
    return static_cast<std::int32_t>(found - classes.begin());
}

/// The class of each row, by the order in `classes`; -1 where missing.
std::vector<std::int32_t> classes_of(const csv::column& column,
                                     const std::vector<std::string>& classes) {
    std::vector<std::int32_t> of_category;
    for (const auto& category : column.categories) {
        of_category.push_back(position(classes, category));
    }
    std::vector<std::int32_t> rows;
    rows.reserve(column.codes.size());
    for (const std::uint32_t code : column.codes) {
        rows.push_back(code == csv::column::no_category ? -1 : of_category[code]);
    }
    return rows;
}

std::vector<std::string> seen_in(const csv::column& label, const csv::column* prediction) {
    std::vector<std::string> seen = label.categories;
    if (prediction != nullptr) {
        for (const auto& category : prediction->categories) {
            if (std::find(seen.begin(), seen.end(), category) == seen.end()) {
                seen.push_back(category);
            }
        }
    }
    return in_order(std::move(seen));
}

/// Negative and positive class; a failure unless both are clear.
std::vector<std::string> binary_classes(const evaluate_options& options, const std::string& file,
                                        const csv::column& label, const csv::column* prediction) {
    const auto seen = seen_in(label, prediction);
    const std::string where =
        file + ": column " + in_quotes(options.label) +
        (prediction == nullptr ? " holds " : " or " + in_quotes(options.prediction) + " holds ");
    if (seen.size() > 2) {
        throw failure(where + std::to_string(seen.size()) + " classes (" + listed(seen) +
                      "), expected two; use --task multiclass");
    }
    if (!options.positive_given) {
        for (const auto& name : seen) {
            if (name != "0" && name != "1") {
                throw failure(where + listed(seen) +
                              ", expected 0 and 1; say which is the positive class with "
                              "--positive");
            }
        }
        return {"0", "1"};
    }
    const std::string positive = csv::category_text(options.positive);
    if (seen.size() == 2 && position(seen, positive) == 2) {
        throw failure(where + listed(seen) + ", expected --positive to be one of them, not " +
                      in_quotes(options.positive));
    }
    std::string negative = positive == "0" ? "1" : "0";
    for (const auto& name : seen) {
        if (name != positive) negative = name;
    }
    return {negative, positive};
}

}  // namespace

bool names_class(std::string_view column, std::string_view name) {
    if (column == name) return true;
    if (name.empty() || column.size() <= name.size()) return false;
    const auto separates = [](char c) {
        return std::string_view("_-. :/").find(c) != std::string_view::npos;
    };
    return (column.ends_with(name) && separates(column[column.size() - name.size() - 1])) ||
           (column.starts_with(name) && separates(column[name.size()]));
}

std::string class_of_column(const std::string& column,
                            const std::vector<std::pair<std::string, std::string>>& named) {
    if (named.empty()) return column;
    const auto& [first, first_column] = named.front();
    const std::size_t rest = first_column.size() - first.size();
    const std::string prefix = first_column.substr(0, rest);
    const std::string suffix = first_column.substr(first.size());
    const auto all = [&](auto is_made) { return std::all_of(named.begin(), named.end(), is_made); };
    if (rest == 0 || column.size() <= rest) return column;
    if (column.starts_with(prefix) &&
        all([&](const auto& each) { return each.second == prefix + each.first; })) {
        return column.substr(rest);
    }
    if (column.ends_with(suffix) &&
        all([&](const auto& each) { return each.second == each.first + suffix; })) {
        return column.substr(0, column.size() - rest);
    }
    return column;
}

class_columns match_scores(const std::string& file, std::vector<std::string> classes,
                           const std::vector<std::string>& columns) {
    std::vector<std::string> of_class(classes.size());
    std::vector<bool> taken(columns.size(), false);
    std::size_t named = 0;
    for (std::size_t c = 0; c < classes.size(); ++c) {
        // An exact name wins over one with a prefix or suffix.
        std::vector<std::size_t> exact;
        std::vector<std::size_t> close;
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (columns[i] == classes[c]) exact.push_back(i);
            if (names_class(columns[i], classes[c])) close.push_back(i);
        }
        const auto& found = exact.empty() ? close : exact;
        if (found.empty()) continue;
        if (found.size() > 1 || taken[found[0]]) {
            throw failure(file + ": the columns of --score do not tell which is for class " +
                          in_quotes(classes[c]) + " (" + listed(columns) +
                          "); name each column as its class");
        }
        taken[found[0]] = true;
        of_class[c] = columns[found[0]];
        ++named;
    }
    if (named == classes.size()) {
        std::vector<std::pair<std::string, std::string>> pairs;
        for (std::size_t c = 0; c < named; ++c) pairs.emplace_back(classes[c], of_class[c]);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            if (taken[i]) continue;  // a class that no row of the file has
            classes.push_back(class_of_column(columns[i], pairs));
            of_class.push_back(columns[i]);
        }
        return {std::move(classes), std::move(of_class)};
    }
    if (named > 0) {
        throw failure(file + ": --score names columns for some classes and not for all: classes " +
                      listed(classes) + ", columns " + listed(columns));
    }
    if (columns.size() != classes.size()) {
        throw failure(file + ": --score names " + counted(columns.size(), "column") +
                      " and the labels hold " + counted(classes.size(), "class") + " (" +
                      listed(classes) + "), expected one a class; name each column as its class");
    }
    return {std::move(classes), columns};
}

namespace {

/// A regression of several outputs: the first label belongs to the first score, and so on.
void read_outputs(const std::vector<std::string>& labels, const std::vector<std::string>& scores,
                  csv::table& table, outcomes& made) {
    if (labels.size() != scores.size()) {
        throw failure("--score names " + counted(scores.size(), "column") + " and --label " +
                      std::to_string(labels.size()) + ", expected as many of each");
    }
    made.outputs = labels;
    made.target = row_by_row(table, labels, "--label of a regression");
    made.score = row_by_row(table, scores, "--score");
}

/// The values of a column, in order.
std::vector<std::string> values_of(const outcomes& made, csv::column& column, const char* kinds) {
    column.make_text();
    if (column.categories.size() > most_slices) {
        throw failure(made.file + ": column " + in_quotes(column.name) + " has " +
                      std::to_string(column.categories.size()) +
                      " distinct values, expected at most " + std::to_string(most_slices) + " " +
                      kinds);
    }
    return in_order(column.categories);
}

/// Figures of a ranking are means over queries, so a query has one weight.
void require_query_weights(const outcomes& made, const csv::column& query) {
    if (made.weight.empty()) return;
    std::vector<double> of_query(query.categories.size(), -1);
    std::vector<bool> seen(query.categories.size(), false);
    for (std::size_t row = 0; row < made.rows; ++row) {
        const std::uint32_t at = made.query[row];
        const double weight = made.weight[row];
        if (seen[at] &&
            !(weight == of_query[at] || (weight != weight && of_query[at] != of_query[at]))) {
            throw failure(made.file + ": query " + in_quotes(query.categories[at]) +
                          " has rows of weight " + detail::shown(of_query[at]) + " and " +
                          detail::shown(weight) + ", expected one --weight a query");
        }
        seen[at] = true;
        of_query[at] = weight;
    }
}

void read_slices(outcomes& made, csv::column& column) {
    made.slices = values_of(made, column, "slices");
    const auto place = classes_of(column, made.slices);
    made.has_missing_slice = column.missing > 0;
    for (const std::int32_t at : place) {
        made.slice.push_back(at < 0 ? static_cast<std::uint32_t>(made.slices.size())
                                    : static_cast<std::uint32_t>(at));
    }
}

}  // namespace

std::vector<std::string> in_order(std::vector<std::string> categories) {
    std::vector<std::pair<double, std::string>> keyed;
    bool numbers = true;
    for (auto& category : categories) {
        const csv::cell cell = csv::read_cell(category);
        numbers = numbers && cell.kind == csv::cell_kind::number;
        keyed.emplace_back(cell.number, std::move(category));
    }
    std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
        return numbers ? a.first < b.first : a.second < b.second;
    });
    categories.clear();
    for (auto& item : keyed) categories.push_back(std::move(item.second));
    return categories;
}

outcomes read_outcomes(const evaluate_options& options, progress& shown) {
    csv::reader file = take(csv::reader::open(options.file));
    const auto scores = split_names(options.scores, file.header());
    // Only a regression has several labels; "" is that of survival.
    std::vector<std::string> labels{options.label};
    if (options.task == evaluation_task::regression)
        labels = split_names({options.label}, file.header());
    std::vector<std::string> names = scores;
    for (const std::string& name : labels) {
        if (!name.empty()) names.push_back(name);
    }
    for (const auto* name : {&options.prediction, &options.weight, &options.slice, &options.query,
                             &options.more.group}) {
        if (!name->empty()) names.push_back(*name);
    }
    add_forecast_columns(options.forecast, file.header(), names);
    add_survival_columns(options, names);
    csv::table table = read_columns(std::move(file), names, shown);

    outcomes made;
    made.file = table.name();
    made.task = options.task;
    made.threshold = options.threshold;
    made.rows = table.rows();
    if (options.task == evaluation_task::survival) {
        read_survival(options, scores, table, made);
        if (!options.slice.empty()) read_slices(made, *table.find(options.slice));
        return made;
    }
    if (labels.size() > 1) {
        read_outputs(labels, scores, table, made);
        if (!options.weight.empty()) {
            made.weight = require_numbers(table, *table.find(options.weight), "--weight");
        }
        made.regression = options.regression;
        if (!options.slice.empty()) read_slices(made, *table.find(options.slice));
        return made;
    }
    csv::column& label = *table.find(options.label);
    csv::column* prediction = options.prediction.empty() ? nullptr : table.find(options.prediction);
    if (!options.weight.empty()) {
        made.weight = require_numbers(table, *table.find(options.weight), "--weight");
    }
    if (options.task == evaluation_task::forecast) {
        made.target = require_numbers(table, label, "--label of a forecast");
        read_forecast(options, scores, table, shown, made);
    } else if (options.task == evaluation_task::ranking) {
        require_one_score(scores, "ranking");
        made.cutoffs = options.cutoffs;
        made.without_relevant = options.without_relevant;
        made.target = require_numbers(table, label, "--label of a ranking (the relevance)");
        made.score = require_numbers(table, *table.find(scores[0]), "--score");
        csv::column& query = *table.find(options.query);
        query.make_text();
        if (query.missing > 0) {
            throw failure(made.file + ": column " + in_quotes(options.query) + " is missing in " +
                          std::to_string(query.missing) + " rows, expected a query in each");
        }
        made.query = query.codes;
        require_query_weights(made, query);
    } else if (options.task == evaluation_task::regression) {
        if (prediction == nullptr) require_one_score(scores, "regression");
        made.regression = options.regression;
        made.target = require_numbers(table, label, "--label of a regression");
        made.score = prediction != nullptr
                         ? require_numbers(table, *prediction, "--prediction of a regression")
                         : require_numbers(table, *table.find(scores[0]), "--score");
    } else {
        // A column may serve twice (as label and slice): classes are read before it is sliced.
        label.make_text();
        if (prediction != nullptr) prediction->make_text();
        if (options.task == evaluation_task::binary) {
            if (prediction == nullptr) require_one_score(scores, "binary: the positive class's");
            made.classes = binary_classes(options, made.file, label, prediction);
        } else {
            if (prediction == nullptr && scores.size() < 2) {
                throw failure(
                    "--score names one column, expected one a class for --task "
                    "multiclass");
            }
            made.classes = seen_in(label, prediction);
            if (made.classes.size() > most_classes) {
                throw failure(made.file + ": column " + in_quotes(options.label) + " holds " +
                              std::to_string(made.classes.size()) + " classes, expected at most " +
                              std::to_string(most_classes) +
                              " (is it a number to be predicted? use --task regression)");
            }
            if (prediction == nullptr) {
                auto matched = match_scores(made.file, std::move(made.classes), scores);
                made.classes = std::move(matched.classes);
                made.score_columns = std::move(matched.columns);
            }
            // One class alone is legal data: its figures are undefined, and say so.
            if (made.classes.size() < 2) made.classes.resize(2, "(none other)");
        }
        made.label = classes_of(label, made.classes);
        if (prediction != nullptr) {
            made.prediction = classes_of(*prediction, made.classes);
        } else if (options.task == evaluation_task::binary) {
            made.score = require_numbers(table, *table.find(scores[0]), "--score");
        } else {
            const std::size_t width = made.classes.size();
            made.score.resize(made.rows * width, std::numeric_limits<double>::quiet_NaN());
            for (std::size_t c = 0; c < made.score_columns.size(); ++c) {
                const auto& column =
                    require_numbers(table, *table.find(made.score_columns[c]), "--score");
                for (std::size_t row = 0; row < made.rows; ++row) {
                    made.score[row * width + c] = column[row];
                }
            }
        }
    }
    made.thorough = options.more.thorough;
    made.also = options.more.also;
    made.exponential_gain = options.more.exponential_gain;
    made.threads = options.more.threads;
    made.margins = options.more.margins;
    made.top = options.more.top;
    if (!options.more.costs.empty()) {
        made.costs.push_back(read_costs(options.more.costs, made.classes));
    }
    if (!options.slice.empty()) read_slices(made, *table.find(options.slice));
    if (!options.more.group.empty()) {
        csv::column& group = *table.find(options.more.group);
        made.groups = values_of(made, group, "groups");
        made.group = classes_of(group, made.groups);
        if (made.groups.empty()) {
            throw failure(made.file + ": column " + in_quotes(group.name) +
                          " has no value, expected a group in some row");
        }
    }
    return made;
}

}  // namespace leeway::cli
