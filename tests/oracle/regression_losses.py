#!/usr/bin/python3
"""Writes metrics_regression_losses.txt beside itself: small regressions, random and degenerate, with
the mean losses that they cost. The format is that of metrics.py.

Every figure is computed by mpmath with 320 digits (logarithms of 1 + 1e-120 need them) from the definition, and held here against
scikit-learn 1.2.1 (or SciPy 1.10 for Huber's loss) within 1e-9, or the digits that those lose where
target and prediction are close. Rows of weight zero are shown to neither.

Run: /usr/bin/python3 regression_losses.py     (mpmath 1.2.1, NumPy 1.24, seed 20261101)
"""
import os
import warnings

import mpmath as mp
import numpy as np
import scipy.special
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
mp.mp.dps = 320
rng = np.random.default_rng(20261101)
here = os.path.dirname(os.path.abspath(__file__))
POWERS = (-1.0, 0.0, 1.5, 1.9, 3.0)


def numbers(column):
    return " ".join(repr(int(v)) if float(v).is_integer() and abs(v) < 1e15 else repr(float(v))
                    for v in column)


def deviance(y, m, p):
    y, m, p = mp.mpf(y), mp.mpf(m), mp.mpf(p)
    if y == m or p == 0:
        return (y - m) ** 2
    if p == 1:
        return 2 * ((y * mp.log(y / m) if y else 0) - y + m)
    if p == 2:
        return 2 * (mp.log(m / y) + y / m - 1)
    top = max(y, mp.mpf(0))
    return 2 * ((top ** (2 - p) if top or p < 2 else 0) / ((1 - p) * (2 - p))
                - y * m ** (1 - p) / (1 - p) + m ** (2 - p) / (2 - p))


def mean(w, losses):
    w = [mp.mpf(1)] * len(losses) if w is None else [mp.mpf(v) for v in w]
    return sum(a * b for a, b in zip(w, losses)) / sum(w)


def defined(y, m, p):
    if p == 0:
        return True
    return (m > 0).all() and (p < 0 or (y >= 0).all() if p < 2 else (y > 0).all())


def figures_of(y, m, w):
    if w is not None:
        kept = w > 0
        y, m, w = y[kept], m[kept], w[kept]
    keys = ["mean_absolute_percentage_error", "symmetric_mean_absolute_percentage_error",
            "huber_loss_1", "huber_loss_0.25", "log_cosh_loss", "pinball_loss_0.5",
            "pinball_loss_0.9", "mean_squared_log_error", "root_mean_squared_log_error",
            "mean_poisson_deviance", "mean_gamma_deviance"] + [
                f"mean_tweedie_deviance_{p:g}" for p in POWERS]
    if len(y) == 0:
        return {key: "undefined empty" for key in keys}
    Y, M = [mp.mpf(float(v)) for v in y], [mp.mpf(float(v)) for v in m]
    e = [a - b for a, b in zip(Y, M)]
    eps = mp.mpf(2) ** -52
    out = {}

    def put(key, losses, judge=None, loose=1e-9):
        value = mean(w, losses)
        out[key] = value
        if judge is not None:
            assert abs(judge - value) <= loose + 1e-9 * value, (key, judge, value)

    put(keys[0], [abs(d) / max(abs(a), eps) for d, a in zip(e, Y)],
        sk.mean_absolute_percentage_error(y, m, sample_weight=w), 0)
    put(keys[1], [0 if a == b else 2 * abs(a - b) / (abs(a) + abs(b)) for a, b in zip(Y, M)])
    for delta in (1, 0.25):
        put(f"huber_loss_{delta:g}",
            [d * d / 2 if abs(d) <= delta else delta * (abs(d) - mp.mpf(delta) / 2) for d in e],
            np.average(scipy.special.huber(delta, y - m), weights=w), 0)
    put("log_cosh_loss", [mp.log(mp.cosh(d)) if abs(d) < 1e4 else abs(d) - mp.log(2) for d in e],
        np.average(np.logaddexp(y - m, m - y) - np.log(2), weights=w), 1e-12)
    for a in (0.5, 0.9):
        put(f"pinball_loss_{a:g}", [mp.mpf(a) * d if d > 0 else (mp.mpf(a) - 1) * d for d in e],
            sk.mean_pinball_loss(y, m, sample_weight=w, alpha=a), 0)
    if (y > -1).all() and (m > -1).all():
        logs = [(mp.log(1 + a) - mp.log(1 + b)) ** 2 for a, b in zip(Y, M)]
        judge = None
        if (y >= 0).all() and (m >= 0).all():
            judge = sk.mean_squared_log_error(y, m, sample_weight=w)
        put("mean_squared_log_error", logs, judge, 1e-13)
        out["root_mean_squared_log_error"] = mp.sqrt(out["mean_squared_log_error"])
    for p in (1.0, 2.0) + POWERS:
        key = {1.0: "mean_poisson_deviance", 2.0: "mean_gamma_deviance"}.get(
            p, f"mean_tweedie_deviance_{p:g}")
        if defined(y, m, p):
            scale = 1e-13 * float(max(abs(v) for v in np.r_[y, m])) ** (2 - p)
            judge = sk.mean_tweedie_deviance(y, m, sample_weight=w, power=p)
            put(key, [deviance(a, b, p) for a, b in zip(Y, M)],
                judge if 1e-300 < scale < 1e200 else None, 10 * scale + 1e-12 * (p == 2) +
                (np.inf if p > 2 else 0))
    return out


def weights_of(n):
    kind = rng.integers(0, 5)
    if kind <= 1 or n == 0:
        return None
    if kind == 2:
        return rng.integers(1, 5, n).astype(float)
    if kind == 3:
        return np.array([float(f"{10 ** rng.uniform(-6, 6):.3g}") for _ in range(n)])
    w = rng.integers(0, 4, n).astype(float)
    return w if w.sum() > 0 else None


def shown(v):
    return v if isinstance(v, str) else repr(float(v))


with open(os.path.join(here, "metrics_regression_losses.txt"), "w") as file:
    file.write("# regression_losses.py\n")

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
    case("exact", [1, 2, 3], [1, 2, 3])
    case("zero and zero", [0, 0, 1], [0, 0, 1])
    case("a target of zero", [0, 1, 2], [0.5, 1, 3])
    case("targets below the floor", [1e-20, -1e-18], [2e-20, 1e-18])
    case("just above minus one", [-0.999, -0.5, 0], [-0.9, -0.99, 0.5])
    case("zero counts", [0, 0, 3, 1], [0.1, 2, 2.5, 1])
    case("far errors", [1000, 800, -2000], [0, 0, 0])
    case("small errors", [1, 2, 3], [1 + 1e-9, 2 - 1e-8, 3 + 1e-10])
    case("far ratios", [1e-9, 1e9, 1], [1e9, 1e-9, 1e-12])
    for i in range(320):
        n = int(rng.integers(1, 4) if i % 4 == 0 else rng.integers(4, 14))
        scale = 10.0 ** rng.choice([0, 0, 0, -9, 9, -60, 60])
        noise = rng.choice([1e-7, 0.01, 0.3, 1, 3])
        if i % 3 == 0:  # any sign
            y = np.round(rng.normal(size=n) + rng.choice([0, 100]), 2)
            m = np.round(y + noise * rng.normal(size=n), 3 if noise > 1e-3 else 9)
        elif i % 3 == 1:  # counts, and their means
            y = rng.poisson(rng.choice([0.5, 3, 20]), n).astype(float)
            m = np.round(np.exp(noise * rng.normal(size=n)) * (y + 0.5 * (y == 0)), 9)
        else:  # amounts
            y = np.round(np.exp(rng.normal(size=n)), 3) + 0.001
            m = np.round(y * np.exp(noise * rng.normal(size=n)), 10) + 1e-9
        case(f"random {i}", y * scale, m * scale, weights_of(n))
