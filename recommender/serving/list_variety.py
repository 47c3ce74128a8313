"""Lists that do not say the same thing ten times."""

from functools import lru_cache

import numpy as np

from recommender.models.base import Recommender
from recommender.models.ranking import best

CANDIDATES = 10  # times as many films as are listed: what is further down does not fit
MODELS_REMEMBERED = 4


def varied(
    model: Recommender, scores: np.ndarray, n: int, among: np.ndarray, variety: float
) -> np.ndarray:
    """Columns of n films of high score that are unlike each other, the most fitting first.

    Maximal marginal relevance (Carbonell & Goldstein, 1998): next comes the film with the highest
    (1 − variety) · relevance − variety · likeness to the films before it, where it is most like
    one. Relevance is the score, from 0 to 1 over the candidates; likeness the cosine of the model's
    embeddings. variety is 0 to 1; with 0, and from models without embeddings, the best n by score.
    """
    points = _unit_points(model) if variety else None
    if points is None:
        return best(scores, model.matrix_.counts, n, among)
    candidates = best(scores, model.matrix_.counts, CANDIDATES * n, among)
    relevance = _from_0_to_1(scores[candidates])
    likeness = points[candidates] @ points[candidates].T
    chosen: list[int] = []
    nearest = np.full(len(candidates), -1.0)
    while len(chosen) < min(n, len(candidates)):
        worth = (1 - variety) * relevance - variety * nearest
        worth[chosen] = -np.inf
        chosen.append(int(np.argmax(worth)))
        nearest = np.maximum(nearest, likeness[chosen[-1]])
    return candidates[chosen]


@lru_cache(maxsize=MODELS_REMEMBERED)
def _unit_points(model: Recommender) -> np.ndarray | None:
    """A model's embeddings, each of length 1 (n_movies, n_factors); they may take long to make."""
    points = model.embeddings()
    if points is None:
        return None
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    return points / np.where(lengths > 0, lengths, 1)


def _from_0_to_1(scores: np.ndarray) -> np.ndarray:
    lowest, spread = scores.min(initial=0), np.ptp(scores) if len(scores) else 0
    return (scores - lowest) / (spread or 1)
