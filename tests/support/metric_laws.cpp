#include <algorithm>
#include <cmath>
#include <cstdint>
#include <utility>

#include "laws/metric.hpp"
#include "leeway/core/random.hpp"

namespace laws::detail {

bool same_figure(const leeway::estimate& a, const leeway::estimate& b, double tolerance,
                 bool with_interval) {
    const auto near = [&](double x, double y) {
        return x == y ||
               std::fabs(x - y) <= tolerance * std::max({1.0, std::fabs(x), std::fabs(y)});
    };
    if (a.reason() != b.reason()) return false;
    if (!a) return true;
    if (!near(a.value(), b.value())) return false;
    if (!with_interval) return true;
    if (a.confidence() != b.confidence()) return false;
    return !a.has_interval() || (near(a.lower(), b.lower()) && near(a.upper(), b.upper()));
}

void interval_is_sound(const leeway::estimate& e, const leeway::info_card& info) {
    if (!e.has_interval()) return;
    CHECK(e.lower() <= e.value());
    CHECK(e.value() <= e.upper());
    CHECK(e.lower() >= info.lowest);
    CHECK(e.upper() <= info.highest);
    CHECK(e.confidence() > 0);
    CHECK(e.confidence() <= 1);
}

namespace {

using state = value_of<any_state>;

state state_of(const any_state& empty, const picks& rows) {
    state filled(empty);
    filled.feed(rows);
    return filled;
}

void more_confidence_is_wider(const any_metric& metric, const any_state& full,
                              const leeway::estimate& figure) {
    INFO("law: more confidence, a wider interval about the same value");
    const leeway::estimate narrow = metric.at(leeway::confidence_90, full);
    const leeway::estimate wide = metric.at(leeway::confidence_99, full);
    CHECK(narrow.value() == wide.value());
    REQUIRE(narrow.has_interval() == wide.has_interval());
    if (!figure.has_interval() || figure.confidence() == 1) return;
    CHECK(narrow.confidence() == 0.90);
    CHECK(wide.confidence() == 0.99);
    interval_is_sound(narrow, metric.info());
    interval_is_sound(wide, metric.info());
    CHECK(wide.lower() <= narrow.lower());
    CHECK(narrow.upper() <= wide.upper());
    CHECK(wide.upper() - wide.lower() > narrow.upper() - narrow.lower());
}

}  // namespace

void metric_laws(const any_metric& metric, const any_state& empty, const picks& rows,
                 double tolerance, bool copies_count) {
    const auto of = [&](const picks& some) { return metric(*state_of(empty, some)); };
    const state full = state_of(empty, rows);
    const leeway::estimate figure = metric(*full);
    INFO("metric " << metric.key());
    REQUIRE(figure.defined());
    {
        INFO("law: it has a name, a key and a range");
        CHECK(!metric.info().name.empty());
        CHECK(!metric.key().empty());
        CHECK(metric.info().lowest < metric.info().highest);
    }
    {
        INFO("law: a pure function depends on the state alone, and leaves it as it was");
        const state copy = full;
        CHECK(metric(*copy) == figure);
        CHECK(metric(*full) == figure);
        CHECK(copy == full);
    }
    {
        INFO("law: the interval is in range and about the value, and the weight is the rows'");
        interval_is_sound(figure, metric.info());
        double weight = 0;
        for (const pick& row : rows) weight += row.weight;
        CHECK(figure.weight() == Approx(weight).epsilon(1e-12));
    }
    {
        INFO("law: nothing seen is undefined, and says why");
        const leeway::estimate nothing = metric(empty);
        CHECK(!nothing);
        CHECK(nothing.reason() == leeway::undefined::empty);
        CHECK(nothing.weight() == 0);
    }

    leeway::random_source random(99);
    picks shuffled = rows;
    for (std::size_t i = shuffled.size(); i > 1; --i) {
        std::swap(shuffled[i - 1], shuffled[random.below(i)]);
    }
    {
        INFO("law: the order of rows does not matter");
        CHECK(same_figure(of(shuffled), figure, tolerance, true));
    }
    {
        INFO("law: nor does where they were cut and merged");
        const auto cut = shuffled.begin() + static_cast<std::ptrdiff_t>(rows.size() / 3);
        state merged = state_of(empty, picks(shuffled.begin(), cut));
        merged.merge(state_of(empty, picks(cut, shuffled.end())));
        CHECK(same_figure(metric(*merged), figure, tolerance, true));
    }
    {
        INFO("law: weight zero is absence");
        picks with_absent;
        for (const pick& row : shuffled) {
            with_absent.push_back(row);
            with_absent.push_back({rows[random.below(rows.size())].row, 0});
        }
        CHECK(of(with_absent) == of(shuffled));
    }
    if (copies_count) {
        // An interval also asks how many rows there were.
        INFO("law: weight k is k copies, for the value");
        picks copies;
        for (const pick& row : rows) {
            for (int k = 0; k < static_cast<int>(row.weight * 4); ++k)
                copies.push_back({row.row, 0.25});
        }
        CHECK(same_figure(of(copies), figure, tolerance, false));
    }
    {
        // A power of two is exact, so only sums of other things round. The extreme ones stand near
        // the ends of the weights that a state takes.
        INFO("law: a common factor in all weights says nothing");
        for (const double factor : {8.0, 0x1p190, 0x1p-190}) {
            CAPTURE(factor);
            picks scaled = rows;
            for (pick& row : scaled) row.weight *= factor;
            CHECK(same_figure(of(scaled), figure, tolerance, true));
        }
    }
    if (metric.has_confidence()) more_confidence_is_wider(metric, *full, figure);
}

void class_renaming_laws(const std::string& key, const void* metric, class_figure figure_of,
                         std::size_t classes, const std::vector<leeway::class_outcome>& rows) {
    INFO("metric " << key);
    const leeway::estimate figure =
        figure_of(metric, state_of(leeway::confusion_matrix(classes), rows));
    INFO("law: the names of classes say nothing");
    for (std::size_t shift = 1; shift < classes; ++shift) {
        std::vector<leeway::class_outcome> renamed = rows;
        for (auto& row : renamed) {
            const auto rename = [&](std::int32_t c) {
                return static_cast<std::int32_t>((static_cast<std::size_t>(c) + shift) % classes);
            };
            row.label = rename(row.label);
            row.prediction = rename(row.prediction);
        }
        const leeway::estimate other =
            figure_of(metric, state_of(leeway::confusion_matrix(classes), renamed));
        CAPTURE(shift);
        CHECK(same_figure(other, figure, 1e-12, true));
    }
    INFO("law: nor do classes that are on offer and never met");
    CHECK(figure_of(metric, state_of(leeway::confusion_matrix(classes + 5), rows)) == figure);
}

}  // namespace laws::detail
