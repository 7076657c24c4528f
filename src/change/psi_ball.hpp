// How far a mean or a share can go while the population stability index stays within a leeway.
#pragma once

#include <span>

#include "leeway/core/version.hpp"

namespace leeway::inline v0 {
namespace detail {

/// sup { E_q[phi] : PSI(q, p) <= leeway }, PSI(q, p) = sum (q - p) log(q / p), over distributions q
/// on the bins of p. p > 0, sum 1; leeway > 0.
///
/// With r = q / p the Lagrangian's stationary point is log r + 1 - 1/r = (phi - nu) / mu; nu makes
/// sum p r = 1, mu makes the index equal the leeway. What is returned is the dual function's value
/// at the (nu, mu) found, which by weak duality is never below the supremum.
[[nodiscard]] double largest_mean_within_psi(std::span<const double> p, std::span<const double> phi,
                                             double leeway);

/// The same for the share of one bin, with 0 < p < 1: for an indicator the extremal q scales all
/// other bins alike, so that (q - p)(logit q - logit p) = leeway.
[[nodiscard]] double largest_share_within_psi(double p, double leeway);

}  // namespace detail
}  // namespace leeway::inline v0
