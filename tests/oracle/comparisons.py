#!/usr/bin/python3
"""Writes metrics_comparisons.txt beside itself: tests of two models on the same rows or folds.

    case NAME
    counts 3 12 100        right alone: first, second; rows
    exact                  scipy.stats.binomtest(b, b + c).pvalue
    chi_squared, corrected scipy.stats.chi2.sf of the two statistics (both before the p-value)
    difference, lower, upper   Bonett and Price's interval of level 0.95
or
    differences 0.1 0.2    one a fold
    ratio 0.25
    t, p                   mean / sqrt((1/J + ratio) s^2), 2 scipy.stats.t.sf
    lower, upper           of level 0.95

Run: /usr/bin/python3 comparisons.py     (SciPy, NumPy; seed 20260923)
"""
import os
import platform

import numpy as np
import scipy
from scipy import special, stats

rng = np.random.default_rng(20260923)
here = os.path.dirname(os.path.abspath(__file__))
z = stats.norm.ppf(0.975)


def t_quantile(degrees):
    """Of 0.975, through the beta law: SciPy's own t.ppf has ten digits."""
    x = special.betaincinv(degrees / 2, 0.5, 0.05)
    assert abs(np.sqrt(degrees * (1 - x) / x) / stats.t.ppf(0.975, degrees) - 1) < 1e-8
    return np.sqrt(degrees * (1 - x) / x)


with open(os.path.join(here, "metrics_comparisons.txt"), "w") as out:
    out.write(f"# comparisons.py: SciPy {scipy.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")

    def mcnemar(name, b, c, n):
        out.write(f"case {name}\ncounts {b} {c} {n}\n")
        both = b + c
        exact = stats.binomtest(b, both, 0.5).pvalue if both else 1.0
        out.write(f"exact {float(exact)!r}\n")
        for key, top in (("chi_squared", abs(b - c)), ("corrected", max(0, abs(b - c) - 1))):
            x = top**2 / both if both else 0.0
            out.write(f"{key} {float(x)!r} {float(stats.chi2.sf(x, 1))!r}\n")
        p, q = (b + 1) / (n + 2), (c + 1) / (n + 2)
        half = z * np.sqrt((p + q - (p - q)**2) / (n + 2))
        d = (b - c) / n
        out.write(f"difference {d!r}\nlower {float(min(d, max(-1, p - q - half)))!r}\n"
                  f"upper {float(max(d, min(1, p - q + half)))!r}\n")

    for b, c, n in [(0, 0, 1), (0, 0, 50), (1, 0, 1), (0, 1, 1), (5, 5, 20), (5, 6, 20), (0, 30, 30), (121, 59, 314),
                    (500, 400, 100000), (20000, 21000, 10**6), (3, 40, 10**7)]:
        mcnemar(f"mcnemar {b} {c} of {n}", b, c, n)
    for i in range(180):
        n = int(np.exp(rng.uniform(1, 11)))
        share = rng.uniform(0, 0.6)
        tilt = rng.choice([0.5, 0.45, 0.3, rng.random()])
        both = rng.binomial(n, share)
        b = int(rng.binomial(both, tilt))
        mcnemar(f"mcnemar {i}", b, int(both) - b, n)

    def folds(name, differences, ratio):
        d = np.asarray(differences, float)
        j = len(d)
        error = np.sqrt((1 / j + ratio) * d.var(ddof=1))
        t = d.mean() / error
        half = t_quantile(j - 1) * error
        out.write(f"case {name}\ndifferences {' '.join(repr(float(v)) for v in d)}\nratio {ratio!r}\n")
        out.write(f"t {float(t)!r}\np {float(2 * stats.t.sf(abs(t), j - 1))!r}\n"
                  f"lower {float(d.mean() - half)!r}\nupper {float(d.mean() + half)!r}\n")

    folds("two folds", [0.1, 0.3], 1.0)
    folds("a hundred", rng.normal(0.01, 0.02, 100), 1 / 9)
    for i in range(140):
        k = int(rng.integers(2, 31))
        folds(f"folds {i}", rng.normal(rng.normal(0, 0.02), 10 ** rng.uniform(-6, 2), k), float(rng.choice([1 / 9, 0.25, 1.0, rng.uniform(0.01, 2)])))
