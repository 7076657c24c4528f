#!/usr/bin/python3
"""Files for tests/cli and what scikit-learn, SciPy and NumPy say about them.

Run in this folder: ./make.py. Writes *.csv and expected.inc. The files hold text labels, ties,
weights, slices, missing cells and quoted names on purpose.
"""
import csv
import random

import numpy as np
import scipy
import scipy.special
import sklearn
from scipy import stats
from sklearn import metrics as m
from sklearn.isotonic import IsotonicRegression
from sklearn.model_selection import StratifiedKFold

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
scored_classes = scored
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
expect(scored, "metrics.roc_auc_micro.value",
       m.roc_auc_score(y, p, multi_class="ovr", average="micro"))

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

# ---- groups: the regions of binary.csv, compared
rows = [r for r in csv.reader(open("binary.csv"))][1:]
grouped = whole + " --group region"
labels = {name: [] for name in ("north", "south, east", "west")}
for outcome, score, decided_as, weight, group, y in rows:
    if group:
        labels[group].append((int(y), int(float(score) >= 0.5), float(score)))
rates = {name: [] for name in ("predicted_positive_rate", "recall", "false_positive_rate",
                               "precision", "accuracy")}
gaps = []
for i, (group, members) in enumerate(sorted(labels.items())):
    y, d, s = (np.array(v) for v in zip(*members))
    tn, fp, fn, tp = m.confusion_matrix(y, d).ravel()
    for name, value in (("predicted_positive_rate", d.mean()), ("recall", m.recall_score(y, d)),
                        ("false_positive_rate", fp / (fp + tn)),
                        ("precision", m.precision_score(y, d)),
                        ("accuracy", m.accuracy_score(y, d))):
        rates[name].append(value)
        expect(grouped, f"between_groups.groups.{i}.metrics.{name}.value", value)
    gaps.append(s.mean() - y.mean())
    expect(grouped, f"between_groups.groups.{i}.weight", len(members))
    expect(grouped, f"between_groups.groups.{i}.metrics.calibration_gap.value", gaps[-1])
spread = lambda name: max(rates[name]) - min(rates[name])
share = lambda name: min(rates[name]) / max(rates[name])
for key, names in (("demographic_parity", ["predicted_positive_rate"]),
                   ("equal_opportunity", ["recall"]),
                   ("equalised_odds", ["recall", "false_positive_rate"]),
                   ("predictive_parity", ["precision"]), ("accuracy_parity", ["accuracy"])):
    base = f"between_groups.metrics.{key}"
    expect(grouped, base + "_difference.value", max(spread(name) for name in names))
    expect(grouped, base + "_ratio.value", min(share(name) for name in names))
expect(grouped, "between_groups.metrics.group_calibration_gap.value", max(map(abs, gaps)))
expect(grouped, "between_groups.rejected.missing", sum(1 for r in rows if not r[4]))

# ---- multilabel: three labels a row, scores without ties, one row without a label, weights
topics = ["news", "sport", "art"]
rows = []
for i in range(120):
    truth = [int(rng.random() < p) for p in (0.5, 0.3, 0.4)]
    if i > 0 and sum(truth) in (0, 3):
        truth = [1, 0, 0] if i % 2 else [0, 1, 1]
    if i == 0:
        truth = [0, 0, 0]
    scores = [round(min(max(rng.gauss(0.65 if t else 0.35, 0.22), 0), 1), 6) for t in truth]
    rows.append(truth + scores + [int(s >= 0.4) for s in scores] + [round(rng.uniform(0.5, 2), 2)])
write("multilabel.csv", topics + ["p_" + t for t in topics] + ["said_" + t for t in topics] +
      ["weight"], rows)
data = np.array(rows)
y, s, said, w = data[:, :3].astype(int), data[:, 3:6], data[:, 6:9].astype(int), data[:, 9]
columns = lambda prefix: ",".join(prefix + t for t in topics)
scored = f"evaluate multilabel.csv --task multilabel --label {columns('')} --score {columns('p_')}"
both = (f"{scored} --prediction {columns('said_')} --weight weight --without-relevant one")
for arguments, d, weight in ((scored, (s >= 0.5).astype(int), None), (both, said, w)):
    put = lambda key, value: expect(arguments, f"metrics.{key}.value", value)
    put("exact_match", m.accuracy_score(y, d, sample_weight=weight))
    put("hamming_loss", m.hamming_loss(y, d, sample_weight=weight))
    for key, function in (("precision", m.precision_score), ("recall", m.recall_score),
                          ("f1", m.f1_score), ("jaccard", m.jaccard_score)):
        for average in ("micro", "macro", "weighted"):
            put(f"{key}_{average}", function(y, d, average=average, sample_weight=weight))
        each = function(y, d, average=None, sample_weight=weight)
        for i in range(3):
            expect(arguments, f"labels.{i}.metrics.{key}.value", each[i])
    # A row without a label has no recall, and is no row of perfect ranking: left out.
    has = y.sum(axis=1) > 0
    inner = lambda v: None if v is None else v[has]
    put("recall_samples", m.recall_score(y[has], d[has], average="samples", zero_division=0,
                                         sample_weight=inner(weight)))
    for average in ("micro", "macro", "weighted"):
        put(f"roc_auc_{average}", m.roc_auc_score(y, s, average=average, sample_weight=weight))
        put(f"average_precision_{average}",
            m.average_precision_score(y, s, average=average, sample_weight=weight))
    for i in range(3):
        put_label = lambda key, value: expect(arguments, f"labels.{i}.metrics.{key}.value", value)
        put_label("roc_auc", m.roc_auc_score(y[:, i], s[:, i], sample_weight=weight))
        put_label("average_precision",
                  m.average_precision_score(y[:, i], s[:, i], sample_weight=weight))
kept = lambda v: v[has]
expect(scored, "metrics.label_ranking_average_precision.value",
       m.label_ranking_average_precision_score(kept(y), kept(s)))
expect(scored, "metrics.coverage_error.value", m.coverage_error(kept(y), kept(s)))
expect(scored, "metrics.label_ranking_loss.value", m.label_ranking_loss(kept(y), kept(s)))
expect(scored, "skipped", 1)
expect(both, "metrics.label_ranking_average_precision.value",
       m.label_ranking_average_precision_score(y, s, sample_weight=w))
expect(both, "skipped", 0)

# ---- calibrate: isotonic regression out of fold, then the saved fit applied to all rows
rows = [r for r in csv.reader(open("binary.csv"))][1:]
y = np.array([int(r[5]) for r in rows])
p = np.array([float(r[1]) for r in rows])
fold = IsotonicRegression(y_min=0, y_max=1, out_of_bounds="clip")
q = np.empty(len(y))
for train, test in StratifiedKFold(5).split(p, y):
    q[test] = fold.fit(p[train], y[train]).predict(p[test])
arguments = ("calibrate binary.csv --label outcome --positive yes --score score --method isotonic "
             "--out {scratch}/isotonic")
one = np.ones(len(y))
expect(arguments, "metrics.brier_score.before.value", m.brier_score_loss(y, p))
expect(arguments, "metrics.brier_score.after.value", m.brier_score_loss(y, q))
expect(arguments, "metrics.brier_score.difference.value",
       m.brier_score_loss(y, q) - m.brier_score_loss(y, p))
expect(arguments, "metrics.expected_calibration_error.after.value", ece(y, q, one))
arguments = whole + " --calibrator {scratch}/isotonic"
q = fold.fit(p, y).predict(p)
expect(arguments, "metrics.brier_score.value", m.brier_score_loss(y, q))
expect(arguments, "metrics.roc_auc.value", m.roc_auc_score(y, q))
expect(arguments, "metrics.f1.value", m.f1_score(y, q >= 0.5))

# ---- margins, costs, k of top-k, the best threshold
arguments = whole + " --margins --threshold 0.45 --costs '0,1;5,0'"
d = (p >= 0.45).astype(int)
tn, fp, fn, tp = m.confusion_matrix(y, d).ravel()
expect(arguments, "metrics.hinge_loss.value", m.hinge_loss(2 * y - 1, p))
expect(arguments, "metrics.accuracy.value", m.accuracy_score(y, d))
expect(arguments, "metrics.roc_auc.value", m.roc_auc_score(y, p))
expect(arguments, "metrics.expected_cost_0_1_5_0.value", (fp + 5 * fn) / len(y))
for i, count in enumerate((tn, fp, fn, tp)):
    expect(arguments, f"confusion.rows.{i // 2}.{i % 2}", count)
precision, recall, cuts = m.precision_recall_curve(y, p)
expect(whole + " --best-threshold f1", "best_threshold.value",
       max(2 * precision * recall / (precision + recall)))
fpr, tpr, cuts = m.roc_curve(y, p, drop_intermediate=False)
expect(whole + " --best-threshold youden", "best_threshold.value", max(tpr - fpr))
expect(whole + " --best-threshold youden", "best_threshold.threshold", cuts[np.argmax(tpr - fpr)])
expect(whole + " --best-threshold mcc", "best_threshold.value",
       max(m.matthews_corrcoef(y, p >= c) for c in cuts))
positives, negatives = y.sum(), (1 - y).sum()
expect(whole + " --best-threshold cost:1:4", "best_threshold.value",
       min(fpr * negatives + 4 * (1 - tpr) * positives) / len(y))
d = (p >= 0.5).astype(int)
arguments = whole + " --thorough"
expect(arguments, "metrics.f_beta_2.value", m.fbeta_score(y, d, beta=2))
expect(arguments, "metrics.balanced_accuracy_adjusted.value",
       m.balanced_accuracy_score(y, d, adjusted=True))
expect(arguments, "metrics.pr_auc_trapezoid.value", m.auc(recall, precision))
rows = [r for r in csv.reader(open("multiclass.csv"))][1:]
y = np.array([int(r[5]) for r in rows])
p = np.array([[float(r[2]), float(r[3]), float(r[1])] for r in rows])
arguments = scored_classes + " --margins --at 1,2"
expect(arguments, "metrics.hinge_loss.value", m.hinge_loss(y, p, labels=[0, 1, 2]))
expect(arguments, "metrics.top_1_accuracy.value", m.accuracy_score(y, p.argmax(axis=1)))
expect(arguments, "metrics.top_2_accuracy.value", m.top_k_accuracy_score(y, p, k=2))
cost = np.array([[0, 1, 2], [3, 0, 4], [5, 6, 0]])
arguments = scored_classes + " --costs '0,1,2;3,0,4;5,6,0'"
expect(arguments, "metrics.expected_cost_92bdd0f0.value",
       np.mean([cost[a, b] for a, b in zip(y, p.argmax(axis=1))]))

# ---- figures with a parameter, and those of each class against the rest
rows = [r for r in csv.reader(open("binary.csv"))][1:]
y = np.array([int(r[5]) for r in rows])
p = np.array([float(r[1]) for r in rows])
d = (p >= 0.5).astype(int)
arguments = (whole + " --beta 3,0.25 --at-precision 0.7 --at-recall 0.8 --at-specificity 0.75 "
             "--max-fpr 0.25 --bins 15")
put = lambda key, value: expect(arguments, f"metrics.{key}.value", value)
put("f_beta_3", m.fbeta_score(y, d, beta=3))
put("f_beta_0.25", m.fbeta_score(y, d, beta=0.25))
precision, recall, cuts = m.precision_recall_curve(y, p)
put("recall_at_precision_0.7", max(recall[precision >= 0.7]))
put("precision_at_recall_0.8", max(precision[recall >= 0.8]))
put("threshold_at_recall_0.8", max(cuts[recall[:-1] >= 0.8]))
fpr, tpr, cuts = m.roc_curve(y, p, drop_intermediate=False)
put("sensitivity_at_specificity_0.75", max(tpr[fpr <= 0.25]))
put("partial_roc_auc_0.25", m.roc_auc_score(y, p, max_fpr=0.25))


def gaps(place, bins):
    """Share and gap of each bin that has rows."""
    inside = [place == b for b in range(bins)]
    return np.array([[i.mean(), abs((p[i] - y[i]).mean())] for i in inside if i.any()]).T


share, gap = gaps(np.minimum((p * 15).astype(int), 14), 15)
put("expected_calibration_error_15", (share * gap).sum())
put("maximum_calibration_error_15", gap.max())
put("root_mean_squared_calibration_error_15", np.sqrt((share * gap ** 2).sum()))
# Equal mass: rows of one score stay together, in the bin of the middle of their ranks.
middle = np.array([(p < v).mean() + (p == v).mean() / 2 for v in p])
share, gap = gaps((middle * 15 * (1 + 1e-12)).astype(int), 15)
put("adaptive_expected_calibration_error_15", (share * gap).sum())
put("adaptive_maximum_calibration_error_15", gap.max())
put("adaptive_root_mean_squared_calibration_error_15", np.sqrt((share * gap ** 2).sum()))


def against_the_rest(arguments, part, truth, decision, weight=None):
    """Of columns of 0 and 1, one a class or label."""
    support = np.average(truth, axis=0, weights=weight)
    figures = {key: [] for key in ("matthews_correlation", "cohen_kappa", "balanced_accuracy",
                                   "informedness", "markedness", "fowlkes_mallows")}
    for i in range(truth.shape[1]):
        t, d = truth[:, i], decision[:, i]
        put = lambda key, value: expect(arguments, f"{part}.{i}.metrics.{key}.value", value)
        ppv, npv = (m.precision_score(t, d, pos_label=k, sample_weight=weight) for k in (1, 0))
        values = [m.matthews_corrcoef(t, d, sample_weight=weight),
                  m.cohen_kappa_score(t, d, sample_weight=weight),
                  m.balanced_accuracy_score(t, d, sample_weight=weight),
                  m.balanced_accuracy_score(t, d, sample_weight=weight, adjusted=True),
                  ppv + npv - 1, np.sqrt(ppv * m.recall_score(t, d, sample_weight=weight))]
        for key, value in zip(figures, values):
            figures[key].append(value)
            put(key, value)
        up, down = m.class_likelihood_ratios(t, d, sample_weight=weight)
        put("positive_likelihood_ratio", up)
        put("negative_likelihood_ratio", down)
        put("diagnostic_odds_ratio", up / down)
    for key, values in figures.items():
        expect(arguments, f"metrics.{key}_macro.value", np.mean(values))
        expect(arguments, f"metrics.{key}_weighted.value", np.average(values, weights=support))


rows = [r for r in csv.reader(open("multiclass.csv"))][1:]
y = np.array([int(r[5]) for r in rows])
species = ["setosa", "versicolor", "virginica"]
guess = np.array([species.index(r[4]) for r in rows])
guess = np.where(np.arange(len(y)) % 5 == 0, (guess + 1) % 3, guess)  # some are wrong
write("decided.csv", ["species", "guess"], [[r[0], species[g]] for r, g in zip(rows, guess)])
arguments = "evaluate decided.csv --task multiclass --label species --prediction guess --thorough --beta 2"
eye = np.eye(3, dtype=int)
against_the_rest(arguments, "classes", eye[y], eye[guess])
expect(arguments, "metrics.balanced_accuracy_adjusted.value",
       m.balanced_accuracy_score(y, guess, adjusted=True))
for average in ("micro", "macro", "weighted"):
    expect(arguments, f"metrics.f_beta_2_{average}.value",
           m.fbeta_score(y, guess, beta=2, average=average))
data = np.array([[float(v) for v in r] for r in list(csv.reader(open("multilabel.csv")))[1:]])
truth, said, w = data[:, :3].astype(int), data[:, 6:9].astype(int), data[:, 9]
arguments = (f"evaluate multilabel.csv --task multilabel --label {columns('')} --prediction "
             f"{columns('said_')} --weight weight --thorough --beta 0.5")
against_the_rest(arguments, "labels", truth, said, w)
expect(arguments, "metrics.f_beta_0.5_macro.value",
       m.fbeta_score(truth, said, beta=0.5, average="macro", sample_weight=w))
kept = [r for r in csv.reader(open("regression.csv"))][1:]
kept = [r for r in kept if r[0] != "NA" and r[1] != "inf"]
error = np.array([float(r[1]) - float(r[0]) for r in kept])
expect(plain + " --huber 2", "metrics.huber_loss_2.value",
       np.mean(scipy.special.huber(2, error)))

# ---- ranking: queries with weights, graded relevance, no ties in the scores
rows = []
for q in range(40):
    weight = round(rng.uniform(0.5, 2), 2)
    for i in range(rng.randrange(3, 12)):
        g = rng.choice([0, 0, 1, 2, 3]) if i else 1
        rows.append([f"q{q}", g, round(g + rng.gauss(0, 1.5), 6), weight])
write("ranking.csv", ["query", "gain", "score", "weight"], rows)
ranking = ("evaluate ranking.csv --task ranking --label gain --score score --query query --at 3 "
           "--thorough --gain exponential --weight weight")
found = {}
for q in range(40):
    own = [r for r in rows if r[0] == f"q{q}"]
    g, s = (np.array([r[k] for r in own], float) for k in (1, 2))
    best = g[np.argsort(-s)] > 0
    hits = np.flatnonzero(best)
    values = {"ndcg_exponential": m.ndcg_score([2 ** g - 1], [s]),
              "ndcg_exponential_at_3": m.ndcg_score([2 ** g - 1], [s], k=3),
              "dcg_exponential_at_3": m.dcg_score([2 ** g - 1], [s], k=3),
              "ndcg_at_3": m.ndcg_score([g], [s], k=3),
              "mean_average_precision": m.average_precision_score(g > 0, s),
              "mean_average_precision_at_3":
                  sum(best[:h + 1].mean() for h in hits if h < 3) / min(3, len(hits)),
              "mean_reciprocal_rank_at_3": 1 / (hits[0] + 1) if hits[0] < 3 else 0}
    for key, value in values.items():
        found.setdefault(key, []).append((value, own[0][3]))
for key, values in found.items():
    expect(ranking, f"metrics.{key}.value", np.average([v for v, _ in values], weights=[x for _, x in values]))

with open("expected.inc", "w") as out:
    out.write(f"// Written by make.py: scikit-learn {sklearn.__version__}, SciPy {scipy.__version__}, "
              f"NumPy {np.__version__}. Do not edit.\n")
    for row_arguments, path, value in expected:
        text = row_arguments.replace('"', '\\"')
        out.write(f'{{"{text}",\n "{path}", {value!r}}},\n')
print(len(expected), "figures")
