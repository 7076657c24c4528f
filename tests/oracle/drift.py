#!/usr/bin/python3
"""Writes drift_samples.inc and drift_counts.inc: two-sample tests by SciPy.

Samples come from a 64-bit linear congruential generator that the C++ test repeats; every value is
exact in a double, so that both sides test the same numbers.
Run: /usr/bin/python3 drift.py   (in this folder)
"""
import math
import platform
import random

import numpy as np
import scipy
import scipy.stats

rng = random.Random(41)
VERSIONS = "Python %s, SciPy %s, NumPy %s" % (platform.python_version(), scipy.__version__, np.__version__)


def sample(seed, n, levels, shift):
    """n values: whole numbers below `levels`, or multiples of 2^-24 in [0, 1); plus shift / 1024."""
    mask = 2**64 - 1
    state, out = seed, []
    for _ in range(n):
        state = (state * 6364136223846793005 + 1442695040888963407) & mask
        high = state >> 40
        out.append((float(high % levels) if levels else high / 2**24) + shift / 1024)
    return np.array(out)


def log_uniform(low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def samples():
    cases = [(1, 1, 0, 0), (1, 1, 0, 2000), (1, 50, 0, 100), (2, 2, 1, 0), (5, 7, 2, 0), (1000, 1000, 0, 40),
             (999, 1000, 0, 30), (1000, 999, 0, 990), (200, 5000, 0, 60), (1000, 1000, 3, 0), (800, 1200, 7, 1024),
             (40, 40, 2, 1024), (700, 700, 0, 600), (100, 9000, 0, 300), (900, 1100, 0, 0), (500, 500, 0, 1023), (500, 480, 0, 700), (900, 700, 0, 850), (300, 3000, 0, 900)]
    while len(cases) < 330:
        n, m = int(log_uniform(1, 1000)), int(log_uniform(1, 1000))
        levels = rng.choice([0, 0, 0, 2, 3, 10, 100])
        effective = n * m / (n + m)
        strength = rng.choice([0, 1, 2, 5]) / math.sqrt(effective)
        shift = round(1024 * min(0.999, strength)) if levels == 0 else 1024 * rng.choice([0, 0, 0, 1, levels // 2])
        cases.append((n, m, levels, shift))
    rows = ["// Made by tests/oracle/drift.py: %s. Do not edit." % VERSIONS,
            "// seed, n, m, levels, shift, statistic, exact p; chi-squared of the values as categories: statistic, p"]
    for seed, (n, m, levels, shift) in enumerate(cases, start=1):
        a, b = sample(2 * seed, n, levels, 0), sample(2 * seed + 1, m, levels, shift)
        ks = scipy.stats.ks_2samp(a, b, method="exact")
        values = np.union1d(a, b)
        table = np.array([[np.sum(side == v) for v in values] for side in (a, b)]) if levels else None
        if table is not None:
            chi = scipy.stats.chi2_contingency(table)
            extra = "%r, %r" % (float(chi[0]), float(chi[1]))
        else:
            extra = "-1, -1"
        rows.append("{%d, %d, %d, %d, %d, %r, %r, %s}," % (seed, n, m, levels, shift, float(ks.statistic), float(ks.pvalue), extra))
    open("drift_samples.inc", "w").write("\n".join(rows) + "\n")


def psi(a, b):
    keep = (a > 0) | (b > 0)
    a, b = a[keep] + 0.5, b[keep] + 0.5
    p, q = a / a.sum(), b / b.sum()
    return float(np.sum((q - p) * np.log(q / p))), int(keep.sum())


def counts():
    rows = ["// Made by tests/oracle/drift.py: %s. Do not edit." % VERSIONS,
            "// reference counts, current counts, chi-squared, its p, PSI, its expectation without drift, its p"]
    cases = [([30, 14, 34, 45, 57, 20], [20, 28, 40, 35, 51, 33]), ([1, 0], [0, 1]), ([5], [9]), ([0, 7, 0], [0, 3, 0]),
             ([10**12, 10**12], [10**12 + 10**6, 10**12 - 10**6]), ([4 * 10**9, 1], [4 * 10**9, 2]), ([1, 1], [1, 1]),
             ([700, 300], [300, 700]), ([2000, 1000], [1000, 2000]), ([900, 100, 0, 0], [0, 0, 50, 50])]
    while len(cases) < 320:
        bins = rng.choice([2, 2, 3, 5, 10, 20])
        base = [log_uniform(0.05, 1) for _ in range(bins)]
        tilt = rng.choice([0, 0, 0.1, 0.5, 2])
        other = [x * math.exp(tilt * rng.gauss(0, 1)) for x in base]
        n, m = log_uniform(1, 50000), log_uniform(1, 50000)
        a = [int(n * x / sum(base) * math.exp(rng.gauss(0, 0.1)) + rng.random()) for x in base]
        b = [int(m * x / sum(other) * math.exp(rng.gauss(0, 0.1)) + rng.random()) for x in other]
        if rng.random() < 0.2:
            a[rng.randrange(bins)] = 0
        if rng.random() < 0.2:
            b[rng.randrange(bins)] = 0
        if sum(a) and sum(b):
            cases.append((a, b))
    for a, b in cases:
        left, right = np.array(a), np.array(b)
        keep = (left > 0) | (right > 0)
        chi = scipy.stats.chi2_contingency(np.array([left[keep], right[keep]]))
        index, bins = psi(left.astype(float), right.astype(float))
        noise = 1 / float(left.sum()) + 1 / float(right.sum())
        p = scipy.stats.chi2.sf(index / noise, bins - 1) if bins > 1 else 1.0
        listed = lambda side: "{" + ", ".join("%dU" % x for x in side) + "}"
        rows.append("{%s, %s, %r, %r, %r, %r, %r}," % (listed(a), listed(b), float(chi[0]), float(chi[1]), index,
                                                      (bins - 1) * noise, float(p)))
    open("drift_counts.inc", "w").write("\n".join(rows) + "\n")


samples()
counts()
