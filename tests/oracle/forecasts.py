#!/usr/bin/python3
"""Writes metrics_forecasts.txt and metrics_diebold_mariano.txt beside itself: short series with their
scaled errors, and pairs of losses with the Diebold-Mariano test of them. The format is that of
metrics.py.

Scaled errors are in rationals. The test is written with NumPy from Harvey, Leybourne and Newbold
(1997) as R's forecast::dm.test states it (autocovariances over n, factor, Student's t with n - 1
degrees from SciPy 1.10); where the variance of the mean is not positive, with Bartlett's weights.

Run: /usr/bin/python3 forecasts.py     (NumPy 1.24, SciPy 1.10, seed 20261105)
"""
import math
import os
from fractions import Fraction

import numpy as np
import scipy.stats

rng = np.random.default_rng(20261105)
here = os.path.dirname(os.path.abspath(__file__))


def numbers(column):
    return " ".join(repr(float(v)) for v in column)


def root(x):
    scale = 10 ** 40
    return math.isqrt(int(x * scale * scale)) / scale if x < 10 ** 200 else math.sqrt(x)


with open(os.path.join(here, "metrics_forecasts.txt"), "w") as file:
    file.write("# forecasts.py\n")
    for i in range(320):
        season = int(rng.choice([1, 1, 2, 4, 7]))
        m = int(rng.integers(0, 16))
        n = int(rng.integers(0, 3) if i % 11 == 0 else rng.integers(1, 10))
        scale = 10.0 ** rng.choice([0, 0, -9, 9])
        training = np.round(np.cumsum(rng.normal(size=m)), 2) * scale
        if i % 13 == 5:
            training[:] = 3.5
        y = np.round(rng.normal(size=n), 2) * scale
        p = np.round(y / scale + rng.normal(size=n), 3) * scale
        w = rng.integers(1, 5, n).astype(float) if i % 3 == 0 else np.ones(n)
        file.write(f"case random {i}\nseason {season}\ntraining {numbers(training)}\n"
                   f"target {numbers(y)}\nprediction {numbers(p)}\nweight {numbers(w)}\n")
        F = lambda x: [Fraction(float(v)) for v in x]
        T, Y, P, W = F(training), F(y), F(p), F(w)
        changes = [a - b for a, b in zip(T[season:], T)]
        if n == 0:
            one = two = "undefined empty"
        elif not changes:
            one = two = "undefined too little data"
        elif not any(changes):
            one = two = "undefined zero denominator"
        else:
            total = sum(W)
            one = float(sum(v * abs(a - b) for v, a, b in zip(W, Y, P)) / total
                        / (sum(abs(c) for c in changes) / len(changes)))
            two = root(sum(v * (a - b) ** 2 for v, a, b in zip(W, Y, P)) / total
                       / (sum(c * c for c in changes) / len(changes)))
        file.write(f"mean_absolute_scaled_error {one}\nroot_mean_squared_scaled_error {two}\n")


def dm(a, b, h):
    n, d = len(a), a - b
    mean = d.mean()
    c = [((d[k:] - mean) * (d[:n - k] - mean)).sum() / n for k in range(h)]
    v, damped = c[0] + 2 * sum(c[1:]), False
    if v <= 1e-14 * c[0]:
        v, damped = c[0] + 2 * sum((1 - k / h) * c[k] for k in range(1, h)), True
    factor = math.sqrt((n + 1 - 2 * h + h * (h - 1) / n) / n)
    error = math.sqrt(v / n) / factor
    t = mean / error
    half = scipy.stats.t.ppf(0.975, n - 1) * error
    return {"difference": mean, "lower": mean - half, "upper": mean + half, "statistic": t,
            "p_value": 2 * scipy.stats.t.sf(abs(t), n - 1), "long_run_variance": v,
            "bartlett": float(damped)}


with open(os.path.join(here, "metrics_diebold_mariano.txt"), "w") as file:
    file.write("# forecasts.py\n")
    for i in range(320):
        h = int(rng.choice([1, 1, 2, 3, 6]))
        n = int(rng.integers(h + 1, h + 4) if i % 3 == 0 else rng.integers(h + 4, 30))
        scale = 10.0 ** rng.choice([0, 0, -20, 20])
        e = rng.normal(size=(2, n + h))
        e = np.array([np.convolve(x, np.ones(h), "valid")[:n] for x in e])
        a, b = np.round(e[0] ** 2 * rng.choice([1, 1, 3]), 3) * scale, np.round(e[1] ** 2, 3) * scale
        figures = dm(a, b, h)
        file.write(f"case random {i}\nhorizon {h}\nfirst {numbers(a)}\nsecond {numbers(b)}\n")
        for key, value in figures.items():
            file.write(f"{key} {float(value)!r}\n")
