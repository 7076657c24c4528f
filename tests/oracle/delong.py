#!/usr/bin/python3
"""Writes metrics_delong.txt beside itself: rows scored by two models, with both areas
(scikit-learn's), the variance of their difference from the tables of all pairs of a positive and a
negative (covariance matrices of NumPy when unweighted), z, and SciPy's two-sided normal tail.

scikit-learn 1.2.1, SciPy 1.10.1, NumPy 1.24.2. Seed 20260922. Run: /usr/bin/python3 delong.py
"""
import os
import platform

import numpy as np
import scipy
import sklearn
from scipy.stats import norm
from sklearn.metrics import roc_auc_score

rng = np.random.default_rng(20260922)
here = os.path.dirname(os.path.abspath(__file__))


def figures_of(y, scores, weight):
    w = np.ones(len(y)) if weight is None else weight
    y, scores, w = y[w > 0], [s[w > 0] for s in scores], w[w > 0]
    if len(y) == 0:
        return {"difference": "undefined empty"}
    if len(set(y)) == 1:
        return {"difference": "undefined one class"}
    p, n = y == 1, y == 0
    v, u = [], []
    for s in scores:
        above = (s[p][:, None] > s[n][None, :]) + 0.5 * (s[p][:, None] == s[n][None, :])
        v.append(above @ w[n] / w[n].sum())
        u.append(w[p] @ above / w[p].sum())
    areas = [roc_auc_score(y, s, sample_weight=w) for s in scores]
    f = {"first_area": areas[0], "second_area": areas[1], "difference": areas[0] - areas[1]}
    variance = 0.0
    for placed, rows in ((v, p), (u, n)):
        e = w[rows].sum() ** 2 / (w[rows] ** 2).sum()
        if not e > 1 + 1e-9:
            return f
        d = placed[0] - placed[1]
        if weight is None:
            c = np.cov(np.array(placed))  # the textbook's matrix
            variance += (c[0, 0] + c[1, 1] - 2 * c[0, 1]) / rows.sum()
        else:
            mean = (w[rows] * d).sum() / w[rows].sum()
            variance += e / (e - 1) * ((w[rows] * (d - mean)) ** 2).sum() / w[rows].sum() ** 2
    f["variance"] = variance
    if variance > 1e-20:
        f["z"] = f["difference"] / np.sqrt(variance)
        f["p_value"] = 2 * norm.sf(abs(f["z"]))
    return f


def numbers(column):
    return " ".join(repr(float(v)) if float(v) % 1 else str(int(v)) for v in column)


with open(os.path.join(here, "metrics_delong.txt"), "w") as file:
    file.write(f"# delong.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
               f"NumPy {np.__version__}, Python {platform.python_version()}\n")

    def case(name, y, first, second, w=None):
        y, first, second = np.asarray(y, int), np.asarray(first, float), np.asarray(second, float)
        w = None if w is None else np.asarray(w, float)
        columns = {"label": y, "first": first, "second": second, "weight": w}
        file.write(f"case {name}\n")
        for key, column in columns.items():
            if column is not None:
                file.write(f"{key} {numbers(column)}".rstrip() + "\n")
        for key, value in figures_of(y, [first, second], w).items():
            file.write(f"{key} {value if isinstance(value, str) else repr(float(value))}\n")

    case("nothing", [], [], [])
    case("one class", [1, 1], [0.25, 0.5], [0.5, 0.25])
    case("one of each", [0, 1], [0.25, 0.5], [0.5, 0.25])
    case("weights of zero", [0, 1], [0.25, 0.5], [0.5, 0.25], [0, 0])
    case("the same scores", [0, 1, 0, 1], [1, 2, 3, 4], [1, 2, 3, 4])
    case("one apart, one constant", [0, 0, 1, 1], [1, 2, 3, 4], [1, 1, 1, 1])
    for i in range(310):
        n = int(rng.integers(3, 10) if i % 4 == 0 else rng.integers(10, 36))
        y = (rng.random(n) < rng.choice([0.2, 0.5, 0.8])).astype(int)
        common = rng.normal(size=n)
        first = np.round(common + y + 0.5 * rng.normal(size=n), 2)
        second = np.round(common + 0.6 * y + 0.5 * rng.normal(size=n), 2)
        if i % 3 == 0:
            first, second = np.round(2 * first) / 2, np.round(second)
        w = (None, rng.integers(1, 5, n).astype(float), np.round(rng.random(n) * 3 + 0.01, 2))[
            0 if i % 2 == 0 else 1 + i % 4 // 2]
        case(f"random {i}", y, first, second, w)
