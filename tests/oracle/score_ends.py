"""The ends of a 95 % interval whose variance falls to 0 at the ends of the range: the solutions of
(m - value)^2 = t^2 se^2 V(m) / V(value), found by bisection in 50 digits. Used by the scripts beside it.

t is Student's by its series in 1 / freedom (Abramowitz and Stegun 26.7.5), which is held against SciPy.
"""
import mpmath as mp
from scipy import stats

Z = "1.959963984540054"


def student(freedom):
    f = max(mp.mpf(freedom), mp.mpf(3))
    z = mp.mpf(Z)
    t = (z + (z ** 3 + z) / (4 * f) + (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * f ** 2)
         + (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * f ** 3))
    assert f < 4 or abs(t - stats.t.ppf(0.975, float(f))) < 0.01
    return t


def score_ends(value, error, freedom, low=-mp.inf, high=mp.inf):
    """(nan, nan) where the standard error is none, or 0: a sample that does not vary has no interval."""
    with mp.workdps(50):
        value, error, low, high = (mp.mpf(x) for x in (value, error, low, high))
        if not mp.isfinite(error) or error == 0:
            return mp.nan, mp.nan
        half = student(freedom) * error
        if value in (low, high) or (mp.isinf(low) and mp.isinf(high)):
            return max(value - half, low), min(value + half, high)

        def inside(m):
            share = 1
            if not mp.isinf(low):
                share *= (m - low) / (value - low)
            if not mp.isinf(high):
                share *= (high - m) / (high - value)
            return (m - value) ** 2 <= half ** 2 * share

        def end(limit, sign):
            near, far = value, limit
            if mp.isinf(limit):
                step = half
                while inside(value + sign * step):
                    step *= 2
                far = value + sign * step
            for _ in range(170):
                middle = (near + far) / 2
                near, far = (middle, far) if inside(middle) else (near, middle)
            return near
        return end(low, -1), end(high, 1)


def wilson_ends(share, rows):
    """Of a mean in [0, 1] whose rows are all the same: Wilson's, of a share as large."""
    with mp.workdps(50):
        z, share, rows = mp.mpf(Z), mp.mpf(share), mp.mpf(rows)
        centre = (share + z * z / (2 * rows)) / (1 + z * z / rows)
        half = z / (1 + z * z / rows) * mp.sqrt(share * (1 - share) / rows + (z / rows) ** 2 / 4)
        return min(centre - half, share), max(centre + half, share)
