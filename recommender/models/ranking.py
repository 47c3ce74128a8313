"""The best few of many scores."""

import numpy as np


def best(
    scores: np.ndarray, counts: np.ndarray, n: int, among: np.ndarray | None = None
) -> np.ndarray:
    """Columns of the n highest scores, best first, of the films that `among` (boolean) allows.

    Equal scores go by the number of ratings, then in matrix order, so that a list never depends on
    chance.
    """
    candidates = np.arange(len(scores)) if among is None else np.flatnonzero(among)
    if 0 < n < len(candidates):
        # Everything from the n-th highest score on, ties included: much cheaper than sorting all.
        threshold = np.partition(scores[candidates], len(candidates) - n)[len(candidates) - n]
        candidates = candidates[scores[candidates] >= threshold]
    order = np.lexsort((candidates, -counts[candidates], -scores[candidates]))
    return candidates[order[:n]]
