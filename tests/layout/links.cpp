// Links between pages lead to files that exist.
#include <regex>

#include "support/catch.hpp"
#include "tree.hpp"

namespace {

using layout::complaints;

/// Relative links of a page, resolved from its folder, that lead nowhere.
complaints dead_links(const layout::source_file& page) {
    static const std::regex link("\\]\\(([^)#: ]+)(#[^)]*)?\\)");
    complaints found;
    const auto folder = (layout::root() / page.path).parent_path();
    for (auto it = std::sregex_iterator(page.text.begin(), page.text.end(), link);
         it != std::sregex_iterator(); ++it) {
        if (!std::filesystem::exists(folder / (*it)[1].str())) {
            found.push_back(page.path + ": there is no " + (*it)[1].str());
        }
    }
    return found;
}

}  // namespace

TEST_CASE("links between pages lead somewhere") {
    auto pages = layout::files("docs", {".md"});
    pages.push_back({"README.md", layout::read(layout::root() / "README.md")});
    complaints found;
    for (const auto& page : pages) {
        for (auto& complaint : dead_links(page)) found.push_back(std::move(complaint));
    }
    CHECK(layout::none(found));
}

TEST_CASE("a dead link is seen") {
    CHECK(dead_links({"README.md", "see [design](docs/design.md), [a site](https://x.org/y)"})
              .empty());
    CHECK(dead_links({"README.md", "see [design](docs/desing.md#names)"}).size() == 1);
    CHECK(dead_links({"docs/index.md", "back to [README](../README.md)"}).empty());
    CHECK(dead_links({"docs/index.md", "back to [README](README.md)"}).size() == 1);
}
