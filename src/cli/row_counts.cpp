#include "cli/row_counts.hpp"

#include "export/json_parts.hpp"
#include "export/report_text.hpp"

namespace leeway::cli {

std::string row_counts::text() const {
    std::string out = std::to_string(rows) + " rows, " + std::to_string(used()) + " used";
    std::string before = "; left out: ";
    for (const auto& [count, reason] : detail::rejection_reasons(rejected)) {
        out += before + std::to_string(count) + " ";
        out += reason;
        before = ", ";
    }
    return out;
}

void row_counts::write_members(detail::json_writer& out) const {
    out.member("rows", rows).member("used", used()).key("rejected");
    detail::write_rejections(out, rejected);
}

}  // namespace leeway::cli
