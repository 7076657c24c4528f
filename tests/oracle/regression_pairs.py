#!/usr/bin/python3
"""Writes metrics_regression_pairs.txt beside itself: small regressions, random, with many ties and
degenerate, with the figures that need every row: medians, skill scores, rank correlations. The
format is that of metrics.py; NAME_interval holds the ends of a 95 % interval.

Figures are computed in rationals or with 50 digits of mpmath by the slowest way there is: all pairs for Kendall's
tau, all targets as the constant for the pinball loss. They are held here within 1e-9 against
scikit-learn 1.2.1 and SciPy 1.10 (of rows repeated by their weights where those have none).

Run: /usr/bin/python3 regression_pairs.py     (mpmath 1.2.1, NumPy 1.24, seed 20261103)
"""
import os
import warnings
from fractions import Fraction

import mpmath as mp
import numpy as np
import scipy.stats
from sklearn import metrics as sk

from score_ends import score_ends

warnings.filterwarnings("ignore")
mp.mp.dps = 50
rng = np.random.default_rng(20261103)
here = os.path.dirname(os.path.abspath(__file__))
Z = 1.959963984540054
EMPTY, ZERO = "undefined empty", "undefined zero denominator"
LITTLE, CONSTANT = "undefined too little data", "undefined constant target"
RANGE = "undefined out of range"
LEVELS, POWERS = (0.1, 0.9), (0.0, 1.0, 1.5, 2.0)


def numbers(column):
    return " ".join(repr(int(v)) if float(v).is_integer() and abs(v) < 1e15 else repr(float(v))
                    for v in column)


def real(x):
    return mp.mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else mp.mpf(x)


def root(x):
    return mp.sqrt(real(x))


def quantiles(values, weights, p):
    """The smallest values with a share of at least p, and of more than p, at or below them."""
    pairs = sorted(zip(values, weights))
    total, reached, first = sum(weights), Fraction(0), None
    for value, weight in pairs:
        reached += weight
        if first is None and reached >= p * total:
            first = value
        if reached > p * total:
            return first, value
    return first, pairs[-1][0]


def ranks(values, weights):
    return [sum(w for x, w in zip(values, weights) if x < v)
            + sum(w for x, w in zip(values, weights) if x == v) / 2 for v in values]


def deviance(y, m, p):
    y, m = real(y), real(m)
    if y == m or p == 0:
        return (y - m) ** 2
    if p == 1:
        return 2 * ((y * mp.log(y / m) if y else 0) - y + m)
    if p == 2:
        return 2 * (mp.log(m / y) + y / m - 1)
    return 2 * (y ** (2 - p) / ((1 - p) * (2 - p)) - y * m ** (1 - p) / (1 - p) + m ** (2 - p) / (2 - p))


def skill(above, below, W, n):
    """1 - ratio of means, and its interval."""
    A = sum(w * a for w, a in zip(W, above))
    B = sum(w * b for w, b in zip(W, below))
    r, total = A / B, sum(W)
    pull = sum(w * (a - r * b) ** 2 for w, a, b in zip(W, above, below)) / total / (B / total) ** 2
    return 1 - r, score_ends(1 - r, mp.sqrt(pull / real(n)), real(n) - 1, high=1)


def figures_of(y, m, w):
    if w is not None:
        kept = w > 0
        y, m, w = y[kept], m[kept], w[kept]
    keys = (["median_absolute_error", "d2_absolute_error_score", "spearman_correlation", "kendall_tau"]
            + [f"d2_pinball_score_{p:g}" for p in LEVELS]
            + [f"d2_tweedie_score_{p:g}" for p in POWERS])
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    out = {}
    W = [Fraction(1)] * len(y) if w is None else [Fraction(float(v)) for v in w]
    Y, M = [Fraction(float(v)) for v in y], [Fraction(float(v)) for v in m]
    total = sum(W)
    n = total ** 2 / sum(v * v for v in W)
    whole = w is None or all(float(v).is_integer() for v in w)
    times = np.ones(len(y), int) if w is None else w.astype(int)
    yr, mr = np.repeat(y, times), np.repeat(m, times)
    weights = np.ones(len(y)) if w is None else w

    def near(value, judge, loose=1e-9):
        assert abs(float(value) - judge) <= loose * (1 + abs(float(value))), (float(value), judge)

    E = [abs(a - b) for a, b in zip(Y, M)]
    median = sum(quantiles(E, W, Fraction(1, 2))) / 2
    out["median_absolute_error"] = real(median)
    if whole:
        near(median, sk.median_absolute_error(yr, mr), 1e-12 + 1e-12 * float(np.abs(y).max()))
    reach = Fraction(Z) / 2 / Fraction(float(root(n)))
    if reach < Fraction(1, 2):
        out["median_absolute_error_interval"] = (
            real(quantiles(E, W, Fraction(1, 2) - reach)[0]),
            real(quantiles(E, W, Fraction(1, 2) + reach)[1]))
    else:
        out["median_absolute_error_interval"] = (mp.nan, mp.nan)

    reason = LITTLE if len(y) < 2 else CONSTANT if len(set(y)) == 1 else None
    w50, y50, m50 = [real(v) for v in W], [real(v) for v in Y], [real(v) for v in M]
    for p in (0.5,) + LEVELS:
        key = "d2_absolute_error_score" if p == 0.5 else f"d2_pinball_score_{p:g}"
        if reason:
            out[key] = reason
            continue
        loss = lambda a, b: mp.mpf(p) * (a - b) if a > b else (1 - mp.mpf(p)) * (b - a)
        costs = [(sum(v * loss(a, c) for v, a in zip(w50, y50)), c) for c in y50]
        best = quantiles(Y, W, Fraction(p))[0]
        constant = real(best)
        cost = sum(v * loss(a, constant) for v, a in zip(w50, y50))
        assert abs(cost - min(costs)[0]) <= mp.mpf(10) ** -14 * cost
        value, ends = skill([loss(a, b) for a, b in zip(y50, m50)], [loss(a, constant) for a in y50],
                            w50, n)
        out[key], out[key + "_interval"] = value, ends
        near(value, sk.d2_pinball_score(y, m, sample_weight=weights, alpha=p))
        if p == 0.5 and w is None:
            near(value, sk.d2_absolute_error_score(y, m))
    mean = sum(a * b for a, b in zip(W, Y)) / total
    for p in POWERS:
        key = f"d2_tweedie_score_{p:g}"
        if reason:
            out[key] = reason
        elif p and (min(m) <= 0 or mean <= 0 or min(y) < 0 or (p >= 2 and min(y) <= 0)):
            out[key] = RANGE
        else:
            p = mp.mpf(p)
            value, ends = skill([deviance(a, b, p) for a, b in zip(Y, M)],
                                [deviance(a, mean, p) for a in Y], w50, n)
            out[key], out[key + "_interval"] = value, ends
            judge = sk.d2_tweedie_score(y, m, sample_weight=weights, power=float(p))
            if np.isfinite(judge) and abs(value) < 1e6:
                near(value, judge, 1e-6)
    if not reason and len(set(m)) == 1:
        reason = ZERO
    if reason:
        out["spearman_correlation"] = out["kendall_tau"] = reason
        return out
    R, Q = ranks(Y, W), ranks(M, W)
    r0, q0 = (sum(a * b for a, b in zip(W, x)) / total for x in (R, Q))
    dot = lambda a, a0, b, b0: sum(v * (x - a0) * (z - b0) for v, x, z in zip(W, a, b))
    r = real(dot(R, r0, Q, q0)) / root(dot(R, r0, R, r0)) / root(dot(Q, q0, Q, q0))
    concordant = t = u = Fraction(0)
    for i in range(len(Y)):
        for j in range(i):
            weight = W[i] * W[j]
            s = (Y[i] > Y[j]) - (Y[i] < Y[j])
            q = (M[i] > M[j]) - (M[i] < M[j])
            concordant += weight * s * q
            t += weight * abs(s)
            u += weight * abs(q)
    tau = real(concordant) / root(t) / root(u)
    if whole:
        near(r, scipy.stats.spearmanr(yr, mr)[0])
        near(tau, scipy.stats.kendalltau(yr, mr)[0])
    n = float(n)
    for key, value, least, variance in (("spearman_correlation", r, 3, 1 + r * r / 2),
                                        ("kendall_tau", tau, 4, mp.mpf("0.437"))):
        out[key] = value
        if n > least + 1e-3 and abs(value) < 1 - 1e-12:
            half = Z * mp.sqrt(variance / (mp.mpf(n) - least))
            out[key + "_interval"] = (mp.tanh(mp.atanh(value) - half), mp.tanh(mp.atanh(value) + half))
    return out


def weights_of(n):
    kind = rng.integers(0, 5)
    if kind <= 1 or n == 0:
        return None
    if kind == 2:
        return rng.integers(1, 5, n).astype(float)
    if kind == 3:
        return np.array([float(f"{10 ** rng.uniform(-4, 4):.3g}") for _ in range(n)])
    w = rng.integers(0, 4, n).astype(float)
    return w if w.sum() > 0 else None


def shown(v):
    if isinstance(v, tuple):
        return " ".join(shown(x) for x in v)
    return v if isinstance(v, str) else repr(float(v))


with open(os.path.join(here, "metrics_regression_pairs.txt"), "w") as file:
    file.write("# regression_pairs.py\n")

    def case(name, target, prediction, weight=None):
        y, m = np.asarray(target, float), np.asarray(prediction, float)
        w = None if weight is None else np.asarray(weight, float)
        file.write(f"case {name}\n")
        for key, column in (("target", y), ("prediction", m), ("weight", w)):
            if column is not None:
                file.write(f"{key} {numbers(column)}".rstrip() + "\n")
        for key, value in figures_of(y, m, w).items():
            file.write(f"{key} {shown(value)}\n")

    case("nothing", [], [])
    case("all weights zero", [1, 2], [1, 2], [0, 0])
    case("one row", [1.5], [1.25])
    case("two rows", [1, 2], [3, 1])
    case("exact", [1, 2, 3], [1, 2, 3])
    case("reversed", [1, 2, 3, 4, 5, 6], [6, 5, 4, 3, 2, 1])
    case("constant target", [2, 2, 2], [1, 2, 3])
    case("constant prediction", [1, 2, 3, 6], [3, 3, 3, 3])
    case("one weight is half of all", [1, 2, 3, 4], [1.5, 3, 5, 8], [1, 1, 1, 3])
    case("all tied but one", [1, 1, 1, 1, 2], [3, 3, 3, 3, 2])
    for i in range(300):
        n = int(rng.integers(2, 6) if i % 3 == 0 else rng.integers(6, 14))
        scale = 10.0 ** rng.choice([0, 0, 0, -9, 9, -60, 60])
        noise = rng.choice([0.01, 0.3, 1, 5])
        if i % 4 == 0:  # many ties
            y, m = rng.integers(0, 4, n).astype(float), rng.integers(1, 5, n).astype(float)
            scale = 1.0
        elif i % 4 == 1:  # any sign
            y = np.round(rng.normal(size=n), 2)
            m = np.round(y + noise * rng.normal(size=n), 2)
        else:  # amounts
            y = np.round(np.exp(rng.normal(size=n)), 2) + 0.01
            m = np.round(y * np.exp(min(noise, 1.0) * rng.normal(size=n)), 2) + 0.01
        if i % 30 == 11:
            y[:] = y[0]
        case(f"random {i}", y * scale, m * scale, weights_of(n))
