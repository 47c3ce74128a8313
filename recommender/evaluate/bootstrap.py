"""How far a measure would vary with other users, by redrawing those at hand (Efron, 1979)."""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

Statistic = Callable[[np.ndarray], float]
"""Of rows, one a user."""

DRAWS = 1000


def mean(rows: np.ndarray) -> float:
    """Of all values."""
    return float(np.mean(rows))


def interval(
    rows: ArrayLike, statistic: Statistic = mean, seed: int = 0, draws: int = DRAWS
) -> tuple[float, float]:
    """95 % interval of a statistic of `rows` (n_users,) or (n_users, k), by percentiles.

    The same seed draws the same users, so that rows of two models side by side are compared on
    them in pairs.
    """
    rows, rng = np.asarray(rows, float), np.random.default_rng(seed)
    n = len(rows)
    found = [statistic(rows[rng.integers(n, size=n)]) for _ in range(draws)]
    low, high = np.percentile(found, [2.5, 97.5])
    return float(low), float(high)
