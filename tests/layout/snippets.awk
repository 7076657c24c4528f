# Turns the C++ blocks of a Markdown file into translation units.
#
#   awk -v name=README -v out=DIR -f snippets.awk README.md
#
# A ```cpp block is compiled as it stands if it has an int main: it becomes DIR/README_<line>.main.cpp.
# Any other block becomes a function in DIR/README.cpp: its #include lines go to the top, and classes,
# templates, functions and test cases that begin at the start of a line go before the function. A
# block without an #include gets <leeway/leeway.hpp>. Three comments may stand before a block; none
# of them shows on the rendered page:
#
#   <!-- given                      declarations that the text explains but the block does not show
#   std::vector<double> scores;
#   -->
#   <!-- continues -->              the block goes on where the last one ended
#   <!-- file: tests/x/y.cpp -->    the block, of any language, is that file: written under
#                                   DIR/files, and compiled if it ends in .cpp
function fail(why) {
    printf "%s:%d: %s\n", FILENAME, FNR, why > "/dev/stderr"
    failed = 1
    exit 1
}

function add(line, number) {
    text[++count] = line
    at[count] = number
}

function write_file(    i, target) {
    target = out "/files/" file
    system("mkdir -p \"$(dirname '" target "')\"")
    printf "" > target
    for (i = 1; i <= count; ++i) print text[i] > target
    close(target)
    if (file ~ /\.cpp$/) includes = includes "#include \"" target "\"\n"
}

function write_main(    i, target) {
    target = out "/" name "_" start ".main.cpp"
    printf "" > target
    for (i = 1; i <= count; ++i) printf "%s%s\n", mark(i, i == 1 ? 0 : at[i - 1]), text[i] > target
    close(target)
}

# A #line directive where the page's lines do not just go on (within a macro call they must).
function mark(i, before) {
    return at[i] == before + 1 ? "" : "#line " at[i] " \"" FILENAME "\"\n"
}

# A definition begins at the start of a line and ends with a line that begins with a brace.
function begins_definition(line) {
    if (line ~ /^(template|struct|class|enum|union|concept|namespace|TEST_CASE|inline)[^A-Za-z_]/) return 1
    return line ~ /^[A-Za-z_][A-Za-z0-9_:<>,&* ]* [A-Za-z_][A-Za-z0-9_]*\(.*\)[a-z ]*\{(.*\})?$/ &&
        line !~ /^(if|for|while|switch|else|do|return)[^A-Za-z0-9_]/ && line !~ /^[^(]*=/
}

function add_block(    i, line, inside, is_global, body, definitions, global, last, own_include) {
    for (i = 1; i <= count; ++i) {
        line = text[i]
        if (line ~ /^#include/) {
            own_include = 1
            includes = includes mark(i, 0) line "\n"
        } else if (line ~ /^#pragma once/) {
            continue
        } else if (inside || begins_definition(line)) {
            if (!inside) is_global = line ~ /^namespace leeway/
            if (is_global) {
                global = global mark(i, last["global"]) line "\n"
                last["global"] = at[i]
            } else {
                definitions = definitions mark(i, last["definitions"]) line "\n"
                last["definitions"] = at[i]
            }
            inside = inside ? line !~ /^}/ : line !~ /[;}]$/
        } else {
            body = body mark(i, last["body"]) line "\n"
            last["body"] = at[i]
        }
    }
    if (!own_include) includes = includes "#include <leeway/leeway.hpp>\n"
    blocks = blocks global "namespace snippet_" name "_" start " {\n" definitions "void run() {\n" body "}\n}\n"
}

/^```/ && !fence {
    language = substr($0, 4)
    sub(/[ \t]+$/, "", language)
    if (language ~ /^(c\+\+|C\+\+|cxx|cc|hpp|h|CPP|Cpp)/) fail("write ```cpp, so that the block is compiled")
    fence = 1
    start = FNR
    if (!continues) count = 0
    for (i = 1; i <= given; ++i) add(given_text[i], given_at[i])
    next
}

/^[ \t]+```/ && !fence { fail("an indented block is not compiled: begin it at the start of the line") }

/^```/ && fence {
    fence = 0
    if (file != "") write_file()
    else if (language == "cpp") {
        is_main = 0
        for (i = 1; i <= count; ++i) if (text[i] ~ /^int main\(/) is_main = 1
        if (is_main) write_main()
        else add_block()
    }
    given = 0
    continues = 0
    file = ""
    next
}

fence {
    add($0, FNR)
    next
}

in_given {
    if ($0 ~ /^-->/) in_given = 0
    else {
        given_text[++given] = $0
        given_at[given] = FNR
    }
    next
}

/^<!-- given *$/ { in_given = 1; next }
/^<!-- continues -->/ { continues = 1; next }
/^<!-- file: .* -->/ { file = $3; next }
/^<!-- (given|continues|file)/ { fail("a snippet comment that is not understood: " $0) }
/[^ \t]/ { given = 0; continues = 0; file = "" }

END {
    if (failed) exit 1
    if (fence) fail("a block that does not end")
    if (includes blocks == "") exit 0
    target = out "/" name ".cpp"
    printf "#include <cmath>\n#include <cstdint>\n#include <iostream>\n#include <string>\n#include <vector>\n" > target
    printf "%s%s", includes, blocks > target
}
