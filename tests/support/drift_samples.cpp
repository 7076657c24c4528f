#include "support/drift_samples.hpp"

namespace samples {

std::vector<double> generated(std::uint64_t seed, std::size_t n, std::uint64_t levels, int shift) {
    std::vector<double> values(n);
    for (double& value : values) {
        seed = seed * 6364136223846793005U + 1442695040888963407U;
        const std::uint64_t high = seed >> 40;
        value =
            levels > 0 ? static_cast<double>(high % levels) : static_cast<double>(high) / 0x1p24;
        value += shift / 1024.0;
    }
    return values;
}

std::vector<double> whole(std::uint64_t seed, std::size_t n, std::uint64_t levels) {
    return generated(seed, n, levels, 0);
}

const std::vector<sample_row>& sample_rows() {
    static const std::vector<sample_row> rows{
#include "oracle/drift_samples.inc"
    };
    return rows;
}

const std::vector<count_row>& count_rows() {
    static const std::vector<count_row> rows{
#include "oracle/drift_counts.inc"
    };
    return rows;
}

leeway::binned_counts state_of(const std::shared_ptr<const leeway::binning>& bins,
                               const std::vector<std::uint64_t>& counts) {
    leeway::binned_counts state(bins);
    for (std::size_t bin = 0; bin < counts.size(); ++bin) {
        leeway::binned_counts power(bins);
        power.update(static_cast<double>(bin));
        for (std::uint64_t left = counts[bin]; left > 0; left >>= 1) {
            if (left & 1U) state.merge(power);
            const auto half = power;
            power.merge(half);
        }
    }
    return state;
}

std::pair<leeway::binned_counts, leeway::binned_counts> states_of(const count_row& row) {
    std::vector<double> values;
    std::vector<std::uint32_t> bin_of;
    for (std::uint32_t bin = 0; bin < row.reference.size(); ++bin) {
        values.push_back(bin);
        bin_of.push_back(bin);
    }
    const auto regular = values.size();
    const auto bins = std::make_shared<const leeway::binning>(leeway::binning::values(
        leeway::feature_kind::categorical, std::move(values), std::move(bin_of), regular, true));
    return {state_of(bins, row.reference), state_of(bins, row.current)};
}

}  // namespace samples
