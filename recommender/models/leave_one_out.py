"""Exact reasons: what a film's score loses when one film of the profile is taken out."""

from collections.abc import Callable, Iterator

import numpy as np

ROWS = 64  # profiles at a time, which bounds the memory for visitors who have rated thousands

Scores = Callable[[np.ndarray, np.ndarray], np.ndarray]
"""Scores (n, n_targets) of films (columns) for parts of one profile.

Parts are given as ones for its films that are kept (n, n_rated), and zeros for those taken out.
"""
ALL = slice(None)
"""In the place of columns: every film."""


def losses(scores: Scores, n_rated: int, targets: np.ndarray) -> np.ndarray:
    """(n_targets, n_rated) for films that the targets (columns) are scored by, in one batch."""
    found = np.concatenate([scores(kept, targets) for kept in _parts(n_rated)])
    return (found[0] - found[1:]).T


def _parts(n_rated: int) -> Iterator[np.ndarray]:
    """What is kept: everything, then everything but each film."""
    for start in range(0, n_rated + 1, ROWS):
        places = np.arange(start, min(start + ROWS, n_rated + 1))
        kept = np.ones((len(places), n_rated))
        kept[places > 0, places[places > 0] - 1] = 0
        yield kept
