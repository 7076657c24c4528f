#!/usr/bin/python3
"""Writes metrics_false_discovery.txt beside itself: p-values with their adjusted forms, in the format of
metrics.py.

The judge is the definition in rationals, by another road than the library's: a test's adjusted p-value is
the smallest level at which the step-up procedure calls it a discovery, found by trying as level every
m c p / j (c = 1, or 1 + 1/2 + ... + 1/m). Neither SciPy 1.10 nor scikit-learn 1.2.1 adjusts p-values; the
published example is that of Benjamini, Hochberg (1995), section 3.2, with 4 discoveries at level 0.05.

Run: /usr/bin/python3 false_discovery.py
"""
import os
import platform
from fractions import Fraction

import numpy as np

from metrics import write

rng = np.random.default_rng(20261122)
here = os.path.dirname(os.path.abspath(__file__))


def discoveries(p, level, c):
    """The step-up procedure: all p up to the largest p_(i) <= i level / (m c)."""
    last = [v for i, v in enumerate(sorted(p), 1) if v * len(p) * c <= i * level]
    return [bool(last) and v <= last[-1] for v in p]


def adjusted(p, c):
    levels = sorted({min(Fraction(1), len(p) * c * v / j) for v in p for j in range(1, len(p) + 1)})
    out = []
    for at in range(len(p)):
        hit = [level for level in levels if discoveries(p, level, c)[at]]
        out.append(float(hit[0]) if hit else 1.0)
    return out


with open(os.path.join(here, "metrics_false_discovery.txt"), "w") as file:
    file.write(f"# false_discovery.py: Python {platform.python_version()}, NumPy {np.__version__}, "
               "seed 20261122\n")

    def case(name, p):
        exact = [Fraction(float(v)) for v in p]
        c = sum((Fraction(1, i) for i in range(1, len(p) + 1)), Fraction(0))
        write(file, name, {"p": p}, {
            "positive": " ".join(map(repr, adjusted(exact, Fraction(1)))),
            "any": " ".join(map(repr, adjusted(exact, c))),
            "discoveries": sum(discoveries(exact, Fraction(0.05), Fraction(1)))})

    case("nothing", [])
    case("Benjamini and Hochberg 1995", [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                                         0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0])
    case("one", [0.03])
    case("zeros and ones", [0, 1, 0, 1])
    case("all equal", [0.04] * 5)
    for i in range(300):
        m = int(rng.integers(1, 9))
        p = rng.random(m) ** rng.choice([1, 3, 6])
        if i % 3 == 0:
            p = np.round(p, 1)
        if i % 5 == 0:
            p = np.array([float(f"{v:.2g}") for v in p ** 40])
        case(f"random {i}", [float(f"{v:.6g}") for v in p])
