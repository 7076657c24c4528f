#include "cli/streamed_labels.hpp"

#include <algorithm>
#include <utility>

namespace leeway::cli {

std::int32_t binary_labels::admit(std::size_t place) {
    const std::string seen = in_quotes(file_.field(place));
    if (!given_) {
        file_.refuse(place, seen +
                                " is neither 0 nor 1; say which is the positive class with "
                                "--positive");
    }
    if (classes_.names().size() > 1) {
        file_.refuse(place, seen + " is a third class beside --positive " +
                                in_quotes(classes_.names()[0]) + " and " +
                                in_quotes(classes_.names()[1]) +
                                ", expected two; use --task multiclass");
    }
    return classes_.add(file_.field(place));
}

multiclass_labels::multiclass_labels(const input& file, const evaluate_options& options,
                                     const std::vector<std::string>& scores)
    : file_(file), by_column_(options.classes.empty()) {
    std::vector<std::string> named;
    for (const std::string& name : options.classes) named.push_back(csv::category_text(name));
    if (by_column_ && !options.prediction.empty()) {
        throw failure(file.name() +
                      ": --bounded needs the classes before the first row; name them with "
                      "--classes");
    }
    if (options.prediction.empty()) {
        if (scores.size() < 2) {
            throw failure("--score names one column, expected one a class for --task multiclass");
        }
        class_columns matched = by_column_ ? class_columns{scores, scores}
                                           : match_scores(file.name(), std::move(named), scores);
        named = std::move(matched.classes);
        columns_ = std::move(matched.columns);
    }
    if (named.size() < 2 || named.size() > most_classes) {
        throw failure("--classes names " + std::to_string(named.size()) +
                      " classes, expected 2 to " + std::to_string(most_classes));
    }
    for (std::size_t i = 0; i < named.size(); ++i) {
        if (std::find(named.begin(), named.begin() + static_cast<std::ptrdiff_t>(i), named[i]) !=
            named.begin() + static_cast<std::ptrdiff_t>(i))
            throw failure("--classes names the class " + in_quotes(named[i]) + " twice");
    }
    names_ = named;
    if (!by_column_) classes_ = categories(std::move(named));
}

std::vector<std::string> multiclass_labels::names() const {
    if (!by_column_) return names_;
    std::vector<std::pair<std::string, std::string>> named;
    for (const std::int32_t column : column_of_) {
        const auto at = static_cast<std::size_t>(column);
        named.emplace_back(names_[at], columns_[at]);
    }
    std::vector<std::string> all = names_;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (std::find(column_of_.begin(), column_of_.end(), static_cast<std::int32_t>(c)) ==
            column_of_.end())
            all[c] = class_of_column(columns_[c], named);
    }
    return all;
}

std::int32_t multiclass_labels::admit(std::size_t place) {
    const std::string name = csv::category_text(file_.field(place));
    std::vector<std::size_t> exact, close;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
        if (columns_[c] == name) exact.push_back(c);
        if (names_class(columns_[c], name)) close.push_back(c);
    }
    const auto& found = exact.empty() ? close : exact;
    const auto column = found.empty() ? -1 : static_cast<std::int32_t>(found[0]);
    const bool taken = std::find(column_of_.begin(), column_of_.end(), column) != column_of_.end();
    if (found.size() != 1 || taken) {
        file_.refuse(place, "the columns of --score do not tell which is for class " +
                                in_quotes(name) + " (" + listed(columns_) +
                                "); name the classes, in order, with --classes");
    }
    (void)classes_.add(file_.field(place));
    column_of_.push_back(column);
    names_[found[0]] = name;
    return column;
}

}  // namespace leeway::cli
