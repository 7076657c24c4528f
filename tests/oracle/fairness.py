#!/usr/bin/python3
"""Writes metrics_groups.txt beside itself: binary decisions on members of groups, in the format of
metrics.py, with a least support of 3 effective rows.

The counts of a group are scikit-learn's confusion_matrix; rates, gaps and ratios come from them by NumPy.
Wilson's intervals are SciPy's (binomtest(...).proportion_ci(method="wilson")) where rows are unweighted and
the formula with Kish's effective rows where they are not; normal quantiles are SciPy's. The intervals of
gaps follow the text of metrics/group_gap.hpp: Newcombe's for every pair of groups at the level
1 - (1 - 0.95) / pairs, the same on logarithms for ratios.

Run: /usr/bin/python3 fairness.py
"""
import itertools
import math
import os
import platform
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as sk

from metrics import EMPTY, ZERO, present, weights_of, write

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261123)
here = os.path.dirname(os.path.abspath(__file__))
LITTLE = "undefined too little data"
LEAST = 3


def wilson(p, n, level, k=None):
    if k is not None:
        low, high = stats.binomtest(int(k), int(n)).proportion_ci(level, method="wilson")
    else:
        z = stats.norm.ppf((1 + level) / 2)
        centre = (p + z * z / (2 * n)) / (1 + z * z / n)
        half = z / (1 + z * z / n) * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = centre - half, centre + half
    return (0.0 if p == 0 else low), (1.0 if p == 1 else high)


def counts(y, p, w):
    """tn, fp, fn, tp, and the same of squared weights."""
    of = lambda v: sk.confusion_matrix(y, p, labels=[0, 1], sample_weight=v).ravel()
    return of(w), of(None if w is None else w * w)


RATES = {"demographic_parity": [((1, 3), (0, 1, 2, 3))], "equal_opportunity": [((3,), (2, 3))],
         "equalised_odds": [((3,), (2, 3)), ((1,), (0, 1))], "predictive_parity": [((3,), (1, 3))],
         "accuracy_parity": [((0, 3), (0, 1, 2, 3))]}


def rates_of(table, rate, weighted):
    """(share, effective rows, hits or None) of the groups with support."""
    kept = []
    for cells, squares in table:
        top, bottom = cells[list(rate[0])].sum(), cells[list(rate[1])].sum()
        if bottom == 0:
            continue
        rows = bottom ** 2 / squares[list(rate[1])].sum()
        if rows >= LEAST - 1e-9:
            kept.append((min(1.0, top / bottom), rows, None if weighted else top))
    return kept


def gaps(groups, level):
    """(difference, ratio), each with its ends."""
    at = [(p, *wilson(p, n, level, k)) for p, n, k in groups]
    d = [(p - q, p - q - math.hypot(p - pl, qu - q), p - q + math.hypot(pu - p, q - ql))
         for (p, pl, pu), (q, ql, qu) in itertools.permutations(at, 2)]
    r = []
    for (p, pl, pu), (q, ql, qu) in itertools.permutations(at, 2):
        over = lambda a, b: a / b if b > 0 else math.inf
        if p == 0 or q == 0:
            r.append((over(p, q), over(pl, qu), over(pu, ql)))
        else:
            r.append((p / q, math.exp(math.log(p / q) - math.hypot(math.log(p / pl), math.log(qu / q))),
                      math.exp(math.log(p / q) + math.hypot(math.log(pu / p), math.log(q / ql)))))
    return ([max(v) for v in zip(*d)], [min(v) for v in zip(*r)])


def decisions(k, group, y, p, w):
    w, group, y, p = present(w, group, y, p)
    figures = {}
    known = (group >= 0) & (group < k)
    weight = None if w is None else w[known]
    group, y, p = group[known], y[known], p[known]
    table = [counts(y[group == g], p[group == g], None if weight is None else weight[group == g])
             for g in range(k)]
    for name, rates in RATES.items():
        kept = [rates_of(table, rate, weight is not None) for rate in rates]
        out = EMPTY if len(y) == 0 else LITTLE if any(len(r) < 2 for r in kept) else None
        if out:
            figures[name + "_difference"] = figures[name + "_ratio"] = out
            continue
        pairs = sum(len(r) * (len(r) - 1) // 2 for r in kept)
        each = [gaps(r, 1 - 0.05 / pairs) for r in kept]
        value, low, high = [max(v) for v in zip(*[g[0] for g in each])]
        figures[name + "_difference"] = value
        figures[name + "_difference_ends"] = f"{max(0.0, low)!r} {min(1.0, high)!r}"
        if any(max(share for share, _, _ in r) == 0 for r in kept):
            figures[name + "_ratio"] = ZERO
            continue
        value, low, high = [min(v) for v in zip(*[g[1] for g in each])]
        figures[name + "_ratio"] = value
        figures[name + "_ratio_ends"] = f"{low!r} {min(1.0, high)!r}"
    return figures


def calibration(k, group, y, s, w):
    w, group, y, s = present(w, group, y, s)
    known = (group >= 0) & (group < k)
    w = np.ones(known.sum()) if w is None else w[known]
    group, y, s = group[known], y[known], s[known]
    if len(y) == 0:
        return {"group_calibration_gap": EMPTY}
    parts = []
    for g in range(k):
        v, d = w[group == g], (s - y)[group == g]
        if len(v) == 0 or v.sum() ** 2 / (v * v).sum() < LEAST - 1e-9:
            continue
        mean = np.average(d, weights=v)
        variance = (v * (d - mean) ** 2).sum() / (v.sum() - (v * v).sum() / v.sum())
        parts.append((mean, math.sqrt(variance * (v * v).sum()) / v.sum()))
    if not parts:
        return {"group_calibration_gap": LITTLE}
    z = stats.norm.isf(0.05 / len(parts) / 2)
    ends = [(max(-1, m - z * e), min(1, m + z * e)) for m, e in parts]
    low = max(max(0.0, a, -b) for a, b in ends)
    high = max(max(-a, b) for a, b in ends)
    return {"group_calibration_gap": max(abs(m) for m, _ in parts),
            "group_calibration_gap_ends": f"{low!r} {high!r}"}


with open(os.path.join(here, "metrics_groups.txt"), "w") as file:
    file.write(f"# fairness.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
               f"NumPy {np.__version__}, Python {platform.python_version()}, seed 20261123\n")

    def case(name, k, group, y, p, s, w=None):
        group, y, p = (np.asarray(v, int) for v in (group, y, p))
        s = np.asarray(s, float)
        w = None if w is None else np.asarray(w, float)
        write(file, name, {"groups": [k], "group": group, "label": y, "prediction": p, "score": s,
                           "weight": w},
              decisions(k, group, y, p, w) | calibration(k, group, y, s, w))

    case("nothing", 2, [], [], [], [])
    case("all weights zero", 2, [0, 1], [0, 1], [1, 0], [0.5, 0.5], [0, 0])
    case("one group", 2, [0] * 6, [0, 1] * 3, [1, 1, 0] * 2, [0.5] * 6)
    case("unknown groups", 2, [-1, 2, 7], [0, 1, 1], [1, 0, 1], [0.1, 0.2, 0.3])
    case("nobody selected", 2, [0, 1] * 4, [0, 0, 1, 1] * 2, [0] * 8, [0.25] * 8)
    case("everybody selected", 3, [0, 1, 2] * 4, [0, 0, 1, 1] * 3, [1] * 12, [0.75] * 12)
    case("one group never selected", 2, [0] * 4 + [1] * 4, [0, 1] * 4, [0] * 4 + [1, 1, 0, 1], [0.5] * 8)
    case("parity", 2, [0, 0, 0, 0, 1, 1, 1, 1], [0, 1] * 4, [0, 1, 1, 1] * 2, [0.5] * 8)
    for i in range(320):
        k = int(rng.integers(2, 6))
        n = int(rng.integers(2, 12) if i % 4 == 0 else rng.integers(12, 60))
        group = rng.choice(k + (i % 7 == 0), n, p=rng.dirichlet(np.ones(k + (i % 7 == 0)) * 2))
        y = (rng.random(n) < rng.choice([0.1, 0.5, 0.8])).astype(int)
        right = rng.random(n) < rng.random(k + 1)[group]
        p = np.where(right, y, rng.integers(0, 2, n))
        s = np.round(np.clip(0.3 + 0.4 * y + rng.normal(size=n) * 0.2, 0, 1), 2)
        case(f"random {i}", k, group, y, p, s, weights_of(n))
