#include "cli/json_members.hpp"

#include <algorithm>
#include <cmath>
#include <istream>
#include <set>
#include <utility>

#include "cli/commands.hpp"
#include "cli/csv.hpp"
#include "core/nearest_name.hpp"

namespace leeway::cli {

using nlohmann::json;

json parse_json(const std::string& path, std::istream& in) {
    std::vector<std::set<std::string>> open;  // the members so far of each object
    const auto see = [&](int depth, json::parse_event_t event, json& value) {
        if (depth > 32) throw failure(path + ": is nested more than 32 deep");
        if (event == json::parse_event_t::object_start) open.emplace_back();
        if (event == json::parse_event_t::object_end) open.pop_back();
        if (event == json::parse_event_t::key &&
            !open.back().insert(value.get<std::string>()).second) {
            throw failure(path + ": member '" + value.get<std::string>().substr(0, 40) +
                          "' is given twice in one object");
        }
        return true;
    };
    try {
        return json::parse(in, see);
    } catch (const json::exception& problem) {
        // "[json.exception.parse_error.101] parse error at line 1, ..."
        const std::string why = problem.what();
        const auto at = why.find("] ");
        throw failure(path + ": " + (at == std::string::npos ? why : why.substr(at + 2)));
    }
}

members::members(std::string where, const json& object)
    : where_(std::move(where)), object_(object) {
    if (!object_.is_object()) refuse("", "an object");
}

bool members::has(const std::string& name) {
    known_.push_back(name);
    return object_.contains(name);
}

std::string members::text(const std::string& name, std::string otherwise) {
    if (!has(name)) return otherwise;
    if (!object_[name].is_string()) refuse(name, "a text");
    return object_[name].get<std::string>();
}

double members::number(const std::string& name, double otherwise) {
    if (!has(name)) return otherwise;
    if (!object_[name].is_number()) refuse(name, "a number");
    return object_[name].get<double>();
}

const json& members::at(const std::string& name, const std::string& expected) {
    if (!has(name)) refuse(name, expected);
    return object_[name];
}

void members::refuse(const std::string& name, const std::string& expected) const {
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
    throw failure(what + (seen.empty() ? " is missing" : " is " + seen) + ", expected " + expected);
}

void members::refuse_unknown() const {
    for (const auto& item : object_.items()) {
        if (std::find(known_.begin(), known_.end(), item.key()) != known_.end()) continue;
        throw failure(where_ + (where_.ends_with(": ") ? "" : ": ") + "there is no member '" +
                      item.key().substr(0, 40) + "'" + detail::suggestion(item.key(), known_));
    }
}

bool members::flag(const std::string& name) {
    if (!has(name)) return false;
    if (!object_[name].is_boolean()) refuse(name, "true or false");
    return object_[name].get<bool>();
}

std::vector<double> members::numbers(const std::string& name) {
    const char* expected = "a number or a list of numbers";
    std::vector<double> all;
    const auto add = [&](const json& one) {
        if (!one.is_number()) refuse(name, expected);
        all.push_back(one.get<double>());
    };
    if (!has(name)) return all;
    const json& given = object_[name];
    if (given.is_array()) {
        for (const json& one : given) add(one);
    } else if (given.is_string()) {
        const auto text = given.get<std::string>();
        for (std::size_t begin = 0; begin <= text.size();) {
            const std::size_t end = std::min(text.find(',', begin), text.size());
            const csv::cell cell =
                csv::read_cell(std::string_view(text).substr(begin, end - begin));
            if (cell.kind != csv::cell_kind::number || !std::isfinite(cell.number)) {
                refuse(name, expected);
            }
            all.push_back(cell.number);
            begin = end + 1;
        }
    } else {
        add(given);
    }
    if (all.empty()) refuse(name, expected);
    return all;
}

}  // namespace leeway::cli
