#!/usr/bin/python3
"""Writes metrics_pooled_precision.txt beside itself: rows that each have several labels, with a score
for each, and scikit-learn's average_precision_score(average="micro"). `variance` is the infinitesimal
jackknife's with the rows as the unit: the sum over rows of (weight x derivative of the judge's figure
by the row's weight)^2, the derivatives by central differences of the judge itself, times n / (n - 1)
with n the effective rows.

scikit-learn 1.2.1, NumPy 1.24.2. Seed 20261122. Run: /usr/bin/python3 pooled_precision.py
"""
import os
import platform

import numpy as np
import sklearn
from sklearn import metrics as sk

rng = np.random.default_rng(20261122)
here = os.path.dirname(os.path.abspath(__file__))


def judge(y, s, w):
    return sk.average_precision_score(y.ravel(), s.ravel(), sample_weight=np.repeat(w, y.shape[1]))


def variance(y, s, w, step=1e-4):
    total = 0.0
    for r in range(len(w)):
        up, down = w.copy(), w.copy()
        up[r] += step
        down[r] -= step
        total += (w[r] * (judge(y, s, up) - judge(y, s, down)) / (2 * step)) ** 2
    n = w.sum() ** 2 / (w ** 2).sum()
    return total * n / (n - 1)


with open(os.path.join(here, "metrics_pooled_precision.txt"), "w") as file:
    file.write(f"# pooled_precision.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
               f"Python {platform.python_version()}\n")
    for i in range(60):
        labels, n = int(rng.integers(1, 5)), int(rng.integers(15, 60))
        level = rng.normal(size=(n, 1))  # what hangs together within a row
        y = (rng.random((n, labels)) < rng.uniform(0.2, 0.6)).astype(int)
        s = level + 0.5 * rng.normal(size=(n, labels)) + y
        if i % 3 == 0:
            s = np.round(s * 2) / 2  # ties
        w = rng.integers(1, 5, n).astype(float) if i % 4 == 3 else np.ones(n)
        file.write(f"case random {i}\nlabels {labels}\nlabel {' '.join(map(str, y.ravel()))}\n"
                   f"scores {' '.join(map(repr, s.ravel().tolist()))}\n"
                   f"weight {' '.join(map(repr, w.tolist()))}\n"
                   f"rows_with_positive {(y.sum(axis=1) > 0).sum()}\n"
                   f"average_precision_micro {judge(y, s, w)!r}\nvariance {variance(y, s, w)!r}\n")
