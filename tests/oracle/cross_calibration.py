#!/usr/bin/python3
"""Writes metrics_cross_calibration.txt and metrics_cross_calibration_small.txt beside itself: calibration of one score out of fold, by
scikit-learn's cross_val_predict over StratifiedKFold.

    case NAME
    label, score, weight   the rows
    folds 5                of StratifiedKFold, unshuffled
    calibrator isotonic    IsotonicRegression(out_of_bounds="clip"), or logistic: the unpenalised
                           LogisticRegression of the logit
    after                  what it says out of fold, a row each
    KEY_before, KEY_after  log_loss, brier_score (scikit-learn's) and expected_calibration_error
                           (NumPy, 10 bins) of the score and of `after`
    KEY_difference         after less before; of the losses with _lower and _upper, the 95 % interval
                           of the mean, inside its range (score_ends.py), rows by Kish

The second table's samples are small and calibrated by the isotonic one; weights may be 0 or of size 1e50
and 1e-50, scores tie, and there may be one class only.

Run: /usr/bin/python3 cross_calibration.py     (scikit-learn, NumPy, mpmath; seeds at the end)
"""
import os
import platform
import warnings
from functools import partial

import numpy as np
import sklearn
from sklearn import metrics as sk
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from score_ends import score_ends

warnings.filterwarnings("ignore")
here = os.path.dirname(os.path.abspath(__file__))


def shown(column):
    return " ".join(repr(float(v)) for v in np.atleast_1d(column))


def log_losses(y, p):
    with np.errstate(divide="ignore"):
        return -np.where(y == 1, np.log(p), np.log1p(-p))


def expected_calibration_error(y, p, w):
    at = np.minimum((p * 10).astype(int), 9)
    return sum(abs(np.sum((w * (p - y))[at == b])) for b in range(10)) / w.sum()


def write(table, cases, small, seed):
    rng, out = np.random.default_rng(seed), open(os.path.join(here, f"metrics_{table}.txt"), "w")
    out.write(f"# cross_calibration.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
              f"Python {platform.python_version()}\n")
    for i in range(cases):
        n, folds = int(rng.integers(8, 18) if small else rng.integers(20, 50)), int(rng.integers(2, 4 if small else 7))
        truth = rng.beta(1, 1.5, n)
        y = (rng.random(n) < truth).astype(int)
        one_class = small and i % 14 == 1
        if one_class:
            y[:] = i // 14 % 2
        elif min(y.sum(), n - y.sum()) < folds:
            continue
        logit = rng.choice([0.5, 1, 2, 3]) * np.log(truth / (1 - truth)) + rng.normal(0, 0.3)
        s = np.clip(np.round(1 / (1 + np.exp(-logit)), 3 if i % 4 else 1), 0.001, 0.999)
        logistic = i % 2 == 0 and not small
        w = None if logistic or i % 3 == 0 else np.array([float(f"{v:.2f}") for v in rng.gamma(2, 1, n) + 0.01])
        if w is not None and small:
            w *= [1, 1e50, 1e-50][i % 3]
            if i % 5 == 0:
                w[rng.integers(0, n)] = 0
        ones = np.ones(n) if w is None else w
        cv = StratifiedKFold(folds)
        if logistic:
            curve = LogisticRegression(penalty="none", solver="newton-cg", tol=1e-12, max_iter=10000)
            after = cross_val_predict(curve, np.log(s / (1 - s))[:, None], y, cv=cv, method="predict_proba")[:, 1]
        else:
            after = cross_val_predict(IsotonicRegression(out_of_bounds="clip"), s[:, None], y, cv=cv,
                                      fit_params={"sample_weight": ones})
        out.write(f"case data {i}\nlabel {' '.join(map(str, y))}\nscore {shown(s)}\n")
        if w is not None:
            out.write(f"weight {shown(w)}\n")
        out.write(f"folds {folds}\ncalibrator {'logistic' if logistic else 'isotonic'}\nafter {shown(after)}\n")
        # A row of weight zero is absent, whatever its loss.
        y, s, after, ones = (column[ones > 0] for column in (y, s, after, ones))
        kish = ones.sum() ** 2 / (ones ** 2).sum()
        for key, losses in (("log_loss", log_losses), ("brier_score", lambda y, p: (p - y) ** 2)):
            before, calibrated = losses(y, s), losses(y, after)
            judge = partial(sk.log_loss, labels=[0, 1]) if key == "log_loss" else sk.brier_score_loss
            b, a = (np.average(v, weights=ones) for v in (before, calibrated))
            assert np.isclose(b, judge(y, s, sample_weight=ones), rtol=1e-12)
            assert np.isinf(a) or np.isclose(a, judge(y, after, sample_weight=ones), rtol=1e-12)
            out.write(f"{key}_before {shown(b)}\n{key}_after {shown(a)}\n{key}_difference {shown(a - b)}\n")
            if np.isfinite(a):
                d = calibrated - before
                error = np.sqrt(np.average((d - (a - b)) ** 2, weights=ones) / (kish - 1))
                widest = np.inf if key == "log_loss" else 1
                if small and key == "brier_score":  # bisection of its ends takes a second
                    continue
                lower, upper = score_ends(a - b, error, kish - 1, -widest, widest)
                out.write(f"{key}_difference_lower {shown(lower)}\n{key}_difference_upper {shown(upper)}\n")
        b, a = (expected_calibration_error(y, p, ones) for p in (s, after))
        key = "expected_calibration_error"
        out.write(f"{key}_before {shown(b)}\n{key}_after {shown(a)}\n{key}_difference {shown(a - b)}\n")
    out.close()


if __name__ == "__main__":
    write("cross_calibration", 48, False, 20261122)
    write("cross_calibration_small", 300, True, 20261123)
