#!/usr/bin/python3
"""Writes metrics_ranking.txt and metrics_label_ranking.txt beside itself: small ranking tasks, random
and degenerate, in the format of metrics.py.

    relevances, scores     item by item, query after query
    offsets                where each query begins, and the end
    weight                 one a query, left out when all are 1

The judges: DCG and NDCG are scikit-learn's dcg_score and ndcg_score, query by query (of the gains 2^g - 1
for the exponential form). Every other figure of a query is taken from its definition on a list without
ties, in rationals, and averaged over every order of its tied items; where there are no ties average
precision is also held against scikit-learn's average_precision_score. The label ranking figures are
scikit-learn's label_ranking_average_precision_score, coverage_error and label_ranking_loss; a tied pair
costs scikit-learn's ranking loss 1 and here 1/2, which is (loss(scores) + 1 - loss(-scores)) / 2.

A query without a relevant item is not shown to the judge ("skip"), but for the keys that end in _zero
and _one, which are what scikit-learn says of all rows.

Run: /usr/bin/python3 ranking.py
"""
import itertools
import os
import platform
import warnings
from fractions import Fraction

import numpy as np
import sklearn
from sklearn import metrics as sk

from metrics import EMPTY, ZERO, weights_of, write

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20261122)
here = os.path.dirname(os.path.abspath(__file__))
header = (f"# ranking.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, "
          f"Python {platform.python_version()}, seed 20261122\n")


# ------------------------------------------------------- definitions on a list of hits without ties


def average_precision(hits, k):
    relevant = sum(hits)
    last = len(hits) if k == 0 else min(k, len(hits))
    total = sum(Fraction(sum(hits[:i + 1]), i + 1) for i in range(last) if hits[i])
    return total / (relevant if k == 0 else min(k, relevant))


def reciprocal_rank(hits, k):
    rank = hits.index(1) + 1
    return Fraction(1, rank) if k == 0 or rank <= k else Fraction(0)


def precision(hits, k):
    return Fraction(sum(hits[:k]), k)


def recall(hits, k):
    return Fraction(sum(hits[:k]), sum(hits))


def hit(hits, k):
    return Fraction(int(any(hits[:k])))


def r_precision(hits, _):
    return precision(hits, sum(hits))


def orders(relevance, score):
    """Every list of hits that the tied scores allow, each once for every order."""
    blocks = []
    for s in sorted(set(score), reverse=True):
        blocks.append([int(g > 0) for g, t in zip(relevance, score) if t == s])
    for parts in itertools.product(*(list(itertools.permutations(b)) for b in blocks)):
        yield [h for part in parts for h in part]


def over_orders(measure, k, relevance, score):
    values = [measure(hits, k) for hits in orders(relevance, score)]
    return float(sum(values) / len(values))


def gain_judge(of, relevance, score, k, exponential):
    gains = np.asarray(relevance, float)
    if exponential:  # 2^g - 1, with all digits for a tiny g
        gains = np.where(gains < 1, np.expm1(gains * np.log(2)), np.exp2(gains) - 1)
    if len(score) == 1:  # scikit-learn takes a single document for a binary task
        return 1.0 if of == "ndcg" else float(gains[0])
    judge = sk.ndcg_score if of == "ndcg" else sk.dcg_score
    return float(judge([gains], [score], k=None if k == 0 else k))


KEYS = {}
for k in (0, 1, 3):
    at = f"_at_{k}" if k else ""
    for of in ("dcg", "ndcg"):
        KEYS[of + at] = lambda g, s, of=of, k=k: gain_judge(of, g, s, k, False)
        KEYS[f"{of}_exponential{at}"] = lambda g, s, of=of, k=k: gain_judge(of, g, s, k, True)
    KEYS["mean_average_precision" + at] = lambda g, s, k=k: over_orders(average_precision, k, g, s)
    KEYS["mean_reciprocal_rank" + at] = lambda g, s, k=k: over_orders(reciprocal_rank, k, g, s)
for k in (1, 3, 5):
    KEYS[f"precision_at_{k}"] = lambda g, s, k=k: over_orders(precision, k, g, s)
    KEYS[f"recall_at_{k}"] = lambda g, s, k=k: over_orders(recall, k, g, s)
    KEYS[f"hit_rate_at_{k}"] = lambda g, s, k=k: over_orders(hit, k, g, s)
KEYS["r_precision"] = lambda g, s: over_orders(r_precision, 0, g, s)


def of_queries(queries, weight):
    w = np.ones(len(queries)) if weight is None else np.asarray(weight, float)
    present = [(q, v) for q, v in zip(queries, w) if v > 0]
    kept = [(q, v) for q, v in present if any(g > 0 for g in q[0])]
    figures = {"undefined_queries": len(present) - len(kept)}
    for key, judge in KEYS.items():
        if not kept:
            figures[key] = ZERO if present else EMPTY
            continue
        values = [judge(g, s) for (g, s), _ in kept]
        figures[key] = np.average(values, weights=[v for _, v in kept])
        if key == "ndcg_at_3":
            every = [judge(g, s) if len(s) > 1 else float(g[0] > 0) if len(s) else 0.0
                     for (g, s), _ in present]
            figures["ndcg_at_3_zero"] = np.average(every, weights=[v for _, v in present])
    for g, s in queries:
        if len(set(s)) == len(s) and any(v > 0 for v in g):
            judge = sk.average_precision_score(np.array(g) > 0, s)
            assert abs(judge - over_orders(average_precision, 0, g, s)) < 1e-12
    return figures


def ranking_table():
    with open(os.path.join(here, "metrics_ranking.txt"), "w") as file:
        file.write(header)

        def case(name, queries, weight=None):
            columns = {"relevances": [v for g, _ in queries for v in g],
                       "scores": [v for _, s in queries for v in s],
                       "offsets": np.cumsum([0] + [len(g) for g, _ in queries]),
                       "weight": weight}
            write(file, name, columns, of_queries(queries, weight))

        case("nothing", [])
        case("an empty query", [([], [])])
        case("all weights zero", [([1, 0], [1, 2]), ([1, 1], [3, 4])], [0, 0])
        case("one item, relevant", [([1], [0.5])])
        case("one item, not relevant", [([0], [0.5])])
        case("no relevant item anywhere", [([0, 0, 0], [1, 2, 3]), ([0, 0], [1, 1])])
        case("all relevant", [([1, 1, 1], [1, 2, 3])])
        case("best order", [([3, 2, 1, 0, 0], [5, 4, 3, 2, 1])])
        case("worst order", [([0, 0, 1, 2, 3], [5, 4, 3, 2, 1])])
        case("all tied", [([3, 0, 1, 0, 2, 0], [7] * 6)])
        case("zeros of both signs tie", [([1, 0, 0], [0.0, -0.0, -1.0])])
        case("largest scores", [([1, 0, 2], [1e308, -1e308, 1.7e308])])
        case("smallest scores", [([1, 0, 2], [5e-324, -5e-324, 1e-323])])
        case("tiny gains", [([1e-300, 0, 3e-300], [1, 2, 3])])
        case("neighbours do not tie", [([1, 0], [1.0, float(np.nextafter(1, 2))])])
        for i in range(300):
            queries = []
            for _ in range(int(rng.integers(1, 4))):
                n = int(rng.integers(1, 8))
                kind = i % 4
                if kind == 0:  # binary, few ties
                    g = (rng.random(n) < 0.4).astype(float)
                    s = np.round(rng.normal(size=n), 2)
                elif kind == 1:  # graded, many ties
                    g = rng.integers(0, 5, n).astype(float)
                    s = rng.integers(0, 3, n).astype(float)
                elif kind == 2:  # fractions, ties in the relevance
                    g = rng.integers(0, 4, n) / 4.0
                    s = rng.integers(0, 4, n) / 3.0
                else:  # over many magnitudes
                    g = (rng.random(n) < 0.5) * rng.integers(1, 3, n).astype(float)
                    s = np.array([float(f"{v:.2g}") for v in
                                  np.sign(rng.normal(size=n)) * 10.0 ** rng.uniform(-300, 300, n)])
                queries.append((list(g), list(s)))
            case(f"random {i}", queries, weights_of(len(queries)))


# ------------------------------------------------------------------------------------------- labels


def of_labels(truth, score, weight):
    w = np.ones(len(truth)) if weight is None else np.asarray(weight, float)
    shown = w > 0
    y, s, w = truth[shown], score[shown], w[shown]
    names = ("label_ranking_average_precision", "coverage_error", "label_ranking_loss")
    if len(y) == 0:
        return {name: EMPTY for name in names}
    figures = {}
    some = y.any(axis=1)
    pairs = some & ~y.all(axis=1)
    if some.any():
        figures[names[0]] = sk.label_ranking_average_precision_score(y[some], s[some],
                                                                     sample_weight=w[some])
        figures[names[1]] = sk.coverage_error(y[some], s[some], sample_weight=w[some])
    else:
        figures[names[0]] = figures[names[1]] = ZERO
    if pairs.any():
        # Row by row: the difference from 1 would cancel in a mean over weights of very different size.
        loss = lambda row, t: sk.label_ranking_loss(y[row:row + 1], t[row:row + 1])
        rows = np.flatnonzero(pairs)
        figures[names[2]] = np.average([(loss(i, s) + 1 - loss(i, -s)) / 2 for i in rows],
                                       weights=w[rows])
    else:
        figures[names[2]] = ZERO
    figures[names[0] + "_one"] = sk.label_ranking_average_precision_score(y, s, sample_weight=w)
    figures[names[1] + "_zero"] = sk.coverage_error(y, s, sample_weight=w)
    if all(len(set(row)) == len(row) for row in s):
        figures[names[2] + "_zero"] = sk.label_ranking_loss(y, s, sample_weight=w)
    return figures


def labels_table():
    with open(os.path.join(here, "metrics_label_ranking.txt"), "w") as file:
        file.write(header)

        def case(name, truth, score, weight=None):
            truth, score = np.asarray(truth, int), np.asarray(score, float)
            rows, labels = truth.shape
            columns = {"relevances": truth.ravel(), "scores": score.ravel(),
                       "offsets": np.arange(rows + 1) * labels, "weight": weight}
            write(file, name, columns, of_labels(truth, score, weight))

        case("nothing", np.zeros((0, 3)), np.zeros((0, 3)))
        case("no labels", [[0, 0, 0]], [[1, 2, 3]])
        case("all labels", [[1, 1, 1]], [[1, 2, 3]])
        case("one tied pair", [[1, 0]], [[0.5, 0.5]])
        case("a tie with one of two", [[1, 0, 1]], [[0.5, 0.5, 0.1]])
        case("all weights zero", [[1, 0], [0, 1]], [[1, 2], [1, 2]], [0, 0])
        for i in range(300):
            rows, labels = int(rng.integers(1, 8)), int(rng.integers(2, 7))
            truth = rng.random((rows, labels)) < rng.choice([0.2, 0.5, 0.8])
            score = (np.round(rng.normal(size=(rows, labels)), 2) if i % 2
                     else rng.integers(0, 4, (rows, labels)) / 4.0)
            case(f"random {i}", truth, score, weights_of(rows))


if __name__ == "__main__":
    ranking_table()
    labels_table()
