#!/usr/bin/python3
"""Prints the coefficients of core/fast_log.hpp and the error that they leave.

log((1 + s) / (1 - s)) = 2 s + s z Q(z) with z = s^2 and Q(z) = 2/3 + 2/5 z + 2/7 z^2 + ...; for a
quotient in [sqrt(1/2), sqrt(2)], |s| is at most tan(pi/8)^2. Q's polynomial of degree 6 is the one
whose largest relative error of the logarithm is least (Remez' exchange, at 60 digits); then each
coefficient is rounded to a double. Run: /usr/bin/python3 fast_log.py
"""
import mpmath as mp

mp.mp.dps = 60
DEGREE = 6
LARGEST = ((mp.sqrt(2) - 1) / (mp.sqrt(2) + 1)) ** 2


def series(z):
    s = mp.sqrt(z)
    return (2 * mp.atanh(s) - 2 * s) / (s * z)


def weight(z):
    """What an error of Q weighs in log / (2 s)."""
    return z / 2


def polynomial(coefficients, z):
    return mp.polyval(coefficients[::-1], z)


def remez():
    count = DEGREE + 2
    points = [LARGEST / 2 * (1 - mp.cos(mp.pi * (k + 0.5) / count)) for k in range(count)]
    for _ in range(12):
        rows = mp.matrix(count, count)
        right = mp.matrix(count, 1)
        for i, z in enumerate(points):
            for j in range(DEGREE + 1):
                rows[i, j] = z**j
            rows[i, DEGREE + 1] = (-1) ** i / weight(z)
            right[i] = series(z)
        solution = mp.lu_solve(rows, right)
        found = [solution[j] for j in range(DEGREE + 1)]
        grid = [LARGEST * k / 2000 for k in range(1, 2001)]
        errors = [(series(z) - polynomial(found, z)) * weight(z) for z in grid]
        # The largest error between two changes of sign, one after the other.
        points, best = [], None
        for z, error in zip(grid, errors):
            if best is not None and (error > 0) != (best[1] > 0):
                points.append(best[0])
                best = None
            if best is None or abs(error) > abs(best[1]):
                best = (z, error)
        points.append(best[0])
        assert len(points) == count, len(points)
    return found


coefficients = [float(c) for c in remez()]
rounded = [mp.mpf(c) for c in coefficients]
worst = max(abs((series(z) - polynomial(rounded, z)) * weight(z)) for z in [LARGEST * k / 20000 for k in range(1, 20001)])
for c in coefficients:
    print(c.hex(), repr(c))
print("largest relative error of log: 2^%.1f" % float(mp.log(worst, 2)))
high = mp.floor(mp.log(2) * 2**32) / 2**32
print("log 2 =", float(high).hex(), "+", float(mp.log(2) - high).hex())
print("sqrt(1/2) =", hex(int(mp.nint(mp.sqrt(mp.mpf(1) / 2) * 2**53)) & (2**52 - 1) | 0x3FE << 52))
