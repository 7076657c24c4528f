#!/usr/bin/python3
"""Writes metrics_cross_calibration.txt beside itself: calibration of one score out of fold, by
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

Run: /usr/bin/python3 cross_calibration.py     (scikit-learn, NumPy; seed 20261122)
"""
import os
import platform
import warnings

import numpy as np
import sklearn
from sklearn import metrics as sk
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold, cross_val_predict

from score_ends import score_ends

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261122)
here = os.path.dirname(os.path.abspath(__file__))


def shown(column):
    return " ".join(repr(float(v)) for v in np.atleast_1d(column))


def log_losses(y, p):
    with np.errstate(divide="ignore"):
        return -np.where(y == 1, np.log(p), np.log1p(-p))


def expected_calibration_error(y, p, w):
    at = np.minimum((p * 10).astype(int), 9)
    return sum(abs(np.sum((w * (p - y))[at == b])) for b in range(10)) / w.sum()


with open(os.path.join(here, "metrics_cross_calibration.txt"), "w") as out:
    out.write(f"# cross_calibration.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
              f"Python {platform.python_version()}\n")
    for i in range(48):
        n, folds = int(rng.integers(20, 50)), int(rng.integers(2, 7))
        truth = rng.beta(1, 1.5, n)
        y = (rng.random(n) < truth).astype(int)
        if min(y.sum(), n - y.sum()) < folds:
            continue
        logit = rng.choice([0.5, 1, 2, 3]) * np.log(truth / (1 - truth)) + rng.normal(0, 0.3)
        s = np.clip(np.round(1 / (1 + np.exp(-logit)), 3 if i % 4 else 1), 0.001, 0.999)
        logistic = i % 2 == 0
        w = None if logistic or i % 3 == 0 else np.array([float(f"{v:.2f}") for v in rng.gamma(2, 1, n) + 0.01])
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
        kish = ones.sum() ** 2 / (ones ** 2).sum()
        for key, losses in (("log_loss", log_losses), ("brier_score", lambda y, p: (p - y) ** 2)):
            before, calibrated = losses(y, s), losses(y, after)
            judge = getattr(sk, key if key == "log_loss" else "brier_score_loss")
            b, a = (np.average(v, weights=ones) for v in (before, calibrated))
            assert np.isclose(b, judge(y, s, sample_weight=ones), rtol=1e-12)
            assert np.isinf(a) or np.isclose(a, judge(y, after, sample_weight=ones), rtol=1e-12)
            out.write(f"{key}_before {shown(b)}\n{key}_after {shown(a)}\n{key}_difference {shown(a - b)}\n")
            if np.isfinite(a):
                d = calibrated - before
                error = np.sqrt(np.average((d - (a - b)) ** 2, weights=ones) / (kish - 1))
                widest = np.inf if key == "log_loss" else 1
                lower, upper = score_ends(a - b, error, kish - 1, -widest, widest)
                out.write(f"{key}_difference_lower {shown(lower)}\n{key}_difference_upper {shown(upper)}\n")
        b, a = (expected_calibration_error(y, p, ones) for p in (s, after))
        key = "expected_calibration_error"
        out.write(f"{key}_before {shown(b)}\n{key}_after {shown(a)}\n{key}_difference {shown(a - b)}\n")
