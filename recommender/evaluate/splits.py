"""Held-out users: what a model may learn, what a visitor gives, which films it is asked for."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np

from recommender.data.rating_matrix import LIKED, RatingMatrix
from recommender.questions.quick_start import WELL_KNOWN

GIVEN = 15  # ratings by a visitor, at most
FEWER_GIVEN = (10, 5, 3, 1)
FEWEST_KNOWN = FEWEST_GIVEN = 5


class SplitError(Exception):
    """The ratings can't be split as asked; the message is one line."""


@dataclass(frozen=True, eq=False)
class FilmTheme:
    """A kind of film. kind: genre or tag. movie_ids: of all that are of it."""

    kind: str
    name: str
    movie_ids: np.ndarray


@dataclass(frozen=True, eq=False)
class Visitor:
    """A user to recommend films to.

    given: what they rate. seen: ids of the films not to be listed. relevant: ids of further films
    that they like. stages: what else the same visitor may have given, to be measured beside, by the
    words that follow the measure's name. theme: of which kind alone `given` is.
    """

    user_id: int
    given: Mapping[int, float]
    seen: np.ndarray
    relevant: np.ndarray
    stages: Mapping[str, Mapping[int, float]] = field(default_factory=dict)
    theme: FilmTheme | None = None


def folds(n: int, n_folds: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """0 to n − 1 as (training, test), each in order, exactly as scikit-learn's shuffled KFold."""
    order = np.random.RandomState(seed).permutation(n)
    for test in np.array_split(order, n_folds):
        held_out = np.zeros(n, dtype=bool)
        held_out[test] = True
        yield np.flatnonzero(~held_out), np.flatnonzero(held_out)


def visitor_folds(
    matrix: RatingMatrix, n_folds: int = 5, seed: int = 0
) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """Every user held out once: the other users' matrix, and the fold's users as visitors to it.

    A visitor gives a random half, at most 15, of those of the training users' 100 most rated films
    that they rated; the other half counts like every film. (Until version 2 of the protocol they
    gave up to 15 of them all: who gave fewer had then rated no other well-known film, and a model
    that saw the number could win by listing none.) Users who rated fewer than 5 of those, or like
    nothing else, are left out. Fewer given are the first of more.
    """
    for training_rows, test_rows in folds(matrix.n_users, n_folds, seed):
        training = matrix.take_users(training_rows)
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        visitors = (_visitor(matrix, row, well_known, seed) for row in test_rows)
        yield training, [visitor for visitor in visitors if visitor]


def _visitor(matrix, row: int, well_known: np.ndarray, seed: int) -> Visitor | None:
    films, stars = rated(matrix, row)
    known = np.flatnonzero(np.isin(films, well_known))
    drawn = np.random.default_rng([seed, row]).permutation(known)[: len(known) // 2][:GIVEN]
    rest = np.setdiff1d(np.arange(len(films)), drawn)
    relevant = films[rest][stars[rest] >= LIKED]
    if len(known) < FEWEST_KNOWN or not len(relevant):
        return None
    return giving(int(matrix.user_ids[row]), films[drawn], stars[drawn], films[drawn], relevant)


def rated(matrix: RatingMatrix, row: int) -> tuple[np.ndarray, np.ndarray]:
    """Ids and stars of the films that the user in this row rated."""
    ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
    return matrix.movie_ids[matrix.csr.indices[ratings]], matrix.csr.data[ratings]


def giving(user_id: int, films, stars, seen, relevant) -> Visitor:
    """A visitor who gives these ratings, and with fewer of them, from the first, as stages."""
    given = profile(films, stars)
    stages = {f"given {n}": profile(films[:n], stars[:n]) for n in FEWER_GIVEN}
    return Visitor(user_id, given, seen, relevant, stages)


def profile(films: np.ndarray, stars: np.ndarray) -> dict[int, float]:
    """Stars by film id, in this order."""
    return dict(zip(films.tolist(), stars.tolist(), strict=True))
