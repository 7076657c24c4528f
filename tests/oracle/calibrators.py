#!/usr/bin/python3
"""Writes metrics_calibrators.txt beside itself: rows of (label, score, weight), and what calibrators
that were fitted to them say of the scores in `at`.

isotonic is scikit-learn's IsotonicRegression(out_of_bounds="clip"). platt is the likeliest logistic
curve of Platt's targets by Newton's method, held loosely against scikit-learn's own
_sigmoid_calibration where rows are unweighted. temperature is SciPy's brentq on the slope of the
likelihood. beta is scikit-learn's LogisticRegression(C=1e8) on (log p, -log(1 - p)), a negative
coefficient left out and the rest fitted again, polished by Newton's method, and held loosely against
SciPy's bounded minimiser.

Run: /usr/bin/python3 calibrators.py   (Python 3.11, NumPy 1.24, SciPy 1.10, scikit-learn 1.2.1)
"""
import os
import warnings

import numpy as np
from scipy import optimize
from sklearn.calibration import _sigmoid_calibration
from sklearn.isotonic import IsotonicRegression
from sklearn.linear_model import LogisticRegression

from probability import header, here, numbers

warnings.filterwarnings("ignore")
header = header.replace("probability.py", "calibrators.py")
logistic = lambda x: np.exp(-np.logaddexp(0, -x))
logit = lambda p: np.log(p) - np.log1p(-p)


def objective(at, columns, targets, w, ridge):
    x = columns @ at
    return (w * (np.logaddexp(0, x) - targets * x)).sum() + ridge / 2 * (at[1:] ** 2).sum()


def newton(columns, targets, w, ridge, at, steps=60):
    penalty = np.full(columns.shape[1], ridge)
    penalty[0] = 0
    for _ in range(steps):
        p = logistic(columns @ at)
        gradient = columns.T @ (w * (p - targets)) + penalty * at
        hessian = columns.T @ (columns * (w * p * (1 - p))[:, None]) + np.diag(penalty)
        step, size = np.linalg.solve(hessian, gradient), 1.0
        now = objective(at, columns, targets, w, ridge)
        while size > 1e-3 and objective(at - size * step, columns, targets, w, ridge) > now + 1e-13:
            size /= 2
        at = at - size * step
        if abs(step).max() < 1e-13 * (1 + abs(at).max()):
            break
    return at


def platt(y, s, w):
    kish = lambda v: v.sum() ** 2 / (v ** 2).sum() if len(v) else 0.0
    pos, neg = kish(w[y == 1]), kish(w[y == 0])
    targets = np.where(y == 1, (pos + 1) / (pos + 2), 1 / (neg + 2))
    if len(set(s)) == 1:
        mean = np.average(targets, weights=w)
        return 0.0, logit(mean)
    middle, spread = s.mean(), s.std()
    at = newton(np.c_[np.ones(len(s)), (s - middle) / spread], targets, w, 0, np.zeros(2))
    slope, intercept = at[1] / spread, at[0] - at[1] / spread * middle
    if (w == 1).all() and 0.05 < s.std() < 10 and abs(s.mean()) < 10:  # its BFGS minds the unit
        a, b = _sigmoid_calibration(s, y)
        assert np.allclose(logistic(-(a * s + b)), logistic(slope * s + intercept), atol=2e-3)
    return slope, intercept


def temperature(y, p, w):
    x = logit(p)
    slope = lambda inverse: np.average((logistic(inverse * x) - y) * x, weights=w)
    if slope(1e-3) >= 0:
        return 1e3
    if slope(1e3) <= 0:
        return 1e-3
    return 1 / optimize.brentq(slope, 1e-3, 1e3, xtol=1e-300, rtol=1e-15, maxiter=1000)


def beta(y, p, w):
    w = w * w.sum() / (w ** 2).sum()
    features = np.c_[np.log(p), -np.log1p(-p)]
    used = [0, 1]

    def fit(used):
        columns = np.c_[np.ones(len(y)), features[:, used]]
        at = np.zeros(1 + len(used))
        if used:
            judge = LogisticRegression(C=1e8, tol=1e-8, max_iter=10000).fit(
                features[:, used], y, sample_weight=w)
            at = np.r_[judge.intercept_, judge.coef_[0]]
        return newton(columns, y, w, 1e-8, at)
    options = []
    for used in ([0, 1], [0], [1], []):
        at = fit(used)
        if (at[1:] >= 0).all():
            full = np.zeros(3)
            full[0] = at[0]
            full[[1 + u for u in used]] = at[1:]
            options.append((objective(full, np.c_[np.ones(len(y)), features], y, w, 1e-8), full))
        if options and used == [0, 1]:
            break
    value, (c, a, b) = min(options, key=lambda o: o[0])
    bounded = optimize.minimize(objective, np.zeros(3), (np.c_[np.ones(len(y)), features], y, w, 1e-8),
                                bounds=[(None, None), (0, None), (0, None)], method="L-BFGS-B",
                                options={"maxiter": 10000, "ftol": 1e-14, "gtol": 1e-9})
    assert value <= bounded.fun + 1e-9 * (1 + value) and bounded.fun - value < 1e-3 * (1 + value)
    return a, b, c


rng = np.random.default_rng(20261130)
with open(os.path.join(here, "metrics_calibrators.txt"), "w") as file:
    file.write(header)
    for i in range(320):
        n = int(rng.integers(2, 8) if i % 5 == 0 else rng.integers(10, 40))
        kind = i % 4
        p = np.clip(rng.beta(*[(1, 1), (0.5, 0.5), (1, 6), (5, 2)][kind], n), 1e-3, 1 - 1e-3)
        p = np.round(p, 1 if i % 7 == 0 else 4)
        plain = i % 7 == 0 or i % 11 == 0  # with 0 and 1, or off [0, 1]: for those that take them
        if i % 11 == 0:
            p = np.round((p - 0.4) * 10.0 ** rng.integers(-3, 6), 6)
        truth = p if i % 11 else np.full(n, 0.4)
        y = (rng.random(n) < np.clip(truth * 0.8 + 0.1, 0, 1)).astype(int)
        if i % 13 == 0:  # the wrong way round
            y = 1 - y
        w = None if i % 3 else np.round(np.exp(rng.normal(0, 0.7, n)), 3) + 0.001
        ones = np.ones(n) if w is None else w
        at = np.r_[rng.choice(p, 2), np.round(rng.uniform(p.min(), p.max(), 3), 6),
                   p.min() - 0.0001, p.max() + 0.0001]
        if not plain:
            at = np.clip(at, 1e-6, 1 - 1e-6)
        file.write(f"case random {i}\nlabel {numbers(y)}\nscore {numbers(p)}\n")
        if w is not None:
            file.write(f"weight {numbers(w)}\n")
        file.write(f"at {numbers(at)}\n")
        out = {"isotonic": IsotonicRegression(out_of_bounds="clip").fit(
            p, y, sample_weight=ones).predict(at)}
        slope, intercept = platt(y, p, ones)
        out["platt"] = logistic(slope * at + intercept)
        if not plain:
            slope, intercept = platt(y, logit(p), ones)
            out["platt_of_logit"] = logistic(slope * logit(at) + intercept)
            t = temperature(y, p, ones)
            out["temperature"] = np.r_[t, logistic(logit(at) / t)]
            apart = p[y == 1].min(initial=2) >= p[y == 0].max(initial=-1) or \
                p[y == 1].max(initial=-1) <= p[y == 0].min(initial=2)
            if not apart:
                a, b, c = beta(y, p, ones)
                out["beta"] = logistic(a * np.log(at) - b * np.log1p(-at) + c)
        for key, values in out.items():
            file.write(f"{key} {' '.join(repr(float(v)) for v in values)}\n")
