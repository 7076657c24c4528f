#!/usr/bin/python3
"""Writes metrics_splits.txt and metrics_splits_of_tied_groups.txt beside itself: the indices of scikit-learn's splitters, unshuffled.

    case NAME
    splitter k_fold        or stratified_k_fold, group_k_fold, stratified_group_k_fold, time_series
    rows, folds            and gap, most, tested of a time series
    label, group           the columns
    train, test            of each split, "first-last" for a run of rows, splits parted by " | "

More than 16 groups have sizes of their own in group_k_fold: equal ones scikit-learn orders as NumPy's
unstable sort leaves them, which depends on NumPy's version and the processor. Of such the sizes of the
folds, which do not, are in metrics_splits_of_tied_groups.txt.

Run: /usr/bin/python3 splits.py     (scikit-learn, NumPy; seed 20260924)
"""
import os
import platform
import warnings

import numpy as np
import sklearn
from sklearn import model_selection as ms

warnings.filterwarnings("ignore")
rng = np.random.default_rng(20260924)
here = os.path.dirname(os.path.abspath(__file__))


def runs(indices):
    out, indices = [], [int(i) for i in indices]
    assert indices == sorted(indices)
    start = previous = None
    for i in indices:
        if previous is not None and i == previous + 1:
            previous = i
            continue
        if start is not None:
            out.append((start, previous))
        start = previous = i
    if start is not None:
        out.append((start, previous))
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in out)


with open(os.path.join(here, "metrics_splits.txt"), "w") as out:
    out.write(f"# splits.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")

    def case(name, splitter, make, rows, settings, label=None, group=None):
        splits = list(make.split(np.zeros(rows), label, group))
        out.write(f"case {name}\nsplitter {splitter}\nrows {rows}\n")
        for key, value in settings.items():
            out.write(f"{key} {value}\n")
        for key, column in (("label", label), ("group", group)):
            if column is not None:
                out.write(f"{key} {' '.join(str(int(v)) for v in column)}\n")
        out.write("test " + " | ".join(runs(test) for _, test in splits) + "\n")
        if splitter == "time_series":
            out.write("train " + " | ".join(runs(train) for train, _ in splits) + "\n")
        else:
            for train, test in splits:
                assert sorted([*train, *test]) == list(range(rows))

    for i in range(60):
        rows = int(rng.integers(2, 60))
        folds = int(rng.integers(2, min(rows, 12) + 1))
        case(f"k_fold {i}", "k_fold", ms.KFold(folds), rows, {"folds": folds})
    for i in range(90):
        rows = int(rng.integers(6, 70))
        classes = int(rng.integers(1, 7))
        label = np.sort(rng.integers(-2, classes, rows)) if i % 5 == 0 else rng.integers(0, classes, rows)
        folds = int(rng.integers(2, max(2, np.bincount(label + 2).max()) + 1))
        case(f"stratified {i}", "stratified_k_fold", ms.StratifiedKFold(folds), rows, {"folds": folds}, label)
    for i in range(80):
        kinds = int(rng.integers(2, 16)) if i % 2 == 0 else int(rng.integers(17, 30))
        if i % 2 == 0:
            group = np.concatenate([np.arange(kinds), rng.integers(0, kinds, int(rng.integers(0, 50)))])
        else:
            group = np.repeat(np.arange(kinds), rng.permutation(kinds) + 1)[:]
        group = rng.permutation(group) * int(rng.choice([1, -7]))
        folds = int(rng.integers(2, min(kinds, 9) + 1))
        case(f"group {i}", "group_k_fold", ms.GroupKFold(folds), len(group), {"folds": folds}, None, group)
    for i in range(90):
        rows = int(rng.integers(20, 90))
        kinds = int(rng.integers(4, 20))
        classes = int(rng.choice([1, 2, 3, 4, 9, 12]))
        group = np.concatenate([np.arange(kinds), rng.integers(0, kinds, rows)])
        label = rng.integers(0, classes, len(group))
        folds = int(rng.integers(2, min(kinds, 6, np.bincount(label).max()) + 1))
        case(f"stratified group {i}", "stratified_group_k_fold", ms.StratifiedGroupKFold(folds), len(group),
             {"folds": folds}, label, group)
    made = 0
    while made < 60:
        rows = int(rng.integers(3, 80))
        folds = int(rng.integers(2, 8))
        gap = int(rng.choice([0, 0, 1, rng.integers(0, 12)]))
        most = int(rng.choice([0, rng.integers(1, 30)]))
        tested = int(rng.choice([0, rng.integers(1, 10)]))
        make = ms.TimeSeriesSplit(folds, max_train_size=most or None, test_size=tested or None, gap=gap)
        try:
            list(make.split(np.zeros(rows)))
        except ValueError:
            continue
        case(f"time {made}", "time_series", make, rows, {"folds": folds, "gap": gap, "most": most, "tested": tested})
        made += 1
    for i in range(12):  # beyond 128 classes NumPy adds by halves
        classes = [129, 130, 136, 150, 200, 256, 257, 300, 129, 200, 264, 400][i]
        kinds, folds = int(rng.integers(4, 9)), int(rng.integers(2, 4))
        label = np.concatenate([np.arange(classes), rng.integers(0, classes, 100), np.repeat(rng.integers(0, classes), folds)])
        group = rng.integers(0, kinds, len(label))
        group[:kinds] = np.arange(kinds)
        case(f"many classes {i}", "stratified_group_k_fold", ms.StratifiedGroupKFold(folds), len(group),
             {"folds": folds}, label, group)

with open(os.path.join(here, "metrics_splits_of_tied_groups.txt"), "w") as out:
    out.write(f"# splits.py: scikit-learn {sklearn.__version__}, NumPy {np.__version__}, Python {platform.python_version()}\n")
    for i in range(40):
        kinds = int(rng.integers(17, 40))
        sizes = rng.integers(1, 5, kinds) if i % 2 else np.r_[2, np.arange(2, kinds + 1)]
        group = rng.permutation(np.repeat(np.arange(kinds), sizes))
        folds = int(rng.integers(2, 7))
        found = [len(test) for _, test in ms.GroupKFold(folds).split(group, None, group)]
        out.write(f"case tied {i}\nfolds {folds}\ngroup {' '.join(map(str, group))}\nsizes {' '.join(map(str, found))}\n")
