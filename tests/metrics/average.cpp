#include "leeway/metrics/average.hpp"

#include "leeway/metrics/precision.hpp"
#include "support/catch.hpp"

using leeway::average;

TEST_CASE("an average is the suffix of a key, but binary is not") {
    CHECK(leeway::averaged_key("recall", average::binary) == "recall");
    CHECK(leeway::averaged_key("recall", average::micro) == "recall_micro");
    CHECK(leeway::averaged_key("recall", average::macro) == "recall_macro");
    CHECK(leeway::averaged_key("recall", average::weighted) == "recall_weighted");
    CHECK(leeway::averaged_key("recall", average::samples) == "recall_samples");
    CHECK(leeway::to_string(average::binary) == "binary");
}

TEST_CASE("a binary average of another number of classes raises and says what to ask for") {
    const leeway::confusion_matrix counts(3);
    try {
        (void)leeway::precision{}(counts);
        FAIL("three classes have no positive one");
    } catch (const std::invalid_argument& problem) {
        CHECK(std::string(problem.what()) ==
              "precision: classes is 3, expected 2 for average::binary; ask for average::micro, "
              "macro or weighted");
    }
}
