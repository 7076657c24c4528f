// Which folder may include which: the table of docs/design.md, section 5, read from the include
// lines.
#include <regex>
#include <set>

#include "support/catch.hpp"
#include "tree.hpp"

namespace {

using layout::complaints;

struct rule {
    std::string folders;                  ///< first cell of the row in docs/design.md
    std::string words;                    ///< second cell: a change there must be a change here
    std::set<std::string> may_include;    ///< what the words mean; a folder may include itself
    bool never_one_another{false};        ///< the folders of this row are closed to each other
    std::set<std::string> third_party{};  ///< first part of <...> with a slash, in public headers
};

const std::vector<rule>& rules() {
    static const std::vector<rule> table{
        {"core", "core", {}},
        {"accumulators", "core", {"core"}, false, {"Eigen"}},
        {"metrics, drift, change",
         "core, accumulators; never one another",
         {"core", "accumulators"},
         true},
        {"compose", "core", {"core"}},
        {"model", "core", {"core"}, false, {"Eigen"}},
        {"evaluation",
         "core, accumulators, metrics, compose, model",
         {"core", "accumulators", "metrics", "compose", "model"}},
        {"monitor",
         "all of the above but evaluation",
         {"core", "accumulators", "metrics", "drift", "change", "compose", "model"}},
        {"export", "core, evaluation, monitor", {"core", "evaluation", "monitor"}},
        {"testing",
         "core, evaluation",
         {"core", "evaluation"},
         false,
         {"catch2", "doctest", "gtest"}},
    };
    return table;
}

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> parts;
    const std::regex word("[a-z_]+");
    for (auto it = std::sregex_iterator(text.begin(), text.end(), word);
         it != std::sregex_iterator(); ++it) {
        parts.push_back(it->str());
    }
    return parts;
}

const rule* rule_of(const std::string& folder) {
    for (const auto& row : rules()) {
        const auto folders = split(row.folders);
        if (std::find(folders.begin(), folders.end(), folder) != folders.end()) return &row;
    }
    return nullptr;
}

/// Complaints about the include lines of a file that belongs to `folder`.
complaints arrows(const layout::source_file& file, const std::string& folder, bool is_public) {
    complaints found;
    const rule* row = rule_of(folder);
    if (row == nullptr) return {file.path + ": folder '" + folder + "' is not in the table"};
    const std::regex ours("\\s*#\\s*include\\s+[\"<](leeway/)?([a-z_]+)/[^\">]*[\">].*");
    const std::regex theirs("\\s*#\\s*include\\s+<([A-Za-z0-9_]+)/.*");
    std::smatch match;
    for (const auto& line : layout::lines_of(file.text)) {
        if (line.find("leeway/leeway.hpp") != std::string::npos) {
            found.push_back(file.path + ": includes leeway.hpp, which includes everything");
        } else if (line.find('"') != std::string::npos ||
                   line.find("<leeway/") != std::string::npos) {
            if (!std::regex_match(line, match, ours)) continue;
            const std::string target = match[2];
            if (match[1].length() == 0 && is_public) {
                found.push_back(file.path + ": includes \"" + target +
                                "/...\", which is not public");
            }
            if (target != folder && row->may_include.count(target) == 0) {
                found.push_back(file.path + ": " + folder + " may not include " + target);
            }
        } else if (is_public && std::regex_match(line, match, theirs)) {
            if (match[1] != "sys" && row->third_party.count(match[1]) == 0) {
                found.push_back(file.path + ": a public header of " + folder +
                                " may not include <" + match[1].str() + "/...>");
            }
        }
    }
    return found;
}

}  // namespace

TEST_CASE("the include table in docs/design.md is the one that is checked") {
    const std::string design = layout::read(layout::root() / "docs/design.md");
    for (const auto& row : rules()) {
        INFO("docs/design.md has no row '" << row.folders << " | " << row.words << "'");
        CHECK(design.find("| " + row.folders + " | " + row.words + " |") != std::string::npos);
    }
}

TEST_CASE("every include follows the table") {
    complaints found;
    for (const auto& header : layout::public_headers()) {
        const std::string folder = header.folder("include/leeway");
        if (folder.empty()) continue;  // leeway.hpp
        for (auto& complaint : arrows(header, folder, true)) found.push_back(std::move(complaint));
    }
    for (const auto& source : layout::files("src", {".hpp", ".cpp"})) {
        const std::string folder = source.folder("src");
        // On top of everything; and precompiled.hpp, the standard library alone.
        if (folder == "cli" || folder.empty()) continue;
        for (auto& complaint : arrows(source, folder, false)) found.push_back(std::move(complaint));
    }
    CHECK(layout::none(found));
}

TEST_CASE("a wrong arrow is seen") {
    const auto complaints_about = [](const std::string& folder, const std::string& line,
                                     bool is_public = true) {
        return arrows({"include/leeway/" + folder + "/x.hpp", line + "\n"}, folder, is_public)
            .size();
    };
    CHECK(complaints_about("core", "#include \"leeway/accumulators/moments.hpp\"") == 1);
    CHECK(complaints_about("core", "#include \"leeway/core/error.hpp\"") == 0);
    CHECK(complaints_about("metrics", "#include \"leeway/drift/chi_squared.hpp\"") == 1);
    CHECK(complaints_about("metrics", "#include <leeway/change/x.hpp>  // why not") == 1);
    CHECK(complaints_about("monitor", "#include \"leeway/evaluation/report.hpp\"") == 1);
    CHECK(complaints_about("monitor", "#include \"leeway/drift/chi_squared.hpp\"") == 0);
    CHECK(complaints_about("drift", "#include <boost/math/distributions/normal.hpp>") == 1);
    CHECK(complaints_about("export", "#include <fmt/core.h>") == 1);
    CHECK(complaints_about("export", "#include <fmt/core.h>", false) == 0);
    CHECK(complaints_about("model", "#include <Eigen/Core>") == 0);
    CHECK(complaints_about("drift", "#include <Eigen/Core>") == 1);
    CHECK(complaints_about("export", "#include \"export/json_writer.hpp\"") == 1);
    CHECK(complaints_about("core", "#include \"leeway/leeway.hpp\"") == 1);
    CHECK(complaints_about("plots", "#include <vector>") == 1);
}
