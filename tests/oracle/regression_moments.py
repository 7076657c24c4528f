#!/usr/bin/python3
"""Writes metrics_regression_moments.txt beside itself: small regressions, random and degenerate, with
the figures that are read from sums: errors, shares of variance, correlations. The format is that of
metrics.py; NAME_interval holds the ends of a 95 % interval.

Figures are computed by mpmath with 80 digits, row by row from the definitions, and held here against
scikit-learn 1.2.1 and SciPy 1.10 within 1e-9 where they have them. Intervals are computed from the
rows' own influences, those of the correlations not where 1 - r^2 is below 1e-5. Rows of weight zero are shown to neither.

Run: /usr/bin/python3 regression_moments.py     (mpmath 1.2.1, NumPy 1.24, seed 20261102)
"""
import os
import warnings

import mpmath as mp
import numpy as np
import scipy.stats
from sklearn import metrics as sk

from score_ends import score_ends

warnings.filterwarnings("ignore")
mp.mp.dps = 80
rng = np.random.default_rng(20261102)
here = os.path.dirname(os.path.abspath(__file__))
Z = mp.mpf("1.959963984540054")
EMPTY, ZERO = "undefined empty", "undefined zero denominator"
LITTLE, CONSTANT = "undefined too little data", "undefined constant target"
FEATURES = (1, 4)


def numbers(column):
    return " ".join(repr(int(v)) if float(v).is_integer() and abs(v) < 1e15 else repr(float(v))
                    for v in column)


def figures_of(y, m, w):
    if w is not None:
        kept = w > 0
        y, m, w = y[kept], m[kept], w[kept]
    plain = ["max_error", "weighted_mean_absolute_percentage_error", "mean_error",
             "explained_variance", "pearson_correlation", "concordance_correlation"]
    fitted = [f"{k}_{p}" for k in ("adjusted_r_squared", "residual_standard_deviation")
              for p in FEATURES]
    if len(y) == 0:
        return {key: EMPTY for key in plain + fitted}
    out = {}
    W = [mp.mpf(1)] * len(y) if w is None else [mp.mpf(float(v)) for v in w]
    Y, M = [mp.mpf(float(v)) for v in y], [mp.mpf(float(v)) for v in m]
    E = [a - b for a, b in zip(Y, M)]
    total = sum(W)
    n = total ** 2 / sum(v * v for v in W)
    mean = lambda x: sum(a * b for a, b in zip(W, x)) / total

    def near(value, judge, loose=1e-9):
        assert abs(value - judge) <= loose * (1 + abs(value)), (value, judge)

    def ends(key, value, error, low=-mp.inf, high=mp.inf):
        out[key] = value
        out[key + "_interval"] = score_ends(value, error, n - 1, low, high)

    out["max_error"] = max(abs(e) for e in E)
    assert abs(out["max_error"] - sk.max_error(y, m)) <= 1e-12 * out["max_error"]
    key = "weighted_mean_absolute_percentage_error"
    below = mean([abs(a) for a in Y])
    if below == 0:
        out[key] = ZERO
    else:
        r = mean([abs(e) for e in E]) / below
        pull = mean([((abs(e) - r * abs(a)) / below) ** 2 for e, a in zip(E, Y)])
        ends(key, r, mp.sqrt(pull / n) if len(y) > 1 else mp.nan, low=0)
    bias = mean(E)
    s = mean([(e - bias) ** 2 for e in E])
    ends("mean_error", bias, mp.sqrt(s / (n - 1)) if len(y) > 1 else mp.nan)
    centre, other = mean(Y), mean(M)
    v = mean([(a - centre) ** 2 for a in Y])
    u = mean([(b - other) ** 2 for b in M])
    squares = mean([e * e for e in E])
    for p in FEATURES:
        key = f"residual_standard_deviation_{p}"
        if n - p - 1 < 1e-6:
            out[key] = LITTLE
            continue
        f = n / (n - p - 1)
        error = mp.sqrt((mean([e ** 4 for e in E]) - squares ** 2) / (n - 1))
        out[key] = mp.sqrt(squares * f)
        out[key + "_interval"] = tuple(mp.sqrt(x * f)
                                       for x in score_ends(squares, error, n - p - 1, 0))
    reason = LITTLE if len(y) < 2 else CONSTANT if v == 0 else None
    for key in ["explained_variance"] + [f"adjusted_r_squared_{p}" for p in FEATURES]:
        if reason:
            out[key] = reason
    if not reason:
        value = 1 - s / v
        near(value, sk.explained_variance_score(y, m, sample_weight=w))
        d2 = [(a - centre) ** 2 for a in Y]
        c2 = [(e - bias) ** 2 for e in E]
        exact = mean([((s / v * d - c) / v) ** 2 for d, c in zip(d2, c2)])
        root = mp.sqrt(mean([e * e * d for e, d in zip(E, d2)])) - abs(bias) * mp.sqrt(v)
        bound = (mean([(s / v * d) ** 2 + c * c for d, c in zip(d2, c2)])
                 - 2 * s / v * max(root, mp.mpf(0)) ** 2) / v ** 2
        assert bound >= exact - (1 + exact) * mp.mpf(10) ** -40
        ends("explained_variance", value, mp.sqrt(max(bound, mp.mpf(0)) / n), high=mp.mpf(1))
        if n > 1 + mp.mpf(10) ** -6:
            r2 = 1 - squares / v
            near(r2, sk.r2_score(y, m, sample_weight=w))
        for p in FEATURES:
            key = f"adjusted_r_squared_{p}"
            out[key] = (LITTLE if n - p - 1 < 1e-6 else 1 - (1 - r2) * (n - 1) / (n - p - 1))
    if not reason and u == 0:
        reason = ZERO
    if reason:
        out["pearson_correlation"] = out["concordance_correlation"] = reason
        return out
    covariance = mean([(a - centre) * (b - other) for a, b in zip(Y, M)])
    r = covariance / mp.sqrt(u * v)
    out["pearson_correlation"] = r
    A, B = [a - centre for a in Y], [b - other for b in M]
    sy, sm = mp.sqrt(v), mp.sqrt(u)
    rounding = mp.mpf(10) ** -12  # of the terms of a mean square, below which it is not to be had
    if n > 3 + 1e-6 and abs(r) < 1 - 1e-12:
        # The influence of a row on r, in standardised deviations.
        pulls = [a / sy * b / sm - r / 2 * ((a / sy) ** 2 + (b / sm) ** 2) for a, b in zip(A, B)]
        terms = mean([(a / sy * b / sm) ** 2 * (1 + r ** 2 / 2)
                      + r ** 2 / 4 * ((a / sy) ** 4 + (b / sm) ** 4) for a, b in zip(A, B)])
        assert abs(mean(pulls)) < mp.mpf(10) ** -40
        square = mean([x * x for x in pulls])
        scaled = square / (1 - r ** 2) ** 2 if square > rounding * terms else mp.mpf(1)
        half = Z * mp.sqrt(scaled / (n - 3))
        if abs(square - rounding * terms) > square / 1000 and 1 - r ** 2 > 1e-5:
            out["pearson_correlation_interval"] = tuple(mp.tanh(mp.atanh(r) + h)
                                                        for h in (-half, half))
        if w is None:
            near(r, scipy.stats.pearsonr(y, m)[0])
    c = 2 * covariance / (u + v + (centre - other) ** 2)
    out["concordance_correlation"] = c
    if n > 2 + 1e-6 and abs(c) < 1 - 1e-12:
        g = centre - other
        scale = u + v + g ** 2
        pulls = [(2 * a * b - c * (a * a + b * b + 2 * g * (a - b)) - c * g * g) / scale
                 for a, b in zip(A, B)]
        terms = mean([4 * (a * b) ** 2 + (c * (a * a + b * b)) ** 2 + (2 * c * g * (a - b)) ** 2
                      for a, b in zip(A, B)]) / scale ** 2
        assert abs(mean(pulls)) < mp.mpf(10) ** -40
        square = mean([x * x for x in pulls])
        if square > rounding * terms and 1 - c ** 2 > 1e-5:
            half = Z * mp.sqrt(square / (n - 2)) / (1 - c ** 2)
            out["concordance_correlation_interval"] = tuple(
                mp.tanh(mp.atanh(c) + h) for h in (-half, half))
    return out


def weights_of(n):
    kind = rng.integers(0, 5)
    if kind <= 1 or n == 0:
        return None
    if kind == 2:
        return rng.integers(1, 5, n).astype(float)
    if kind == 3:
        return np.round(rng.random(n) * 3 + 0.01, 2)
    w = rng.integers(0, 4, n).astype(float)
    return w if w.sum() > 0 else None


def shown(v):
    if isinstance(v, tuple):
        return " ".join(shown(x) for x in v)
    return v if isinstance(v, str) else repr(float(v))


with open(os.path.join(here, "metrics_regression_moments.txt"), "w") as file:
    file.write("# regression_moments.py\n")

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
    case("one weighted row", [1.5], [1.25], [0.3])
    case("exact", [1, 2, 3], [1, 2, 3])
    case("targets of zero", [0, 0, 0], [1, 2, 3])
    case("constant target, off", [2, 2, 2], [1, 2, 3])
    case("constant prediction", [1, 2, 3, 6], [3, 3, 3, 3])
    case("constant prediction that rounds", [0.1, 0.2, 0.3, 0.7], [0.1, 0.1, 0.1, 0.1], [3, 1, 7, 2])
    case("off by one", [1, 2, 3, 6], [2, 3, 4, 7])
    case("a line", [1, 2, 3, 6], [3, 5, 7, 13])
    case("the other way", [1, 2, 3, 6], [-1, -2, -3, -6])
    case("large offset", [100000, 100001, 100002, 100003], [100000.5, 100001, 100002, 100002.5])
    case("no more rows than parameters", [1, 2, 4], [1, 2, 3], [0.1, 0.1, 0.1])
    for i in range(320):
        n = int(rng.integers(2, 6) if i % 3 == 0 else rng.integers(6, 16))
        scale = 10.0 ** rng.choice([0, 0, 0, -9, 9, -60, 60])
        offset = rng.choice([0, 0, 0, 100])
        noise = rng.choice([0.01, 0.3, 1, 5])
        y = np.round(rng.normal(size=n) + offset, 2)
        m = np.round(y + noise * rng.normal(size=n) + rng.choice([0, 0, 0.5, -2]), 3)
        if i % 20 == 9:
            y[:] = y[0]
        if i % 20 == 19:
            m[:] = m[0]
        case(f"random {i}", y * scale, m * scale, weights_of(n))
