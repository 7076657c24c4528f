#include "leeway/evaluation/splits.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <numeric>
#include <string>
#include <string_view>
#include <utility>

#include "leeway/core/error.hpp"
#include "leeway/core/random.hpp"
#include "leeway/core/sample.hpp"

namespace leeway::inline v0 {

namespace {

void require_folds(std::string_view where, std::size_t folds, std::size_t most,
                   const std::string& of) {
    if (folds >= 2 && folds <= most) return;
    raise_invalid(where, "folds", folds, "2 to the number of " + of + ", " + detail::shown(most));
}

template <class T>
void shuffle(std::vector<T>& values, random_source& random) {
    for (std::size_t i = values.size(); i > 1; --i) {
        std::swap(values[i - 1], values[random.below(i)]);
    }
}

/// The seed of one repetition, far from its neighbours'.
std::uint64_t seed_of(std::uint64_t seed, std::size_t repetition) {
    random_source random(seed);
    std::uint64_t drawn = random();
    for (std::size_t i = 0; i < repetition; ++i) drawn = random();
    return drawn;
}

/// Row i is tested in fold fold_of[i] and trained on in the others.
std::vector<split> from_folds(const std::vector<std::size_t>& fold_of, std::size_t folds) {
    std::vector<split> made(folds);
    for (std::size_t row = 0; row < fold_of.size(); ++row) {
        for (std::size_t fold = 0; fold < folds; ++fold) {
            (fold_of[row] == fold ? made[fold].test : made[fold].train).push_back(row);
        }
    }
    return made;
}

/// Each value as its place among the distinct ones, which ascend.
template <class T>
std::pair<std::vector<std::size_t>, std::size_t> ranked(std::span<const T> values) {
    std::vector<T> distinct(values.begin(), values.end());
    std::sort(distinct.begin(), distinct.end());
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    std::vector<std::size_t> places;
    places.reserve(values.size());
    for (const T& value : values) {
        places.push_back(static_cast<std::size_t>(
            std::lower_bound(distinct.begin(), distinct.end(), value) - distinct.begin()));
    }
    return {std::move(places), distinct.size()};
}

std::vector<std::size_t> counted(const std::vector<std::size_t>& places, std::size_t kinds) {
    std::vector<std::size_t> counts(kinds, 0);
    for (const std::size_t place : places) ++counts[place];
    return counts;
}

void require_class_of(std::string_view where, const std::vector<std::size_t>& counts,
                      std::size_t folds) {
    const std::size_t largest =
        counts.empty() ? 0 : *std::max_element(counts.begin(), counts.end());
    require_folds(where, folds, largest, "rows of the largest class");
}

/// As NumPy adds a row of numbers, so that groups that tie there tie here: eight lanes up to 128
/// numbers, more by halves whose first is a multiple of eight long.
double sum_in_lanes(std::span<const double> values) {
    const std::size_t n = values.size();
    if (n < 8) return std::accumulate(values.begin(), values.end(), 0.0);
    if (n > 128) {
        const std::size_t half = n / 2 - n / 2 % 8;
        return sum_in_lanes(values.first(half)) + sum_in_lanes(values.subspan(half));
    }
    std::array<double, 8> lane{};
    std::copy_n(values.begin(), 8, lane.begin());
    std::size_t i = 8;
    for (; i + 8 <= n; i += 8) {
        for (std::size_t j = 0; j < 8; ++j) lane[j] += values[i + j];
    }
    double sum =
        ((lane[0] + lane[1]) + (lane[2] + lane[3])) + ((lane[4] + lane[5]) + (lane[6] + lane[7]));
    for (; i < n; ++i) sum += values[i];
    return sum;
}

double deviation_in_lanes(const std::vector<double>& values) {
    const double n = static_cast<double>(values.size());
    const double mean = sum_in_lanes(values) / n;
    std::vector<double> squares;
    for (const double value : values) squares.push_back((value - mean) * (value - mean));
    return std::sqrt(sum_in_lanes(squares) / n);
}

using counts_by_class = std::vector<std::vector<double>>;  // one row a group, or a fold

/// Mean over the classes of the deviation, between folds, of the folds' shares of a class.
double unevenness(const counts_by_class& folds, const std::vector<std::size_t>& class_rows) {
    const double n = static_cast<double>(folds.size());
    std::vector<double> deviations;
    for (std::size_t c = 0; c < class_rows.size(); ++c) {
        const double rows = static_cast<double>(class_rows[c]);
        double sum = 0, squares = 0;
        for (const auto& fold : folds) sum += fold[c] / rows;
        const double mean = sum / n;
        for (const auto& fold : folds) {
            const double off = fold[c] / rows - mean;
            squares += off * off;
        }
        deviations.push_back(std::sqrt(squares / n));
    }
    return sum_in_lanes(deviations) / static_cast<double>(deviations.size());
}

/// Where the group is best put: least uneven, then fewest rows; equal within 1e-5 or 1e-8.
std::size_t best_fold(counts_by_class& folds, const std::vector<double>& group,
                      const std::vector<std::size_t>& class_rows) {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    double fewest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < folds.size(); ++i) {
        for (std::size_t c = 0; c < group.size(); ++c) folds[i][c] += group[c];
        const double uneven = unevenness(folds, class_rows);
        for (std::size_t c = 0; c < group.size(); ++c) folds[i][c] -= group[c];
        const double rows = std::accumulate(folds[i].begin(), folds[i].end(), 0.0);
        const bool equal = std::abs(uneven - least) <= 1e-8 + 1e-5 * std::abs(least);
        if (uneven < least || (equal && rows < fewest)) {
            best = i;
            least = uneven;
            fewest = rows;
        }
    }
    return best;
}

}  // namespace

std::vector<split> k_fold(std::size_t rows, std::size_t folds, std::optional<std::uint64_t> seed) {
    require_folds("k_fold", folds, rows, "rows");
    std::vector<std::size_t> fold_of;
    fold_of.reserve(rows);
    for (std::size_t fold = 0; fold < folds; ++fold) {
        fold_of.insert(fold_of.end(), rows / folds + (fold < rows % folds ? 1 : 0), fold);
    }
    if (seed) {
        random_source random(*seed);
        shuffle(fold_of, random);
    }
    return from_folds(fold_of, folds);
}

std::vector<split> stratified_k_fold(std::span<const std::int32_t> labels, std::size_t folds,
                                     std::optional<std::uint64_t> seed) {
    const auto [classes, kinds] = ranked(labels);
    require_class_of("stratified_k_fold", counted(classes, kinds), folds);
    // Classes by their first row: with rows sorted by class, fold i takes every folds-th row from
    // the i-th on. How many of a class that gives is the class's share of the fold.
    std::vector<std::size_t> order(kinds, kinds), class_of;
    std::size_t met = 0;
    for (const std::size_t c : classes) {
        if (order[c] == kinds) order[c] = met++;
        class_of.push_back(order[c]);
    }
    std::vector<std::size_t> sorted = class_of;
    std::sort(sorted.begin(), sorted.end());
    std::vector<std::vector<std::size_t>> dealt(kinds);  // for each class, its rows' folds
    for (std::size_t fold = 0; fold < folds; ++fold) {
        for (std::size_t i = fold; i < sorted.size(); i += folds) dealt[sorted[i]].push_back(fold);
    }
    if (seed) {
        random_source random(*seed);
        for (auto& of_class : dealt) shuffle(of_class, random);
    }
    std::vector<std::size_t> next(kinds, 0), fold_of;
    for (const std::size_t c : class_of) fold_of.push_back(dealt[c][next[c]++]);
    return from_folds(fold_of, folds);
}

std::vector<split> group_k_fold(std::span<const std::int64_t> groups, std::size_t folds) {
    const auto [group_of, kinds] = ranked(groups);
    require_folds("group_k_fold", folds, kinds, "groups");
    const std::vector<std::size_t> size = counted(group_of, kinds);
    std::vector<std::size_t> order(kinds);
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
        return size[a] < size[b] || (size[a] == size[b] && a < b);
    });
    std::vector<std::size_t> held(folds, 0), fold_of_group(kinds);
    for (auto group = order.rbegin(); group != order.rend(); ++group) {
        const auto lightest = std::min_element(held.begin(), held.end());
        *lightest += size[*group];
        fold_of_group[*group] = static_cast<std::size_t>(lightest - held.begin());
    }
    std::vector<std::size_t> fold_of;
    for (const std::size_t group : group_of) fold_of.push_back(fold_of_group[group]);
    return from_folds(fold_of, folds);
}

std::vector<split> stratified_group_k_fold(std::span<const std::int32_t> labels,
                                           std::span<const std::int64_t> groups, std::size_t folds,
                                           std::optional<std::uint64_t> seed) {
    constexpr std::string_view where = "stratified_group_k_fold";
    require_length(where, "groups", groups.size(), labels.size());
    const auto [class_of, classes] = ranked(labels);
    const auto [group_of, kinds] = ranked(groups);
    const std::vector<std::size_t> class_rows = counted(class_of, classes);
    require_class_of(where, class_rows, folds);
    require_folds(where, folds, kinds, "groups");
    counts_by_class of_group(kinds, std::vector<double>(classes, 0.0));
    for (std::size_t row = 0; row < labels.size(); ++row) ++of_group[group_of[row]][class_of[row]];

    std::vector<std::size_t> order(kinds);
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (seed) {
        random_source random(*seed);
        shuffle(order, random);
    }
    std::vector<std::pair<double, std::size_t>> by_spread;  // equal ones in the order so far
    for (std::size_t i = 0; i < kinds; ++i) {
        by_spread.emplace_back(-deviation_in_lanes(of_group[order[i]]), i);
    }
    std::sort(by_spread.begin(), by_spread.end());
    counts_by_class of_fold(folds, std::vector<double>(classes, 0.0));
    std::vector<std::size_t> fold_of_group(kinds);
    for (const auto& [spread, place] : by_spread) {
        const std::size_t group = order[place];
        const std::size_t fold = best_fold(of_fold, of_group[group], class_rows);
        for (std::size_t c = 0; c < classes; ++c) of_fold[fold][c] += of_group[group][c];
        fold_of_group[group] = fold;
    }
    std::vector<std::size_t> fold_of;
    for (const std::size_t group : group_of) fold_of.push_back(fold_of_group[group]);
    return from_folds(fold_of, folds);
}

std::vector<split> repeated_k_fold(std::size_t rows, std::size_t folds, std::size_t times,
                                   std::uint64_t seed) {
    if (times < 1) raise_invalid("repeated_k_fold", "times", times, "at least 1");
    std::vector<split> all;
    for (std::size_t i = 0; i < times; ++i) {
        for (split& one : k_fold(rows, folds, seed_of(seed, i))) all.push_back(std::move(one));
    }
    return all;
}

std::vector<split> repeated_stratified_k_fold(std::span<const std::int32_t> labels,
                                              std::size_t folds, std::size_t times,
                                              std::uint64_t seed) {
    if (times < 1) raise_invalid("repeated_stratified_k_fold", "times", times, "at least 1");
    std::vector<split> all;
    for (std::size_t i = 0; i < times; ++i) {
        for (split& one : stratified_k_fold(labels, folds, seed_of(seed, i))) {
            all.push_back(std::move(one));
        }
    }
    return all;
}

std::vector<split> shuffle_split(std::size_t rows, std::size_t splits, double test_fraction,
                                 std::uint64_t seed) {
    constexpr std::string_view where = "shuffle_split";
    if (splits < 1) raise_invalid(where, "splits", splits, "at least 1");
    if (!(test_fraction > 0 && test_fraction < 1)) {
        raise_invalid(where, "test_fraction", test_fraction, "in (0, 1)");
    }
    const double wanted = std::ceil(test_fraction * static_cast<double>(rows));
    if (rows < 2 || !(wanted < static_cast<double>(rows))) {
        raise_invalid(where, "rows", rows, "enough for one row in each part");
    }
    const auto tested = static_cast<std::size_t>(wanted);
    random_source random(seed);
    std::vector<split> made(splits);
    for (split& one : made) {
        std::vector<std::size_t> rest(rows);
        std::iota(rest.begin(), rest.end(), std::size_t{0});
        shuffle(rest, random);
        const auto middle = rest.begin() + static_cast<std::ptrdiff_t>(tested);
        one.test.assign(rest.begin(), middle);
        one.train.assign(middle, rest.end());
        std::sort(one.test.begin(), one.test.end());
        std::sort(one.train.begin(), one.train.end());
    }
    return made;
}

std::vector<split> leave_one_out(std::size_t rows) {
    if (rows < 2) raise_invalid("leave_one_out", "rows", rows, "at least 2");
    return k_fold(rows, rows);
}

}  // namespace leeway::inline v0
