#!/usr/bin/python3
"""Writes metrics_cross_validation.txt beside itself: cross_val_score of scikit-learn's Ridge.

    case NAME
    columns 3, value       the features, row by row, and target
    splitter k_fold 5      or time 4 3 (splits, gap), group 3 with a column group
    ridge                  the penalties tried
    mean_squared_error     the folds' figures, penalty by penalty: "a b c | d e f"
    mean_absolute_error, r_squared
    roc_auc, accuracy      of a target of 0 and 1, at the threshold 0.5 of the score
    mean, lower, upper     of mean_squared_error at the first penalty: Nadeau and Bengio's t
    best                   the index of the best penalty by mean_squared_error

leeway's linear_model penalises standardised columns by the mean loss: the same as Ridge behind a
StandardScaler with alpha = penalty * training rows.

Run: /usr/bin/python3 cross_validation.py     (scikit-learn, SciPy, NumPy; seed 20260925)
"""
import os
import platform

import numpy as np
import sklearn
from scipy import special
from sklearn import metrics as sk
from sklearn import model_selection as ms
from sklearn.base import BaseEstimator, RegressorMixin
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

rng = np.random.default_rng(20260925)
here = os.path.dirname(os.path.abspath(__file__))


class MeanRidge(BaseEstimator, RegressorMixin):
    def __init__(self, penalty=1.0):
        self.penalty = penalty

    def fit(self, x, y):
        self.model_ = make_pipeline(StandardScaler(), Ridge(self.penalty * len(y), solver="svd")).fit(x, y)
        return self

    def predict(self, x):
        return self.model_.predict(x)


def shown(column):
    return " ".join(repr(float(v)) for v in column)


scorers = {
    "mean_squared_error": lambda m, x, y: sk.mean_squared_error(y, m.predict(x)),
    "mean_absolute_error": lambda m, x, y: sk.mean_absolute_error(y, m.predict(x)),
    "r_squared": lambda m, x, y: sk.r2_score(y, m.predict(x)),
}
binary = {
    "roc_auc": lambda m, x, y: sk.roc_auc_score(y, m.predict(x)),
    "accuracy": lambda m, x, y: sk.accuracy_score(y, m.predict(x) >= 0.5),
}

with open(os.path.join(here, "metrics_cross_validation.txt"), "w") as out:
    out.write(f"# cross_validation.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")
    for i in range(36):
        rows, columns = int(rng.integers(40, 90)), int(rng.integers(1, 5))
        x = np.round(rng.normal(rng.uniform(-3, 3), 10 ** rng.uniform(-1, 2), (rows, columns)), 3)
        y = x @ rng.normal(0, 1, columns) / x.std() + rng.normal(0, 1, rows)
        is_binary = i % 3 == 2
        y = (y > np.median(y)).astype(float) if is_binary else np.round(y, 3)
        group = None
        if i % 4 < 2:
            folds = int(rng.integers(2, 8))
            splitter, make = f"k_fold {folds}", ms.KFold(folds)
        elif i % 4 == 2:
            folds = int(rng.integers(2, 6))
            gap = int(rng.integers(0, 4))
            splitter, make = f"time {folds} {gap}", ms.TimeSeriesSplit(folds, gap=gap)
        else:
            group = np.arange(rows) % 9 + np.arange(rows) // 30
            splitter, make = "group 3", ms.GroupKFold(3)
        penalties = [float(np.round(10 ** e, 5)) for e in sorted(rng.uniform(-4, 1, 4))]
        splits = list(make.split(x, y, group))
        chosen = dict(scorers)
        if is_binary and all(0 < y[test].sum() < len(test) for _, test in splits):
            chosen.update(binary)
        out.write(f"case data {i}\ncolumns {columns}\nvalue {shown(x.ravel())}\ntarget {shown(y)}\nsplitter {splitter}\n")
        if group is not None:
            out.write("group " + " ".join(map(str, group)) + "\n")
        out.write(f"ridge {shown(penalties)}\n")
        for key, scorer in chosen.items():
            table = [ms.cross_val_score(MeanRidge(p), x, y, scoring=scorer, cv=splits) for p in penalties]
            out.write(f"{key} " + " | ".join(shown(row) for row in table) + "\n")
            if key == "mean_squared_error":
                first = table[0]
                j = len(first)
                ratio = sum(len(te) for _, te in splits) / sum(len(tr) for tr, _ in splits)
                q = special.betaincinv((j - 1) / 2, 0.5, 0.05)
                t = np.sqrt((j - 1) * (1 - q) / q)
                half = t * np.sqrt((1 / j + ratio) * first.var(ddof=1))
                out.write(f"mean {float(first.mean())!r}\nlower {float(max(0, first.mean() - half))!r}\nupper {float(first.mean() + half)!r}\n")
                out.write(f"best {int(np.argmin([row.mean() for row in table]))}\n")
