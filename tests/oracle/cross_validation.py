#!/usr/bin/python3
"""Writes two tables beside itself. metrics_cross_validation.txt: cross_val_score of scikit-learn's
Ridge, and from case 36 on smaller cases, whose figures are also weighted, of ties and of one class.

    case NAME
    columns 3, value       the features, row by row, and target
    splitter k_fold 5      or time 4 3 (splits, gap), group 3 with a column group
    weight                 of the rows, in the figures; the fits are unweighted
    ridge                  the penalties tried
    mean_squared_error     the folds' figures, penalty by penalty: "a b c | d e f"
    mean_absolute_error, r_squared
    roc_auc, accuracy      of a target of 0 and 1, at the threshold 0.5 of the score
                           nan where a fold has one class only (scikit-learn raises, or says 1 or 0)
    mean, lower, upper     of mean_squared_error at the first penalty: Nadeau and Bengio's t
    best                   the index of the best penalty by mean_squared_error

leeway's linear_model penalises standardised columns by the mean loss: the same as Ridge behind a
StandardScaler with alpha = penalty * training rows.

metrics_cross_validation_classes.txt: GaussianNB of two to four classes, fitted and scored with weights.

    case NAME
    columns, value, target, weight
    folds                  of StratifiedKFold
    accuracy, matthews_correlation, log_loss, top_2_accuracy (of more than two classes)

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
from sklearn.naive_bayes import GaussianNB
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

def summary(out, table, splits):
    """Of the first penalty the mean and its ends, of all the best."""
    first, j = table[0], len(table[0])
    ratio = sum(len(te) for _, te in splits) / sum(len(tr) for tr, _ in splits)
    q = special.betaincinv((j - 1) / 2, 0.5, 0.05)
    t = np.sqrt((j - 1) * (1 - q) / q)
    half = t * np.sqrt((1 / j + ratio) * first.var(ddof=1))
    out.write(f"mean {float(first.mean())!r}\nlower {float(max(0, first.mean() - half))!r}\nupper {float(first.mean() + half)!r}\n")
    out.write(f"best {int(np.argmin([row.mean() for row in table]))}\n")


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
                summary(out, table, splits)
    for i in range(36, 310):
        rows, columns, folds = int(rng.integers(12, 22)), int(rng.integers(1, 3)), int(rng.integers(2, 4))
        x = np.round(rng.normal(0, 1, (rows, columns)), 1 if i % 5 == 0 else 2)  # to a tenth: ties
        y = np.round(x @ rng.normal(0, 1, columns) + rng.normal(0, 1, rows), 2)
        if i % 3 == 0:
            y = (y > np.median(y)).astype(float)
            if i % 4 == 0:
                y.sort()  # folds of one class
        w = None
        if i % 2:
            w = np.round(rng.gamma(2, 1, rows) + 0.01, 2) * [1, 1e50, 1e-50][i // 2 % 3]
            if i % 7 == 0:
                w[rng.integers(0, rows, 2)] = 0
        ones = np.ones(rows) if w is None else w
        penalties = [float(np.round(10 ** e, 4)) for e in sorted(rng.uniform(-3, 1, 2))]
        splits = list(ms.KFold(folds).split(x))
        out.write(f"case small {i}\ncolumns {columns}\nvalue {shown(x.ravel())}\ntarget {shown(y)}\nsplitter k_fold {folds}\n")
        if w is not None:
            out.write(f"weight {shown(w)}\n")
        out.write(f"ridge {shown(penalties)}\n")
        judges = {"mean_squared_error": sk.mean_squared_error, "mean_absolute_error": sk.mean_absolute_error,
                  "r_squared": sk.r2_score}
        if i % 3 == 0:
            judges["roc_auc"] = sk.roc_auc_score
            judges["accuracy"] = lambda y, p, sample_weight: sk.accuracy_score(y, p >= 0.5, sample_weight=sample_weight)
        fits = [[MeanRidge(p).fit(x[tr], y[tr]).predict(x[te]) for tr, te in splits] for p in penalties]
        for key, judge in judges.items():
            def figure(te, p):
                seen = ones[te] > 0
                if key in ("r_squared", "roc_auc") and len(set(y[te][seen])) < 2:
                    return np.nan
                return judge(y[te], p, sample_weight=ones[te] / ones.max())
            table = [np.array([figure(te, p) for (_, te), p in zip(splits, of)]) for of in fits]
            out.write(f"{key} " + " | ".join(shown(row) for row in table) + "\n")
            if key == "mean_squared_error":
                summary(out, table, splits)

with open(os.path.join(here, "metrics_cross_validation_classes.txt"), "w") as out:
    out.write(f"# cross_validation.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")
    made = 0
    while made < 120:
        i, classes, folds = made, int(rng.integers(2, 5)), int(rng.integers(2, 4))
        y = rng.permutation(np.r_[np.repeat(np.arange(classes), 2 * folds), rng.integers(0, classes, 6)])
        x = np.round(rng.normal(0, 1, (len(y), 2)) + 0.5 * y[:, None], 2)
        w = None if i % 3 == 0 else np.round(rng.gamma(2, 1, len(y)) + 0.05, 2)
        ones = np.ones(len(y)) if w is None else w
        splits = list(ms.StratifiedKFold(folds).split(x, y))
        told = [GaussianNB().fit(x[tr], y[tr], ones[tr]).predict_proba(x[te]) for tr, te in splits]
        if min(p.min() for p in told) < 1e-14:  # which scikit-learn's log loss clips
            continue
        made += 1
        out.write(f"case classes {i}\ncolumns 2\nvalue {shown(x.ravel())}\ntarget {shown(y)}\nfolds {folds}\n")
        if w is not None:
            out.write(f"weight {shown(w)}\n")
        found = {"accuracy": [], "matthews_correlation": [], "log_loss": [], "top_2_accuracy": []}
        for (_, te), p in zip(splits, told):
            decided, weight = p.argmax(1), {"sample_weight": ones[te]}
            found["accuracy"].append(sk.accuracy_score(y[te], decided, **weight))
            found["matthews_correlation"].append(
                np.nan if len(set(decided)) < 2 else sk.matthews_corrcoef(y[te], decided, **weight))
            found["log_loss"].append(sk.log_loss(y[te], p, **weight))
            if classes > 2:
                found["top_2_accuracy"].append(
                    sk.top_k_accuracy_score(y[te], p, k=2, labels=np.arange(classes), **weight))
        for key, figures in found.items():
            if figures:
                out.write(f"{key} {shown(figures)}\n")
