#include "cli/row_counts.hpp"

#include "export/json_parts.hpp"
#include "export/report_text.hpp"

namespace leeway::cli {

row_counts::row_counts(const report& of)
    : rows(of.rows()), rejected(of.rejected()), task(of.task()) {
    if (of.task() == "ranking") counted = "queries";
    if (of.task() == "ranking" || of.task() == "multilabel") skipped = of.skipped();
}

std::string row_counts::text() const {
    std::string out = std::to_string(rows) + " ";
    out.append(counted).append(", ").append(std::to_string(used())).append(" used");
    std::string before = "; left out: ";
    for (const auto& [count, reason] : detail::rejection_reasons(rejected, task)) {
        out += before + std::to_string(count) + " ";
        out += reason;
        before = ", ";
    }
    if (skipped.value_or(0) > 0) {
        out += "; " + std::to_string(*skipped) + " without a " +
               (counted == "queries" ? "relevant item skipped"
                                     : "label skipped (only the ranking figures)");
    }
    return out;
}

void row_counts::write_members(detail::json_writer& out) const {
    out.member("rows", rows).member("used", used()).key("rejected");
    detail::write_rejections(out, rejected);
    if (skipped) out.member("skipped", *skipped);
}

}  // namespace leeway::cli
