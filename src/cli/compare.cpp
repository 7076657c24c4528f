#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "cli/commands.hpp"
#include "cli/outcomes.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_parts.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/accumulators/confusion_matrix.hpp"
#include "leeway/accumulators/paired_decisions.hpp"
#include "leeway/compose/bootstrapped.hpp"
#include "leeway/evaluation/bootstrap_difference.hpp"
#include "leeway/evaluation/delong_test.hpp"
#include "leeway/evaluation/diebold_mariano.hpp"
#include "leeway/evaluation/mcnemar_test.hpp"
#include "leeway/metrics/balanced_accuracy.hpp"
#include "leeway/metrics/f_beta.hpp"
#include "leeway/metrics/matthews_correlation.hpp"

namespace leeway::cli {

namespace {

struct compared {
    std::string metric;
    std::string test;
    estimate first, second;
    comparison difference;
};

/// The rows on which both models can be judged.
struct both {
    outcomes first, second;  ///< of the same rows, in the same order
    std::uint64_t rows{0};   ///< of the file
};

bool known(const outcomes& of, std::size_t row) {
    if (of.task == evaluation_task::regression) {
        return std::isfinite(of.target[row]) && std::isfinite(of.score[row]);
    }
    if (of.label[row] < 0) return false;
    if (!of.prediction.empty()) return of.prediction[row] >= 0;
    return std::isfinite(of.score[row]);
}

template <class T>
void keep(std::vector<T>& column, const std::vector<std::size_t>& rows) {
    if (column.empty()) return;
    std::vector<T> kept;
    kept.reserve(rows.size());
    for (const std::size_t row : rows) kept.push_back(column[row]);
    column = std::move(kept);
}

void keep_rows(outcomes& of, const std::vector<std::size_t>& rows) {
    keep(of.label, rows);
    keep(of.prediction, rows);
    keep(of.target, rows);
    keep(of.score, rows);
    of.rows = rows.size();
}

both read_both(const compare_options& options) {
    if (options.file == "-") {
        throw failure("compare reads its file twice, which standard input cannot be");
    }
    progress shown;
    evaluate_options columns = options.rows;
    columns.file = options.file;
    const auto read = [&](const std::string& score, const std::string& prediction) {
        columns.scores.clear();
        if (!score.empty()) columns.scores.push_back(score);
        columns.prediction = prediction;
        return read_outcomes(columns, shown);
    };
    both made{read(options.score_a, options.prediction_a),
              read(options.score_b, options.prediction_b), 0};
    if (made.first.classes != made.second.classes) {
        throw failure(options.file +
                      ": the two predictions hold different classes, expected both "
                      "to hold those of the label");
    }
    made.rows = made.first.rows;
    std::vector<std::size_t> rows;
    for (std::size_t row = 0; row < made.rows; ++row) {
        if (known(made.first, row) && known(made.second, row)) rows.push_back(row);
    }
    keep_rows(made.first, rows);
    keep_rows(made.second, rows);
    return made;
}

std::vector<std::int32_t> decisions(const outcomes& of) {
    if (!of.prediction.empty()) return of.prediction;
    std::vector<std::int32_t> decided;
    decided.reserve(of.score.size());
    for (const double score : of.score) decided.push_back(score >= of.threshold ? 1 : 0);
    return decided;
}

class comparing {
  public:
    comparing(const both& models, std::size_t replicates)
        : models_(models),
          a_(evaluate_all(models.first)),
          b_(evaluate_all(models.second)),
          replicates_(replicates) {}

    [[nodiscard]] std::vector<compared> run() && {
        if (models_.first.task == evaluation_task::regression) {
            of_losses("mean_squared_error",
                      [](double truth, double said) { return (truth - said) * (truth - said); });
            of_losses("mean_absolute_error",
                      [](double truth, double said) { return std::fabs(truth - said); });
            return std::move(found_);
        }
        of_decisions();
        if (models_.first.task == evaluation_task::binary && models_.first.prediction.empty()) {
            of_scores();
        }
        return std::move(found_);
    }

  private:
    void add(const std::string& key, const std::string& test, const comparison& answer) {
        found_.push_back({key, test, a_.at(key), b_.at(key), answer});
    }

    void of_decisions() {
        const auto& label = models_.first.label;
        const auto first = decisions(models_.first);
        const auto second = decisions(models_.second);
        paired_decisions counts;
        counts.update({.label = label, .first = first, .second = second});
        add("accuracy", "mcnemar",
            mcnemar_test{}(counts.only_first_right(), counts.only_second_right(),
                           static_cast<double>(label.size())));
        if (replicates_ == 0) return;
        const std::size_t classes = models_.first.classes.size();
        bootstrapped<confusion_matrix> a(confusion_matrix(classes), replicates_);
        bootstrapped<confusion_matrix> b(confusion_matrix(classes), replicates_);
        for (std::size_t row = 0; row < label.size(); ++row) {
            a.update(row, {label[row], first[row], 1});
            b.update(row, {label[row], second[row], 1});
        }
        const bool binary = models_.first.task == evaluation_task::binary;
        const f_beta f1{1, binary ? average::binary : average::macro};
        add(key_of(f1), "paired bootstrap", bootstrap_difference<f_beta>{f1}(a, b));
        add("balanced_accuracy", "paired bootstrap",
            bootstrap_difference<balanced_accuracy>{}(a, b));
        add("matthews_correlation", "paired bootstrap",
            bootstrap_difference<matthews_correlation>{}(a, b));
    }

    void of_scores() {
        const auto& label = models_.first.label;
        const delong_result areas = delong_test(
            {.label = label, .first = models_.first.score, .second = models_.second.score});
        add("roc_auc", "delong",
            {areas.difference, areas.z.value_or(0), areas.p_value.value_or(1),
             static_cast<double>(label.size())});
        for (const auto* of : {&models_.first, &models_.second}) {
            for (const double score : of->score) {
                if (score < 0 || score > 1) return;  // no probabilities, no losses of them
            }
        }
        of_losses("log_loss", [](double truth, double said) {
            return 0.0 - (truth == 1 ? std::log(said) : std::log1p(-said));
        });
        of_losses("brier_score",
                  [](double truth, double said) { return (truth - said) * (truth - said); });
    }

    /// The mean of the rows' differences against 0, by Student's t: rows do not depend on one
    /// another, which is the Diebold-Mariano test one step ahead.
    template <class Loss>
    void of_losses(const std::string& key, Loss loss) {
        const auto losses = [&](const outcomes& of) {
            std::vector<double> all;
            for (std::size_t row = 0; row < of.score.size(); ++row) {
                all.push_back(
                    loss(of.target.empty() ? of.label[row] : of.target[row], of.score[row]));
            }
            return all;
        };
        const auto first = losses(models_.first);
        const auto second = losses(models_.second);
        comparison answer;
        answer.rows = static_cast<double>(first.size());
        bool finite = true;
        for (const auto* column : {&first, &second}) {
            for (const double one : *column) finite = finite && std::isfinite(one);
        }
        if (!finite) {
            answer.difference = estimate(undefined::out_of_range, answer.rows);
        } else {
            const auto found = diebold_mariano(first, second);
            answer.difference = found.difference;
            answer.statistic = found.statistic;
            answer.p_value = found.p_value;
        }
        add(key, "paired t", answer);
    }

    const both& models_;
    report a_, b_;
    std::size_t replicates_;
    std::vector<compared> found_;
};

std::string name_of(const std::string& score, const std::string& prediction) {
    return score.empty() ? prediction : score;
}

std::string as_json(const compare_options& options, const both& models,
                    const std::vector<compared>& all) {
    detail::json_writer out;
    out.begin_object().member("schema", "leeway.compare/1").member("file", options.file);
    out.member("a", name_of(options.score_a, options.prediction_a));
    out.member("b", name_of(options.score_b, options.prediction_b));
    out.member("rows", models.rows).member("compared", models.first.rows);
    out.key("metrics").begin_object();
    for (const compared& one : all) {
        out.key(one.metric).begin_object().key("a");
        detail::write_estimate(out, one.first);
        out.key("b");
        detail::write_estimate(out, one.second);
        out.key("difference");
        detail::write_estimate(out, one.difference.difference);
        out.member("test", one.test).member("statistic", one.difference.statistic);
        out.member("p_value", one.difference.p_value).end_object();
    }
    out.end_object().end_object();
    return std::move(out).take() + "\n";
}

std::string as_text(const compare_options& options, const both& models,
                    const std::vector<compared>& all) {
    const std::string a = name_of(options.score_a, options.prediction_a);
    const std::string b = name_of(options.score_b, options.prediction_b);
    std::string out = options.file + ": " + a + " (A) against " + b + " (B), " +
                      std::to_string(models.first.rows) + " of " + std::to_string(models.rows) +
                      " rows; intervals at 95 % confidence\n\n";
    using align = detail::text_table::align;
    detail::text_table table({{"metric", align::left},
                              {"A"},
                              {"B"},
                              {"A - B"},
                              {"lower"},
                              {"upper"},
                              {"p"},
                              {"test", align::left}});
    for (const compared& one : all) {
        const estimate& difference = one.difference.difference;
        const bool bounded = difference.defined() && difference.has_interval();
        table.add({one.metric, detail::value_text(one.first, 4), detail::value_text(one.second, 4),
                   detail::value_text(difference, 4),
                   bounded ? detail::figure_text(difference.lower()) : "-",
                   bounded ? detail::figure_text(difference.upper()) : "-",
                   detail::figure_text(one.difference.p_value), one.test});
    }
    return out + table.str();
}

}  // namespace

int compare(const compare_options& options) {
    const both models = read_both(options);
    const std::vector<compared> all = comparing(models, options.replicates).run();
    print(options.format == output_format::json ? as_json(options, models, all)
                                                : as_text(options, models, all));
    return exit_fine;
}

}  // namespace leeway::cli
