"""Exact reasons: what a film's score loses when one film of the profile is taken out."""

from collections.abc import Callable

import numpy as np

ROWS = 64  # profiles at a time, which bounds the memory for visitors who have rated thousands

Scores = Callable[[np.ndarray], np.ndarray]
"""Scores (n, n_movies) of parts of one profile: from ones for its films that are kept (n, n_rated).

Zeros are for those that are taken out.
"""


def losses(scores: Scores, n_rated: int, targets: np.ndarray) -> np.ndarray:
    """(n_targets, n_rated) for films that the targets (columns) are scored by, in one batch."""
    whole = scores(np.ones((1, n_rated)))[:, targets]
    without = [scores(kept)[:, targets] for kept in _without_each(n_rated)]
    return (whole - np.concatenate(without)).T


def _without_each(n_rated: int):
    for start in range(0, n_rated, ROWS):
        places = np.arange(start, min(start + ROWS, n_rated))
        kept = np.ones((len(places), n_rated))
        kept[places - start, places] = 0
        yield kept
