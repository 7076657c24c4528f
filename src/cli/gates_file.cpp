#include "cli/gates_file.hpp"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <nlohmann/json.hpp>
#include <utility>

#include "core/nearest_name.hpp"

namespace leeway::cli {

namespace {

using json = nlohmann::json;

/// An object of the file, whose members are asked for by name; what was not asked for is unknown.
class members {
  public:
    members(std::string where, const json& object) : where_(std::move(where)), object_(object) {
        if (!object_.is_object()) refuse("", "an object");
    }

    [[nodiscard]] bool has(const std::string& name) {
        known_.push_back(name);
        return object_.contains(name);
    }
    [[nodiscard]] std::string text(const std::string& name, std::string otherwise) {
        if (!has(name)) return otherwise;
        if (!object_[name].is_string()) refuse(name, "a text");
        return object_[name].get<std::string>();
    }
    [[nodiscard]] double number(const std::string& name, double otherwise) {
        if (!has(name)) return otherwise;
        if (!object_[name].is_number()) refuse(name, "a number");
        return object_[name].get<double>();
    }
    [[nodiscard]] const json& at(const std::string& name, const std::string& expected) {
        if (!has(name)) refuse(name, expected);
        return object_[name];
    }
    [[noreturn]] void refuse(const std::string& name, const std::string& expected) const {
        std::string what = where_;
        if (!name.empty()) what += (what.ends_with(": ") ? "" : ".") + name;
        if (name.empty() && what.ends_with(": ")) what.resize(what.size() - 2);
        std::string seen;
        if (name.empty()) {
            seen = object_.dump();
        } else if (object_.contains(name)) {
            seen = object_[name].dump();
        }
        if (seen.size() > 40) seen = seen.substr(0, 40) + "...";
        throw failure(what + (seen.empty() ? " is missing" : " is " + seen) + ", expected " +
                      expected);
    }
    /// After the last question.
    void refuse_unknown() const {
        for (const auto& item : object_.items()) {
            if (std::find(known_.begin(), known_.end(), item.key()) != known_.end()) continue;
            throw failure(where_ + (where_.ends_with(": ") ? "" : ": ") + "there is no member '" +
                          item.key().substr(0, 40) + "'" + detail::suggestion(item.key(), known_));
        }
    }

  private:
    std::string where_;
    const json& object_;
    std::vector<std::string> known_;
};

evaluation_task task_of(members& file) {
    const std::string word = file.text("task", "binary");
    if (word == "binary") return evaluation_task::binary;
    if (word == "multiclass") return evaluation_task::multiclass;
    if (word == "regression") return evaluation_task::regression;
    file.refuse("task", "binary, multiclass or regression");
}

std::vector<std::string> scores_of(members& file) {
    if (!file.has("score")) return {};
    const json& given = file.at("score", "a column");
    if (given.is_string()) return {given.get<std::string>()};
    if (!given.is_array()) file.refuse("score", "a column or a list of columns");
    std::vector<std::string> names;
    for (const json& name : given) {
        if (!name.is_string()) file.refuse("score", "a column or a list of columns");
        names.push_back(name.get<std::string>());
    }
    return names;
}

gate_spec gate_of(const std::string& where, const json& object) {
    members spec(where, object);
    const std::string metric = spec.text("metric", "");
    if (metric.empty()) spec.refuse("metric", "the key of a figure, like roc_auc");
    const bool least = spec.has("at_least");
    if (least == spec.has("at_most")) {
        throw failure(where + ": expected one of at_least and at_most");
    }
    const std::string side = least ? "at_least" : "at_most";
    const double limit = spec.number(side, 0);
    if (!std::isfinite(limit)) spec.refuse(side, "a finite number");
    gate condition = least ? gate::at_least(limit) : gate::at_most(limit);
    const double weight = spec.number("least_weight", 0);
    if (!(weight >= 0)) spec.refuse("least_weight", "a number of at least 0");
    condition = condition.with_least(weight);
    const std::string held = spec.text("on", "interval");
    if (held == "value") {
        condition = condition.by_value();
    } else if (held != "interval") {
        spec.refuse("on", "interval or value");
    }
    const std::string slice = spec.text("slice", "");
    if (!slice.empty() && held == "value") {
        throw failure(where +
                      ": slices are judged by their intervals, so \"on\" has to be interval");
    }
    spec.refuse_unknown();
    return {metric, condition, weight, slice};
}

}  // namespace

gates_file read_gates(const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw failure("cannot open " + path);
    json read;
    try {
        read = json::parse(in);
    } catch (const json::parse_error& problem) {
        const std::string why = problem.what();
        throw failure(path + ": " + why.substr(std::min(why.find("parse error"), why.size())));
    }
    members file(path + ": ", read);
    const std::string schema = file.text("schema", "leeway.gates/1");
    if (schema != "leeway.gates/1") file.refuse("schema", "\"leeway.gates/1\"");

    gates_file gates;
    gates.name = path;
    gates.rows.task = task_of(file);
    gates.rows.label = file.text("label", "");
    gates.rows.scores = scores_of(file);
    gates.rows.prediction = file.text("prediction", "");
    gates.rows.positive_given = file.has("positive");
    if (gates.rows.positive_given) {
        const json& positive = file.at("positive", "a class");
        gates.rows.positive = positive.is_string() ? positive.get<std::string>() : positive.dump();
    }
    gates.rows.threshold = file.number("threshold", 0.5);
    gates.rows.weight = file.text("weight", "");
    const double level = file.number("confidence", 0.95);
    if (!(level > 0 && level < 1)) file.refuse("confidence", "a number between 0 and 1");
    gates.confidence = confidence_level::of(level);
    gates.false_discovery = file.number("false_discovery", 0.1);
    if (!(gates.false_discovery > 0 && gates.false_discovery < 1)) {
        file.refuse("false_discovery", "a number between 0 and 1");
    }
    if (gates.rows.label.empty()) file.refuse("label", "the column of true classes or values");
    if (gates.rows.scores.empty() == gates.rows.prediction.empty()) {
        throw failure(path + ": expected one of score and prediction");
    }
    const json& list = file.at("gates", "a list of gates");
    if (!list.is_array() || list.empty()) file.refuse("gates", "a list of at least one gate");
    for (std::size_t i = 0; i < list.size(); ++i) {
        gates.gates.push_back(gate_of(path + ": gates[" + std::to_string(i) + "]", list[i]));
    }
    file.refuse_unknown();
    return gates;
}

}  // namespace leeway::cli
