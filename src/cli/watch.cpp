#include <chrono>
#include <cstdio>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "cli/columns.hpp"
#include "cli/commands.hpp"
#include "cli/progress.hpp"
#include "evaluation/figure_text.hpp"
#include "export/json_writer.hpp"
#include "export/text_table.hpp"
#include "leeway/core/state_file.hpp"
#include "leeway/monitor/monitor.hpp"

namespace leeway::cli {

namespace {

/// Rows between two looks at the autocorrelation: it moves slowly, and a snapshot is not cheap.
constexpr std::uint64_t rows_to_first_warning = 50;
constexpr std::uint64_t rows_between_warnings = 1000;

/// Where in a record the reference's columns stand.
struct places {
    std::vector<std::size_t> features;
    std::vector<bool> categorical;
    std::optional<std::size_t> score;
    std::optional<std::size_t> label;
};

reference load_reference(const std::string& path) {
    if (path != "-" && looks_saved(path)) return take(load<reference>(path));
    throw failure(path + ": not a saved reference; make one with: leeway reference " +
                  (path == "-" ? "FILE" : path) + " --out REF");
}

places find_places(const reference& against, const csv::reader& file,
                   const watch_options& options) {
    places found;
    for (const auto& feature : against.features()) {
        found.features.push_back(require_column(file.name(), file.header(), feature.name()));
        found.categorical.push_back(feature.kind() == feature_kind::categorical);
    }
    if (!options.score.empty()) {
        found.score = require_column(file.name(), file.header(), options.score);
        if (against.score() == nullptr) {
            throw failure(options.reference +
                          ": the reference holds no scores; make it with --score");
        }
    }
    if (!options.label.empty()) {
        found.label = require_column(file.name(), file.header(), options.label);
        if (against.error() == nullptr) {
            throw failure(options.reference +
                          ": the reference holds no labels; make it with --label and --score");
        }
    }
    return found;
}

double number_at(const csv::reader& file, std::size_t place) {
    const std::string_view field = file.fields()[place];
    const csv::cell cell = csv::read_cell(field);
    if (cell.kind == csv::cell_kind::text) [[unlikely]] {
        throw failure(file.at(place, "'" + std::string(field.substr(0, 40)) +
                                         "' is not a number, which the reference says it is"));
    }
    return cell.number;
}

double code_at(const csv::reader& file, std::size_t place) {
    const std::string_view field = file.fields()[place];
    const csv::cell cell = csv::read_cell(field);
    switch (cell.kind) {
        case csv::cell_kind::missing:
            return std::numeric_limits<double>::quiet_NaN();
        case csv::cell_kind::number:
            return category_code(csv::category_text(cell.number));
        case csv::cell_kind::text:
            return category_code(field);
    }
    return 0;
}

class watcher {
  public:
    watcher(const watch_options& options, reference against, csv::reader file)
        : options_(options),
          file_(std::move(file)),
          places_(find_places(against, file_, options)),
          monitor_(std::move(against), settings(options)),
          recorder_(monitor_.recorder()),
          row_(places_.features.size()) {}

    int run() {
        std::uint64_t rows = 0;
        while (file_.row_count() < options_.rows.last && file_.next()) {
            if (file_.row() < options_.rows.first) continue;
            record();
            ++rows;
            for (const alarm& raised : monitor_.poll(now())) report(raised);
            if (rows == rows_to_first_warning || rows % rows_between_warnings == 0) {
                warn();
                shown_.report("watching " + file_.name(), file_.bytes_read(), file_.bytes_total());
            }
        }
        shown_.erase();
        if (file_.problem()) throw failure(*file_.problem());
        if (rows == 0) throw failure(file_.name() + ": no row to watch");
        warn();
        if (options_.format == output_format::text) print(summary(rows));
        return options_.fail_on_alarm && alarms_ > 0 ? exit_alarm : exit_fine;
    }

  private:
    static monitor_options settings(const watch_options& options) {
        monitor_options made;
        made.false_alarm_every = options.false_alarm_every;
        made.leeway = psi(options.leeway);
        made.watch_score = !options.score.empty();
        made.watch_error = !options.label.empty();
        made.recorders = 1;
        return made;
    }

    /// Labels are known at once and no clock has a say: a row is a second.
    time_point now() const {
        return time_point{} + std::chrono::seconds(static_cast<std::int64_t>(file_.row()));
    }

    void record() {
        for (std::size_t i = 0; i < row_.size(); ++i) {
            row_[i] = places_.categorical[i] ? code_at(file_, places_.features[i])
                                             : number_at(file_, places_.features[i]);
        }
        const double score = places_.score ? number_at(file_, *places_.score)
                                           : std::numeric_limits<double>::quiet_NaN();
        const double label = places_.label ? number_at(file_, *places_.label)
                                           : std::numeric_limits<double>::quiet_NaN();
        if (label == label) {
            recorder_.record(row_, score, label);
        } else {
            recorder_.record(row_, score);
        }
    }

    void report(const alarm& raised) {
        if (alarms_++ == 0) first_alarm_ = file_.row();
        if (raised.guarantee_void) warn();  // before the alarm it takes the guarantee from
        shown_.erase();
        // The monitor counts the rows it was given; the first of them is row A of the file.
        const std::uint64_t since = options_.rows.first + raised.since_row;
        print_now(options_.format == output_format::json ? as_json(raised, since)
                                                         : as_text(raised, since));
    }

    std::string as_json(const alarm& raised, std::uint64_t since) const {
        detail::json_writer out;
        out.begin_object().member("schema", "leeway.watch/1").member("row", file_.row());
        out.member("feature", raised.channel).member("kind", to_string(raised.kind));
        out.member("detector", raised.detector).member("evidence", raised.evidence);
        out.member("panel_evidence", raised.panel_evidence).member("threshold", raised.threshold);
        out.key("effect");
        if (raised.effect.defined()) {
            out.number(raised.effect.statistic);
        } else {
            out.null();
        }
        out.member("effect_name", raised.effect_name);
        if (!raised.effect.defined()) {
            out.member("undefined", to_string(*raised.effect.reason));
        }
        out.member("since_row", since).member("explanation", raised.explanation);
        out.member("guarantee_void", raised.guarantee_void).end_object();
        return std::move(out).take() + "\n";
    }

    std::string as_text(const alarm& raised, std::uint64_t since) const {
        std::string out = "row " + std::to_string(file_.row()) + ": " +
                          detail::short_name(raised.channel) + " has drifted since about row " +
                          std::to_string(since);
        if (!raised.explanation.empty()) out += ": " + raised.explanation;
        out += " (";
        if (raised.effect.defined()) {
            out += std::string(raised.effect_name) + " " +
                   detail::figure_text(raised.effect.statistic) + ", ";
        }
        out += std::string(raised.detector) + " " + detail::figure_text(raised.evidence) + ")";
        if (raised.guarantee_void) out += " [guarantee void]";
        return out + "\n";
    }

    /// Says on standard error, once a channel, that its neighbouring rows are too much alike.
    void warn() {
        const snapshot seen = monitor_.snapshot(now());
        std::string names;
        const auto add = [&](const std::string& name, const guard_reading& guard) {
            if (!guard.guarantee_void || !warned_.insert(name).second) return;
            names += (names.empty() ? "" : ", ") + detail::short_name(name);
            if (guard.lag_one.defined()) {
                names += " (" + detail::figure_text(guard.lag_one.value(), 2) + ")";
            }
        };
        for (const auto& channel : seen.features) add(channel.name, channel.guard);
        if (seen.score) add("score", seen.score->guard);
        if (seen.error) add("error", seen.error->guard);
        if (names.empty()) return;
        shown_.erase();
        std::fprintf(stderr,
                     "leeway: warning: up to row %llu neighbouring rows resemble each other (lag-1 "
                     "correlation) in %s: the rate of false alarms is not guaranteed there\n",
                     static_cast<unsigned long long>(file_.row()), names.c_str());
    }

    std::string summary(std::uint64_t rows) {
        const snapshot seen = monitor_.snapshot(now());
        std::string out = std::to_string(rows) + " rows of " + file_.name() + ": ";
        out += alarms_ == 0 ? "no alarm"
                            : std::to_string(alarms_) + (alarms_ == 1 ? " alarm" : " alarms") +
                                  ", the first at row " + std::to_string(first_alarm_);
        out += "; without drift there is on average at most one in " +
               detail::weight_text(options_.false_alarm_every) + " rows";
        if (seen.panel.guarantee_void) {
            out += ", if rows were independent, which they are not";
        }
        out += "\n";
        if (!places_.score && monitor_.reference().score() != nullptr) {
            out += "scores were not watched: no --score\n";
        }
        if (!places_.label && monitor_.reference().error() != nullptr) {
            out += "errors were not watched: no --label\n";
        }
        if (seen.metrics.empty() || !places_.label) return out;
        using align = detail::text_table::align;
        detail::text_table table({{"metric", align::left}, {"reference"}, {"now"}});
        for (const auto& metric : seen.metrics) {
            table.add({metric.key, detail::value_text(metric.reference, 4),
                       detail::value_text(metric.current, 4)});
        }
        return out + "\n" + table.str();
    }

    const watch_options& options_;
    csv::reader file_;
    places places_;
    monitor monitor_;
    recorder recorder_;
    std::vector<double> row_;
    progress shown_;
    std::set<std::string> warned_;
    std::uint64_t alarms_{0};
    std::uint64_t first_alarm_{0};
};

}  // namespace

int watch(const watch_options& options) {
    reference against = load_reference(options.reference);
    csv::reader file = take(csv::reader::open(options.stream));
    return watcher(options, std::move(against), std::move(file)).run();
}

}  // namespace leeway::cli
