// Reruns the promise of the e-detectors by simulation: measured run length against the promised
// one, and how fast changes are found. docs/guarantees.md holds its output.
//
//     validity [--short] [--runs N] [--threads N] [--markdown] [--only SECTION]
//
// Ends with 1 when a run length that is promised is refuted at 1e-6.

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>

#include "experiments.hpp"
#include "table.hpp"
#include "two_dirichlet.hpp"

namespace validity {
namespace {

struct settings {
    plan repeats{};
    bool brief{false};
    bool markdown{false};
    std::string only;
    bool refuted{false};
    std::uint64_t experiments{0};

    [[nodiscard]] bool wants(const char* section) const { return only.empty() || only == section; }
};

constexpr std::array<std::size_t, 3> counts_of_rows{0, 1'000, 10'000};
constexpr std::array<std::size_t, 3> batches{1, 10, 100};

std::string rows_of(std::size_t n) {
    return n == 0 ? "known" : figure(static_cast<double>(n)) + " rows";
}

std::string arl_text(const run_length& l) {
    return (l.seen() ? "" : "> ") + figure(l.mean());
}

/// A row of a run-length table. `promised`: the theorem covers it, so it must not be refuted.
template <class Experiment>
void run_length_row(settings& s, const table& out, const std::string& what, double a,
                    Experiment experiment, bool promised = true) {
    const run_length l(repeat(s.repeats, ++s.experiments, experiment));
    const double p = l.p_value(a);
    const bool bad = p < 1e-6;
    s.refuted |= bad && promised;
    out.row({what, figure(a), arl_text(l), figure(l.mean() / a), whole(l.alarms),
             !promised ? (bad ? "not promised, not kept" : "not promised")
                       : (bad ? "REFUTED" : "kept")});
}

const std::vector<std::string> run_length_heads{
    "run length without drift", "A", "measured", "measured / A", "alarms", "promise"};

template <class Experiment>
void delay_row(settings& s, const table& out, const std::string& what, double in_control,
               Experiment experiment) {
    const delays d(repeat(s.repeats, ++s.experiments, experiment), in_control);
    out.row({what, figure(d.early), figure(d.missed), figure(d.mean)});
}

const std::vector<std::string> delay_heads{"change after 1,000, found within 5,000", "early",
                                           "missed", "mean delay"};

std::vector<double> thresholds(const settings& s) {
    return s.brief ? std::vector<double>{200} : std::vector<double>{1'000, 10'000};
}

/// Long enough that most runs end in an alarm, unless a margin makes the run length much longer.
change_point until_alarm(double a, std::size_t batch) {
    return {0, 10 * a, batch};
}

void mean_run_length(settings& s) {
    const table out("Mean detector, error flags, both directions", run_length_heads, s.markdown);
    for (const double a : thresholds(s)) {
        for (const double rate : s.brief ? std::vector{0.2} : std::vector{0.01, 0.05, 0.2, 0.5}) {
            for (const std::size_t n : counts_of_rows) {
                for (const std::size_t batch : batches) {
                    if (batch > 1 && (rate != 0.2 || s.brief)) continue;
                    run_length_row(s, out,
                                   "rate " + std::to_string(rate).substr(0, 4) + ", mean " +
                                       rows_of(n) + ", batch " + std::to_string(batch),
                                   a, [=](leeway::random_source r) {
                                       return watch_flags(
                                           r, {.rate = rate, .rate_after = rate, .n_reference = n},
                                           until_alarm(a, batch), a);
                                   });
                }
            }
        }
        run_length_row(
            s, out, "rate 0.20, mean 1,000 rows, no margin", a,
            [=](leeway::random_source r) {
                return watch_flags(r, {.n_reference = 1'000, .confidence = 0}, until_alarm(a, 1),
                                   a);
            },
            false);
    }
}

/// Lifetime mode promises a probability, not a run length: P(ever) <= 1/A.
void lifetime(settings& s) {
    const table out("Lifetime mode: ever an alarm within 10,000 samples",
                    {"share of runs that alarm", "1 / A", "measured", "promise"}, s.markdown);
    constexpr double a = 20;
    for (const double rate : {0.05, 0.2, 0.5}) {
        const auto runs = repeat(s.repeats, ++s.experiments, [=](leeway::random_source r) {
            return watch_flags(r, {.rate = rate, .rate_after = rate, .lifetime = true},
                               {0, s.brief ? 1'000.0 : 10'000.0, 1}, a);
        });
        const run_length l(runs);
        const double n = static_cast<double>(runs.size());
        // P(Binomial(n, 1/A) >= alarms) = I_{1/A}(alarms, n - alarms + 1).
        const double p = l.alarms > 0 ? leeway::beta_cdf(1 / a, l.alarms, n - l.alarms + 1) : 1.0;
        s.refuted |= p < 1e-6;
        out.row({"rate " + std::to_string(rate).substr(0, 4), figure(1 / a), figure(l.alarms / n),
                 p < 1e-6 ? "REFUTED" : "kept"});
    }
}

void shape_run_length(settings& s) {
    const table out("Shape detector, one numeric feature, 16 bins", run_length_heads, s.markdown);
    for (const double a : thresholds(s)) {
        for (const std::size_t n : counts_of_rows) {
            for (const std::size_t batch : batches) {
                if (batch > 1 && s.brief) continue;
                run_length_row(
                    s, out, "reference " + rows_of(n) + ", batch " + std::to_string(batch), a,
                    [=](leeway::random_source r) {
                        return watch_numeric(r, {.n_reference = n}, until_alarm(a, batch), a);
                    });
            }
            if (n == 0) continue;
            run_length_row(
                s, out, "reference " + rows_of(n) + ", no margin", a,
                [=](leeway::random_source r) {
                    return watch_numeric(r, {.n_reference = n, .confidence = 0}, until_alarm(a, 1),
                                         a);
                },
                false);
        }
    }
}

void panel_run_length(settings& s) {
    const table out("Panel of 50 numeric features, references of 10,000 rows, panel rule",
                    run_length_heads, s.markdown);
    const std::size_t n = s.brief ? 1'000 : 10'000;
    for (const double a : thresholds(s)) {
        for (const std::size_t batch : {batches[1], batches[2]}) {
            if (s.brief && batch > 10) continue;
            run_length_row(
                s, out, "independent features, batch " + std::to_string(batch), a,
                [=](leeway::random_source r) {
                    return watch_panel(r, {.n_reference = n}, {0, (s.brief ? 3 : 5) * a, batch}, a);
                });
        }
        if (s.brief) continue;
        const auto correlated = [&](const char* what, double confidence, bool promised) {
            run_length_row(
                s, out, what, a,
                [=](leeway::random_source r) {
                    return watch_panel(
                        r, {.n_reference = n, .correlation = 0.5, .confidence = confidence},
                        {0, 2 * a, 100}, a);
                },
                promised);
        };
        correlated("features correlated at 0.5, batch 100", 0.95, true);
        run_length_row(
            s, out, "independent features, batch 10, no margin", a,
            [=](leeway::random_source r) {
                return watch_panel(r, {.n_reference = n, .confidence = 0}, {0, 5 * a, 10}, a);
            },
            false);
    }
}

void mean_delay(settings& s) {
    const table out("Mean detector, A = 10,000", delay_heads, s.markdown);
    struct change {
        double from, to;
    };
    for (const auto [from, to] :
         {change{0.2, 0.25}, change{0.2, 0.3}, change{0.2, 0.5}, change{0.05, 0.1}}) {
        for (const auto direction : {leeway::bet_direction::both, leeway::bet_direction::up}) {
            for (const std::size_t n : {std::size_t{0}, std::size_t{2'000}, std::size_t{10'000}}) {
                if (s.brief && n > 0) continue;
                if (direction == leeway::bet_direction::up && n > 0) continue;
                char what[96];
                std::snprintf(what, sizeof what, "%.2f to %.2f, %s, mean %s", from, to,
                              direction == leeway::bet_direction::up ? "up" : "both",
                              rows_of(n).c_str());
                delay_row(s, out, what, 1'000, [=](leeway::random_source r) {
                    return watch_flags(
                        r,
                        {.rate = from, .rate_after = to, .n_reference = n, .direction = direction},
                        {1'000, 6'000, 1}, 10'000);
                });
            }
        }
    }
}

void shape_delay(settings& s) {
    const table out("Shape detector, N(0,1) before, A = 10,000", delay_heads, s.markdown);
    struct change {
        const char* name;
        numeric_law law;
    };
    const std::vector<change> changes{{"N(0.1,1)", {.mean = 0.1}},
                                      {"N(0.25,1)", {.mean = 0.25}},
                                      {"N(0.5,1)", {.mean = 0.5}},
                                      {"N(1,1)", {.mean = 1}},
                                      {"sd 1.25", {.sd = 1.25}},
                                      {"sd 1.5", {.sd = 1.5}},
                                      {"sd 0.75", {.sd = 0.75}},
                                      {"Laplace, variance 1", {.laplace = true}},
                                      {"10 % at N(3,1)", {.contamination = 0.1}}};
    struct form {
        std::size_t n, batch;
    };
    for (const change& each : changes) {
        for (const auto [n, batch] : {form{0, 1}, form{0, 10}, form{1'000, 1}, form{10'000, 1}}) {
            if (s.brief && n > 0) continue;
            delay_row(s, out,
                      std::string(each.name) + ", reference " + rows_of(n) + ", batch " +
                          std::to_string(batch),
                      1'000, [=, law = each.law](leeway::random_source r) {
                          return watch_numeric(r, {.after = law, .n_reference = n},
                                               {1'000, 6'000, batch}, 10'000);
                      });
        }
    }
}

void panel_delay(settings& s) {
    if (s.brief) return;
    const table out("Panel of 50, references of 10,000 rows, A = 10,000, batch 10", delay_heads,
                    s.markdown);
    for (const std::size_t changed : {std::size_t{1}, std::size_t{5}}) {
        for (const double mean : {0.1, 0.25, 0.5}) {
            char what[96];
            std::snprintf(what, sizeof what, "%zu of 50 features to N(%.2f,1)", changed, mean);
            delay_row(s, out, what, 1'000, [=](leeway::random_source r) {
                return watch_panel(r, {.changed = changed, .after = {.mean = mean}},
                                   {1'000, 6'000, 10}, 10'000);
            });
        }
    }
}

/// PSI of a law against the standard normal over the known reference's bins.
double psi_of(const numeric_law& law) {
    const auto reference = known_normal_reference();
    const auto share = law.over(reference.bins());
    double psi = 0;
    for (std::size_t k = 0; k < reference.bins().regular(); ++k) {
        const double p = 1 / static_cast<double>(reference.bins().regular());
        psi += (share[k] - p) * std::log(share[k] / p);
    }
    return psi;
}

/// The mean shift whose PSI is the given one.
double shift_of(double psi) {
    double low = 0;
    double high = 3;
    for (int step = 0; step < 60; ++step) {
        const double middle = (low + high) / 2;
        (psi_of({.mean = middle}) < psi ? low : high) = middle;
    }
    return low;
}

void leeway_rows(settings& s) {
    const table out("Shape detector with a leeway of PSI 0.02: drift inside it", run_length_heads,
                    s.markdown);
    constexpr double leeway_psi = 0.02;
    for (const double a : thresholds(s)) {
        for (const double psi : {0.0, 0.01, 0.02}) {
            for (const std::size_t n : {counts_of_rows[0], counts_of_rows[2]}) {
                // With an estimated reference the leeway is measured from that reference, so a law
                // at its very edge may lie outside for some of them.
                const bool promised = n == 0 || psi < leeway_psi;
                char what[96];
                std::snprintf(what, sizeof what, "mean shift of PSI %.2f, reference %s", psi,
                              rows_of(n).c_str());
                const numeric_law law{.mean = shift_of(psi)};
                run_length_row(
                    s, out, what, a,
                    [=](leeway::random_source r) {
                        return watch_numeric(
                            r, {.before = law, .n_reference = n, .leeway_psi = leeway_psi},
                            until_alarm(a, 1), a);
                    },
                    promised);
            }
        }
        run_length_row(
            s, out, "mean detector, 0.20 to 0.22, tolerance 0.02", a, [=](leeway::random_source r) {
                return watch_flags(r, {.rate = 0.2, .rate_after = 0.22, .tolerance = 0.02},
                                   until_alarm(a, 1), a);
            });
    }
    const table found("The same leeway: drift outside it, A = 10,000", delay_heads, s.markdown);
    for (const double psi : {0.03, 0.05, 0.1, 0.25}) {
        for (const std::size_t n : {counts_of_rows[0], counts_of_rows[2]}) {
            if (s.brief && n > 0) continue;
            char what[96];
            std::snprintf(what, sizeof what, "mean shift of PSI %.2f, reference %s", psi,
                          rows_of(n).c_str());
            const numeric_law law{.mean = shift_of(psi)};
            delay_row(s, found, what, 1'000, [=](leeway::random_source r) {
                return watch_numeric(r, {.after = law, .n_reference = n, .leeway_psi = leeway_psi},
                                     {1'000, 6'000, 1}, 10'000);
            });
        }
    }
}

void autocorrelation(settings& s) {
    const double a = s.brief ? 200 : 10'000;
    const table out("Autocorrelated input, AR(1), known reference",
                    {"lag-1 correlation", "A", "run length", "flagged by then"}, s.markdown);
    for (const double phi : {0.0, 0.1, 0.2, 0.5, 0.9}) {
        const auto runs = repeat(s.repeats, ++s.experiments, [=](leeway::random_source r) {
            return watch_autocorrelated(r, phi, until_alarm(a, 1), a);
        });
        const run_length l(runs);
        const delays d(runs, 0);
        if (phi == 0) s.refuted |= l.p_value(a) < 1e-6;
        out.row({figure(phi), figure(a), arl_text(l), figure(d.mean_flag)});
    }
}

std::vector<double> zipf(std::size_t n) {
    std::vector<double> shares;
    double sum = 0;
    for (std::size_t k = 1; k <= n; ++k) {
        shares.push_back(1 / static_cast<double>(k));
        sum += shares.back();
    }
    for (double& share : shares) share /= sum;
    return shares;
}

/// The law after a change, over the categories' bins and the three behind them.
std::vector<double> changed(std::vector<double> shares, std::size_t bin, double factor,
                            double unseen) {
    shares.resize(shares.size() + 3, 0.0);
    shares[bin] *= factor;
    double sum = 0;
    for (const double share : shares) sum += share;
    for (double& share : shares) share *= (1 - unseen) / sum;
    shares.back() = unseen;
    return shares;
}

void categorical(settings& s) {
    struct alternative {
        std::string name;
        std::vector<double> law;
    };
    const auto watch_two_dirichlet = [](leeway::random_source r, const category_setting& c,
                                        const change_point& at, double a) {
        const auto reference = reference_of(c, r);
        two_dirichlet detector(reference.counts());
        return watch_bins(detector, r, discrete_law(c.before), discrete_law(c.after),
                          reference.bins().size(), at, a);
    };
    {
        const table out("Categories, Zipf shares: run length, batch 10", run_length_heads,
                        s.markdown);
        for (const double a : thresholds(s)) {
            for (const std::size_t k : {std::size_t{10}, std::size_t{50}}) {
                for (const std::size_t n : counts_of_rows) {
                    if (s.brief && (n > 0 || k > 10)) continue;
                    const category_setting c{zipf(k), zipf(k), n};
                    run_length_row(s, out,
                                   std::to_string(k) + " categories, reference " + rows_of(n), a,
                                   [=](leeway::random_source r) {
                                       return watch_categories(r, c, until_alarm(a, 10), a);
                                   });
                }
            }
        }
    }
    if (s.brief) return;
    const table out("Categories, A = 10,000: own bets against the two-Dirichlet form (200 runs)",
                    {"change after 1,000, found within 10,000", "batch", "own: missed",
                     "own: delay", "two-Dirichlet: missed", "two-Dirichlet: delay"},
                    s.markdown);
    const plan fewer{std::min<std::size_t>(s.repeats.runs, 200), s.repeats.threads};
    struct form {
        std::size_t n, categories, batch;
    };
    for (const auto [n, k, batch] : {form{0, 10, 10}, form{0, 50, 10}, form{10'000, 10, 10},
                                     form{10'000, 10, 100}, form{10'000, 50, 10}}) {
        const auto base = zipf(k);
        std::vector<double> flatter;
        for (const double share : base) flatter.push_back(std::pow(share, 0.9));
        for (const auto& [name, law] :
             std::vector<alternative>{{"first x 0.8", changed(base, 0, 0.8, 0)},
                                      {"fourth x 1.5", changed(base, 3, 1.5, 0)},
                                      {"last x 2", changed(base, k - 1, 2, 0)},
                                      {"last x 0", changed(base, k - 1, 0, 0)},
                                      {"1 % unseen", changed(base, 0, 1, 0.01)},
                                      {"all flatter (power 0.9)", changed(flatter, 0, 1, 0)}}) {
            const category_setting c{base, law, n};
            const change_point at{1'000, 11'000, batch};
            const delays own(
                repeat(fewer, ++s.experiments,
                       [=](leeway::random_source r) { return watch_categories(r, c, at, 10'000); }),
                1'000);
            const delays two(repeat(fewer, ++s.experiments,
                                    [=](leeway::random_source r) {
                                        return watch_two_dirichlet(r, c, at, 10'000);
                                    }),
                             1'000);
            out.row({std::to_string(k) + " categories, reference " + rows_of(n) + ", " + name,
                     std::to_string(batch), figure(own.missed), figure(own.mean),
                     figure(two.missed), figure(two.mean)});
        }
    }
    const table lengths("The two-Dirichlet form: run length (200 runs)", run_length_heads,
                        s.markdown);
    settings shorter = s;
    shorter.repeats = fewer;
    for (const auto [n, k, batch] :
         {form{0, 10, 10}, form{10'000, 10, 10}, form{10'000, 10, 100}}) {
        const category_setting c{zipf(k), zipf(k), n};
        run_length_row(
            shorter, lengths,
            std::to_string(k) + " categories, reference " + rows_of(n) + ", batch " +
                std::to_string(batch),
            10'000,
            [=](leeway::random_source r) {
                return watch_two_dirichlet(r, c, until_alarm(10'000, batch), 10'000);
            },
            false);
    }
}

}  // namespace
}  // namespace validity

int main(int argc, char** argv) {
    validity::settings s;
    s.repeats.threads = std::max(1U, std::min(2U, std::thread::hardware_concurrency()));
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        const char* next = i + 1 < argc ? argv[i + 1] : nullptr;
        if (word == "--short") {
            s.brief = true;
            s.repeats.runs = 200;
        } else if (word == "--markdown") {
            s.markdown = true;
        } else if (word == "--runs" && next != nullptr) {
            s.repeats.runs = static_cast<std::size_t>(std::max(1, std::atoi(argv[++i])));
        } else if (word == "--threads" && next != nullptr) {
            s.repeats.threads = static_cast<unsigned>(std::max(1, std::atoi(argv[++i])));
        } else if (word == "--only" && next != nullptr) {
            s.only = argv[++i];
        } else {
            std::fprintf(stderr,
                         "usage: validity [--short] [--runs N] [--threads N] [--markdown] [--only "
                         "mean|lifetime|shape|panel|delay|leeway|autocorrelation|categories]\n");
            return 2;
        }
    }
    const auto start = std::chrono::steady_clock::now();
    const auto section = [&](const char* name, auto part) {
        s.experiments += 1'000 - s.experiments % 1'000;  // the same seeds with --only
        if (!s.wants(name)) return;
        part(s);
        std::fprintf(
            stderr, "[%s, %.0f s]\n", name,
            std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count());
    };
    section("mean", validity::mean_run_length);
    section("lifetime", validity::lifetime);
    section("shape", validity::shape_run_length);
    section("panel", validity::panel_run_length);
    section("delay", [](validity::settings& each) {
        validity::mean_delay(each);
        validity::shape_delay(each);
        validity::panel_delay(each);
    });
    section("leeway", validity::leeway_rows);
    section("autocorrelation", validity::autocorrelation);
    section("categories", validity::categorical);
    std::printf("\n%s\n", s.refuted ? "A promised run length was refuted at 1e-6."
                                    : "Every promised run length was kept.");
    return s.refuted ? 1 : 0;
}
