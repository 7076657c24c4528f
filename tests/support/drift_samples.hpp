// The samples and tables that tests/oracle/drift.py gave to SciPy.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

#include "leeway/accumulators/binned_counts.hpp"

namespace samples {

/// The script's generator: whole numbers below `levels`, or multiples of 2^-24 in [0, 1) when
/// levels is 0; plus shift / 1024. Every value is exact.
std::vector<double> generated(std::uint64_t seed, std::size_t n, std::uint64_t levels, int shift);

std::vector<double> whole(std::uint64_t seed, std::size_t n, std::uint64_t levels);

struct sample_row {
    std::uint64_t seed;
    std::size_t n;
    std::size_t m;
    std::uint64_t levels;
    int shift;
    double statistic;
    double p;
    double chi_squared;  ///< of the values as categories; -1 for continuous values
    double chi_squared_p;

    [[nodiscard]] std::vector<double> reference() const {
        return generated(2 * seed, n, levels, 0);
    }
    [[nodiscard]] std::vector<double> current() const {
        return generated(2 * seed + 1, m, levels, shift);
    }
};

const std::vector<sample_row>& sample_rows();

struct count_row {
    std::vector<std::uint64_t> reference;
    std::vector<std::uint64_t> current;
    double chi_squared;
    double chi_squared_p;
    double psi;
    double psi_expected;
    double psi_p;
};

const std::vector<count_row>& count_rows();

/// States with these counts, over bins of the values 0, 1, 2, ... Counts may be in the billions:
/// a state with 2^k rows is merged from two halves.
leeway::binned_counts state_of(const std::shared_ptr<const leeway::binning>& bins,
                               const std::vector<std::uint64_t>& counts);

std::pair<leeway::binned_counts, leeway::binned_counts> states_of(const count_row& row);

}  // namespace samples
