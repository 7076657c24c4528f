#include "core/nearest_name.hpp"

#include <string>
#include <vector>

#include "support/catch.hpp"

using leeway::detail::nearest_name;
using leeway::detail::suggestion;

TEST_CASE("nearest_name: the closest known name, or none") {
    const std::vector<std::string> known{"accuracy", "precision", "recall", "roc_auc", "f1"};
    CHECK(nearest_name("acuracy", known) == "accuracy");
    CHECK(nearest_name("ROC_AUC", known) == "roc_auc");
    CHECK(nearest_name("recal", known) == "recall");
    CHECK(nearest_name("rocauc", known) == "roc_auc");
    CHECK(nearest_name("temperature", known).empty());
    CHECK(nearest_name("", known).empty());
    CHECK(nearest_name("x", std::vector<std::string>{}).empty());
    // Of equally close names the first.
    CHECK(nearest_name("abcx", std::vector<std::string>{"abcy", "abcz"}) == "abcy");
}

TEST_CASE("nearest_name: as the end of a sentence") {
    const std::vector<std::string> known{"age"};
    CHECK(suggestion("agee", known) == "; did you mean 'age'?");
    CHECK(suggestion("income", known).empty());
}
