"""Held-out ratings: which a model may learn from, which a visitor gives, which it is asked for."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.ratings import RatingMatrix

WELL_KNOWN = 100  # a visitor is asked about films drawn from so many most rated ones
FEWEST_GIVEN = 5
LIKED = 4.0  # stars


@dataclass(frozen=True, eq=False)
class Visitor:
    """A user whom no model has seen: the ratings they give, and ids of further films they like."""

    user_id: int
    given: dict[int, float]
    relevant: np.ndarray


def folds(n: int, n_folds: int, seed: int) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """0 to n − 1 as (training, test), each in order, exactly as scikit-learn's shuffled KFold."""
    order = np.random.RandomState(seed).permutation(n)
    for test in np.array_split(order, n_folds):
        held_out = np.zeros(n, dtype=bool)
        held_out[test] = True
        yield np.flatnonzero(~held_out), np.flatnonzero(held_out)


def visitor_folds(
    matrix: RatingMatrix, n_folds: int = 5, seed: int = 0, given: int = 15
) -> Iterator[tuple[RatingMatrix, list[Visitor]]]:
    """Every user held out once: the other users' matrix, and the fold's users as visitors to it.

    A visitor gives at most `given` ratings, at random, of the training users' 100 most rated films.
    Users who rated fewer than 5 of those, or like nothing else, are left out. A smaller `given` is
    a part of a larger one.
    """
    for training_rows, test_rows in folds(matrix.n_users, n_folds, seed):
        training = matrix.take_users(training_rows)
        well_known = training.movie_ids[training.by_popularity[:WELL_KNOWN]]
        visitors = (_visitor(matrix, row, well_known, given, seed) for row in test_rows)
        yield training, [visitor for visitor in visitors if visitor]


def _visitor(matrix, row: int, well_known: np.ndarray, given: int, seed: int) -> Visitor | None:
    ratings = slice(matrix.csr.indptr[row], matrix.csr.indptr[row + 1])
    films = matrix.movie_ids[matrix.csr.indices[ratings]]
    stars = matrix.csr.data[ratings]
    known = np.flatnonzero(np.isin(films, well_known))
    drawn = np.random.default_rng([seed, row]).permutation(known)[:given]
    rest = np.setdiff1d(np.arange(len(films)), drawn)
    relevant = films[rest][stars[rest] >= LIKED]
    if len(known) < FEWEST_GIVEN or not len(relevant):
        return None
    profile = dict(zip(films[drawn].tolist(), stars[drawn].tolist(), strict=True))
    return Visitor(int(matrix.user_ids[row]), profile, relevant)
