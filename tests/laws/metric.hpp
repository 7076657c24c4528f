// The law suite of metrics: one call a metric and state.
//
//     laws::metric(leeway::accuracy{}, [] { return leeway::confusion_matrix(3); },
//                  laws::class_rows(400, 3, true));
//
// The rows must be good ones, of weights that are multiples of 1/4 up to 2, with a defined value.
#pragma once

#include <cstddef>
#include <string>
#include <type_traits>
#include <vector>

#include "laws/any_state.hpp"
#include "laws/samples.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/result.hpp"
#include "support/catch.hpp"

namespace laws {

namespace detail {

template <class State, class Rows>
State state_of(State empty, const Rows& rows) {
    for (const auto& row : rows) empty.update(row);
    return empty;
}

/// Equal but for the rounding of sums added in another order.
bool same_figure(const leeway::estimate& a, const leeway::estimate& b, double tolerance,
                 bool with_interval);

void interval_is_sound(const leeway::estimate& e, const leeway::info_card& info);

/// A metric, whatever its type and its state's.
class any_metric {
  public:
    any_metric() = default;
    any_metric(const any_metric&) = delete;
    any_metric& operator=(const any_metric&) = delete;
    virtual ~any_metric() = default;

    [[nodiscard]] virtual leeway::estimate operator()(const any_state& state) const = 0;
    /// Read with this confidence; undefined (not comparable) where the metric has none to set.
    [[nodiscard]] virtual leeway::estimate at(const leeway::confidence_level& confidence,
                                              const any_state& state) const = 0;
    [[nodiscard]] virtual bool has_confidence() const = 0;
    [[nodiscard]] virtual const leeway::info_card& info() const = 0;
    [[nodiscard]] virtual std::string key() const = 0;
};

template <class M, class Box>
class metric_box final : public any_metric {
  public:
    explicit metric_box(const M& metric) : metric_(metric) {}
    leeway::estimate operator()(const any_state& state) const override {
        return metric_(Box::of(state));
    }
    leeway::estimate at(const leeway::confidence_level& confidence,
                        const any_state& state) const override {
        if constexpr (adjustable) {
            M sure = metric_;
            sure.confidence = confidence;
            return sure(Box::of(state));
        } else {
            return leeway::undefined::not_comparable;
        }
    }
    bool has_confidence() const override { return adjustable; }
    const leeway::info_card& info() const override { return M::info; }
    std::string key() const override { return leeway::key_of(metric_); }

  private:
    static constexpr bool adjustable = requires(M m) { m.confidence = leeway::confidence_90; };
    const M& metric_;
};

void metric_laws(const any_metric& metric, const any_state& empty, const picks& rows,
                 double tolerance, bool copies_count);

using class_figure = leeway::estimate (*)(const void* metric, const leeway::confusion_matrix&);
void class_renaming_laws(const std::string& key, const void* metric, class_figure figure,
                         std::size_t classes, const std::vector<leeway::class_outcome>& rows);

}  // namespace detail

/// `make_empty` makes the state; `tolerance` is for sums in another order. `copies_count` is false
/// for a figure that asks how many rows there were (a bias correction, a test statistic): there
/// weight k is not k copies, since a common factor in all weights still says nothing.
template <class M, class Make, class Row>
void metric(const M& metric, const Make& make_empty, const std::vector<Row>& rows,
            double tolerance = 1e-12, bool copies_count = true) {
    using box = detail::plain_box<std::invoke_result_t<Make>, Row>;
    detail::metric_laws(detail::metric_box<M, box>(metric), box(make_empty(), rows),
                        detail::all_of(rows), tolerance, copies_count);
}

/// A metric that treats all classes alike does not care how they are numbered.
template <class M>
void class_renaming(const M& metric, std::size_t classes,
                    const std::vector<leeway::class_outcome>& rows) {
    detail::class_renaming_laws(
        leeway::key_of(metric), &metric,
        [](const void* read, const leeway::confusion_matrix& counts) {
            return (*static_cast<const M*>(read))(counts);
        },
        classes, rows);
}

}  // namespace laws
