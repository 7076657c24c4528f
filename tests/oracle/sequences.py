#!/usr/bin/python3
"""Writes metrics_sequences.txt beside itself: confidence sequences of bounded means and of rates.

The ends are solved for in mpmath at 40 digits from the definitions, by a scan over the whole range
and bisection, so that a second root or a rounding error would show.

    case NAME
    range -1 1             of the values, with how often each was seen
    value 0.25 0.5
    times 3 10
    level 0.95
    mean, mean_lower, mean_upper
    evidence               log of the e-value against a mean of `null`
    rate, rate_lower, rate_upper      where the values are 0 and 1

Run: /usr/bin/python3 sequences.py     (mpmath, NumPy; seed 20260922)
"""
import os
import platform

import mpmath as mp
import numpy as np

mp.mp.dps = 40
rng = np.random.default_rng(20260922)
here = os.path.dirname(os.path.abspath(__file__))


def evidence_above(m, xs, times):
    """log of the mean, of weights 1/j, over l = 2^-j, j = 1 ... 20, of prod exp(l y + (l + log(1 - l)) y^2), y = x - m."""
    ys = [(x - m, k) for x, k in zip(xs, times)]
    terms = []
    for j in range(1, 21):
        bet = mp.mpf(2) ** -j
        psi = -bet - mp.log(1 - bet)
        terms.append(mp.fsum(k * (bet * y - psi * y * y) for y, k in ys))
    top = max(terms)
    weights = [mp.mpf(1) / (j + 1) for j in range(20)]
    return top + mp.log(mp.fsum(w * mp.exp(t - top) for w, t in zip(weights, terms)) / mp.fsum(weights))


def bisect(f, outside, inside):
    """f(outside) >= 0 > f(inside)"""
    for _ in range(70):
        middle = (outside + inside) / 2
        if f(middle) >= 0:
            outside = middle
        else:
            inside = middle
    return outside


def lower_end(xs, times, threshold):
    n = sum(times)
    mean = mp.fsum(x * k for x, k in zip(xs, times)) / n
    f = lambda m: evidence_above(m, xs, times) - threshold
    signs = [f(mean * i / 12) >= 0 for i in range(13)]
    assert signs == sorted(signs, reverse=True) and not signs[-1]
    return bisect(f, mp.mpf(0), mean) if signs[0] else mp.mpf(0)


def rate_ends(s, n, level):
    s, n = mp.mpf(s), mp.mpf(n)
    def f(p):
        like = (s * mp.log(p) if s > 0 else 0) + ((n - s) * mp.log(1 - p) if n > s else 0)
        return mp.log(mp.beta(s + 0.5, n - s + 0.5) / mp.beta(0.5, 0.5)) - like - mp.log(1 / (1 - level))
    tiny = mp.mpf(10) ** -35
    p = min(max(s / n, tiny), 1 - tiny)
    low = bisect(f, tiny, p) if s > 0 and f(tiny) >= 0 else 0
    high = bisect(f, 1 - tiny, p) if s < n and f(1 - tiny) >= 0 else 1
    return low, high


def shown(x):
    return mp.nstr(mp.mpf(x), 17, min_fixed=0, max_fixed=0)


with open(os.path.join(here, "metrics_sequences.txt"), "w") as out:
    out.write(f"# sequences.py: mpmath {mp.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")

    def case(name, low, high, values, times, level, null):
        values, times = [float(v) for v in values], [int(t) for t in times]
        level = float(level)
        lo, width = mp.mpf(low), mp.mpf(high) - mp.mpf(low)
        xs = [(mp.mpf(v) - lo) / width for v in values]
        n = sum(times)
        threshold = mp.log(2 / (1 - mp.mpf(level)))
        below = [1 - x for x in xs]
        lower = lower_end(xs, times, threshold)
        upper = 1 - lower_end(below, times, threshold)
        at = (mp.mpf(null) - lo) / width
        evidence = max(evidence_above(at, xs, times), evidence_above(1 - at, below, times)) - mp.log(2)
        out.write(f"case {name}\nrange {low!r} {high!r}\nvalue {' '.join(map(repr, values))}\n"
                  f"times {' '.join(map(str, times))}\nlevel {level!r}\n")
        out.write(f"mean {shown(lo + width * mp.fsum(x * k for x, k in zip(xs, times)) / n)}\n")
        out.write(f"mean_lower {shown(lo + width * lower)}\nmean_upper {shown(lo + width * upper)}\n")
        out.write(f"null {null!r}\nevidence {shown(evidence)}\n")
        if (low, high) == (0.0, 1.0) and set(values) <= {0.0, 1.0}:
            s = sum(t for v, t in zip(values, times) if v == 1)
            rl, rh = rate_ends(s, n, mp.mpf(level))
            out.write(f"rate {shown(mp.mpf(s) / n)}\nrate_lower {shown(rl)}\nrate_upper {shown(rh)}\n")

    levels = [0.9, 0.95, 0.99, 0.999]
    for name, zeros, ones in [("one row", 1, 0), ("one success", 0, 1), ("none of ten", 10, 0), ("all of ten", 0, 10),
                              ("none of a million", 10**6, 0), ("rare", 99_990, 10), ("half of a million", 500_000, 500_000),
                              ("half of a billion", 500_000_000, 500_000_000), ("one of a billion", 999_999_999, 1)]:
        case(name, 0.0, 1.0, [0, 1], [zeros, ones], 0.95, 0.5)
    for i in range(140):
        n = int(np.exp(rng.uniform(np.log(2), np.log(1e6))))
        ones = rng.binomial(n, rng.choice([0.001, 0.01, 0.1, 0.5, 0.9, rng.random()]))
        case(f"rate {i}", 0.0, 1.0, [0, 1], [n - ones, ones], rng.choice(levels), float(rng.random()))
    case("constant", 0.0, 1.0, [0.3], [500], 0.95, 0.3)
    case("constant at an end", -2.0, 6.0, [6.0], [40], 0.95, 0.0)
    case("tiny spread", 0.0, 1.0, [0.4999999, 0.5000001], [50_000, 50_000], 0.95, 0.5)
    for i in range(160):
        low = float(rng.choice([0.0, -1.0, -5.5, 100.0]))
        high = low + float(rng.choice([1.0, 2.0, 0.125, 30.0]))
        k = int(rng.integers(1, 13))
        shape = rng.choice(3)
        u = rng.beta(*[(0.3, 3), (5, 5), (1, 1)][shape], size=k)
        values = low + np.round(u, 3) * (high - low)
        values = np.clip(values, low, high)
        times = rng.integers(1, int(np.exp(rng.uniform(0.8, 9))) + 2, size=k)
        case(f"mean {i}", low, high, values, times, rng.choice(levels), low + float(rng.random()) * (high - low))
