#!/usr/bin/env python3
"""Mean, standard deviation, skewness and kurtosis of data sets given by formula, exact.

The data are the doubles nearest to the formula's values, so the reference is computed from those
doubles in rational arithmetic (the standard library's fractions) and rounded once. NumAcc1 to
NumAcc4 are the formulas of the NIST Statistical Reference Datasets (univariate, accuracy).

    python3 moments.py > moments.inc
"""
import sys
from decimal import Decimal, getcontext
from fractions import Fraction

getcontext().prec = 60


def alternating(first, low, high, pairs):
    return [first] + [low, high] * pairs


SETS = {
    "num_acc_1": [10000001.0, 10000003.0, 10000002.0],
    "num_acc_2": alternating(1.2, 1.1, 1.3, 500),
    "num_acc_3": alternating(1000000.2, 1000000.1, 1000000.3, 500),
    "num_acc_4": alternating(10000000.2, 10000000.1, 10000000.3, 500),
    # The four with 1e9 added to every value, and two skewed sets.
    "num_acc_1_far": [1e9 + x for x in (10000001.0, 10000003.0, 10000002.0)],
    "num_acc_2_far": [1e9 + x for x in alternating(1.2, 1.1, 1.3, 500)],
    "num_acc_3_far": [1e9 + x for x in alternating(1000000.2, 1000000.1, 1000000.3, 500)],
    "num_acc_4_far": [1e9 + x for x in alternating(10000000.2, 10000000.1, 10000000.3, 500)],
    "squares": [float(i * i) / 7 for i in range(1, 1001)],
    "squares_far": [1e9 + float(i * i) / 7 for i in range(1, 1001)],
}


def decimal(x):
    return Decimal(x.numerator) / Decimal(x.denominator)


def text(x):
    return "%.20e" % x


def main():
    print("// Made by tests/oracle/moments.py with Python %d.%d.%d. Do not edit." %
          sys.version_info[:3])
    print("// name, mean, standard deviation (n - 1), skewness m3 / m2^1.5, kurtosis m4 / m2^2")
    for name, values in SETS.items():
        x = [Fraction(v) for v in values]
        n = len(x)
        mean = sum(x) / n
        m2, m3, m4 = (sum((v - mean)**j for v in x) for j in (2, 3, 4))
        sd = (decimal(m2) / (n - 1)).sqrt()
        second = decimal(m2) / n
        skewness = decimal(m3) / n / (second * second.sqrt())
        kurtosis = decimal(m4) / n / second**2
        print("{\"%s\", %s, %s, %s, %s}," %
              (name, text(decimal(mean)), text(sd), text(skewness), text(kurtosis)))


main()
