#include "leeway/export/text.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "example_snapshot.hpp"
#include "export/text_table.hpp"
#include "leeway/evaluation/report.hpp"
#include "support/catch.hpp"

using leeway::estimate;
using leeway::report;

namespace {

bool ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c == '\n' || (c >= ' ' && c <= '~'); });
}

std::size_t longest_line(std::string_view text) {
    std::size_t longest = 0;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        longest = std::max(longest, end);
        text.remove_prefix(end + 1);
    }
    return longest;
}

}  // namespace

TEST_CASE("text: a binary report, to the letter") {
    report::content figures;
    figures.task = "binary";
    figures.rows = 4667;
    figures.weight = 4664;
    figures.rejected.missing = 2;
    figures.rejected.label = 1;
    figures.entries = {
        {"accuracy", estimate::within(0.912, 0.9035, 0.9201, 0.95, 4664)},
        {"expected_calibration_error", estimate::of(0.0123, 4664)},
        {"roc_auc", estimate(leeway::undefined::one_class, 4664)},
    };
    const std::string text = leeway::to_text(report(figures));
    CHECK(text ==
          "binary task, 4667 rows, weight 4664; intervals at 95 % confidence\n"
          "\n"
          "metric                       value   lower   upper\n"
          "--------------------------  ------  ------  ------\n"
          "accuracy                    0.9120  0.9035  0.9201\n"
          "expected_calibration_error  0.0123  no interval\n"
          "roc_auc                     undefined: one class\n"
          "\n"
          "rows left out:\n"
          "           2  value missing\n"
          "           1  label not of the task\n");
    CHECK(ascii(text));
}

TEST_CASE("text: classes have a row each, and what is undefined is named") {
    report::content figures;
    figures.task = "multiclass";
    figures.rows = 8;
    figures.weight = 8;
    figures.entries = {{"accuracy", estimate::of(0.5, 8)},
                       {"precision_micro", estimate::of(0.5, 8)},
                       {"precision_macro", {leeway::undefined::zero_denominator, 8}},
                       {"specificity_macro", estimate::of(0.25, 8)}};
    const std::string long_name = "a very long name of a class, longer than a column";
    figures.confusion = {{"setosa", long_name}, {3, 0, 5, 0}};
    figures.classes = {
        {0,
         "setosa",
         3,
         {{"precision", estimate::within(0.5, 1e-4, 0.912, 0.95, 4)},
          {"recall", estimate::of(1, 3)}}},
        {1,
         long_name,
         5,
         {{"precision", {leeway::undefined::zero_denominator, 0}}, {"recall", estimate::of(0, 5)}}},
    };
    CHECK(leeway::to_text(report(figures)) ==
          "multiclass task, 8 rows; intervals at 95 % confidence\n"
          "\n"
          "class                     precision             recall  support\n"
          "------------------------  --------------------  ------  -------\n"
          "setosa                    0.500 [0.000, 0.912]  1.000         3\n"
          "a very long nam.. column  -                     0.000         5\n"
          "\n"
          "micro                     0.500                               8\n"
          "macro                     -                                   8\n"
          "undefined (-):\n"
          "  precision of a very long nam.. column: zero denominator\n"
          "  precision_macro: zero denominator\n"
          "\n"
          "rows by label (down) and prediction (across)\n"
          "label                     setosa  a very long nam.. column\n"
          "------------------------  ------  ------------------------\n"
          "setosa                         3                         0\n"
          "a very long nam.. column       5                         0\n"
          "\n"
          "the same as shares of the label's rows\n"
          "label                     setosa  a very long nam.. column\n"
          "------------------------  ------  ------------------------\n"
          "setosa                     1.000                     0.000\n"
          "a very long nam.. column   1.000                     0.000\n"
          "\n"
          "metric     value  lower  upper\n"
          "--------  ------  -----  -----\n"
          "accuracy  0.5000  no interval\n"
          "\n"
          "average      macro\n"
          "-----------  -----\n"
          "specificity  0.250\n");
}

TEST_CASE("text: tables of many classes and figures stay within the line") {
    report::content figures;
    figures.task = "multiclass";
    for (int c = 0; c < 12; ++c) {
        const std::string name = "class number " + std::to_string(c);
        figures.confusion.classes.push_back(name);
        report::class_figures each{c, name, 1, {}};
        for (int i = 0; i < 9; ++i) {
            each.entries.push_back(
                {"figure_number_" + std::to_string(i), estimate::within(0.5, 0.4, 0.6, 0.95, 9)});
        }
        figures.classes.push_back(each);
    }
    figures.confusion.cells.assign(144, 12345);
    const std::string text = leeway::to_text(report(figures));
    CHECK(longest_line(text) <= 100);
    CHECK(text.find("figure_number_8") == text.rfind("figure_number_8"));
    // The heads are numbers, which the rows explain.
    CHECK(text.find("label                   1      2") != std::string::npos);
    CHECK(text.find("\n12 class number 11") != std::string::npos);
    // More classes than that are not shown as a table.
    figures.confusion.classes.emplace_back("one more");
    figures.confusion.cells.assign(169, 1);
    CHECK(leeway::to_text(report(figures)).find("prediction (across)") == std::string::npos);
}

TEST_CASE("text: groups with all their rates, and the gaps above") {
    report::content figures;
    figures.task = "groups";
    figures.rows = 40;
    figures.weight = 40;
    figures.entries = {{"demographic_parity_difference", estimate::within(0.3, 0, 0.6, 0.95, 40)}};
    figures.classes = {
        {0, "a", 30, {{"recall", estimate::within(0.75, 0.5, 0.9, 0.95, 30)}}},
        {1, "b", 10, {{"recall", {leeway::undefined::zero_denominator, 10}}}},
    };
    CHECK(leeway::to_text(report(figures)) ==
          "groups task, 40 rows; intervals at 95 % confidence\n"
          "\n"
          "metric                          value   lower   upper\n"
          "-----------------------------  ------  ------  ------\n"
          "demographic_parity_difference  0.3000  0.0000  0.6000\n"
          "\n"
          "group   n  recall\n"
          "-----  --  --------------------\n"
          "a      30  0.750 [0.500, 0.900]\n"
          "b      10  -\n"
          "undefined (-):\n"
          "  recall of b: zero denominator\n");
}

TEST_CASE("text: an estimate") {
    CHECK(leeway::to_text(estimate::within(0.812, 0.791, 0.833, 0.95, 4664)) ==
          "0.8120 (95 % CI 0.7910 to 0.8330, n = 4664)");
    CHECK(leeway::to_text(estimate(leeway::undefined::one_class, 12)) ==
          "undefined: one class (n = 12)");
}

TEST_CASE("text: a snapshot, to the letter") {
    const std::string text = leeway::to_text(support::example_snapshot());
    CHECK(
        text ==
        "snapshot of 2023-11-14T22:14:20.5Z: 50 rows since 2023-11-14T22:13:20Z, 2 rejected\n"
        "reference 0123456789abcdef of 100 rows\n"
        "panel of 4 channels: drift, evidence 1500.2 of 1000000; alarms 1\n"
        "*: rows too alike to their neighbours, so the false-alarm rate is not guaranteed\n"
        "labels: 40 matched, 3 expired, 2 unknown, 1 duplicate, 4 rejected\n"
        "\n"
        "channel  kind          n  missing     psi  verdict          evidence  state\n"
        "-------  -----------  --  -------  ------  ---------------  --------  -------\n"
        "amount   numeric      50   0.1000  0.2500  beyond             6000.0  drift\n"
        "country  categorical  50   0.0000       -  not enough data       1.2  stable*\n"
        "score    score        50   0.0200  0.0100  within                0.8  stable\n"
        "error    error        40                                         2.5  warning\n"
        "error: error rate at threshold 0.5\n"
        "\n"
        "metric    reference     now   lower   upper\n"
        "--------  ---------  ------  ------  ------\n"
        "accuracy     0.8750  0.7500  0.5000  0.8750\n"
        "roc_auc      0.8000  undefined: one class\n"
        "\n"
        "alarm  when                 row  since row  channel  effect\n"
        "-----  -------------------  ---  ---------  -------  ---------------------------------\n"
        "    1  2023-11-14T22:14:10  240        200  amount   population_stability_index 0.2500\n");
    CHECK(ascii(text));
    CHECK(longest_line(text) <= 100);
}

TEST_CASE("text: long and hostile names keep the tables in shape") {
    leeway::snapshot now = support::example_snapshot();
    now.features[0].name = std::string(200, 'a') + "\n\x1b[31m";
    now.features[0].n_current = 123'456'789'012;
    now.alarms[0].channel = now.features[0].name;
    const std::string text = leeway::to_text(now);
    CHECK(longest_line(text) <= 100);
    CHECK(ascii(text));
    CHECK(leeway::to_text(leeway::snapshot{}).back() == '\n');
}

TEST_CASE("text_table: names lose their middle, not their difference") {
    using leeway::detail::short_name;
    CHECK(short_name("amount") == "amount");
    CHECK(short_name("abcdefghij", 10) == "abcdefghij");
    CHECK(short_name("abcdefghijk", 10) == "abcdef..jk");
    CHECK(short_name("a\tb\x7f") == "a?b?");
    CHECK(short_name("\xFF") == "\xEF\xBF\xBD");
    CHECK(short_name("\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9", 6) ==
          "\xC3\xA9\xC3\xA9\xC3\xA9..\xC3\xA9");
}

TEST_CASE("text_table: columns line up") {
    using leeway::detail::text_table;
    text_table table({{"name", text_table::align::left}, {"n"}, {"note", text_table::align::left}});
    table.add({"a", "1", "x"});
    table.add({"long one", "1234567"});
    table.add({"b"}, "runs over the rest");
    table.add({"\xC3\xA9", "2", ""});
    CHECK(table.str() ==
          "name            n  note\n"
          "--------  -------  ----\n"
          "a               1  x\n"
          "long one  1234567\n"
          "b         runs over the rest\n"
          "\xC3\xA9               2\n");
    CHECK_THROWS(table.add({"a", "b", "c", "d"}));
    CHECK_THROWS(table.add({"a", "b", "c"}, "d"));
}

TEST_CASE("text: a bounded report names its bands and what it leaves out") {
    report::content figures;
    figures.task = "regression";
    figures.rows = 10;
    figures.weight = 10;
    figures.bounded = true;
    figures.left_out = {"spearman_correlation", "kendall_tau", "bounded_median_absolute_error"};
    figures.entries = {
        {"mean_absolute_error", estimate::within(0.5, 0.4, 0.6, 0.95, 10)},
        {"median_absolute_error", estimate::within(0.25, 0.2490, 0.2510, 1, 10)},
    };
    CHECK(leeway::to_text(report(figures)) ==
          "regression task, 10 rows; intervals at 95 % confidence\n"
          "\n"
          "metric                  value   lower   upper\n"
          "---------------------  ------  ------  ------\n"
          "mean_absolute_error    0.5000  0.4000  0.6000\n"
          "median_absolute_error  0.2500  0.2490  0.2510  certified\n"
          "\n"
          "certified: the exact figure of these rows lies between lower and upper, always; other "
          "rows may differ\n"
          "left out, since they need all rows: spearman_correlation, kendall_tau\n"
          "left out, since the rows are weighted: bounded_median_absolute_error\n");
}

TEST_CASE("text: what was left out for its range is said in the words of the task") {
    const auto text_of = [](const std::string& task, std::uint64_t rows) {
        report::content figures;
        figures.task = task;
        figures.rows = rows;
        figures.rejected.range = 1;
        return leeway::to_text(report(figures));
    };
    const auto has = [](const std::string& text, const std::string& part) {
        return text.find(part) != std::string::npos;
    };
    CHECK(has(text_of("binary", 2), "1  score outside [0, 1] (only the probability figures)"));
    CHECK(has(text_of("forecast", 2), "1  forecast of crossed ends or quantiles"));
    CHECK(has(text_of("survival", 2), "1  time below 0"));
    CHECK(has(text_of("ranking", 2), "queries left out:\n           1  figure too large"));
    CHECK(has(text_of("binary", 1), "binary task, 1 row,"));
    CHECK(has(text_of("ranking", 1), "ranking task, 1 query,"));
}

TEST_CASE("text: names that would look the same are numbered") {
    using leeway::detail::short_names;
    CHECK(short_names({"amount", "age"}) == std::vector<std::string>{"amount", "age"});
    const std::string first = "a_very_long_class_name_number_07_of_twelve_classes";
    const std::string second = "a_very_long_class_name_number_11_of_twelve_classes";
    CHECK(short_names({first, second, "b"}, 24) ==
          std::vector<std::string>{"1 a_very_long_cl..lasses", "2 a_very_long_cl..lasses", "3 b"});

    report::content figures;
    figures.task = "multiclass";
    figures.rows = 2;
    figures.weight = 2;
    for (const std::string& name : {first, second}) {
        figures.classes.push_back({.name = name,
                                   .weight = 1,
                                   .entries = {{"recall", estimate(leeway::undefined::empty, 1)}}});
    }
    figures.confusion = {{first, second}, {1, 0, 0, 1}};
    const std::string text = leeway::to_text(report(figures));
    for (const char* part : {"\n1 a_very_long", "\n2 a_very_long", "recall of 2 a_very_long"}) {
        INFO(part << " in " << text);
        CHECK(text.find(part) != std::string::npos);
    }
}

TEST_CASE("text: outputs are outputs, and averages over labels are supported by all of them") {
    report::content figures;
    figures.task = "multilabel";
    figures.rows = 4;
    figures.weight = 4;
    const estimate half = estimate::of(0.5, 4);
    for (const char* name : {"a", "b"})
        figures.classes.push_back({.name = name, .weight = 3, .entries = {{"recall", half}}});
    figures.entries = {{"recall_macro", half}, {"recall_samples", half}};
    const std::string labels = leeway::to_text(report(figures));
    CHECK(labels.find("\nmacro    0.500         6\nsamples  0.500         4\n") !=
          std::string::npos);
    figures.task = "regression";
    CHECK(leeway::to_text(report(figures)).find("\noutput ") != std::string::npos);
}
