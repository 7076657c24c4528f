#!/usr/bin/python3
"""Writes metrics_intervals.txt, metrics_normals.txt, metrics_ensembles.txt and metrics_quantiles.txt
beside itself: small evaluations of forecasts that are intervals, normal distributions, ensembles or
quantiles, in the format of metrics.py, with what NumPy and SciPy say of them.

The CRPS of an ensemble is the double sum over all pairs, in rationals; that of a normal forecast its
closed form with scipy.stats.norm, held against the integral of (F(x) - [x >= y])^2; the log score is
scipy.stats.norm.logpdf. Pinball losses are scikit-learn's mean_pinball_loss, level by level, and so is
the interval score, as (2 / alpha) times the losses at both ends. Keys ending in _lower and _upper are
the ends of 95 % intervals.

Run: /usr/bin/python3 distribution_forecasts.py   (Python 3.11, NumPy 1.24, SciPy 1.10, scikit-learn 1.2.1)
"""
import os
from fractions import Fraction as Q

import numpy as np
from scipy import integrate, stats
from sklearn.metrics import mean_pinball_loss

from probability import EMPTY, Z, header, here, weights_of, wilson, write
from score_ends import score_ends

header = header.replace("probability.py", "distribution_forecasts.py")


def figure(f, key, losses, w, least=0.0, value=None):
    """The weighted mean of losses with its large-sample interval."""
    losses = np.asarray(losses, float)
    f[key] = np.average(losses, weights=w) if value is None else value
    if len(losses) > 1:
        var = (w * (losses - np.average(losses, weights=w)) ** 2).sum() / (
            w.sum() - (w ** 2).sum() / w.sum())
        error = np.sqrt(var * (w ** 2).sum()) / w.sum()
        if np.isfinite(error):  # a variance of 1e400 is no double
            f[key + "_lower"], f[key + "_upper"] = score_ends(
                f[key], error, w.sum() ** 2 / (w ** 2).sum() - 1, least)


def present(weight, n, *columns):
    w = np.ones(n) if weight is None else weight
    return (w[w > 0], *(c[w > 0] for c in columns))


def arrays(weight, *columns):
    return (None if weight is None else np.asarray(weight, float),
            *(np.asarray(c, float) for c in columns))


def table(name, seed, keys, cases):
    rng = np.random.default_rng(seed)
    with open(os.path.join(here, f"metrics_{name}.txt"), "w") as file:
        file.write(header)
        for title, columns, weight, figures in cases(rng):
            f = figures() if figures else {key: EMPTY for key in keys}
            write(file, title, {**columns, "weight": weight}, f)


def magnitudes(rng):
    """A scale and an offset for targets."""
    return 10.0 ** rng.choice([0, 0, 0, -9, 9, -60, 60]), rng.choice([0, 0, 0, 100])


def interval_cases(rng):
    def case(title, target, lower, upper, weight=None):
        weight, y, l, u = arrays(weight, target, lower, upper)
        columns = {"target": y, "lower": l, "upper": u}

        def figures():
            w, t, a, b = present(weight, len(y), y, l, u)
            f, inside = {}, (a <= t) & (t <= b)
            rows = w.sum() ** 2 / (w ** 2).sum()
            f["interval_coverage"] = float(sum(Q(float(v)) for v in w[inside]) /
                                           sum(Q(float(v)) for v in w))
            f["interval_coverage_lower"], f["interval_coverage_upper"] = wilson(
                f["interval_coverage"], rows, Z, bool((w == 1).all()))
            figure(f, "mean_interval_width", b - a, w)
            for alpha in (0.05, 0.2):
                pinball = sum(mean_pinball_loss(t, q, sample_weight=w, alpha=level)
                              for q, level in ((a, alpha / 2), (b, 1 - alpha / 2)))
                score = (b - a) + 2 / alpha * np.maximum(np.maximum(a - t, t - b), 0)
                assert np.isclose(np.average(score, weights=w), 2 / alpha * pinball, rtol=1e-9)
                figure(f, f"winkler_score_{alpha}", score, w)
            return f
        any_row = len(y) > 0 and (weight is None or weight.sum() > 0)
        return title, columns, weight, figures if any_row else None

    yield case("nothing", [], [], [])
    yield case("all weights zero", [1], [0], [2], [0])
    yield case("one row inside", [1], [0], [2])
    yield case("one row below", [-1], [0], [2])
    yield case("on the ends", [0, 2, 1], [0, 0, 1], [2, 2, 1])
    yield case("points that miss", [0, 2, 3], [1, 1, 1], [1, 1, 1])
    yield case("all inside", [0, 1, 2], [-1, 0, 1], [1, 2, 3])
    for i in range(300):
        n = int(rng.integers(1, 6) if i % 4 == 0 else rng.integers(6, 22))
        scale, offset = magnitudes(rng)
        center = rng.normal(offset, 1, n)
        y = center + rng.normal(0, 1, n)
        l, u = center - 2 * rng.random(n), center + 2 * rng.random(n)
        y, l, u = (np.array([float(f"{v:.5g}") for v in c * scale]) for c in (y, l, u))
        yield case(f"random {i}", y, np.minimum(l, u), np.maximum(l, u), weights_of(rng, n))


def normal_cases(rng):
    def case(title, target, mean, deviation, weight=None):
        weight, y, m, s = arrays(weight, target, mean, deviation)

        def figures():
            w, t, c, d = present(weight, len(y), y, m, s)
            z = (t - c) / d
            crps = d * (z * (2 * stats.norm.cdf(z) - 1) + 2 * stats.norm.pdf(z) - np.pi ** -0.5)
            for k in range(min(2, len(z))):
                if abs(z[k]) < 30:
                    square = lambda x: (stats.norm.cdf(x) - (x >= z[k])) ** 2
                    ends = sorted([-40, z[k], 0, 40])
                    area = sum(integrate.quad(square, p, q)[0] for p, q in zip(ends, ends[1:]))
                    assert abs(area * d[k] - crps[k]) < 1e-6 * d[k], (area, crps[k])
            f = {}
            figure(f, "crps_normal", crps, w)
            figure(f, "log_score_normal", -stats.norm.logpdf(t, c, d), w, -np.inf)
            return f
        any_row = len(y) > 0 and (weight is None or weight.sum() > 0)
        return title, {"target": y, "mean": m, "deviation": s}, weight, figures if any_row else None

    yield case("nothing", [], [], [])
    yield case("all weights zero", [1], [0], [2], [0])
    yield case("the mean itself", [1], [1], [2])
    yield case("sharp and right", [1, 2], [1, 2], [1e-3, 1e-4])
    yield case("far off", [1, 2], [1e6, -2e6], [1, 2])
    yield case("tiny deviation, far off", [1, 2], [0, 0], [1e-100, 1e-120])
    for i in range(300):
        n = int(rng.integers(1, 6) if i % 4 == 0 else rng.integers(6, 22))
        scale, offset = magnitudes(rng)
        m = rng.normal(offset, 1, n)
        s = np.exp(rng.normal(0, 1, n))
        y = m + s * rng.normal(0, rng.choice([0.5, 1, 4]), n)
        y, m, s = (np.array([float(f"{v:.5g}") for v in c * scale]) for c in (y, m, s))
        yield case(f"random {i}", y, m, s, weights_of(rng, n))


def ensemble_cases(rng):
    def case(title, target, members, weight=None):
        weight, y, x = arrays(weight, target, members)
        x = x.reshape(len(y), -1) if len(y) else x

        def figures():
            w, t, e = present(weight, len(y), y, x)
            m = e.shape[1]
            plain, fair = [], []
            for target, row in zip(t, e):
                row = [Q(float(v)) for v in row]
                first = sum(abs(v - Q(float(target))) for v in row) / m
                pairs = sum(abs(a - b) for a in row for b in row)
                plain.append(float(first - pairs / (2 * m * m)))
                fair.append(float(first - pairs / (2 * m * (m - 1))) if m > 1 else None)
            f = {}
            figure(f, "crps_ensemble", plain, w)
            if m > 1:
                figure(f, "fair_crps_ensemble", fair, w)
            else:
                f["fair_crps_ensemble"] = "undefined too little data" if len(t) else EMPTY
            return f
        any_row = len(y) > 0 and (weight is None or weight.sum() > 0)
        return title, {"target": y, "members": x.ravel()}, weight, figures if any_row else None

    yield case("nothing", [], [])
    yield case("all weights zero", [1], [0, 2], [0])
    yield case("one member", [1, 2], [0, 5])
    yield case("all members alike", [1, 2], [3, 3, 3, 2, 2, 2])
    yield case("the target among two", [1], [0, 3])
    yield case("a large offset", [1e9, 1e9 + 1], [1e9 + 1, 1e9 - 1, 1e9 + 3, 1e9, 1e9, 1e9 + 2])
    for i in range(300):
        n, m = int(rng.integers(1, 9)), int(rng.integers(1, 9))
        scale, offset = magnitudes(rng)
        center = rng.normal(offset, 1, n)
        x = center[:, None] + rng.normal(0, 1, (n, m))
        y = center + rng.normal(0, rng.choice([0.3, 1, 4]), n)
        digits = 2 if i % 5 == 0 else 6  # ties
        y, x = (np.vectorize(lambda v: float(f"{v:.{digits}g}"))(c * scale) for c in (y, x))
        yield case(f"random {i}", y, x, weights_of(rng, n))


def quantile_cases(rng):
    key = "weighted_interval_score"

    def case(title, target, levels, quantiles, weight=None):
        weight, y, a, q = arrays(weight, target, levels, quantiles)
        q = q.reshape(len(y), len(a))

        def figures():
            w, t, x = present(weight, len(y), y, q)
            losses = [2 * np.mean([mean_pinball_loss([v], [b], alpha=level)
                                   for b, level in zip(row, a)]) for v, row in zip(t, x)]
            f = {}
            figure(f, key, losses, w)
            return f
        any_row = len(y) > 0 and (weight is None or weight.sum() > 0)
        columns = {"target": y, "levels": a, "quantiles": q.ravel()}
        return title, columns, weight, figures if any_row else None

    yield case("nothing", [], [0.5], [])
    yield case("all weights zero", [1], [0.5], [2], [0])
    yield case("the median alone", [1, 5], [0.5], [2, 3])
    yield case("exact", [1, 5], [0.25, 0.75], [1, 1, 5, 5])
    for i in range(300):
        n, k = int(rng.integers(1, 9)), int(rng.integers(1, 8))
        scale, offset = magnitudes(rng)
        levels = np.sort(rng.choice(np.arange(1, 40), k, replace=False)) / 40
        center = rng.normal(offset, 1, n)
        q = np.sort(center[:, None] + rng.normal(0, 1, (n, k)), axis=1)
        y = center + rng.normal(0, 1, n)
        y, q = (np.vectorize(lambda v: float(f"{v:.5g}"))(c * scale) for c in (y, q))
        yield case(f"random {i}", y, levels, q, weights_of(rng, n))


table("intervals", 20261126, ["interval_coverage", "mean_interval_width", "winkler_score_0.05",
                              "winkler_score_0.2"], interval_cases)
table("normals", 20261127, ["crps_normal", "log_score_normal"], normal_cases)
table("ensembles", 20261128, ["crps_ensemble", "fair_crps_ensemble"], ensemble_cases)
table("quantiles", 20261129, ["weighted_interval_score"], quantile_cases)
