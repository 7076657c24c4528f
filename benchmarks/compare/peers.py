"""Times scikit-learn and SciPy on arrays that leeway_bench wrote, and prints what they answered.

usage: peers.py DIR JOB [JOB ...]      one line a job: name seconds answer [answer ...]

Arrays are raw little-endian files in DIR. Each job runs once uncounted, then five times; the median counts.
"""
import statistics
import sys
import time

import numpy as np


def load(folder, name, dtype):
    return np.fromfile(f"{folder}/{name}", dtype=dtype)


def auc(folder):
    from sklearn.metrics import roc_auc_score

    label, score = load(folder, "label.i32", np.int32), load(folder, "score.f64", np.float64)
    return lambda: (roc_auc_score(label, score),)


def accuracy_f1(folder):
    from sklearn.metrics import accuracy_score, f1_score

    label, prediction = load(folder, "label.i32", np.int32), load(folder, "prediction.i32", np.int32)
    return lambda: (accuracy_score(label, prediction), f1_score(label, prediction))


def average_precision(folder):
    from sklearn.metrics import average_precision_score

    label, score = load(folder, "label.i32", np.int32), load(folder, "score.f64", np.float64)
    return lambda: (average_precision_score(label, score),)


def log_loss_and_brier(folder):
    from sklearn.metrics import brier_score_loss, log_loss as peer

    label, score = load(folder, "label.i32", np.int32), load(folder, "score.f64", np.float64)
    return lambda: (peer(label, score), brier_score_loss(label, score))


def mean_squared_error(folder):
    from sklearn.metrics import mean_squared_error as peer

    target, prediction = load(folder, "target.f64", np.float64), load(folder, "estimate.f64", np.float64)
    return lambda: (peer(target, prediction),)


def regression(folder):
    from sklearn.metrics import mean_absolute_error, mean_squared_error as squared, r2_score

    target, prediction = load(folder, "target.f64", np.float64), load(folder, "estimate.f64", np.float64)
    return lambda: (squared(target, prediction), mean_absolute_error(target, prediction), r2_score(target, prediction))


def kolmogorov_smirnov(folder):
    from scipy.stats import ks_2samp

    a, b = load(folder, "target.f64", np.float64), load(folder, "estimate.f64", np.float64)
    return lambda: (ks_2samp(a, b, method="asymp").statistic,)


def chi_squared(folder):
    from scipy.stats import chi2_contingency

    a, b = load(folder, "label.i32", np.int32), load(folder, "prediction.i32", np.int32)
    return lambda: (chi2_contingency([np.bincount(a), np.bincount(b)], correction=False)[0],)


def ndcg_of_20(folder):
    from sklearn.metrics import ndcg_score

    relevance = load(folder, "relevance.f64", np.float64).reshape(-1, 20)
    score = load(folder, "rank_score.f64", np.float64).reshape(-1, 20)
    return lambda: (ndcg_score(relevance, score, k=10),)


JOBS = {job.__name__: job for job in (auc, accuracy_f1, average_precision, log_loss_and_brier, mean_squared_error,
                                      regression, kolmogorov_smirnov, chi_squared, ndcg_of_20)}

if __name__ == "__main__":
    folder, names = sys.argv[1], sys.argv[2:]
    for name in names:
        job = JOBS[name](folder)
        answer = job()
        times = []
        for _ in range(5):
            start = time.perf_counter()
            job()
            times.append(time.perf_counter() - start)
        print(name, repr(statistics.median(times)), *(repr(float(a)) for a in answer), flush=True)
