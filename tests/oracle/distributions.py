#!/usr/bin/python3
"""Writes distributions.inc: tail probabilities and quantiles to 17 digits.

mpmath at 50 digits, and exact integer path counts for the Kolmogorov-Smirnov law; each value is
also compared with SciPy's, loosely, so that neither can be wrong alone.
Run: /usr/bin/python3 distributions.py > distributions.inc
"""
import math
import platform
import random
from fractions import Fraction

import mpmath as mp
import numpy
import scipy
import scipy.special
import scipy.stats

mp.mp.dps = 50
rng = random.Random(20260919)
rows = []


def add(name, args, value, check=None, loose=1e-7):
    value = mp.mpf(value)
    if check is not None and value > mp.mpf("1e-300"):
        assert abs(mp.mpf(float(check)) / value - 1) < loose, (name, args, value, check)
    if value != 0 and abs(value) < mp.mpf("1e-305"):
        return
    args = [repr(float(a)) for a in args] + ["0"] * (3 - len(args))
    rows.append('{"%s", %s, %s},' % (name, ", ".join(args), mp.nstr(value, 17, min_fixed=0, max_fixed=0)))


def log_uniform(low, high):
    return math.exp(rng.uniform(math.log(low), math.log(high)))


def root(function, start, most=mp.inf):
    """The root near SciPy's value, bracketed."""
    start = mp.mpf(start)
    low, high = sorted([start * (1 - mp.mpf("1e-5")), start * (1 + mp.mpf("1e-5"))])
    return mp.findroot(function, (low, min(high, (start + most) / 2)), solver="anderson", tol=mp.mpf("1e-60"), verify=False)


def normal_cdf(z):
    return mp.erfc(-z / mp.sqrt(2)) / 2


for z in [-37.0, -20.0, -8.5, -3.0, -1.0, -1e-8, 0.0, 0.5, 1.96, 5.0, 9.0] + [rng.gauss(0, 4) for _ in range(20)]:
    add("normal_cdf", [z], normal_cdf(mp.mpf(z)), scipy.stats.norm.cdf(z))
    add("normal_survival", [z], normal_cdf(-mp.mpf(z)), scipy.stats.norm.sf(z))
for p in [1e-300, 1e-100, 1e-16, 1e-5, 0.005, 0.025, 0.3, 0.5000001, 0.9, 0.975, 0.995, 1 - 1e-9] + [
        rng.random() for _ in range(20)]:
    x = float(scipy.stats.norm.ppf(p))
    add("normal_quantile", [p], root(lambda t: mp.log(normal_cdf(t) / mp.mpf(p)), x), x)


def chi_survival(x, k):
    return mp.gammainc(mp.mpf(k) / 2, mp.mpf(x) / 2, mp.inf, regularized=True)


for k, x in [(1, 0.0), (1, 1e-10), (1, 1300.0), (2, 1200.0), (5, 11.8), (19, 1400.0), (15, 0.3), (63, 62.0), (63, 700.0),
             (4000, 4100.0), (0.5, 3.0)]:
    add("chi_squared_survival", [x, k], chi_survival(x, k), scipy.stats.chi2.sf(x, k))
for _ in range(60):
    k = rng.choice([rng.randint(1, 30), log_uniform(0.3, 300)])
    x = k * log_uniform(0.05, 12)
    add("chi_squared_survival", [x, k], chi_survival(x, k), scipy.stats.chi2.sf(x, k))
for _ in range(25):
    k = log_uniform(0.5, 200)
    p = rng.choice([rng.random(), 1 - log_uniform(1e-9, 0.1), log_uniform(1e-6, 0.1)])
    x = float(scipy.stats.chi2.ppf(p, k))
    add("chi_squared_quantile", [p, k], root(lambda t: mp.log(chi_survival(t, k) / (1 - mp.mpf(p))), x), x)


def incomplete_beta(a, b, x):
    """I_x(a, b) by its power series: mpmath's betainc loses its way in the far tails."""
    a, b, x = mp.mpf(a), mp.mpf(b), mp.mpf(x)
    if x > (a + 1) / (a + b + 2):
        return 1 - incomplete_beta(b, a, 1 - x)
    total, term, n = 1 / a, mp.mpf(1), 0
    total = term / a
    while True:
        n += 1
        term *= (n - b) / n * x
        total += term / (a + n)
        if abs(term) < abs(total) * mp.mpf("1e-60"):
            break
    return x**a * total / mp.beta(a, b)


def t_two_sided(t, k):
    t, k = mp.mpf(t), mp.mpf(k)
    with mp.workdps(120):
        return incomplete_beta(k / 2, mp.mpf(1) / 2, k / (k + t * t))


for t, k in [(0.0, 3), (1e-9, 3), (2.0, 1), (-2.0, 1), (1e9, 1), (1e12, 2), (50.0, 30), (1.96, 1e4), (40.0, 90.9895906826),
             (-1.52230248898, 90.9895906826), (0.3, 0.7)]:
    add("student_t_two_sided", [t, k], t_two_sided(t, k), 2 * scipy.stats.t.sf(abs(t), k))
for _ in range(40):
    k = log_uniform(0.8, 3000)
    t = log_uniform(0.001, 30)
    add("student_t_two_sided", [t, k], t_two_sided(t, k), 2 * scipy.stats.t.sf(t, k))
for _ in range(30):
    k = log_uniform(0.8, 500)
    p = rng.choice([rng.random(), log_uniform(1e-9, 0.1)])
    x = float(scipy.stats.t.ppf(p, k))
    target = mp.mpf(p) if p < 0.5 else 1 - mp.mpf(p)
    add("student_t_quantile", [p, k], mp.sign(x) * root(lambda t: mp.log(t_two_sided(t, k) / 2 / target), abs(x)), x)


def beta_cdf(x, a, b):
    with mp.workdps(150):
        return incomplete_beta(a, b, x)


for _ in range(50):
    a, b = log_uniform(0.2, 400), log_uniform(0.2, 400)
    x = rng.choice([rng.random(), float(scipy.stats.beta.ppf(rng.random(), a, b))])
    add("beta_cdf", [x, a, b], beta_cdf(x, a, b), scipy.special.betainc(a, b, x), 1e-6)
for _ in range(30):
    a, b = log_uniform(0.3, 300), log_uniform(0.3, 300)
    p = rng.choice([rng.random(), log_uniform(1e-6, 0.1)])
    x = float(scipy.special.betaincinv(a, b, p))
    add("beta_quantile", [p, a, b], root(lambda t: mp.log(beta_cdf(t, a, b) / mp.mpf(p)), x, 1), x, 1e-6)


def kolmogorov(x):
    x = mp.mpf(x)
    if x < 1:
        return 1 - mp.sqrt(2 * mp.pi) / x * mp.nsum(lambda k: mp.exp(-((2 * k - 1) ** 2) * mp.pi**2 / (8 * x * x)), [1, 60])
    return 2 * mp.nsum(lambda j: (-1) ** (int(j) - 1) * mp.exp(-2 * j * j * x * x), [1, 60])


for x in [0.01, 0.05, 0.2, 0.5, 0.9999, 1.0, 1.3581, 2.0, 5.0, 12.0, 18.0] + [log_uniform(0.1, 10) for _ in range(30)]:
    add("kolmogorov_survival", [x], kolmogorov(x), scipy.special.kolmogorov(x))


def ks_exact(h, n, m):
    """P(D >= h / lcm) by counting, in integers, the paths that stay inside."""
    lcm = n * m // math.gcd(n, m)
    left, up = lcm // n, lcm // m
    row = [0] * (m + 1)
    for x in range(n + 1):
        for y in range(m + 1):
            if abs(x * left - y * up) >= h:
                row[y] = 0
            elif x == 0 and y == 0:
                row[y] = 1
            elif y > 0:
                row[y] += row[y - 1]
    return 1 - Fraction(row[m], math.comb(n + m, n))


def add_ks(n, m, d):
    lcm = n * m // math.gcd(n, m)
    h = max(0, min(lcm, round(d * lcm)))
    p = ks_exact(h, n, m)
    ok, _, theirs = scipy.stats._stats_py._attempt_exact_2kssamp(n, m, math.gcd(n, m), h / lcm, "two-sided")
    add("kolmogorov_smirnov_exact", [h / lcm, n, m], mp.mpf(p.numerator) / p.denominator, theirs if ok else None, 1e-8)


for n, m, d in [(1, 1, 1.0), (1, 1, 0.0), (1, 9, 0.5), (5, 5, 0.2), (5, 5, 1.0), (40, 55, 128 / 440), (30, 20, 1.0),
                (400, 250, 0.9), (300, 300, 0.9), (500, 499, 1.0), (600, 400, 0.98), (7, 500, 1.0), (100, 70, 0.01)]:
    add_ks(n, m, d)
for _ in range(120):
    n, m = int(log_uniform(1, 300)), int(log_uniform(1, 300))
    if rng.random() < 0.2:
        m = n
    z = log_uniform(0.4, 6)
    add_ks(n, m, min(1.0, z * math.sqrt((n + m) / (n * m))))
for n, m, z in [(1200, 800, 1.36), (999, 1001, 2.0), (1000, 1000, 0.7), (1000, 1000, 5.0), (100, 9000, 1.0), (3000, 300, 4.0)]:
    lcm = n * m // math.gcd(n, m)
    h = round(z * math.sqrt((n + m) / (n * m)) * lcm)
    ok, _, theirs = scipy.stats._stats_py._attempt_exact_2kssamp(n, m, math.gcd(n, m), h / lcm, "two-sided")
    assert ok
    add("kolmogorov_smirnov_exact", [h / lcm, n, m], theirs)

for a, b in [(0.5, 0.5), (1, 1), (0.5, 1e6), (0.5, 1e9), (3e5, 0.5), (1e-3, 40.0), (5.5, 7.5), (1e5 + 0.5, 2e5 + 0.5)] + [
        (log_uniform(0.1, 1e4), log_uniform(0.1, 1e4)) for _ in range(30)]:
    add("log_beta", [a, b], mp.log(mp.beta(mp.mpf(a), mp.mpf(b))), None)
    assert abs(scipy.special.betaln(a, b) - float(mp.log(mp.beta(mp.mpf(a), mp.mpf(b))))) < 1e-5


def binomial_cdf(k, n, p):
    p = mp.mpf(p)
    return mp.fsum(mp.binomial(n, i) * p**i * (1 - p)**(n - i) for i in range(int(k) + 1))


for k, n, p in [(0, 1, 0.5), (0, 40, 0.5), (20, 40, 0.5), (39, 40, 0.5), (100, 1000, 0.5), (3, 10, 0.25), (0, 900, 0.5)]:
    add("binomial_cdf", [k, n, p], binomial_cdf(k, n, p), scipy.stats.binom.cdf(k, n, p))
for _ in range(40):
    n = int(log_uniform(1, 800))
    k = rng.randrange(n)
    p = rng.choice([0.5, rng.random()])
    add("binomial_cdf", [k, n, p], binomial_cdf(k, n, p), scipy.stats.binom.cdf(k, n, p), 1e-6)

print("// Made by tests/oracle/distributions.py: Python %s, mpmath %s, SciPy %s, NumPy %s."
      % (platform.python_version(), mp.__version__, scipy.__version__, numpy.__version__))
print("\n".join(rows))
