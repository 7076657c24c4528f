#include "leeway/monitor/reference.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "leeway/core/hash.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/monitor/schema.hpp"

namespace leeway::inline v0 {

namespace detail {

saved_estimate saved_estimate::of(const estimate& from) {
    saved_estimate saved;
    saved.defined = from.defined();
    saved.reason = from.reason().value_or(from.interval_reason().value_or(undefined::empty));
    saved.value = from.value_or(0);
    saved.confidence = from.confidence();
    if (from.has_interval()) {
        saved.lower = from.lower();
        saved.upper = from.upper();
    }
    saved.weight = from.weight();
    return saved;
}

estimate saved_estimate::restored() const {
    if (!defined) return {reason, weight};
    if (confidence > 0) return estimate::within(value, lower, upper, confidence, weight);
    // Of a defined value the reason is that of its interval; empty, as it always was, stands for
    // none.
    if (reason != undefined::empty) return estimate::without_interval(value, reason, weight);
    return estimate::of(value, weight);
}

std::string saved_estimate::defect() const {
    if (reason > undefined::no_variation) return "estimate: unknown reason";
    if (!(confidence >= 0 && confidence <= 1)) return "estimate: confidence outside [0, 1]";
    if (defined && std::isnan(value)) return "estimate: the value is NaN";
    if (confidence > 0 && !(lower <= upper))
        return "estimate: the interval's ends are not in order";
    if (!(weight >= 0)) return "estimate: the weight is negative";
    return {};
}

}  // namespace detail

std::string reference_metric::defect() const {
    if (key.empty()) return "reference: a metric without a key";
    if (better > orientation::neither) return "reference: unknown orientation";
    return {};
}

std::uint64_t error_reference::rows() const noexcept {
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts) total += count;
    return total;
}

double error_reference::mean() const noexcept {
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i)
        sum += value(i) * static_cast<double>(counts[i]);
    const std::uint64_t n = rows();
    return n == 0 ? 0 : sum / static_cast<double>(n);
}

double error_reference::standard_deviation() const noexcept {
    const double centre = mean();
    double sum = 0;
    for (std::size_t i = 0; i < counts.size(); ++i) {
        sum += (value(i) - centre) * (value(i) - centre) * static_cast<double>(counts[i]);
    }
    const std::uint64_t n = rows();
    return n == 0 ? 0 : std::sqrt(sum / static_cast<double>(n));
}

std::string error_reference::defect() const {
    constexpr std::size_t most_levels = 4096;
    if (counts.size() < 2 || counts.size() > most_levels) {
        return "error_reference: the number of levels is not in 2 .. 4096";
    }
    std::uint64_t total = 0;
    for (const std::uint64_t count : counts) {
        if (count > std::numeric_limits<std::uint64_t>::max() - total) {
            return "error_reference: the counts overflow";
        }
        total += count;
    }
    if (total == 0) return "error_reference: no row";
    if (!(scale > 0) || !std::isfinite(scale)) return "error_reference: the scale is not positive";
    if (!(quantile > 0 && quantile <= 1)) return "error_reference: the quantile is not in (0, 1]";
    if (lag_one_known && !(std::abs(lag_one) <= 1.5)) {
        return "error_reference: the lag-1 autocorrelation is not in [-1, 1]";
    }
    return {};
}

reference::reference() : content_(std::make_shared<const content>()) {}

reference::reference(content made) {
    detail::byte_writer out;
    content::fields(std::as_const(made), out);
    made.id = fnv1a(std::span<const std::byte>(out.bytes()));
    content_ = std::make_shared<const content>(std::move(made));
}

std::size_t reference::index(std::string_view name) const {
    std::vector<std::string> known;
    for (std::size_t i = 0; i < content_->features.size(); ++i) {
        if (content_->features[i].name() == name) return i;
        known.push_back(content_->features[i].name());
    }
    detail::raise_unknown_name("reference", "feature", name, known);
}

const feature_reference& reference::operator[](std::string_view name) const {
    return content_->features[index(name)];
}

estimate reference::metric(std::string_view key) const noexcept {
    for (const reference_metric& metric : content_->metrics) {
        if (metric.key == key) return metric.value;
    }
    return undefined::empty;
}

std::string reference::defect() const {
    const content& c = *content_;
    if (c.features.empty() && c.score.empty()) return "reference: no feature and no score";
    if (c.rows == 0) return "reference: no row";
    std::vector<std::string_view> names;
    for (const feature_reference& feature : c.features) {
        if (feature.rows() != c.rows) return "reference: a feature's counts are not one a row";
        names.push_back(feature.name());
    }
    std::sort(names.begin(), names.end());
    if (std::adjacent_find(names.begin(), names.end()) != names.end()) {
        return "reference: two features of one name";
    }
    if (c.score.size() > 1 || c.error.size() > 1) return "reference: two scores or two errors";
    if (!c.score.empty() &&
        (c.score[0].rows() != c.rows || c.score[0].kind() != feature_kind::numeric)) {
        return "reference: the score's counts are not one a row of numbers";
    }
    if (c.task > prediction_task::regression) return "reference: unknown task";
    if (!std::isfinite(c.threshold)) return "reference: the threshold is not finite";
    if (c.error.empty() != (c.task == prediction_task::none)) {
        return "reference: a task without errors, or errors without a task";
    }
    if (!c.error.empty()) {
        if (c.score.empty()) return "reference: errors without scores";
        if (c.task == prediction_task::binary && c.error[0].levels() != 2) {
            return "reference: the errors of a binary task have two levels";
        }
        if (c.error[0].rows() > c.rows) return "reference: more errors than rows";
    }
    return {};
}

}  // namespace leeway::inline v0
