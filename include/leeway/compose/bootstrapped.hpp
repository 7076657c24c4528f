// Any state, with replicates that say how sure a figure read from it is.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "leeway/compose/replicate_figures.hpp"
#include "leeway/core/concepts.hpp"
#include "leeway/core/error.hpp"
#include "leeway/core/joined_text.hpp"
#include "leeway/core/multiplicity.hpp"
#include "leeway/core/rejected.hpp"
#include "leeway/core/result.hpp"
#include "leeway/core/sample.hpp"
#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// A sample and the key of its row; rows that belong together (a user, a session) share a key.
template <class Sample>
struct keyed {
    std::uint64_t key{0};
    Sample sample{};

    struct columns {
        std::span<const std::uint64_t> key;
        columns_of<Sample> samples;

        [[nodiscard]] std::size_t size() const noexcept { return samples.size(); }
        [[nodiscard]] keyed operator[](std::size_t row) const noexcept {
            return {key[row], samples[row]};
        }
    };
};

namespace detail {

inline constexpr std::string_view bootstrapped_prefix = "bootstrapped_";

}  // namespace detail

/// A state and B replicates of it, for a percentile interval of any metric of the state.
///
/// Row i enters replicate b with the weight w_i times poisson_multiplicity(key, b, seed): the
/// Poisson bootstrap. Multiplicities depend on keys alone, bit for bit, so a replicate holds the
/// same rows whatever their order, the batches, threads and shards. Its state is then equal in
/// every bit where what it adds up is whole numbers below 2^53 (counts; confusion_matrix and
/// score_table with weights that are whole, or multiples of one power of two), and for
/// scored_outcomes up to the order of rows. States of other sums (fractional weights, moments, mean
/// losses, regression_moments) agree to their own rounding: figures to 1e-12 relative. Give every
/// row a key of its own (a row number, an id; a text by fnv1a), or its cluster's where rows of a
/// cluster are not independent: rows of one key enter together. Constant keys make intervals of
/// zero width. Two models scored on the same keys, with one seed and B, give paired intervals
/// (paired_difference).
///
/// interval(metric, level): the metric of all rows, with the quantiles at (1 -+ level) / 2 of the
/// replicates in which it is defined; of a certified band (confidence 1) the quantiles of its lower
/// and its upper ends. An undefined replicate (no positive drawn) is counted in figures() and left
/// out. No interval (interval_reason() says which): where more than 1 in 100 replicates are
/// undefined or fewer than 2 / (1 - level) are left, which have no such quantile (too little data);
/// and where the replicates do not vary (no variation), as of a recall of 1. An end beyond which
/// the figure itself lies is moved to the figure. Coverage is
/// approximate: near the level from some tens of rows (clusters) on for smooth metrics, and below
/// it for maxima, calibration errors near zero and other figures at an edge.
///
/// What the state refuses is counted in rejected(), once. B 1 to 100,000. Merging another seed or B
/// raises. Cost a row: B hashes of 3 ns and 0.63 B updates; with a confusion matrix 5 ns a
/// replicate in batches, 8 ns row by row. Memory: B + 1 states; Bounded if the state is. Thread
/// rule: one writer. Sources: B. Efron, "Bootstrap methods: another look at the jackknife", Ann.
/// Stat. 7 (1979); N. Chamandy et al., "Estimating uncertainty for massive data streams" (2012).
template <Accumulator State>
class bootstrapped {
  public:
    using state_type = State;
    using row_type = typename State::sample_type;
    using sample_type = keyed<row_type>;
    static constexpr std::string_view kind =
        detail::joined_text<detail::bootstrapped_prefix, State::kind>::value;
    static constexpr std::size_t most_replicates = 100'000;
    static constexpr std::size_t usual_replicates = 200;

    bootstrapped() requires std::default_initializable<State> : bootstrapped(State{}) {}
    /// `empty` is copied into each replicate; it must not have seen a row.
    explicit bootstrapped(State empty, std::size_t replicates = usual_replicates,
                          std::uint64_t seed = 0)
        : seed_(seed), whole_(std::move(empty)) {
        if (replicates < 1 || replicates > most_replicates)
            raise_invalid("bootstrapped", "replicates", replicates, "1 to 100000");
        State fresh = whole_;
        fresh.reset();
        if (!(fresh == whole_)) raise("bootstrapped: the state has rows already, expected none");
        replicates_.assign(replicates, fresh);
    }

    void update(std::uint64_t key, const row_type& row) noexcept(Bounded<State>) {
        const std::uint64_t base = detail::resampling_base(key, seed_);
        see(base);
        whole_.update(row);
        for (std::size_t b = 0; b < replicates_.size(); ++b) {
            add(replicates_[b], row, detail::multiplicity_from(base, b));
        }
    }
    void update(const sample_type& sample) noexcept(Bounded<State>) {
        update(sample.key, sample.sample);
    }

    void update(const typename sample_type::columns& batch) {
        require_lengths(kind, batch.samples);
        require_length(kind, "key", batch.key.size(), batch.size());
        whole_.update(batch.samples);
        // Block by block, and in a block replicate by replicate: one state stays in the cache. The
        // rows that enter are listed first, since whether one does cannot be predicted.
        std::array<std::uint64_t, 256> bases;
        std::array<std::uint32_t, 256> entering;
        std::array<std::uint32_t, 256> times;
        for (std::size_t from = 0; from < batch.size(); from += bases.size()) {
            const std::size_t length = std::min(bases.size(), batch.size() - from);
            for (std::size_t i = 0; i < length; ++i) {
                bases[i] = detail::resampling_base(batch.key[from + i], seed_);
                see(bases[i]);
            }
            for (std::size_t b = 0; b < replicates_.size(); ++b) {
                std::size_t listed = 0;
                for (std::size_t i = 0; i < length; ++i) {
                    const unsigned drawn = detail::multiplicity_from(bases[i], b);
                    entering[listed] = static_cast<std::uint32_t>(i);
                    times[listed] = drawn;
                    listed += drawn != 0 ? 1U : 0U;
                }
                for (std::size_t j = 0; j < listed; ++j) {
                    add(replicates_[b], batch.samples[from + entering[j]], times[j]);
                }
            }
        }
    }

    void merge(const bootstrapped& other) {
        if (seed_ != other.seed_) {
            raise("bootstrapped: merging seed " + detail::shown(other.seed_) + " into " +
                  detail::shown(seed_));
        }
        if (replicates_.size() != other.replicates_.size()) {
            raise("bootstrapped: merging " + detail::shown(other.replicates_.size()) +
                  " replicates into " + detail::shown(replicates_.size()));
        }
        whole_.merge(other.whole_);  // raises, where it must, before anything else has changed
        keys_ += other.keys_;
        offered_ += other.offered_;
        for (std::size_t b = 0; b < replicates_.size(); ++b) {
            replicates_[b].merge(other.replicates_[b]);
        }
    }

    void reset() noexcept {
        keys_ = 0;
        offered_ = 0;
        whole_.reset();
        for (State& replicate : replicates_) replicate.reset();
    }

    /// The state of all rows, each once.
    [[nodiscard]] const State& state() const noexcept { return whole_; }
    [[nodiscard]] std::span<const State> replicates() const noexcept { return replicates_; }
    [[nodiscard]] std::uint64_t seed() const noexcept { return seed_; }
    /// Rows given to update, whatever became of them.
    [[nodiscard]] std::uint64_t offered() const noexcept { return offered_; }
    /// Whether both were given rows of the same keys (each as often), under one seed and B. Wrong
    /// with a chance of 2^-64.
    [[nodiscard]] bool pairs_with(const bootstrapped& other) const noexcept {
        return seed_ == other.seed_ && replicates_.size() == other.replicates_.size() &&
               offered_ == other.offered_ && keys_ == other.keys_;
    }

    template <class M>
    [[nodiscard]] replicate_figures figures(const M& metric) const {
        replicate_figures drawn;
        for (const State& replicate : replicates_) {
            const estimate figure = metric(replicate);
            if (figure && !std::isnan(figure.value())) {
                drawn.add(banded_figure::of(figure));
                drawn.saw(figure.value());
            } else {
                ++drawn.undefined;
            }
        }
        return drawn;
    }

    /// The metric of all rows with its bootstrap interval; undefined where the metric is.
    template <class M>
    [[nodiscard]] estimate interval(
        const M& metric, confidence_level confidence = confidence_95,
        bootstrap_interval method = bootstrap_interval::percentile) const {
        const estimate figure = metric(whole_);
        if (!figure) return figure;
        return detail::bootstrap_estimate(banded_figure::of(figure), figure.weight(),
                                          figures(metric), confidence.level, method, M::info.lowest,
                                          M::info.highest);
    }

    [[nodiscard]] decltype(auto) rejected() const noexcept requires requires(const State& s) {
        s.rejected();
    }
    { return whole_.rejected(); }

    [[nodiscard]] std::size_t bytes() const noexcept requires Bounded<State> {
        return sizeof *this - sizeof whole_ + whole_.bytes() +
               replicates_.size() * replicates_.front().bytes();
    }

    friend bool operator==(const bootstrapped&, const bootstrapped&) = default;

    [[nodiscard]] std::string defect() const {
        if (replicates_.empty() || replicates_.size() > most_replicates)
            return "bootstrapped: the number of replicates is not 1 to 100000";
        State fresh = whole_;
        fresh.reset();
        for (const State& replicate : replicates_) {
            State emptied = replicate;
            emptied.reset();
            if (!(emptied == fresh)) return "bootstrapped: a replicate of another configuration";
        }
        return {};
    }

    template <class Self, class Visitor>
    static void fields(Self& self, Visitor&& visit) {
        visit("seed", self.seed_);
        visit("offered", self.offered_);
        visit("keys", self.keys_);
        visit("whole", self.whole_);
        visit("replicates", self.replicates_);
    }

  private:
    void see(std::uint64_t base) noexcept {
        keys_ += detail::mixed(base);  // a sum, since rows come in any order
        ++offered_;
    }

    static void add(State& replicate, row_type row, unsigned times) noexcept(Bounded<State>) {
        if (times == 0) return;
        if constexpr (requires { row.weight *= 2.0; }) {
            const double all = row.weight * times;
            // A good weight stays one.
            if (rejections::good_weight(all) || !rejections::good_weight(row.weight)) [[likely]] {
                row.weight = all;
                times = 1;
            }
        }
        for (unsigned i = 0; i < times; ++i) replicate.update(row);
    }

    std::uint64_t seed_{0};
    std::uint64_t offered_{0};
    std::uint64_t keys_{0};
    State whole_;
    std::vector<State> replicates_;
};

/// The differences of the replicates, with those counted in which a side is undefined; empty where
/// the rows were not the same.
template <class State, class M>
[[nodiscard]] replicate_figures paired_figures(const bootstrapped<State>& a,
                                               const bootstrapped<State>& b, const M& metric) {
    replicate_figures drawn;
    if (!a.pairs_with(b)) return drawn;
    for (std::size_t i = 0; i < a.replicates().size(); ++i) {
        const estimate one = metric(a.replicates()[i]);
        const estimate other = metric(b.replicates()[i]);
        // Infinite on both sides is no difference that could be told.
        const banded_figure difference = one && other
                                             ? banded_figure::of(one) - banded_figure::of(other)
                                             : banded_figure::exactly(std::nan(""));
        if (std::isnan(difference.value)) {
            ++drawn.undefined;
        } else {
            drawn.add(difference);
            drawn.saw(one.value());
            drawn.saw(other.value());
        }
    }
    return drawn;
}

/// metric(a) - metric(b) of two models on the same rows, with the quantiles of the difference over
/// the replicates in which both are defined: what the models share cancels, so the interval is
/// narrower than two of their own would suggest. Not comparable where the rows were not the same.
/// Without an interval where bootstrapped::interval has none: so for two models that never differ,
/// however many rows say so (mcnemar_test has an interval there).
template <class State, class M>
[[nodiscard]] estimate paired_difference(
    const bootstrapped<State>& a, const bootstrapped<State>& b, const M& metric,
    confidence_level confidence = confidence_95,
    bootstrap_interval method = bootstrap_interval::percentile) {
    const estimate one = metric(a.state());
    const estimate other = metric(b.state());
    if (!one) return one;
    if (!other) return other;
    const double weight = std::min(one.weight(), other.weight());
    const banded_figure difference = banded_figure::of(one) - banded_figure::of(other);
    if (!a.pairs_with(b) || std::isnan(difference.value)) {
        return estimate(undefined::not_comparable, weight);
    }
    const double span =
        M::info.highest - M::info.lowest;  // of a figure; infinite where it has none
    return detail::bootstrap_estimate(difference, weight, paired_figures(a, b, metric),
                                      confidence.level, method, -span, span);
}

}  // namespace leeway::inline v0
