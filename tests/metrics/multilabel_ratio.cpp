#include "leeway/metrics/multilabel_ratio.hpp"

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>

#include "laws/metric.hpp"
#include "leeway/core/random.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/jaccard.hpp"
#include "leeway/metrics/precision.hpp"
#include "leeway/metrics/recall.hpp"
#include "leeway/metrics/specificity.hpp"
#include "oracle/multilabel.hpp"
#include "oracle/standard_error.hpp"

using namespace leeway;

static_assert(Metric<multilabel_ratio<precision>> && Metric<multilabel_ratio<f_beta>>);

namespace {

/// Calls see(metric, name) for the ratios of the table.
template <class See>
void for_each_ratio(See see) {
    see(precision{}, std::string("precision"));
    see(recall{}, std::string("recall"));
    see(f_beta{}, std::string("f1"));
    see(jaccard{}, std::string("jaccard"));
}

}  // namespace

TEST_CASE("ratios of several labels equal scikit-learn's, each average and each label") {
    for_each_ratio([](auto metric, const std::string& name) {
        oracle::tally seen;
        std::size_t decided = 0;
        for (const auto& from : oracle::metric_cases("multilabel")) {
            const auto counts = oracle::label_sets_of(from);
            for (const auto over :
                 {average::micro, average::macro, average::weighted, average::samples}) {
                metric.over = over;
                const multilabel_ratio of{metric};
                CHECK(of.key() == name + "_" + std::string(to_string(over)));
                decided += from.decided.count(of.key());
                oracle::check(from, of.key(), of(counts), seen);
            }
            oracle::check(from, name + "_label", per_label(metric, counts), seen);
        }
        INFO(name << ": " << seen.values << " values, " << seen.undefined << " undefined, "
                  << decided << " decided");
        CHECK(seen.values >= 1800);
        CHECK(seen.undefined >= 50);
        CHECK(decided >= 40);
        CHECK(decided < seen.values / 2);
    });
}

TEST_CASE("pooled ratios have the standard error of rows, not of labels") {
    std::size_t compared = 0;
    const auto compare = [&](auto metric) {
        metric.over = average::micro;
        metric.confidence = oracle::nearly_none;
        const multilabel_ratio of{metric};
        const std::string key = of.key() + "_variance";
        for (const auto& from : oracle::metric_cases("multilabel")) {
            if (!from.has(key)) continue;
            const double variance = from.numbers(key).at(0);
            const multilabel_counts counts = oracle::label_sets_of(from);
            const estimate e = of(counts);
            if (!(variance > 1e-4) || e.value() < 0.01 || e.value() > 0.99) continue;
            ++compared;
            INFO("case '" << from.name << "', " << key);
            const double rows = effective_rows(counts.weight(), counts.sum_of_squared_weights());
            const double t = student_critical(oracle::nearly_none.critical, rows - 1);
            CHECK((e.upper() - e.lower()) / 2 / t == Approx(std::sqrt(variance)).epsilon(1e-6));
        }
    };
    for_each_ratio([&](auto metric, const std::string&) { compare(metric); });
    compare(specificity{});
    CHECK(compared >= 800);
}

TEST_CASE("means over rows have the standard error of a mean") {
    std::size_t compared = 0;
    for_each_ratio([&](auto metric, const std::string&) {
        metric.over = average::samples;
        metric.confidence = oracle::nearly_none;
        const multilabel_ratio of{metric};
        const std::string key = of.key() + "_variance";
        for (const auto& from : oracle::metric_cases("multilabel")) {
            if (!from.has(key)) continue;
            const double variance = from.numbers(key).at(0);
            const multilabel_counts counts = oracle::label_sets_of(from);
            const estimate e = of(counts);
            if (!(variance > 1e-4) || e.value() < 0.01 || e.value() > 0.99) continue;
            ++compared;
            INFO("case '" << from.name << "', " << key);
            const moments& own = *detail::row_figure(metric.ratio(), counts);
            const double rows = effective_rows(own.weight(), own.sum_of_squared_weights());
            const double t = student_critical(oracle::nearly_none.critical, rows - 1);
            CHECK((e.upper() - e.lower()) / 2 / t == Approx(std::sqrt(variance)).epsilon(1e-6));
        }
    });
    CHECK(compared >= 600);
}

TEST_CASE("rows that are all alike are no certainty") {
    const std::int32_t truth[] = {1, 0, 1}, half[] = {1, 1, 0}, miss[] = {0, 1, 0};
    for (const auto& guess : {truth, half, miss}) {
        for (const double weight : {1.0, 0.1}) {
            multilabel_counts counts(3);
            for (int i = 0; i < 20; ++i) counts.update({truth, {guess, 3}, weight});
            for_each_ratio([&](auto metric, const std::string& name) {
                for (const auto over : {average::micro, average::samples}) {
                    metric.over = over;
                    const estimate e = multilabel_ratio{metric}(counts);
                    const estimate share =
                        wilson_interval(e.value(), 20, e.weight(), metric.confidence);
                    INFO(name << ' ' << to_string(over) << ' ' << e.value());
                    CHECK(e.upper() - e.lower() > 0.1);
                    CHECK(e.lower() == Approx(share.lower()).epsilon(1e-12));
                    CHECK(e.upper() == Approx(share.upper()).epsilon(1e-12));
                }
            });
        }
    }
}

TEST_CASE("the interval over rows covers the truth though labels hang together", "[simulation]") {
    // Half of the rows are hard, and there every label is wrong more often; so labels of one row go
    // together and 5 labels of 60 rows are not 300 decisions. 1,000 samples know 95 % to 0.7 %.
    random_source random(77);
    const auto draw = [&](int rows) {
        multilabel_counts counts(5);
        for (int row = 0; row < rows; ++row) {
            const double right = random.bernoulli(0.5) ? 0.95 : 0.55;
            std::array<std::int32_t, 5> label{}, guess{};
            for (std::size_t l = 0; l < 5; ++l) {
                label[l] = random.bernoulli(0.4) ? 1 : 0;
                guess[l] = random.bernoulli(right) ? label[l] : 1 - label[l];
            }
            counts.update({label, guess, 1});
        }
        return counts;
    };
    const auto all = draw(400000);
    for_each_ratio([&](auto metric, const std::string& name) {
        for (const auto over : {average::micro, average::samples}) {
            metric.over = over;
            const multilabel_ratio of{metric};
            const double truth = of(all).value();
            int covered = 0;
            for (int sample = 0; sample < 1000; ++sample) {
                const estimate e = of(draw(60));
                covered += e.lower() <= truth && truth <= e.upper() ? 1 : 0;
            }
            INFO(name << ' ' << to_string(over) << ": " << covered);
            CHECK(covered >= 925);
            CHECK(covered <= 975);
        }
    });
}

TEST_CASE("one label a row is a binary task") {
    multilabel_counts counts(1);
    confusion_matrix binary(2);
    for (const auto& row : laws::label_set_rows(200, 1, true)) {
        counts.update(row);
        binary.update({row.label[0], row.prediction[0], row.weight});
    }
    for_each_ratio([&](auto metric, const std::string&) {
        const estimate expected = metric(binary);
        const estimate of_label = per_label(metric, counts).at(0);
        CHECK(of_label.value() == Approx(expected.value()).epsilon(1e-15));
        CHECK(of_label.lower() == Approx(expected.lower()).epsilon(1e-14));
        metric.over = average::macro;
        CHECK(multilabel_ratio{metric}(counts).value() == Approx(expected.value()).epsilon(1e-15));
    });
}

TEST_CASE("ratios of several labels say what there is not") {
    const multilabel_counts nothing(2);
    CHECK_THROWS_AS(multilabel_ratio{precision{}}(nothing), std::invalid_argument);
    CHECK_THROWS_AS(multilabel_ratio{specificity{average::samples}}(nothing),
                    std::invalid_argument);
    CHECK_THROWS_AS((multilabel_ratio{f_beta{2, average::samples}}(nothing)),
                    std::invalid_argument);
    CHECK_THROWS_AS(precision{average::samples}(confusion_matrix(2)), std::invalid_argument);
    CHECK(multilabel_ratio{precision{average::samples}}(nothing).reason() == undefined::empty);
    multilabel_counts quiet(2);
    const std::int32_t none[] = {0, 0};
    quiet.update({none, none, 3});
    for (const auto over : {average::micro, average::macro, average::weighted, average::samples}) {
        const estimate e = multilabel_ratio{precision{over}}(quiet);
        CHECK(e.reason() == undefined::zero_denominator);
        CHECK(e.weight() == 3);
    }
    // One row: its figures, without an interval for a mean.
    const std::int32_t some[] = {1, 1}, half[] = {1, 0};
    multilabel_counts single(2);
    single.update({some, half, 1});
    CHECK(multilabel_ratio{recall{average::samples}}(single).value() == 0.5);
    CHECK(!multilabel_ratio{recall{average::samples}}(single).has_interval());
}

TEST_CASE("ratios of several labels keep the laws of a metric") {
    for (const bool weighted : {false, true}) {
        // All rows have a first label that is always predicted, so that each has its own figures
        // and a mean over rows the weight of all.
        auto rows = laws::label_set_rows(300, 4, weighted);
        for (auto& row : rows) {
            std::vector<std::int32_t> truth(row.label.begin(), row.label.end());
            std::vector<std::int32_t> guess(row.prediction.begin(), row.prediction.end());
            truth[0] = guess[0] = 1;
            row.label = laws::detail::kept(std::move(truth));
            row.prediction = laws::detail::kept(std::move(guess));
        }
        for_each_ratio([&](auto metric, const std::string&) {
            for (const auto over :
                 {average::micro, average::macro, average::weighted, average::samples}) {
                metric.over = over;
                const multilabel_ratio of{metric};
                laws::metric(
                    of, [] { return multilabel_counts(4); }, rows);
            }
        });
    }
}

TEST_CASE("means over labels have an interval that holds however the labels depend") {
    // The same label twice: the mean over both is that of one, and so is its interval.
    random_source random(5);
    multilabel_counts twice(2);
    for (int row = 0; row < 80; ++row) {
        const std::int32_t truth = random.bernoulli(0.4) ? 1 : 0;
        const std::int32_t guess = random.bernoulli(truth == 1 ? 0.8 : 0.2) ? 1 : 0;
        const std::int32_t label[] = {truth, truth}, decided[] = {guess, guess};
        twice.update({label, decided, 2});
    }
    for (const auto over : {average::macro, average::weighted}) {
        const estimate both = multilabel_ratio{f_beta{1, over}}(twice);
        const estimate one = per_label(f_beta{}, twice)[0];
        CHECK(both.value() == Approx(one.value()).epsilon(1e-14));
        CHECK(both.lower() == Approx(one.lower()).epsilon(1e-12));
        CHECK(both.upper() == Approx(one.upper()).epsilon(1e-12));
    }
    // Recall weighted by support is that of the pooled counts, whose standard error knows how the
    // labels hang together: it is never more.
    std::size_t compared = 0;
    for (const auto& from : oracle::metric_cases("multilabel")) {
        const multilabel_counts counts = oracle::label_sets_of(from);
        const estimate weighted =
            multilabel_ratio{recall{average::weighted, oracle::nearly_none}}(counts);
        const estimate micro =
            multilabel_ratio{recall{average::micro, oracle::nearly_none}}(counts);
        if (!weighted || !(micro.value() > 0.01 && micro.value() < 0.99)) continue;
        const detail::ratio_value at(recall{}.ratio(), counts.pooled());
        if (!(detail::pooled_standard_error(at, counts) > 0)) continue;  // all rows alike
        INFO("case '" << from.name << "'");
        CHECK(weighted.value() == Approx(micro.value()).epsilon(1e-12));
        // Student's t of few rows is in the pooled one only: at most 1.09 times with such a z.
        CHECK((weighted.upper() - weighted.lower()) * 1.12 >= micro.upper() - micro.lower());
        ++compared;
    }
    CHECK(compared >= 190);
}
