"""How factor models say why: by films that lie close."""

import numpy as np


def likeness(targets: np.ndarray, rated: np.ndarray, stars: np.ndarray) -> np.ndarray:
    """Cosine of each target's factors to each rated film's: (n_targets, n_rated).

    targets (n_targets, n_factors), rated (n_rated, n_factors), stars (n_rated,) the visitor's.
    Films rated below the visitor's own mean are no reason for anything: 0.
    """
    return _unit(targets) @ _unit(rated).T * (stars >= stars.mean())


def _unit(factors: np.ndarray) -> np.ndarray:
    lengths = np.linalg.norm(factors, axis=1, keepdims=True)
    return factors / np.where(lengths > 0, lengths, 1)
