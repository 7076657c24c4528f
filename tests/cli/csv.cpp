#include "cli/csv.hpp"

#include <cmath>
#include <string>
#include <thread>
#include <vector>

#include "leeway/core/random.hpp"
#include "run.hpp"
#include "support/catch.hpp"

using leeway::csv::cell_kind;
using leeway::csv::read_cell;
using leeway::csv::reader;
using leeway::csv::row_range;
using leeway::csv::table;
using support::contains;
using support::scratch;

namespace {

std::vector<std::vector<std::string>> records(const std::string& path) {
    auto file = reader::open(path);
    REQUIRE(file);
    std::vector<std::vector<std::string>> all;
    while (file->next()) all.emplace_back(file->fields().begin(), file->fields().end());
    CHECK_FALSE(file->problem());
    return all;
}

std::string problem(const std::string& content) {
    const scratch dir;
    const auto made = table::read(dir.file("f.csv", content));
    REQUIRE_FALSE(made);
    std::string message = made.error().message();
    const std::string prefix = dir.path().string() + "/";
    REQUIRE(message.substr(0, prefix.size()) == prefix);
    return message.substr(prefix.size());
}

}  // namespace

TEST_CASE("RFC 4180 fields") {
    const scratch dir;
    using row = std::vector<std::string>;
    SECTION("quotes, doubled quotes, commas and line breaks inside quotes") {
        const auto all = records(dir.file(
            "f.csv", "a,b,c\n\"x,y\",\"say \"\"hi\"\"\",\"two\nlines\"\n1,\"\",\"\"\"\"\n"));
        REQUIRE(all.size() == 2);
        CHECK(all[0] == row{"x,y", "say \"hi\"", "two\nlines"});
        CHECK(all[1] == row{"1", "", "\""});
    }
    SECTION("every line end, and none at the end of the file") {
        for (const std::string end : {"\n", "\r\n", "\r"}) {
            const auto all = records(dir.file("f.csv", "a,b" + end + "1,2" + end + "3,\"4\""));
            REQUIRE(all.size() == 2);
            CHECK(all[1] == row{"3", "4"});
        }
    }
    SECTION("a byte-order mark, blank lines, a quote inside an unquoted field") {
        const auto all = records(dir.file("f.csv", "\xEF\xBB\xBF\"a\",b\n\n5\"6,\n\r\n,7\n\n"));
        REQUIRE(all.size() == 2);
        CHECK(all[0] == row{"5\"6", ""});
        CHECK(all[1] == row{"", "7"});
        CHECK(reader::open((dir.path() / "f.csv").string())->header() == row{"a", "b"});
    }
    SECTION("names are trimmed, and an unnamed column is named by its place") {
        const auto file = reader::open(dir.file("f.csv", " a ,,c\n1,2,3\n"));
        REQUIRE(file);
        CHECK(file->header() == row{"a", "column_2", "c"});
        CHECK(file->find("c") == 2u);
        CHECK_FALSE(file->find("C"));
    }
}

TEST_CASE("records that straddle the reader's blocks come out whole") {
    // One block is 1 MiB: rows of 7 to 40,000 bytes, quoted and not, end anywhere in it.
    const scratch dir;
    std::string content = "n,text\n";
    std::vector<std::string> expected;
    for (std::size_t i = 0; content.size() < 9'000'000; ++i) {
        std::string text(i * i % 40'000, static_cast<char>('a' + i % 26));
        if (i % 3 == 0) text += "\n\"q\"";
        expected.push_back(text);
        std::string quoted;
        for (const char c : text) quoted += c == '"' ? "\"\"" : std::string(1, c);
        content += std::to_string(i) + "," + (i % 3 == 0 ? "\"" + quoted + "\"" : text) + "\r\n";
    }
    auto file = reader::open(dir.file("f.csv", content));
    REQUIRE(file);
    std::size_t row = 0;
    bool equal = true;
    while (file->next()) {
        equal =
            equal && file->fields()[0] == std::to_string(row) && file->fields()[1] == expected[row];
        ++row;
    }
    CHECK(equal);
    CHECK(row == expected.size());
    CHECK(file->line() == row + 1 + (row + 1) / 3);  // every third row, from the first, has a break
}

TEST_CASE("what is written by RFC 4180 is read back, and random bytes are survived") {
    const scratch dir;
    leeway::random_source random(4180);
    const std::string alphabet = "ab ,\"\n\r.1";
    const auto letter = [&] { return alphabet[random.below(alphabet.size())]; };
    bool equal = true;
    for (int round = 0; round < 300; ++round) {
        const std::size_t width = 2 + random.below(3);
        std::string content = std::string("p,q,r,s").substr(0, 2 * width - 1) + "\n";
        std::vector<std::vector<std::string>> written(random.below(20));
        for (auto& record : written) {
            for (std::size_t i = 0; i < width; ++i) {
                std::string field;
                for (std::size_t k = random.below(6); k > 0; --k) field += letter();
                content += i > 0 ? ",\"" : "\"";
                for (const char c : field) content += c == '"' ? "\"\"" : std::string(1, c);
                content += '"';
                record.push_back(std::move(field));
            }
            content += random.bernoulli(0.5) ? "\n" : "\r\n";
        }
        equal = equal && records(dir.file("f.csv", content)) == written;
        // The same with bytes changed, added and lost: any answer will do, but there must be one.
        for (std::uint64_t k = random.below(8); k > 0; --k) {
            content[random.below(content.size())] =
                random.bernoulli(0.5) ? letter() : static_cast<char>(random.below(256));
        }
        content.resize(random.below(content.size() + 1));
        const auto made = table::read(dir.file("g.csv", content));
        equal = equal && (made ? made->rows() > 0 : !made.error().message().empty());
    }
    CHECK(equal);
}

TEST_CASE("cells: numbers, infinities, signs of missing, text") {
    for (const std::string missing : {"", " ", "NA", "N/A", "n/a", "NaN", "nan", "-nan", "null",
                                      "NULL", "None", "?", "#N/A", "<NA>", " NA "}) {
        CHECK(read_cell(missing).kind == cell_kind::missing);
    }
    const std::vector<std::pair<std::string, double>> numbers{
        {"0", 0},
        {"-1.5", -1.5},
        {"+2", 2},
        {" 3 ", 3},
        {".5", 0.5},
        {"5.", 5},
        {"1e3", 1000},
        {"1E-2", 0.01},
        {"007", 7},
        {"1e-999", 0},
        {"0.1", 0.1},
        {"123456789012345678901", 123456789012345678901.0},
        {"4.9e-324", 4.9e-324}};
    for (const auto& [text, value] : numbers) {
        INFO(text);
        CHECK(read_cell(text).kind == cell_kind::number);
        CHECK(read_cell(text).number == value);
    }
    for (const std::string infinite : {"inf", "-Infinity", "INF", "1e999"}) {
        CHECK(read_cell(infinite).kind == cell_kind::number);
        CHECK(std::isinf(read_cell(infinite).number));
    }
    for (const std::string text : {"x", "1,5", "0x10", "1 2", "--1", "+-1", "1e", "2011-01-01", "-",
                                   "nano", "NAN1", "infer", "none", "1.2.3"}) {
        INFO(text);
        CHECK(read_cell(text).kind == cell_kind::text);
    }
}

TEST_CASE("a category that is a number is known by its value") {
    using leeway::csv::category_text;
    CHECK(category_text("1.0") == "1");
    CHECK(category_text("01") == "1");
    CHECK(category_text(" 1") == "1");
    CHECK(category_text("-0") == "0");
    CHECK(category_text("2.50") == "2.5");
    CHECK(category_text("1e3") == "1000");
    CHECK(category_text("abc ") == "abc ");
    CHECK(category_text("2011-01-01") == "2011-01-01");
    CHECK(category_text(100000.0) == "100000");
    CHECK(category_text(0.1) == "0.1");
}

TEST_CASE("columns: numeric while every present cell is a number, else text") {
    const scratch dir;
    const auto made = table::read(dir.file(
        "f.csv", "n,t,late,none\n1,de,1,\n,fr,2.0,NA\ninf,de,x,?\n4,NA,1.0,\n5,us,,null\n"));
    REQUIRE(made);
    CHECK(made->rows() == 5);
    const auto& n = *made->find("n");
    CHECK_FALSE(n.text);
    CHECK(n.missing == 1);
    CHECK(n.non_finite == 1);
    CHECK(n.present() == 4);
    CHECK(std::isnan(n.numbers[1]));
    CHECK(n.numbers[3] == 4);
    const auto& t = *made->find("t");
    CHECK(t.text);
    CHECK(t.categories == std::vector<std::string>{"de", "fr", "us"});
    CHECK(t.codes == std::vector<std::uint32_t>{0, 1, 0, leeway::csv::column::no_category, 2});
    CHECK(t.missing == 1);
    // Numbers seen before the first text become categories by value.
    const auto& late = *made->find("late");
    CHECK(late.text);
    CHECK(late.categories == std::vector<std::string>{"1", "2", "x"});
    CHECK(late.codes == std::vector<std::uint32_t>{0, 1, 2, 0, leeway::csv::column::no_category});
    CHECK(late.text_row == 2);
    CHECK(late.text_cell == "x");
    CHECK(contains(made->at(late.text_row, late, "w").message(), "f.csv:4:3 (column 'late'): w"));
    const auto& none = *made->find("none");
    CHECK_FALSE(none.text);
    CHECK(none.missing == 5);
    CHECK(none.present() == 0);
}

TEST_CASE("rows count from 0 below the header and lines survive breaks inside quotes") {
    const scratch dir;
    const auto path = dir.file("f.csv", "a,b\n0,x\n1,\"y\n\ny\"\n\n2,z\n3,w\n");
    auto file = reader::open(path);
    REQUIRE(file);
    std::vector<std::uint64_t> lines;
    while (file->next()) {
        CHECK(std::to_string(file->row()) == file->fields()[0]);
        lines.push_back(file->line());
    }
    CHECK(lines == std::vector<std::uint64_t>{2, 3, 7, 8});
    const auto some =
        table::read(path, {.rows = *row_range::parse("1:3"), .wanted = {}, .progress = {}});
    REQUIRE(some);
    REQUIRE(some->rows() == 2);
    CHECK(some->find("a")->numbers == std::vector<double>{1, 2});
    CHECK(some->line_of(0) == 3);
    CHECK(some->line_of(1) == 7);
    CHECK(table::read(path, {.rows = *row_range::parse("3:"), .wanted = {}, .progress = {}})
              ->rows() == 1);
    CHECK(table::read(path, {.rows = *row_range::parse(":2"), .wanted = {}, .progress = {}})
              ->rows() == 2);
    const auto nothing =
        table::read(path, {.rows = *row_range::parse("4:9"), .wanted = {}, .progress = {}});
    REQUIRE_FALSE(nothing);
    CHECK(contains(nothing.error().message(), "has 4 rows"));
    for (const char* bad : {"", "3", "3:3", "4:3", "a:b", "-1:3", "1:2:3", "1.5:2"}) {
        INFO(bad);
        CHECK_FALSE(row_range::parse(bad));
    }
}

TEST_CASE("what is refused names file, line and column") {
    CHECK(problem("") == "f.csv: is empty, expected a header line");
    CHECK(problem("\n\n") == "f.csv: is empty, expected a header line");
    CHECK(problem("a,b\n") == "f.csv: has a header but no rows");
    CHECK(problem("a,b,c\n1,2,3\n4,5\n") ==
          "f.csv:3:3 (column 'c'): the row has 2 fields, expected 3 as in the header");
    CHECK(problem("a,b\n1,2\n4,5,6,7\n") ==
          "f.csv:3:3: the row has 4 fields, expected 2 as in the header");
    CHECK(problem("a,b,a\n1,2,3\n") ==
          "f.csv:1:3: a second column named 'a', expected names that differ");
    CHECK(problem("a,b\n1,\"2\n3,4\n") ==
          "f.csv:2:2 (column 'b'): a quote opens here and is never closed");
    CHECK(contains(problem("a,b\n\"1\"x,2\n"), "f.csv:2:1 (column 'a'): text behind a closing"));
    CHECK(contains(problem(std::string("a,b\n1,2\n3,\0\n", 12)),
                   "f.csv:3:2 (column 'b'): a NUL byte"));
    CHECK(contains(problem(std::string("a,b\n1,\"x\ny\0\"\n", 13)),
                   "f.csv:2:2 (column 'b'): a NUL byte"));
    CHECK(contains(problem(std::string("\xFF\xFE\x61\0", 4)), "f.csv:1:1: the file is in UTF-16"));
    const auto absent = reader::open("/nonexistent/f.csv");
    REQUIRE_FALSE(absent);
    CHECK(absent.error().message() ==
          "/nonexistent/f.csv: cannot be read: No such file or directory");
    const auto directory = reader::open("/");
    REQUIRE_FALSE(directory);
    CHECK(contains(directory.error().message(), "cannot be read"));
}

TEST_CASE("only the wanted columns are held") {
    const scratch dir;
    leeway::csv::read_options options;
    options.wanted = {false, true, false};
    const auto made = table::read(dir.file("f.csv", "a,b,c\nx,1,2\ny,z,3\n"), options);
    REQUIRE(made);
    REQUIRE(made->columns().size() == 1);
    CHECK(made->find("a") == nullptr);
    const auto& b = *made->find("b");
    CHECK(contains(made->at(b.text_row, b, "w").message(), "f.csv:3:2 (column 'b'): w"));
}

TEST_CASE("a record longer than 64 MiB is refused, not swallowed") {
    const scratch dir;
    const auto made = table::read(dir.file("f.csv", "a,b\n1,\"" + std::string(70 << 20, 'x')));
    REQUIRE_FALSE(made);
    CHECK(contains(made.error().message(), "f.csv:2:1 (column 'a'): a record longer than 64 MiB"));
}
