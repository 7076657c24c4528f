#!/usr/bin/python3
"""Writes metrics_calibration.txt, metrics_skill.txt, metrics_recalibration.txt and
metrics_ranked.txt beside itself: small evaluations of predicted probabilities, random
and degenerate, in the format of metrics.py: calibration figures over 10 bins of equal width, and D2
(1 - loss / loss of the class frequencies), whose losses are scikit-learn's, and the logistic
regression of labels on logits, by Newton's method in long double, held loosely against scikit-learn's
unpenalised LogisticRegression.

scikit-learn 1.2.1 has none of these but the Brier score, which the parts of Murphy's decomposition
must add up to. The rest is NumPy below, in rationals where a difference would lose digits; Wilson's
interval is SciPy's (binomtest) for unweighted rows and its formula for others; the mean of a folded
normal is SciPy's foldnorm. Keys ending in _lower and _upper are the ends of 95 % intervals.

Run: /usr/bin/python3 probability.py   (Python 3.11, NumPy 1.24, SciPy 1.10, scikit-learn 1.2.1)
"""
import os
import platform
import warnings
from fractions import Fraction as Q

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as sk
from sklearn.linear_model import LogisticRegression

from metrics import EMPTY, ZERO, here, numbers, write
from score_ends import score_ends, wilson_ends

warnings.filterwarnings("ignore")
header = (f"# probability.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
          f"NumPy {np.__version__}, Python {platform.python_version()}\n")
LITTLE = "undefined too little data"
Z = 1.959963984540054


def weights_of(rng, n):
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


def columns_of(label, score, weight):
    label, score = np.asarray(label, int), np.asarray(score, float)
    return label, score, None if weight is None else np.asarray(weight, float)


def wilson(share, rows, z=Z, whole=False):
    if whole and z == Z:
        ci = stats.binomtest(int(round(share * rows)), int(rows)).proportion_ci(0.95, "wilson")
        return ci.low, ci.high
    a, b, c = 1 + z * z / rows, -(2 * share + z * z / rows), share * share  # a q^2 + b q + c = 0
    high = (-b + np.sqrt(max(0.0, b * b - 4 * a * c))) / (2 * a)
    return c / (a * high), min(1.0, high)  # the product of the ends is c / a


# ---------------------------------------------------------------------------- calibration by bins

BINS = 10
CALIBRATION = ["expected_calibration_error", "maximum_calibration_error",
               "root_mean_squared_calibration_error", "debiased_expected_calibration_error",
               "debiased_root_mean_squared_calibration_error", "calibration_ratio",
               "brier_reliability", "brier_resolution", "brier_uncertainty"]


def calibration(label, score, weight):
    keep = np.ones(len(label), bool) if weight is None else weight > 0
    y, s = label[keep], score[keep]
    w = np.ones(len(y)) if weight is None else weight[keep]
    if len(y) == 0:
        return {key: EMPTY for key in CALIBRATION}
    exact = [(Q(int(a)), Q(float(b)), Q(float(c))) for a, b, c in zip(y, s, w)]
    at = np.minimum((s * BINS).astype(int), BINS - 1)
    total, squares = sum(r[2] for r in exact), sum(r[2] ** 2 for r in exact)
    rows = float(total ** 2 / squares)
    rate = sum(r[0] * r[2] for r in exact) / total
    mean = sum(r[1] * r[2] for r in exact) / total
    bins = []
    for b in sorted(set(at)):
        inside = [r for r, k in zip(exact, at) if k == b]
        wb = sum(r[2] for r in inside)
        bins.append((wb / total, sum(r[1] * r[2] for r in inside) / wb,
                     sum(r[0] * r[2] for r in inside) / wb,
                     wb ** 2 / sum(r[2] ** 2 for r in inside)))
    f = {}
    share, conf, freq, nb = (np.array([float(b[i]) for b in bins]) for i in range(4))
    gap = np.array([float(b[1] - b[2]) for b in bins])
    f["expected_calibration_error"] = float(sum(b[0] * abs(b[1] - b[2]) for b in bins))
    f["maximum_calibration_error"] = float(max(abs(b[1] - b[2]) for b in bins))
    reliability = sum(b[0] * (b[1] - b[2]) ** 2 for b in bins)
    resolution = sum(b[0] * (b[2] - rate) ** 2 for b in bins)
    uncertainty = rate * (1 - rate)
    f["brier_reliability"] = float(reliability)
    f["brier_resolution"] = float(resolution)
    f["brier_uncertainty"] = float(uncertainty)
    f["root_mean_squared_calibration_error"] = np.sqrt(float(reliability))
    f["calibration_ratio"] = float(mean / rate) if rate else ZERO
    within = Q(0)
    for (a, p, v), k in zip(exact, at):
        _, m, r, _ = bins[sorted(set(at)).index(k)]
        within += v / total * ((p - m) ** 2 - 2 * (p - m) * (a - r))
    f["brier_within"] = float(within)
    brier = float(reliability - resolution + uncertainty + within)
    judge = sk.brier_score_loss(y, s, sample_weight=w, pos_label=1)
    assert abs(brier - judge) < 1e-12
    f["brier_score"] = judge

    # Bias corrections.
    sd = np.sqrt(freq * (1 - freq) / nb)
    folded = np.array([stats.foldnorm.mean(abs(g) / d, scale=d) if d > 0 else abs(g)
                       for g, d in zip(gap, sd)])
    f["debiased_expected_calibration_error"] = max(0.0, float((share * (2 * abs(gap) - folded)).sum()))
    many = [b for b in bins if b[3] >= Q(3, 2)]
    if many:
        square = sum(b[0] * ((b[1] - b[2]) ** 2 - b[2] * (1 - b[2]) / (b[3] - 1)) for b in many)
        square /= sum(b[0] for b in many)
        f["debiased_root_mean_squared_calibration_error"] = np.sqrt(max(0.0, float(square)))
    else:
        f["debiased_root_mean_squared_calibration_error"] = LITTLE

    # Intervals.
    def ends(key, low, high, least=0.0, most=1.0):
        f[key + "_lower"], f[key + "_upper"] = max(least, low), min(most, high)

    drawn = (freq * nb + Z * Z / 2) / (nb + Z * Z)
    noise = drawn * (1 - drawn) / nb
    var = share ** 2 * noise + share * (1 - share) * gap ** 2 / rows
    value = f["expected_calibration_error"]
    ends("expected_calibration_error",
         value - np.sqrt(2 / np.pi) * np.sqrt(var).sum() - Z * np.sqrt(var.sum()),
         value + Z * np.sqrt(var.sum()))

    def norm(distance):
        second, fourth = (share * distance ** 2).sum(), (share * distance ** 4).sum()
        value = np.sqrt(second)
        more = max(0.0, fourth - second ** 2) / (4 * second * rows) if second > 0 else 0.0
        normal = Z * np.sqrt((share * noise).max() + more)
        return max(0.0, value - np.sqrt((share * noise).sum()) - normal), value + normal
    ends("root_mean_squared_calibration_error", *norm(gap))
    low, high = norm(freq - float(rate))
    ends("brier_resolution", low ** 2, min(high, 0.5) ** 2)

    whole = bool((w == 1).all())
    wide = Z + np.sqrt(2 * np.log(2 * len(bins)))
    one = [wilson(r, n, Z, whole) for r, n in zip(freq, nb)]
    each = [wilson(r, n, wide) for r, n in zip(freq, nb)]
    ends("maximum_calibration_error", max(max(c - h, l - c) for c, (l, h) in zip(conf, each)),
         max(max(c - l, h - c) for c, (l, h) in zip(conf, one)))
    low, high = wilson(float(rate), rows, Z, whole)
    if rate:
        ends("calibration_ratio", float(mean) / high, float(mean) / low, 0, np.inf)
    grid = [low * (1 - low), high * (1 - high)] + ([0.25] if low <= 0.5 <= high else [])
    ends("brier_uncertainty", min(grid), max(grid))
    return f


def adaptive(f, label, score, weight, bins):
    """Equal mass: a score's rows are in the bin of the middle of their weight."""
    key = f"adaptive_expected_calibration_error_{bins}"
    keep = np.ones(len(label), bool) if weight is None else weight > 0
    y, s = label[keep], score[keep]
    w = np.ones(len(y)) if weight is None else weight[keep]
    if len(y) == 0:
        f[key] = EMPTY
        return
    total, below, cells = sum(Q(float(v)) for v in w), Q(0), {}
    for value in np.unique(s):
        rows = [(Q(float(v)), int(a)) for v, a, p in zip(w, y, s) if p == value]
        own = sum(r[0] for r in rows)
        at = min(bins - 1, int((below + own / 2) / total * bins))
        cells.setdefault(at, []).extend((v, Q(float(value)), a) for v, a in rows)
        below += own
    value, first, second = Q(0), 0.0, 0.0
    rows = total ** 2 / sum(Q(float(v)) ** 2 for v in w)
    for inside in cells.values():
        wb = sum(v for v, _, _ in inside)
        gap = sum(v * (p - a) for v, p, a in inside) / wb
        rate, nb = float(sum(v * a for v, _, a in inside) / wb), float(
            wb ** 2 / sum(v * v for v, _, _ in inside))
        share = wb / total
        value += share * abs(gap)
        drawn = (rate * nb + Z * Z / 2) / (nb + Z * Z)
        var = float(share) ** 2 * drawn * (1 - drawn) / nb + float(
            share * (1 - share) * gap ** 2 / rows)
        first, second = first + np.sqrt(var), second + var
    f[key] = float(value)
    if bins == 5 and len(y) < 20:
        f[key + "_lower"] = max(0.0, f[key] - np.sqrt(2 / np.pi) * first - Z * np.sqrt(second))
        f[key + "_upper"] = min(1.0, f[key] + Z * np.sqrt(second))


def calibration_table():
    rng = np.random.default_rng(20261122)
    with open(os.path.join(here, "metrics_calibration.txt"), "w") as file:
        file.write(header)

        def case(name, label, score, weight=None):
            label, score, weight = columns_of(label, score, weight)
            figures = calibration(label, score, weight)
            for bins in (5, 10):
                adaptive(figures, label, score, weight, bins)
            write(file, name, {"label": label, "score": score, "weight": weight}, figures)

        case("nothing", [], [])
        case("all weights zero", [0, 1], [0.2, 0.7], [0, 0])
        case("one positive", [1], [0.3])
        case("one negative", [0], [0.3])
        case("one row, certain and right", [1], [1.0])
        case("one row, certain and wrong", [0], [1.0])
        case("only positives", [1] * 4, [0.1, 0.9, 0.5, 0.5])
        case("only negatives", [0] * 4, [0.1, 0.9, 0.5, 0.5])
        case("constant score", [0, 1] * 6, [0.25] * 12)
        case("saturated", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 1, 0])
        case("saturated and wrong once", [0, 0, 1, 1, 1, 0], [0, 0, 1, 1, 0, 0])
        case("exactly the ends of bins", [0, 1] * 11, np.arange(22) // 2 / 10)
        case("exactly calibrated", [0, 1, 1, 0, 0, 0, 0, 1], [0.5] * 2 + [0.5] * 2 + [0.25] * 4)
        case("tiny probabilities", [0, 1, 0], [1e-300, 5e-324, 1e-20])
        case("large weights", [0, 1, 1, 0], [0.1, 0.9, 0.5, 0.5], [1e10, 3e10, 2e9, 5e9])
        case("small weights", [0, 1, 1, 0], [0.1, 0.9, 0.5, 0.5], [1e-10, 3e-10, 2e-11, 5e-12])
        for i in range(300):
            n = int(rng.integers(1, 8) if i % 3 == 0 else rng.integers(8, 24))
            kind = i % 4
            s = rng.random(n) if kind == 0 else rng.beta(0.4, 0.4, n) if kind == 1 else \
                rng.beta(1, 8, n) if kind == 2 else rng.integers(0, 9, n) / 8
            s = np.round(s, 3)
            y = (rng.random(n) < (s if i % 2 else s ** 2)).astype(int)
            case(f"random {i}", y, s, weights_of(rng, n))


# ------------------------------------------------------------------------------------------- skill


def skill(k, label, scores, weight):
    keys = ["d2_log_loss", "d2_brier_score"]
    keep = np.ones(len(label), bool) if weight is None else weight > 0
    y, s = label[keep], scores[keep]
    w = np.ones(len(y)) if weight is None else weight[keep]
    if len(y) == 0:
        return {key: EMPTY for key in keys}
    if len(set(y)) == 1:
        return {key: "undefined one class" for key in keys}
    total = sum(Q(float(v)) for v in w)
    share = [sum((Q(float(v)) for v, c in zip(w, y) if c == j), Q(0)) / total for j in range(k)]
    rows = float(total ** 2 / sum(Q(float(v)) ** 2 for v in w))
    f = {}

    def figure(key, losses, null, judge):
        mean, base = np.average(losses, weights=w), np.average(null, weights=w)
        if judge is not None:
            assert abs(mean - judge) <= 1e-11 * max(1, mean), (key, mean, judge)
        f[key] = 1 - (mean if judge is None else judge) / base
        pull = (mean / base * (null - base) - (losses - mean)) / base
        error = np.sqrt(np.average(pull ** 2, weights=w) / rows)
        f[key + "_lower"], f[key + "_upper"] = score_ends(f[key], error, rows - 1, high=1)

    own = s[np.arange(len(y)), y]
    if (own == 0).any():
        f["d2_log_loss"] = float("-inf")
    else:
        null = np.array([-np.log(float(share[c])) if share[c] < Q(1, 2)
                         else -np.log1p(-float(1 - share[c])) for c in y])
        clean = bool((s > 0).all() and (s < 1).all())  # elsewhere scikit-learn clips
        figure("d2_log_loss", -np.log(own), null,
               sk.log_loss(y, s, labels=range(k), sample_weight=w) if clean else None)
    truth = np.eye(k)[y]
    half = 0.5 if k == 2 else 1.0  # the binary form looks at one of the two
    null = np.array([half * float((1 - share[c]) ** 2 + sum(q ** 2 for j, q in enumerate(share)
                                                            if j != c)) for c in y])
    figure("d2_brier_score", half * ((s - truth) ** 2).sum(1), null,
           sk.brier_score_loss(y, s[:, 1], sample_weight=w, pos_label=1) if k == 2 else None)
    return f


def skill_table():
    rng = np.random.default_rng(20261123)
    with open(os.path.join(here, "metrics_skill.txt"), "w") as file:
        file.write(header)

        def case(name, k, label, scores, weight=None):
            label, scores, weight = columns_of(label, scores, weight)
            scores = scores.reshape(len(label), k)
            shown = {"score": scores[:, 1]} if k == 2 else {"scores": scores.ravel()}
            write(file, name, {"classes": [k], "label": label, **shown, "weight": weight},
                  skill(k, label, scores, weight))

        def binary(name, label, score, weight=None):
            score = np.asarray(score, float)
            case(name, 2, label, np.c_[1 - score, score], weight)

        binary("nothing", [], [])
        case("nothing of three", 3, [], [])
        binary("all weights zero", [0, 1], [0.2, 0.7], [0, 0])
        binary("one row", [1], [0.3])
        binary("only negatives", [0] * 4, [0.1, 0.9, 0.5, 0.5])
        binary("the frequencies", [0, 1, 1, 1], [0.75] * 4)
        binary("even odds", [0, 1, 1, 1], [0.5] * 4)
        binary("certain and right", [0, 1, 1, 0], [0, 1, 1, 0])
        binary("certain and wrong", [0, 1, 1, 0], [1, 1, 1, 0])
        binary("one of each", [0, 1], [0.25, 0.75])
        case("even odds of four", 4, [0, 1, 2, 3, 0], np.full((5, 4), 0.25))
        case("a class not there", 3, [0, 1, 0, 1], np.full((4, 3), [0.25, 0.5, 0.25]))
        for i in range(300):
            k = 2 if i % 2 else int(rng.integers(3, 6))
            n = int(rng.integers(2, 7) if i % 5 == 0 else rng.integers(7, 24))
            label = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 2))
            parts = np.array([rng.multinomial(64, rng.dirichlet(np.eye(k)[c] * 2 + 0.6))
                              for c in label]) / 64.0
            case(f"random {i}", k, label, parts, weights_of(rng, n))


# ----------------------------------------------------------------------------------- recalibration

L = np.longdouble


def newton(x, y, w, slope):
    """(intercept, slope), covariance of the likeliest fit; rows of weight w."""
    columns = np.c_[np.ones(len(x)), x].astype(L) if slope else np.ones((len(x), 1), L)
    offset = np.zeros(len(x), L) if slope else x.astype(L)
    at = np.zeros(columns.shape[1], L)
    w, loss = w.astype(L), None

    def value(at):
        t = np.where(y == 1, -1, 1) * (columns @ at + offset)
        return (w * np.logaddexp(L(0), t)).sum()
    for _ in range(500):
        p = 1 / (1 + np.exp(-(columns @ at + offset)))
        g = columns.T @ (w * (p - y))
        h = columns.T @ (columns * (w * p * (1 - p))[:, None])
        inverse = (np.array([[h[1, 1], -h[0, 1]], [-h[0, 1], h[0, 0]]]) /
                   (h[0, 0] * h[1, 1] - h[0, 1] ** 2)) if slope else 1 / h
        step, size, now = inverse @ g, L(1), value(at)
        while size > 1e-6 and value(at - size * step) > now:
            size /= 2
        at = at - (size if size > 1e-6 else 1) * step
        if abs(step).max() < 1e-17 * (1 + abs(at).max()):
            break
    return at, inverse


def recalibration(label, score, weight):
    keys = ["calibration_slope", "calibration_intercept", "calibration_in_the_large"]
    keep = np.ones(len(label), bool) if weight is None else weight > 0
    y, s = label[keep], score[keep]
    w = np.ones(len(y)) if weight is None else weight[keep]
    if len(y) == 0:
        return {key: EMPTY for key in keys + ["spiegelhalter_z"]}
    f, lw = {}, w.astype(L)
    top, bottom = (lw * (y - s) * (1 - 2 * s)).sum(), (lw ** 2 * (1 - 2 * s) ** 2 * s * (1 - s)).sum()
    if ((s < 0) | (s > 1)).any():
        f["spiegelhalter_z"] = "undefined out of range"
    elif bottom == 0:
        f["spiegelhalter_z"] = ZERO
    else:
        f["spiegelhalter_z"] = top / np.sqrt(bottom)
        f["spiegelhalter_p"] = 2 * stats.norm.sf(abs(float(f["spiegelhalter_z"])))
    if ((s <= 0) | (s >= 1)).any():
        return f | {key: "undefined out of range" for key in keys}
    if len(set(y)) == 1:
        return f | {key: "undefined one class" for key in keys}
    x = np.log(s.astype(L)) - np.log1p(-s.astype(L))
    rows = lw.sum() ** 2 / (lw ** 2).sum()
    w = lw / lw.sum() * rows
    at, cov = newton(x, y, w, False)

    def ends(key, value, variance):
        half = L(Z) * np.sqrt(variance)
        f[key], f[key + "_lower"], f[key + "_upper"] = value, value - half, value + half
    p = 1 / (1 + np.exp(-(at[0] + x)))
    # Huber's: the residuals' own spread between two inverses of the information.
    spread = (w * (y - p) ** 2).sum()
    ends("calibration_in_the_large", at[0], cov[0, 0] ** 2 * spread)
    pos, neg = s[y == 1], s[y == 0]
    if len(set(s)) == 1:
        f["calibration_slope"] = f["calibration_intercept"] = ZERO
    elif neg.max() <= pos.min() or pos.max() <= neg.min():
        f["calibration_slope"] = f["calibration_intercept"] = LITTLE
    else:
        at, cov = newton(x, y, w, True)
        judge = LogisticRegression(penalty="none", tol=1e-10, max_iter=5000).fit(
            x.astype(float)[:, None], y, sample_weight=w.astype(float))
        assert np.allclose([judge.intercept_[0], judge.coef_[0, 0]], at.astype(float), rtol=2e-3,
                           atol=2e-3), (judge.intercept_, judge.coef_, at)
        ends("calibration_intercept", at[0], cov[0, 0])
        ends("calibration_slope", at[1], cov[1, 1])
    return f


def recalibration_table():
    rng = np.random.default_rng(20261124)
    with open(os.path.join(here, "metrics_recalibration.txt"), "w") as file:
        file.write(header)

        def case(name, label, score, weight=None):
            label, score, weight = columns_of(label, score, weight)
            write(file, name, {"label": label, "score": score, "weight": weight},
                  recalibration(label, score, weight))

        case("nothing", [], [])
        case("all weights zero", [0, 1], [0.2, 0.7], [0, 0])
        case("one row", [1], [0.3])
        case("only positives", [1] * 4, [0.1, 0.9, 0.5, 0.5])
        case("constant score", [0, 1, 1], [0.3] * 3)
        case("even odds", [0, 1, 1], [0.5] * 3)
        case("certain", [0, 1, 1], [0.0, 1.0, 0.5])
        case("one certain row", [0, 1, 1, 0], [0.1, 1.0, 0.5, 0.6])
        case("out of range", [0, 1, 1], [-0.5, 1.5, 0.5])
        case("apart", [0, 0, 1, 1], [0.1, 0.2, 0.3, 0.4])
        case("apart the wrong way", [1, 1, 0, 0], [0.1, 0.2, 0.3, 0.4])
        case("touching", [0, 0, 1, 1], [0.1, 0.2, 0.2, 0.4])
        case("overlapping by a hair", [0, 0, 1, 1], [0.1, 0.25, 0.2, 0.4])
        case("tiny probabilities", [0, 1, 0, 1, 0], [1e-12, 1e-9, 1e-6, 1e-10, 1e-11])
        case("against the labels", [1, 0, 1, 0, 0], [0.1, 0.8, 0.3, 0.9, 0.2])
        for i in range(300):
            n = int(rng.integers(3, 10) if i % 6 == 0 else rng.integers(12, 36))
            logit = rng.normal(rng.choice([-2, 0, 1]), rng.choice([0.5, 1, 2]), n)
            s = np.clip(np.round(1 / (1 + np.exp(-logit)), 4), 1e-4, 1 - 1e-4)
            y = (rng.random(n) < 1 / (1 + np.exp(-rng.choice([0.5, 1]) * logit))).astype(int)
            w = weights_of(rng, n)
            if w is not None and w.max() > 1000:  # rows that weigh nothing leave classes apart
                w = np.round(np.exp(rng.normal(0, 1, n)), 3) + 0.001
            case(f"random {i}", y, s, w)


# ------------------------------------------------------------------------------- ordered classes


def ranked_table():
    rng = np.random.default_rng(20261125)
    key = "ranked_probability_score"
    with open(os.path.join(here, "metrics_ranked.txt"), "w") as file:
        file.write(header)

        def case(name, k, label, scores, weight=None):
            label, scores, weight = columns_of(label, scores, weight)
            scores = scores.reshape(len(label), k)
            keep = np.ones(len(label), bool) if weight is None else weight > 0
            f = {key: EMPTY}
            if keep.any():
                y, s = label[keep], scores[keep]
                w = np.ones(len(y)) if weight is None else weight[keep]
                observed = np.arange(k)[None, :] >= y[:, None]
                loss = ((s.cumsum(1) - observed)[:, :-1] ** 2).mean(1)
                f[key] = np.average(loss, weights=w)
                rows = w.sum() ** 2 / (w ** 2).sum()
                if len(y) > 1:
                    var = (w * (loss - f[key]) ** 2).sum() / (w.sum() - (w ** 2).sum() / w.sum())
                    f[key + "_lower"], f[key + "_upper"] = (
                        score_ends(f[key], np.sqrt(var / rows), rows - 1, 0, 1)
                        if loss.min() < loss.max() else wilson_ends(f[key], rows))
            write(file, name, {"classes": [k], "label": label, "scores": scores.ravel(),
                               "weight": weight}, f)

        case("nothing", 3, [], [])
        case("all weights zero", 3, [0], [0.25, 0.5, 0.25], [0])
        case("one row", 3, [1], [0.25, 0.5, 0.25])
        case("certain and right", 3, [0, 1, 2], np.eye(3))
        case("certain and far off", 3, [0, 2], [0, 0, 1, 1, 0, 0])
        case("even odds", 4, [0, 1, 2, 3, 0], np.full((5, 4), 0.25))
        for i in range(300):
            k, n = int(rng.integers(2, 6)), int(rng.integers(1, 14))
            label = rng.choice(k, n, p=rng.dirichlet(np.ones(k) * 2))
            parts = np.array([rng.multinomial(64, rng.dirichlet(np.eye(k)[c] * 3 + 0.4))
                              for c in label])
            case(f"random {i}", k, label, parts / 64.0, weights_of(rng, n))


if __name__ == "__main__":
    calibration_table()
    skill_table()
    recalibration_table()
    ranked_table()
