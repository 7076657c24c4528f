#!/usr/bin/python3
"""Writes metrics_labels.txt, metrics_scores.txt, metrics_rows.txt and metrics_regression.txt beside
itself: small evaluations, random and degenerate, with what scikit-learn says of them.

    case NAME
    label 0 1 1            the columns; weight is left out when all are 1
    ...
    precision 0.5          the expected figure, by key
    recall undefined zero denominator

A figure is scikit-learn's wherever it has one and it is not a patch for 0/0. Where it is, the table
says undefined: a value that moves with zero_division is such a patch. A macro or weighted average
over classes of which some are undefined is the average of scikit-learn's other classes, and its key
ends in '*'. Matthews correlation is computed in rationals. Figures that scikit-learn 1.2.1 does not have (specificity, calibration error, the
Brier score of several classes) come from NumPy below, and DeLong's variance from placement values
in O(n m), nothing shared with the library.

Run: /usr/bin/python3 metrics.py
"""
import math
import os
import platform
import warnings
from fractions import Fraction

import numpy as np
import sklearn
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20260919)
here = os.path.dirname(os.path.abspath(__file__))
header = (f"# metrics.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
          f"Python {platform.python_version()}\n")
EMPTY, ZERO, ONE = "undefined empty", "undefined zero denominator", "undefined one class"


def shown(x):
    if isinstance(x, str):
        return x
    if isinstance(x, (list, tuple)):
        return " | ".join(shown(v) for v in x)
    return repr(float(x))


def numbers(column):
    return " ".join(repr(int(v)) if float(v).is_integer() and abs(v) < 1e15
                    and math.copysign(1, v) > 0 else repr(float(v)) for v in column)


def write(file, name, columns, figures):
    file.write(f"case {name}\n")
    for key, column in columns.items():
        if column is not None:
            file.write(f"{key} {numbers(column)}".rstrip() + "\n")
    for key, value in figures.items():
        file.write(f"{key} {shown(value)}\n")


def weights_of(n):
    """None, whole numbers, short decimals, of very different size, some zero."""
    kind = rng.integers(0, 6)
    if kind <= 1 or n == 0:
        return None
    if kind == 2:
        return rng.integers(1, 5, n).astype(float)
    if kind == 3:
        return np.round(rng.random(n) * 3 + 0.01, 2)
    if kind == 4:
        return np.array([float(f"{10 ** rng.uniform(-6, 6):.3g}") for _ in range(n)])
    w = rng.integers(0, 4, n).astype(float)
    return w if w.sum() > 0 else None


def present(weight, *columns):
    """Weight zero is absent: such rows are not shown to the judge."""
    if weight is None:
        return (None, *columns)
    kept = weight > 0
    return (weight[kept], *(c[kept] for c in columns))


# ------------------------------------------------------------------------------------ decisions


def averaged(key, per_class, support, seen, figures, judge):
    """judge(average, labels) is scikit-learn's own average."""
    defined = [c for c in seen if not isinstance(per_class[c], str)]
    star = "" if len(defined) == len(seen) else "*"
    for kind in ("macro", "weighted"):
        share = np.ones(len(defined)) if kind == "macro" else support[defined]
        if share.sum() == 0:
            figures[f"{key}_{kind}{star}"] = ZERO
        elif star or judge is None:
            values = np.array([per_class[c] for c in defined])
            figures[f"{key}_{kind}{star}"] = float((values * share).sum() / share.sum())
        else:
            figures[f"{key}_{kind}"] = judge(kind, seen)


def matthews(y, p, w):
    """In rationals, since scikit-learn's covariances cancel; held against it loosely."""
    w = [Fraction(1)] * len(y) if w is None else [Fraction(float(v)) for v in w]
    total = lambda rows: sum((v for v, r in zip(w, rows) if r), Fraction(0))
    t = [total(y == c) for c in range(max(y) + 1)] + [Fraction(0)] * len(y)
    q = [total(p == c) for c in range(max(p) + 1)] + [Fraction(0)] * len(y)
    s, pairs = sum(w), list(zip(t, q))
    covariance = total(y == p) * s - sum(a * b for a, b in pairs)
    product = (s * s - sum(a * a for a in t)) * (s * s - sum(b * b for b in q))
    exact = math.copysign(math.sqrt(covariance ** 2 / product), covariance)
    judge = sk.matthews_corrcoef(y, p, sample_weight=[float(v) for v in w])
    assert abs(exact - judge) < 1e-9, (exact, judge)
    return exact


def decisions(k, label, prediction, weight):
    figures = {}
    w, y, p = present(weight, label, prediction)
    names = [f"{m}{a}" for m in ("precision", "recall", "f1", "f_beta_2", "f_beta_0.5", "specificity")
             for a in ("", "_micro", "_macro", "_weighted")
             if (a or k == 2) and (not a or m != "f_beta_0.5")]
    if len(y) == 0:
        for name in ["accuracy", "balanced_accuracy", "matthews_correlation"] + names:
            figures[name] = EMPTY
        return figures
    labels = list(range(k))
    seen = sorted(set(y) | set(p))
    figures["accuracy"] = sk.accuracy_score(y, p, sample_weight=w)
    figures["balanced_accuracy"] = sk.balanced_accuracy_score(y, p, sample_weight=w)
    single = len(set(y)) == 1 or len(set(p)) == 1
    figures["matthews_correlation"] = ZERO if single else matthews(y, p, w)

    for name, at, beta in (("precision", 0, 1), ("recall", 1, 1), ("f1", 2, 1), ("f_beta_2", 2, 2),
                           ("f_beta_0.5", 2, 0.5)):
        def judge(average, labels, zero=0):
            return sk.precision_recall_fscore_support(
                y, p, beta=beta, labels=labels, average=average, sample_weight=w, zero_division=zero)
        zeros, ones = judge(None, labels, 0), judge(None, labels, 1)
        values = [float(a) if a == b else ZERO for a, b in zip(zeros[at], ones[at])]
        figures[name + "_class"] = values
        if k == 2:
            figures[name] = values[1]
        if beta < 1:
            continue  # one class is enough to tell how beta enters
        figures[name + "_micro"] = judge("micro", seen)[at]
        averaged(name, values, zeros[3], seen, figures, lambda a, l: judge(a, l)[at])

    # multilabel_confusion_matrix has true negatives as what is left of the total, with that
    # subtraction's rounding; here they are added up, and compared with it loosely.
    ones = np.ones(len(y)) if w is None else w
    def specific(classes):
        add = lambda rows: float(sum(ones[rows]))
        tn = np.array([add((y != c) & (p != c)) for c in classes])
        fp = np.array([add((y != c) & (p == c)) for c in classes])
        m = sk.multilabel_confusion_matrix(y, p, labels=classes, sample_weight=w)
        assert np.allclose(m[:, 0, :], np.c_[tn, fp], rtol=1e-9, atol=1e-12 * ones.sum())
        return tn, fp, np.array([add(y == c) for c in classes])
    tn, fp, support = specific(labels)
    others = [(y != c).any() for c in labels]
    values = [float(a / (a + b)) if others[c] else ZERO for c, (a, b) in enumerate(zip(tn, fp))]
    figures["specificity_class"] = values
    if k == 2:
        figures["specificity"] = values[1]
    if len(seen) > 1:
        tn, fp, _ = specific(seen)
        figures["specificity_micro"] = float(tn.sum() / (tn.sum() + fp.sum()))
    else:
        figures["specificity_micro"] = ZERO
    averaged("specificity", values, support, seen, figures, None)
    return figures


def labels_table():
    with open(os.path.join(here, "metrics_labels.txt"), "w") as file:
        file.write(header)

        def case(name, k, label, prediction, weight=None):
            label, prediction = np.asarray(label, int), np.asarray(prediction, int)
            weight = None if weight is None else np.asarray(weight, float)
            write(file, name, {"classes": [k], "label": label, "prediction": prediction,
                               "weight": weight}, decisions(k, label, prediction, weight))

        case("nothing", 2, [], [])
        case("nothing of three", 3, [], [])
        case("all weights zero", 2, [0, 1], [0, 1], [0, 0])
        for y in (0, 1):
            for p in (0, 1):
                case(f"one row {y} {p}", 2, [y], [p])
                case(f"one row {y} {p} of three", 3, [y], [p])
        case("one class, all right", 2, [1] * 5, [1] * 5)
        case("one class, all wrong", 2, [1] * 5, [0] * 5)
        case("never predicts the positive", 2, [0, 0, 1, 1], [0, 0, 0, 0])
        case("never right", 2, [0, 0, 1, 1], [1, 1, 0, 0])
        case("perfect", 2, [0, 1, 0, 1], [0, 1, 0, 1])
        case("a class predicted but not there", 3, [0, 0, 1, 1], [0, 2, 1, 1])
        case("a class there but not predicted", 3, [0, 1, 2, 2], [0, 1, 0, 1])
        case("truth and prediction disjoint", 4, [0, 1, 0], [2, 3, 2])
        case("large weights", 2, [0, 1, 1, 0], [0, 1, 0, 1], [1e10, 3e10, 2e9, 5e9])
        case("small weights", 3, [0, 1, 2, 0], [0, 1, 0, 2], [1e-10, 3e-10, 2e-11, 5e-12])
        for i in range(190):
            k = 2 if i % 2 == 0 else int(rng.integers(2, 7))
            n = int(rng.integers(1, 8) if i % 3 == 0 else rng.integers(8, 45))
            mass = rng.dirichlet(np.ones(k) * rng.choice([0.3, 1, 5]))
            label = rng.choice(k, n, p=mass)
            right = rng.random(n) < rng.choice([0.1, 0.5, 0.8, 0.95])
            prediction = np.where(right, label, rng.integers(0, k, n))
            case(f"random {i}", k, label, prediction, weights_of(n))
        for i in range(110):  # every table of two classes with few rows is degenerate somewhere
            n = int(rng.integers(1, 5))
            case(f"tiny {i}", int(rng.integers(2, 5)), rng.integers(0, 2, n), rng.integers(0, 2, n),
                 weights_of(n))


# --------------------------------------------------------------------------------------- scores


def delong(y, s, w):
    """Area and variance from the table of all pairs."""
    pos, neg = s[y == 1], s[y == 0]
    wp = np.ones(len(pos)) if w is None else w[y == 1]
    wn = np.ones(len(neg)) if w is None else w[y == 0]
    pairs = (pos[:, None] > neg[None, :]) + 0.5 * (pos[:, None] == neg[None, :])
    v, u = pairs @ wn / wn.sum(), wp @ pairs / wp.sum()
    area = float((v * wp).sum() / wp.sum())
    n_pos, n_neg = wp.sum() ** 2 / (wp ** 2).sum(), wn.sum() ** 2 / (wn ** 2).sum()
    if not (n_pos > 1 + 1e-9 and n_neg > 1 + 1e-9):
        return area, float("nan")
    if w is None:  # the textbook's sample variances
        return area, float(v.var(ddof=1) / len(v) + u.var(ddof=1) / len(u))
    return area, float(n_pos / (n_pos - 1) * (wp ** 2 * (v - area) ** 2).sum() / wp.sum() ** 2
                       + n_neg / (n_neg - 1) * (wn ** 2 * (u - area) ** 2).sum() / wn.sum() ** 2)


def calibration(y, s, w, bins=10):
    w = np.ones(len(y)) if w is None else w
    at = np.minimum((s * bins).astype(int), bins - 1)
    return sum(abs((w * (s - y))[at == b].sum()) for b in range(bins)) / w.sum()


def of_scores(label, score, weight):
    figures = {}
    probabilities = bool(((score >= 0) & (score <= 1)).all())
    w, y, s = present(weight, label, score)
    keys = ["roc_auc"] + (["log_loss", "brier_score", "expected_calibration_error"]
                          if probabilities else [])
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    if len(set(y)) == 1:
        figures["roc_auc"] = ONE
    else:
        area, variance = delong(y, s, w)
        figures["roc_auc"] = sk.roc_auc_score(y, s, sample_weight=w)
        assert abs(area - figures["roc_auc"]) < 1e-12
        figures["delong"] = variance
    if probabilities:
        wrong = ((y == 1) & (s == 0)) | ((y == 0) & (s == 1))
        figures["log_loss"] = (float("inf") if wrong.any()
                               else sk.log_loss(y, s, labels=[0, 1], sample_weight=w))
        figures["brier_score"] = sk.brier_score_loss(y, s, pos_label=1, sample_weight=w)
        figures["expected_calibration_error"] = calibration(y, s, w)
    return figures


def scores_table():
    with open(os.path.join(here, "metrics_scores.txt"), "w") as file:
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
        case("constant score", [0, 1] * 6, [0.25] * 12)
        case("apart", [0, 0, 0, 1, 1], [0.1, 0.2, 0.3, 0.7, 0.9])
        case("apart, the wrong way", [1, 1, 1, 0, 0], [0.1, 0.2, 0.3, 0.7, 0.9])
        case("saturated", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 1, 0])
        case("saturated and wrong once", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 0, 0])
        case("exactly the ends of bins", [0, 1] * 11, np.arange(22) // 2 / 10)
        case("zeros of both signs", [0, 1, 0, 1], [0.0, -0.0, -0.0, 0.0])
        case("largest doubles", [0, 1, 1, 0], [1e308, -1e308, 1.7e308, -1.7e308])
        case("smallest doubles", [0, 1, 1, 0, 1], [5e-324, -5e-324, 1e-323, 0.0, 2e-320])
        case("neighbours", [0, 1, 0, 1], [1.0, np.nextafter(1, 2), np.nextafter(1, 2), 1.0])
        case("near certainty", [1, 0, 1], [1 - 1e-12, 1e-12, 1e-9])
        for i in range(300):
            n = int(rng.integers(2, 8) if i % 3 == 0 else rng.integers(8, 50))
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


# ----------------------------------------------------------------------- probabilities of classes


def of_rows(k, label, scores, weight):
    figures = {}
    w, y, s = present(weight, label, scores)
    keys = ["log_loss", "brier_score", "expected_calibration_error", "roc_auc_macro",
            "roc_auc_weighted"]
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    truth = np.eye(k)[y]
    ones = np.ones(len(y)) if w is None else w
    figures["log_loss"] = (float("inf") if (s[np.arange(len(y)), y] == 0).any() else
                           sk.log_loss(y, s, labels=range(k), sample_weight=w))
    figures["brier_score"] = float((ones * ((s - truth) ** 2).sum(1)).sum() / ones.sum())
    figures["expected_calibration_error"] = calibration(
        (s.argmax(1) == y).astype(float), s.max(1), w)
    there = [c for c in range(k) if 0 < (y == c).sum() < len(y)]
    if not there:
        figures["roc_auc_macro"] = figures["roc_auc_weighted"] = ONE
    elif len(there) == k:
        for average in ("macro", "weighted"):
            figures["roc_auc_" + average] = sk.roc_auc_score(
                y if k > 2 else truth, s, multi_class="ovr", average=average, sample_weight=w)
    else:  # scikit-learn raises: the average of its other classes
        areas = np.array([sk.roc_auc_score(y == c, s[:, c], sample_weight=w) for c in there])
        share = np.array([ones[y == c].sum() for c in there])
        figures["roc_auc_macro*"] = float(areas.mean())
        figures["roc_auc_weighted*"] = float((areas * share).sum() / share.sum())
    return figures


def rows_table():
    with open(os.path.join(here, "metrics_rows.txt"), "w") as file:
        file.write(header)

        def case(name, k, label, scores, weight=None):
            label = np.asarray(label, int)
            scores = np.asarray(scores, float).reshape(len(label), k)
            weight = None if weight is None else np.asarray(weight, float)
            write(file, name, {"classes": [k], "label": label, "scores": scores.ravel(),
                               "weight": weight}, of_rows(k, label, scores, weight))

        case("nothing", 3, [], [])
        case("one row", 3, [1], [0.25, 0.5, 0.25])
        case("certain and right", 3, [0, 1, 2], np.eye(3))
        case("certain and wrong", 3, [1, 2, 0], np.eye(3))
        case("even odds", 4, [0, 1, 2, 3, 0], np.full((5, 4), 0.25))
        case("one class there", 3, [1, 1, 1], np.full((3, 3), [0.25, 0.5, 0.25]))
        case("tied for the largest", 3, [0, 1, 2, 1], np.full((4, 3), [0.375, 0.375, 0.25]))
        for i in range(300):
            k = int(rng.integers(2, 6))
            n = int(rng.integers(1, 6) if i % 4 == 0 else rng.integers(6, 25))
            label = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 2))
            parts = rng.multinomial(64, np.ones(k) / k, n) if i % 2 else np.array(
                [rng.multinomial(64, rng.dirichlet(np.eye(k)[c] * 3 + 0.4)) for c in label])
            case(f"random {i}", k, label, parts / 64.0, weights_of(n))  # sums to 1 in double


# ----------------------------------------------------------------------------------- regression


def of_targets(target, prediction, weight):
    w, y, p = present(weight, target, prediction)
    keys = ["mean_squared_error", "root_mean_squared_error", "mean_absolute_error", "r_squared"]
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    figures = {"mean_squared_error": sk.mean_squared_error(y, p, sample_weight=w),
               "root_mean_squared_error": sk.mean_squared_error(y, p, sample_weight=w,
                                                                squared=False),
               "mean_absolute_error": sk.mean_absolute_error(y, p, sample_weight=w)}
    if len(y) < 2:
        figures["r_squared"] = "undefined too little data"
    elif len(set(y)) == 1:
        figures["r_squared"] = "undefined constant target"
    else:
        figures["r_squared"] = sk.r2_score(y, p, sample_weight=w)
        e2, d2 = (y - p) ** 2, (y - np.average(y, weights=w)) ** 2
        # One row's pull on 1 - M / V, row by row.
        m, v = np.average(e2, weights=w), np.average(d2, weights=w)
        pull = (m / v * d2 - e2) / v
        ones = np.ones(len(y)) if w is None else w
        rows = ones.sum() ** 2 / (ones ** 2).sum()
        figures["r_squared_variance"] = float(np.average(pull ** 2, weights=w) / rows)
    return figures


def regression_table():
    with open(os.path.join(here, "metrics_regression.txt"), "w") as file:
        file.write(header)

        def case(name, target, prediction, weight=None):
            target, prediction = np.asarray(target, float), np.asarray(prediction, float)
            weight = None if weight is None else np.asarray(weight, float)
            write(file, name, {"target": target, "prediction": prediction, "weight": weight},
                  of_targets(target, prediction, weight))

        case("nothing", [], [])
        case("all weights zero", [1, 2], [1, 2], [0, 0])
        case("one row", [1.5], [1.25])
        case("exact", [1, 2, 3], [1, 2, 3])
        case("constant target, exact", [2, 2, 2], [2, 2, 2])
        case("constant target, off", [2, 2, 2], [1, 2, 3])
        case("the mean", [1, 2, 3, 6], [3, 3, 3, 3])
        case("worse than the mean", [1, 2, 3], [30, -20, 10])
        case("small targets", [1e-3, 2e-3, 1.5e-3], [0, 0, 0])
        case("large offset", [100000, 100001, 100002, 100003], [100000.5, 100001, 100002, 100002.5])
        for i in range(300):
            n = int(rng.integers(2, 6) if i % 3 == 0 else rng.integers(6, 30))
            scale = 10.0 ** rng.choice([0, 0, 0, -9, 9, -60, 60])
            offset = rng.choice([0, 0, 0, 100])
            noise = rng.choice([0.01, 0.3, 1, 5])
            y = np.round(rng.normal(size=n) + offset, 2)
            p = np.round(y + noise * rng.normal(size=n), 3)
            if i % 10 == 9:
                y[:] = y[0]
            case(f"random {i}", y * scale, p * scale, weights_of(n))


if __name__ == "__main__":
    labels_table()
    scores_table()
    rows_table()
    regression_table()
