#!/usr/bin/python3
"""Writes metrics_regression_outputs.txt beside itself: small regressions with several outputs, and
scikit-learn 1.2.1's aggregates of them. Targets and predictions stand row by row; an output whose
target is constant is left out of the averages, as scikit-learn computes them of the others.

Run: /usr/bin/python3 regression_outputs.py     (scikit-learn 1.2.1, NumPy 1.24, seed 20261104)
"""
import os

import numpy as np
from sklearn import metrics as sk

rng = np.random.default_rng(20261104)
here = os.path.dirname(os.path.abspath(__file__))


def numbers(column):
    return " ".join(repr(float(v)) for v in np.ravel(column))


with open(os.path.join(here, "metrics_regression_outputs.txt"), "w") as file:
    file.write("# regression_outputs.py\n")
    for i in range(310):
        n, k = int(rng.integers(2, 9)), int(rng.integers(1, 5))
        scale = 10.0 ** rng.integers(-3, 4, k) if i % 3 == 0 else np.ones(k)
        y = np.round(rng.normal(size=(n, k)), 2) * scale
        m = np.round(y + rng.choice([0.1, 1, 3]) * scale * rng.normal(size=(n, k)), 4)
        y[0] += 0.3 * scale  # no constant target by chance
        if i % 7 == 3:
            y[:, -1] = y[0, -1]
        w = None if i % 3 != 1 else rng.integers(1, 5, n).astype(float)
        file.write(f"case random {i}\noutputs {k}\ntarget {numbers(y)}\nprediction {numbers(m)}\n")
        if w is not None:
            file.write(f"weight {numbers(w)}\n")
        kept = [c for c in range(k) if len(set(y[:, c])) > 1]
        for key, judge, options in (
                ("mean_squared_error", sk.mean_squared_error, {}),
                ("root_mean_squared_error", sk.mean_squared_error, {"squared": False}),
                ("mean_absolute_error", sk.mean_absolute_error, {})):
            for form in ("raw_values", "uniform_average"):
                value = judge(y, m, sample_weight=w, multioutput=form, **options)
                file.write(f"{key}_{form} {numbers(value)}\n")
        for key, judge in (("r_squared", sk.r2_score),
                           ("explained_variance", sk.explained_variance_score)):
            for form in ("uniform_average", "variance_weighted"):
                value = "undefined constant target"
                if kept:
                    value = repr(float(judge(y[:, kept], m[:, kept], sample_weight=w,
                                             multioutput=form)))
                file.write(f"{key}_{form} {value}\n")
