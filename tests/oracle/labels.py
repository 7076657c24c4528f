#!/usr/bin/python3
"""Writes, beside itself, the tables of the metrics of decisions, in the format of metrics.py (whose
helpers it uses): metrics_class_ratios.txt, metrics_paired_decisions.txt,
metrics_decisions.txt, metrics_confusion.txt, metrics_class_scores.txt,
metrics_multilabel.txt.

Jaccard is scikit-learn's, with the same rules for 0/0 as in metrics.py. The other count ratios are
not in scikit-learn 1.2.1: they are computed in rationals from the rows, and held loosely against
its multilabel_confusion_matrix, whose true negatives are a difference.

The likelihood ratios are computed in rationals, and held loosely against scikit-learn's, informedness
against its adjusted balanced accuracy. A key that ends in _variance is the large-sample variance of
the figure (of the logarithm of a ratio), from a textbook's closed form. Cohen's kappa is computed in rationals, and held loosely against scikit-learn's, whose sums cancel.
The flip rate is scikit-learn's zero_one_loss of one model's decisions against the other's; its
directions are computed in rationals, and their difference held against that of accuracy_score.

Run: /usr/bin/python3 labels.py
"""
import math
import os
from fractions import Fraction

import numpy as np
from sklearn import metrics as sk

import metrics as house
from metrics import EMPTY, ONE, ZERO, averaged, present, weights_of, write

house.rng = rng = np.random.default_rng(20261122)
header = house.header.replace("metrics.py", "labels.py")


def opened(table):
    file = open(os.path.join(house.here, f"metrics_{table}.txt"), "w")
    file.write(header)
    return file


def rational(w, n):
    return [Fraction(1)] * n if w is None else [Fraction(float(v)) for v in w]


def decision_cases(case, random, tiny, full=0):
    """Degenerate, random, tiny and (two classes, every cell met) full tables of (classes, label, prediction, weight)."""
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
    case("perfect, of four", 4, [0, 1, 2, 3], [0, 1, 2, 3])
    case("a class predicted but not there", 3, [0, 0, 1, 1], [0, 2, 1, 1])
    case("a class there but not predicted", 3, [0, 1, 2, 2], [0, 1, 0, 1])
    case("truth and prediction disjoint", 4, [0, 1, 0], [2, 3, 2])
    case("large weights", 2, [0, 1, 1, 0], [0, 1, 0, 1], [1e10, 3e10, 2e9, 5e9])
    case("small weights", 3, [0, 1, 2, 0], [0, 1, 0, 2], [1e-10, 3e-10, 2e-11, 5e-12])
    for i in range(random):
        k = 2 if i % 2 == 0 else int(rng.integers(2, 7))
        n = int(rng.integers(1, 8) if i % 3 == 0 else rng.integers(8, 32))
        mass = rng.dirichlet(np.ones(k) * rng.choice([0.3, 1, 5]))
        label = rng.choice(k, n, p=mass)
        right = rng.random(n) < rng.choice([0.1, 0.5, 0.8, 0.95])
        case(f"random {i}", k, label, np.where(right, label, rng.integers(0, k, n)), weights_of(n))
    for i in range(tiny):  # every table of two classes with few rows is degenerate somewhere
        n = int(rng.integers(1, 5))
        case(f"tiny {i}", int(rng.integers(2, 5)), rng.integers(0, 2, n), rng.integers(0, 2, n),
             weights_of(n))
    for i in range(full):
        n = int(rng.integers(12, 40))
        label = rng.integers(0, 2, n)
        prediction = np.where(rng.random(n) < 0.6, label, 1 - label)
        label[:4], prediction[:4] = [0, 0, 1, 1], [0, 1, 0, 1]
        case(f"full {i}", 2, label, prediction, weights_of(n))


def decisions_table(table, figures, random=160, tiny=124, full=0):
    with opened(table) as file:
        def case(name, k, label, prediction, weight=None):
            label, prediction = np.asarray(label, int), np.asarray(prediction, int)
            weight = None if weight is None else np.asarray(weight, float)
            w, y, p = present(weight, label, prediction)
            write(file, name, {"classes": [k], "label": label, "prediction": prediction,
                               "weight": weight}, figures(k, y, p, w))
        decision_cases(case, random, tiny, full)


# --------------------------------------------------------------------------------- count ratios

RATIOS = {  # over (tp, fp, fn, tn)
    "negative_predictive_value": ((0, 0, 0, 1), (0, 0, 1, 1)),
    "false_positive_rate": ((0, 1, 0, 0), (0, 1, 0, 1)),
    "false_negative_rate": ((0, 0, 1, 0), (1, 0, 1, 0)),
    "false_discovery_rate": ((0, 1, 0, 0), (1, 1, 0, 0)),
    "false_omission_rate": ((0, 0, 1, 0), (0, 0, 1, 1)),
}


def four_counts(y, p, w, c):
    """tp, fp, fn, tn of class c, exactly."""
    add = lambda rows: sum((v for v, r in zip(w, rows) if r), Fraction(0))
    return (add((y == c) & (p == c)), add((y != c) & (p == c)), add((y == c) & (p != c)),
            add((y != c) & (p != c)))


def quotient(ratio, counts):
    above, below = (sum(a * b for a, b in zip(part, counts)) for part in ratio)
    return float(above / below) if below else ZERO


def class_ratios(k, y, p, w):
    figures = {}
    if len(y) == 0:
        for name in list(RATIOS) + ["jaccard"]:
            for suffix in (["", "_micro", "_macro", "_weighted"] if k == 2 else
                           ["_micro", "_macro", "_weighted"]):
                figures[name + suffix] = EMPTY
        return figures
    exact = rational(w, len(y))
    counts = [four_counts(y, p, exact, c) for c in range(k)]
    judge = sk.multilabel_confusion_matrix(y, p, labels=range(k), sample_weight=w)
    assert np.allclose(np.array([[float(v) for v in c] for c in counts]),
                       np.c_[judge[:, 1, 1], judge[:, 0, 1], judge[:, 1, 0], judge[:, 0, 0]],
                       rtol=1e-9, atol=1e-12 * float(sum(exact)))
    seen = sorted(set(y) | set(p))
    support = np.array([float(c[0] + c[2]) for c in counts])
    for name, ratio in RATIOS.items():
        values = [quotient(ratio, c) for c in counts]
        figures[name + "_class"] = values
        if k == 2:
            figures[name] = values[1]
        figures[name + "_micro"] = quotient(ratio, [sum(counts[c][i] for c in seen)
                                                    for i in range(4)])
        averaged(name, values, support, seen, figures, None)

    def jaccard(average, labels, zero=0):
        return sk.jaccard_score(y, p, labels=labels, average=average, sample_weight=w,
                                zero_division=zero)
    values = [float(a) if a == b else ZERO for a, b in
              zip(jaccard(None, range(k), 0), jaccard(None, range(k), 1))]
    figures["jaccard_class"] = values
    if k == 2:
        figures["jaccard"] = values[1]
    figures["jaccard_micro"] = jaccard("micro", seen)
    averaged("jaccard", values, support, seen, figures, jaccard)
    return figures


# ------------------------------------------------------------------------------------- decisions


def kappa(y, p, exact, k, power):
    """In rationals, with the large-sample variance of J. Fleiss, J. Cohen and B. Everitt (1969) in
    doubles; power None: without weights."""
    cells = [[sum((v for v, r in zip(exact, (y == i) & (p == j)) if r), Fraction(0))
              for j in range(k)] for i in range(k)]
    distance = [[int(i != j) if power is None else abs(i - j) ** power for j in range(k)]
                for i in range(k)]
    n = sum(exact)
    t, q = [sum(row) for row in cells], [sum(column) for column in zip(*cells)]
    pairs = [(i, j) for i in range(k) for j in range(k)]
    observed = sum(distance[i][j] * cells[i][j] for i, j in pairs) * n
    expected = sum(distance[i][j] * t[i] * q[j] for i, j in pairs)
    if expected == 0:
        return ZERO, float("nan")
    value = 1 - observed / expected
    share = np.array([[float(c / n) for c in row] for row in cells])
    agree = 1 - np.array(distance) / np.max(distance)
    rows, columns = share.sum(1), share.sum(0)
    chance = (agree * np.outer(rows, columns)).sum()
    mean = (agree @ columns)[:, None] + (rows @ agree)[None, :]
    first = (share * (agree - mean * (1 - float(value))) ** 2).sum()
    rest = (float(value) - chance * (1 - float(value))) ** 2
    effective = float(n * n / sum(v * v for v in exact))
    return float(value), max(0.0, first - rest) / (effective * (1 - chance) ** 2)


def decisions(k, y, p, w):
    figures = {}
    names = ["cohen_kappa", "cohen_kappa_linear", "cohen_kappa_quadratic", "hamming_loss",
             "balanced_accuracy_adjusted", "geometric_mean"]
    if len(y) == 0:
        return dict.fromkeys(names + (TWO_CLASSES if k == 2 else []), EMPTY)
    exact = rational(w, len(y))
    for name, weights, power in (("", None, None), ("_linear", "linear", 1),
                                 ("_quadratic", "quadratic", 2)):
        value, variance = kappa(y, p, exact, k, power)
        if value != ZERO:
            judge = sk.cohen_kappa_score(y, p, labels=range(k), weights=weights, sample_weight=w)
            assert abs(value - judge) < 1e-9, (value, judge)
        figures["cohen_kappa" + name] = value
        if not math.isnan(variance):
            figures[f"cohen_kappa{name}_variance"] = variance
    figures["hamming_loss"] = sk.hamming_loss(y, p, sample_weight=w)
    figures["balanced_accuracy_adjusted"] = (
        sk.balanced_accuracy_score(y, p, sample_weight=w, adjusted=True) if len(set(y)) > 1
        else ONE)
    present_classes = sorted(set(y))
    recalls = sk.recall_score(y, p, labels=present_classes, average=None, sample_weight=w)
    figures["geometric_mean"] = float(np.prod(recalls) ** (1 / len(recalls)))
    if (recalls > 0).all():
        figures["geometric_mean_variance"] = float(
            (figures["geometric_mean"] / len(recalls)) ** 2
            * sum((1 - r) / (r * kish(exact, c, y)) for r, c in zip(recalls, present_classes)))
    total = sum(exact)
    for name, column in (("prevalence", y), ("predicted_positive_rate", p)):
        figures[name + "_class"] = [
            float(sum((v for v, c in zip(exact, column) if c == wanted), Fraction(0)) / total)
            for wanted in range(k)]
    if k == 2:
        two_classes(y, p, w, exact, figures)
    return figures


TWO_CLASSES = ["positive_likelihood_ratio", "negative_likelihood_ratio", "diagnostic_odds_ratio",
               "informedness", "markedness", "fowlkes_mallows", "prevalence",
               "predicted_positive_rate"]


def kish(exact, c, y):
    """Effective rows of all, times the share of class c."""
    total = sum(exact)
    part = sum((v for v, label in zip(exact, y) if label == c), Fraction(0))
    return float(total * part / sum(v * v for v in exact))


def two_classes(y, p, w, exact, figures):
    tp, fp, fn, tn = counts = four_counts(y, p, exact, 1)
    one_class = tp + fn == 0 or fp + tn == 0
    constant = tp + fp == 0 or fn + tn == 0
    figures["positive_likelihood_ratio"] = (
        ONE if one_class else ZERO if fp == 0 else float(tp * (fp + tn) / (fp * (tp + fn))))
    figures["negative_likelihood_ratio"] = (
        ONE if one_class else ZERO if tn == 0 else float(fn * (fp + tn) / (tn * (tp + fn))))
    judge = sk.class_likelihood_ratios(y, p, labels=[0, 1], sample_weight=w, raise_warning=False)
    for name, value in zip(TWO_CLASSES, judge):
        if isinstance(figures[name], str):
            assert np.isnan(value)
        else:
            assert abs(value - figures[name]) <= 1e-9 * value
    figures["diagnostic_odds_ratio"] = (ZERO if fp == 0 or fn == 0
                                        else float(tp * tn / (fp * fn)))
    figures["informedness"] = ONE if one_class else float(tp / (tp + fn) - fp / (fp + tn))
    if not one_class:
        assert abs(figures["informedness"] - figures["balanced_accuracy_adjusted"]) < 1e-12
    figures["markedness"] = ZERO if constant else float(tp / (tp + fp) - fn / (fn + tn))
    if tp + fn == 0 or tp + fp == 0:
        figures["fowlkes_mallows"] = ZERO
    else:
        figures["fowlkes_mallows"] = math.sqrt(sk.precision_score(y, p, sample_weight=w)
                                               * sk.recall_score(y, p, sample_weight=w))
    for name in ("prevalence", "predicted_positive_rate"):
        figures[name] = figures[name + "_class"][1]
    if min(counts) == 0:
        return
    # Large-sample variances, of the logarithm for the ratios: each from its own textbook form.
    rows = float(sum(exact) / sum(v * v for v in exact))
    a, b, c, d = (float(v) * rows for v in counts)
    figures["positive_likelihood_ratio_variance"] = 1 / a - 1 / (a + c) + 1 / b - 1 / (b + d)
    figures["negative_likelihood_ratio_variance"] = 1 / c - 1 / (a + c) + 1 / d - 1 / (b + d)
    figures["diagnostic_odds_ratio_variance"] = 1 / a + 1 / b + 1 / c + 1 / d
    figures["informedness_variance"] = a * c / (a + c) ** 3 + b * d / (b + d) ** 3
    figures["markedness_variance"] = a * b / (a + b) ** 3 + c * d / (c + d) ** 3
    slope = (1 / a - 0.5 / (a + b) - 0.5 / (a + c), -0.5 / (a + b), -0.5 / (a + c))
    figures["fowlkes_mallows_variance"] = figures["fowlkes_mallows"] ** 2 * sum(
        n * s * s for n, s in zip((a, b, c), slope))  # sum n s is 0


# ------------------------------------------------------------------------------ confusion matrices


def confusion(k, y, p, w):
    costs = rng.integers(-3, 10, (k, k))
    figures = {"costs": " ".join(map(str, costs.ravel()))}
    if len(y) == 0:
        return {**figures, "expected_cost": EMPTY}
    row_costs = costs[y, p].astype(float)
    mean = np.average(row_costs, weights=w)
    figures["expected_cost"] = mean
    ones = np.ones(len(y)) if w is None else w
    figures["expected_cost_variance"] = (np.average((row_costs - mean) ** 2, weights=w)
                                         * (ones ** 2).sum() / ones.sum() ** 2)
    if k > 4:
        return figures
    for key, kind, whole in (("label", "true", lambda i, j: y == i),
                             ("prediction", "pred", lambda i, j: p == j),
                             ("all", "all", lambda i, j: y == y)):
        shares = sk.confusion_matrix(y, p, labels=range(k), sample_weight=w, normalize=kind)
        figures["normalised_" + key] = [float(shares[i, j]) if whole(i, j).any() else ZERO
                                        for i in range(k) for j in range(k)]
    return figures


# ------------------------------------------------------------------------------------ two models


def flips(y, a, b, w):
    keys = ["flip_rate", "flip_rate_negative", "flip_rate_positive"]
    if len(y) == 0:
        return dict.fromkeys(keys, EMPTY)
    exact = rational(w, len(y))
    share = lambda rows: float(sum((v for v, r in zip(exact, rows) if r), Fraction(0)) / sum(exact))
    figures = dict(zip(keys, (share(a != b), share((a == y) & (b != y)), share((a != y) & (b == y)))))
    assert abs(figures["flip_rate"] - sk.zero_one_loss(a, b, sample_weight=w)) < 1e-12
    gain = sk.accuracy_score(y, b, sample_weight=w) - sk.accuracy_score(y, a, sample_weight=w)
    assert abs(figures["flip_rate_positive"] - figures["flip_rate_negative"] - gain) < 1e-12
    return figures


def flips_table():
    with opened("paired_decisions") as file:
        def case(name, k, label, first, second, weight=None):
            label, first, second = (np.asarray(c, int) for c in (label, first, second))
            weight = None if weight is None else np.asarray(weight, float)
            w, y, a, b = present(weight, label, first, second)
            write(file, name, {"classes": [k], "label": label, "first": first, "second": second,
                               "weight": weight}, flips(y, a, b, w))

        case("nothing", 2, [], [], [])
        case("all weights zero", 3, [0, 1], [0, 1], [1, 1], [0, 0])
        for y in (0, 1, 2):
            for a in (0, 1, 2):
                for b in (0, 1, 2):
                    case(f"one row {y} {a} {b}", 3, [y], [a], [b])
        case("large and small weights", 2, [0, 1, 1], [0, 1, 0], [1, 1, 1], [1e50, 1, 1e-50])
        for i in range(280):
            k = int(rng.integers(2, 6))
            n = int(rng.integers(1, 40))
            y = rng.integers(0, k, n)
            a = np.where(rng.random(n) < rng.choice([0.3, 0.8, 1]), y, rng.integers(0, k, n))
            b = np.where(rng.random(n) < rng.choice([0.3, 0.8, 1]), a, rng.integers(0, k, n))
            case(f"random {i}", k, y, a, b, weights_of(n))


# --------------------------------------------------------------------------------- class scores


def class_scores(k, y, s, w):
    keys = [f"top_{j}_accuracy" for j in range(1, min(5, k) + 1)]
    if len(y) == 0:
        return dict.fromkeys(keys + ["hinge_loss"], EMPTY)
    figures = {}
    own = s[np.arange(len(y)), y]
    # Ties go to the lowest class.
    before = np.array([(row > o).sum() + (row[:c] == o).sum() for row, o, c in zip(s, own, y)])
    untied = all(len(set(row)) == k for row in s)
    for j, key in enumerate(keys, 1):
        figures[key] = np.average(before < j, weights=w)
        if untied and k > 2:
            judge = sk.top_k_accuracy_score(y, s, k=j, labels=range(k), sample_weight=w)
            assert abs(judge - figures[key]) < 1e-12
            figures[key] = judge
    if k > 2:
        figures["hinge_loss"] = sk.hinge_loss(y, s, labels=range(k), sample_weight=w)
        return figures
    other = s[np.arange(len(y)), 1 - y]
    figures["hinge_loss"] = np.average(np.maximum(0, 1 - (own - other)), weights=w)
    if len(set(y)) == 2:  # of one class scikit-learn takes the positive for the negative
        figures["binary_hinge_loss"] = sk.hinge_loss(y, s[:, 1], sample_weight=w)
    return figures


def class_scores_table():
    with opened("class_scores") as file:
        def case(name, k, label, scores, weight=None):
            label = np.asarray(label, int)
            scores = np.asarray(scores, float).reshape(len(label), k)
            weight = None if weight is None else np.asarray(weight, float)
            w, y, s = present(weight, label, scores)
            write(file, name, {"classes": [k], "label": label, "scores": scores.ravel(),
                               "weight": weight}, class_scores(k, y, s, w))

        case("nothing", 3, [], [])
        case("all weights zero", 2, [0, 1], [[1, 2], [3, 4]], [0, 0])
        case("one row", 4, [2], [1, 4, 3, 2])
        case("all tied", 3, [0, 1, 2], np.zeros((3, 3)))
        case("tied at the top", 4, [0, 1, 2, 3], np.tile([1, 1, 0, 0], (4, 1)))
        case("zeros of both signs", 2, [0, 1, 0, 1], [[0.0, -0.0], [-0.0, 0.0]] * 2)
        case("large", 3, [0, 1, 2], [[1e300, -1e300, 0], [5, 1e150, 2], [1, 2, -1e300]])
        case("small", 3, [0, 1, 2], [[1e-300, 5e-324, 0], [0, 1e-320, 2e-320], [0, 1, 1e-308]])
        for i in range(300):
            k = int(rng.integers(2, 8))
            n = int(rng.integers(1, 6) if i % 4 == 0 else rng.integers(6, 16))
            y = rng.integers(0, k, n)
            s = (rng.integers(0, 5, (n, k)) / 2.0 if i % 3 == 0 else
                 np.round(rng.normal(size=(n, k)) * rng.choice([0.3, 1, 3]), 3))
            s[np.arange(n), y] += rng.choice([0, 1, 2])
            case(f"random {i}", k, y, np.round(s, 3), weights_of(n))


# ------------------------------------------------------------------------------- several labels


def variance_of_mean(x, w):
    """Unbiased, over Kish's effective rows; None of fewer than two rows."""
    w = np.ones(len(x)) if w is None else w
    freedom = w.sum() - (w ** 2).sum() / w.sum()
    if len(x) < 2 or not freedom > 0:
        return None
    mean = np.average(x, weights=w)
    return float((w * (x - mean) ** 2).sum() / freedom * (w ** 2).sum() / w.sum() ** 2)


def multilabel(n_labels, y, p, w):
    names = ("precision", "recall", "f1", "jaccard")
    figures = {}
    if len(y) == 0:
        for name in names:
            for average in ("micro", "macro", "weighted", "samples"):
                figures[f"{name}_{average}"] = EMPTY
            figures[name + "_label"] = [EMPTY] * n_labels
        figures["exact_match"] = figures["hamming_loss"] = EMPTY
        return figures
    ones = np.ones(len(y)) if w is None else w
    figures["exact_match"] = sk.accuracy_score(y, p, sample_weight=w)
    figures["hamming_loss"] = np.average((y != p).mean(1), weights=w)
    assert abs(figures["hamming_loss"] - sk.hamming_loss(y, p, sample_weight=w)) < 1e-12
    variance = variance_of_mean((y != p).mean(1), w)
    if variance is not None:
        figures["hamming_loss_variance"] = variance
    rows = {"tp": (y & p).sum(1), "fp": (p & ~y & 1).sum(1), "fn": (y & ~p & 1).sum(1),
            "tn": ((1 - y) & (1 - p)).sum(1)}
    parts = {"precision": ({"tp": 1}, {"tp": 1, "fp": 1}),
             "recall": ({"tp": 1}, {"tp": 1, "fn": 1}),
             "f1": ({"tp": 2}, {"tp": 2, "fp": 1, "fn": 1}),
             "jaccard": ({"tp": 1}, {"tp": 1, "fp": 1, "fn": 1}),
             "specificity": ({"tn": 1}, {"tn": 1, "fp": 1})}
    for name, (above, below) in parts.items():
        n, d = (sum(k * rows[c] for c, k in part.items()) for part in (above, below))
        total = (ones * d).sum()
        if total > 0:  # linearised, row by row
            pull = (n - (ones * n).sum() / total * d) / total
            figures[name + "_micro_variance"] = float(
                (ones * pull ** 2).sum() * (ones ** 2).sum() / ones.sum())
    support = np.array([ones[y[:, l] == 1].sum() for l in range(n_labels)])
    for at, name in enumerate(names):
        def judge(average, labels=None, zero=0, of=slice(None)):
            weight = None if w is None else w[of]
            if name == "jaccard":
                return sk.jaccard_score(y[of], p[of], labels=labels, average=average,
                                        sample_weight=weight, zero_division=zero)
            return sk.precision_recall_fscore_support(
                y[of], p[of], labels=labels, average=average, sample_weight=weight,
                zero_division=zero)[at]
        values = [float(a) if a == b else ZERO for a, b in
                  zip(judge(None, zero=0), judge(None, zero=1))]
        figures[name + "_label"] = values
        below = sum(k * rows[c] for c, k in parts[name][1].items())
        if not (below > 0).any():
            for average in ("micro", "macro", "weighted", "samples"):
                figures[f"{name}_{average}"] = ZERO
            continue
        figures[name + "_micro"] = judge("micro")
        averaged(name, values, support, range(n_labels), figures, lambda a, l: judge(a))
        there = np.flatnonzero(below > 0)
        figures[name + "_samples" + ("" if len(there) == len(y) else "*")] = judge(
            "samples", of=there)
        each = sum(k * rows[c] for c, k in parts[name][0].items())[there] / below[there]
        variance = variance_of_mean(each, None if w is None else w[there])
        if variance is not None:
            figures[name + "_samples_variance"] = variance
    return figures


def multilabel_table():
    with opened("multilabel") as file:
        def case(name, n_labels, label, prediction, weight=None):
            label = np.asarray(label, int).reshape(-1, n_labels)
            prediction = np.asarray(prediction, int).reshape(-1, n_labels)
            weight = None if weight is None else np.asarray(weight, float)
            w, y, p = present(weight, label, prediction)
            write(file, name, {"labels": [n_labels], "label": label.ravel(),
                               "prediction": prediction.ravel(), "weight": weight},
                  multilabel(n_labels, y, p, w))

        case("nothing", 3, [], [])
        case("all weights zero", 2, [0, 1, 1, 0], [0, 1, 1, 1], [0, 0])
        case("no label anywhere", 3, np.zeros((4, 3)), np.zeros((4, 3)))
        case("no label in the truth", 2, np.zeros((3, 2)), [1, 0, 0, 1, 1, 1])
        case("no label predicted", 2, [1, 0, 0, 1, 1, 1], np.zeros((3, 2)))
        case("all right", 3, np.eye(3), np.eye(3))
        case("all wrong", 3, np.eye(3), 1 - np.eye(3))
        case("one row", 4, [1, 0, 1, 0], [1, 1, 0, 0])
        for i in range(300):
            n_labels = int(rng.integers(2, 6))
            n = int(rng.integers(1, 5) if i % 5 == 0 else rng.integers(5, 12))
            y = (rng.random((n, n_labels)) < rng.uniform(0.1, 0.9, n_labels)).astype(int)
            right = rng.random((n, n_labels)) < rng.choice([0.3, 0.7, 0.9])
            case(f"random {i}", n_labels, y, np.where(right, y, 1 - y), weights_of(n))


decisions_table("class_ratios", class_ratios)
flips_table()
decisions_table("decisions", decisions, full=50)
decisions_table("confusion", confusion)
class_scores_table()
multilabel_table()
