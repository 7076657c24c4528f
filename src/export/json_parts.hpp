// The shapes that every JSON output shares: an estimate, a drift result, the figures of a report.
// Each writes one value; the caller has written the key.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "export/json_writer.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/evaluation/report.hpp"

namespace leeway::inline v0::detail {

/// The reason beside a null that stands for NaN or infinity.
[[nodiscard]] constexpr std::string_view not_finite(double value) noexcept {
    return value != value ? "not a number" : value > 0 ? "infinite" : "minus infinite";
}

/// {"value":..,"lower":..,"upper":..}, the last two absent without an interval; with
/// "confidence":1 behind them where they are a band that always holds; undefined as
/// {"value":null,"undefined":"one class"}. A defined value that is infinite (the
/// log loss of a row that was certain of the wrong class) is {"value":null,"undefined":"infinite"};
/// an end of the interval that is, null.
void write_estimate(json_writer& out, const estimate& figure);
/// The same with "confidence" (1: a bound that always holds) after the ends and "weight" last.
void write_full_estimate(json_writer& out, const estimate& figure);

/// {"statistic":..,"lower":..,"upper":..,"p_value":..,"e_value":..,"expected_without_drift":..,
/// "standard_error":..,"n_reference":..,"n_current":..}, each of the optional ones only where it
/// is; undefined as {"statistic":null,"undefined":"empty","n_reference":..,"n_current":..}.
void write_drift(json_writer& out, const drift_result& drift);

/// {"weight":0,"missing":0,"non_finite":0,"label":0,"range":0}
void write_rejections(json_writer& out, const rejections& rejected);

/// {"accuracy":{"value":..},..}
void write_entries(json_writer& out, const std::vector<report::entry>& entries);

/// The members of a report without its schema, into an object that is open: "task", "rows",
/// "weight", "confidence", "rejected", "infinite_losses", "metrics" and, for a multiclass task,
/// "classes", "groups" or "labels"; of decisions "confusion"; of a bounded evaluation "bounded" and
/// "left_out".
void write_report_members(json_writer& out, const report& figures);

}  // namespace leeway::inline v0::detail
