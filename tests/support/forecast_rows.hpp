// Rows of forecasts that are views: the numbers live as long as the program.
#pragma once

#include <cstddef>
#include <vector>

#include "laws/samples.hpp"
#include "leeway/core/forecast_sample.hpp"

namespace forecast_rows {

/// Keeps a column of numbers for good, where it does not move.
const std::vector<double>& kept(std::vector<double> numbers);

std::vector<leeway::ensemble_outcome> ensembles(std::size_t n, std::size_t members, bool weighted);

std::vector<leeway::quantile_outcome> quantiles(std::size_t n, bool weighted);

}  // namespace forecast_rows
