#!/usr/bin/python3
"""Writes metrics_curves.txt and metrics_curve_points.txt beside itself: small binary evaluations,
random and degenerate, with their figures of the ROC and precision-recall curves, and such curves
point by point.

    case NAME
    label 0 1 1            the columns; weight is left out when all are 1
    ...
    average_precision 0.5  the expected figure, by key
    recall_at_precision_0.9 undefined not comparable

average_precision, gini and partial_roc_auc are scikit-learn's. The others are read from
scikit-learn's roc_curve (all points kept) and precision_recall_curve by their definition; the
equal error rate by SciPy's root finder on the interpolated curve; gain and lift by NumPy's
interpolation of its true positive rate over the share that it selects; the interpolated area under the
precision-recall curve by SciPy's quadrature; the variance of average precision from the influence
of every row in O(n^2). A figure that hangs on whether a weighted share reaches a level is left out
where the two agree within 1e-9, since the order of adding weights then decides.

scikit-learn 1.2.1, SciPy 1.10.1, NumPy 1.24.2. Seed 20260920. Run: /usr/bin/python3 curves.py
"""
import math
import os
import platform

import numpy as np
import scipy
import sklearn
from scipy.integrate import quad
from scipy.optimize import brentq
from sklearn import metrics as sk

import metrics as house
from metrics import EMPTY, ONE, here, weights_of, write

rng = house.rng = np.random.default_rng(20260920)
header = (f"# curves.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
          f"NumPy {np.__version__}, Python {platform.python_version()}\n")
NONE = "undefined not comparable"


def influence_variance(y, s, w):
    """Of average precision, from the sum over every pair of rows."""
    pos = y == 1
    above = s[None, :] >= s[:, None]  # above[i, j]: j is let through at the score of i
    a, b = above @ (w * pos), above @ (w * ~pos)
    precision = a / (a + b)
    value = (w * pos * precision).sum() / (w * pos).sum()
    # What row j changes in the precision at every positive's score at or below its own.
    gain = np.where(pos[None, :], (b / (a + b) ** 2)[:, None], -(a / (a + b) ** 2)[:, None]) * above
    pull = ((w * pos)[:, None] * gain).sum(axis=0) + np.where(pos, precision - value, 0)
    return (w ** 2 * pull ** 2).sum() / (w * pos).sum() ** 2


def interpolated(tp, fp):
    """Davis and Goadrich: false positives grow in line with true ones between two points."""
    area = 0.0
    for i in range(1, len(tp)):
        dt, df = tp[i] - tp[i - 1], fp[i] - fp[i - 1]
        if dt > 0:
            at = lambda u: (tp[i - 1] + u * dt) / (tp[i - 1] + fp[i - 1] + u * (dt + df))
            area += dt * quad(at, 0, 1, epsabs=0, epsrel=1e-13, limit=200)[0]
    return area / tp[-1]


def of_scores(label, score, weight):
    w = np.ones(len(label)) if weight is None else weight
    y, s, w = label[w > 0], score[w > 0], w[w > 0]
    judge_w = None if weight is None else w
    f = {}
    precision_keys = ["average_precision", "recall_at_precision_0.5", "recall_at_precision_0.9",
                      "precision_at_recall_0.5", "precision_at_recall_0.9",
                      "threshold_at_recall_0.9", "pr_auc_trapezoid", "pr_auc_interpolated",
                      "gain_at_0.1", "gain_at_0.5", "lift_at_0.25"]
    roc_keys = ["ks_separation", "gini", "equal_error_rate", "sensitivity_at_specificity_0.5",
                "sensitivity_at_specificity_0.9", "partial_roc_auc_0.1", "partial_roc_auc_0.5"]
    if len(y) == 0:
        return {key: EMPTY for key in precision_keys + roc_keys}
    if not (y == 1).any():
        f.update({key: ONE for key in precision_keys})
    else:
        f["average_precision"] = sk.average_precision_score(y, s, sample_weight=judge_w)
        f["average_precision_variance"] = influence_variance(y, s, w)
        p, r, t = sk.precision_recall_curve(y, s, sample_weight=judge_w)
        p, r = p[:-1], r[:-1]  # without the closing point (1, 0), which no threshold has
        for level in (0.5, 0.9):
            if judge_w is None or (abs(p - level) > 1e-9).all():
                found = r[p >= level]
                # A recall of 0 comes with a precision of 0 only.
                f[f"recall_at_precision_{level}"] = found.max() if len(found) else NONE
            if judge_w is None or (abs(r - level) > 1e-9).all():
                f[f"precision_at_recall_{level}"] = p[r >= level].max()
                if level == 0.9:
                    f["threshold_at_recall_0.9"] = t[r >= level].max()
        wp = np.array([math.fsum(w[(s >= v) & (y == 1)]) for v in sorted(set(s + 0.0), reverse=True)])
        wn = np.array([math.fsum(w[(s >= v) & (y == 0)]) for v in sorted(set(s + 0.0), reverse=True)])
        f["pr_auc_interpolated"] = interpolated(np.r_[0, wp], np.r_[0, wn])
        # scikit-learn's points joined by straight lines, its closing point (0, 1) included
        f["pr_auc_trapezoid"] = sk.auc(np.r_[r, 0], np.r_[p, 1])
    if len(set(y)) == 1:
        f.update({key: ONE for key in roc_keys})
        if y[0] == 1:  # every row is a positive, whichever are chosen
            f.update({"gain_at_0.1": 0.1, "gain_at_0.5": 0.5, "lift_at_0.25": 1})
    else:
        fpr, tpr, _ = sk.roc_curve(y, s, sample_weight=judge_w, drop_intermediate=False)
        rate = w[y == 1].sum() / w.sum()
        selected = rate * tpr + (1 - rate) * fpr
        for share in (0.1, 0.5):
            f[f"gain_at_{share}"] = np.interp(share, selected, tpr)
        f["lift_at_0.25"] = np.interp(0.25, selected, tpr) / 0.25
        f["ks_separation"] = abs(tpr - fpr).max()
        f["gini"] = 2 * sk.roc_auc_score(y, s, sample_weight=judge_w) - 1
        along = np.arange(len(fpr), dtype=float)  # the curve by its arc, which has no vertical part
        gap = lambda u: float(np.interp(u, along, fpr) - 1 + np.interp(u, along, tpr))
        root = brentq(gap, 0, along[-1], xtol=1e-14, rtol=1e-15)
        f["equal_error_rate"] = float(np.interp(root, along, fpr))
        for level in (0.5, 0.9):
            if judge_w is None or (abs(1 - fpr - level) > 1e-9).all():
                # (N - fp) / N in one rounding, which 1 - fp / N is not
                n = w[y == 0].sum()
                share = (n - np.round(fpr * n)) / n if judge_w is None else 1 - fpr
                f[f"sensitivity_at_specificity_{level}"] = tpr[share >= level].max()
        for most in (0.1, 0.5):
            f[f"partial_roc_auc_{most}"] = sk.roc_auc_score(y, s, sample_weight=judge_w, max_fpr=most)
    return f


def curves_table():
    with open(os.path.join(here, "metrics_curves.txt"), "w") as file:
        file.write(header)

        def case(name, label, score, weight=None):
            label, score = np.asarray(label, int), np.asarray(score, float)
            weight = None if weight is None else np.asarray(weight, float)
            write(file, name, {"label": label, "score": score, "weight": weight},
                  of_scores(label, score, weight))

        case("nothing", [], [])
        case("all weights zero", [0, 1], [0.2, 0.7], [0, 0])
        case("one positive", [1], [0.3])
        case("one negative", [0], [0.3])
        case("one of each, right", [0, 1], [0.2, 0.7])
        case("one of each, wrong", [0, 1], [0.7, 0.2])
        case("one of each, tied", [0, 1], [0.5, 0.5])
        case("only positives", [1] * 4, [0.1, 0.9, 0.5, 0.5])
        case("only negatives", [0] * 4, [0.1, 0.9, 0.5, 0.5])
        case("constant score", [0, 1] * 6, [0.25] * 12)
        case("apart", [0, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.9])
        case("apart, the wrong way", [1, 1, 1, 0, 0], [0.1, 0.2, 0.3, 0.7, 0.9])
        case("saturated", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 1, 0])
        case("saturated and wrong once", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 0, 0])
        case("levels met exactly", [1] * 9 + [0] + [1] + [0] * 9, np.arange(20)[::-1] / 32)
        case("zeros of both signs", [0, 1, 0, 1], [0.0, -0.0, -0.0, 0.0])
        case("largest doubles", [0, 1, 1, 0], [1e308, -1e308, 1.7e308, -1.7e308])
        case("smallest doubles", [0, 1, 1, 0, 1], [5e-324, -5e-324, 1e-323, 0.0, 2e-320])
        case("neighbours", [0, 1, 0, 1], [1.0, np.nextafter(1, 2), np.nextafter(1, 2), 1.0])
        case("one rare positive", [0] * 40 + [1], list(np.arange(40) / 64) + [0.4])
        for i in range(320):
            n = int(rng.integers(2, 8) if i % 3 == 0 else rng.integers(8, 40))
            y = (rng.random(n) < rng.choice([0.1, 0.5, 0.8])).astype(int)
            kind = i % 5
            if kind == 0:
                s = np.round(np.clip(rng.beta(2, 2, n) * 0.7 + 0.3 * y, 0, 1), 3)
            elif kind == 1:  # many ties
                s = rng.integers(0, 5, n) / 4.0
            elif kind == 2:  # logits
                s = np.round(rng.normal(y * rng.choice([0, 1, 3]), 1), 2)
            elif kind == 3:  # over many magnitudes, both signs
                s = np.array([float(f"{v:.2g}") for v in
                              np.sign(rng.normal(size=n)) * 10.0 ** rng.uniform(-300, 300, n)])
            else:
                s = np.round(rng.random(n), 2)
            case(f"random {i}", y, s, weights_of(n))


def points_of(label, score, weight):
    """Every curve with its thresholds falling, and the best of two figures over them."""
    w = np.ones(len(label)) if weight is None else weight
    y, s, w = label[w > 0], score[w > 0], w[w > 0]
    judge_w = None if weight is None else w
    f = {}
    if (y == 1).any():
        p, r, t = sk.precision_recall_curve(y, s, sample_weight=judge_w)
        f.update(pr_threshold=t[::-1], pr_precision=p[-2::-1], pr_recall=r[-2::-1])
        f1 = [sk.f1_score(y, s >= v, sample_weight=judge_w) for v in t]
        f["best_f1"] = [max(f1)]
    if len(set(y)) == 2:
        fpr, tpr, t = sk.roc_curve(y, s, sample_weight=judge_w, drop_intermediate=False)
        f.update(roc_fpr=fpr, roc_tpr=tpr, roc_threshold=np.r_[np.inf, t[1:]],
                 best_youden=[(tpr - fpr).max()])
        fpr, fnr, t = sk.det_curve(y, s, sample_weight=judge_w)
        f.update(det_fpr=fpr[::-1], det_fnr=fnr[::-1], det_threshold=t[::-1])
    return f


def points_table():
    with open(os.path.join(here, "metrics_curve_points.txt"), "w") as file:
        file.write(header)

        def case(name, label, score, weight=None):
            label, score = np.asarray(label, int), np.asarray(score, float)
            weight = None if weight is None else np.asarray(weight, float)
            columns = {"label": label, "score": score, "weight": weight}
            columns.update(points_of(label, score, weight))
            file.write(f"case {name}\n")
            for key, column in columns.items():
                if column is not None:
                    text = " ".join(repr(float(v)) if v % 1 else str(v).replace(".0", "")
                                    if abs(v) < 1e9 else repr(float(v)) for v in column)
                    file.write(f"{key} {text}".rstrip() + "\n")

        case("nothing", [], [])
        case("one class", [1, 1], [0.25, 0.5])
        case("the other class", [0, 0], [0.25, 0.5])
        case("apart", [0, 0, 1, 1], [0.125, 0.25, 0.5, 0.75])
        case("the wrong way", [1, 1, 0, 0], [0.125, 0.25, 0.5, 0.75])
        case("constant", [0, 1, 1], [0.5, 0.5, 0.5])
        for i in range(300):
            n = int(rng.integers(2, 16))
            y = (rng.random(n) < rng.choice([0.2, 0.5, 0.8])).astype(int)
            s = rng.integers(-3, 4, n) / 4.0 if i % 2 else np.round(rng.normal(y, 1, n), 2)
            w = None if i % 3 else rng.integers(1, 9, n) / 4.0
            case(f"random {i}", y, s, w)


curves_table()
points_table()
