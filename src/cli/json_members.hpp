// A JSON file that a person wrote: members by name, and refusals that say where.
#pragma once

#include <iosfwd>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace leeway::cli {

/// The JSON of a file. A failure that names it where it is none, where it is nested beyond any use,
/// or where an object has a member twice: the standard lets a reader keep either.
[[nodiscard]] nlohmann::json parse_json(const std::string& path, std::istream& in);

/// An object of the file, whose members are asked for by name; what was not asked for is unknown.
class members {
  public:
    /// `where`: "gates.json: " or "gates.json: gates[0]".
    members(std::string where, const nlohmann::json& object);

    [[nodiscard]] bool has(const std::string& name);
    [[nodiscard]] std::string text(const std::string& name, std::string otherwise);
    [[nodiscard]] double number(const std::string& name, double otherwise);
    [[nodiscard]] bool flag(const std::string& name);
    /// A number, a list of them, or a text like "5,10"; empty when it is not there.
    [[nodiscard]] std::vector<double> numbers(const std::string& name);
    [[nodiscard]] const nlohmann::json& at(const std::string& name, const std::string& expected);
    [[noreturn]] void refuse(const std::string& name, const std::string& expected) const;
    /// After the last question.
    void refuse_unknown() const;

  private:
    std::string where_;
    const nlohmann::json& object_;
    std::vector<std::string> known_;
};

}  // namespace leeway::cli
