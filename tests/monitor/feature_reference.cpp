#include "leeway/monitor/feature_reference.hpp"

#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "leeway/core/state_file.hpp"
#include "leeway/drift/population_stability_index.hpp"
#include "leeway/monitor/reference_builder.hpp"
#include "support/catch.hpp"

using leeway::binning_options;
using leeway::feature_reference;
using leeway::reference;
using leeway::reference_builder;
using leeway::schema;

namespace {

std::vector<std::string> labels_of(const feature_reference& feature) {
    std::vector<std::string> labels;
    for (std::size_t bin = 0; bin < feature.bins().size(); ++bin) {
        labels.push_back(feature.label(bin));
    }
    return labels;
}

reference numeric(const std::vector<double>& values, binning_options bins) {
    reference_builder build(schema{}.numeric("x"), {.binning = bins});
    for (const double value : values) build.update(std::vector<double>{value});
    return build.finish();
}

using words = std::vector<std::string>;

}  // namespace

TEST_CASE("intervals are labelled by their ends") {
    std::vector<double> values;
    for (int i = 0; i < 300; ++i) values.push_back(i / 100.0);
    const reference made = numeric(values, {.bins = 3});
    const auto& x = made["x"];
    CHECK(labels_of(x) == words{"< 1", "[1, 2)", ">= 2", "missing", "non-finite", "unseen"});
    CHECK(x.upper(0) == 1.0);
    CHECK(x.upper(1) == 2.0);
    CHECK(!x.upper(2));
    CHECK(!x.upper(3));
    CHECK_THROWS_AS(x.label(6), std::invalid_argument);
    const reference whole = numeric(values, {.bins = 1, .few_distinct = 1});
    CHECK(whole["x"].label(0) == "any");
}

TEST_CASE("ends that six digits cannot tell apart get more") {
    std::vector<double> values;
    for (int i = 0; i < 300; ++i) values.push_back(1 + i * 1e-9);
    const reference made = numeric(values, {.bins = 3});
    const auto labels = labels_of(made["x"]);
    CHECK(labels[0] != labels[1]);
    CHECK(labels[0] == "< " + leeway::detail::shown(made["x"].bins().points()[0]));
    // One third prints short when there is nothing to confuse it with.
    const reference third = numeric({1.0 / 3, 1.0 / 3, 1.0 / 3, 2, 2, 2}, {.least = 1});
    CHECK(third["x"].label(0) == "0.333333");
}

TEST_CASE("few values are labelled by value, pooled ones by their range") {
    std::vector<double> values;
    for (int i = 0; i < 100; ++i) values.push_back(1);
    for (int i = 0; i < 100; ++i) values.push_back(2);
    values.insert(values.end(), {3, 3, 4, 4, 4, 4, 5});  // 2, 4 and 1 rows: under 5 each
    const reference made = numeric(values, {.bins = 16, .least = 5, .few_distinct = 16});
    const auto& x = made["x"];
    const auto labels = labels_of(x);
    CHECK(labels[0] == "1");
    CHECK(labels[1] == "2");
    CHECK(labels[2] == "3 to 5");
    CHECK(x.upper(0) == 1.0);
    CHECK(x.upper(2) == 5.0);
}

TEST_CASE("categories are labelled by their texts") {
    reference_builder build(schema{}.categorical("country"),
                            {.binning = {.least = 2, .top_categories = 3}});
    const auto add = [&](std::string_view text, int times) {
        for (int i = 0; i < times; ++i) {
            build.update(std::vector<double>{build.code("country", text)});
        }
    };
    add("DE", 10);
    add("17", 8);
    add("FR", 6);
    add("IT", 4);
    add("AT", 1);
    const reference made = build.finish();
    const auto& country = made["country"];
    CHECK(labels_of(country) ==
          words{"DE", "17", "FR", "other", "missing", "non-finite", "unseen"});
    CHECK(!country.upper(0));
    CHECK(country.bins()(leeway::category_code("17")) == 1);
    CHECK(country.categories().size() == 4);  // 17 is its own text
    CHECK(!country.mean());
}

TEST_CASE("codes whose text was never told show the code") {
    reference_builder build(schema{}.categorical("c"));
    for (int i = 0; i < 10; ++i) build.update(std::vector<double>{leeway::category_code("DE")});
    const reference made = build.finish();
    CHECK(made["c"].label(0) == leeway::detail::shown(leeway::category_code("DE")));
}

TEST_CASE("a feature of a reference reads as its counts") {
    const reference made = numeric({1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, {.least = 1});
    leeway::binned_counts current(made["x"].counts().shared_bins());
    current.update(3.0);
    const auto drift = leeway::population_stability_index{}(made["x"], current);
    CHECK(drift.n_reference == 10);
    CHECK(drift.n_current == 1);
}
