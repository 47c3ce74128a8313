"""How many there are, from a sample that each is in with the same chance: 95 % intervals."""

import numpy as np
from scipy.special import betainc

OUTSIDE = 0.025  # the chance on either side of the interval


def interval(seen: np.ndarray, one_in: int) -> tuple[np.ndarray, np.ndarray]:
    """Of how many `seen` may be a 1-in-`one_in` sample, at least and at most; itself where all are.

    Clopper & Pearson's interval for the number of trials: at fewer than the one, to see as many
    would be too lucky, at more than the other to see as few.
    """
    seen = np.asarray(seen, np.int64)
    if one_in == 1:
        return seen, seen
    chance = 1 / one_in
    most = one_in * (seen + 10 * np.sqrt(seen + 1.0) + 10).astype(np.int64)
    few = _first(seen, most, lambda n: _more_than(seen - 1, n, chance) >= OUTSIDE)
    many = _first(seen, most, lambda n: 1 - _more_than(seen, n, chance) < OUTSIDE)
    return few, many - 1


def _more_than(seen: np.ndarray, n: np.ndarray, chance: float) -> np.ndarray:
    """The probability that more than `seen` of n are in the sample."""
    certain = seen < 0
    shape = np.where(certain, 1, seen + 1)
    return np.where(certain, 1.0, betainc(shape, np.maximum(n - seen, 1e-9), chance))


def _first(low: np.ndarray, high: np.ndarray, holds) -> np.ndarray:
    """The least n from low to high for which it holds, as it does for all above."""
    low, high = low.copy(), high.copy()
    while (low < high).any():
        middle = (low + high) // 2
        found = holds(middle)
        high = np.where(found, middle, high)
        low = np.where(found, low, np.minimum(middle + 1, high))
    return low
