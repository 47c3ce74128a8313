"""Visitors who rate some films and are told what they would give to others."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from recommender.data.rating_matrix import RatingMatrix
from recommender.evaluate.splits import GIVEN, folds, rated

ASKED = 50  # further films that each visitor is asked about, at most


@dataclass(frozen=True, eq=False)
class StarVisitor:
    """given: what they rate, in this order. asked, stars (n,): further films, and what they get."""

    user_id: int
    given: dict[int, float]
    asked: np.ndarray
    stars: np.ndarray


StarPart = tuple[RatingMatrix, list[StarVisitor]]


def star_folds(matrix: RatingMatrix, n_folds: int = 5, seed: int = 0) -> Iterator[StarPart]:
    """Every user held out once: the other users' matrix, and the fold's users as visitors to it.

    A visitor gives 15 of the films that they rated, at random, or half of them where they rated
    fewer than 30; others of them are asked about. Films that no training user rated do not count;
    users with fewer than two that do are left out.
    """
    for training_rows, test_rows in folds(matrix.n_users, n_folds, seed):
        training = matrix.take_users(training_rows)
        visitors = (_visitor(matrix, training, row, seed) for row in test_rows)
        yield training, [visitor for visitor in visitors if visitor]


def _visitor(
    matrix: RatingMatrix, training: RatingMatrix, row: int, seed: int
) -> StarVisitor | None:
    films, stars = rated(matrix, row)
    known = np.flatnonzero(training.columns(films.tolist()) >= 0)
    order = np.random.default_rng([seed, row]).permutation(known)
    n = min(GIVEN, len(order) // 2)
    if n == 0:
        return None
    given, asked = order[:n], order[n : n + ASKED]
    profile = dict(zip(films[given].tolist(), stars[given].tolist(), strict=True))
    return StarVisitor(int(matrix.user_ids[row]), profile, films[asked], stars[asked])
