#!/usr/bin/python3
"""Files for tests/cli and what scikit-learn, SciPy and NumPy say about them.

Run in this folder: ./make.py. Writes *.csv and expected.inc. The files hold text labels, ties,
weights, slices, missing cells and quoted names on purpose.
"""
import csv
import random

import numpy as np
import scipy
import sklearn
from scipy import stats
from sklearn import metrics as m

rng = random.Random(20240611)
expected = []  # (arguments, path in the JSON, value)


def write(name, header, rows):
    with open(name, "w", newline="") as out:
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def expect(arguments, path, value):
    expected.append((arguments, path, float(value)))


# ---- binary: text labels, scores with ties, weights, a slice column with a missing value
rows = []
for i in range(240):
    positive = rng.random() < 0.4
    score = round(min(max(rng.gauss(0.62 if positive else 0.38, 0.2), 0), 1), 2)
    weight = round(rng.uniform(0.5, 3), 3)
    group = rng.choice(["north", "south, east", "west", ""])
    rows.append(["yes" if positive else "no", score, "yes" if score >= 0.45 else "no", weight,
                 group, int(positive)])
write("binary.csv", ["outcome", "score", "decided", "weight", "region", "y"], rows)


def ece(y, p, w):
    total = 0.0
    for b in range(10):
        inside = (np.minimum((p * 10).astype(int), 9) == b)
        if inside.any():
            total += abs(np.sum(w[inside] * (p[inside] - y[inside])))
    return total / np.sum(w)


def binary(arguments, prefix, chosen, weighted, threshold):
    y = np.array([r[5] for r in chosen])
    p = np.array([r[1] for r in chosen])
    w = np.array([r[3] for r in chosen]) if weighted else np.ones(len(chosen))
    d = (p >= threshold).astype(int)
    put = lambda key, value: expect(arguments, f"{prefix}metrics.{key}.value", value)
    put("accuracy", m.accuracy_score(y, d, sample_weight=w))
    put("precision", m.precision_score(y, d, sample_weight=w))
    put("recall", m.recall_score(y, d, sample_weight=w))
    put("f1", m.f1_score(y, d, sample_weight=w))
    put("specificity", m.recall_score(y, d, pos_label=0, sample_weight=w))
    put("balanced_accuracy", m.balanced_accuracy_score(y, d, sample_weight=w))
    put("matthews_correlation", m.matthews_corrcoef(y, d, sample_weight=w))
    put("roc_auc", m.roc_auc_score(y, p, sample_weight=w))
    put("brier_score", m.brier_score_loss(y, p, sample_weight=w))
    put("expected_calibration_error", ece(y, p, w))
    inner = (p > 0) & (p < 1)
    if inner.all():
        put("log_loss", m.log_loss(y, p, sample_weight=w))


whole = "evaluate binary.csv --task binary --label outcome --positive yes --score score"
binary(whole, "", rows, False, 0.5)
expect(whole, "rows", 240)
binary(whole + " --weight weight --threshold 0.45", "", rows, True, 0.45)
sliced = whole + " --slice region"
for i, group in enumerate(["north", "south, east", "west", ""]):
    chosen = [r for r in rows if r[4] == group]
    binary(sliced, f"slices.{i}.", chosen, False, 0.5)
    expect(sliced, f"slices.{i}.rows", len(chosen))
decided = "evaluate binary.csv --task binary --label outcome --positive yes --prediction decided"
y = np.array([r[5] for r in rows])
d = np.array([r[2] == "yes" for r in rows]).astype(int)
expect(decided, "metrics.f1.value", m.f1_score(y, d))
expect(decided, "metrics.accuracy.value", m.accuracy_score(y, d))
expect(decided, "metrics.matthews_correlation.value", m.matthews_corrcoef(y, d))
inverted = "evaluate binary.csv --task binary --label outcome --positive no --prediction decided"
expect(inverted, "metrics.f1.value", m.f1_score(1 - y, 1 - d))

# ---- multiclass: probabilities by name, in another order than the classes
names = ["setosa", "versicolor", "virginica"]
rows = []
for i in range(210):
    truth = rng.randrange(3)
    raw = [rng.random() + (0.9 if k == truth else 0.05) for k in range(3)]
    p = [round(v / sum(raw), 3) for v in raw]
    p[0] = round(1 - p[1] - p[2], 3)
    predicted = names[max(range(3), key=lambda k: (p[k], -k))]
    rows.append([names[truth], p[2], p[0], p[1], predicted, truth])
write("multiclass.csv", ["species", "p_virginica", "p_setosa", "p_versicolor", "guess", "code"],
      rows)
y = np.array([r[5] for r in rows])
p = np.array([[r[2], r[3], r[1]] for r in rows])
d = p.argmax(axis=1)
scored = "evaluate multiclass.csv --task multiclass --label species --score p_virginica,p_setosa,p_versicolor"
guessed = "evaluate multiclass.csv --task multiclass --label species --prediction guess"
guess = np.array([names.index(r[4]) for r in rows])
for arguments, decision in ((scored, d), (guessed, guess)):
    put = lambda key, value: expect(arguments, f"metrics.{key}.value", value)
    put("accuracy", m.accuracy_score(y, decision))
    put("balanced_accuracy", m.balanced_accuracy_score(y, decision))
    put("matthews_correlation", m.matthews_corrcoef(y, decision))
    for average in ("micro", "macro", "weighted"):
        put(f"precision_{average}", m.precision_score(y, decision, average=average))
        put(f"recall_{average}", m.recall_score(y, decision, average=average))
        put(f"f1_{average}", m.f1_score(y, decision, average=average))
expect(scored, "metrics.log_loss.value", m.log_loss(y, p))
expect(scored, "metrics.roc_auc_macro.value",
       m.roc_auc_score(y, p / p.sum(axis=1, keepdims=True), multi_class="ovr", average="macro"))

# ---- regression: weights, one target missing, one prediction infinite
rows = []
for i in range(150):
    truth = round(rng.gauss(20, 8), 2)
    rows.append([truth, round(truth + rng.gauss(0.5, 3), 3), round(rng.uniform(0.1, 2), 2)])
rows[17][0] = "NA"
rows[40][1] = "inf"
write("regression.csv", ["target", "predicted", "weight"], rows)
kept = [r for r in rows if r[0] != "NA" and r[1] != "inf"]
y, p, w = (np.array([r[k] for r in kept]) for k in range(3))
plain = "evaluate regression.csv --task regression --label target --prediction predicted"
for arguments, weight in ((plain, None), (plain + " --weight weight", w)):
    put = lambda key, value: expect(arguments, f"metrics.{key}.value", value)
    put("mean_squared_error", m.mean_squared_error(y, p, sample_weight=weight))
    put("root_mean_squared_error", m.mean_squared_error(y, p, sample_weight=weight) ** 0.5)
    put("mean_absolute_error", m.mean_absolute_error(y, p, sample_weight=weight))
    put("r_squared", m.r2_score(y, p, sample_weight=weight))
expect(plain, "rows", 150)
expect(plain, "rejected.missing", 1)
expect(plain, "rejected.non_finite", 1)

# ---- drift: numbers with missing cells and ties, categories with a new one, codes told to be
# categories, a constant, a column that is all missing in one file
def part(n, shift, countries):
    out = []
    for i in range(n):
        amount = "" if rng.random() < 0.1 else round(rng.gauss(10 + shift, 4), 1)
        out.append([amount, rng.choice(countries), rng.choice([1, 2, 3, 4]), "7", rng.gauss(0, 1)])
    return out


ref = part(260, 0, ["DE", "FR", "IT", "US"])
cur = part(190, 1.5, ["DE", "FR", "FR", "IT", "PL"])
for r in cur:
    r[2] = f"{r[2]}.0"  # codes that another tool wrote as floats
    r.append("x")
for r in ref:
    r.append(1)
for r in ref:
    r[5] = ""
write("drift_reference.csv", ["amount", "country", "code", "constant", "noise", "empty"], ref)
write("drift_current.csv", ["noise", "amount", "country", "code", "constant", "empty", "extra"],
      [[r[4], r[0], r[1], r[2], r[3], r[5], i] for i, r in enumerate(cur)])
arguments = "drift drift_reference.csv drift_current.csv --categorical code"


def ks(name, place):
    a = np.array([float(r[place]) for r in ref if r[place] != ""])
    b = np.array([float(r[place]) for r in cur if r[place] != ""])
    result = stats.ks_2samp(a, b)
    base = f"columns.{name}"
    expect(arguments, f"{base}.n_reference", len(a))
    expect(arguments, f"{base}.n_current", len(b))
    expect(arguments, f"{base}.missing_reference", len(ref) - len(a))
    expect(arguments, f"{base}.missing_current", len(cur) - len(b))
    expect(arguments, f"{base}.tests.kolmogorov_smirnov.statistic", result.statistic)
    expect(arguments, f"{base}.tests.kolmogorov_smirnov.p_value", result.pvalue)


def chi2(name, a, b):
    categories = sorted(set(a) | set(b))
    table = [[side.count(c) for c in categories] for side in (a, b)]
    result = stats.chi2_contingency(table)
    expect(arguments, f"columns.{name}.tests.chi_squared.statistic", result[0])
    expect(arguments, f"columns.{name}.tests.chi_squared.p_value", result[1])


ks("amount", 0)
ks("noise", 4)
chi2("country", [r[1] for r in ref], [r[1] for r in cur])
chi2("code", [float(r[2]) for r in ref], [float(r[2]) for r in cur])

with open("expected.inc", "w") as out:
    out.write(f"// Written by make.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
              f"NumPy {np.__version__}. Do not edit.\n")
    for row_arguments, path, value in expected:
        text = row_arguments.replace('"', '\\"')
        out.write(f'{{"{text}",\n "{path}", {value!r}}},\n')
print(len(expected), "figures")
