// Ways to cut rows into a part to train on and a part to test on. Defined in src: link
// leeway::leeway.
//
// Without a seed every splitter is deterministic and gives scikit-learn 1.2.1's indices for
// shuffle = False. With a seed rows are shuffled by leeway's own generator: the same indices on
// every platform, and not scikit-learn's. Indices ascend in both parts, also after a shuffle, so
// that rows are read in their order. Settings that cannot be met raise std::invalid_argument.
// Cost: 8 bytes an index, so O(folds rows) memory; O(rows) a fold unless said otherwise. Thread
// rule: pure functions.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {

/// Rows to fit on and rows to test on, ascending.
struct split {
    std::vector<std::size_t> train;
    std::vector<std::size_t> test;

    friend bool operator==(const split&, const split&) = default;
};

/// Every row is tested once: `folds` blocks of rows next to each other, the first rows % folds of
/// them one longer. 2 <= folds <= rows.
[[nodiscard]] std::vector<split> k_fold(std::size_t rows, std::size_t folds,
                                        std::optional<std::uint64_t> seed = {});

/// The same with each class spread evenly over the folds, in the order of rows within a class. Some
/// class must have `folds` rows; one that has fewer is missing from some folds' tests.
[[nodiscard]] std::vector<split> stratified_k_fold(std::span<const std::int32_t> labels,
                                                   std::size_t folds,
                                                   std::optional<std::uint64_t> seed = {});

/// Rows of a group (a user, a session) stay together: groups from the largest down, each to the
/// fold with the fewest rows so far; of equal groups the one with the larger number first, of equal
/// folds the first. At least `folds` groups. scikit-learn's folds where there are at most 16 groups
/// or all differ in size; of more groups it takes two of one size as NumPy's unstable sort leaves
/// them, which depends on NumPy's version and the processor: folds as large, of other groups.
[[nodiscard]] std::vector<split> group_k_fold(std::span<const std::int64_t> groups,
                                              std::size_t folds);

/// Both: groups stay together, and classes are spread as evenly as that allows. Groups are placed
/// one by one, the most uneven first, where the folds' shares of each class then vary least; of
/// equal places the fold with fewer rows. At least `folds` groups; a fold may stay empty where few
/// groups hold nearly all rows. Cost: O(groups folds^2 classes).
[[nodiscard]] std::vector<split> stratified_group_k_fold(std::span<const std::int32_t> labels,
                                                         std::span<const std::int64_t> groups,
                                                         std::size_t folds,
                                                         std::optional<std::uint64_t> seed = {});

/// k_fold `times` times, each shuffled on its own: times * folds splits, one repetition after
/// another. times >= 1.
[[nodiscard]] std::vector<split> repeated_k_fold(std::size_t rows, std::size_t folds,
                                                 std::size_t times, std::uint64_t seed);
[[nodiscard]] std::vector<split> repeated_stratified_k_fold(std::span<const std::int32_t> labels,
                                                            std::size_t folds, std::size_t times,
                                                            std::uint64_t seed);

/// `splits` independent draws of ceil(test_fraction rows) rows to test on; the others train. Both
/// parts must hold a row; splits >= 1; test_fraction in (0, 1).
[[nodiscard]] std::vector<split> shuffle_split(std::size_t rows, std::size_t splits,
                                               double test_fraction, std::uint64_t seed);

/// Each row tested on its own, trained on all others. rows >= 2; O(rows^2) memory: for small sets.
[[nodiscard]] std::vector<split> leave_one_out(std::size_t rows);

struct time_series_settings {
    std::size_t splits{5};           ///< 1 to rows - 1
    std::size_t test_rows{0};        ///< of each split; 0: rows / (splits + 1)
    std::size_t gap{0};              ///< rows left out between train and test
    std::size_t most_train_rows{0};  ///< the newest ones are kept; 0: all
};

/// For rows in order of time: `splits` blocks at the end are tested one after another, each trained
/// on the rows before it. One split is a last block held out; scikit-learn wants two. Raises where
/// a split would have nothing to train on.
[[nodiscard]] std::vector<split> time_series_split(std::size_t rows,
                                                   const time_series_settings& settings = {});

/// Takes out of each training part the rows whose time overlaps a test row's: a label that was
/// still being made while testing began says something of the test. Row i spans begin[i] to end[i]
/// (features seen to label known, ends included; begin <= end, finite); with an embargo, a
/// stretch of time after each test row is closed too. The test parts stay. One span a row of the
/// data. Cost: O(n log n) a split.
/// Source: M. Lopez de Prado, "Advances in Financial Machine Learning" (2018), section 7.4.
[[nodiscard]] std::vector<split> purged(std::vector<split> splits, std::span<const double> begin,
                                        std::span<const double> end, double embargo = 0);

}  // namespace leeway::inline v0
