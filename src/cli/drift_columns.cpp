#include "cli/drift_columns.hpp"

#include <memory>

#include "leeway/accumulators/make_binning.hpp"
#include "leeway/drift/chi_squared.hpp"
#include "leeway/drift/kolmogorov_smirnov.hpp"
#include "leeway/drift/population_stability_index.hpp"

namespace leeway::cli {

namespace {

using code_counts = std::vector<chi_squared::code_count>;

/// What one side knows of the column: exactly one of the two.
struct column_side {
    csv::column* rows{nullptr};
    const feature_reference* saved{nullptr};

    [[nodiscard]] bool holds_text() const {
        return saved != nullptr ? saved->kind() == feature_kind::categorical : rows->text;
    }
    /// A column that is missing throughout is of either kind.
    [[nodiscard]] bool holds_numbers() const {
        return saved != nullptr ? saved->kind() == feature_kind::numeric
                                : !rows->text && rows->present() > 0;
    }
};

column_side side_of(drift_side& side, const std::string& name) {
    column_side found;
    if (side.saved) {
        found.saved = &(*side.saved)[name];
    } else {
        found.rows = side.table->find(name);
    }
    return found;
}

[[noreturn]] void refuse_kinds(const drift_side& numbers, const drift_side& texts,
                               const column_side& text) {
    const std::string advice = "; correct it, or use --categorical or --exclude";
    if (text.saved != nullptr) {
        throw failure(texts.name + ": column '" + text.saved->name() +
                      "' is categorical there and holds numbers in " + numbers.name + advice);
    }
    throw failure(texts.table->at(text.rows->text_row, *text.rows,
                                  "'" + text.rows->text_cell.substr(0, 40) +
                                      "' is not a number, and in " + numbers.name +
                                      " the column holds numbers" + advice));
}

code_counts count_categories(const csv::column& column) {
    std::vector<std::uint64_t> counts(column.categories.size(), 0);
    for (const std::uint32_t code : column.codes) {
        if (code != csv::column::no_category) ++counts[code];
    }
    code_counts made;
    made.reserve(counts.size());
    for (std::size_t i = 0; i < counts.size(); ++i) {
        made.emplace_back(category_code(column.categories[i]), counts[i]);
    }
    return made;
}

binned_counts binned(const std::shared_ptr<const binning>& bins, const code_counts& categories,
                     std::uint64_t missing) {
    binned_counts made(bins);
    for (const auto& [code, count] : categories) made.add((*bins)(code), count);
    made.add(bins->missing(), missing);
    return made;
}

binned_counts binned(const std::shared_ptr<const binning>& bins,
                     const std::vector<double>& values) {
    binned_counts made(bins);
    made.update(values);
    return made;
}

void test_categories(column_drift& made, const column_side& before, const column_side& now) {
    const code_counts ours =
        before.rows != nullptr ? count_categories(*before.rows) : code_counts{};
    const code_counts theirs = now.rows != nullptr ? count_categories(*now.rows) : code_counts{};
    const auto bins = before.saved != nullptr ? before.saved->counts().shared_bins()
                      : now.saved != nullptr
                          ? now.saved->counts().shared_bins()
                          : std::make_shared<const binning>(categorical_binning(ours));
    const auto counts_of = [&](const column_side& side, const code_counts& categories) {
        return side.saved != nullptr ? side.saved->counts()
                                     : binned(bins, categories, side.rows->missing);
    };
    const binned_counts a = counts_of(before, ours);
    const binned_counts b = counts_of(now, theirs);
    const bool raw = before.rows != nullptr && now.rows != nullptr;
    made.tests.emplace_back("population_stability_index", population_stability_index{}(a, b));
    made.tests.emplace_back("chi_squared",
                            raw ? chi_squared{}(std::span<const chi_squared::code_count>(ours),
                                                std::span<const chi_squared::code_count>(theirs))
                                : chi_squared{}(a, b));
}

void test_numbers(column_drift& made, const column_side& before, const column_side& now) {
    const auto bins = before.saved != nullptr ? before.saved->counts().shared_bins()
                      : now.saved != nullptr
                          ? now.saved->counts().shared_bins()
                          : std::make_shared<const binning>(numeric_binning(before.rows->numbers));
    const auto counts_of = [&](const column_side& side) {
        return side.saved != nullptr ? side.saved->counts() : binned(bins, side.rows->numbers);
    };
    const binned_counts a = counts_of(before);
    const binned_counts b = counts_of(now);
    const bool raw = before.rows != nullptr && now.rows != nullptr;
    made.tests.emplace_back("population_stability_index", population_stability_index{}(a, b));
    made.tests.emplace_back(
        "kolmogorov_smirnov",
        raw ? kolmogorov_smirnov{}(std::span<const double>(before.rows->numbers),
                                   std::span<const double>(now.rows->numbers))
            : kolmogorov_smirnov{}(a, b));
    made.tests.emplace_back("chi_squared", chi_squared{}(a, b));
}

struct presence {
    std::uint64_t n{0};
    std::uint64_t missing{0};
    std::uint64_t non_finite{0};
};

presence presence_of(const column_side& side) {
    if (side.saved != nullptr) {
        const binned_counts& counts = side.saved->counts();
        const std::uint64_t infinite = counts[counts.bins().non_finite()];
        return {counts.total() - counts.missing() - infinite, counts.missing(), infinite};
    }
    return {side.rows->present() - side.rows->non_finite, side.rows->missing,
            side.rows->non_finite};
}

}  // namespace

std::vector<std::string> drift_side::columns() const {
    std::vector<std::string> names;
    if (saved) {
        for (const auto& feature : saved->features()) names.push_back(feature.name());
    } else {
        for (const auto& column : table->columns()) names.push_back(column.name);
    }
    return names;
}

std::uint64_t drift_side::rows() const {
    return saved ? saved->rows() : table->rows();
}

const drift_result& column_drift::test(std::string_view wanted) const {
    for (const auto& [test_name, result] : tests) {
        if (test_name == wanted) return result;
    }
    throw failure("no test named " + std::string(wanted));
}

column_drift compare_column(drift_side& reference, drift_side& current, const std::string& name,
                            bool told_categorical, const alert_rule& rule) {
    const column_side before = side_of(reference, name);
    const column_side now = side_of(current, name);
    for (const column_side* side : {&before, &now}) {
        if (!told_categorical || side->saved == nullptr || side->holds_text()) continue;
        throw failure((side == &before ? reference : current).name + ": column '" + name +
                      "' is numeric in this saved reference, so --categorical cannot be told of "
                      "it; make the reference with --categorical");
    }
    if (before.saved != nullptr && now.saved != nullptr &&
        before.saved->bins() != now.saved->bins()) {
        throw failure("column '" + name + "' has other bins in " + current.name + " than in " +
                      reference.name +
                      ": two saved references cannot be compared; give the rows of one as CSV");
    }
    // A CSV's numbers may be the codes of a saved reference's categories.
    const bool categorical = told_categorical || before.holds_text() || now.holds_text();
    if (categorical && !told_categorical) {
        if (before.holds_numbers() && before.rows != nullptr && now.saved == nullptr) {
            refuse_kinds(reference, current, now);
        }
        if (now.holds_numbers() && now.rows != nullptr && before.saved == nullptr) {
            refuse_kinds(current, reference, before);
        }
        if (before.saved != nullptr && before.holds_numbers())
            refuse_kinds(reference, current, now);
        if (now.saved != nullptr && now.holds_numbers()) refuse_kinds(current, reference, before);
    }
    column_drift made;
    made.name = name;
    made.kind = categorical ? feature_kind::categorical : feature_kind::numeric;
    if (categorical) {
        for (const column_side* side : {&before, &now}) {
            if (side->rows != nullptr) side->rows->make_text();
        }
        test_categories(made, before, now);
    } else {
        test_numbers(made, before, now);
    }
    const presence ours = presence_of(before);
    const presence theirs = presence_of(now);
    made.n_reference = ours.n;
    made.n_current = theirs.n;
    made.missing_reference = ours.missing;
    made.missing_current = theirs.missing;
    made.non_finite_reference = ours.non_finite;
    made.non_finite_current = theirs.non_finite;
    made.verdict = rule(made.test("population_stability_index"));
    return made;
}

}  // namespace leeway::cli
