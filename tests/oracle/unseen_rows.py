#!/usr/bin/python3
"""Writes metrics_unseen_rows.txt beside itself: how far a figure of decisions moves when rows are decided otherwise.

    case NAME
    cells 40 3 5 12        rows by label (down) and prediction (across)
    rows 2                 decided otherwise, at most
    f1 0.06                max |f(moved) - f|, or "undefined" where one of them has a zero denominator

    case exact ROWS LEVEL
    upper 0.0362           scipy.stats.binomtest(0, rows).proportion_ci(level, "exact").high

By trying all ways to move whole rows (also from one wrong class to another), each judged by scikit-learn.

Run: /usr/bin/python3 unseen_rows.py     (scikit-learn, SciPy, NumPy; seed 20261122)
"""
import os
import platform
import warnings

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261122)
here = os.path.dirname(os.path.abspath(__file__))


def figures(cells):
    """All of scikit-learn, with the cells as weights; None where a margin that the figure divides by is 0."""
    c = len(cells)
    truth, predicted = (a.ravel() for a in np.indices((c, c)))
    rows = {"sample_weight": cells.ravel()}
    both = cells.sum(0).all()  # labels stay, so only a prediction can vanish
    one = cells.sum(0)
    made = {"balanced_accuracy": sk.balanced_accuracy_score(truth, predicted, **rows),
            "cohen_kappa": sk.cohen_kappa_score(truth, predicted, **rows),
            "matthews_correlation": sk.matthews_corrcoef(truth, predicted, **rows)
            if np.count_nonzero(one) > 1 else None}
    if c > 2:
        made["f1_macro"] = sk.f1_score(truth, predicted, average="macro", **rows)
        made["f1_weighted"] = sk.f1_score(truth, predicted, average="weighted", **rows)
        made["precision_macro"] = sk.precision_score(truth, predicted, average="macro", **rows) if both else None
        return made
    made["recall"] = sk.recall_score(truth, predicted, **rows)
    made["specificity"] = sk.recall_score(truth, predicted, pos_label=0, **rows)
    made["f1"] = sk.f1_score(truth, predicted, **rows)
    made["precision"] = sk.precision_score(truth, predicted, **rows) if one[1] else None
    return made


def moved(cells, rows, kinds):
    """Each table that comes of moving at most so many rows, once a kind in order."""
    yield cells
    if rows == 0:
        return
    for k, (label, a, b) in enumerate(kinds):
        if cells[label, a] >= 1:
            other = cells.copy()
            other[label, a] -= 1
            other[label, b] += 1
            yield from moved(other, rows - 1, kinds[k:])


def write(out, name, cells, rows):
    c = len(cells)
    kinds = [(i, a, b) for i in range(c) for a in range(c) for b in range(c) if a != b]
    start = figures(cells)
    most = {key: 0.0 for key, value in start.items() if value is not None}
    for table in {t.tobytes(): t for t in moved(cells, rows, kinds)}.values():
        for key, value in figures(table).items():
            if key in most:
                gone = value is None or most[key] is None
                most[key] = None if gone else max(most[key], abs(value - start[key]))
    out.write(f"case {name}\ncells {' '.join(str(int(x)) for x in cells.ravel())}\nrows {rows}\n")
    for key, value in most.items():
        out.write(f"{key} {'undefined' if value is None else repr(float(value))}\n")


with open(os.path.join(here, "metrics_unseen_rows.txt"), "w") as out:
    out.write(f"# unseen_rows.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
              f"NumPy {np.__version__}, Python {platform.python_version()}\n")
    for n in (1, 3, 10, 100, 1000, 100000):
        for level in (0.8, 0.95, 0.999):
            high = stats.binomtest(0, n).proportion_ci(level, method="exact").high
            out.write(f"case exact {n} {level}\nupper {float(high)!r}\n")
    write(out, "usual", np.array([[60.0, 10], [5, 25]]), 3)
    write(out, "perfect", np.array([[60.0, 0], [0, 25]]), 3)
    write(out, "rare", np.array([[900.0, 20], [2, 6]]), 3)
    write(out, "rare, all missed", np.array([[900.0, 20], [8, 0]]), 3)
    write(out, "two predicted", np.array([[90.0, 1], [8, 1]]), 3)
    for i in range(25):
        scale = 10 ** rng.uniform(0.3, 2.5, (2, 2))
        cells = np.floor(rng.exponential(scale))
        cells[:, 0] += 1
        cells[:, 1] += 1
        write(out, f"binary {i}", cells, int(rng.integers(1, 5)))
    for i in range(12):
        c = 3
        cells = np.floor(rng.exponential(10 ** rng.uniform(0.2, 1.5, (c, c)))) + np.eye(c) * rng.integers(1, 60)
        cells += (cells.sum(0) == 0)
        write(out, f"classes {i}", cells, int(rng.integers(1, 3)))
