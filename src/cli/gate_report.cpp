#include "cli/gate_report.hpp"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <string_view>
#include <utility>

#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/utf8.hpp"

namespace leeway::cli {

namespace {

struct tally {
    std::size_t passed{0}, neither{0}, failed{0}, unanswered{0};

    explicit tally(const std::vector<judged>& all) {
        for (const judged& one : all) {
            passed += one.result.verdict == gate_verdict::pass ? 1U : 0U;
            neither += one.shown == shown_limit::neither ? 1U : 0U;
            failed += one.result.verdict == gate_verdict::fail ? 1U : 0U;
            unanswered += one.result.verdict == gate_verdict::not_enough_data ? 1U : 0U;
        }
    }
    [[nodiscard]] std::string text() const {
        std::string out = std::to_string(passed) + " passed";
        if (neither > 0) {
            out += " (" + std::to_string(neither) + " of them not shown to meet " +
                   (neither == 1 ? "its" : "their") + " limit either)";
        }
        return out + ", " + std::to_string(failed) + " failed, " + std::to_string(unanswered) +
               " without enough data";
    }
};

std::string verdict_text(const judged& one) {
    if (one.shown == shown_limit::neither) return "pass, not shown to miss";
    return std::string(to_string(one.result.verdict));
}

std::string_view word_of(shown_limit shown) {
    switch (shown) {
        case shown_limit::met:
            return "met";
        case shown_limit::neither:
            return "neither";
        case shown_limit::missed:
            return "missed";
    }
    return "unknown";
}

/// How many rows were used and left out, a line for each kind of gate.
std::vector<std::string> row_lines(const gate_answers& answers) {
    std::vector<std::string> lines;
    if (answers.rows) lines.push_back(answers.rows->text());
    if (answers.paired) lines.push_back("of both models: " + answers.paired->text());
    return lines;
}

/// Valid UTF-8, with control characters as spaces.
std::string one_line(std::string_view text) {
    std::string out;
    detail::for_each_utf8(text, [&](std::string_view character) {
        const auto byte = static_cast<unsigned char>(character.front());
        out += byte < 0x20 || byte == 0x7f ? std::string_view(" ") : character;
    });
    return out;
}

/// Text as GitHub's Markdown shows it unchanged, in a cell of a table too.
std::string markdown_of(std::string_view text) {
    const std::string clean = one_line(text);
    const auto in_word = [&](std::size_t at) {
        return at < clean.size() && std::isalnum(static_cast<unsigned char>(clean[at])) != 0;
    };
    std::string out;
    for (std::size_t i = 0; i < clean.size(); ++i) {
        const char c = clean[i];
        if (c == '&') {
            out += "&amp;";
        } else if (c == '<') {
            out += "&lt;";
        } else if (c == '>') {
            out += "&gt;";
        } else {
            // An underscore inside a name, as in roc_auc, begins no emphasis.
            const bool begins = c == '_' && !(i > 0 && in_word(i - 1) && in_word(i + 1));
            if (begins || std::string_view("\\|`*[]~").find(c) != std::string_view::npos) {
                out += '\\';
            }
            out += c;
        }
    }
    return out;
}

/// Text as XML 1.0 may hold it, in an attribute too.
std::string xml_of(std::string_view text) {
    std::string out;
    const std::string clean = one_line(text);
    detail::for_each_utf8(clean, [&](std::string_view character) {
        // XML has no characters U+FFFE and U+FFFF, not even escaped.
        if (character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF") return;
        switch (character.front()) {
            case '&':
                out += "&amp;";
                break;
            case '<':
                out += "&lt;";
                break;
            case '>':
                out += "&gt;";
                break;
            case '"':
                out += "&quot;";
                break;
            default:
                out += character;
        }
    });
    return out;
}

std::string junit_suite(std::size_t tests, std::size_t failures, std::size_t errors,
                        const std::string& inside) {
    const auto count = [](std::string_view name, std::size_t n) {
        return " " + std::string(name) + "=\"" + std::to_string(n) + "\"";
    };
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuite name=\"leeway gate\"" +
           count("tests", tests) + count("failures", failures) + count("errors", errors) + ">\n" +
           inside + "</testsuite>\n";
}

std::string junit_case(const std::string& file, const std::string& name) {
    return "  <testcase classname=\"" + xml_of(file) + "\" name=\"" + xml_of(name) + "\">\n    ";
}

}  // namespace

bool gate_answers::passed() const {
    return std::none_of(all.begin(), all.end(), [](const judged& one) { return one.stops(); });
}

std::string gates_text(const gate_answers& answers) {
    std::size_t width = 16;  // "not enough data" and a space
    for (const judged& one : answers.all) width = std::max(width, verdict_text(one).size());
    std::string out;
    for (const judged& one : answers.all) {
        std::string word = verdict_text(one);
        word.resize(width + 1, ' ');
        out += word + one_line(one.name()) + ": " + one.result.sentence() + "\n";
    }
    out += '\n';
    for (const std::string& line : row_lines(answers)) out += line + "\n";
    return out + tally(answers.all).text() + "\n";
}

std::string gates_json(const gate_answers& answers) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.gate/1").member("file", answers.file);
    out.member("passed", answers.passed());
    if (answers.rows) answers.rows->write_members(out);
    if (answers.paired) {
        out.key("of_both_models").begin_object();
        answers.paired->write_members(out);
        out.end_object();
    }
    out.key("gates").begin_array();
    for (const judged& one : answers.all) {
        out.begin_object().member("gate", one.gate).member("slice", one.slice);
        out.member("verdict", to_string(one.result.verdict));
        if (one.shown) out.member("shown", word_of(*one.shown));
        out.key("figure");
        detail::write_estimate(out, one.figure);
        if (one.compared) {
            out.key("candidate");
            detail::write_estimate(out, one.compared->first);
            out.key("baseline");
            detail::write_estimate(out, one.compared->second);
            out.member("test", one.compared->test);
            if (one.same_predictions) out.member("same_predictions", true);
        }
        out.member("sentence", one.result.sentence()).end_object();
    }
    out.end_array().end_object();
    return std::move(out).take() + "\n";
}

std::string gates_markdown(const gate_answers& answers) {
    std::string out = "### Quality gates: " + std::string(answers.passed() ? "passed" : "failed") +
                      "\n\n" + markdown_of(answers.file) + ": " + tally(answers.all).text() + "\n";
    for (const std::string& line : row_lines(answers)) out += "\n" + markdown_of(line) + "\n";
    out += "\n| verdict | gate | slice | figure |\n|---|---|---|---|\n";
    for (const judged& one : answers.all) {
        const std::string verdict = verdict_text(one);
        out += "| " + (one.stops() ? "**" + verdict + "**" : verdict) + " | " +
               markdown_of(one.gate) + " | " + markdown_of(one.slice) + " | " +
               markdown_of(one.result.sentence()) + " |\n";
    }
    return out;
}

std::string gates_junit(const gate_answers& answers) {
    std::string inside;
    std::size_t stopped = 0;
    for (const judged& one : answers.all) {
        inside += junit_case(answers.file, one.name());
        const std::string sentence = xml_of(one.result.sentence());
        if (one.stops()) {
            ++stopped;
            inside += "<failure type=\"" + std::string(to_string(one.result.verdict)) +
                      "\" message=\"" + sentence + "\"/>";
        } else if (one.result.verdict == gate_verdict::not_enough_data) {
            inside += "<skipped message=\"" + sentence + "\"/>";
        } else {
            inside += "<system-out>" + sentence + "</system-out>";
        }
        inside += "\n  </testcase>\n";
    }
    std::string rows;
    for (const std::string& line : row_lines(answers)) rows += xml_of(line) + "\n";
    if (!rows.empty()) inside += "  <system-out>" + rows + "</system-out>\n";
    return junit_suite(answers.all.size(), stopped, 0, inside);
}

std::string unjudged_markdown(const std::string& file, const std::string& why) {
    return "### Quality gates: could not be judged\n\n" + markdown_of(file) + ": " +
           markdown_of(why) + "\n";
}

std::string unjudged_junit(const std::string& file, const std::string& why) {
    return junit_suite(1, 0, 1,
                       junit_case(file, "the gates could be judged") + "<error message=\"" +
                           xml_of(why) + "\"/>\n  </testcase>\n");
}

}  // namespace leeway::cli
