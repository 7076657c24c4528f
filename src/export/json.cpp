#include "leeway/export/json.hpp"

#include <utility>

#include "export/json_parts.hpp"

namespace leeway::inline v0 {

std::string to_json(const report& figures) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.evaluate/1");
    detail::write_report_members(out, figures);
    out.end_object();
    return std::move(out).take();
}

}  // namespace leeway::inline v0
