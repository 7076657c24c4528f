#!/usr/bin/python3
"""Writes metrics_survival.txt beside itself: small sets of censored times with many ties, and what the
definitions say of them in rationals, by the slowest way there is: all pairs for the concordance, a
product over all times at every look for the censoring distribution. The format is that of
metrics.py; risk is the column for the concordance, risk_k that for the Brier score at the k-th of
`times`, brier_k the score, and NAME_interval holds the ends of a 95 % interval.

Run: /usr/bin/python3 survival.py     (NumPy 1.24, seed 20261106)
"""
import math
import os
from fractions import Fraction

import numpy as np

from score_ends import score_ends

rng = np.random.default_rng(20261106)
here = os.path.dirname(os.path.abspath(__file__))
HALF = Fraction(1, 2)


def numbers(column):
    return " ".join(repr(int(v)) if float(v).is_integer() and abs(v) < 1e15 else repr(float(v))
                    for v in column)


def concordance(T, D, R, W):
    n = len(T)
    pairs, right = [Fraction(0)] * n, [Fraction(0)] * n
    total = good = Fraction(0)
    for i in range(n):
        for j in range(n):
            if not D[i] or not (T[i] < T[j] or (T[i] == T[j] and not D[j])):
                continue
            score = 1 if R[i] > R[j] else HALF if R[i] == R[j] else 0
            total += W[i] * W[j]
            good += W[i] * W[j] * score
            for a, b in ((i, j), (j, i)):
                pairs[a] += W[b]
                right[a] += W[b] * score
    if total == 0:
        return "undefined zero denominator", None
    c = good / total
    if c in (0, 1):
        return c, None
    variance = sum((w * (g - c * p) / total) ** 2 for w, g, p in zip(W, right, pairs))
    rows = sum(W) ** 2 / sum(w * w for w in W)
    return c, score_ends(float(c), math.sqrt(variance), float(rows) - 1, 0, 1)


def uncensored(T, D, W, t, left):
    """Kaplan-Meier of censoring at t, or just before it; events at a time leave first."""
    share = Fraction(1)
    for time in sorted(set(T)):
        if time > t or (left and time == t):
            break
        out = sum(w for x, d, w in zip(T, D, W) if x == time and not d)
        risk = sum(w for x, w in zip(T, W) if x > time) + out
        if out:
            share *= 1 - out / risk
    return share


def terms(T, D, R, W, t):
    return [r * r / uncensored(T, D, W, t, False) if x > t else
            (1 - r) ** 2 / uncensored(T, D, W, x, True) if d else Fraction(0)
            for x, d, r in zip(T, D, R)]


def mean_and_ends(x, W):
    total = sum(W)
    mean = sum(a * b for a, b in zip(W, x)) / total
    if len(x) < 2:
        return mean, (math.nan, math.nan)
    n = total ** 2 / sum(w * w for w in W)
    v = sum(w * (a - mean) ** 2 for w, a in zip(W, x)) / total / (n - 1)
    return mean, score_ends(float(mean), math.sqrt(v), float(n) - 1, 0)


def shown(v):
    if isinstance(v, tuple):
        return " ".join(repr(float(x)) for x in v)
    return v if isinstance(v, str) else repr(float(v))


with open(os.path.join(here, "metrics_survival.txt"), "w") as file:
    file.write("# survival.py\n")

    def case(name, time, event, risk, weight=None, times=(1.0, 2.0)):
        n = len(time)
        columns = [np.round(np.clip(rng.random(n) * 1.1 - 0.05, 0, 1), 3) for _ in times]
        file.write(f"case {name}\ntime {numbers(time)}\nevent {numbers(event)}\n"
                   f"risk {numbers(risk)}\n")
        if weight is not None:
            file.write(f"weight {numbers(weight)}\n")
        file.write(f"times {numbers(times)}\n")
        for k, column in enumerate(columns):
            file.write(f"risk_{k} {numbers(column)}\n")
        keep = [i for i in range(n) if weight is None or weight[i] > 0]
        F = lambda x: [Fraction(float(x[i])) for i in keep]
        W = [Fraction(1)] * n if weight is None else F(weight)
        T, D, R = F(time), [bool(event[i]) for i in keep], F(risk)
        figures = {}
        if not keep:
            figures = {"concordance_index": "undefined empty", "integrated": "undefined empty"}
            figures.update({f"brier_{k}": "undefined empty" for k in range(len(times))})
        else:
            value, ends = concordance(T, D, R, W)
            figures["concordance_index"] = value
            if ends:
                figures["concordance_index_interval"] = ends
            whole = [Fraction(0)] * len(T)
            points = [Fraction(float(t)) for t in times]
            for k, t in enumerate(points):
                if max(T) < t:
                    figures[f"brier_{k}"] = "undefined out of range"
                    continue
                x = terms(T, D, F(columns[k]), W, t)
                figures[f"brier_{k}"], figures[f"brier_{k}_interval"] = mean_and_ends(x, W)
                near, far = points[max(k - 1, 0)], points[min(k + 1, len(points) - 1)]
                whole = [a + (far - near) / 2 / (points[-1] - points[0]) * b
                         for a, b in zip(whole, x)]
            if max(T) < points[-1]:
                figures["integrated"] = "undefined out of range"
            else:
                figures["integrated"], figures["integrated_interval"] = mean_and_ends(whole, W)
        for key, v in figures.items():
            file.write(f"{key} {shown(v)}\n")

    case("nothing", [], [], [])
    case("all weights zero", [1, 2], [1, 1], [0.5, 0.25], [0, 0])
    case("one event", [2], [1], [0.5])
    case("one censored", [2], [0], [0.5])
    case("all censored", [1, 2, 3], [0, 0, 0], [1, 2, 3])
    case("all at once", [2, 2, 2], [1, 1, 1], [1, 2, 3])
    case("event and censoring at once", [2, 2], [1, 0], [2, 1])
    case("in order", [1, 2, 3, 4], [1, 1, 1, 1], [4, 3, 2, 1])
    case("reversed", [1, 2, 3, 4], [1, 1, 1, 1], [1, 2, 3, 4])
    case("equal risks", [1, 2, 3, 4], [1, 0, 1, 1], [1, 1, 1, 1])
    case("last one censored at the time", [1, 1.5, 2], [1, 1, 0], [3, 2, 1])
    case("times of zero", [0, 0, 1, 3], [1, 0, 0, 1], [3, 1, 2, 1], times=(0.0, 1.0, 2.0))
    case("huge and tiny times", [1e-300, 1, 1e300, 2], [1, 1, 0, 1], [4, 1, 2, 3])
    for i in range(320):
        n = int(rng.integers(1, 5) if i % 4 == 0 else rng.integers(5, 14))
        time = rng.exponential(3, n)
        time = np.floor(time * 2) / 2 if i % 2 else np.round(time, 3)
        event = (rng.random(n) < rng.choice([0.3, 0.7, 1.0])).astype(float)
        risk = np.round(rng.normal(size=n) - 0.5 * time, 0 if i % 3 == 0 else 2)
        kind = i % 5
        weight = (None if kind <= 1 else rng.integers(0, 4, n).astype(float) if kind == 2 else
                  rng.integers(1, 5, n).astype(float) if kind == 3 else
                  np.round(rng.random(n) * 3 + 0.01, 2))
        if weight is not None and weight.sum() == 0:
            weight = None
        case(f"random {i}", time, event, risk, weight, tuple(sorted(
            rng.choice([0.5, 1.0, 1.5, 2.25, 3.0, 5.0], int(rng.integers(2, 4)), replace=False))))
