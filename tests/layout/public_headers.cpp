// What every public header must have: a test, a row in the catalogue where it holds a state or a
// read-out, and one concept only.
#include <algorithm>
#include <cctype>
#include <regex>
#include <set>

#include "support/catch.hpp"
#include "tree.hpp"

namespace {

using layout::complaints;
using layout::source_file;

/// Folders whose types are listed in docs/catalogue.md.
bool is_catalogued(const std::string& folder) {
    static const std::set<std::string> folders{"accumulators", "metrics", "drift", "change"};
    return folders.count(folder) != 0;
}

/// The names a header owes the catalogue: its stem where it holds a state or a detector (they have
/// a kind), and the name on each info card (metrics and drift tests have one). Helpers owe none.
std::set<std::string> catalogue_names(const source_file& header) {
    std::set<std::string> names;
    static const std::regex kind("\\bstring_view kind\\b");
    if (std::regex_search(header.text, kind)) names.insert(header.stem());
    static const std::regex card(
        "\\binfo_card info\\s*(=\\s*)?\\{\\s*(\\.name = )?\"([a-z0-9_]+)\"");
    for (auto it = std::sregex_iterator(header.text.begin(), header.text.end(), card);
         it != std::sregex_iterator(); ++it) {
        names.insert((*it)[3]);
    }
    return names;
}

std::set<std::string> catalogue_rows(const std::string& catalogue) {
    std::set<std::string> rows;
    const std::regex row("\\| `([a-z0-9_]+)(<[^`]*>)?` \\|.*");
    std::smatch match;
    for (const auto& line : layout::lines_of(catalogue)) {
        if (std::regex_match(line, match, row)) rows.insert(match[1]);
    }
    return rows;
}

/// Rows with a cell too many, too few or empty, and names with two rows.
complaints ill_formed_rows(const std::string& catalogue) {
    complaints found;
    std::set<std::string> seen;
    std::size_t columns = 0;
    for (const auto& line : layout::lines_of(catalogue)) {
        if (line.rfind("| ", 0) != 0) continue;
        std::vector<std::string> cells;
        const std::string body = line.substr(2) + " ";
        for (std::size_t at = 0, end = 0; (end = body.find(" | ", at)) != body.npos; at = end + 3) {
            cells.push_back(body.substr(at, end - at));
        }
        const std::string name = line.substr(0, line.find(" |", 1));
        if (line.rfind("| name |", 0) == 0) {
            columns = cells.size();
        } else if (cells.size() != columns) {
            found.push_back("docs/catalogue.md: row '" + name + " |' has " +
                            std::to_string(cells.size() + 1) + " cells, its table " +
                            std::to_string(columns + 1));
        } else if (std::count(cells.begin(), cells.end(), "") > 0) {
            found.push_back("docs/catalogue.md: row '" + name + " |' has an empty cell");
        } else if (!seen.insert(name).second) {
            found.push_back("docs/catalogue.md: '" + name + " |' has two rows");
        }
    }
    return found;
}

complaints without_row(const std::vector<source_file>& headers, const std::string& catalogue) {
    complaints found;
    const auto rows = catalogue_rows(catalogue);
    for (const auto& header : headers) {
        if (!is_catalogued(header.folder("include/leeway"))) continue;
        for (const auto& name : catalogue_names(header)) {
            if (rows.count(name) == 0) {
                found.push_back(header.path + ": docs/catalogue.md has no row '| `" + name +
                                "` | ...'");
            }
        }
    }
    return found;
}

/// Whether `text` declares a type or namespace of this name, or names it on an info card.
bool declares(const std::string& text, const std::string& name) {
    if (text.find('"' + name + '"') != std::string::npos) return true;
    for (const char* const word : {"class ", "struct ", "concept ", "namespace "}) {
        const std::string wanted = word + name;
        for (auto at = text.find(wanted); at != std::string::npos; at = text.find(wanted, at + 1)) {
            const char next = at + wanted.size() < text.size() ? text[at + wanted.size()] : ' ';
            if (std::isalnum(static_cast<unsigned char>(next)) == 0 && next != '_') return true;
        }
    }
    return false;
}

/// Rows that name nothing: a type that was renamed or removed.
complaints without_header(const std::vector<source_file>& headers, const std::string& catalogue) {
    complaints found;
    for (const auto& name : catalogue_rows(catalogue)) {
        const bool exists = std::any_of(headers.begin(), headers.end(), [&](const auto& header) {
            return header.stem() == name || declares(header.text, name);
        });
        if (!exists) found.push_back("docs/catalogue.md: no public header declares '" + name + "'");
    }
    return found;
}

std::size_t line_count(const source_file& file) {
    return layout::lines_of(file.text).size();
}

}  // namespace

TEST_CASE("every public header has a test of the same stem") {
    complaints found;
    for (const auto& header : layout::public_headers()) {
        const std::string folder = header.folder("include/leeway");
        if (folder.empty()) continue;  // leeway.hpp: compiled alone, and by the consumers
        const std::string test = "tests/" + folder + "/" + header.stem() + ".cpp";
        if (!std::filesystem::exists(layout::root() / test)) {
            found.push_back(header.path + ": there is no " + test);
        }
    }
    CHECK(layout::none(found));
}

TEST_CASE("every state, metric, drift test and detector has a row in the catalogue") {
    const auto headers = layout::public_headers();
    const std::string catalogue = layout::read(layout::root() / "docs/catalogue.md");
    auto found = without_row(headers, catalogue);
    for (auto& complaint : without_header(headers, catalogue)) {
        found.push_back(std::move(complaint));
    }
    CHECK(layout::none(found));
}

TEST_CASE("every row of the catalogue is complete, and no name has two") {
    CHECK(layout::none(ill_formed_rows(layout::read(layout::root() / "docs/catalogue.md"))));
}

TEST_CASE("no public header holds two concepts") {
    constexpr std::size_t most = 350;  // lines; docs/design.md, section 6
    complaints found;
    for (const auto& header : layout::public_headers()) {
        if (header.path == "include/leeway/leeway.hpp") continue;
        if (line_count(header) > most) {
            found.push_back(header.path + ": " + std::to_string(line_count(header)) +
                            " lines, at most " + std::to_string(most) + ": split the concept");
        }
    }
    CHECK(layout::none(found));
}

TEST_CASE("every public header is guarded and in the namespace") {
    complaints found;
    for (const auto& header : layout::public_headers()) {
        if (header.text.find("#pragma once\n") == std::string::npos) {
            found.push_back(header.path + ": no #pragma once");
        }
        if (header.path != "include/leeway/leeway.hpp" &&
            header.text.find("namespace leeway::inline v0 {") == std::string::npos) {
            found.push_back(header.path + ": nothing in namespace leeway::inline v0");
        }
    }
    CHECK(layout::none(found));
}

TEST_CASE("a missing or stale row is seen") {
    const source_file header{
        "include/leeway/metrics/gain.hpp",
        "struct gain {\n    static constexpr info_card info{\"gain\", \"1\"};\n"
        "};\nstruct lift {\n    static constexpr info_card info{\n"
        "        .name = \"lift\"};\n};\n"};
    const source_file helper{"include/leeway/metrics/helper.hpp", "enum class helper { one };\n"};
    CHECK(without_row({header, helper}, "| `gain` | g |\n| `lift` | l |\n").empty());
    CHECK(without_row({header, helper}, "| `gain` | g |\n").size() == 1);
    CHECK(without_row({header, helper}, "nothing, but `gain` and `lift` are named\n").size() == 2);
    CHECK(without_header({header, helper}, "| `gain` | g |\n| `lift` | l |\n").empty());
    CHECK(without_header({header, helper}, "| `loss` | l |\n").size() == 1);
}
