#!/usr/bin/python3
"""Writes metrics_one_vs_one.txt beside itself: rows with a score for each class, with scikit-learn's
roc_auc_score(multi_class="ovo"), macro and weighted, and its micro average of one class against the
rest, ties included. Weights are whole numbers, shown to the judge as repeated rows, since it takes
none there. Where a class has no rows, of which scikit-learn raises, the figure is the mean over its
pairs of the others. `variance` is that of the macro figure: every row's placements from the tables of
all pairs, summed over the comparisons that it is part of.

scikit-learn 1.2.1, NumPy 1.24.2. Seed 20260921. Run: /usr/bin/python3 one_vs_one.py
"""
import os
import platform

import numpy as np
import sklearn
from sklearn import metrics as sk

rng = np.random.default_rng(20260921)
here = os.path.dirname(os.path.abspath(__file__))
EMPTY, ONE = "undefined empty", "undefined one class"


def pairs_of(y, s, w, k):
    """Area and share of each pair, and every row's pull on the macro mean."""
    seen = [c for c in range(k) if (w * (y == c)).sum() > 0]
    pairs = [(a, b) for a in seen for b in seen if a < b]
    areas, shares, pull = [], [], np.zeros(len(y))
    for a, b in pairs:
        both = []
        for c, d in ((a, b), (b, a)):
            p, n = y == c, y == d
            above = (s[p, c][:, None] > s[n, c][None, :]) + 0.5 * (s[p, c][:, None] == s[n, c][None, :])
            v, u = above @ w[n] / w[n].sum(), w[p] @ above / w[p].sum()
            area = (v * w[p]).sum() / w[p].sum()
            pull[p] += (v - area) / 2 / len(pairs)
            pull[n] += (u - area) / 2 / len(pairs)
            both.append(area)
        areas.append(np.mean(both))
        shares.append(w[(y == a) | (y == b)].sum())
    variance = 0.0
    for c in seen:
        r = y == c
        e = w[r].sum() ** 2 / (w[r] ** 2).sum()
        variance += (e / (e - 1) * ((w[r] * pull[r]) ** 2).sum() / w[r].sum() ** 2
                     if e > 1 + 1e-9 else np.nan)
    return seen, np.array(areas), np.array(shares), variance


def figures_of(k, y, s, weight):
    w = np.ones(len(y)) if weight is None else weight
    y, s, w = y[w > 0], s[w > 0], w[w > 0]
    keys = ["roc_auc_one_vs_one_macro", "roc_auc_one_vs_one_weighted", "roc_auc_micro"]
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    f = {}
    times = w.astype(int)
    yy, ss = np.repeat(y, times), np.repeat(s, times, axis=0)
    f["roc_auc_micro"] = sk.roc_auc_score(np.eye(k)[yy].ravel(), ss.ravel())
    if len(set(y)) == 1:
        return {**f, keys[0]: ONE, keys[1]: ONE}
    seen, areas, shares, f["variance"] = pairs_of(y, s, w, k)
    f[keys[0]], f[keys[1]] = areas.mean(), (areas * shares).sum() / shares.sum()
    if len(seen) == k and k > 2:
        for key, average in zip(keys, ("macro", "weighted")):
            judge = sk.roc_auc_score(yy, ss, multi_class="ovo", average=average)
            assert abs(judge - f[key]) < 1e-12
            f[key] = judge
    return f


with open(os.path.join(here, "metrics_one_vs_one.txt"), "w") as file:
    file.write(f"# one_vs_one.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
               f"Python {platform.python_version()}\n")

    def case(name, k, y, s, w=None):
        y, s = np.asarray(y, int), np.asarray(s, float).reshape(-1, k)
        w = None if w is None else np.asarray(w, float)
        file.write(f"case {name}\nclasses {k}\nlabel {' '.join(map(str, y))}\n".replace("label \n", "label\n"))
        file.write(f"scores {' '.join(repr(v) for v in s.ravel().tolist())}\n".replace("scores \n", "scores\n"))
        if w is not None:
            file.write(f"weight {' '.join(map(repr, w.tolist()))}\n")
        for key, value in figures_of(k, y, s, w).items():
            file.write(f"{key} {value if isinstance(value, str) else repr(float(value))}\n")

    case("nothing", 3, [], [])
    case("all weights zero", 3, [0, 1], np.full((2, 3), [0.5, 0.25, 0.25]), [0, 0])
    case("one row", 3, [1], [0.25, 0.5, 0.25])
    case("one class", 3, [1, 1], np.full((2, 3), [0.5, 0.25, 0.25]))
    case("perfect", 3, [0, 1, 2, 0, 1, 2], np.tile(np.eye(3), (2, 1)))
    case("all tied", 4, [0, 1, 2, 3, 0], np.full((5, 4), 0.25))
    case("one of each", 3, [0, 1, 2], [[0.5, 0.25, 0.25], [0.5, 0.25, 0.25], [0.25, 0.5, 0.25]])
    for i in range(300):
        k = int(rng.integers(2, 6))
        n = int(rng.integers(2, 8) if i % 5 == 0 else rng.integers(8, 25))
        y = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 3))
        parts = rng.multinomial(8 if i % 2 else 64, np.ones(k) / k, n) if i % 3 else np.array(
            [rng.multinomial(64, rng.dirichlet(np.eye(k)[c] * 3 + 0.4)) for c in y])
        case(f"random {i}", k, y, parts / (8.0 if i % 2 and i % 3 else 64.0),
             rng.integers(0, 4, n).astype(float) if i % 4 == 0 else None)
