"""Which films to ask a visitor about."""

from collections.abc import Callable, Collection

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.models.ranking import best
from recommender.models.weighted_score import weighted_score

POPULAR = 50
BEST = 100
POLARISING = 50
ENOUGH = 50  # ratings that make a film's spread worth asking about
OF_EACH_GENRE = 5


def movies_to_rate(
    matrix: RatingMatrix, how: str, n: int = 15, seed: int = 0, skip: Collection[int] = ()
) -> list[int]:
    """Ids of n films, or of all that are left where fewer are; the same for the same arguments.

    how: a key of STRATEGIES. skip: ids not to ask about (again); the next films take their place.
    """
    chosen = STRATEGIES[how](matrix, matrix.without(skip), n, np.random.default_rng(seed))
    return matrix.movie_ids[chosen].tolist()


def _popular(matrix: RatingMatrix, askable: np.ndarray, n: int, rng) -> np.ndarray:
    """At random from the 50 most rated."""
    return _draw(best(matrix.counts, matrix.counts, max(POPULAR, n), askable), n, rng)


def _acclaimed(matrix: RatingMatrix, askable: np.ndarray, n: int, rng) -> np.ndarray:
    """At random from the 100 with the highest weighted score."""
    scores = weighted_score(matrix.counts, matrix.means)
    return _draw(best(scores, matrix.counts, max(BEST, n), askable), n, rng)


def _polarising(matrix: RatingMatrix, askable: np.ndarray, n: int, rng) -> np.ndarray:
    """At random from the 50 of highest standard deviation among films with at least 50 ratings.

    Where fewer than n films have 50, the most rated ones stand in for them.
    """
    enough = askable & (matrix.counts >= ENOUGH)
    if enough.sum() < n:
        enough[best(matrix.counts, matrix.counts, max(POLARISING, n), askable)] = True
    return _draw(best(matrix.deviations, matrix.counts, max(POLARISING, n), enough), n, rng)


def _representative(matrix: RatingMatrix, askable: np.ndarray, n: int, rng) -> np.ndarray:
    """One film of each genre in turn, at random from the genre's five most representative.

    A film stands for a genre the more, the more people know it and the fewer genres it shares:
    by its ratings over its number of genres. Films without a genre come last.
    """
    purity = matrix.counts / matrix.genre_flags.sum(axis=1).clip(min=1)
    left, chosen = askable.copy(), list[int]()
    genres = rng.permutation(len(matrix.genre_names))
    while len(chosen) < min(n, askable.sum()):
        before = len(chosen)
        for genre in genres[: n - before]:
            of_genre = left & matrix.genre_flags[:, genre]
            pick = _draw(best(purity, matrix.counts, OF_EACH_GENRE, of_genre), 1, rng)
            left[pick] = False
            chosen.extend(pick.tolist())
        if len(chosen) == before:
            chosen.extend(best(purity, matrix.counts, n - before, left).tolist())
    return np.array(chosen, dtype=int)


def _draw(candidates: np.ndarray, n: int, rng: np.random.Generator) -> np.ndarray:
    return rng.permutation(candidates)[:n]


STRATEGIES: dict[str, Callable[..., np.ndarray]] = {
    "popular": _popular,
    "best": _acclaimed,
    "representative": _representative,
    "polarising": _polarising,
}
