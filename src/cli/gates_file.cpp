#include "cli/gates_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <utility>

#include "cli/json_members.hpp"

namespace leeway::cli {

namespace {

using nlohmann::json;

evaluation_task task_of(members& file) {
    const std::string word = file.text("task", "binary");
    if (word == "binary") return evaluation_task::binary;
    if (word == "multiclass") return evaluation_task::multiclass;
    if (word == "multilabel") return evaluation_task::multilabel;
    if (word == "regression") return evaluation_task::regression;
    if (word == "ranking") return evaluation_task::ranking;
    if (word == "forecast") return evaluation_task::forecast;
    if (word == "survival") return evaluation_task::survival;
    file.refuse("task",
                "binary, multiclass, multilabel, regression, ranking, forecast or survival");
}

/// One column, or a list of them.
std::vector<std::string> columns_of(members& file, const std::string& name) {
    if (!file.has(name)) return {};
    const json& given = file.at(name, "a column");
    if (given.is_string()) return {given.get<std::string>()};
    if (!given.is_array()) file.refuse(name, "a column or a list of columns");
    std::vector<std::string> names;
    for (const json& one : given) {
        if (!one.is_string()) file.refuse(name, "a column or a list of columns");
        names.push_back(one.get<std::string>());
    }
    return names;
}

/// As evaluate takes several columns: with commas between.
std::string joined(const std::vector<std::string>& names) {
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ",") + name;
    return all;
}

std::vector<std::size_t> ranks_of(members& file, std::vector<std::size_t> otherwise) {
    const auto given = file.numbers("at");
    if (given.empty()) return otherwise;
    std::vector<std::size_t> ranks;
    for (const double rank : given) {
        if (!(rank >= 1 && rank <= 1e9 && rank == std::floor(rank))) {
            file.refuse("at", "ranks, whole numbers of at least 1");
        }
        ranks.push_back(static_cast<std::size_t>(rank));
    }
    return ranks;
}

undefined_query without_relevant_in(members& file) {
    const std::string word = file.text("without_relevant", "skip");
    if (word == "skip") return undefined_query::skip;
    if (word == "zero") return undefined_query::zero;
    if (word == "one") return undefined_query::one;
    file.refuse("without_relevant", "skip, zero or one");
}

void read_ranking_columns(members& file, const std::string& path, evaluate_options& rows) {
    rows.query = file.text("query", "");
    if (rows.query.empty()) file.refuse("query", "the column that names the query of each row");
    rows.cutoffs = ranks_of(file, rows.cutoffs);
    rows.without_relevant = without_relevant_in(file);
    for (const auto& [name, given] :
         {std::pair("prediction", rows.prediction), std::pair("weight", rows.weight)}) {
        if (!given.empty()) throw failure(path + ": " + name + " does not go with task ranking");
    }
}

/// What evaluate takes beyond the columns, by the names of its options.
void read_more(members& file, evaluate_options& rows) {
    evaluate_more& more = rows.more;
    switch (rows.task) {
        case evaluation_task::binary:
            more.thorough = file.flag("thorough");
            more.group = file.text("group", "");
            more.margins = file.flag("margins");
            more.costs = file.text("costs", "");
            more.calibrator = file.text("calibrator", "");
            if (!more.calibrator.empty() && (rows.scores.empty() || more.margins)) {
                file.refuse("calibrator", "score beside it, and no margins");
            }
            if (more.margins && !file.has("threshold")) rows.threshold = 0;
            break;
        case evaluation_task::multiclass:
            more.margins = file.flag("margins");
            more.costs = file.text("costs", "");
            more.top = ranks_of(file, more.top);
            break;
        case evaluation_task::multilabel:
            rows.without_relevant = without_relevant_in(file);
            break;
        case evaluation_task::regression: {
            rows.regression.pinball = file.numbers("pinball");
            for (const double level : rows.regression.pinball) {
                if (!(level > 0 && level < 1)) file.refuse("pinball", "levels between 0 and 1");
            }
            rows.regression.tweedie = file.numbers("tweedie");
            for (const double power : rows.regression.tweedie) {
                if (!(power <= 0 || power >= 1) || std::isinf(power)) {
                    file.refuse("tweedie", "powers of at most 0 or at least 1");
                }
            }
            rows.regression.features_given = file.has("features");
            const double features = file.number("features", 0);
            if (!(features >= 0 && features <= 1e9 && features == std::floor(features))) {
                file.refuse("features", "a whole number of at least 0");
            }
            rows.regression.features = static_cast<std::size_t>(features);
            break;
        }
        default:
            break;
    }
    if (more.margins && rows.scores.empty()) file.refuse("margins", "score beside it");
}

std::vector<std::string> list_of(members& file, const std::string& name) {
    const std::string text = file.text(name, "");
    return text.empty() ? std::vector<std::string>() : std::vector<std::string>{text};
}

/// The columns of a forecast, by the names of the options of evaluate.
void read_forecast_columns(members& file, const std::string& path, evaluate_options& rows) {
    forecast_options& to = rows.forecast;
    to.lower = file.text("lower", "");
    to.upper = file.text("upper", "");
    to.level = file.number("level", 0.9);
    if (!(to.level > 0 && to.level < 1)) file.refuse("level", "a number between 0 and 1");
    to.quantiles = list_of(file, "quantiles");
    to.ensemble = columns_of(file, "ensemble");
    to.mean = file.text("mean", "");
    to.deviation = file.text("sd", "");
    to.train = file.text("train", "");
    to.train_column = file.text("train_column", "");
    const double season = file.number("season", 1);
    if (!(season >= 1 && season <= 1e9 && season == std::floor(season))) {
        file.refuse("season", "a whole number of at least 1");
    }
    to.season = static_cast<std::size_t>(season);
    const bool point = !rows.scores.empty() || !rows.prediction.empty();
    if (to.lower.empty() != to.upper.empty() || to.mean.empty() != to.deviation.empty() ||
        to.train.empty() != to.train_column.empty() || (!to.train.empty() && !point)) {
        throw failure(path +
                      ": expected lower with upper, mean with sd, and train with train_column and "
                      "score");
    }
    if (!point && to.lower.empty() && to.quantiles.empty() && to.ensemble.empty() &&
        to.mean.empty()) {
        throw failure(path + ": expected lower, quantiles, ensemble, mean or score");
    }
}

void read_survival_columns(members& file, const std::string& path, evaluate_options& rows) {
    rows.survival.time = file.text("time", "");
    rows.survival.event = file.text("event", "");
    rows.at = list_of(file, "at");
    if (rows.survival.time.empty() || rows.survival.event.empty())
        throw failure(path + ": expected time and event, the columns of a survival task");
    if (rows.scores.empty() && rows.at.empty()) throw failure(path + ": expected score or at");
}

/// Which columns the task reads; every task has some that others lack.
void read_task_columns(members& file, const std::string& path, evaluate_options& rows) {
    if (rows.task == evaluation_task::survival) {
        read_survival_columns(file, path, rows);
        return;
    }
    if (rows.label.empty()) file.refuse("label", "the column of true classes or values");
    read_more(file, rows);
    const bool both = rows.task == evaluation_task::multilabel;
    if (rows.task == evaluation_task::forecast) {
        read_forecast_columns(file, path, rows);
    } else if (rows.scores.empty() ? rows.prediction.empty() : !rows.prediction.empty() && !both) {
        throw failure(path + ": expected one of score and prediction");
    }
    if (rows.task == evaluation_task::ranking) read_ranking_columns(file, path, rows);
}

/// The one of a gate's conditions that was given, and its number.
std::pair<std::string, double> limit_of(const std::string& where, members& spec) {
    const std::vector<std::string> known{"at_least", "at_most", "not_worse_than_baseline_by",
                                         "better_than_baseline_by"};
    std::string given;
    for (const std::string& name : known) {
        if (!spec.has(name)) continue;
        if (!given.empty()) given = "more than one";
        if (given.empty()) given = name;
    }
    if (std::find(known.begin(), known.end(), given) == known.end()) {
        throw failure(where +
                      ": expected one of at_least and at_most, or of not_worse_than_baseline_by "
                      "and better_than_baseline_by");
    }
    const double limit = spec.number(given, 0);
    if (!std::isfinite(limit)) spec.refuse(given, "a finite number");
    return {given, limit};
}

figure_part part_of(const std::string& where, members& spec) {
    figure_part found;
    for (const char* kind : {"class", "label", "output", "group"}) {
        if (!spec.has(kind)) continue;
        if (!found.kind.empty()) {
            throw failure(where + ": expected one of " + found.kind + " and " + kind);
        }
        found = {kind, spec.text(kind, "")};
        if (found.name.empty()) spec.refuse(kind, "the name of one");
    }
    return found;
}

/// Only a report of that task has figures of that kind.
void require_part(const gate_spec& spec, const evaluate_options& rows) {
    const std::string& kind = spec.part.kind;
    if (kind.empty()) return;
    if (kind == "group" && rows.more.group.empty()) {
        throw failure(spec.where +
                      ": group needs the member group of the file, the column that names the group "
                      "of each row");
    }
    if ((kind == "class" && rows.task != evaluation_task::multiclass) ||
        (kind == "label" && rows.task != evaluation_task::multilabel) ||
        (kind == "output" && rows.task != evaluation_task::regression)) {
        throw failure(spec.where +
                      ": expected class with task multiclass, label with multilabel, output with "
                      "regression and group with binary");
    }
}

gate_spec gate_of(const std::string& where, const json& object) {
    members spec(where, object);
    gate_spec made;
    made.where = where;
    made.metric = spec.text("metric", "");
    if (made.metric.empty()) spec.refuse("metric", "the key of a figure, like roc_auc");
    made.part = part_of(where, spec);
    const auto [side, limit] = limit_of(where, spec);
    const double weight = spec.number("least_weight", 0);
    if (!(weight >= 0)) spec.refuse("least_weight", "a number of at least 0");
    const std::string held = spec.text("on", "interval");
    if (held != "value" && held != "interval") spec.refuse("on", "interval or value");
    const bool by_value = held == "value";
    made.slice = spec.text("slice", "");
    if (side.ends_with("baseline_by")) {
        if (!(limit >= 0)) spec.refuse(side, "a number of at least 0");
        if (!made.part.kind.empty()) {
            throw failure(where + ": a gate against the baseline is on a figure of all rows, so " +
                          made.part.kind + " does not go with it");
        }
        made.against_baseline = baseline_claim{side.starts_with("better"), limit, weight, by_value};
    } else {
        gate condition = side == "at_least" ? gate::at_least(limit) : gate::at_most(limit);
        condition = condition.with_least(weight);
        made.condition = by_value ? condition.by_value() : condition;
    }
    if (!made.slice.empty() && by_value) {
        throw failure(where +
                      ": slices are judged by their intervals, so \"on\" has to be interval");
    }
    spec.refuse_unknown();
    return made;
}

/// The other model, where a gate asks for it: a column of the same rows.
void read_baseline(members& file, const std::string& path, gates_file& gates) {
    gates.baseline = {file.text("baseline_score", ""), file.text("baseline_prediction", "")};
    const double replicates = file.number("bootstrap", 500);
    if (!(replicates >= 1 && replicates <= 100'000 && replicates == std::floor(replicates))) {
        file.refuse("bootstrap", "a whole number from 1 to 100000");
    }
    gates.replicates = static_cast<std::size_t>(replicates);
    const bool asked = std::any_of(gates.gates.begin(), gates.gates.end(), [](const auto& spec) {
        return spec.against_baseline.has_value();
    });
    if (!asked) return;
    if (gates.rows.task != evaluation_task::binary &&
        gates.rows.task != evaluation_task::multiclass &&
        gates.rows.task != evaluation_task::regression) {
        throw failure(path +
                      ": a gate against the baseline is for binary, multiclass and regression");
    }
    if (!gates.rows.more.calibrator.empty()) {
        file.refuse("calibrator", "no gate against the baseline, whose scores it was not made for");
    }
    // Decisions are held against decisions and scores against scores.
    const bool scored = !gates.rows.scores.empty();
    const bool fits = scored ? !gates.baseline.score.empty() && gates.baseline.prediction.empty()
                             : gates.baseline.score.empty() && !gates.baseline.prediction.empty();
    if (!fits) {
        throw failure(path + ": a gate against the baseline needs " +
                      (scored ? "baseline_score, a column like score"
                              : "baseline_prediction, a column like prediction"));
    }
    if (gates.rows.scores.size() > 1) {
        throw failure(path +
                      ": a gate against the baseline of several classes compares predictions, "
                      "expected prediction and baseline_prediction");
    }
}

}  // namespace

gates_file read_gates(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw failure("cannot open " + path);
    const json read = parse_json(path, in);
    members file(path + ": ", read);
    const std::string schema = file.text("schema", "leeway.gates/1");
    if (schema != "leeway.gates/1") file.refuse("schema", "\"leeway.gates/1\"");

    gates_file gates;
    gates.name = path;
    gates.rows.task = task_of(file);
    gates.rows.label = joined(columns_of(file, "label"));
    gates.rows.scores = columns_of(file, "score");
    gates.rows.prediction = joined(columns_of(file, "prediction"));
    gates.rows.positive_given = file.has("positive");
    if (gates.rows.positive_given) {
        const json& positive = file.at("positive", "a class");
        gates.rows.positive = positive.is_string() ? positive.get<std::string>() : positive.dump();
    }
    gates.rows.threshold = file.number("threshold", 0.5);
    gates.rows.weight = file.text("weight", "");
    const double level = file.number("confidence", 0.95);
    // Below, an interval is hardly wider than its figure, and says nothing.
    if (!(level >= 0.01 && level < 1)) {
        file.refuse("confidence", "a number of at least 0.01 and below 1");
    }
    gates.confidence = confidence_level::of(level);
    gates.false_discovery = file.number("false_discovery", 0.1);
    if (!(gates.false_discovery > 0 && gates.false_discovery < 1)) {
        file.refuse("false_discovery", "a number between 0 and 1");
    }
    read_task_columns(file, path, gates.rows);
    const json& list = file.at("gates", "a list of gates");
    if (!list.is_array() || list.empty()) file.refuse("gates", "a list of at least one gate");
    for (std::size_t i = 0; i < list.size(); ++i) {
        gates.gates.push_back(gate_of(path + ": gates[" + std::to_string(i) + "]", list[i]));
        const gate_spec& last = gates.gates.back();
        require_part(last, gates.rows);
        if (gates.rows.task == evaluation_task::multilabel && !last.slice.empty()) {
            throw failure(last.where + ": slice does not go with task multilabel");
        }
    }
    read_baseline(file, path, gates);
    file.refuse_unknown();
    return gates;
}

}  // namespace leeway::cli
