#include <algorithm>
#include <atomic>
#include <exception>
#include <functional>
#include <future>
#include <thread>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/drift_columns.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/core/state_file.hpp"

namespace leeway::cli {

namespace {

struct comparison {
    std::vector<column_drift> columns;
    std::vector<std::string> only_in_reference;
    std::vector<std::string> only_in_current;
};

bool listed_in(const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
}

drift_side read_side(const std::string& path, const drift_options& options, progress& shown) {
    drift_side side;
    if (looks_saved(path)) {
        side.name = path;
        side.saved = take(load<reference>(path));
        side.header = side.columns();
        return side;
    }
    csv::reader file = take(csv::reader::open(path));
    side.name = file.name();
    side.header = file.header();
    const auto exclude = split_names(options.exclude, file.header());
    csv::read_options reading;
    for (const auto& name : file.header()) reading.wanted.push_back(!listed_in(exclude, name));
    reading.progress = shown.of("reading " + file.name());
    side.table = take(csv::table::read(std::move(file), reading));
    return side;
}

/// A name that is in neither file is a slip of the pen.
void require_known(const std::vector<std::string>& names, const std::string& option,
                   const drift_side& reference, const drift_side& current,
                   const std::vector<std::string>& known) {
    for (const auto& name : names) {
        if (!listed_in(known, name)) {
            try {
                (void)require_column(reference.name + " and " + current.name, known, name);
            } catch (const failure& problem) {
                throw failure(option + ": " + problem.what());
            }
        }
    }
}

/// Runs work(0) .. work(count - 1) on as many threads as the machine has; the first exception, by
/// index, is thrown again.
template <class Work>
void on_all_cores(std::size_t count, Work work) {
    std::atomic<std::size_t> next{0};
    std::vector<std::exception_ptr> problems(count);
    const auto run = [&] {
        for (std::size_t i = next++; i < count; i = next++) {
            try {
                work(i);
            } catch (...) {
                problems[i] = std::current_exception();
            }
        }
    };
    std::vector<std::thread> threads;
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    for (std::size_t i = 1; i < std::min(cores, count); ++i) threads.emplace_back(run);
    run();
    for (auto& thread : threads) thread.join();
    for (const auto& problem : problems) {
        if (problem) std::rethrow_exception(problem);
    }
}

comparison compare(drift_side& reference, drift_side& current, const drift_options& options,
                   progress& shown) {
    const auto ours = reference.columns();
    const auto theirs = current.columns();
    std::vector<std::string> known = reference.header;
    known.insert(known.end(), current.header.begin(), current.header.end());
    const auto categorical = split_names(options.categorical, known);
    const auto exclude = split_names(options.exclude, known);
    require_known(categorical, "--categorical", reference, current, known);
    require_known(exclude, "--exclude", reference, current, known);

    comparison made;
    std::vector<std::string> both;
    for (const auto& name : ours) {
        if (listed_in(exclude, name)) continue;
        (listed_in(theirs, name) ? both : made.only_in_reference).push_back(name);
    }
    for (const auto& name : theirs) {
        if (!listed_in(exclude, name) && !listed_in(ours, name)) {
            made.only_in_current.push_back(name);
        }
    }
    if (both.empty()) {
        throw failure(reference.name + " and " + current.name + ": no column in common");
    }
    const alert_rule rule{.leeway = options.leeway, .confidence = options.confidence};
    rule.require_valid();
    made.columns.resize(both.size());
    std::atomic<std::uint64_t> done{0};
    on_all_cores(both.size(), [&](std::size_t i) {
        made.columns[i] =
            compare_column(reference, current, both[i], listed_in(categorical, both[i]), rule);
        shown.report("comparing columns", ++done, both.size());
    });
    return made;
}

void write_test(detail::json_writer& out, const drift_result& result) {
    const auto number = [&](std::string_view key, const std::optional<double>& value) {
        if (value) out.member(key, *value);
    };
    out.begin_object();
    if (!result.defined()) {
        out.key("statistic").null().key("p_value").null();
        out.member("undefined", to_string(*result.reason)).end_object();
        return;
    }
    out.member("statistic", result.statistic).member("p_value", result.p_value);
    number("lower", result.lower);
    number("upper", result.upper);
    number("expected_without_drift", result.expected_without_drift);
    number("standard_error", result.standard_error);
    out.end_object();
}

std::string as_json(const drift_side& reference, const drift_side& current,
                    const drift_options& options, const comparison& found) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.drift/1");
    out.member("reference", reference.name).member("current", current.name);
    out.member("rows_reference", reference.rows()).member("rows_current", current.rows());
    out.member("leeway", options.leeway).member("confidence", options.confidence);
    out.key("columns").begin_array();
    for (const auto& column : found.columns) {
        out.begin_object().member("name", column.name);
        out.member("kind", column.kind == feature_kind::numeric ? "numeric" : "categorical");
        out.member("n_reference", column.n_reference).member("n_current", column.n_current);
        out.member("missing_reference", column.missing_reference);
        out.member("missing_current", column.missing_current);
        out.member("non_finite_reference", column.non_finite_reference);
        out.member("non_finite_current", column.non_finite_current);
        out.key("tests").begin_object();
        for (const auto& [name, result] : column.tests) {
            out.key(name);
            write_test(out, result);
        }
        out.end_object().member("verdict", to_string(column.verdict)).end_object();
    }
    out.end_array();
    const auto names = [&](std::string_view key, const std::vector<std::string>& list) {
        out.key(key).begin_array();
        for (const auto& name : list) out.text(name);
        out.end_array();
    };
    names("only_in_reference", found.only_in_reference);
    names("only_in_current", found.only_in_current);
    out.end_object();
    return std::move(out).take() + "\n";
}

std::string p_text(const drift_result& result) {
    if (!result.p_value) return "-";
    return *result.p_value == 0 ? "< 1e-300" : detail::figure_text(*result.p_value, 3);
}

std::string statistic_text(const drift_result& result) {
    return result.defined() ? detail::figure_text(result.statistic)
                            : std::string(to_string(*result.reason));
}

std::string as_text(const drift_side& reference, const drift_side& current,
                    const drift_options& options, const comparison& found) {
    std::vector<const column_drift*> worst_first;
    for (const auto& column : found.columns) worst_first.push_back(&column);
    const auto effect = [](const column_drift& column) {
        const auto& stability = column.test("population_stability_index");
        return stability.defined() ? stability.statistic : -1.0;
    };
    // Equal effects keep the order of the file: the pointers go into one vector.
    std::sort(worst_first.begin(), worst_first.end(), [&](const auto* a, const auto* b) {
        const double left = effect(*a);
        const double right = effect(*b);
        return left != right ? left > right : std::less<>{}(a, b);
    });

    using align = detail::text_table::align;
    detail::text_table table({{"column", align::left},
                              {"kind", align::left},
                              {"n reference"},
                              {"n current"},
                              {"missing"},
                              {"PSI"},
                              {"p"},
                              {"KS"},
                              {"p"},
                              {"chi-squared"},
                              {"p"},
                              {"verdict", align::left}});
    std::size_t beyond = 0;
    std::size_t unsure = 0;
    for (const auto* column : worst_first) {
        beyond += column->verdict == verdict::beyond ? 1 : 0;
        unsure += column->verdict == verdict::not_enough_data ? 1 : 0;
        const auto& stability = column->test("population_stability_index");
        const auto& counts = column->test("chi_squared");
        const bool numeric = column->kind == feature_kind::numeric;
        std::vector<std::string> line{detail::short_name(column->name, 24),
                                      numeric ? "numeric" : "categorical",
                                      std::to_string(column->n_reference),
                                      std::to_string(column->n_current),
                                      std::to_string(column->missing_reference) + " / " +
                                          std::to_string(column->missing_current),
                                      statistic_text(stability),
                                      p_text(stability)};
        if (numeric) {
            const auto& ks = column->test("kolmogorov_smirnov");
            line.push_back(statistic_text(ks));
            line.push_back(p_text(ks));
        } else {
            line.insert(line.end(), {"-", "-"});
        }
        line.insert(line.end(), {statistic_text(counts), p_text(counts),
                                 std::string(to_string(column->verdict))});
        table.add(std::move(line));
    }
    std::string out = std::to_string(reference.rows()) + " rows of " + reference.name +
                      " against " + std::to_string(current.rows()) + " rows of " + current.name +
                      "\n\n" + table.str() + "\n";
    const auto names = [&](const std::string& head, const std::vector<std::string>& list) {
        if (list.empty()) return;
        out += head;
        for (std::size_t i = 0; i < list.size(); ++i) {
            out += (i > 0 ? ", " : " ") + detail::short_name(list[i]);
        }
        out += "\n";
    };
    names("only in the reference:", found.only_in_reference);
    names("only in the current file:", found.only_in_current);
    out += std::to_string(beyond) + " of " + std::to_string(found.columns.size()) +
           " columns beyond a leeway of " + detail::figure_text(options.leeway) +
           " (population stability index)";
    if (unsure > 0) out += ", " + std::to_string(unsure) + " undecided for want of data";
    return out + ", at " + detail::percent_text(options.confidence) + " confidence\n";
}

}  // namespace

int drift(const drift_options& options) {
    progress shown;
    auto later =
        std::async(std::launch::async, [&] { return read_side(options.current, options, shown); });
    std::optional<drift_side> reference;
    std::exception_ptr problem;
    try {
        reference = read_side(options.reference, options, shown);
    } catch (...) {
        problem = std::current_exception();
    }
    drift_side current = [&] {
        if (!problem) return later.get();
        later.wait();
        std::rethrow_exception(problem);
    }();
    const comparison found = compare(*reference, current, options, shown);
    shown.erase();
    print(options.format == output_format::json ? as_json(*reference, current, options, found)
                                                : as_text(*reference, current, options, found));
    const bool alarmed = std::any_of(found.columns.begin(), found.columns.end(),
                                     [](const auto& c) { return c.verdict == verdict::beyond; });
    return options.fail_on_alarm && alarmed ? exit_alarm : exit_fine;
}

}  // namespace leeway::cli
